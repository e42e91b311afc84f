//! A site as one file that is unpacked: a ZIP archive (PKWARE APPNOTE 6.3) or a tar archive (POSIX.1-2001, `pax`)
//! compressed as Zstandard (RFC 8878). What is unpacked is one folder, whose index.html opens by a double-click.
//!
//! The same files give the same bytes: no clock, no owner and no rights of the machine are in a bundle.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read, Write};

use rayon::prelude::*;
use zip::write::{PreparedZipFile, SimpleFileOptions};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::output::check_path;

/// A file of a site: its path, relative and with forward slashes, and what it holds.
pub type File<'f> = (&'f str, &'f [u8]);

/// What was read back of a bundle or an archive: path -> bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

const ZIP: &str = "ZIP archive";
const TAR: &str = "tar.zst archive";

/// So that every file can be read by all, and run by nobody.
const MODE: u32 = 0o644;

/// The highest usual level, 19, makes text an eighth smaller and takes nearly twenty times as long. Of a whole site, most of
/// which is pictures, that is a fiftieth.
const LEVEL: i32 = 9;

/// 2 to this power is how far back Zstandard looks for what was there before: 16 MiB, far below the 128 MiB up to which
/// every reader goes without being asked.
const WINDOW: u32 = 24;

/// Why a site has not become one file, or could not be read back from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It could not be made.
    Unmade { form: &'static str, why: String },
    /// It is not what this program writes, or not any more.
    Damaged { form: &'static str, why: String },
}

impl Error {
    pub(super) fn unmade(form: &'static str) -> impl Fn(&dyn fmt::Display) -> Error {
        move |why| Error::Unmade { form, why: why.to_string() }
    }

    pub(super) fn damaged(form: &'static str) -> impl Fn(&dyn fmt::Display) -> Error {
        move |why| Error::Damaged { form, why: why.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unmade { form, why } => write!(f, "the {form} cannot be made: {why}"),
            Error::Damaged { form, why } => write!(f, "the {form} is damaged: {why}"),
        }
    }
}

impl std::error::Error for Error {}

/// Returns the files as a ZIP archive, all below `folder`.
pub fn zip(files: &[File], folder: &str) -> Result<Vec<u8>, Error> {
    let unmade = Error::unmade(ZIP);
    check_folder(folder).map_err(|why| unmade(&why))?;
    let prepared: Result<Vec<PreparedZipFile>, _> = sorted(files, &unmade)?
        .into_par_iter()
        .map(|(path, bytes)| PreparedZipFile::from_data(format!("{folder}/{path}"), options(path), bytes))
        .collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in prepared.map_err(|error| unmade(&error))? {
        writer.add_prepared_file(file).map_err(|error| unmade(&error))?;
    }
    Ok(writer.finish().map_err(|error| unmade(&error))?.into_inner())
}

/// How the file at `path` stands in a ZIP archive. 1980-01-01 is the first day that the format knows.
pub(super) fn options(path: &str) -> SimpleFileOptions {
    let method = if is_compressed(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    SimpleFileOptions::DEFAULT
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(MODE)
        .system(zip::System::Unix)
}

/// Reads a ZIP archive that `zip` has made of the same folder.
pub fn read_zip(bytes: &[u8], folder: &str) -> Result<Files, Error> {
    let damaged = Error::damaged(ZIP);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut files = Files::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(|error| damaged(&error))?;
        let path = file.name().map_err(|error| damaged(&error))?.to_string();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| damaged(&format!("{path}: {error}")))?;
        keep(&mut files, below(&path, folder).map_err(|why| damaged(&why))?, bytes)
            .map_err(|why| damaged(&why))?;
    }
    Ok(files)
}

/// Returns the files as a tar archive compressed as Zstandard, all below `folder`.
pub fn tar_zst(files: &[File], folder: &str) -> Result<Vec<u8>, Error> {
    let unmade = Error::unmade(TAR);
    check_folder(folder).map_err(|why| unmade(&why))?;
    let files = sorted(files, &unmade)?;
    tar_of(&files, folder).map_err(|error| unmade(&error))
}

fn tar_of(files: &[File], folder: &str) -> std::io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.window_log(WINDOW)?;
    encoder.long_distance_matching(true)?;
    // However many threads there are, one or more, the bytes are the same.
    encoder.multithread(u32::try_from(rayon::current_num_threads()).unwrap_or(1).max(1))?;
    let mut tar = tar::Builder::new(encoder);
    for (path, bytes) in files {
        append(&mut tar, &format!("{folder}/{path}"), bytes)?;
    }
    tar.into_inner()?.finish()
}

