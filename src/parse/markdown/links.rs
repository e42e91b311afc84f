//! Links and images: which addresses may stand in a page, and which are files of the dossier.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::Renderer;
use crate::diag::did_you_mean;
use crate::html::escaped_address;
use crate::model::body::{Image, Piece, THEME_ANCHORS};
use crate::parse::inline::{MASK, Notation, Token};
use crate::parse::{notation, problems};

impl Renderer<'_, '_> {
    /// The value of `href`, escaped, or a hole for a file of the dossier.
    pub(super) fn href(&mut self, link_type: LinkType, address: &str, range: Range<usize>) -> String {
        if link_type == LinkType::Email {
            return format!("mailto:{}", escaped_address(address));
        }
        if let Some(anchor) = address.strip_prefix('#') {
            self.anchor_links.push((anchor.to_owned(), range));
            return escaped_address(address);
        }
        match scheme(address) {
            Some("http" | "https" | "mailto" | "tel") => escaped_address(address),
            Some(scheme) => {
                self.report(
                    problems::UNSAFE_LINK,
                    range,
                    format!("a link may not use `{scheme}:`"),
                    "link to a page, or to an `https://` address",
                );
                String::new()
            }
            None if address.starts_with("//") => {
                self.report(
                    problems::UNSAFE_LINK,
                    range,
                    "this link has no `https:`",
                    &format!("write `https:{address}`"),
                );
                String::new()
            }
            None => {
                let (path, anchor) = match address.split_once('#') {
                    Some((path, anchor)) => (path, Some(anchor.to_owned())),
                    None => (address, None),
                };
                match self.path(path, range.clone()) {
                    Some(path) => {
                        let span = (self.setting.place)(range);
                        self.hole(Piece::File { path, anchor, span })
                    }
                    None => String::new(),
                }
            }
        }
    }

    pub(super) fn image(
        &mut self,
        address: &str,
        caption: &str,
        events: &[(Event, Range<usize>)],
        range: Range<usize>,
    ) -> String {
        let alt: String = events
            .iter()
            .map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => text.as_ref(),
                Event::SoftBreak | Event::HardBreak => " ",
                _ => "",
            })
            .collect();
        let alt = alt.replace(MASK, "").trim().to_owned();
        let [credit, licence] = self.image_attributes(range.end);
        self.images.push(Image {
            span: (self.setting.place)(range.clone()),
            alt: (!alt.is_empty()).then(|| alt.clone()),
            caption: (!caption.is_empty()).then(|| caption.to_owned()),
            credit: credit.clone(),
            licence: licence.clone(),
        });
        if scheme(address).is_some() || address.starts_with("//") {
            self.report(
                problems::UNSAFE_LINK,
                range,
                "this image lies on another website",
                "put the file into `content/`: a page asks nothing of other servers",
            );
            return String::new();
        }
        match self.path(address, range.clone()) {
            Some(path) => {
                let span = (self.setting.place)(range);
                self.hole(Piece::Image { path, alt, span })
            }
            None => String::new(),
        }
    }

    /// The credit and licence in the braces behind an image, which ends at `at`.
    fn image_attributes(&mut self, at: usize) -> [Option<String>; 2] {
        let token = self.tokens.iter().find(|token| token.range.start == at);
        let Some(Token { notation: Notation::Attributes { inner }, .. }) = token else { return [None, None] };
        self.attributes_read.push(at);
        let place =
            |range: Range<usize>| (self.setting.place)(inner.start + range.start..inner.start + range.end);
        notation::image_attributes(&self.text[inner.clone()], &place, self.problems)
    }

    /// A path from the file's own folder, or from `content/` when it starts with a slash.
    fn path(&mut self, address: &str, range: Range<usize>) -> Option<String> {
        let path = path(address, self.setting.folder);
        if path.is_none() {
            self.report(problems::INVALID_PATH, range, format!("`{address}` leads out of `content/`"), "");
        }
        path
    }

    pub(super) fn check_anchors(&mut self) {
        for (anchor, range) in std::mem::take(&mut self.anchor_links) {
            let themed = THEME_ANCHORS.iter().any(|prefix| anchor.starts_with(prefix));
            if !themed && !self.taken.contains_key(&anchor) {
                let near = did_you_mean(&anchor, self.anchors.iter().map(String::as_str))
                    .map(|near| format!("did you mean `#{near}`?"));
                self.report(
                    problems::UNKNOWN_ANCHOR,
                    range,
                    format!("no heading of this page has the anchor `#{anchor}`"),
                    &near.unwrap_or_default(),
                );
            }
        }
    }
}

/// The path below `content/` that an address leads to from a file in `folder`; nothing when it leads out.
pub fn path(address: &str, folder: &str) -> Option<String> {
    let decoded = percent_decoded(address);
    let from = if decoded.starts_with('/') { "" } else { folder };
    joined(from, decoded.trim_start_matches('/'))
}

/// The scheme of an absolute address (RFC 3986, 3.1), lower-cased only where the author wrote it so.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // White space and control characters in front of a scheme are ignored by browsers.
    (valid || address.trim_start().starts_with(|c: char| c.is_control())).then_some(scheme)
}

/// `%20` as a space; what is no escape stays.
fn percent_decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| address.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        decoded.push(escape.unwrap_or(bytes[at]));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| address.to_owned())
}

/// `path` taken from `folder`, without `.` and `..`; nothing when it leads out.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
