//! The settings of a dossier, `site.toml`.

use super::Ref;
use super::publish::Target;
use crate::diag::Severity;
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// What a lint may be set to.
pub const LEVELS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warn", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub title: String,
    /// BCP 47 tag of the interface and of text that says nothing else.
    pub language: String,
    pub description: Option<String>,
    pub authors: Vec<String>,
    pub licence: Option<String>,
    /// Used only where a format demands an absolute address.
    pub base_url: Option<Spanned<String>>,
    /// Whether pages get a picture to be shared with, where there is a `base_url`.
    pub share_images: bool,
    /// A sentence at the foot of every page.
    pub notice: Option<String>,
    /// Where readers write to the editors: an e-mail address, or one of the web.
    pub contact: Option<Spanned<String>>,
    /// Whether HTML in Markdown reaches the page.
    pub unsafe_html: bool,
    /// The style of the Citation Style Language that sources are cited in, by name, or a file
    /// `NAME.csl` among the templates.
    pub citation_style: Option<Spanned<String>>,
    /// The formats that a site is published in, beside its pages.
    pub exports: Exports,
    /// The parties that the dossier sets side by side.
    pub sides: Vec<Side>,
    /// Where the site is published to, by name.
    pub publish: BTreeMap<String, Target>,
    /// What each lint does, where it differs from the default; `None` is off.
    pub lints: BTreeMap<String, Option<Severity>>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: String::new(),
            language: "en".into(),
            description: None,
            authors: Vec::new(),
            licence: None,
            base_url: None,
            share_images: true,
            notice: None,
            contact: None,
            unsafe_html: false,
            citation_style: None,
            exports: Exports::default(),
            sides: Vec::new(),
            publish: BTreeMap::new(),
            lints: BTreeMap::new(),
        }
    }
}

/// People who hold a role in one of the groups, or in a part of one, are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub title: String,
    pub groups: Vec<Ref>,
}

/// What of the formats differs from the default, which is that all are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exports {
    /// Those that are not made, by their names.
    pub off: BTreeSet<String>,
    /// Whether tables begin with a byte order mark, without which some spreadsheets take them for another encoding.
    pub csv_bom: bool,
}
