#!/usr/bin/env python3
"""Reads every export of a site with a library that knows nothing of dossier, and holds what it reads
against data/dossier.json. Prints a line for each check, then all failures, and exits 1 when there are any.
"""

import argparse
import asyncio
import csv
import datetime
import html
import io
import json
import re
import sqlite3
import subprocess
import sys
import traceback
import warnings
from collections import Counter
from itertools import combinations
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is left in this folder

import edtf
import entities
import pages
from dossier import DATES, KINDS, PAGED, SINGULAR, Site, bare, date_of, title_of


# One function for each format. What it returns is printed when nothing failed.

def check_json(site):
    import jsonschema
    reader, schema = jsonschema.Draft202012Validator, site.json("data/dossier.schema.json")
    reader.check_schema(schema)
    site.expect("2020-12" in schema.get("$schema", ""), "the schema does not say that it is of draft 2020-12")
    whole = site.json("data/dossier.json")
    site.expect(site.has(f"data/{whole.get('$schema', '?')}"), "$schema leads nowhere")
    for error in reader(schema, format_checker=reader.FORMAT_CHECKER).iter_errors(whole):
        site.fail(f"schema: {error.json_path}: {error.message[:200]}")
    # A schema that takes anything proves nothing.
    wrong = whole | {"people": [{"nam": 1}]}
    site.expect(not reader(schema).is_valid(wrong), "the schema takes a person without key and name")
    for id, record in site.records.items():
        site.expect(next(iter(record)) == "key", f"{id}: the key is not the first field")
        for field in DATES:
            try:
                record.get(field) and edtf.span(record[field])
            except (AttributeError, ValueError):
                site.fail(f"{id}.{field}: {record[field]!r} is no date")
    for kind in KINDS:
        keys = [record["key"] for record in site.data[kind]]
        site.same(keys, set(keys), kind)
    for person, role in site.roles:
        site.expect(f"groups/{bare(role['of'])}" in site.records, f"{person['key']}: no group {role['of']}")
    for id, who in site.participants:
        site.expect("who" not in who or who["who"] in site.records, f"{id}: nobody is {who.get('who')}")
    return ", ".join(f"{len(site.data[kind])} {kind}" for kind in KINDS)


def check_records(site):
    for kind in PAGED:
        found = [path.stem for path in (site.folder / kind).glob("*.json")]
        site.same(found, [record["key"] for record in site.data[kind]], f"{kind}/*.json")
    read = 0
    for id, record in site.records.items():
        kind, path = id.split("/")[0], id.removeprefix("articles/") + ".json"
        if kind in PAGED + ["articles"] and site.has(path):
            alone, read = site.json(path), read + 1
            site.expect(alone.pop("kind", None) == SINGULAR[kind], f"{path}: kind is not {SINGULAR[kind]}")
            alone.pop("$schema", None)
            site.expect(alone == record, f"{path}: differs from the record in dossier.json")
    return f"{read} files"


GUARD = re.compile(r"^'(?=[=+\-@\t\r])")  # what may stand before a cell that a spreadsheet would compute


def tables(site):
    """Each table's first column, and the records its rows are of, in their order."""
    roles = [{"person": person["key"]} | role for person, role in site.roles]
    participants = [{"record": id} | who for id, who in site.participants]
    return {kind: ("key", site.data[kind]) for kind in PAGED + ["relations"]} | {
        "roles": ("person", roles), "participants": ("record", participants), "citations": ("record", None)}


def read_csv(site, path):
    text = site.text(path).removeprefix("\ufeff")
    breaks = re.sub(r'"(?:[^"]|"")*"', "", text).replace("\r\n", "")
    site.expect(text.endswith("\r\n") and not re.search("[\r\n]", breaks), f"{path}: line ends are not CRLF")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    site.expect(len(set(header)) == len(header), f"{path}: two columns have one name")
    for number, row in enumerate(rows, 2):
        site.expect(len(row) == len(header), f"{path}: row {number} has {len(row)} cells, not {len(header)}")
        for cell in row:
            is_safe = cell[:1] not in tuple("=+-@\t\r") or re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
            site.expect(is_safe, f"{path}: row {number}: a spreadsheet may compute {cell!r}")
    return header, [dict(zip(header, row)) for row in rows]


