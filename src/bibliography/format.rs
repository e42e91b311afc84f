//! An item and a style -> the runs of text that a citation of it shows.

use std::ops::Range;

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    ElemMeta, Formatting, LocatorPayload, SpecificLocator,
};

use super::Cited;
use super::item::Marks;
use super::style::Style;

/// A source as its style writes it. Dates that CSL cannot say, and the place in the source, are marks
/// until [`Entry::with`] fills them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// With a place in the source.
    placed: Vec<Run>,
    /// With the number of a page in it, where the style writes that without a word for it.
    paged: Option<Vec<Run>>,
    /// Without one.
    whole: Vec<Run>,
    marks: Marks,
}

/// Text of one look.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run {
    pub text: String,
    pub shape: Shape,
    /// The address that the text is, when it is one.
    pub url: Option<String>,
}

/// How a run looks, as styles ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    Plain,
    Italic,
    Bold,
    SmallCaps,
    Superscript,
    Subscript,
}

/// What stands for the place in the source, from the first private use area.
const MARK: &str = "\u{E000}";

/// Formats an item. Where the style has no form for it, its title stands alone; one that the style leaves
/// out, as the citation of a letter does, stands before it.
pub fn entry(style: &Style, cited: &Cited) -> Entry {
    let Cited { item, marks, paged } = cited;
    let title = || item.0.get("title").and_then(|title| title.to_str()).unwrap_or_default().into_owned();
    // The library is not ours, and no text of an author may end the program.
    let format = |place| std::panic::catch_unwind(|| runs(style, item, place)).unwrap_or_default();
    let plain = |text: String| Run { text, shape: Shape::Plain, url: None };
    let proper: Vec<String> = ["container-title", "publisher", "publisher-place"]
        .iter()
        .filter_map(|name| Some(item.0.get(*name)?.to_str()?.into_owned()))
        .collect();
    let or_title = |mut runs: Vec<Run>| {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        if runs.is_empty() {
            runs.push(plain(title()));
        } else if title_in(&text, &title()).is_none() {
            runs.insert(0, plain(format!("{}, ", title())));
        }
        let titled = with_capitals(runs, &title(), style.keeps_titles());
        proper.iter().fold(titled, |runs, name| with_capitals(runs, name, true))
    };
    let whole = or_title(format(None));
    if !style.is_note() {
        return Entry { placed: whole.clone(), paged: None, whole, marks: *marks };
    }
    let placed = or_title(format(Some(Locator::Custom)));
    let paged = paged.then(|| or_title(format(Some(Locator::Page)))).filter(|paged| !is_labelled(paged));
    Entry { placed, paged, whole, marks: *marks }
}

/// What a place says when it is a page: `131–135` of `pp. 131–135`.
pub fn pages(locator: &str) -> Option<&str> {
    let rest = locator.strip_prefix("pp.").or_else(|| locator.strip_prefix("p."))?.trim_start();
    rest.starts_with(|c: char| c.is_alphanumeric()).then_some(rest)
}

/// Whether a word such as "p." stands before the place.
fn is_labelled(runs: &[Run]) -> bool {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let before = text.split(MARK).next().unwrap_or_default().trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.trim_end_matches('.').chars().all(char::is_alphabetic)
}

impl Entry {
    /// The entry with a place in the source, where one is named, and with the words for the dates of its
    /// publication and of access. It ends without a full stop. `behind` stands before a place for which
    /// the style leaves no room.
    pub fn with(&self, locator: Option<&str>, dates: [&dyn Fn() -> String; 2], behind: &str) -> Vec<Run> {
        let page = locator.and_then(pages).zip(self.paged.as_ref());
        let (mut runs, locator) = match (page, locator) {
            (Some((page, paged)), _) => (paged.clone(), Some(page)),
            (None, Some(place)) => (self.placed.clone(), Some(place)),
            (None, None) => (self.whole.clone(), None),
        };
        let mut placed = false;
        let mut before = None;
        for run in &mut runs {
            for (mark, words) in self.marks.iter().zip(dates) {
                let Some(mark) = mark.map(|year| year.to_string()) else { continue };
                if let Some(at) = run.text.find(&mark) {
                    let last = run.text[..at].trim_end().chars().next_back().or(before);
                    let starts = last.is_none_or(|last| matches!(last, '.' | '?' | '!'));
                    run.text = run.text.replace(&mark, &if starts { capital(&words()) } else { words() });
                }
            }
            before = run.text.trim_end().chars().next_back().or(before);
            if run.text.contains(MARK) {
                run.text = run.text.replace(MARK, locator.unwrap_or_default());
                placed = true;
            }
        }
        without_stop(&mut runs);
        if let Some(locator) = locator.filter(|_| !placed) {
            runs.push(Run { text: format!("{behind}{locator}"), shape: Shape::Plain, url: None });
        }
        runs
    }
}

