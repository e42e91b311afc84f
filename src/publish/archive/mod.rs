//! A site as an archive of the web keeps it: WARC (ISO 28500) or WACZ, which is a WARC with its index and its list
//! of pages.
//!
//! No crate is used for either. `warc` 0.4 compresses a file as a whole where replay needs each record compressed on its
//! own, writes the fields of a record in an order that differs from run to run, and brings a second clock and a second
//! gzip; `wacksy` 0.4 reads its WARC from the disk and asks the clock.

mod address;
mod page;
mod wacz;
mod warc;

use time::OffsetDateTime;
use time::error::Format;
use time::format_description::well_known::Rfc3339;

pub use wacz::{read_wacz, wacz};
pub use warc::{read_warc, warc};

/// What an archive says of the site in it.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// A language tag of BCP 47.
    pub language: Option<&'a str>,
    /// Where the site stands on the web.
    pub base_url: &'a str,
    /// When the site had the state that is archived.
    pub time: OffsetDateTime,
}

/// The program that writes the archive, as archives name software.
const SOFTWARE: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// A time as WARC and WACZ have it: in UTC, to the second (W3C-DTF).
fn timestamp(time: OffsetDateTime) -> Result<String, Format> {
    time.to_offset(time::UtcOffset::UTC).truncate_to_second().format(&Rfc3339)
}

