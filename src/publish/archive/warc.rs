//! A site as WARC 1.1 (ISO 28500:2017), compressed record by record as its annex D says, so that any record can be
//! read without those before it.
//!
//! A file is a `resource` record, "a resource, without full protocol response information". A `response` record would hold
//! what a server has answered, and nobody has asked one. An index is there at two addresses, its own and that of its
//! folder, as two records of the same block: a `revisit` record says that something was fetched again and found to be the
//! same, which is not so either.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::address::{Base, INDEX};
use super::{About, SOFTWARE, page, timestamp};
use crate::publish::bundle::{Error, File, Files, is_compressed, keep, sorted};

const FORM: &str = "WARC file";

const VERSION: &str = "WARC/1.1";

/// Where the format is described.
const STANDARD: &str = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";

/// Returns the site as a file of WARC, compressed (`.warc.gz`).
pub fn warc(files: &[File], about: &About) -> Result<Vec<u8>, Error> {
    Ok(made(files, about)?.bytes)
}

/// A file of WARC, and what is where in it.
pub(super) struct Made {
    pub bytes: Vec<u8>,
    pub entries: Vec<Entry>,
}

/// A record of a file.
pub(super) struct Entry {
    pub url: Url,
    pub id: Uuid,
    /// The type without parameters.
    pub mime: String,
    /// As in the record, with the name of its algorithm.
    pub digest: String,
    pub offset: usize,
    pub length: usize,
    /// Of a page, at the one address by which it is known.
    pub title: Option<String>,
}

pub(super) fn made(files: &[File], about: &About) -> Result<Made, Error> {
    let unmade = Error::unmade(FORM);
    let base = Base::new(about.base_url).map_err(|why| unmade(&why))?;
    let date = timestamp(about.time).map_err(|error| unmade(&error))?;
    let targets = targets(&sorted(files, &unmade)?, &base).map_err(|why| unmade(&why))?;
    let digests: Vec<String> = targets.par_iter().map(|target| digest(target.bytes)).collect();
    let info = info(about, &date, &targets, &digests);
    let records: Result<Vec<(Uuid, Vec<u8>)>, std::io::Error> = targets
        .par_iter()
        .zip(&digests)
        .map(|(target, digest)| resource(target, digest, &date, info.id))
        .collect();
    let mut bytes = info.compressed(Compression::default()).map_err(|error| unmade(&error))?;
    let mut entries = Vec::with_capacity(targets.len());
    let records = records.map_err(|error| unmade(&error))?;
    for ((target, digest), (id, member)) in targets.into_iter().zip(digests).zip(records) {
        let (offset, length) = (bytes.len(), member.len());
        bytes.extend(member);
        let Target { url, kind, title, .. } = target;
        let mime = kind.split(';').next().unwrap_or(&kind).to_owned();
        entries.push(Entry { url, id, mime, digest, offset, length, title });
    }
    Ok(Made { bytes, entries })
}

/// A file at one of its addresses.
struct Target<'f> {
    path: &'f str,
    bytes: &'f [u8],
    url: Url,
    kind: String,
    title: Option<String>,
}

/// Returns all files at all of their addresses. A page has its title where the list of pages is to lead: an index at its
/// folder.
fn targets<'f>(files: &[File<'f>], base: &Base) -> Result<Vec<Target<'f>>, String> {
    let each = files.par_iter().map(|&(path, bytes)| {
        let kind = kind(path, bytes);
        let title = page::title(path, bytes);
        let target = |url, title| Target { path, bytes, url, kind: kind.clone(), title };
        Ok(match base.of_folder(path)? {
            Some(folder) => vec![target(folder, title), target(base.of(path)?, None)],
            None => vec![target(base.of(path)?, title)],
        })
    });
    Ok(each.collect::<Result<Vec<_>, String>>()?.into_iter().flatten().collect())
}

/// Returns the media type of a file. Text in UTF-8 says so, since a browser would take it for an older encoding.
fn kind(path: &str, bytes: &[u8]) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == "text" || ["json", "javascript", "xml"].contains(&kind.subtype().as_str());
    if is_text && std::str::from_utf8(bytes).is_ok() {
        format!("{}; charset=utf-8", kind.essence_str())
    } else {
        kind.essence_str().to_owned()
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", base16(&Sha256::digest(bytes)))
}

pub(super) fn base16(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A name of a record that is made of what is in it (RFC 9562, version 8): the same site gives the same names.
fn id(parts: &[&str]) -> Uuid {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let hash = hasher.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::new_v8(bytes)
}

/// A record before it is compressed.
struct Record<'b> {
    id: Uuid,
    fields: Vec<(&'static str, String)>,
    block: &'b [u8],
}

impl Record<'_> {
    fn compressed(&self, level: Compression) -> std::io::Result<Vec<u8>> {
        let mut member = GzEncoder::new(Vec::new(), level);
        write!(member, "{VERSION}\r\n")?;
        for (name, value) in &self.fields {
            write!(member, "{name}: {value}\r\n")?;
        }
        write!(member, "Content-Length: {}\r\n\r\n", self.block.len())?;
        member.write_all(self.block)?;
        member.write_all(b"\r\n\r\n")?;
        member.finish()
    }
}

/// The first record, with its block beside it.
struct Info {
    id: Uuid,
    date: String,
    block: String,
}