/// With a capital first letter, as a sentence begins.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Where a title stands in an entry: styles change its capitals, its quotes and the mark at its end.
pub fn title_in(text: &str, title: &str) -> Option<Range<usize>> {
    let plain = |c: char| match c {
        '“' | '”' | '"' | '‘' | '’' | '«' | '»' | '„' => '\'',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    };
    let wanted: Vec<char> = title.trim_end_matches('.').chars().map(plain).collect();
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, plain(c))).collect();
    if wanted.is_empty() {
        return None;
    }
    let letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|(_, c)| c.is_alphanumeric());
    let places = || {
        let windows = chars.windows(wanted.len()).enumerate();
        windows.filter(|(_, window)| window.iter().map(|(_, c)| c).eq(&wanted)).map(|(at, _)| at)
    };
    let whole = |at: &usize| !letter(at.checked_sub(1)) && !letter(Some(at + wanted.len()));
    let found = places().find(whole).or_else(|| places().next())?;
    let start = chars.get(found)?.0;
    let end = chars.get(found + wanted.len()).map_or(text.len(), |(at, _)| *at);
    Some(start..end)
}

/// Words with capitals inside, such as "NATO's", and those of one letter, as the title has them: the library
/// writes "Nato's" where a style capitalises. A word that the style sets in capitals stays so. Where it is asked for,
/// as of a proper name, every word is as its authors write it, unless the style sets the whole title in capitals.
fn with_capitals(runs: Vec<Run>, title: &str, is_kept: bool) -> Vec<Run> {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let Some(found) = title_in(&text, title) else { return runs };
    let mut shown: Vec<char> = text.chars().collect();
    let lower = |shown: &[char]| shown.iter().any(|c| c.is_lowercase());
    let is_kept = is_kept && text[found.clone()].contains(char::is_lowercase);
    let mut at = text[..found.start].chars().count();
    for word in title.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—')) {
        let place = at..(at + word.chars().count()).min(shown.len());
        at = place.end;
        let letters = word.chars().filter(|c| c.is_alphabetic());
        let alone = letters.clone().count() == 1 && letters.clone().all(char::is_uppercase);
        let inside = is_kept || alone || word.chars().skip(1).any(char::is_uppercase);
        // Of a title that is kept as it is one letter may be all that a word has: `A bridge, a bid`.
        let Some(shown) = shown.get_mut(place).filter(|shown| inside && (is_kept || lower(shown))) else {
            continue;
        };
        for (shown, own) in shown.iter_mut().zip(word.chars()) {
            // Only the case is the title's: quotes and the mark at its end are the style's.
            if shown.to_lowercase().eq(own.to_lowercase()) {
                *shown = own;
            }
        }
    }
    let mut rest = shown.into_iter();
    runs.into_iter()
        .map(|run| Run { text: rest.by_ref().take(run.text.chars().count()).collect(), ..run })
        .collect()
}

/// A note in a style of notes, else an entry of the list of works cited; what has no entry there, such as
/// a letter, by the citation without its brackets.
fn runs(style: &Style, item: &Item, place: Option<Locator>) -> Vec<Run> {
    let Some(csl) = style.csl() else { return Vec::new() };
    let locator = place.map(|place| SpecificLocator(place, LocatorPayload::Str(MARK)));
    let request = CitationRequest::new(
        vec![CitationItem::with_locator(item, locator)],
        csl,
        Some(style.locale.clone()),
        style.locales(),
        Some(1),
    );
    let mut driver = BibliographyDriver::new();
    driver.citation(request);
    let rendered = driver.finish(BibliographyRequest::new(csl, Some(style.locale.clone()), style.locales()));
    let citation = rendered.citations.first().map(|citation| flat(&citation.citation)).unwrap_or_default();
    if style.is_note() {
        return tidy(citation);
    }
    let listed = rendered.bibliography.and_then(|list| list.items.into_iter().next());
    match listed.map(|item| tidy(flat(&item.content))).filter(|runs| !runs.is_empty()) {
        Some(runs) => runs,
        None => tidy(without_brackets(citation)),
    }
}

