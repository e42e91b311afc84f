//! What a picture says -> its drawing: a bar, the kind and date, the title with the name in its own script
//! opposite, who is named, on whose word, the records over the years, and the dossier.

use super::fonts::{Face, Fonts};
use super::lanes::lanes;
use super::marks::{kind, status};
use super::pen::{EDGE, HEIGHT, INNER, Pen, Side, Style, WIDTH};
use crate::view::page::Share;

pub const PAPER: &str = "#fbfaf6";
pub const INK: &str = "#1b1d22";
pub const MUTED: &str = "#565a62";
pub const RULE: &str = "#ddd8cb";
pub const LINE: &str = "#807a6c";

/// The sizes of a title, and the smallest text that is no label.
const TITLE_SIZES: [f32; 6] = [76.0, 66.0, 57.0, 50.0, 44.0, 38.0];
const TEXT: f32 = 31.0;
const SMALL: f32 = 27.0;
const LEAST: f32 = 26.0;

/// Where the content may end, and the line above the foot.
const BOTTOM: f32 = 500.0;
const FOOT: f32 = 530.0;
/// How high the chart of lanes is.
const CHART: f32 = 170.0;

const fn style(face: Face, weight: f32, size: f32, colour: &'static str) -> Style {
    Style { face, weight, size, colour }
}

/// The drawing; nothing when no font has the letters of the title.
pub fn svg(share: &Share, fonts: &Fonts) -> Option<String> {
    if !fonts.cover(&share.title) {
        return None;
    }
    let mut pen = Pen { fonts, svg: String::new(), right_to_left: share.right_to_left };
    pen.svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\"><defs>{}</defs>",
        super::marks::textures()
    );
    pen.rect(0.0, 0.0, WIDTH, HEIGHT, &format!("fill=\"{PAPER}\""));
    pen.rect(0.0, 0.0, WIDTH, 14.0, &format!("fill=\"{INK}\""));
    head(&mut pen, share);
    let below = title(&mut pen, share);
    let below = text(&mut pen, share, below);
    let below = standing(&mut pen, share, below);
    if let Some(shown) = &share.lanes {
        lanes(&mut pen, shown, below - 22.0);
    }
    foot(&mut pen, share);
    pen.svg.push_str("</svg>");
    Some(pen.svg)
}

/// Kind and date.
fn head(pen: &mut Pen, share: &Share) {
    let colour = share.mark.map_or(MUTED, super::marks::colour);
    let mut start = EDGE;
    if let Some(mark) = share.mark {
        pen.mark(start, 80.0, 24.0, 12.0, &kind(mark));
        start += 38.0;
    }
    let line = share.head.join("  ·  ");
    let look = pen.fit(style(Face::Sans, 600.0, 29.0, colour), &line);
    let lines = pen.cut(vec![line], 1, look, EDGE + INNER - start);
    lines.iter().for_each(|line| pen.text(line, look, start, 102.0, Side::Start));
}

/// The title as large as it can be, and the name in its own script: opposite where there is room, else below.
/// Returns the base line of the last line.
fn title(pen: &mut Pen, share: &Share) -> f32 {
    let fonts = pen.fonts;
    let native = share.native.as_ref().filter(|native| fonts.cover(&native.text));
    let room = BOTTOM - 130.0 - below_title(pen, share);
    let mut chosen = None;
    for size in TITLE_SIZES {
        let look = style(Face::Serif, 700.0, size, INK);
        let own = style(Face::Serif, 500.0, size * 0.8, INK);
        let (lines, too_wide) = pen.wrap(&share.title, look, INNER);
        let wide = lines.first().map_or(0.0, |line| pen.width(line, look));
        let opposite = native
            .is_some_and(|native| lines.len() == 1 && wide + 48.0 + pen.width(&native.text, own) <= INNER);
        let rows = lines.len() + usize::from(native.is_some() && !opposite);
        let most = (room / (size * 1.04)).floor().max(1.0) as usize;
        let fits = rows <= most && !too_wide;
        chosen = Some((look, own, lines, opposite, most));
        if fits {
            break;
        }
    }
    let Some((look, own, lines, opposite, most)) = chosen else { return 120.0 };
    let most = most.saturating_sub(usize::from(native.is_some() && !opposite)).max(1);
    let mut y = 120.0 + look.size;
    let step = look.size * 1.04;
    let lines = pen.cut(lines, most, look, INNER);
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            y += step;
        }
        pen.text(line, look, EDGE, y, Side::Start);
    }
    if let Some(native) = native {
        if !opposite {
            y += step;
        }
        let side = if opposite { Side::End } else { Side::Start };
        let start = if opposite { EDGE + INNER } else { EDGE };
        let (names, _) = pen.wrap(&native.text, own, INNER);
        pen.cut(names, 1, own, INNER).iter().for_each(|name| pen.text(name, own, start, y, side));
    }
    y
}