def has_cite(value):
    if isinstance(value, dict):
        return bool(value.get("cite")) or any(map(has_cite, value.values()))
    return isinstance(value, list) and any(map(has_cite, value))


def same_cell(cell, value):
    if isinstance(value, str):
        return bare(GUARD.sub("", cell)) == bare(value)
    return not isinstance(value, (int, float)) or isinstance(value, bool) or float(cell or "nan") == value


def check_csv(site):
    counts = []
    for table, (first, records) in tables(site).items():
        path = f"data/{table}.csv"
        if not site.expect(site.has(path), f"{path} is missing"):
            continue
        header, rows = read_csv(site, path)
        counts.append(f"{len(rows)} {table}")
        if not site.expect(header[0] == first, f"{path}: the first column is {header[0]!r}, not {first!r}"):
            continue
        if records is None:
            cited = {row["record"] for row in rows}
            for id in cited - set(site.records):
                site.fail(f"{path}: no record {id}")
            for id in {id for id, record in site.records.items() if has_cite(record)} - cited:
                site.fail(f"{path}: no citation of {id}")
            continue
        site.expect(len(rows) == len(records), f"{path}: {len(rows)} rows, expected {len(records)}")
        for row, record in zip(rows, records):
            for column, cell in row.items():
                value = record.get(column, "" if column in DATES + ["from", "to"] else None)
                same = column == "summary" or same_cell(cell, value)  # a summary is without its markup there
                site.expect(same, f"{path}: {row[first]}.{column}: {cell!r}, expected {value!r}")
        for field in DATES:
            needed = any(record.get(field) for record in records)
            site.expect(field in header or not needed, f"{path}: no column {field}")
    for path in (site.folder / "data").glob("*.csv"):
        if path.stem not in tables(site):
            read_csv(site, f"data/{path.name}")
    return ", ".join(counts)


def check_sqlite(site):
    path = site.folder / "data/dossier.sqlite"
    before = path.read_bytes()
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    ask = lambda sql, *values: db.execute(sql, values).fetchall()
    site.expect(ask("PRAGMA integrity_check") == [("ok",)], "integrity_check")
    for row in ask("PRAGMA foreign_key_check"):
        site.fail(f"a foreign key does not hold: {row}")
    site.expect(before[18:20] == b"\1\1", "is in WAL mode, so that reading writes beside it")
    text = lambda value: "" if value is None else GUARD.sub("", str(value)).removesuffix(".0")
    for table in tables(site):
        if not site.expect(ask("SELECT 1 FROM sqlite_master WHERE name = ?", table), f"no table {table}"):
            continue
        if table in ("roles", "participants"):
            site.expect(ask(f"PRAGMA foreign_key_list({table})"), f"{table} has no foreign key")
        if site.has(f"data/{table}.csv"):
            columns, expected = read_csv(site, f"data/{table}.csv")
            rows = ask(f"SELECT {', '.join(json.dumps(column) for column in columns)} FROM {table}")
            cells = lambda rows: [tuple(map(text, row)) for row in rows]
            site.same(cells(rows), cells(row.values() for row in expected), f"{table}, beside the CSV file")
    for person in site.data["people"]:
        word = max(re.findall(r"\w+", person["name"]), key=len)
        found = ask("SELECT key FROM search WHERE search MATCH ? AND kind IN ('person', 'people')", f'"{word}"')
        site.expect((person["key"],) in found, f"a search for {word!r} does not find {person['key']}")
    db.close()

    run = subprocess.run([sys.executable, "-m", "datasette", "inspect", path], capture_output=True, text=True)
    if site.expect(run.returncode == 0, f"datasette inspect: {run.stderr[-300:]}"):
        site.expect("people" in json.loads(run.stdout)["dossier"]["tables"], "datasette sees no people")

    async def browse():
        from datasette.app import Datasette
        served = Datasette([], immutables=[str(path)])
        await served.invoke_startup()
        for table in [*tables(site), "search"]:
            page = await served.client.get(f"/dossier/{table}")
            site.expect(page.status_code == 200, f"datasette: /dossier/{table} is {page.status_code}")
    asyncio.run(browse())
    alone = len(list(path.parent.glob("dossier.sqlite*"))) == 1
    site.expect(alone and path.read_bytes() == before, "reading it changed it")
    return f"{len(tables(site))} tables, everybody found by name, opens in datasette"


