//! The least that a generator has to do for a site: read the files, turn the Markdown into HTML, and write
//! as many files of the same sizes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// A line of the manifest is the size of a file, a space and its path.
pub fn run(dossier: &Path, manifest: &Path, out: &Path) -> io::Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build().map_err(io::Error::other)?;
    let manifest = fs::read_to_string(manifest)?;
    let files = listed(&manifest)?;
    pool.install(|| {
        read_all(dossier)?;
        write_all(&files, out)
    })
}

fn listed(manifest: &str) -> io::Result<Vec<(usize, &Path)>> {
    let lines = manifest.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(size, path)| Ok((size.parse().map_err(io::Error::other)?, Path::new(path)))).collect()
}

fn read_all(dossier: &Path) -> io::Result<usize> {
    let mut paths = Vec::new();
    below(dossier, &mut paths)?;
    paths.par_iter().map(|path| read(path)).sum()
}

fn below(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { below(&entry.path(), paths)? } else { paths.push(entry.path()) }
    }
    Ok(())
}

/// Returns the length of what was made, so that it is not left out as useless.
fn read(path: &Path) -> io::Result<usize> {
    let bytes = fs::read(path)?;
    if path.extension().is_none_or(|ending| ending != "md") {
        return Ok(bytes.len());
    }
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    let mut made = String::new();
    html::push_html(&mut made, Parser::new_ext(&text, Options::all()));
    Ok(made.len())
}

fn write_all(files: &[(usize, &Path)], out: &Path) -> io::Result<()> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    folders.iter().try_for_each(|folder| fs::create_dir_all(out.join(folder)))?;
    let longest = files.iter().map(|(size, _)| *size).max().unwrap_or(0);
    let text = vec![b'x'; longest];
    files
        .par_iter()
        .try_for_each(|(size, path)| fs::write(out.join(path), text.get(..*size).unwrap_or(&text)))
}
