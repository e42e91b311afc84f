//! A finished site -> the files that go with it to a target: from what it was made, and what hosts read.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{BUILD_INFO, hosts};
use crate::copies::hex;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::routes::{address, former_addresses};
use crate::model::publish::{Address, Target};
use crate::output::{Output, OutputError};
use crate::pictures::Pictures;
use crate::source::Sources;
use crate::withheld;

/// The state of the files that a site was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The commit of the dossier's repository, if it has one.
    pub commit: Option<String>,
    /// Whether files differed from that commit; nothing if nobody knows.
    pub modified: Option<bool>,
}

/// Adds to a site what goes with it to a target, but for what the authors bring themselves under the same name.
///
/// # Errors
/// When a file of the site has a name that cannot lie beside these.
pub fn add(site: &mut Output, linked: &Linked, target: &Target, origin: &Origin) -> Result<(), OutputError> {
    let mut files = vec![(BUILD_INFO, build_info(site, origin))];
    if matches!(target.to, Address::Folder(_) | Address::Git { .. }) {
        files.push(("_headers", hosts::headers(site.iter().map(|(path, bytes)| (path, bytes.as_ref())))));
        files.push(("_redirects", hosts::redirects(&redirects(linked))));
        files
            .push(("CNAME", target.domain.as_ref().map_or_else(String::new, |domain| format!("{domain}\n"))));
    }
    files.retain(|(path, text)| !text.is_empty() && !site.contains(path));
    // GitHub leaves out files whose names begin with `_`, unless this one is there. It may be empty.
    if matches!(target.to, Address::Git { .. }) && !site.contains(".nojekyll") {
        files.push((".nojekyll", String::new()));
    }
    files.into_iter().try_for_each(|(path, text)| site.insert(path, text.into_bytes()))
}

/// The former addresses of pages, and those that took their place.
fn redirects(linked: &Linked) -> Vec<(String, String)> {
    let to = |id| address(&linked.dossier, id);
    former_addresses(&linked.dossier).map(|former| (former.path, to(former.id))).collect()
}

/// What is withheld and stands in files that were added, or in the text that goes with them.
pub fn leaks(
    site: &Output,
    linked: &Linked,
    texts: &[(&str, &str)],
    sources: &Sources,
    theme: &Sources,
) -> Vec<Diagnostic> {
    let mut added = Output::new();
    let files = [BUILD_INFO, "_headers", "_redirects", "CNAME"];
    let files = files.iter().filter_map(|path| Some((*path, site.get(path)?.to_vec())));
    let texts = texts.iter().map(|(name, text)| (*name, text.as_bytes().to_vec()));
    for (path, bytes) in files.chain(texts) {
        // Names that cannot clash, since they are ours.
        let _ = added.insert(path, bytes);
    }
    let withheld = &linked.dossier.withheld;
    withheld::leaks(&added, &BTreeMap::new(), &Pictures::default(), &[], withheld, sources, theme)
}

/// Returns the text of `build-info.json`: what made the site from what, and a hash over all its files, which anyone gets
/// who builds the same commit with the same version.
fn build_info(site: &Output, origin: &Origin) -> String {
    let info = json!({
        "generator": format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        "commit": origin.commit,
        "modified": origin.modified,
        "files": site.len(),
        "sha256": digest(site),
    });
    format!("{info:#}\n")
}

/// Returns the SHA-256 of what `sha256sum` prints for all files in the order of their paths, byte by byte.
pub fn digest(site: &Output) -> String {
    let files: Vec<_> = site.iter().collect();
    let line = |(path, bytes): (&str, &Arc<[u8]>)| format!("{}  {path}\n", hex(&Sha256::digest(bytes)));
    let lines: Vec<String> = files.into_par_iter().map(line).collect();
    hex(&Sha256::digest(lines.concat()))
}
