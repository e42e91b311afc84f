//! The same dossier for other generators, and the floor under all of them. `benches/compare` runs this.
//!
//! - `content RECORDS DIR` writes the dossier into `DIR/dossier`, and what it says for each peer beside it;
//! - `floor DOSSIER MANIFEST OUT` does the least that any generator has to: it reads the files of a dossier,
//!   turns its Markdown into HTML, and writes files of the sizes that the manifest names.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a measurement touches the world and says what went wrong"
)]

mod corpus;
#[path = "peers/eleventy.rs"]
mod eleventy;
#[path = "peers/floor.rs"]
mod floor;
#[path = "peers/hugo.rs"]
mod hugo;
#[path = "peers/words.rs"]
mod words;

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use corpus::Corpus;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["content", records, dir] => content(records, Path::new(dir)),
        ["floor", dossier, manifest, out] => {
            floor::run(Path::new(dossier), Path::new(manifest), Path::new(out))
        }
        _ => {
            eprintln!("`benches/compare` is the command that measures this");
            return ExitCode::SUCCESS;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes what a corpus says, once for each generator.
fn content(records: &str, dir: &Path) -> io::Result<()> {
    let records = records.parse().map_err(io::Error::other)?;
    let corpus = Corpus::new(records);
    let sources = corpus.dossier();
    for file in sources.iter() {
        write(&dir.join("dossier").join(&file.path), &file.bytes)?;
    }
    hugo::content(&corpus, &dir.join("hugo"))?;
    eleventy::content(&corpus, &dir.join("eleventy"))
}

/// Writes a file, and makes the folders above it.
fn write(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