/// How much stands below the title.
fn below_title(pen: &Pen, share: &Share) -> f32 {
    let text = text_lines(pen, share).len() as f32 * 40.0;
    let text = if text > 0.0 { text + 26.0 } else { 0.0 };
    let standing =
        share.status.as_ref().map_or(0.0, |_| 70.0 + 38.0 * (standing_lines(pen, share).len() as f32 - 1.0));
    text + standing + if share.lanes.is_some() { CHART + 24.0 } else { 0.0 }
}

/// Those who are named, or sentences: running on where that fits, else each on lines of its own, the last of
/// them whole.
fn text_lines(pen: &Pen, share: &Share) -> Vec<String> {
    let all = share.text.join(" ");
    if !pen.fonts.cover(&all) {
        return Vec::new();
    }
    let look = text_look(pen, share);
    let alone = share.status.is_none() && share.lanes.is_none();
    let most = if alone { 5 } else { 2 };
    let (lines, _) = pen.wrap(&all, look, INNER);
    match share.text.as_slice() {
        [first @ .., last] if lines.len() > most && !first.is_empty() => {
            let (first, _) = pen.wrap(&first.join(" "), look, INNER);
            let mut lines = pen.cut(first, most - 1, look, INNER);
            lines.extend(pen.cut(vec![last.clone()], 1, look, INNER));
            lines
        }
        _ => pen.cut(lines, most, look, INNER),
    }
}

fn text_look(pen: &Pen, share: &Share) -> Style {
    pen.fit(style(Face::Sans, 400.0, TEXT, INK), &share.text.concat())
}

fn text(pen: &mut Pen, share: &Share, above: f32) -> f32 {
    let look = text_look(pen, share);
    let mut y = above + 26.0;
    let lines = text_lines(pen, share);
    for line in &lines {
        y += 40.0;
        pen.text(line, look, EDGE, y, Side::Start);
    }
    if lines.is_empty() { above } else { y }
}

/// The attribution in lines: the first may stand beside the status.
fn standing_lines(pen: &Pen, share: &Share) -> Vec<String> {
    let look = pen.fit(style(Face::Sans, 400.0, SMALL, MUTED), &share.attribution);
    let own = share.status.as_ref().map_or(0.0, |status| {
        41.0 + pen.width(&format!("{}  {}   ", status.word, status.by), Style { weight: 600.0, ..look })
    });
    if !pen.fonts.cover(&share.attribution) {
        return vec![String::new()];
    }
    if own + pen.width(&share.attribution, look) <= INNER {
        return vec![share.attribution.clone()];
    }
    let (lines, _) = pen.wrap(&share.attribution, look, INNER);
    std::iter::once(String::new()).chain(pen.cut(lines, 2, look, INNER)).collect()
}

/// Status and actor, and on whose word.
fn standing(pen: &mut Pen, share: &Share, above: f32) -> f32 {
    let Some(shown) = &share.status else { return above + 70.0 };
    let mut y = above + 70.0;
    pen.mark(EDGE, y - 24.0, 29.0, 16.0, &status(shown.key, INK));
    let all = format!("{}{}", shown.by, share.attribution);
    let quiet = pen.fit(style(Face::Sans, 400.0, SMALL, MUTED), &all);
    let word = pen.fit(style(Face::Sans, 600.0, SMALL, INK), &shown.word);
    let lines = standing_lines(pen, share);
    let beside = lines.first().map_or("", String::as_str);
    let by = if pen.fonts.cover(&shown.by) { shown.by.as_str() } else { "" };
    let by = pen.cut(vec![by.to_owned()], 1, quiet, INNER - 41.0 - pen.width(&shown.word, word) - 20.0);
    let by = by.first().map_or("", String::as_str);
    let runs = [(shown.word.as_str(), word), ("  ", quiet), (by, quiet), ("      ", quiet), (beside, quiet)];
    let used: Vec<_> = runs.into_iter().filter(|(text, _)| !text.is_empty()).collect();
    pen.runs(&used, EDGE + 41.0, y, Side::Start);
    for line in lines.iter().skip(1) {
        y += 38.0;
        pen.text(line, quiet, EDGE, y, Side::Start);
    }
    y + 40.0
}