/// Appends a file. The old header has room for a hundred bytes of a name and says nothing of their encoding, so any
/// other name is said by a header of POSIX before it, which is in UTF-8.
fn append(tar: &mut tar::Builder<impl Write>, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut header = tar::Header::new_ustar();
    let plain = path.is_ascii() && path.len() <= 100;
    if !plain {
        tar.append_pax_extensions([("path", path.as_bytes())])?;
    }
    header.set_path(if plain { path.to_owned() } else { stand_in(path) })?;
    header.set_size(bytes.len() as u64);
    header.set_mode(MODE);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    tar.append(&header, bytes)
}

/// Where a reader that knows only the old header puts a file.
fn stand_in(path: &str) -> String {
    format!("other-names/{}", blake3::hash(path.as_bytes()).to_hex())
}

/// Reads an archive that `tar_zst` has made of the same folder.
pub fn read_tar_zst(bytes: &[u8], folder: &str) -> Result<Files, Error> {
    let damaged = Error::damaged(TAR);
    let decoder = zstd::Decoder::with_buffer(bytes).map_err(|error| damaged(&error))?;
    let mut archive = tar::Archive::new(decoder);
    let mut files = Files::new();
    for entry in archive.entries().map_err(|error| damaged(&error))? {
        let mut entry = entry.map_err(|error| damaged(&error))?;
        let path = String::from_utf8(entry.path_bytes().into_owned()).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| damaged(&format!("{path}: {error}")))?;
        keep(&mut files, below(&path, folder).map_err(|why| damaged(&why))?, bytes)
            .map_err(|why| damaged(&why))?;
    }
    // The checksum stands at the very end, behind the last file.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(|error| damaged(&error))?;
    Ok(files)
}

/// Returns the files in the order of their paths, so that it does not matter in which order they came.
pub(super) fn sorted<'f>(
    files: &[File<'f>],
    unmade: &impl Fn(&dyn fmt::Display) -> Error,
) -> Result<Vec<File<'f>>, Error> {
    let mut files = files.to_vec();
    files.sort_unstable_by_key(|(path, _)| *path);
    for (path, _) in &files {
        check_path(path).map_err(|why| unmade(&format!("the path {path:?} {why}")))?;
    }
    match files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(unmade(&format!("there are two files {:?}", pair[0].0))),
        None => Ok(files),
    }
}

/// Whether deflating a file gains nothing, going by its name.
pub(super) fn is_compressed(path: &str) -> bool {
    const COMPRESSED: [&str; 20] = [
        "7z", "avif", "br", "bz2", "docx", "gif", "gz", "jpeg", "jpg", "m4a", "mp3", "mp4", "ogg", "png",
        "webm", "webp", "woff", "woff2", "zip", "zst",
    ];
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        COMPRESSED.iter().any(|compressed| ending.eq_ignore_ascii_case(compressed))
    })
}

/// Keeps a file that was read, unless no site has a file of this path or there is one already.
pub(super) fn keep(files: &mut Files, path: &str, bytes: Vec<u8>) -> Result<(), String> {
    check_path(path).map_err(|why| format!("the path {path:?} {why}"))?;
    match files.insert(path.to_owned(), bytes) {
        Some(_) => Err(format!("{path} is in it twice")),
        None => Ok(()),
    }
}

fn check_folder(folder: &str) -> Result<(), String> {
    if folder.contains('/') {
        return Err(format!("{folder:?} is more than one folder"));
    }
    check_path(folder).map_err(|why| format!("the folder {folder:?} {why}"))
}

