//! The files of a dossier -> its files as they stood on a day: corrections made since then are undone in
//! the text of the records. What came in later is left out where the files are gathered.

use std::ops::Range;

use toml_edit::{Array, DocumentMut, Item, Value};

use crate::diag::{Checked, Diagnostic};
use crate::model::Kind;
use crate::model::correction::Correction;
use crate::model::date::{Date, Day};
use crate::model::fields::{Holds, field};
use crate::parse::{Parsed, ParsedRecord};
use crate::source::{SourceFile, Sources, Span};

pub mod problems {
    //! What can be wrong with rebuilding a former state.
    crate::codes! {
        /// A correction that cannot be undone, so that the dossier as it stood on a day shows what was
        /// corrected later. It names no field, or a field that a text cannot fill; then `undo` gives the
        /// former value in TOML. For a text, `now` gives the words that stand there now.
        CORRECTION_NOT_UNDONE = "correction-not-undone";
    }
}

/// Whether something dated `date` came after `day`, for certain.
pub fn is_later(date: &Date, day: Day) -> bool {
    Date::parse(&day.iso()).is_ok_and(|day| day.is_surely_before(date))
}

/// The files with all corrections since `day` undone, the newest first; and those that could not be.
/// `parsed` is what each file says, with its path.
pub fn undo(sources: &Sources, parsed: &[(&SourceFile, &Parsed)], day: Day) -> Checked<Sources> {
    let mut former = sources.clone();
    let mut diagnostics = Vec::new();
    for (correction, span) in since(parsed, day) {
        if let Err(why) = one(&mut former, parsed, correction) {
            let message = format!("this correction cannot be undone: {why}");
            diagnostics.push(Diagnostic::warning(problems::CORRECTION_NOT_UNDONE, span, message).help(
                "give the former value, `undo = ..`, or the words that stand there now, `now = \"..\"`",
            ));
        }
    }
    Checked { value: former, diagnostics }
}

/// The corrections since a day, the newest first, each with its place. What was withheld since then stays
/// so: whoever asked to be left out is left out of the past as well.
fn since<'p>(parsed: &[(&SourceFile, &'p Parsed)], day: Day) -> Vec<(&'p Correction, Span)> {
    let records = parsed.iter().flat_map(|(_, parsed)| &parsed.records);
    let mut found: Vec<_> = records
        .filter_map(|record| match record {
            ParsedRecord::Correction(record) if is_later(&record.data.date.value, day) => Some(record),
            _ => None,
        })
        .filter(|record| record.data.field.as_ref().is_none_or(|field| field.value != "withhold"))
        .collect();
    found.sort_by(|a, b| {
        let date = |date: &Date| date.sort_key();
        date(&b.data.date.value).cmp(&date(&a.data.date.value)).then_with(|| b.key.cmp(&a.key))
    });
    found.into_iter().map(|record| (&record.data, record.span)).collect()
}

/// Undoes one correction, or says why it cannot be.
fn one(
    former: &mut Sources,
    parsed: &[(&SourceFile, &Parsed)],
    correction: &Correction,
) -> Result<(), String> {
    let Some(name) = &correction.field else { return Err("it names no field".to_owned()) };
    let home = home(parsed, &correction.on.text, &name.value).ok_or("its record is not there")?;
    let file = former.get(&home.path).ok_or("its file is not there")?;
    let text = file.text().map_err(|_| "its file is not valid UTF-8")?.to_owned();
    let text = if name.value == "prose" {
        let (front, prose) = match front_matter(&text) {
            Some((before, toml, after)) => {
                text.split_at(text.len().min(before.len() + toml.len() + fence_len(after)))
            }
            None => ("", text.as_str()),
        };
        format!("{front}{}", with_prose(prose, correction)?)
    } else {
        with_field(&text, &home, &name.value, correction)?
    };
    former.insert(home.path, text.into_bytes());
    Ok(())
}

/// Where a record stands.
struct Home {
    path: String,
    kind: Kind,
    /// Its table; none for the front matter of a file.
    table: Option<String>,
}

/// The file that holds a field of a record; its prose may stand in another than its fields.
fn home(parsed: &[(&SourceFile, &Parsed)], on: &str, field: &str) -> Option<Home> {
    let named = on.split_once('/').and_then(|(kind, key)| Some((Kind::from_plural(kind)?, key)));
    let is_record = |kind: Kind, key: &str| match named {
        Some((wanted, name)) => kind == wanted && key == name,
        None => key == on,
    };
    let path = |file: &SourceFile| file.path.clone();
    parsed.iter().find_map(|(file, parsed)| {
        if parsed.article.as_ref().is_some_and(|article| article.path == on) {
            return Some(Home { path: path(file), kind: Kind::Article, table: None });
        }
        let prose = parsed.prose.as_ref().filter(|prose| is_record(prose.kind, &prose.key));
        if let Some(prose) = prose.filter(|_| field == "prose") {
            return Some(Home { path: path(file), kind: prose.kind, table: None });
        }
        let record = parsed.records.iter().find(|record| is_record(record.kind(), record.key()))?;
        let in_markdown = file.path.ends_with(".md");
        // The prose of a record in a table stands in a file that is met later.
        if field == "prose" && !in_markdown || file.path.ends_with(".bib") {
            return None;
        }
        let table = (!in_markdown).then(|| record.key().to_owned());
        Some(Home { path: path(file), kind: record.kind(), table })
    })
}