impl Info {
    /// The standard knows no payload here, so there is no digest of it.
    fn compressed(&self, level: Compression) -> std::io::Result<Vec<u8>> {
        let fields = vec![
            ("WARC-Type", "warcinfo".to_owned()),
            ("WARC-Record-ID", urn(self.id)),
            ("WARC-Date", self.date.clone()),
            ("WARC-Block-Digest", digest(self.block.as_bytes())),
            ("Content-Type", "application/warc-fields".to_owned()),
        ];
        Record { id: self.id, fields, block: self.block.as_bytes() }.compressed(level)
    }
}

/// What the records have in common. Its name depends on all of them: another archive is never taken for this one.
fn info(about: &About, date: &str, targets: &[Target], digests: &[String]) -> Info {
    let mut block = String::new();
    let fields = [
        ("software", Some(SOFTWARE)),
        ("format", Some("WARC File Format 1.1")),
        ("conformsTo", Some(STANDARD)),
        ("title", Some(about.title)),
        ("description", about.description),
        ("language", about.language),
    ];
    for (name, value) in fields {
        // A line break would begin another field.
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            block.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let mut parts = vec![date, &block];
    for (target, digest) in targets.iter().zip(digests) {
        parts.extend([target.url.as_str(), digest]);
    }
    Info { id: id(&parts), date: date.to_owned(), block }
}

fn urn(id: Uuid) -> String {
    format!("<{}>", id.urn())
}

/// The record of a file, whose payload is its block.
fn resource(target: &Target, digest: &str, date: &str, info: Uuid) -> std::io::Result<(Uuid, Vec<u8>)> {
    let id = id(&[&info.to_string(), target.url.as_str(), digest]);
    let fields = vec![
        ("WARC-Type", "resource".to_owned()),
        ("WARC-Record-ID", urn(id)),
        ("WARC-Warcinfo-ID", urn(info)),
        ("WARC-Date", date.to_owned()),
        ("WARC-Target-URI", target.url.to_string()),
        ("WARC-Block-Digest", digest.to_owned()),
        ("WARC-Payload-Digest", digest.to_owned()),
        ("Content-Type", target.kind.clone()),
    ];
    let level = if is_compressed(target.path) { Compression::none() } else { Compression::default() };
    let record = Record { id, fields, block: target.bytes };
    Ok((record.id, record.compressed(level)?))
}

/// Reads a file that `warc` has made of a site at the same address. Every digest is held against its block, and the
/// address of a folder must have what its index has.
pub fn read_warc(bytes: &[u8], base_url: &str) -> Result<Files, Error> {
    let damaged = Error::damaged(FORM);
    let base = Base::new(base_url).map_err(|why| damaged(&why))?;
    let (mut files, mut folders) = (Files::new(), Files::new());
    let mut rest = bytes;
    while !rest.is_empty() {
        let record = next(&mut rest).map_err(|why| damaged(&why))?;
        let Some(address) = record.address else { continue };
        let path = base.path(&address).map_err(|why| damaged(&why))?;
        let folder = path.is_empty() || path.ends_with('/');
        let (kept, path) = if folder { (&mut folders, format!("{path}{INDEX}")) } else { (&mut files, path) };
        keep(kept, &path, record.block).map_err(|why| damaged(&why))?;
    }
    let indexes = files.iter().filter(|(path, _)| matches!(base.of_folder(path), Ok(Some(_))));
    if indexes.ne(&folders) {
        return Err(damaged(&"a folder is not what its index is"));
    }
    Ok(files)
}

/// A record that was read.
pub(super) struct Taken {
    /// Of a record of a file.
    pub address: Option<String>,
    pub digest: String,
    pub block: Vec<u8>,
}

/// Reads the record at the beginning of `rest`, and leaves what follows it.
pub(super) fn next(rest: &mut &[u8]) -> Result<Taken, String> {
    let mut member = GzDecoder::new(*rest);
    let mut record = Vec::new();
    member.read_to_end(&mut record).map_err(|error| error.to_string())?;
    *rest = member.into_inner();
    let end = record.windows(4).position(|window| window == b"\r\n\r\n").ok_or("a record has no end")?;
    let head = String::from_utf8(record[..end].to_vec()).map_err(|error| error.to_string())?;
    let block = record[end + 4..].strip_suffix(b"\r\n\r\n").ok_or("a record does not end")?.to_vec();
    taken(&head, block)
}

fn taken(head: &str, block: Vec<u8>) -> Result<Taken, String> {
    let mut lines = head.split("\r\n");
    if lines.next() != Some(VERSION) {
        return Err("a record is not of WARC 1.1".to_owned());
    }
    let fields: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let field = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
    let address = field("WARC-Target-URI").map(str::to_owned);
    let what = address.as_deref().unwrap_or("what the archive says of itself");
    if field("Content-Length") != Some(&block.len().to_string()) {
        return Err(format!("{what} has another length"));
    }
    let digest = digest(&block);
    let of_payload = address.is_some().then_some(digest.as_str());
    if field("WARC-Block-Digest") != Some(&digest) || field("WARC-Payload-Digest") != of_payload {
        return Err(format!("{what} has another digest"));
    }
    let expected = if address.is_some() { "resource" } else { "warcinfo" };
    if field("WARC-Type") != Some(expected) {
        return Err(format!("{what} has another type"));
    }
    Ok(Taken { address, digest, block })
}
