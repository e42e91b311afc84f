//! Pages -> the pictures of them that the memo does not know yet, and their addresses on the pages.

use std::sync::{Arc, Mutex, OnceLock};

use super::fonts::{self, Fonts};
use super::{Drawn, Shares, draw, layout, pen};
use crate::pictures::memo::{Key, Memo};
use crate::pictures::{File, Format, Made, Rendition};
use crate::source::{SourceFile, Sources};
use crate::view::article;
use crate::view::page::{Page, Share, Site, SocialImage};
use crate::view::share::share;
use crate::view::words::Words;

/// The page of the whole dossier.
const HOME: &str = "index.html";

/// All that decides how a picture looks, so that no old one is kept when the drawing changes.
const RECIPE: [&str; 7] = [
    env!("CARGO_PKG_VERSION"),
    include_str!("draw.rs"),
    include_str!("fonts.rs"),
    include_str!("lanes.rs"),
    include_str!("layout.rs"),
    include_str!("marks.rs"),
    include_str!("pen.rs"),
];

/// Where the pictures of pages are made, those that are not known yet.
pub struct Studio<'a> {
    words: &'a Words<'a>,
    site: &'a Site,
    known: &'a Memo,
    fonts: Vec<&'a SourceFile>,
    /// Unpacked only when there is something to draw.
    unpacked: OnceLock<Fonts>,
    look: blake3::Hash,
    /// That of the whole dossier, which pages without one of their own show.
    home: OnceLock<Option<SocialImage>>,
    made: Mutex<(Shares, Drawn)>,
}

impl<'a> Studio<'a> {
    pub fn new(
        words: &'a Words<'a>,
        site: &'a Site,
        theme: &'a Sources,
        own: &'a Sources,
        known: &'a Memo,
    ) -> Self {
        let is_open = site.base_url.is_some() && words.linked.dossier.config.share_images;
        let fonts = if is_open { fonts::files(theme, own) } else { Vec::new() };
        let look = recipe(&fonts);
        let (unpacked, home, made) = Default::default();
        Studio { words, site, known, fonts, unpacked, look, home, made }
    }

    /// Gives a page its picture, one of its own or that of the whole dossier.
    pub fn picture(&self, page: &mut Page) {
        if page.social.is_none() || !self.words.linked.dossier.config.share_images {
            return;
        }
        let home = || self.home.get_or_init(|| self.own(&article::home(self.words))).clone();
        let image = if page.path == HOME { home() } else { self.own(page).or_else(home) };
        if let Some(social) = &mut page.social {
            social.image = image;
        }
    }

    /// What was made, and what of it was not known before.
    pub fn into_shares(self) -> (Shares, Drawn) {
        let (mut shares, drawn) = self.made.into_inner().unwrap_or_default();
        shares.files.sort_by(|one, other| one.path.cmp(&other.path));
        (shares, drawn)
    }

    /// The picture that a page has of its own.
    fn own(&self, page: &Page) -> Option<SocialImage> {
        let base = self.site.base_url.as_ref()?;
        let share = share(self.words, page)?;
        let key = key(&self.look, &share);
        let known = self.known.get(&key);
        let is_new = known.is_none();
        let fonts = || self.unpacked.get_or_init(|| Fonts::read(&self.fonts));
        let made = known.unwrap_or_else(|| Arc::new(drawn(&share, fonts())));
        let picture = made.files.first();
        let address = picture.map(|picture| address(&page.path, &picture.bytes));
        if let Ok(mut all) = self.made.lock() {
            let (shares, drawn) = &mut *all;
            shares.used.insert(key);
            match (picture, &address) {
                (Some(picture), Some(path)) => {
                    let bytes = Arc::clone(&picture.bytes);
                    if !self.words.linked.dossier.withheld.is_empty() {
                        shares.words.push((path.clone(), words_of(&share)));
                    }
                    shares.files.push(File { path: path.clone(), bytes, origin: page.path.clone() });
                }
                _ => {
                    shares.without.insert(page.path.clone());
                }
            }
            if is_new {
                drawn.push((key, Arc::clone(&made)));
            }
        }
        Some(SocialImage {
            url: format!("{base}/{}", address?),
            width: pen::WIDTH as u32,
            height: pen::HEIGHT as u32,
            alt: alt(&share),
        })
    }
}

fn recipe(fonts: &[&SourceFile]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    RECIPE.iter().for_each(|part| {
        hasher.update(part.as_bytes());
    });
    fonts.iter().for_each(|font| {
        hasher.update(blake3::hash(&font.bytes).as_bytes());
    });
    hasher.finalize()
}

fn key(look: &blake3::Hash, share: &Share) -> Key {
    let said = serde_json::to_vec(share).unwrap_or_default();
    *blake3::keyed_hash(look.as_bytes(), &said).as_bytes()
}

/// All that can be read in a picture.
fn words_of(share: &Share) -> String {
    let mut words: Vec<&str> = share.head.iter().chain(&share.text).map(String::as_str).collect();
    words.extend([&share.title, &share.attribution, &share.site, &share.tagline].map(String::as_str));
    words.extend(share.native.iter().map(|name| name.text.as_str()));
    words.extend(share.status.iter().flat_map(|status| [status.word.as_str(), status.by.as_str()]));
    words.extend(share.lanes.iter().flat_map(|lanes| lanes.lanes.iter().map(|lane| lane.title.as_str())));
    words.join("\n")
}

/// The picture; without a file when it cannot be written.
fn drawn(share: &Share, fonts: &Fonts) -> Made {
    let png = layout::svg(share, fonts).and_then(|svg| draw::png(&svg, fonts));
    let width = pen::WIDTH as u32;
    let file = png.map(|png| Rendition { width, format: Format::Png, bytes: png.into() });
    Made { width, height: pen::HEIGHT as u32, remark: None, files: file.into_iter().collect() }
}

/// Where the picture of a page is: sites that show it keep it for long by its address, so a new picture
/// has a new one.
fn address(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let name = slug::slugify(path.trim_end_matches(".html"));
    format!("images/share/{name}-{}.png", hash.get(..8).unwrap_or_default())
}

fn alt(share: &Share) -> String {
    let head = share.head.join(", ");
    let status = share.status.as_ref().map(|status| format!("{} {}", status.word, status.by));
    let status = status.unwrap_or_default();
    let text = share.text.join(" ");
    let parts = [share.title.as_str(), &head, &text, status.trim(), &share.attribution];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
