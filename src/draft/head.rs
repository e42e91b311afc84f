//! What stands above an article, or in the front matter of one: who wrote it, when, and where it can be found.

use super::dates;
use super::paragraphs::one_line;
use super::sentences;
use super::vocabulary::{ENGLISH_PARTICLES, PARTICLES, WEEKDAYS};
use crate::model::date::Date;
use crate::model::source::CSL_TYPES;

/// What an article says of itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Head {
    pub title: Option<String>,
    /// The newspaper, where its name stands above the headline.
    pub outlet: Option<String>,
    pub authors: Vec<String>,
    /// The day as EDTF.
    pub published: Option<String>,
    /// A day that is not plain, in its words.
    pub dated: Option<String>,
    pub url: Option<String>,
    pub kind: Option<String>,
}

impl Head {
    /// Takes what a line says, if it is one of those that stand above an article.
    pub fn take(&mut self, line: &str) -> bool {
        let Some((field, value)) = field_of(line) else { return false };
        self.set(field, &value);
        true
    }

    /// Whether anything says when.
    pub fn has_date(&self) -> bool {
        self.published.is_some() || self.dated.is_some()
    }

    /// Takes the day on which it was published.
    pub fn take_date(&mut self, text: &str) {
        self.set(Field::Date, text);
    }

    /// Takes what front matter says.
    pub fn take_front(&mut self, text: &str) {
        for line in text.lines() {
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            let value = one_line(value.trim().trim_matches(['"', '\'', '[', ']']));
            if let Some(field) = labelled(&name.trim().to_lowercase())
                && !value.is_empty()
            {
                self.set(field, &value);
            }
        }
    }

