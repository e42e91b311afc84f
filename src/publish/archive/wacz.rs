//! A site as WACZ 1.1.1 (<https://specs.webrecorder.net/wacz/1.1.1/>): a ZIP archive of a WARC, its index (CDXJ), the list
//! of pages, and the digests of all of them. Readers take from it what they need, by its index, and no more.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::error::Format;
use url::Url;
use zip::{ZipArchive, ZipWriter};

use super::address::{Base, key};
use super::warc::{self, Entry, Made, base16, read_warc};
use super::{About, SOFTWARE, digits, timestamp};
use crate::publish::bundle::{Error, File, Files, options};

const FORM: &str = "WACZ file";

const WARC: &str = "data.warc.gz";
const ARCHIVE: &str = "archive/data.warc.gz";
const INDEX: &str = "indexes/index.cdxj";
const PAGES: &str = "pages/pages.jsonl";
const PACKAGE: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";

/// Returns the site as a file of WACZ.
pub fn wacz(files: &[File], about: &About) -> Result<Vec<u8>, Error> {
    let unmade = Error::unmade(FORM);
    let base = Base::new(about.base_url).map_err(|why| unmade(&why))?;
    let main = base.of("").map_err(|why| unmade(&why))?;
    let Made { bytes, entries } = warc::made(files, about)?;
    let index = index(&entries, about.time).map_err(|error| unmade(&error))?;
    let pages = pages(&entries, about).map_err(|error| unmade(&error))?;
    let resources = [(ARCHIVE, bytes), (INDEX, index.into_bytes()), (PAGES, pages.into_bytes())];
    let main = entries.iter().any(|entry| entry.url == main).then_some(main);
    let package = package(about, &resources, main).map_err(|error| unmade(&error))?;
    let digest = lines(&[json!({ "path": PACKAGE, "hash": hash(package.as_bytes()) })]);
    packed(resources, [(PACKAGE, package), (DIGEST, digest)]).map_err(|error| unmade(&error))
}

/// Where each address is in the WARC, sorted as `sort` does in the C locale.
fn index(entries: &[Entry], time: OffsetDateTime) -> Result<String, Format> {
    let time = digits(time)?;
    let mut lines: Vec<String> = entries.iter().map(|entry| line(entry, &time)).collect();
    lines.sort_unstable();
    Ok(lines.concat())
}

/// A line of the index. All values are texts, as the tools write them that are there. A resource has no status of HTTP;
/// replay takes it for found.
fn line(entry: &Entry, time: &str) -> String {
    let value = json!({
        "url": entry.url.as_str(),
        "mime": entry.mime,
        "digest": entry.digest,
        "length": entry.length.to_string(),
        "offset": entry.offset.to_string(),
        "filename": WARC,
    });
    format!("{} {time} {value}\n", key(&entry.url))
}

/// The list of pages, in the format `json-pages-1.0`.
fn pages(entries: &[Entry], about: &About) -> Result<String, Format> {
    let time = timestamp(about.time)?;
    let mut all = vec![json!({ "format": "json-pages-1.0", "id": "pages", "title": "All Pages" })];
    for entry in entries {
        if let Some(title) = &entry.title {
            let id = entry.id.to_string();
            all.push(json!({ "id": id, "url": entry.url.as_str(), "ts": time, "title": title }));
        }
    }
    Ok(lines(&all))
}

/// Each value in a line.
fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

/// What is in the archive, as a Data Package (Frictionless Standards) says it.
fn package(about: &About, resources: &[(&str, Vec<u8>)], main: Option<Url>) -> Result<String, Format> {
    let time = timestamp(about.time)?;
    let mut package = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": about.title,
        "created": time,
        "software": SOFTWARE,
    });
    let mut add = |name: &str, value: Value| package[name] = value;
    if let Some(description) = about.description {
        add("description", json!(description));
    }
    if let Some(main) = main {
        add("mainPageUrl", json!(main.as_str()));
        add("mainPageDate", json!(time));
    }
    let resources: Vec<Value> = resources
        .iter()
        .map(|(path, bytes)| {
            let name = path.rsplit('/').next();
            json!({ "name": name, "path": path, "hash": hash(bytes), "bytes": bytes.len() })
        })
        .collect();
    add("resources", json!(resources));
    Ok(format!("{package:#}\n"))
}

fn hash(bytes: &[u8]) -> String {
    format!("sha256:{}", base16(&Sha256::digest(bytes)))
}

