//! The pictures that pages show, and the files that they link to -> files without metadata: each picture in
//! the widths that the theme uses.

mod colour;
mod decode;
mod drawing;
pub mod memo;
pub mod palette;
mod raster;
mod strip;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diag::{Checked, Diagnostic, Severity};
use crate::link::Linked;
use crate::link::routes::Column;
use crate::source::{SourceFile, Sources, Span};
use memo::{Key, Memo};

pub mod problems {
    //! What can be wrong with pictures.
    crate::codes! {
        /// A picture that cannot be read: the file is damaged, or of a kind that this program does not know.
        /// Save it as JPEG, PNG, WebP, GIF or SVG. The file of an author is never published as it is, since
        /// cameras and programs write into it where, when and by whom it was made; an image that is linked to
        /// and cannot be freed of that is an error, too. What is to be published bit by bit belongs in
        /// `static/`.
        UNREADABLE_IMAGE = "unreadable-image";
        /// A picture with more than 100 million pixels. A page shows fewer than two million of them, and a
        /// small file can claim to be so large that no memory holds it. Save a smaller copy.
        IMAGE_TOO_LARGE = "image-too-large";
        /// A drawing (SVG) that holds a program, or that loads something from another file or server. Take it
        /// out, or put the picture that it loads into the file itself.
        UNSAFE_IMAGE = "unsafe-image";
        /// A picture that moves. Pages show the first of its pictures and stand still: what moves beside a text
        /// cannot be read by everyone, and cannot be stopped. Link to the file instead, and it is published
        /// whole.
        MOVING_IMAGE = "moving-image";
        /// A picture in the colours of print (CMYK). Screens have other colours, and those shown are only near.
        /// Save it in RGB to decide on them yourself.
        PRINT_COLOURS = "print-colours";
        /// A picture in `static/` that holds more than what is seen, such as the place where it was taken. What
        /// is in `static/` is published as it is. Put it into `content/`, or take the metadata out.
        IMAGE_METADATA = "image-metadata";
        /// The files in which made pictures are kept for the next build cannot be written. Nothing else is
        /// wrong: the next build makes them again.
        IMAGE_CACHE = "image-cache";
    }
}

/// The folder of the site that pictures are written to.
const FOLDER: &str = "images";

/// The pictures of a site, and all files of `content/` that it publishes.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    shown: BTreeMap<(String, Column), Picture>,
    pub files: Vec<File>,
    /// What of the memo is in use.
    pub used: HashSet<Key>,
}

/// A picture as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its size in CSS pixels.
    pub width: u32,
    pub height: u32,
    /// The files that show it, by address and width in pixels, narrowest first; a drawing is one file.
    pub files: Vec<(String, u32)>,
    /// Whether it can be drawn at any size.
    pub is_drawing: bool,
}

/// A file of the site, and the file of the dossier that it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub bytes: Arc<[u8]>,
    pub origin: String,
}

/// What became of the bytes of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub width: u32,
    pub height: u32,
    pub remark: Option<Remark>,
    pub files: Vec<Rendition>,
}

/// A picture at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    pub width: u32,
    pub format: Format,
    pub bytes: Arc<[u8]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Svg,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::WebP => "webp",
            Format::Svg => "svg",
        }
    }
}

/// What authors are told of a picture that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    Moves,
    Print,
}

/// Why a picture cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Format,
    /// For a reason that can stand after a colon.
    Unreadable(String),
    TooLarge {
        width: u64,
        height: u64,
    },
    /// For a reason that can stand after a colon.
    Unsafe(String),
}

impl Failure {
    fn unreadable(error: impl std::fmt::Display) -> Failure {
        Failure::Unreadable(error.to_string())
    }
}

impl Pictures {
    /// The picture that the file at `path` from the dossier's root is in a column of a page.
    pub fn shown(&self, path: &str, column: Column) -> Option<&Picture> {
        self.shown.get(&(path.to_owned(), column))
    }
}

