//! An item and a style -> the runs of text that a citation of it shows.

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    ElemMeta, Formatting, LocatorPayload, SpecificLocator,
};

use super::item::{ACCESSED, ISSUED};
use super::style::Style;

/// A source as its style writes it. Dates that CSL cannot say, and the place in the source, are marks
/// until [`Entry::with`] fills them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// With a place in the source.
    placed: Vec<Run>,
    /// Without one.
    whole: Vec<Run>,
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

/// Formats an item. Where the style has no form for it, its title stands alone.
pub fn entry(style: &Style, item: &Item) -> Entry {
    let title = || item.0.get("title").and_then(|title| title.to_str()).unwrap_or_default().into_owned();
    // The library is not ours, and no text of an author may end the program.
    let format = |locator| std::panic::catch_unwind(|| runs(style, item, locator)).unwrap_or_default();
    let or_title = |runs: Vec<Run>| {
        if runs.is_empty() { vec![Run { text: title(), shape: Shape::Plain, url: None }] } else { runs }
    };
    let whole = or_title(format(None));
    let placed = if style.is_note() { or_title(format(Some(MARK))) } else { whole.clone() };
    Entry { placed, whole }
}

impl Entry {
    /// The entry with a place in the source, where one is named, and with the words for the dates of its
    /// publication and of access. It ends without a full stop. `behind` stands before a place for which
    /// the style leaves no room.
    pub fn with(&self, locator: Option<&str>, dates: [&dyn Fn() -> String; 2], behind: &str) -> Vec<Run> {
        let mut runs = if locator.is_some() { self.placed.clone() } else { self.whole.clone() };
        let mut placed = false;
        for run in &mut runs {
            for (mark, words) in [ISSUED, ACCESSED].iter().zip(dates) {
                let mark = mark.to_string();
                if run.text.contains(&mark) {
                    run.text = run.text.replace(&mark, &words());
                }
            }
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

/// A note in a style of notes, else an entry of the list of works cited; what has no entry there, such as
/// a letter, by the citation without its brackets.
fn runs(style: &Style, item: &Item, locator: Option<&str>) -> Vec<Run> {
    let Some(csl) = &style.csl else { return Vec::new() };
    let locator = locator.map(|locator| SpecificLocator(Locator::Custom, LocatorPayload::Str(locator)));
    let request = CitationRequest::new(
        vec![CitationItem::with_locator(item, locator)],
        csl,
        Some(style.locale.clone()),
        &style.locales,
        Some(1),
    );
    let mut driver = BibliographyDriver::new();
    driver.citation(request);
    let rendered = driver.finish(BibliographyRequest::new(csl, Some(style.locale.clone()), &style.locales));
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
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
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
                '.' => matches!(ended, Some('.' | '?' | '!' | '…')),
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
        // "n.d." and "Inc." keep theirs; the end of the note is the same.
        let trimmed = trimmed.strip_suffix('.').unwrap_or(trimmed).trim_end();
        if trimmed.is_empty() {
            runs.pop();
        } else {
            last.text = trimmed.to_owned();
            break;
        }
    }
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