/// The WARC is stored as it is: its records are read from the middle of the archive.
fn packed(
    resources: [(&str, Vec<u8>); 3],
    others: [(&str, String); 2],
) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let others = others.map(|(path, text)| (path, text.into_bytes()));
    for (path, bytes) in resources.into_iter().chain(others) {
        let large = u32::try_from(bytes.len()).is_err();
        writer.start_file(path, options(path).large_file(large))?;
        writer.write_all(&bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Reads a file that `wacz` has made of a site at the same address. Every digest is held against what it is of, and every
/// line of the index against the record that it leads to.
pub fn read_wacz(bytes: &[u8], base_url: &str) -> Result<Files, Error> {
    let damaged = Error::damaged(FORM);
    let parts = unpacked(bytes).map_err(|error| damaged(&error))?;
    check_digests(&parts).map_err(|why| damaged(&why))?;
    let part = |path: &str| parts.get(path).ok_or_else(|| damaged(&format!("{path} is missing")));
    let files = read_warc(part(ARCHIVE)?, base_url)?;
    let known = check_index(part(INDEX)?, part(ARCHIVE)?).map_err(|why| damaged(&why))?;
    let base = Base::new(base_url).map_err(|why| damaged(&why))?;
    let mut addresses = files.keys().filter_map(|path| base.of(path).ok());
    match addresses.find(|address| !known.contains(address.as_str())) {
        Some(address) => Err(damaged(&format!("{address} is not in the index"))),
        None => Ok(files),
    }
}

/// Holds the digest of the package against the package, and those in it against the resources.
fn check_digests(parts: &Files) -> Result<(), String> {
    let value = |path: &str| -> Result<Value, String> {
        let bytes = parts.get(path).ok_or_else(|| format!("{path} is missing"))?;
        serde_json::from_slice(bytes).map_err(|error| format!("{path}: {error}"))
    };
    let listed = value(PACKAGE)?["resources"].take();
    let of_all = std::iter::once((value(DIGEST)?, PACKAGE))
        .chain([ARCHIVE, INDEX, PAGES].into_iter().enumerate().map(|(at, path)| (listed[at].clone(), path)));
    for (said, path) in of_all {
        if said["path"] != path
            || said["hash"].as_str() != parts.get(path).map(|bytes| hash(bytes)).as_deref()
        {
            return Err(format!("{path} has another digest"));
        }
    }
    Ok(())
}

fn unpacked(bytes: &[u8]) -> Result<Files, zip::result::ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Files::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at)?;
        let path = file.name()?.to_string();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        parts.insert(path, bytes);
    }
    Ok(parts)
}

/// Returns the addresses of an index, each of which leads to its record.
fn check_index(index: &[u8], archive: &[u8]) -> Result<BTreeSet<String>, String> {
    let text = std::str::from_utf8(index).map_err(|error| error.to_string())?;
    if !text.lines().is_sorted() {
        return Err("the index is not sorted".to_owned());
    }
    let mut known = BTreeSet::new();
    for line in text.lines() {
        let address = check_line(line, archive).ok_or_else(|| format!("the index leads nowhere: {line}"))?;
        known.insert(address);
    }
    Ok(known)
}

fn check_line(line: &str, archive: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_str(line.splitn(3, ' ').nth(2)?).ok()?;
    let number = |name: &str| value[name].as_str()?.parse::<usize>().ok();
    let (offset, length) = (number("offset")?, number("length")?);
    let mut rest = archive.get(offset..offset.checked_add(length)?)?;
    let record = warc::next(&mut rest).ok()?;
    let address = record.address?;
    let same = rest.is_empty() && value["url"] == address.as_str() && value["digest"] == record.digest;
    same.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_an_index_leads_to_its_record() {
        let time = OffsetDateTime::UNIX_EPOCH;
        let base_url = "https://example.org";
        let about = About { title: "A", description: None, language: None, base_url, time };
        let made = warc::made(&[("a.txt", b"A"), ("b.txt", b"B")], &about).unwrap();
        let index = index(&made.entries, time).unwrap();
        let checked = |index: &str| check_index(index.as_bytes(), &made.bytes);
        assert_eq!(checked(&index).unwrap().len(), 2);
        let offset = format!("\"offset\":\"{}\"", made.entries[0].offset);
        for (from, to) in [
            ("/a.txt\"", "/c.txt\""),
            ("sha256:", "sha256:0"),
            (offset.as_str(), "\"offset\":\"1\""),
            ("\"length\":\"", "\"length\":\"1"),
            (" 19700101000000 ", " "),
        ] {
            assert!(index.contains(from), "{from}");
            assert!(checked(&index.replacen(from, to, 1)).unwrap_err().contains("leads nowhere"), "{from}");
        }
        let backwards: Vec<&str> = index.lines().rev().collect();
        assert!(checked(&backwards.join("\n")).unwrap_err().contains("not sorted"));
    }

    #[test]
    fn every_part_has_its_digest() {
        let about = About {
            title: "A",
            description: None,
            language: None,
            base_url: "https://example.org",
            time: OffsetDateTime::UNIX_EPOCH,
        };
        let parts = unpacked(&wacz(&[("index.html", b"<title>A</title>")], &about).unwrap()).unwrap();
        assert_eq!(check_digests(&parts), Ok(()));
        for path in [ARCHIVE, INDEX, PAGES, PACKAGE] {
            let mut others = parts.clone();
            others.entry(path.to_owned()).and_modify(|bytes| bytes.push(b' '));
            assert!(check_digests(&others).unwrap_err().contains("another digest"), "{path}");
            others.remove(path);
            assert!(check_digests(&others).is_err(), "{path}");
        }
    }
}