/// The dossier, and what it is about where there is room.
fn foot(pen: &mut Pen, share: &Share) {
    pen.rect(EDGE, FOOT, INNER, 2.0, &format!("fill=\"{RULE}\""));
    let look = style(Face::Serif, 700.0, 28.0, INK);
    let site = if pen.fonts.cover(&share.site) { share.site.clone() } else { String::new() };
    let site = pen.cut(vec![site], 1, look, INNER).concat();
    let used = pen.width(&site, look);
    pen.text(&site, look, EDGE, 578.0, Side::Start);
    let quiet = pen.fit(style(Face::Sans, 400.0, LEAST, MUTED), &share.tagline);
    // What follows a colon says more of the same.
    let short =
        share.tagline.split([':', ';', '؛', '—']).next().unwrap_or_default().trim().trim_end_matches('.');
    let fits = |text: &&str| used + 40.0 + pen.width(text, quiet) <= INNER && pen.fonts.cover(text);
    if let Some(tagline) = [share.tagline.as_str(), short].into_iter().find(|text| fits(text)) {
        pen.text(tagline, quiet, EDGE + INNER, 577.0, Side::End);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::fonts::files;
    use crate::source::Sources;
    use crate::view::page::{Name, ShareLane, ShareLanes, ShareRecord, ShareStatus, ShareTick, Stretch};

    fn record() -> Share {
        Share {
            mark: Some("visit"),
            head: vec!["Visit".to_owned(), "18–21 October 2022".to_owned()],
            title: "Delegation visits the capital".to_owned(),
            native: None,
            text: vec!["Samir al-Warraq, Nadim Qasimi & one other".to_owned()],
            status: Some(ShareStatus {
                key: "confirmed",
                word: "Confirmed".to_owned(),
                by: "by both sides".to_owned(),
            }),
            attribution: "According to Selvara News Agency.".to_owned(),
            lanes: None,
            site: "The Selvara contacts".to_owned(),
            tagline: "Who is named, when, and on whose word: what one newspaper reports, citing a centre."
                .to_owned(),
            right_to_left: false,
        }
    }

    fn person() -> Share {
        let stretch = |from, to, look| Stretch { from, to, look };
        let tick = |at, text: &str, is_year| ShareTick { at, text: text.to_owned(), is_year };
        let records = vec![
            ShareRecord { status: "reported", stretches: vec![stretch(0.16, 0.25, "solid")] },
            ShareRecord { status: "denied", stretches: vec![stretch(0.5, 0.502, "tick")] },
            // About a day: no mark, which is for known ones.
            ShareRecord {
                status: "reported",
                stretches: vec![
                    stretch(0.79, 0.8, "fade-right"),
                    stretch(0.8, 0.802, "tick"),
                    stretch(0.802, 0.81, "fade-left"),
                ],
            },
        ];
        Share {
            mark: None,
            head: vec!["شخص".to_owned()],
            title: "فرهاد Ḥakīm".to_owned(),
            native: Some(Name {
                text: "פרהאד".to_owned(), lang: Some("he".to_owned()), dir: Some("rtl")
            }),
            text: vec!["وزیر.".to_owned(), "این نام در ۲ مورد آمده است.".to_owned()],
            status: None,
            attribution: String::new(),
            lanes: Some(ShareLanes {
                ticks: vec![tick(0.0, "۲۰۲۲", true), tick(0.5, "ژوئیه", false)],
                lanes: vec![ShareLane { mark: "meeting", title: "دیدار".to_owned(), records }],
            }),
            site: "گفت‌وگوها".to_owned(),
            tagline: String::new(),
            right_to_left: true,
        }
    }

    fn theme() -> Fonts {
        let mut theme = Sources::default();
        for (name, bytes) in [
            (
                "source-serif-4-latin",
                include_bytes!("../../static/fonts/source-serif-4-latin.woff2").as_slice(),
            ),
            ("source-serif-4-latin-ext", include_bytes!("../../static/fonts/source-serif-4-latin-ext.woff2")),
            ("source-sans-3-latin", include_bytes!("../../static/fonts/source-sans-3-latin.woff2")),
            ("noto-naskh-arabic", include_bytes!("../../static/fonts/noto-naskh-arabic.woff2")),
            ("frank-ruhl-libre-hebrew", include_bytes!("../../static/fonts/frank-ruhl-libre-hebrew.woff2")),
        ] {
            theme.insert(format!("static/fonts/{name}.woff2"), bytes);
        }
        Fonts::read(&files(&theme, &Sources::default()))
    }

    #[test]
    fn drawings_are_those_that_are_held() {
        let fonts = theme();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/share"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        for (name, share) in [("record", record()), ("person", person())] {
            let lines = svg(&share, &fonts).unwrap().replace("><", ">\n<");
            settings.bind(|| insta::assert_snapshot!(name, lines));
        }
    }

    #[test]
    fn a_title_without_letters_has_no_picture() {
        let fonts = theme();
        assert_eq!(svg(&Share { title: "Москва".to_owned(), ..record() }, &fonts), None);
    }
}