# What RFC 5545 (3.6.3) and RFC 7986 let a journal entry have: no place, no position.
JOURNAL = """UID CLASS CREATED DTSTART DTSTAMP LAST-MODIFIED ORGANIZER RECURRENCE-ID SEQUENCE STATUS SUMMARY URL
    RRULE ATTACH ATTENDEE CATEGORIES COMMENT CONTACT DESCRIPTION EXDATE RELATED-TO RDATE REQUEST-STATUS IMAGE
    COLOR""".split()


def check_icalendar(site):
    from icalendar import Calendar
    raw = (site.folder / "data/timeline.ics").read_bytes()
    *lines, last = raw.split(b"\r\n")
    site.expect(last == b"" and not any(b"\n" in line for line in lines), "line ends are not CRLF")
    site.expect(all(len(line) <= 75 for line in lines), "a line is longer than 75 octets")
    text = raw.decode("utf-8").replace("\r\n ", "")
    for line in re.findall(r"^((?:NAME|SUMMARY|DESCRIPTION|LOCATION)[;:].*[^\\][,;].*)\r$", text, re.M):
        site.fail(f"a comma or semicolon is not escaped: {line}")
    calendar = Calendar.from_ical(raw)
    site.expect(calendar.get("VERSION") == "2.0" and calendar.get("PRODID"), "no VERSION:2.0 or no PRODID")
    entries = [part for part in calendar.walk() if part.name in ("VEVENT", "VJOURNAL")]
    site.same([str(entry.get("UID", "")).split("@")[0] for entry in entries], site.dated, "UID")
    for entry in entries:
        uid, errors = str(entry.get("UID", "")), entry.errors
        text = date_of(site.dated.get(uid.split("@")[0], {}))
        site.expect("@" in uid and "DTSTAMP" in entry and not errors, f"{uid}: no @, no DTSTAMP, or {errors}")
        site.expect(entry.get("SUMMARY"), f"{uid}: no SUMMARY")
        site.expect(":" in str(entry.get("URL", ":")), f"{uid}: URL is no whole address")
        if entry.name == "VJOURNAL":
            for name in set(entry) - set(JOURNAL):
                site.expect(name.startswith("X-"), f"{uid}: a VJOURNAL may not have {name}")
            site.expect("DTSTART" not in entry, f"{uid}: DTSTART, though the date is {text!r}")
        if text is None:
            continue
        if entry.name == "VJOURNAL":
            site.expect(not edtf.days(text), f"{uid}: a VJOURNAL, though its days are known: {text}")
            said = f"{entry.get('SUMMARY', '')} {entry.get('DESCRIPTION', '')}"
            said = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in said)
            years = map(int, re.findall(r"(?:^|[\[/,.])(-?\d{4})", text))
            years = [str(year if year > 0 else 1 - year) for year in years]  # -0043 is 44 BC
            site.expect(not years or any(year in said for year in years), f"{uid}: no word of the date {text}")
        elif site.expect(edtf.days(text), f"{uid}: a VEVENT, though the date is {text!r}"):
            first, last = edtf.days(text)
            for name, day in (("DTSTART", first), ("DTEND", last + datetime.timedelta(days=1))):
                there = name in entry and entry[name].dt == day and entry[name].params.get("VALUE") == "DATE"
                site.expect(there, f"{uid}: {name} is not {day}")
    kinds = Counter(entry.name for entry in entries)
    return f"{kinds['VEVENT']} with their days, {kinds['VJOURNAL']} without"


