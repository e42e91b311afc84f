//! The files that were asked for -> those that are others since, so that pages that loaded them are told.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::preview::Answer;

/// So many addresses at which there is nothing are kept in mind: anything can be asked for.
const MISSING: usize = 1000;

/// What was handed out last at each address, and how often any of it has changed.
pub struct Served {
    /// The run of the program: what a page of an earlier one loaded is not known.
    run: String,
    changes: u64,
    files: BTreeMap<String, File>,
    missing: usize,
}

struct File {
    /// Nothing, where there was none.
    bytes: Option<Arc<[u8]>>,
    /// The number of the change that made it so; 0 when it has been so since it was first asked for.
    changed: u64,
}

impl Served {
    /// `run` differs from that of every other run of the program.
    pub fn new(run: String) -> Served {
        Served { run, changes: 0, files: BTreeMap::new(), missing: 0 }
    }

    /// What a page that is loaded now is known by later: none of its files is older.
    pub fn stamp(&self) -> String {
        format!("{}.{}", self.run, self.changes)
    }

    /// Takes down that a file was handed out, or that there was none. Returns whether it is another than the last
    /// that was handed out, so that pages may have the old one.
    pub fn note(&mut self, path: &str, bytes: Option<&Arc<[u8]>>) -> bool {
        if let Some(known) = self.files.get_mut(path) {
            let is_other = known.bytes.as_ref() != bytes;
            if is_other {
                self.changes += 1;
                known.changed = self.changes;
            }
            known.bytes = bytes.map(Arc::clone);
            return is_other;
        }
        if bytes.is_none() {
            self.missing += 1;
        }
        if bytes.is_some() || self.missing <= MISSING {
            // Nobody has an older one.
            let file = File { bytes: bytes.map(Arc::clone), changed: 0 };
            self.files.insert(path.to_owned(), file);
        }
        false
    }

    /// The files that are others than they were when they were handed out last, where `now` knows what they are. They
    /// count as handed out anew.
    pub fn changed(&mut self, now: impl Fn(&str) -> Option<Answer>) -> Vec<String> {
        let next = self.changes + 1;
        let mut changed = Vec::new();
        for (path, file) in &mut self.files {
            let bytes = match now(path) {
                Some(Answer::File(bytes)) => Some(bytes),
                Some(Answer::Missing) => None,
                Some(Answer::Failed | Answer::Later) | None => continue,
            };
            // Most are the very same, which needs no look at their bytes.
            let is_same = match (&file.bytes, &bytes) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
                (one, other) => one.is_none() && other.is_none(),
            };
            if !is_same {
                file.changed = next;
                changed.push(path.clone());
            }
            file.bytes = bytes;
        }
        if !changed.is_empty() {
            self.changes = next;
        }
        changed
    }

    /// The files that changed since a page with this stamp was loaded; `None` when that cannot be known.
    pub fn since(&self, stamp: &str) -> Option<Vec<String>> {
        let (run, changes) = stamp.rsplit_once('.')?;
        let changes: u64 = changes.parse().ok()?;
        if run != self.run {
            return None;
        }
        let later = self.files.iter().filter(|(_, file)| file.changed > changes);
        Some(later.map(|(path, _)| path.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Arc<[u8]> {
        text.as_bytes().into()
    }

    #[test]
    fn what_was_loaded_is_told_when_it_is_another_and_nothing_else_is() {
        let mut served = Served::new("a".to_owned());
        served.note("one.css", Some(&file("1")));
        served.note("two.css", Some(&file("2")));
        served.note("none.css", None);
        let first = served.stamp();
        let now = |path: &str| match path {
            "one.css" => Some(Answer::File(file("1"))),
            "two.css" => Some(Answer::Missing),
            "none.css" => Some(Answer::File(file("there"))),
            _ => None,
        };
        assert_eq!(served.changed(now), ["none.css", "two.css"]);
        assert_eq!(served.changed(now), [""; 0]);
        let second = served.stamp();
        assert!(!served.note("one.css", Some(&file("1"))));
        assert!(served.note("one.css", Some(&file("later"))));
        served.note("three.css", Some(&file("3")));
        assert_eq!(served.since(&first).unwrap(), ["none.css", "one.css", "two.css"]);
        assert_eq!(served.since(&second).unwrap(), ["one.css"]);
        assert_eq!(served.since(&served.stamp()).unwrap(), [""; 0]);
        assert_eq!(Served::new("b".to_owned()).since(&first), None);
        assert_eq!(served.since("nonsense"), None);
    }
}
