//! The copies of sources that a dossier holds, compared with the checksums that it gives for them.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::model::dossier::Dossier;
use crate::model::source::HeldCopy;
use crate::source::Sources;

pub mod problems {
    //! What can be wrong with a copy.
    crate::codes! {
        /// A held copy whose bytes are not those that its checksum was made from: the file was changed, or
        /// the checksum belongs to another one. `dossier check --copies` compares them.
        COPY_MISMATCH = "copy-mismatch";
    }
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copy {
    /// The file has the checksum that is given.
    Same,
    /// It has this one.
    Differs(String),
    /// There is no such file, which is reported where files are.
    Missing,
}

/// A copy beside the checksum that is given for it.
pub fn compare(held: &HeldCopy, sources: &Sources) -> Copy {
    let Some(file) = sources.get(&format!("content/{}", held.file.path)) else { return Copy::Missing };
    let sum = hex(&Sha256::digest(&file.bytes));
    if sum.eq_ignore_ascii_case(&held.sha256.value) { Copy::Same } else { Copy::Differs(sum) }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The copies that a dossier holds, in the order of its sources, then those that it withholds.
pub fn held(dossier: &Dossier) -> Vec<HeldCopy> {
    let shown = dossier.sources.iter().filter_map(|source| source.data.copy.as_ref());
    shown.chain(&dossier.withheld_copies).cloned().collect()
}

/// How many copies there are that could be compared, and a report for each that differs.
pub fn verify(held: &[HeldCopy], sources: &Sources) -> (usize, Vec<Diagnostic>) {
    let compared: Vec<(&HeldCopy, Copy)> = held
        .par_iter()
        .map(|held| (held, compare(held, sources)))
        // What is no checksum at all is reported where it is read.
        .filter(|(held, copy)| *copy != Copy::Missing && held.sha256.value.len() == 64)
        .collect();
    let found = compared.iter().filter_map(|(held, copy)| {
        let Copy::Differs(sum) = copy else { return None };
        let message = format!("`content/{}` is not the file that its checksum was made from", held.file.path);
        let problem = Diagnostic::error(problems::COPY_MISMATCH, held.sha256.span, message);
        Some(problem.label("the checksum that is given").also(held.file.span, "the file").help(format!(
            "bring back the file as it was; or, when it is the right one, write `sha256 = \"{sum}\"`"
        )))
    });
    (compared.len(), found.collect())
}
