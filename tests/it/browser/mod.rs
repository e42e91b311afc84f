//! What readers meet, in a real Chromium: on small and large screens, in the dark, on paper, by keyboard,
//! without script, from a server and from a folder.
//!
//! Every page that a dossier becomes is looked at, or one of each kind where a look takes long; no test
//! has a list of pages.

pub mod chromium;
mod server;
mod shown;
mod speed;
pub mod tools;

mod axe;
mod editing;
pub mod edits;
mod filters;
mod forced_colours;
mod headers;
mod keyboard;
mod layout;
mod lighthouse;
mod loaded;
mod markup;
mod opening;
mod previews;
mod print;
mod screenshots;
mod script;
mod targets;
mod weight;

/// Fails with what is wrong, one fault a line.
fn nothing(faults: Vec<String>) {
    let count = faults.len();
    let shown: Vec<String> = faults.into_iter().take(60).collect();
    assert!(count == 0, "{count} faults:\n{}", shown.join("\n"));
}
