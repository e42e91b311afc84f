//! What stands in a field: dates, citations, queries, figures, names.

use dossier::diag::Diagnostic;
use dossier::link::numbers;
use dossier::model::calendar::{Agreement, Calendar, OriginalDate};
use dossier::model::citation::{Citation, Hop};
use dossier::model::date::{Certainty, Date};
use dossier::model::fold::{Comparable, closest, fold, skeletons, written};
use dossier::model::query::{TERMS, Term};
use dossier::parse::citation::citation;
use dossier::parse::query::query;
use dossier::source::{Sources, Span};

/// The lines of an input that may be two: the first, and what follows.
fn two(data: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(data).into_owned();
    match text.split_once('\n') {
        Some((first, second)) => (first.to_owned(), second.to_owned()),
        None => (text, String::new()),
    }
}

/// A date on each of two lines.
pub fn dates(data: &[u8]) {
    let (first, second) = two(data);
    let (first, second) = (date(&first), date(&second));
    if let (Some(a), Some(b)) = (first, second) {
        let before = a.before(&b);
        assert!(before.and(b.before(&a)) != Certainty::Certain, "{a} and {b} are before each other");
        assert_eq!(a.is_surely_before(&b), before == Certainty::Certain, "{a} before {b}");
        assert_eq!(a.overlaps(&b), b.overlaps(&a), "{a} and {b}");
        assert!(before != Certainty::Certain || a.overlaps(&b) == Certainty::Impossible, "{a} and {b}");
        let _ = (a.within(&b), a.sort_key().cmp(&b.sort_key()));
    }
}

fn date(text: &str) -> Option<Date> {
    match Date::parse(text) {
        Ok(date) => {
            assert_eq!(Date::parse(&date.to_string()).as_ref(), Ok(&date), "{text:?}");
            let bare = |text: &str| text.replace(['?', '~', '%'], "");
            assert_eq!(bare(date.text()), bare(text), "more than marks has moved");
            let (span, wide) = (date.span(), date.widened());
            assert!(span.first.zip(span.last).is_none_or(|(first, last)| first <= last), "{text:?}");
            assert!(wide.first <= span.first && wide.last >= span.last, "{text:?}");
            Some(date)
        }
        Err(error) => {
            assert!(text.get(error.range.clone()).is_some(), "{text:?}: {error:?}");
            assert!(!error.message.is_empty() && !error.message.contains('\n'), "{text:?}: {error:?}");
            let help = error.help.unwrap_or_default();
            // What the help says to write can be read.
            let all_of = help.contains("`a/b`") || !help.starts_with("write `");
            for written in help.split('`').skip(1).step_by(2).filter(|written| !all_of && written.len() != 2)
            {
                assert!(Date::parse(written).is_ok(), "{text:?}: {help}");
            }
            None
        }
    }
}

/// A date in each of the other calendars.
pub fn calendars(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for (name, calendar) in Calendar::ALL {
        match OriginalDate::parse(calendar, &text) {
            Ok(original) => {
                let (first, last) = original.span();
                let (early, late) = original.widened();
                assert!(early <= first && first <= last && last <= late, "{text:?} in {name}");
                let date = original.to_edtf();
                assert!(Date::parse(date.text()).is_ok(), "{text:?} in {name} is {date}");
                let agreement = original.check(&date);
                // Doubt is by a unit of the other calendar there, and by one of ours here.
                let in_doubt = original.approximate() || original.uncertain();
                let agrees = matches!(agreement, Agreement::Same | Agreement::Wider);
                let agrees = agrees || in_doubt && agreement == Agreement::Narrower;
                assert!(agrees, "{text:?} in {name} is {date}: {agreement:?}");
                let again = OriginalDate::parse(calendar, &original.to_string());
                assert_eq!(again.as_ref(), Ok(&original), "{text:?} in {name}");
            }
            Err(error) => assert!(text.get(error.range.clone()).is_some(), "{text:?} in {name}: {error:?}"),
        }
    }
}

/// Something is read from a text; its places, and those of what is wrong with it, stand in the text.
fn placed<T>(
    text: &str,
    read: impl Fn(&str, &dyn Fn(std::ops::Range<usize>) -> Span, &mut Vec<Diagnostic>) -> Option<T>,
) -> Option<T> {
    let mut sources = Sources::default();
    // A mark of the order of bytes is one only where a file begins.
    let before = "cite = ";
    let file = sources.insert("content/people.toml", format!("{before}{text}").into_bytes());
    let mut found = Vec::new();
    let place = |range: std::ops::Range<usize>| {
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        Span::new(file, before.len() + range.start..before.len() + range.end)
    };
    let value = read(text, &place, &mut found);
    assert!(value.is_some() || !found.is_empty(), "nothing is said of {text:?}");
    super::files::told(&found, &sources);
    value
}

pub fn citations(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let hops = |citation: &Citation| -> Vec<(bool, String, Option<String>)> {
        let hop = |hop: &Hop| {
            let (is_record, name) = hop.origin();
            (is_record, name.to_owned(), hop.locator().map(str::to_owned))
        };
        citation.hops.iter().map(hop).collect()
    };
    let Some(read) = placed(&text, citation) else { return };
    assert!(read.origin().is_some(), "{text:?}");
    let printed = read.to_string();
    let again = placed(&printed, citation).unwrap_or_else(|| panic!("{text:?} is written {printed:?}"));
    assert_eq!(hops(&again), hops(&read), "{text:?} is written {printed:?}");
    assert_eq!(again.to_string(), printed);
}

pub fn queries(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let kinds = TERMS.iter().map(|(kind, _)| Some(*kind)).chain([None]);
    for implied in kinds {
        let read = |text: &str| placed(text, |text, place, found| query(text, implied, place, found));
        let Some(found) = read(&text) else { continue };
        let mut names: Vec<_> = found.terms.iter().map(Term::name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), found.terms.len(), "a term twice in {text:?}");
        let again = read(&found.text).unwrap_or_else(|| panic!("{:?}", found.text));
        assert_eq!((again.kind, &again.text), (found.kind, &found.text));
    }
}

/// The words of a figure.
pub fn figures(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for language in ["en", "de", "fr", "es", "fa", "en-GB", ""] {
        match numbers::read(&text, language) {
            Ok(reading) => {
                // What was read says the same when it is written.
                let english = numbers::read(&reading.to_string(), "en");
                let said = english.map(|read| (read.comparison, read.number));
                assert_eq!(said, Ok((reading.comparison, reading.number)), "{text:?} in {language}");
            }
            Err(why) => assert!(!why.is_empty()),
        }
        for range in numbers::stated(&text, language, &[]) {
            assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        }
    }
}

/// A name on each of two lines.
pub fn names(data: &[u8]) {
    let (a, b) = two(data);
    for name in [&a, &b] {
        let folded = fold(name);
        assert_eq!(fold(&folded), folded, "{name:?}");
        assert_eq!(folded.split_whitespace().collect::<Vec<_>>().join(" "), folded, "{name:?}");
        assert_eq!(skeletons(&folded), skeletons(name), "{name:?}");
        for (word, _) in written(name) {
            assert_eq!(fold(&word), word, "{name:?}");
        }
    }
    let (one, other) = (Comparable::new(&a), Comparable::new(&b));
    assert_eq!(one.same(&other), other.same(&one), "{a:?} and {b:?}");
    let (one, other) = (&[one], &[other]);
    assert_eq!(closest(one, other), closest(other, one), "{a:?} and {b:?}");
}
