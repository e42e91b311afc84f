"""What a site should say, and what was found wrong with it."""

import json
import re
from collections import Counter

PAGED = ["people", "groups", "meetings", "events", "places", "sources"]
KINDS = PAGED + ["relations", "terms", "corrections", "articles"]
SINGULAR = {kind: kind.removesuffix("s") for kind in KINDS} | {"people": "person"}
DATES = "date reported born died founded dissolved published accessed since until".split()


class Site:
    """A site, what it should say, and what is wrong with it."""

    def __init__(self, folder, expected):
        self.folder = folder
        self.data = {kind: [] for kind in KINDS} | json.loads(expected.read_text("utf-8"))
        self.base = self.data["dossier"].get("base_url")
        self.is_former = "as_of" in self.data["dossier"]
        self.failures, self.check = [], ""
        self.records = {f"{kind}/{record['key']}": record for kind in KINDS for record in self.data[kind]}
        self.dated = {id: record for id, record in self.records.items() if id.startswith(("meetings/", "events/"))}
        self.roles = [(one, role) for one in self.data["people"] for role in one.get("roles", [])]
        self.participants = [(id, who) for id, record in self.dated.items()
                             for who in record.get("participants", []) + record.get("involved", [])]

    def fail(self, text):
        self.failures.append(f"{self.check}: {text}")

    def expect(self, true, text):
        if not true:
            self.fail(text)
        return true

    def same(self, found, expected, what):
        """Two collections hold the same, in whatever order."""
        found, expected = Counter(list(found)), Counter(list(expected))
        for name, times in (("missing", expected - found), ("too many", found - expected)):
            if times:
                some = ", ".join(map(str, list(times)[:8]))
                self.fail(f"{what}: {name}: {some}" + " …" * (len(times) > 8))

    def has(self, path):
        return (self.folder / path).is_file()

    def text(self, path):
        return (self.folder / path).read_bytes().decode("utf-8")

    def json(self, path):
        return json.loads(self.text(path))

    def id_of(self, text):
        """`meetings/harbour-talks`, of any identifier that ends with kind and key."""
        for kind in KINDS:
            found = re.search(rf"(?:^|[^a-z])(?:{kind}|{SINGULAR[kind]})[^a-z0-9]+([a-z0-9/-]+)$", text or "")
            if found and f"{kind}/{found[1]}" in self.records:
                return f"{kind}/{found[1]}"


def bare(key):
    """The key alone, of a reference that may name the kind."""
    kind, _, rest = key.partition("/")
    return rest if kind in KINDS else key


def title_of(record):
    """None where only the program knows it."""
    return record.get("name") or record.get("title") or record.get("computed", {}).get("title")


def date_of(record):
    """None where the date is that of another calendar."""
    return record.get("date", None if "date_original" in record else "")
