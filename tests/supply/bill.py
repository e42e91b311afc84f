"""Holds a bill of materials to the schema of CycloneDX 1.5."""

import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

with open(sys.argv[1], encoding="utf-8") as file:
    wrong = JsonStrictValidator(SchemaVersion.V1_5).validate_str(file.read())
if wrong:
    sys.exit(f"{sys.argv[1]}: {wrong}")
print(f"{sys.argv[1]}: as CycloneDX 1.5 has it")
