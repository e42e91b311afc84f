//! The Nu HTML checker finds no fault in any page, style sheet or drawing.

use std::fmt;
use std::process::Command;

use serde::Deserialize;

use super::nothing;
use super::shown::{SITES, harbour};
use super::tools;

#[derive(Debug, Deserialize)]
struct Report {
    messages: Vec<Message>,
}

#[derive(Debug, Deserialize)]
struct Message {
    url: Option<String>,
    #[serde(rename = "lastLine")]
    line: Option<u32>,
    message: String,
    extract: Option<String>,
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Message { url, line, message, extract } = self;
        let [url, extract] = [url, extract].map(|text| text.as_deref().unwrap_or_default());
        write!(formatter, "{url}:{}: {message} {extract}", line.unwrap_or_default())
    }
}

/// What the checker is wrong about, or not up to.
const DECIDED: [&str; 8] = [
    // One browser forgets that a list without bullets is a list, unless it is told.
    "The “list” role is unnecessary for element “ul”.",
    "The “list” role is unnecessary for element “ol”.",
    // The half of a table of pairs that would say everything twice.
    "which is less than the column count established by the first row",
    // Container queries have been in every browser since 2023.
    "CSS: Unrecognized at-rule “@container”",
    "CSS: “container-type”: Property “container-type” doesn't exist.",
    // As `paint-order` of SVG 2 and the places of CSS Anchor Positioning are; a browser without the latter is
    // helped by the script.
    "CSS: “paint-order”: Property “paint-order” doesn't exist.",
    "CSS: “position-area”: Property “position-area” doesn't exist.",
    "CSS: “position-try-fallbacks”: Property “position-try-fallbacks” doesn't exist.",
];

#[test]
fn the_nu_checker_finds_nothing() {
    let Some(java) = tools::program("java") else { return };
    let Some(checker) = tools::package("vnu-jar/build/dist/vnu.jar") else { return };
    let folder = tempfile::tempdir().unwrap();
    for site in SITES.iter().map(|site| site()).chain([harbour()]) {
        dossier::disk::write::apply(&site.output, &folder.path().join(site.name)).unwrap();
    }
    let output = Command::new(java)
        .arg("-jar")
        .arg(checker)
        .args(["--format", "json", "--stdout", "--also-check-css", "--also-check-svg", "--skip-non-html"])
        .arg(folder.path())
        .output()
        .unwrap();
    let report: Report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let is_open = |message: &&Message| !DECIDED.iter().any(|decided| message.message.contains(decided));
    let faults = report.messages.iter().filter(is_open);
    nothing(faults.map(Message::to_string).collect());
}