/// Makes the pictures of a dossier, those that `memo` does not know yet.
/// `progress` is told of each one done.
pub fn pictures(
    linked: &Linked,
    sources: &Sources,
    memo: &mut Memo,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Checked<Pictures> {
    let mut pictures = Pictures::default();
    let mut diagnostics = Vec::new();
    let mut first: BTreeMap<(&str, Column), Span> = BTreeMap::new();
    for shown in &linked.files.shown {
        first.entry((&shown.path, shown.column)).or_insert(shown.span);
    }
    let wanted: Vec<(&SourceFile, Column, Span)> = first
        .into_iter()
        .filter_map(|((path, column), span)| Some((sources.get(path)?, column, span)))
        .collect();
    let keys: Vec<Key> = wanted.par_iter().map(|(file, column, _)| key(&file.bytes, *column)).collect();
    progress(wanted.len(), 0);
    let known: &Memo = memo;
    let made: Vec<(Key, Result<Arc<Made>, Failure>)> = keys
        .into_par_iter()
        .zip(&wanted)
        .map(|(key, (file, column, _))| {
            let made =
                known.get(&key).map_or_else(|| make(&file.path, &file.bytes, *column).map(Arc::new), Ok);
            progress(wanted.len(), 1);
            (key, made)
        })
        .collect();
    let mut files = BTreeMap::new();
    for ((file, column, span), (key, made)) in wanted.into_iter().zip(made) {
        match made {
            Ok(made) => {
                memo.insert(key, Arc::clone(&made));
                pictures.used.insert(key);
                diagnostics.extend(made.remark.map(|remark| remarked(remark, &file.path, span)));
                let picture = named(&file.path, &made, &mut files);
                pictures.shown.insert((file.path.clone(), column), picture);
            }
            Err(failure) => diagnostics.push(failed(&failure, &file.path, span)),
        }
    }
    let (linked_to, found) = linked_to(linked, sources);
    files.extend(linked_to);
    diagnostics.extend(found);
    diagnostics.extend(in_static(linked, sources));
    pictures.files = files.into_values().collect();
    Checked { value: pictures, diagnostics }
}

/// Of all that a picture is made from. The version of this program is part of it: another may have other codecs.
fn key(bytes: &[u8], column: Column) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(concat!("picture ", env!("CARGO_PKG_VERSION"), " 1 ").as_bytes());
    hasher.update(&width(column).to_le_bytes());
    hasher.update(bytes);
    hasher.finalize().into()
}

/// How wide the theme shows pictures, at most, in CSS pixels.
fn width(column: Column) -> u32 {
    match column {
        Column::Side => 304,
        Column::Text => 672,
    }
}

fn make(path: &str, bytes: &[u8], column: Column) -> Result<Made, Failure> {
    // The decoders are not ours, and no file of an author may end the program.
    let made = catch_unwind(AssertUnwindSafe(|| match decode::kind(bytes) {
        Some(kind) => raster::make(kind, bytes, width(column)),
        None if path.to_lowercase().ends_with(".svg") => drawn(bytes, width(column)),
        None => Err(Failure::Format),
    }));
    made.unwrap_or_else(|_| Err(Failure::Unreadable("it is damaged".to_owned())))
}

fn drawn(bytes: &[u8], column: u32) -> Result<Made, Failure> {
    let drawing = drawing::clean(bytes)?;
    let column = f64::from(column);
    let width = if drawing.is_sized { drawing.width.min(column) } else { column };
    let height = width * drawing.height / drawing.width;
    let whole = |length: f64| (length.round().clamp(1.0, f64::from(u16::MAX))) as u32;
    let (width, height) = (whole(width), whole(height));
    let file = Rendition { width, format: Format::Svg, bytes: drawing.bytes.into() };
    Ok(Made { width, height, remark: None, files: vec![file] })
}

/// Gives the files of a picture their addresses. They hold a hash of the bytes, so that no browser shows an old
/// picture for a new one.
fn named(path: &str, made: &Made, files: &mut BTreeMap<String, File>) -> Picture {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut stem = slug::slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    if stem.is_empty() {
        "picture".clone_into(&mut stem);
    }
    let mut addresses = Vec::new();
    for Rendition { width, format, bytes } in &made.files {
        let hash = blake3::hash(bytes).to_hex();
        let hash = hash.get(..8).unwrap_or_default();
        let address = format!("{FOLDER}/{stem}-{width}-{hash}.{}", format.ending());
        let file = File { path: address.clone(), bytes: Arc::clone(bytes), origin: path.to_owned() };
        files.entry(address.clone()).or_insert(file);
        addresses.push((address, *width));
    }
    let is_drawing = made.files.iter().any(|file| file.format == Format::Svg);
    Picture { width: made.width, height: made.height, files: addresses, is_drawing }
}

