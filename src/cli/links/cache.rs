//! What an earlier check found: a small JSON file, so that what was in order is not asked for each time.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use dossier::diag::{Checked, Diagnostic};
use dossier::disk;
use dossier::disk::write::in_words;
use dossier::web::{Outcome, cache_problem};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use url::Url;

use super::super::files::write;

/// Answers by address.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Cache {
    addresses: BTreeMap<String, Answer>,
}

/// A status, and when the server gave it.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    #[serde(with = "time::serde::rfc3339")]
    checked: OffsetDateTime,
    status: u16,
}

impl Cache {
    /// Reads what is younger than `max_age`; where there is no file, that is nothing. A file that cannot
    /// be used counts as none, and is a problem.
    pub fn read(file: &Path, now: OffsetDateTime, max_age: Duration) -> Checked<Cache> {
        let found: Result<Cache, String> = match disk::file::read(file, disk::file::ASSET) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| error.to_string()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Cache::default()),
            Err(error) => Err(error.to_string()),
        };
        match found {
            Ok(mut cache) => {
                cache.addresses.retain(|_, answer| answer.is_young(now, max_age));
                Checked { value: cache, diagnostics: Vec::new() }
            }
            Err(error) => {
                let message = format!("{} is not used: {error}", file.display());
                Checked { value: Cache::default(), diagnostics: vec![cache_problem(message)] }
            }
        }
    }

    /// Whether an address was in order.
    pub fn is_fine(&self, url: &Url) -> bool {
        self.addresses.get(url.as_str()).is_some_and(|answer| (200..300).contains(&answer.status))
    }

    /// Keeps the answer for an address. One without an answer is forgotten.
    pub fn insert(&mut self, url: &Url, outcome: Option<&Outcome>, now: OffsetDateTime) {
        let status = outcome.and_then(|outcome| match outcome {
            Outcome::Fine { status } | Outcome::Moved { status, .. } | Outcome::Refused { status, .. } => {
                Some(*status)
            }
            Outcome::Silent { .. } | Outcome::Unsure { .. } => None,
        });
        // Parts of a second would only make the file harder to read.
        let checked = now.replace_nanosecond(0).unwrap_or(now);
        match status {
            Some(status) => self.addresses.insert(url.to_string(), Answer { checked, status }),
            None => self.addresses.remove(url.as_str()),
        };
    }

    /// Writes the file in the folder `home`, whole or not at all. Returns the problem when that fails.
    pub fn write(&self, home: &Path, file: &Path) -> Option<Diagnostic> {
        let written = serde_json::to_vec_pretty(self).map_err(io::Error::from);
        let error = written.and_then(|text| write(Some(home), file, &[&text[..], b"\n"].concat())).err()?;
        Some(cache_problem(format!("{} cannot be written: {}", file.display(), in_words(&error))))
    }
}

impl Answer {
    /// A time to come is one of another clock, and says nothing.
    fn is_young(&self, now: OffsetDateTime, max_age: Duration) -> bool {
        Duration::try_from(now - self.checked).is_ok_and(|age| age < max_age)
    }
}