/// The words of today in a text, changed back.
fn with_prose(text: &str, correction: &Correction) -> Result<String, String> {
    let now = correction.now.as_deref().ok_or("it does not say what stands there now")?;
    // An author may have wrapped the line elsewhere.
    let place = match find_folded(text, now).as_slice() {
        [place] => place.clone(),
        [] => return Err("the words that stand there now are not in the text".to_owned()),
        _ => {
            return Err("the words that stand there now are in the text more than once; \
                 take in more of the words around them"
                .to_owned());
        }
    };
    Ok(format!("{}{}{}", &text[..place.start], correction.was, &text[place.end..]))
}

/// Where words stand in a text as whole words, with any white space between them.
fn find_folded(text: &str, words: &str) -> Vec<Range<usize>> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let Some(first) = words.first() else { return Vec::new() };
    let goes_on = |one: Option<char>, other: Option<char>| {
        one.zip(other).is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
    };
    let places = text.match_indices(first).map(|(start, _)| start).filter_map(|start| {
        let mut at = start;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                let rest = &text[at..];
                let space = rest.len() - rest.trim_start().len();
                if space == 0 {
                    return None;
                }
                at += space;
            }
            if !text[at..].starts_with(word) {
                return None;
            }
            at += word.len();
        }
        let (before, found, after) = (&text[..start], &text[start..at], &text[at..]);
        let cut = goes_on(before.chars().next_back(), found.chars().next())
            || goes_on(found.chars().next_back(), after.chars().next());
        (!cut).then_some(start..at)
    });
    places.collect()
}

/// A field, with its former value.
fn with_field(text: &str, home: &Home, name: &str, correction: &Correction) -> Result<String, String> {
    let (before, toml, after) = match &home.table {
        Some(_) => ("", text, ""),
        None => front_matter(text).ok_or("its record is not written in TOML")?,
    };
    let mut document: DocumentMut = toml.parse().map_err(|_| "its file is not valid TOML".to_owned())?;
    let table = match &home.table {
        Some(key) => document.get_mut(key).and_then(Item::as_table_like_mut),
        None => Some(document.as_table_mut() as &mut dyn toml_edit::TableLike),
    };
    let table = table.ok_or("its record is not written as a table")?;
    match value(home.kind, name, correction)? {
        Some(value) => {
            table.insert(name, Item::Value(value));
        }
        None => match unsaid(home.kind, name).filter(|_| !table.contains_key(&format!("{name}_original"))) {
            Some(value) => {
                table.insert(name, Item::Value(value));
            }
            None => {
                table.remove(name);
            }
        },
    }
    Ok(format!("{before}{document}{after}"))
}

/// How a record says nothing in a field that it must have.
fn unsaid(kind: Kind, name: &str) -> Option<Value> {
    match (kind, name) {
        (Kind::Meeting | Kind::Event, "date") => Some(Value::from("")),
        (Kind::Meeting, "participants") => Some(Value::Array(Array::new())),
        _ => None,
    }
}

/// The former value of a field; nothing when it was not there.
fn value(kind: Kind, name: &str, correction: &Correction) -> Result<Option<Value>, String> {
    if let Some(undo) = &correction.undo {
        return undo.value.parse().map(Some).map_err(|_| "`undo` is no value of TOML".to_owned());
    }
    let was = correction.was.as_str();
    if was.is_empty() {
        return Ok(None);
    }
    let fits = match field(kind, name) {
        Some(holds) => can_be(holds, was),
        None => false,
    };
    if fits { Ok(Some(Value::from(was))) } else { Err(format!("`was` is no value of the field `{name}`")) }
}

/// Whether a text alone can stand in a field; what the text says is for reading the field to judge.
fn can_be(holds: Holds, text: &str) -> bool {
    match holds {
        Holds::Text
        | Holds::Markdown
        | Holds::Original
        | Holds::Language
        | Holds::Country
        | Holds::Address
        | Holds::File
        | Holds::Citation
        | Holds::Place
        | Holds::OwnField
        | Holds::Checksum => true,
        Holds::Date => Date::parse(text).is_ok(),
        Holds::Word(_, words) | Holds::OneOf(words) => words().contains(&text),
        Holds::Key(_) | Holds::Former => crate::parse::is_key(text.rsplit('/').next().unwrap_or(text)),
        Holds::List(each) => can_be(*each, text),
        Holds::Either(all) => all.iter().any(|one| can_be(*one, text)),
        Holds::Flag | Holds::Integer | Holds::Degrees(_) | Holds::Table(_) | Holds::Any => false,
    }
}

/// A Markdown file cut at the fences of its front matter: what is before the TOML, it, and what follows.
pub fn front_matter(text: &str) -> Option<(&str, &str, &str)> {
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| fence(line))?;
    let mut at = first.len();
    for line in lines {
        if fence(line) {
            return Some((&text[..first.len()], &text[first.len()..at], &text[at..]));
        }
        at += line.len();
    }
    None
}

/// The length of the fence that a text begins with.
fn fence_len(text: &str) -> usize {
    text.split_inclusive('\n').next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::find_folded;

    #[test]
    fn words_are_found_across_lines() {
        let text = "They met on\n14 March, page 114.\nThey met on 15 March.";
        let found = |words: &str| -> Vec<&str> {
            find_folded(text, words).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(found("met on 14 March"), ["met on\n14 March"]);
        assert_eq!(found("14"), ["14"]);
        assert_eq!(found("They met"), ["They met", "They met"]);
        assert!(found("met on 16").is_empty() && found("").is_empty());
    }
}
