//! The web addresses that a dossier names, and what is to be said of those that are not in order.

use std::time::Duration;

use crate::diag::{Diagnostic, Severity};
use crate::model::WebLink;
use crate::model::dossier::Dossier;
use crate::source::{Span, Spanned};

pub mod problems {
    //! What can be wrong with the addresses of the web. Only `dossier check --links` looks.
    crate::codes! {
        /// An address where there is nothing any more: the server answers 404 or 410. Find where it has
        /// gone, or name an archived copy. Only `dossier check --links` looks.
        DEAD_LINK = "dead-link";
        /// An address that leads to another for good (301 or 308). It works as long as the server keeps
        /// it; the new one will last longer. Only `dossier check --links` looks.
        MOVED_LINK = "moved-link";
        /// An address whose server gives no answer: there is none of that name, it refuses or breaks off
        /// the connection, is too slow, or its certificate is not valid. It may be for a while only.
        /// Only `dossier check --links` looks.
        UNREACHABLE_LINK = "unreachable-link";
        /// An address of which the check learns nothing: the server answers, but wants a password, fewer
        /// questions or no programs, is out of order, or sends in circles. A browser may show more.
        /// Only `dossier check --links` looks.
        UNSURE_LINK = "unsure-link";
        /// The file in which `dossier check --links` keeps what it found cannot be used. It is made
        /// anew, and until then every address is asked for.
        LINK_CACHE = "link-cache";
    }
}

/// A web address, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    pub part: Part,
    pub span: Option<Span>,
}

/// What an address is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `url` of a source.
    Source,
    /// `archived` of a source.
    Archived,
    /// `url` of one of the `links`.
    Link,
}

/// What came of asking for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there, if need be by way of others for now.
    Fine { status: u16 },
    /// It leads to `to` for good, and that is there.
    Moved { status: u16, to: String },
    /// The server answers without giving it, and may want to be left alone for as long as `wait`.
    Refused { status: u16, wait: Option<Duration>, at: Option<String> },
    /// There is no answer, for a reason that can stand after a colon.
    Silent { why: String, at: Option<String> },
    /// It was not asked for to the end, for a reason that can stand after a colon.
    Unsure { severity: Severity, why: String },
}

/// The addresses of sources and of the links of records. What is withheld has none: nobody is to learn
/// of it, the servers included.
pub fn addresses(dossier: &Dossier) -> Vec<Address> {
    let mut found = Vec::new();
    let mut add = |url: &Spanned<String>, part| {
        found.push(Address { url: url.value.clone(), part, span: Some(url.span) });
    };
    let people = dossier.people.iter().flat_map(|person| &person.data.links);
    let groups = dossier.groups.iter().flat_map(|group| &group.data.links);
    for WebLink { url, .. } in people.chain(groups) {
        add(url, Part::Link);
    }
    for source in dossier.sources.iter() {
        source.data.url.iter().for_each(|url| add(url, Part::Source));
        source.data.archived.iter().for_each(|url| add(url, Part::Archived));
    }
    found
}

/// What is to be said of an address after it was asked for; nothing when it is in order.
pub fn problem(address: &Address, outcome: &Outcome) -> Option<Diagnostic> {
    let url = &address.url;
    let new = |code, severity, message: String| Diagnostic::new(code, severity, address.span, message);
    Some(match outcome {
        Outcome::Fine { .. } => return None,
        Outcome::Moved { to, .. } => {
            let to = with_fragment(to, url);
            new(problems::MOVED_LINK, Severity::Note, format!("{url} has moved for good, to {to}"))
                .help(moved_help(address, &to))
        }
        Outcome::Refused { status, at, .. } if matches!(status, 404 | 410) => {
            let message = format!("nothing is at {url}: {}", answer(*status, at.as_deref()));
            new(problems::DEAD_LINK, Severity::Warning, message).help(dead_help(address.part))
        }
        Outcome::Refused { status, wait, at } => {
            // A server that is out of order is a reason to look again; one that wants no programs is not.
            let severity = if matches!(status, 500..600) { Severity::Warning } else { Severity::Note };
            let mut why = answer(*status, at.as_deref());
            if let Some(wait) = wait {
                why.push_str(&format!(", and asks to wait {}", span(*wait)));
            }
            unsure(address, severity, &why)
        }
        Outcome::Silent { why, at } => {
            let by = at.as_ref().map_or_else(String::new, |at| format!("it leads to {at}, and "));
            let message = format!("{url} cannot be reached: {by}{why}");
            new(problems::UNREACHABLE_LINK, Severity::Warning, message)
                .help("it may be for a while only: check again later, or look at it in a browser")
        }
        Outcome::Unsure { severity, why } => unsure(address, *severity, why),
    })
}

