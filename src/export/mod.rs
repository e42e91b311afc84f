//! The graph -> files in other formats, beside the pages: one format, one file.

mod atom;
mod changes_feed;
mod corrections_feed;
mod csl;
mod csv;
pub mod followthemoney;
mod graph;
mod icalendar;
mod json;
mod lost;
pub mod plain;
mod popolo;
mod said;
mod schema;
mod sitemap;
#[cfg(feature = "sqlite")]
mod sqlite;
mod timelinejs;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::Value;

use crate::model::date::{Date, Day};
use crate::model::dossier::{Dossier, Id};
use crate::source::Spanned;
use crate::view::page::{Format, Link};
use crate::view::words::Words;
pub use lost::{Loss, Losses};

/// A format that a site is published in, beside its pages.
pub struct Export {
    /// As in `dossier export NAME`, and in the settings.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// What it cannot hold of any dossier.
    pub leaves_out: &'static [&'static str],
    /// The files that there are of a dossier, but for those beside the pages of records.
    paths: fn(&Words) -> Vec<&'static str>,
    /// Hands over each file as soon as it is made, and returns what of the dossier the format does not hold.
    make: fn(&Words, Hand) -> Losses,
}

/// An address and what stands there.
pub type File = (String, Vec<u8>);

/// Where finished files go, from several threads and in no order.
type Hand<'h> = &'h (dyn Fn(File) + Sync);

/// The folder of all that is for other programs.
pub const FOLDER: &str = crate::link::routes::DATA_FOLDER;
/// The name of the feed of what is new.
pub const CHANGES: &str = "changes-feed";
/// What search engines may read, unless the authors say so in `static/robots.txt`.
pub const ROBOTS: &str = "robots.txt";
/// What formats could not carry of this dossier.
pub const LOST: &str = "data/not-carried.csv";

/// Every format.
pub const EXPORTS: &[Export] = &[
    json::EXPORT,
    csv::EXPORT,
    #[cfg(feature = "sqlite")]
    sqlite::EXPORT,
    icalendar::EXPORT,
    timelinejs::EXPORT,
    followthemoney::EXPORT,
    popolo::EXPORT,
    graph::EXPORT,
    csl::EXPORT,
    changes_feed::EXPORT,
    corrections_feed::EXPORT,
    sitemap::EXPORT,
];

/// The format of that name.
pub fn named(name: &str) -> Option<&'static Export> {
    EXPORTS.iter().find(|export| export.name == name)
}

impl Export {
    /// The files of the format, by their addresses, and what of the dossier it does not hold.
    pub fn make(&self, words: &Words) -> (Vec<File>, Losses) {
        let (mut files, lost) = gathered(|hand| (self.make)(words, hand), |file| file);
        files.sort();
        (files, lost)
    }
}

/// What `make` returns, and what `hand` makes of each file that it hands over.
fn gathered<T: Send, R>(make: impl FnOnce(Hand) -> R, hand: impl Fn(File) -> T + Sync) -> (Vec<T>, R) {
    let handed: Mutex<Vec<T>> = Mutex::default();
    let done = make(&|file| {
        let one = hand(file);
        handed.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    });
    (handed.into_inner().unwrap_or_else(PoisonError::into_inner), done)
}

/// Makes all formats that are on, hands over each file as soon as it is made, from several threads, and returns what
/// came of each, in no order; or nothing once `stop` says so.
pub fn each<T: Send>(
    words: &Words,
    stop: &(dyn Fn() -> bool + Sync),
    hand: &(dyn Fn(File) -> T + Sync),
) -> Option<Vec<T>> {
    let off = &words.linked.dossier.config.exports.off;
    let on: Vec<&Export> = EXPORTS.iter().filter(|export| !off.contains(export.name)).collect();
    let make = |export: &&Export| {
        let _span = tracing::debug_span!("export", format = export.name).entered();
        if stop() {
            return None;
        }
        let (handed, lost) = gathered(|hand| (export.make)(words, hand), hand);
        Some((handed, (export.name, lost)))
    };
    let (handed, lost): (Vec<Vec<T>>, Vec<_>) =
        on.par_iter().map(make).collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let table = (!on.is_empty()).then(|| hand(lost::file(&lost)));
    Some(handed.into_iter().flatten().chain(table).collect())
}

/// The formats that are on, as pages name them.
pub fn formats(words: &Words) -> Vec<Format> {
    let off = &words.linked.dossier.config.exports.off;
    let link =
        |path: &'static str| Link { text: path.trim_start_matches(FOLDER).to_owned(), href: path.to_owned() };
    let format = |export: &Export| Format {
        name: export.name,
        about: words.strings.get(&format!("format.{}", export.name)).to_owned(),
        files: (export.paths)(words).into_iter().map(link).collect(),
    };
    let on = EXPORTS.iter().filter(|export| !off.contains(export.name)).map(format);
    on.filter(|format| !format.files.is_empty()).collect()
}

/// The names of all formats.
pub fn names() -> Vec<&'static str> {
    EXPORTS.iter().map(|export| export.name).collect()
}

/// An address below `base_url`; without one it is relative to the root of the site.
fn absolute(words: &Words, path: &str) -> String {
    match &words.linked.dossier.config.base_url {
        Some(base) => format!("{}/{path}", base.value.trim_end_matches('/')),
        None => path.to_owned(),
    }
}

/// An identifier that stays the same wherever the site is, and differs from that of any other dossier: a
/// UUID of version 8 (RFC 9562) over the title of the dossier and the key.
fn identifier(words: &Words, key: &str) -> String {
    let hash = blake3::hash(format!("{}\n{key}", words.linked.dossier.config.title).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The day on which a record says that it was changed, else on which it came in, if it says a day.
fn revised(words: &Words, id: Id) -> Option<Day> {
    let dossier: &Dossier = &words.linked.dossier;
    let common = dossier.common(id)?;
    let own = dossier.article(id).and_then(|article| article.date.as_ref());
    let day = |date: &Option<Spanned<Date>>| date.as_ref()?.value.day();
    day(&common.updated).or_else(|| day(&common.added)).or_else(|| own?.value.day())
}

/// The latest day on which anything was changed.
fn latest(words: &Words) -> Option<Day> {
    let dossier = &words.linked.dossier;
    let corrections = dossier.corrections.iter().filter_map(|correction| correction.data.date.value.day());
    dossier.all().filter_map(|id| revised(words, id)).chain(corrections).max()
}

/// JSON to be read by people too.
fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
