#!/usr/bin/env python3
"""Holds values against JSON Schemas of draft 7. Standard input has `{"schemas": {NAME: SCHEMA}, "files": [{"path",
"schema", "value"}]}`; standard output gets a line for each thing that a schema refuses: path, place and why.
"""

import json
import sys

import jsonschema

sys.dont_write_bytecode = True

given = json.load(sys.stdin)
readers = {}
for name, schema in given["schemas"].items():
    jsonschema.Draft7Validator.check_schema(schema)
    readers[name] = jsonschema.Draft7Validator(schema)
for file in given["files"]:
    for error in readers[file["schema"]].iter_errors(file["value"]):
        print(f"{file['path']}: {error.json_path}: {error.message[:200]}")