/// The files of `content/` that pages link to, each at its own address: images without metadata, held copies and
/// all others as they are.
fn linked_to(linked: &Linked, sources: &Sources) -> (BTreeMap<String, File>, Vec<Diagnostic>) {
    let copies = &linked.files.copies;
    let paths: BTreeSet<&String> = linked.files.linked.keys().chain(copies).collect();
    let paths: Vec<&String> = paths.into_iter().collect();
    let published = |path: &&String| {
        let file = sources.get(path)?;
        // A copy must stay what its checksum was made from.
        let stripped = if copies.contains(*path) { None } else { stripped(file) };
        let bytes = stripped.map_or_else(|| Ok(Arc::clone(&file.bytes)), |bytes| Ok(bytes?.into()));
        let address = path.strip_prefix("content/")?.to_owned();
        Some(bytes.map(|bytes| File { path: address, bytes, origin: file.path.clone() }).map_err(|failure| {
            let span = linked.files.linked.get(*path);
            span.map(|span| failed(&failure, path, *span))
        }))
    };
    let found: Vec<Result<File, Option<Diagnostic>>> = paths.par_iter().filter_map(published).collect();
    let mut files = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for file in found {
        match file {
            Ok(file) => {
                files.insert(file.path.clone(), file);
            }
            Err(problem) => diagnostics.extend(problem),
        }
    }
    (files, diagnostics)
}

fn stripped(file: &SourceFile) -> Option<Result<Vec<u8>, Failure>> {
    let stripped = catch_unwind(|| strip::strip(&file.path, &file.bytes));
    stripped.unwrap_or_else(|_| Some(Err(Failure::Unreadable("it is damaged".to_owned()))))
}

/// Images in `static/` that say more than what is seen, with the place where a page shows or links to one.
fn in_static(linked: &Linked, sources: &Sources) -> Vec<Diagnostic> {
    let shown = linked.files.shown.iter().map(|shown| (&shown.path, shown.span));
    let linked_to = linked.files.linked.iter().map(|(path, span)| (path, *span));
    let mut places: HashMap<&str, Span> = HashMap::new();
    for (path, span) in shown.chain(linked_to) {
        places.entry(path).or_insert(span);
    }
    let says_more = |file: &&SourceFile| match stripped(file) {
        Some(Ok(bytes)) => bytes.len() < file.bytes.len() && !file.path.to_lowercase().ends_with(".svg"),
        _ => false,
    };
    let told = sources.under("static/").filter(says_more);
    told.map(|file| {
        let path = file.path.as_str();
        let message = format!("`{path}` is published with what is written in it beside the picture");
        let place = places.get(path).copied();
        let problem = Diagnostic::new(problems::IMAGE_METADATA, Severity::Warning, place, message);
        problem.help(
            "put it into `content/`, from where pictures are published without metadata, or save it without",
        )
    })
    .collect()
}

fn failed(failure: &Failure, path: &str, span: Span) -> Diagnostic {
    let (code, message, help) = match failure {
        Failure::Format => (
            problems::UNREADABLE_IMAGE,
            format!("`{path}` is of a kind that cannot be read as a picture"),
            "save it as JPEG, PNG, WebP, GIF or SVG",
        ),
        Failure::Unreadable(why) => (
            problems::UNREADABLE_IMAGE,
            format!("`{path}` cannot be read as a picture: {}", why.trim_end_matches('.')),
            "open it in a program for pictures and save it anew",
        ),
        Failure::TooLarge { width, height } => (
            problems::IMAGE_TOO_LARGE,
            format!("`{path}` is too large: {width} × {height} pixels"),
            "save a smaller copy: a page shows at most 1344 pixels in width",
        ),
        Failure::Unsafe(why) => (
            problems::UNSAFE_IMAGE,
            format!("`{path}` may not be published: {why}"),
            "take it out, and put a picture that it loads into the file itself",
        ),
    };
    Diagnostic::error(code, span, message).help(help)
}

/// A problem of the folder in which pictures are kept, which only costs time.
pub fn cache_problem(message: &str) -> Diagnostic {
    let problem = Diagnostic::new(problems::IMAGE_CACHE, Severity::Note, None, message);
    problem.help("nothing is lost: the next build makes them again")
}

fn remarked(remark: Remark, path: &str, span: Span) -> Diagnostic {
    let (code, message, help) = match remark {
        Remark::Moves => (
            problems::MOVING_IMAGE,
            format!("`{path}` moves, and only the first of its pictures is shown"),
            "link to it instead: a file that is linked to is published whole",
        ),
        Remark::Print => (
            problems::PRINT_COLOURS,
            format!("`{path}` has the colours of print (CMYK), and those shown are only near"),
            "save it in RGB",
        ),
    };
    Diagnostic::new(code, Severity::Warning, Some(span), message).help(help)
}
