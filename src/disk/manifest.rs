//! Turns an output into the list of its paths, sizes and hashes, that list into text and back,
//! and two such lists into what was added, changed and removed.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use rayon::prelude::*;

use crate::output::{Output, Stamp, check_path};

const MAGIC: &str = "dossier-manifest 1";

/// Which files are ours, and what we wrote in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<String, Stamp>,
}

impl Manifest {
    /// Returns the manifest of `output`.
    pub fn of(output: &Output) -> Manifest {
        let files: Vec<_> = output.contents().collect();
        files.into_par_iter().map(|(path, content)| (path.to_owned(), content.stamp())).collect()
    }

    /// Returns the manifest that `text` holds. An empty text is a manifest without files.
    ///
    /// Errors when any of it is not as `Display` writes it, so that a cut or merged list is
    /// never taken for a shorter one.
    pub fn parse(text: &[u8]) -> Result<Manifest, ManifestError> {
        let at = |line, why| ManifestError { line, why };
        if text.is_empty() {
            return Ok(Manifest::default());
        }
        let text = std::str::from_utf8(text).map_err(|_| at(1, "is not text"))?;
        if !text.ends_with('\n') {
            return Err(at(text.lines().count(), "is cut short"));
        }
        let mut lines = text.lines().zip(1..);
        let count = lines
            .next()
            .and_then(|(head, _)| head.strip_prefix(MAGIC))
            .ok_or(at(1, "is not a manifest that this dossier knows"))?;
        let count: usize = count.trim().parse().map_err(|_| at(1, "lacks the number of files"))?;
        let mut files: BTreeMap<String, Stamp> = BTreeMap::new();
        for (line, number) in lines {
            let (path, stamp) = parse_line(line).map_err(|why| at(number, why))?;
            if files.last_key_value().is_some_and(|(last, _)| last.as_str() >= path) {
                return Err(at(number, "is out of order"));
            }
            files.insert(path.to_owned(), stamp);
        }
        if files.len() != count {
            return Err(at(1, "gives another number of files than are listed"));
        }
        Ok(Manifest { files })
    }

    /// Returns the hash of all of it.
    pub fn hash(&self) -> blake3::Hash {
        blake3::hash(self.to_string().as_bytes())
    }

    /// Returns every path with its stamp, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Stamp)> {
        self.files.iter().map(|(path, stamp)| (path.as_str(), stamp))
    }

    /// Returns the stamp at `path`.
    pub fn get(&self, path: &str) -> Option<&Stamp> {
        self.files.get(path)
    }

    /// Returns whether `path` is listed.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

fn parse_line(line: &str) -> Result<(&str, Stamp), &'static str> {
    let mut parts = line.splitn(3, ' ');
    let (Some(hash), Some(size), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("has fewer than three parts");
    };
    let hash = blake3::Hash::from_hex(hash).map_err(|_| "has no hash")?;
    let size = size.parse().map_err(|_| "has no size")?;
    // Else a doctored list could make files outside of the folder ours.
    check_path(path).map_err(|_| "has no path in the folder")?;
    Ok((path, Stamp { hash, size }))
}

impl FromParallelIterator<(String, Stamp)> for Manifest {
    fn from_par_iter<I: IntoParallelIterator<Item = (String, Stamp)>>(files: I) -> Manifest {
        Manifest { files: files.into_par_iter().collect() }
    }
}

impl From<BTreeMap<String, Stamp>> for Manifest {
    fn from(files: BTreeMap<String, Stamp>) -> Manifest {
        Manifest { files }
    }
}

/// Writes the number of files, then a line `hash size path` for each, in the order of the paths.
impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{MAGIC} {}", self.files.len())?;
        self.files.iter().try_for_each(|(path, Stamp { hash, size })| {
            f.write_str(&hash.to_hex())?;
            f.write_char(' ')?;
            writeln!(f, "{size} {path}")
        })
    }
}

/// What became of the paths of two manifests, each list in the order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff<'a> {
    pub added: Vec<&'a str>,
    pub changed: Vec<&'a str>,
    pub removed: Vec<&'a str>,
    pub unchanged: Vec<&'a str>,
}

