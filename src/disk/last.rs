//! What the last build of a dossier was made from, kept in a file -> what of it need not be made again.
//!
//! It only ever saves time: a file that cannot be read, that is damaged, or that another program wrote, counts as none.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};

use super::{file, within};
use crate::Options;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Sources, Span};

/// A build, by all that its site follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    /// The program that built.
    pub program: String,
    /// The files it read, and what it was asked to do with them.
    pub inputs: String,
    /// The folder it wrote.
    pub output: PathBuf,
}

impl Build {
    /// The build of `sources` by this program, with `theme`, into the folder `output`; nothing when the program cannot
    /// say which one it is.
    pub fn new(sources: &Sources, theme: &Sources, options: Options, output: &Path) -> Option<Build> {
        let inputs = || {
            let mut hasher = Hasher::new();
            // Lengths keep a name from being taken for bytes.
            hasher.update(format!("{options:?}").as_bytes());
            for (files, name) in [(theme, "theme"), (sources, "own")] {
                hasher.update(name.as_bytes());
                for file in files.iter() {
                    hasher
                        .update(format!("{} {} {}", file.path.len(), file.path, file.bytes.len()).as_bytes());
                    hasher.update(&file.bytes);
                }
            }
            hasher.finalize()
        };
        let (program, inputs) = rayon::join(program, inputs);
        let output = std::path::absolute(output).ok()?;
        Some(Build { program: program?, inputs: inputs.to_string(), output })
    }
}

/// Which program this is: what the linker wrote into it, else the hash of its file; nothing when that cannot be read.
fn program() -> Option<String> {
    #[cfg(unix)]
    if let Some(id) = buildid::build_id() {
        return Some(id.iter().map(|byte| format!("{byte:02x}")).collect());
    }
    let file = file::open(&std::env::current_exe().ok()?).ok()?;
    Some(Hasher::new().update_reader(file).ok()?.finalize().to_string())
}

/// What the name begins with of a record that is being written.
const BEGUN: &str = "last-build-";

fn is_begun(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(BEGUN)
}

/// A build that wrote its site.
#[derive(Debug, Serialize, Deserialize)]
pub struct Last {
    build: Build,
    /// The hash of the list of the files that it wrote.
    list: String,
    /// Pages by address, each with the hash of all that it was rendered from.
    pages: BTreeMap<String, u64>,
    /// How many pages there are, also those that are not rendered.
    count: usize,
    report: Vec<Told>,
}

impl Last {
    /// The record of a `build` that wrote the files that hash to `list`, and what there was to say of it.
    pub fn new(
        build: Build,
        list: Hash,
        pages: BTreeMap<String, u64>,
        count: usize,
        report: &[Diagnostic],
        sources: &Sources,
    ) -> Last {
        let report = report.iter().map(|problem| Told::new(problem, sources)).collect();
        Last { build, list: list.to_string(), pages, count, report }
    }

    /// Reads the record at `path`, if it is one of a build by the same program into the same folder.
    pub fn read(path: &Path, build: &Build) -> Option<Last> {
        let last = Last::of(&file::read(path, file::ASSET).ok()?)?;
        (last.build.program == build.program && last.build.output == build.output).then_some(last)
    }

    /// Writes the record to `path` in the folder `home`, whole or not at all.
    pub fn write(&self, home: &Path, path: &Path) -> io::Result<()> {
        within::refuse(home, path)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        // What builds left that were killed here; a build at the same time may lose its record by that, and no more.
        for left in fs::read_dir(folder)?.flatten().filter(|entry| is_begun(&entry.file_name())) {
            let _ = fs::remove_file(left.path());
        }
        let mut new = tempfile::Builder::new().prefix(BEGUN).tempfile_in(folder)?;
        new.write_all(&self.bytes()?)?;
        new.persist(path)?;
        Ok(())
    }

    /// The record as a file: its checksum on a line, and behind that JSON.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let record = serde_json::to_vec(self)?;
        Ok([format!("{}\n", blake3::hash(&record)).into_bytes(), record].concat())
    }

    /// The record that [`Last::bytes`] made a file of; nothing when any byte is another.
    fn of(bytes: &[u8]) -> Option<Last> {
        let (checksum, record) = bytes.split_at_checked(blake3::OUT_LEN * 2)?;
        let record = record.strip_prefix(b"\n")?;
        (blake3::hash(record).to_hex().as_bytes() == checksum).then(|| serde_json::from_slice(record).ok())?
    }

    /// Whether the folder that was written still holds this list of files.
    pub fn is_list(&self, list: Hash) -> bool {
        self.list == list.to_string()
    }

    /// Whether `path` was made from what has this hash.
    pub fn is_from(&self, path: &str, hash: u64) -> bool {
        self.pages.get(path) == Some(&hash)
    }

    /// What there was to say of the very same build, with the number of its pages; nothing when it was another. `codes`
    /// are all that there are.
    pub fn report(
        &self,
        build: &Build,
        sources: &Sources,
        codes: &[Code],
    ) -> Option<(usize, Vec<Diagnostic>)> {
        if self.build != *build {
            return None;
        }
        let codes: HashMap<&str, Code> = codes.iter().map(|code| (code.name, *code)).collect();
        let report: Option<Vec<_>> =
            self.report.iter().map(|told| told.diagnostic(&codes, sources)).collect();
        Some((self.count, report?))
    }
}

/// A diagnostic as it is written down: files by their paths.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    code: String,
    severity: String,
    message: String,
    span: Option<Place>,
    label: String,
    labels: Vec<(Place, String)>,
    help: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Place(String, usize, usize);

impl Place {
    fn new(span: Span, sources: &Sources) -> Place {
        Place(sources.path(span.file).to_owned(), span.range().start, span.range().end)
    }

    fn span(&self, sources: &Sources) -> Option<Span> {
        let Place(path, start, end) = self;
        Some(Span::new(sources.get(path)?.id, *start..*end))
    }
}

impl Told {
    fn new(problem: &Diagnostic, sources: &Sources) -> Told {
        let place = |span: Span| Place::new(span, sources);
        Told {
            code: problem.code.name.to_owned(),
            severity: problem.severity.name().to_owned(),
            message: problem.message.clone(),
            span: problem.span.map(place),
            label: problem.label.clone(),
            labels: problem.labels.iter().map(|(span, label)| (place(*span), label.clone())).collect(),
            help: problem.help.clone(),
        }
    }

    fn diagnostic(&self, codes: &HashMap<&str, Code>, sources: &Sources) -> Option<Diagnostic> {
        let mut severities = [Severity::Error, Severity::Warning, Severity::Note].into_iter();
        let labels = self.labels.iter().map(|(place, label)| Some((place.span(sources)?, label.clone())));
        Some(Diagnostic {
            code: *codes.get(self.code.as_str())?,
            severity: severities.find(|severity| severity.name() == self.severity)?,
            message: self.message.clone(),
            span: match &self.span {
                Some(place) => Some(place.span(sources)?),
                None => None,
            },
            label: self.label.clone(),
            labels: labels.collect::<Option<_>>()?,
            help: self.help.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_and_a_damaged_one_does_not() {
        let build = Build { program: "p".into(), inputs: "i".into(), output: "public".into() };
        let pages = BTreeMap::from([("index.html".to_owned(), 12)]);
        let last = Last { build, list: "l".into(), pages, count: 3, report: Vec::new() };
        let bytes = last.bytes().unwrap();
        assert_eq!(Last::of(&bytes).unwrap().count, 3);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Last::of(&damaged).is_none(), "byte {at}");
            assert!(Last::of(&bytes[..at]).is_none(), "cut at {at}");
        }
    }
}
