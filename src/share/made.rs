//! Pages -> the pictures of them that the memo does not know yet, and their addresses on the pages.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::fonts::{self, Fonts};
use super::{Shares, draw, layout, pen};
use crate::pictures::memo::{Key, Memo};
use crate::pictures::{File, Format, Made, Rendition};
use crate::source::{SourceFile, Sources};
use crate::view::Pages;
use crate::view::page::{Share, Site, SocialImage};

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

/// Makes the pictures of the pages that have something to show, those that `memo` does not know yet, and tells
/// the pages their addresses. `progress` is told of each one done.
pub fn images(
    pages: &mut Pages,
    site: &Site,
    theme: &Sources,
    own: &Sources,
    memo: &mut Memo,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Shares {
    let mut shares = Shares::default();
    if pages.shares.is_empty() {
        return shares;
    }
    let files = fonts::files(theme, own);
    let look = recipe(&files);
    // Unpacked only when there is something to draw.
    let fonts = OnceLock::new();
    let total = pages.shares.len();
    progress(total, 0);
    let known: &Memo = memo;
    let made: Vec<(Key, Arc<Made>)> = pages
        .shares
        .par_iter()
        .map(|(_, share)| {
            let key = key(&look, share);
            let fonts = || fonts.get_or_init(|| Fonts::read(&files));
            let made = known.get(&key).unwrap_or_else(|| Arc::new(drawn(share, fonts())));
            progress(total, 1);
            (key, made)
        })
        .collect();
    let mut images = Vec::new();
    for ((path, share), (key, made)) in pages.shares.iter().zip(made) {
        match made.files.first() {
            Some(picture) => {
                let address = address(path, &picture.bytes);
                images.push((path.clone(), address.clone(), alt(share)));
                let bytes = Arc::clone(&picture.bytes);
                shares.files.push(File { path: address, bytes, origin: path.clone() });
            }
            None => {
                shares.without.insert(path.clone());
            }
        }
        memo.insert(key, made);
        shares.used.insert(key);
    }
    assign(pages, site, &images);
    shares
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

/// Gives each page its picture; those that have none show that of the whole dossier.
fn assign(pages: &mut Pages, site: &Site, images: &[(String, String, String)]) {
    let Some(base) = site.base_url.as_ref() else { return };
    let images: HashMap<&str, &(String, String, String)> =
        images.iter().map(|image| (image.0.as_str(), image)).collect();
    let home = images.get("index.html");
    for page in &mut pages.pages {
        let Some(social) = &mut page.social else { continue };
        let image = images.get(page.path.as_str()).or(home);
        social.image = image.map(|(_, address, alt)| SocialImage {
            url: format!("{base}/{address}"),
            width: pen::WIDTH as u32,
            height: pen::HEIGHT as u32,
            alt: alt.clone(),
        });
    }
}