fn flat(children: &ElemChildren) -> Vec<Run> {
    let mut runs = Vec::new();
    push(children, &mut runs);
    runs
}

fn push(children: &ElemChildren, runs: &mut Vec<Run>) {
    for child in &children.0 {
        let (text, formatting, url) = match child {
            ElemChild::Text(text) => (&text.text, text.formatting, None),
            ElemChild::Link { text, url } => (&text.text, text.formatting, Some(url.clone())),
            // The page has numbers of its own.
            ElemChild::Elem(elem) if elem.meta == Some(ElemMeta::CitationNumber) => continue,
            ElemChild::Elem(elem) => {
                push(&elem.children, runs);
                continue;
            }
            ElemChild::Markup(_) | ElemChild::Transparent { .. } => continue,
        };
        let shape = shape(formatting);
        match runs.last_mut() {
            Some(last) if last.shape == shape && last.url.is_none() && url.is_none() => {
                last.text.push_str(text)
            }
            _ => runs.push(Run { text: text.clone(), shape, url }),
        }
    }
}

fn shape(formatting: Formatting) -> Shape {
    match formatting {
        Formatting { vertical_align: VerticalAlign::Sup, .. } => Shape::Superscript,
        Formatting { vertical_align: VerticalAlign::Sub, .. } => Shape::Subscript,
        Formatting { font_style: FontStyle::Italic, .. } => Shape::Italic,
        Formatting { font_weight: FontWeight::Bold, .. } => Shape::Bold,
        Formatting { font_variant: FontVariant::SmallCaps, .. } => Shape::SmallCaps,
        _ => Shape::Plain,
    }
}

/// Mends what styles leave where a variable is missing or a title brings its own mark: doubled stops and
/// spaces, a comma before a bracket, punctuation at the start.
fn tidy(runs: Vec<Run>) -> Vec<Run> {
    // Three dots are no doubled stop.
    const DOTS: (&str, &str) = ("...", "\u{E001}");
    let runs = runs.into_iter().map(|run| Run { text: run.text.replace(DOTS.0, DOTS.1), ..run });
    let mut out: Vec<Run> = Vec::new();
    let mut before: Option<char> = None;
    let mut open = None;
    for run in runs {
        let mut text = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            let last = text.chars().next_back().or(before);
            // The mark behind a closing quote belongs to what is quoted.
            let ended = match last {
                Some('”' | '’' | '"' | '»') => open,
                last => last,
            };
            let doubled = match c {
                '.' => matches!(ended, Some('.' | '?' | '!' | '…' | '\u{E001}')),
                ',' | ';' | ':' => matches!(last, None | Some(',' | ';' | ':' | '(' | '[')),
                ' ' => matches!(last, None | Some(' ' | '(' | '[')),
                ')' | ']' => false,
                _ => false,
            };
            if doubled {
                continue;
            }
            if matches!(c, '.' | ')' | ']') && last == Some(',') {
                pop(&mut text, &mut out);
            }
            open = Some(c).filter(|c| !matches!(c, '”' | '’' | '"' | '»')).or(last);
            text.push(c);
        }
        before = text.chars().next_back().or(before);
        if !text.is_empty() {
            out.push(Run { text, ..run });
        }
    }
    while let Some(first) = out.first_mut() {
        let trimmed =
            first.text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ')' | ']'));
        if trimmed.is_empty() {
            out.remove(0);
        } else {
            first.text = trimmed.to_owned();
            break;
        }
    }
    for run in &mut out {
        run.text = run.text.replace(DOTS.1, DOTS.0);
    }
    out
}

/// Takes the last character away, wherever it stands.
fn pop(text: &mut String, out: &mut [Run]) {
    if text.pop().is_none()
        && let Some(last) = out.last_mut()
    {
        last.text.pop();
    }
}

/// Without the full stop and white space at the end.
fn without_stop(runs: &mut Vec<Run>) {
    while let Some(last) = runs.last_mut() {
        let trimmed = last.text.trim_end();
        let trimmed = match trimmed.strip_suffix('.') {
            Some(stopped) if !is_abbreviation(stopped) => stopped.trim_end(),
            _ => trimmed,
        };
        if trimmed.is_empty() {
            runs.pop();
        } else {
            last.text = trimmed.to_owned();
            break;
        }
    }
}