def check_timelinejs(site):
    events = site.json("data/timelinejs.json")["events"]
    ids = [event.get("unique_id") for event in events]
    # What is dated is there, or is said to be left out.
    lost = {row["record"] for row in lost_rows(site) if row["format"] == "timelinejs"} - set(ids)
    dated = [id for id, record in site.dated.items() if date_of(record) != "" and id not in lost]
    site.same(ids, dated, "unique_id")
    for event in events:
        id, record = event.get("unique_id"), site.dated.get(event.get("unique_id"), {})
        text, title, headline = date_of(record), title_of(record), event.get("text", {}).get("headline", "")
        said = html.unescape(re.sub("<[^>]*>", "", headline))  # a headline is HTML
        site.expect(said == title if title else said, f"{id}: the headline is {headline!r}, the title {title!r}")
        site.expect("start_date" in event, f"{id}: no start_date")
        for name in ("start_date", "end_date"):
            date = event.get(name)
            if date and text:
                parts = [int(date[field]) for field in ("year", "month", "day") if field in date]
                site.expect("year" in date and ("month" in date or "day" not in date), f"{id}: {name} {date}")
                fits = edtf.parts_fit(parts, text, name == "end_date")
                site.expect(fits, f"{id}: {name} {date} is finer than {text}, or lies outside of it")
        if text and edtf.in_doubt(text):
            words = event.get("display_date") or event.get("start_date", {}).get("display_date")
            site.expect(words, f"{id}: {text} is in doubt, and no display_date says so")
    return f"{len(ids)} events"


def check_graph(site):
    import networkx
    ties = Counter()
    for meeting in site.data["meetings"]:
        named = {who.get("who", "") for who in meeting.get("participants", [])}
        ties.update(combinations(sorted(id for id in named if id.startswith("people/")), 2))
    names = {id: site.records[id]["name"] for tie in ties for id in tie}
    if not ties and not site.has("data/network.gexf"):
        return "nobody met anybody"
    for name, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph = read(site.folder / f"data/network.{name}")
        site.expect(not graph.is_directed() and not graph.is_multigraph(), f"{name}: not a plain undirected graph")
        id = lambda node: node if "/" in node else f"people/{node}"
        labels = {id(node): data.get("label") for node, data in graph.nodes(data=True)}
        site.same(labels.items(), names.items(), f"{name}: people and labels")
        pairs = {tuple(sorted((id(a), id(b)))): data.get("weight") for a, b, data in graph.edges(data=True)}
        site.same(pairs.items(), ties.items(), f"{name}: pairs and weights")
    return f"{len(names)} people, {len(ties)} pairs, twice the same"


def check_bibtex(site):
    import bibtexparser
    from bibtexparser.middlewares import LatexDecodingMiddleware
    path, sources = site.folder / "data/sources.bib", {source["key"]: source for source in site.data["sources"]}
    library = bibtexparser.parse_file(path, append_middleware=[LatexDecodingMiddleware()])
    for block in library.failed_blocks:
        site.fail(f"line {block.start_line}: {getattr(block, 'error', block)}")
    site.same([entry.key for entry in library.entries], sources, "keys")
    # In a date ~ is no space.
    dates = {entry.key: entry["date"] for entry in bibtexparser.parse_file(path).entries if "date" in entry}
    plain = lambda text: " ".join(re.sub("[{}]", "", text).split())
    for entry in library.entries:
        fields, source = {field.key.lower(): str(field.value) for field in entry.fields}, sources.get(entry.key, {})
        title = fields.get("title", "")
        site.expect(plain(title) == plain(source.get("title", "")), f"{entry.key}: the title is {title!r}")
        date, text = dates.get(entry.key, ""), source.get("published")
        site.expect(edtf.is_level_1(date), f"{entry.key}: BibLaTeX reads no date {date}")
        true = not text or not re.fullmatch(edtf.PLAIN, date) or edtf.is_true(date, text)
        site.expect(true, f"{entry.key}: {date} says more than {text}")
    return f"{len(library.entries)} entries"


