//! The web fonts of the theme, and those that a dossier adds -> fonts that text is measured and drawn with.

use std::collections::HashMap;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::{Font, FontResolver};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use svgtypes::FontFamily;
use unicode_normalization::UnicodeNormalization;

use crate::source::{SourceFile, Sources};

const FOLDER: &str = "static/fonts/";

/// The fonts of the theme in the order in which a letter is looked for.
const SERIF: [&str; 2] = ["source-serif-4-latin.woff2", "source-serif-4-latin-ext.woff2"];
const SANS: &str = "source-sans-3-latin.woff2";
const OTHERS: [&str; 2] = ["noto-naskh-arabic.woff2", "frank-ruhl-libre-hebrew.woff2"];

/// A look of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    Serif,
    Sans,
}

/// A font: its place in the database, its file, and the characters that it has.
struct OneFont {
    id: ID,
    data: Arc<Vec<u8>>,
    known: HashMap<char, GlyphId>,
}

/// Fonts, ready to be used.
pub struct Fonts {
    database: Arc<Database>,
    fonts: Vec<OneFont>,
    /// The place of the sans among them; the serif is the first.
    sans: usize,
}

/// The files of the fonts, in order: a dossier's own take the place of the theme's, and others come last.
pub fn files<'s>(theme: &'s Sources, own: &'s Sources) -> Vec<&'s SourceFile> {
    let ours = SERIF.iter().chain([&SANS]).chain(&OTHERS).map(|name| format!("{FOLDER}{name}"));
    let ours: Vec<String> = ours.collect();
    let added = own.under(FOLDER).filter(|file| file.path.ends_with(".woff2") && !ours.contains(&file.path));
    let known = theme.under(FOLDER).map(|file| &file.path);
    let known: Vec<&String> = known.collect();
    let added = added.filter(|file| !known.contains(&&file.path));
    ours.iter().filter_map(|path| own.get(path).or_else(|| theme.get(path))).chain(added).collect()
}

impl Fonts {
    /// Unpacks the fonts; one that cannot be read is left out.
    pub fn read(files: &[&SourceFile]) -> Fonts {
        let mut database = Database::new();
        let mut fonts = Vec::new();
        let mut sans = 0;
        for file in files {
            let Ok(data) = wuff::decompress_woff2(&file.bytes) else { continue };
            let data = Arc::new(data);
            let Ok(font) = FontRef::new(&data) else { continue };
            let known = font.charmap().mappings();
            let known = known.filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph))).collect();
            let source = resvg::usvg::fontdb::Source::Binary(Arc::clone(&data) as _);
            let Some(id) = database.load_font_source(source).first().copied() else { continue };
            if file.path.ends_with(SANS) {
                sans = fonts.len();
            }
            fonts.push(OneFont { id, data, known });
        }
        Fonts { database: Arc::new(database), fonts, sans }
    }

    pub fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Finds the font that a drawing names. Nothing is looked for elsewhere: [`Fonts::runs`] has done that.
    pub fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font: &Font, _| match font.families().first()? {
                FontFamily::Named(name) => {
                    Some(self.fonts.get(name.strip_prefix('f')?.parse::<usize>().ok()?)?.id)
                }
                _ => None,
            }),
            select_fallback: Box::new(|_, _, _| None),
        }
    }

    /// A text in parts, each with the number of the font that has its letters. The renderer would look for them
    /// as well, and loses track where scripts mix.
    pub fn runs(&self, text: &str, face: Face) -> Vec<(usize, String)> {
        let first = if face == Face::Sans { self.sans } else { 0 };
        let order: Vec<usize> = std::iter::once(first).chain(0..self.fonts.len()).collect();
        let has = |at: usize, c: char| self.fonts.get(at).is_some_and(|font| font.known.contains_key(&c));
        let mut runs: Vec<(usize, String)> = Vec::new();
        // One letter and its accent are one character where there is such a one.
        for c in text.nfc() {
            let current = runs.last().map(|(font, _)| *font);
            // What is no letter stands with the letters before it.
            let stays = current.filter(|font| !is_seen(c) || !c.is_alphabetic() && has(*font, c));
            let font = stays.or_else(|| order.iter().copied().find(|at| has(*at, c)));
            let font = font.or(current).unwrap_or(first);
            match runs.last_mut().filter(|(current, _)| *current == font) {
                Some((_, run)) => run.push(c),
                None => runs.push((font, c.to_string())),
            }
        }
        runs
    }

    /// Whether there is a letter for every character that is seen.
    pub fn cover(&self, text: &str) -> bool {
        text.nfc().all(|c| !is_seen(c) || self.fonts.iter().any(|font| font.known.contains_key(&c)))
    }

    /// The face that has all letters of a text, the wanted one if it can be: accents of transliterations are
    /// only in the serif, and a word in two faces is ugly.
    pub fn whole(&self, wanted: Face, text: &str) -> Face {
        let sans = self.fonts.get(self.sans).map(|font| &font.known);
        let serifs: Vec<_> = self.fonts.iter().take(SERIF.len()).map(|font| &font.known).collect();
        let only_serif = |c: char| {
            sans.is_some_and(|sans| !sans.contains_key(&c))
                && serifs.iter().any(|known| known.contains_key(&c))
        };
        if text.nfc().any(only_serif) { Face::Serif } else { wanted }
    }

    /// How wide a text is at most, in pixels: without kerning, and Arabic letters as they stand alone.
    pub fn width(&self, text: &str, face: Face, weight: f32, size: f32) -> f32 {
        let widths = self.runs(text, face).into_iter().filter_map(|(at, run)| {
            let OneFont { data, known, .. } = self.fonts.get(at)?;
            let font = FontRef::new(data).ok()?;
            let location = font.axes().location([(Tag::new(b"wght"), weight)]);
            let metrics = font.glyph_metrics(Size::new(size), LocationRef::from(&location));
            let glyphs = run.chars().filter_map(|c| known.get(&c));
            Some(glyphs.filter_map(|glyph| metrics.advance_width(*glyph)).sum::<f32>())
        });
        widths.sum()
    }
}

/// Whether a character has a form: no space, and none that only directs those around it.
fn is_seen(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}')
}