/// Whether the full stop behind a text belongs to its last word: "n.d.", "Herald Inc."
fn is_abbreviation(text: &str) -> bool {
    const WORDS: [&str; 7] = ["Bros", "Co", "Corp", "Inc", "Jr", "Ltd", "Sr"];
    let word = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or(text);
    let letters =
        word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    WORDS.contains(&word) || (letters && word.contains('.'))
}

/// A citation such as `(Berg, 2023)` without its brackets.
fn without_brackets(mut runs: Vec<Run>) -> Vec<Run> {
    let opens = runs.first().is_some_and(|run| run.text.starts_with(['(', '[']));
    let closes = runs.last().is_some_and(|run| run.text.ends_with([')', ']']));
    if opens && closes {
        if let Some(first) = runs.first_mut() {
            first.text.remove(0);
        }
        if let Some(last) = runs.last_mut() {
            last.text.pop();
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<Run> {
        vec![Run { text: text.to_owned(), shape: Shape::Plain, url: None }]
    }

    fn text(runs: &[Run]) -> String {
        runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn doubled_marks_are_mended_and_dots_are_kept() {
        for (written, tidied) in [
            ("Herald Inc.. 2023", "Herald Inc. 2023"),
            ("‘What now?’. Herald", "‘What now?’ Herald"),
            ("‘Wait... what’, Herald", "‘Wait... what’, Herald"),
            ("‘Wait...’. Herald", "‘Wait...’ Herald"),
            ("(, 2023)", "(2023)"),
        ] {
            assert_eq!(text(&tidy(plain(written))), tidied);
        }
    }

    #[test]
    fn the_stop_of_an_abbreviation_is_its_own() {
        for (written, left) in [
            ("The Herald, n.d.", "The Herald, n.d."),
            ("Herald Inc.", "Herald Inc."),
            ("The Herald. ", "The Herald"),
            ("https://a.example/page.html.", "https://a.example/page.html"),
        ] {
            let mut runs = plain(written);
            without_stop(&mut runs);
            assert_eq!(text(&runs), left);
        }
    }

    #[test]
    fn capitals_within_a_word_are_those_of_the_title() {
        for (written, title, kept) in [
            (
                "Doe, ‘Iphone Sales: Nato's View’, Herald",
                "iPhone sales: NATO's view",
                "Doe, ‘iPhone Sales: NATO's View’, Herald",
            ),
            ("DOE. NATO'S VIEW", "NATO's view", "DOE. NATO'S VIEW"),
            ("‘The “Irgc's” Ports’", "The \"IRGC's\" ports", "‘The “IRGC's” Ports’"),
            ("Doe, personal communication", "NATO's view", "Doe, personal communication"),
            ("‘Paper a on Vitamin C’", "Paper A on vitamin C", "‘Paper A on Vitamin C’"),
        ] {
            assert_eq!(text(&with_capitals(plain(written), title, false)), kept);
        }
    }

    #[test]
    fn a_proper_name_is_as_its_owners_write_it() {
        for (written, name, kept) in [
            ("‘T’, L'orient-Le Jour, 2023", "L'Orient-Le Jour", "‘T’, L'Orient-Le Jour, 2023"),
            ("Proc. Of X, 2023", "Proc. of X", "Proc. of X, 2023"),
            ("‘Lunch, A Drink and B’, 2023", "Lunch, a drink and b", "‘Lunch, a drink and b’, 2023"),
            ("HERALD A, 2023", "Herald a", "HERALD A, 2023"),
        ] {
            assert_eq!(text(&with_capitals(plain(written), name, true)), kept);
        }
    }

    #[test]
    fn a_date_that_begins_a_sentence_has_a_capital() {
        for (whole, filled) in [
            ("Log. Online. {}. Here", "Log. Online. Since 2020. Here"),
            ("Log, {}, here", "Log, since 2020, here"),
        ] {
            let whole = plain(&whole.replace("{}", "31207"));
            let entry =
                Entry { placed: whole.clone(), paged: None, whole, marks: [Some(31_207), Some(31_208)] };
            let since = || "since 2020".to_owned();
            assert_eq!(text(&entry.with(None, [&since, &since], ", ")), filled);
        }
    }

    #[test]
    fn a_title_is_found_in_the_clothes_of_its_style() {
        let text = "Doe, Jane. “The ‘Night’ Boat Sails.” The Herald.";
        let found = title_in(text, "The \"night\" boat sails").map(|range| &text[range]);
        assert_eq!(found, Some("The ‘Night’ Boat Sails"));
        assert_eq!(title_in(text, "Another"), None);
    }
}