fn below<'p>(path: &'p str, folder: &str) -> Result<&'p str, String> {
    let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    rest.ok_or_else(|| format!("{path} lies outside of the folder {folder}"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const FOLDER: &str = "ملف";

    /// Text, what is compressed already, what is empty, and names that old formats have no room for.
    pub(crate) fn site() -> Vec<(String, Vec<u8>)> {
        let deep = format!("{}/{}.html", "ف".repeat(60), "a".repeat(120));
        [
            ("index.html", b"<title>Home</title>".repeat(50)),
            ("people/أمل-حسن.html", b"<title>Amal</title>".repeat(50)),
            (deep.as_str(), b"deep".to_vec()),
            ("pictures/a.webp", (0..=255).cycle().take(5000).collect()),
            ("empty.txt", Vec::new()),
        ]
        .map(|(path, bytes)| (path.to_owned(), bytes))
        .to_vec()
    }

    pub(crate) fn borrowed(site: &[(String, Vec<u8>)]) -> Vec<File<'_>> {
        site.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
    }

    type Make = fn(&[File], &str) -> Result<Vec<u8>, Error>;
    type Unmake = fn(&[u8], &str) -> Result<Files, Error>;
    const FORMS: [(Make, Unmake); 2] = [(zip, read_zip), (tar_zst, read_tar_zst)];

    #[test]
    fn a_bundle_is_read_back_and_depends_on_nothing_but_the_files() {
        let site = site();
        let expected: Files = site.iter().cloned().collect();
        for (make, read) in FORMS {
            let bytes = make(&borrowed(&site), FOLDER).unwrap();
            assert_eq!(read(&bytes, FOLDER).unwrap(), expected);
            assert!(read(&bytes, "other").unwrap_err().to_string().contains("lies outside"));
            let mut backwards = borrowed(&site);
            backwards.reverse();
            let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            assert!(one.install(|| make(&backwards, FOLDER)).unwrap() == bytes);
        }
    }

    /// Where a ZIP archive has what its files hold: what lies between says times, rights and versions.
    pub(crate) fn contents(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut ranges = Vec::new();
        for at in 0..archive.len() {
            let file = archive.by_index(at).unwrap();
            let start = usize::try_from(file.data_start().unwrap()).unwrap();
            let size = usize::try_from(file.compressed_size()).unwrap();
            ranges.push(start..start + size);
        }
        ranges
    }

    /// Returns at how many of the bytes a changed bit is not noticed, going by what `is_read` says.
    pub(crate) fn missed(
        bytes: &[u8],
        contents: &[std::ops::Range<usize>],
        is_read: impl Fn(&[u8]) -> bool,
    ) -> usize {
        let mut changed = bytes.to_vec();
        let mut missed = 0;
        for at in contents.iter().cloned().flatten() {
            changed[at] ^= 1 << (at % 8);
            missed += usize::from(is_read(&changed));
            changed[at] = bytes[at];
        }
        missed
    }

    /// A few bits of what compresses are free to be others: the same files come of it.
    #[test]
    fn a_changed_bit_is_found() {
        for (make, read) in FORMS {
            let bytes = make(&borrowed(&site()), FOLDER).unwrap();
            // All of a tar archive has one checksum.
            let all = || std::iter::once(0..bytes.len()).collect();
            let contents = if bytes.starts_with(b"PK") { contents(&bytes) } else { all() };
            let missed = missed(&bytes, &contents, |changed| read(changed, FOLDER).is_ok());
            assert!(missed < 8, "{missed}");
            assert!(read(&bytes[..bytes.len() - 1], FOLDER).is_err());
        }
    }

    /// The picture is stored, and a change of any of its bits is found.
    #[test]
    fn what_is_compressed_already_is_stored() {
        let site = site();
        let bytes = zip(&borrowed(&site), FOLDER).unwrap();
        let picture = &site[3].1;
        let at = bytes.windows(picture.len()).position(|window| window == picture).unwrap();
        for bit in (0..picture.len() * 8).step_by(97) {
            let mut changed = bytes.clone();
            changed[at + bit / 8] ^= 1 << (bit % 8);
            assert!(read_zip(&changed, FOLDER).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn names_are_said_to_be_in_utf_8() {
        let bytes = zip(&borrowed(&site()), FOLDER).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for at in 0..archive.len() {
            let file = archive.by_index(at).unwrap();
            assert_eq!(file.unix_mode(), Some(0o10_0644));
            assert_eq!(
                file.last_modified().map(|time| time.to_string()).as_deref(),
                Some("1980-01-01 00:00:00")
            );
        }
        // The flags of each entry of the directory, whose eleventh bit speaks of the name (APPNOTE 4.4.4).
        let entries = bytes.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x01\x02");
        let flags: Vec<u8> = entries.map(|(at, _)| bytes[at + 9]).collect();
        assert_eq!(flags, [8; 5]);
    }

    #[test]
    fn more_files_than_the_old_directory_of_zip_counts() {
        let names: Vec<String> = (0..66_000).map(|n| format!("{n}.txt")).collect();
        let files: Vec<File> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
        assert_eq!(read_zip(&zip(&files, "a").unwrap(), "a").unwrap().len(), 66_000);
    }

    #[test]
    fn what_cannot_lie_in_one_folder_is_refused() {
        for (make, _) in FORMS {
            let why = |files: &[File], folder| make(files, folder).unwrap_err().to_string();
            assert!(why(&[("a", b""), ("a", b"")], "f").contains("two files"));
            assert!(why(&[("../a", b"")], "f").contains("`..`"));
            assert!(why(&[], "a/b").contains("more than one folder"));
            assert!(why(&[], "..").contains("`..`"));
            assert!(why(&[], "").contains("is empty"));
        }
    }
}