/// Returns what has to happen to the files of `old` for them to be those of `new`.
pub fn diff<'a>(old: &'a Manifest, new: &'a Manifest) -> Diff<'a> {
    let mut diff = Diff::default();
    for (path, stamp) in new.iter() {
        match old.get(path) {
            None => diff.added.push(path),
            Some(before) if before == stamp => diff.unchanged.push(path),
            Some(_) => diff.changed.push(path),
        }
    }
    let gone = old.iter().filter(|(path, _)| !new.contains(path));
    diff.removed = gone.map(|(path, _)| path).collect();
    diff
}

/// Where and why a manifest could not be read; `why` follows "line N".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestError {
    pub line: usize,
    pub why: &'static str,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} {}", self.line, self.why)
    }
}

impl std::error::Error for ManifestError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let mut output = Output::new();
        for (path, bytes) in files {
            output.insert(*path, bytes.as_bytes()).unwrap();
        }
        Manifest::of(&output)
    }

    #[test]
    fn the_text_is_fixed_and_reads_back() {
        let ours = manifest(&[("b c/ä.html", "x"), ("a", "")]);
        let text = "dossier-manifest 1 2\n\
            af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262 0 a\n";
        let written = ours.to_string();
        assert!(written.starts_with(text), "{written}");
        assert!(written.ends_with(" 1 b c/ä.html\n"), "{written}");
        assert_eq!(Manifest::parse(written.as_bytes()), Ok(ours));
    }

    #[test]
    fn what_is_not_a_whole_manifest_is_an_error_that_names_the_line() {
        let text = manifest(&[("a", "1"), ("b", "2")]).to_string();
        let parse = |text: &str| Manifest::parse(text.as_bytes()).map_err(|e| e.to_string());
        let lines: Vec<_> = text.lines().collect();
        let bad = [
            ("hello\n".to_owned(), "line 1 is not a manifest"),
            (text.replacen(" 1 ", " 2 ", 1), "line 1 is not a manifest"),
            (text.replacen(" 2\n", "\n", 1), "line 1 lacks the number"),
            (format!("{}\n", lines[..2].join("\n")), "line 1 gives another number"),
            (lines.join("\n"), "line 3 is cut short"),
            (text.replace(" a\n", " ../a\n"), "line 2 has no path"),
            (text.replace(" a\n", " b\n"), "line 3 is out of order"),
            (text.replace(" a\n", "\n"), "line 2 has fewer"),
            (text.replace(" 1 b\n", " x b\n"), "line 3 has no size"),
            (text.replace(lines[1], "zz 1 a"), "line 2 has no hash"),
        ];
        for (text, why) in bad {
            let error = parse(&text).unwrap_err();
            assert!(error.starts_with(why), "{error} for {text}");
        }
        assert_eq!(Manifest::parse(b"\xff").unwrap_err().why, "is not text");
        assert_eq!(parse(""), Ok(Manifest::default()));
    }

    #[test]
    fn diff_sorts_every_path_into_one_list() {
        let old = manifest(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let new = manifest(&[("b", "2"), ("c", "1"), ("d", "1")]);
        let found = diff(&old, &new);
        assert_eq!((found.added, found.changed), (vec!["d"], vec!["b"]));
        assert_eq!((found.removed, found.unchanged), (vec!["a"], vec!["c"]));
    }

    proptest! {
        #[test]
        fn garbage_never_panics_and_a_cut_is_never_a_shorter_list(
            garbage in proptest::collection::vec(any::<u8>(), 0..200), cut in 1_usize..100,
        ) {
            let _ = Manifest::parse(&garbage);
            let whole = manifest(&[("a", "1"), ("b", "2")]);
            let mut text = whole.to_string().into_bytes();
            text.truncate(text.len() - cut.min(text.len() - 1));
            prop_assert!(Manifest::parse(&text).is_err());
            text.extend(garbage);
            let _ = Manifest::parse(&text);
        }
    }
}
