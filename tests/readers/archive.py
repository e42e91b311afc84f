#!/usr/bin/env python3
"""Reads a site that was handed over as one file, by programs that know nothing of dossier, and holds what they give
against the files of the site. The folder has `site/`, and what was made of it beside that: site.zip, site.warc.gz,
site.wacz. Prints a line for each check, and ends at the first that fails.
"""

import gzip
import io
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import quote

import surt
from warcio.archiveiterator import ArchiveIterator

sys.dont_write_bytecode = True

PROGRAMS = Path(sys.executable).parent


def run(name, *arguments, **more):
    """A program of the same installation. Nothing that it says on the way matters when it succeeds."""
    done = subprocess.run([PROGRAMS / name, *arguments], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{name} {' '.join(map(str, arguments))}: {done.stdout}{done.stderr}")
    return done.stdout


def same(what, found, expected):
    if found != expected:
        keys = sorted(set(found) ^ set(expected)) or [key for key in found if found[key] != expected[key]]
        sys.exit(f"{what}: {len(found)} for {len(expected)}, among them {keys[:5]}")


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def addresses_of(site, base):
    """All that can be asked for -> the bytes."""
    found = {}
    for path, content in site.items():
        found[base + quote(path)] = content
        if path == "index.html" or path.endswith("/index.html"):
            found[base + quote(path.removesuffix("index.html"))] = content
    return found


def check_zip(folder, site, top):
    with zipfile.ZipFile(folder / "site.zip") as archive:
        if archive.testzip():
            sys.exit(f"zip: {archive.testzip()} is damaged")
        found = {info.filename: archive.read(info) for info in archive.infolist()}
    same("zip", found, {f"{top}/{path}": content for path, content in site.items()})
    return len(found)


def check_warc(folder, addresses):
    run("warcio", "check", folder / "site.warc.gz")
    with open(folder / "site.warc.gz", "rb") as stream:
        found = {}
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type == "resource":
                found[record.rec_headers["WARC-Target-URI"]] = record.content_stream().read()
    same("warc", found, addresses)
    # A changed byte of a block is noticed, or the check above says nothing.
    spoiled = folder / "spoiled.warc"
    spoiled.write_bytes(gzip.decompress((folder / "site.warc.gz").read_bytes()).replace(b"<title>", b"<tytle>"))
    if subprocess.run([PROGRAMS / "warcio", "check", spoiled], capture_output=True).returncode == 0:
        sys.exit("warcio check takes anything")
    return len(found)


def lines(index):
    """The lines of an index, without what says nothing of a resource."""
    for line in index.splitlines():
        key, when, rest = line.split(" ", 2)
        yield key, when, {name: value for name, value in json.loads(rest).items() if name != "status"}


def check_wacz(folder, addresses):
    run("wacz", "validate", "-f", folder / "site.wacz")
    unpacked = folder / "unpacked"
    with zipfile.ZipFile(folder / "site.wacz") as archive:
        archive.extractall(unpacked)
    warc, index = unpacked / "archive/data.warc.gz", (unpacked / "indexes/index.cdxj").read_text()
    ours = list(lines(index))
    theirs = list(lines(run("cdxj-indexer", "--sort", warc)))
    if ours != theirs:
        sys.exit(f"index: {[pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:2]}")
    found = {}
    for key, _, entry in ours:
        if key != surt.surt(entry["url"]):
            sys.exit(f"index: {key} is not {surt.surt(entry['url'])}")
        start, length = int(entry["offset"]), int(entry["length"])
        stream = io.BytesIO(warc.read_bytes()[start:start + length])
        record = next(iter(ArchiveIterator(stream)))
        found[entry["url"]] = record.content_stream().read()
    same("index", found, addresses)
    pages = [json.loads(line) for line in (unpacked / "pages/pages.jsonl").read_text().splitlines()][1:]
    if not pages or any(page["url"] not in addresses or not page["title"] for page in pages):
        sys.exit(f"pages: {pages[:3]}")
    return f"{len(found)} addresses, {len(pages)} pages"


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def check_replay(folder, addresses):
    """pywb, with the index of the WACZ as it is."""
    collection = folder / "replay/collections/site"
    for part, path in (("archive", "archive/data.warc.gz"), ("indexes", "indexes/index.cdxj")):
        (collection / part).mkdir(parents=True)
        shutil.copy(folder / "unpacked" / path, collection / part)
    port = free_port()
    server = subprocess.Popen(
        [PROGRAMS / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder / "replay", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def asked(address, mode):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"http://127.0.0.1:{port}/site/{mode}/{address}", timeout=20) as answer:
                return answer.headers["Content-Type"], answer.read()

        for _ in range(150):
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://127.0.0.1:{port}/")
                break
            except OSError:
                time.sleep(0.2)
        found = {address: asked(address, "id_")[1] for address in addresses}
        same("replay", found, addresses)
        for address in addresses:
            if address.endswith((".html", "/")):
                kind, shown = asked(address, "mp_")
                if not kind.startswith("text/html; charset=utf-8") or b"/site/" not in shown:
                    sys.exit(f"replay: {address} is {kind}")
        try:
            asked(next(iter(addresses)) + "/nothing", "id_")
            sys.exit("replay: pywb finds anything")
        except urllib.error.HTTPError:
            pass
    finally:
        server.terminate()
        server.wait()
    return len(found)


def main(folder, base, top):
    site = files_of(folder / "site")
    addresses = addresses_of(site, base)
    print("zip:", check_zip(folder, site, top), "files")
    print("warc:", check_warc(folder, addresses), "records")
    print("wacz:", check_wacz(folder, addresses))
    print("replay:", check_replay(folder, addresses), "addresses")


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