/// What is to be said when the file of earlier findings cannot be read or written.
pub fn cache_problem(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(problems::LINK_CACHE, Severity::Note, None, message)
        .help("it can be deleted at any time; then every address is asked for again")
}

fn unsure(address: &Address, severity: Severity, why: &str) -> Diagnostic {
    let message = format!("{} could not be checked: {why}", address.url);
    Diagnostic::new(problems::UNSURE_LINK, severity, address.span, message).help("look at it in a browser")
}

/// What the server answers, and to what when that is another address.
fn answer(status: u16, at: Option<&str>) -> String {
    match at {
        Some(at) => format!("it leads to {at}, and the server there answers {}", words(status)),
        None => format!("the server answers {}", words(status)),
    }
}

/// The new address with the fragment of the old one, which servers never see and browsers keep.
fn with_fragment(to: &str, from: &str) -> String {
    match from.split_once('#') {
        Some((_, fragment)) if !to.contains('#') => format!("{to}#{fragment}"),
        _ => to.to_owned(),
    }
}

fn moved_help(address: &Address, to: &str) -> String {
    // Many servers lead to their front page from whatever they no longer have.
    if is_front_page(to) && !is_front_page(&address.url) {
        return "that is a front page: look whether the text is still to be found there".to_owned();
    }
    let field = match address.part {
        Part::Source | Part::Link => "url",
        Part::Archived => "archived",
    };
    // As a string of Rust it is one of TOML too: addresses are of plain characters.
    format!("write `{field} = {to:?}`")
}

fn is_front_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

fn dead_help(part: Part) -> &'static str {
    match part {
        Part::Source => "find where it has gone, or name a copy with `archived`",
        Part::Archived => "name another copy, or take it out",
        Part::Link => "find where it has gone, or take it out",
    }
}

/// A status with what it stands for: `403 (forbidden)`.
fn words(status: u16) -> String {
    let words = match status {
        400 => "bad request",
        401 => "a password is needed",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        408 => "request timeout",
        410 => "gone",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "unavailable",
        504 => "gateway timeout",
        300..400 => "no address to go on to",
        _ => return status.to_string(),
    };
    format!("{status} ({words})")
}

/// A time in its largest unit: `90 seconds`, `20 minutes`, `3 days`.
fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [("days", 86_400), ("hours", 3_600), ("minutes", 60)];
    let unit = units.into_iter().find(|(_, length)| seconds >= 2 * length);
    let (name, length) = unit.unwrap_or(("seconds", 1));
    format!("{} {name}", seconds / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(url: &str, part: Part, outcome: &Outcome) -> (Severity, &'static str, String) {
        let address = Address { url: url.to_owned(), part, span: None };
        let problem = problem(&address, outcome).unwrap();
        let help = problem.help.unwrap_or_default();
        (problem.severity, problem.code.name, format!("{} / {help}", problem.message))
    }

    fn moved(to: &str) -> Outcome {
        Outcome::Moved { status: 301, to: to.to_owned() }
    }

    #[test]
    fn a_new_address_keeps_the_fragment_and_the_field() {
        let (_, _, text) = said("http://a.example/x#p3", Part::Archived, &moved("https://a.example/y"));
        assert!(text.ends_with("write `archived = \"https://a.example/y#p3\"`"), "{text}");
        let (_, _, text) = said("http://a.example/x#p3", Part::Source, &moved("https://a.example/y#z"));
        assert!(text.ends_with("write `url = \"https://a.example/y#z\"`"), "{text}");
    }

    #[test]
    fn a_front_page_is_no_new_address_of_a_text() {
        let (_, _, text) = said("http://a.example/x", Part::Source, &moved("https://a.example/"));
        assert!(text.contains("front page"), "{text}");
        let (_, _, text) = said("http://a.example", Part::Source, &moved("https://a.example/"));
        assert!(text.contains("write `url"), "{text}");
    }

    #[test]
    fn only_what_is_out_of_order_is_a_warning() {
        let refused = |status| {
            let outcome = Outcome::Refused { status, wait: None, at: None };
            let (severity, code, _) = said("https://a.example/", Part::Link, &outcome);
            (severity, code)
        };
        assert_eq!(refused(404), (Severity::Warning, "dead-link"));
        assert_eq!(refused(410), (Severity::Warning, "dead-link"));
        for status in [400, 401, 403, 405, 418, 429, 451, 999] {
            assert_eq!(refused(status), (Severity::Note, "unsure-link"), "{status}");
        }
        assert_eq!(refused(503), (Severity::Warning, "unsure-link"));
    }
}