/// A time as an index has it: fourteen digits.
fn digits(time: OffsetDateTime) -> Result<String, Format> {
    Ok(timestamp(time)?.replace(|c: char| !c.is_ascii_digit(), ""))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::super::bundle::{self, Error, File, Files};
    use super::*;

    const BASE: &str = "https://example.org/dossier";

    fn site() -> Vec<(String, Vec<u8>)> {
        [
            ("index.html", "<head><title>من &amp; متى</title></head><body>".repeat(40).into_bytes()),
            ("404.html", b"<title>Nothing</title>".to_vec()),
            ("people/أمل.html", b"<title>Amal</title><body>".repeat(40)),
            ("people/old.html", b"<title>Old</title><meta http-equiv=\"refresh\" content=\"0\">".to_vec()),
            ("guide/index.html", b"<title>Guide</title>".to_vec()),
            ("50% #1.txt", "ليس".into()),
            ("latin.txt", b"caf\xe9".to_vec()),
            ("pictures/a.webp", (0..=255).cycle().take(5000).collect()),
            ("empty.json", Vec::new()),
        ]
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .to_vec()
    }

    fn borrowed(site: &[(String, Vec<u8>)]) -> Vec<File<'_>> {
        site.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
    }

    fn about() -> About<'static> {
        About {
            title: "ملف",
            description: Some("Who met\nwhom"),
            language: Some("ar"),
            base_url: BASE,
            time: OffsetDateTime::from_unix_timestamp(1_767_323_045).unwrap(),
        }
    }

    type Make = fn(&[File], &About) -> Result<Vec<u8>, Error>;
    type Unmake = fn(&[u8], &str) -> Result<Files, Error>;
    const FORMS: [(Make, Unmake); 2] = [(warc, read_warc), (wacz, read_wacz)];

    #[test]
    fn an_archive_is_read_back_and_depends_on_nothing_but_site_and_time() {
        let site = site();
        let expected: Files = site.iter().cloned().collect();
        for (make, read) in FORMS {
            let bytes = make(&borrowed(&site), &about()).unwrap();
            assert_eq!(read(&bytes, BASE).unwrap(), expected);
            assert!(read(&bytes, "https://example.com/").unwrap_err().to_string().contains("lies outside"));
            let mut backwards = borrowed(&site);
            backwards.reverse();
            let elsewhere = time::UtcOffset::from_hms(2, 0, 0).unwrap();
            let same = About { time: about().time.to_offset(elsewhere), ..about() };
            assert!(make(&backwards, &same).unwrap() == bytes);
            let later = About { time: about().time + time::Duration::SECOND, ..about() };
            assert!(make(&borrowed(&site), &later).unwrap() != bytes);
        }
    }

    /// Returns where the members of a WARC begin, and where the last ends.
    fn members(bytes: &[u8]) -> Vec<usize> {
        let mut rest = bytes;
        let mut starts = vec![0];
        while !rest.is_empty() {
            let mut member = flate2::bufread::GzDecoder::new(rest);
            member.read_to_end(&mut Vec::new()).unwrap();
            rest = member.into_inner();
            starts.push(bytes.len() - rest.len());
        }
        starts
    }

    /// Headers of gzip and of ZIP say times and versions, which may be others. Of what compresses a few bits may.
    #[test]
    fn a_changed_bit_is_found() {
        for (make, read) in FORMS {
            let bytes = make(&borrowed(&site()), &about()).unwrap();
            let contents = if bytes.starts_with(b"PK") {
                bundle::tests::contents(&bytes)
            } else {
                members(&bytes).windows(2).map(|pair| pair[0] + 10..pair[1]).collect()
            };
            let missed = bundle::tests::missed(&bytes, &contents, |changed| read(changed, BASE).is_ok());
            assert!(missed < 8, "{missed}");
            assert!(read(&bytes[..bytes.len() - 1], BASE).is_err());
        }
    }

    /// Returns the records of a WARC as text, each read from where it begins.
    fn records(bytes: &[u8]) -> Vec<String> {
        let mut rest = bytes;
        let mut found = Vec::new();
        while !rest.is_empty() {
            let mut member = flate2::bufread::GzDecoder::new(rest);
            let mut record = Vec::new();
            member.read_to_end(&mut record).unwrap();
            rest = member.into_inner();
            found.push(String::from_utf8_lossy(&record).into_owned());
        }
        found
    }

    #[test]
    fn a_record_says_what_it_is() {
        let records = records(&warc(&borrowed(&site()), &about()).unwrap());
        assert_eq!(records.len(), 1 + 9 + 2, "the two indexes have two addresses each");
        assert!(
            records[0].contains("WARC-Type: warcinfo\r\n") && !records[0].contains("WARC-Payload-Digest")
        );
        assert!(records[0].contains("\r\ndescription: Who met whom\r\nlanguage: ar\r\n"), "{}", records[0]);
        for (path, kind) in [
            ("", "text/html; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("guide/", "text/html; charset=utf-8"),
            ("50%25%20%231.txt", "text/plain; charset=utf-8"),
            ("latin.txt", "text/plain"),
            ("people/%D8%A3%D9%85%D9%84.html", "text/html; charset=utf-8"),
            ("pictures/a.webp", "image/webp"),
        ] {
            let target = format!("\r\nWARC-Target-URI: {BASE}/{path}\r\n");
            let record: Vec<_> = records.iter().filter(|record| record.contains(&target)).collect();
            assert_eq!(record.len(), 1, "{path}");
            assert!(record[0].contains(&format!("\r\nContent-Type: {kind}\r\n")), "{}", record[0]);
            assert!(record[0].contains("\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"));
        }
        let id = |record: &String| record.split("Record-ID: ").nth(1).unwrap()[..47].to_owned();
        let ids: std::collections::BTreeSet<String> = records.iter().map(id).collect();
        assert_eq!(ids.len(), records.len());
        assert!(ids.iter().all(|id| id.starts_with("<urn:uuid:") && id.ends_with('>')), "{ids:?}");
    }

    /// Returns records as a WARC, each compressed on its own.
    fn packed(records: &[String]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for record in records {
            let mut member = flate2::write::GzEncoder::new(bytes, flate2::Compression::fast());
            member.write_all(record.as_bytes()).unwrap();
            bytes = member.finish().unwrap();
        }
        bytes
    }

    /// What another program wrote without damage, but of which the records do not say the same as their blocks.
    #[test]
    fn a_record_that_says_something_else_is_found() {
        let site = [("guide/index.html".to_owned(), b"<title>Guide</title>".to_vec())];
        let records = records(&warc(&borrowed(&site), &about()).unwrap());
        assert_eq!(read_warc(&packed(&records), BASE).unwrap().len(), 1);
        let why = |records: &[String]| read_warc(&packed(records), BASE).unwrap_err().to_string();
        let changed = |from: &str, to: &str| {
            let mut records = records.clone();
            records[1] = records[1].replacen(from, to, 1);
            why(&records)
        };
        assert!(changed("Guide", "Gaide").contains("another digest"));
        assert!(changed("Payload-Digest: sha256:", "Payload-Digest: sha256:0").contains("another digest"));
        assert!(changed("Content-Length: 20", "Content-Length: 21").contains("another length"));
        assert!(changed("Type: resource", "Type: response").contains("another type"));
        assert!(changed("WARC/1.1", "WARC/1.0").contains("not of WARC 1.1"));
        assert!(changed(BASE, "https://example.com").contains("lies outside"));
        assert!(why(&records[..2]).contains("a folder is not what its index is"));
        let twice = [records.clone(), vec![records[1].clone()]].concat();
        assert!(why(&twice).contains("twice"));
    }

    #[test]
    fn a_wacz_lists_pages_and_leads_to_records() {
        let bytes = wacz(&borrowed(&site()), &about()).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let warc_file = archive.by_name("archive/data.warc.gz").unwrap();
        assert_eq!(warc_file.compression(), zip::CompressionMethod::Stored);
        drop(warc_file);
        let mut text = |path: &str| {
            let mut text = String::new();
            archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let pages = text("pages/pages.jsonl");
        let said: Vec<(String, String)> = pages
            .lines()
            .skip(1)
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|page| {
                (page["url"].as_str().unwrap().to_owned(), page["title"].as_str().unwrap().to_owned())
            })
            .collect();
        let expected = [("/guide/", "Guide"), ("/", "من & متى"), ("/people/%D8%A3%D9%85%D9%84.html", "Amal")];
        assert_eq!(said, expected.map(|(path, title)| (format!("{BASE}{path}"), title.to_owned())));
        let index = text("indexes/index.cdxj");
        assert!(index.starts_with("org,example)/dossier 20260102030405 {"), "{index}");
        assert_eq!(index.lines().count(), 11);
        let package: serde_json::Value = serde_json::from_str(&text("datapackage.json")).unwrap();
        assert_eq!(package["mainPageUrl"], format!("{BASE}/"));
        assert_eq!(package["created"], "2026-01-02T03:04:05Z");
    }

    #[test]
    fn a_site_needs_an_address() {
        let nowhere = About { base_url: "example", ..about() };
        for (make, _) in FORMS {
            assert!(make(&[], &nowhere).unwrap_err().to_string().contains("the address"));
        }
    }
}