    fn set(&mut self, field: Field, value: &str) {
        match field {
            Field::Title => self.title = self.title.take().or(Some(value.to_owned())),
            Field::Author if self.authors.is_empty() => self.authors = people(value),
            Field::Date if self.published.is_none() => match day(value) {
                Some(Some(day)) => self.published = Some(day),
                Some(None) => self.dated = Some(format!("{value}, which was another day of the week")),
                None => self.dated = Some(value.to_owned()),
            },
            Field::Address if self.url.is_none() && is_address(value) => self.url = Some(value.to_owned()),
            Field::Changed if self.dated.is_none() => self.dated = Some(value.to_owned()),
            Field::Kind if CSL_TYPES.contains(&value) => self.kind = Some(value.to_owned()),
            _ => {}
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Author,
    Date,
    /// When it was changed, which is not when it was published.
    Changed,
    Address,
    Kind,
}

/// Whether a line is one of those that stand above an article.
pub fn is_line(line: &str) -> bool {
    field_of(line).is_some()
}

fn field_of(line: &str) -> Option<(Field, String)> {
    let line = short(line)?;
    if let Some((label, value)) = line.split_once(": ")
        && let Some(field) = labelled(&label.to_lowercase())
    {
        return Some((field, value.trim().to_owned()));
    }
    if is_address(&line) {
        return Some((Field::Address, line));
    }
    if day(&line).is_some() {
        return Some((Field::Date, line));
    }
    let dated = |start: &str| {
        let rest = line.strip_prefix(start)?;
        let rest = rest.strip_prefix("on ").unwrap_or(rest);
        // `Published 3 May 2023, updated 4 May 2023`
        let rest = ["updated", "Updated"]
            .iter()
            .find_map(|mark| rest.split_once(mark))
            .map_or(rest, |(rest, _)| rest);
        let rest = rest.trim_end_matches([',', ';', '|', '·', '(', '–', '-', ' ']);
        day(rest).map(|_| rest.to_owned())
    };
    if let Some(rest) = dated("Published ") {
        return Some((Field::Date, rest));
    }
    if ["Updated ", "Last updated ", "Modified "].iter().any(|start| dated(start).is_some()) {
        return Some((Field::Changed, line));
    }
    let by = ["By ", "BY ", "by "].iter().find_map(|start| line.strip_prefix(start))?;
    let is_named = by.split_whitespace().all(|word| {
        let is_particle = [PARTICLES, ENGLISH_PARTICLES].iter().any(|list| list.contains(&word));
        let is_led = ["d'", "d’"].iter().any(|start| word.starts_with(start));
        word == "and"
            || is_particle
            || is_led
            || word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic() && !c.is_numeric())
    });
    let is_name = is_named
        && by.starts_with(|c: char| !c.is_lowercase())
        && by.chars().count() <= 80
        && !by.ends_with('.')
        && day(by).is_none();
    is_name.then(|| (Field::Author, by.to_owned()))
}

fn labelled(label: &str) -> Option<Field> {
    Some(match label {
        "title" | "headline" => Field::Title,
        "by" | "author" | "authors" => Field::Author,
        "date" | "published" | "published on" | "publication date" => Field::Date,
        "updated" | "last updated" | "modified" => Field::Changed,
        "url" | "link" | "address" | "source" => Field::Address,
        "type" => Field::Kind,
        _ => return None,
    })
}

/// A name and a date in one line: `The Herald, 14 June 2023`.
pub fn named_and_dated(line: &str) -> Option<(String, String)> {
    let line = short(line)?;
    let marks = [", ", " | ", " · ", " – ", " — ", " - "];
    marks.iter().flat_map(|mark| line.match_indices(mark)).find_map(|(at, mark)| {
        let (name, rest) = (&line[..at], &line[at + mark.len()..]);
        let is_name = name.split(' ').count() <= 6
            && name.starts_with(char::is_uppercase)
            && !WEEKDAYS.contains(&name.to_lowercase().as_str())
            && day(name).is_none();
        (is_name && day(rest).is_some() && day(&line).is_none()).then(|| (name.to_owned(), rest.to_owned()))
    })
}

/// Whether a text is an address of the web, and nothing beside it.
fn is_address(text: &str) -> bool {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && !text.contains(char::is_whitespace) && url::Url::parse(text).is_ok_and(|url| url.has_host())
}

/// A line without the marks of slanted letters, where it is not too long to stand above a text.
fn short(line: &str) -> Option<String> {
    let line = one_line(line.trim().trim_matches(['*', '_']));
    (line.chars().count() <= 300).then_some(line)
}

/// A text that is a plain date and nothing else; none within, where its weekday is another one.
fn day(text: &str) -> Option<Option<String>> {
    if text.chars().count() > 40 {
        return None;
    }
    let paragraphs = [text];
    let sentences = sentences::all(&paragraphs);
    let [sentence] = sentences.as_slice() else { return None };
    let found = dates::find(sentence);
    let [date] = found.as_slice() else { return None };
    let (first, rest) = text.split_once([' ', ',']).unwrap_or(("", text));
    let is_weekday = WEEKDAYS.contains(&first.to_lowercase().as_str());
    let rest = if is_weekday { rest.trim_start() } else { text };
    let Some(edtf) = date.edtf.as_ref() else {
        return (date.why == dates::WEEKDAY && date.words == text).then_some(None);
    };
    // A year alone may be a number of anything.
    (date.words == rest && edtf.len() > 4 && !edtf.starts_with('['))
        .then(|| edtf.clone())
        .filter(|date| Date::parse(date).is_ok())
        .map(Some)
}

/// `Ada Berg and Jon Vik, Harbour Correspondent`: what stands behind a comma is no author.
fn people(text: &str) -> Vec<String> {
    let names = text.split(',').next().unwrap_or(text);
    // `people/ada-berg` would be a record.
    names.split(" and ").map(one_line).filter(|name| !name.is_empty() && !name.contains('/')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_line_plainly_says_is_taken() {
        let mut head = Head::default();
        for line in
            ["By Ada Berg and Jon Vik, Port Lund", "Wednesday, 14 June 2023", "https://herald.example/a"]
        {
            assert!(head.take(line), "{line}");
        }
        assert_eq!(head.authors, ["Ada Berg", "Jon Vik"]);
        assert_eq!(head.published.as_deref(), Some("2023-06-14"));
        assert_eq!(head.url.as_deref(), Some("https://herald.example/a"));
        for line in
            ["By June 2023 it had ended", "By and large", "Published", "https://a b", "They met 14 June 2023"]
        {
            assert!(!is_line(line), "{line}");
        }
        for line in [
            "Tuesday 3 December 2024",
            "*14 June 2023*",
            "By Jan van der Berg",
            "By Hanne d'Arcy",
            "Updated 4 December 2024",
            "Published 3 May 2023, updated 4 May 2023",
            "Tuesday, 8 May 2023",
        ] {
            assert!(is_line(line), "{line}");
        }
        assert!(head.take("Date: last Tuesday"));
        assert_eq!(head.published.as_deref(), Some("2023-06-14"));
    }
}