CSL_TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
    legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage""".split()


def check_csl(site):
    from citeproc.source.json import CiteProcJSON
    items, sources = site.json("data/sources.csl.json"), {source["key"]: source for source in site.data["sources"]}
    site.same([item.get("id") for item in items], sources, "ids")
    for item in items:
        id, source, issued = item.get("id"), sources.get(item.get("id"), {}), item.get("issued", {})
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # an unknown variable is a warning
            try:
                CiteProcJSON([item])
            except (Exception, Warning) as error:
                site.fail(f"{id}: citeproc: {type(error).__name__}: {error}")
        names = [name for field in ("author", "editor") for name in item.get(field, [])]
        site.expect(not any(None in name.values() for name in names), f"{id}: null in a name")
        site.expect(item.get("type") in CSL_TYPES, f"{id}: type {item.get('type')}")
        site.expect(item.get("title") == source.get("title"), f"{id}: the title is {item.get('title')!r}")
        if not site.expect(isinstance(issued, dict), f"{id}: issued is {issued}, not an object with date-parts"):
            continue
        text = source.get("published", "")
        for at, parts in enumerate(issued.get("date-parts", [])):
            value = "-".join(f"{int(part):02}" for part in parts).zfill(4)
            site.expect(edtf.is_true(value, text, at == 1), f"{id}: issued {value} says more than {text}")
            certain = not re.search("[~?%]", text) or issued.get("circa")
            site.expect(certain, f"{id}: issued is not circa, though it is {text}")
    return f"{len(items)} items"


def lost_rows(site):
    path = "data/not-carried.csv"
    return list(csv.DictReader(io.StringIO(site.text(path), newline=""))) if site.has(path) else []


def check_lost(site):
    """Every date in doubt of a meeting or event is listed for each format that holds the record."""
    columns = ["format", "record", "field", "value", "why"]
    header, rows = read_csv(site, "data/not-carried.csv")
    if not site.expect(header == columns, f"the columns are {header}, not {columns}"):
        return ""
    for row in rows:
        site.expect(row["format"] and row["field"] and row["why"], f"{row}: a cell is empty")
        site.expect(row["record"] in site.records, f"no record {row['record']}")
    listed = {(row["format"], row["record"]): GUARD.sub("", row["value"]) for row in rows if row["field"] == "date"}
    holds = {"icalendar": set(site.dated) if site.has("data/timeline.ics") else set(), "popolo": set()}
    if site.has("data/popolo.json"):
        holds["popolo"] = {site.id_of(event.get("id")) for event in site.json("data/popolo.json")["events"]}
    for format, ids in holds.items():
        for id in sorted(ids & set(site.dated)):
            text = date_of(site.dated[id]) or ""
            if edtf.in_doubt(text):
                found = listed.get((format, id))
                site.expect(found == text, f"{format}: the date {text} of {id} is listed as {found}")
    return f"{len(rows)} rows, of {', '.join(sorted({row['format'] for row in rows})) or 'no format'}"


CHECKS = {
    "json": check_json, "records": check_records, "csv": check_csv, "sqlite": check_sqlite,
    "icalendar": check_icalendar, "timelinejs": check_timelinejs, "followthemoney": entities.check_followthemoney,
    "popolo": entities.check_popolo, "graph": check_graph, "bibtex": check_bibtex, "csl": check_csl,
    "jsonld": pages.check_jsonld, "changes": pages.check_feed("changes.xml"),
    "corrections": pages.check_feed("corrections.xml"), "sitemap": pages.check_sitemap, "404": pages.check_404,
    "lost": check_lost,
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("site", type=Path)
    arguments.add_argument("expected", type=Path, nargs="?", help="default: SITE/data/dossier.json")
    arguments.add_argument("--without", default="", help=f"checks to leave out, of {','.join(CHECKS)}")
    given = arguments.parse_args()
    without = set(filter(None, given.without.split(",")))
    if without - set(CHECKS):
        arguments.error(f"no such check: {', '.join(without - set(CHECKS))}")
    warnings.simplefilter("ignore")
    expected = given.expected or given.site / "data/dossier.json"
    try:
        site = Site(given.site, expected)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"FAILED: nothing can be held against {expected}: {type(error).__name__}: {error}")
    for name, check in CHECKS.items():
        if name in without:
            continue
        site.check, before = name, len(site.failures)
        try:
            said = check(site)
        except FileNotFoundError as error:
            site.fail(f"{error.filename} is missing")
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            site.fail(f"cannot be read: {type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})")
        count = len(site.failures) - before
        print(f"FAILED {name}: {count}" if count else f"ok {name}: {said}", flush=True)
    for failure in site.failures:
        print(f"  {failure}")
    sys.exit(1 if site.failures else 0)


if __name__ == "__main__":
    main()
