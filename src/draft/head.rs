//! What stands above an article, or in the front matter of one: who wrote it, when, and where it can be found.

use super::dates;
use super::headline::is_paper;
use super::paragraphs::one_line;
use super::sentences;
use super::vocabulary::{ENGLISH_PARTICLES, MONTHS, PARTICLES, SHORT_MONTHS, WEEKDAYS};
use crate::model::date::Date;
use crate::model::source::CSL_TYPES;

/// What an article says of itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Head {
    pub title: Option<String>,
    /// The newspaper, where its name stands above the headline.
    pub outlet: Option<String>,
    /// A line that may be the headline, where another was taken for it or none was.
    pub perhaps_title: Option<String>,
    /// A line that may be the name of the newspaper.
    pub perhaps_outlet: Option<String>,
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
    ///
    /// A name beside the date is that of its newspaper where `is_outlet` says so.
    pub fn take(&mut self, line: &str, is_outlet: impl Fn(&str) -> bool) -> bool {
        let Some(parts) = parts(line) else { return false };
        for part in parts {
            match part {
                Part::Field(field, value) => self.set(field, &value),
                // `Lund, 4 May 2003` may be a town.
                Part::Name(name) if self.outlet.is_none() && is_outlet(&name) => match is_paper(&name) {
                    true => self.outlet = Some(name),
                    false => self.perhaps_outlet = self.perhaps_outlet.take().or(Some(name)),
                },
                Part::Name(_) | Part::Page => {}
            }
        }
        true
    }

    /// Takes the line under a headline that names who wrote it and where: `Ada Berg in Lund`.
    pub fn take_place(&mut self, line: &str) -> bool {
        let Some(line) = short(line) else { return false };
        let Some((name, place)) = line.split_once(" in ") else { return false };
        let fits = |text: &str, count: std::ops::RangeInclusive<usize>| {
            count.contains(&text.split(' ').count())
                && text.split(' ').all(|word| {
                    word.starts_with(char::is_uppercase) && !word.ends_with(['.', ',', '?', '!', ':'])
                })
        };
        let is_byline = fits(name, 2..=3) && fits(place, 1..=3) && self.authors.is_empty();
        if is_byline {
            self.authors = people(name);
        }
        is_byline
    }

    /// Whether anything says when.
    pub fn has_date(&self) -> bool {
        self.published.is_some() || self.dated.is_some()
    }

    /// Takes what front matter says: a text or a list behind each name, in quotes or without.
    pub fn take_front(&mut self, text: &str) {
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            let mut values = values(value.trim());
            while let Some(item) = lines.peek().and_then(|line| line.trim_start().strip_prefix("- ")) {
                values.extend(self::values(item.trim()));
                lines.next();
            }
            let Some(field) = labelled(&name.trim().to_lowercase()) else { continue };
            values.retain(|value| !value.is_empty());
            match values.as_slice() {
                [value] if field == Field::Author && self.authors.is_empty() => {
                    self.authors = sorted_or_people(value);
                }
                [value] => self.set(field, value),
                several if field == Field::Author && self.authors.is_empty() => {
                    self.authors = several.iter().flat_map(|name| sorted_or_people(name)).collect();
                }
                _ => {}
            }
        }
    }

    fn set(&mut self, field: Field, value: &str) {
        match field {
            Field::Title => self.title = self.title.take().or(Some(value.to_owned())),
            Field::Author if self.authors.is_empty() => self.authors = people(value),
            Field::Date if self.published.is_none() => match day(value) {
                Some(Ok(day)) => self.published = Some(day),
                Some(Err(why)) => self.dated = Some(format!("{value}: {why}")),
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

/// What a line above an article says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Field(Field, String),
    /// A name beside the date, which may be that of the newspaper.
    Name(String),
    /// For readers of a web page: `5 min read`.
    Page,
}

/// Whether a line is one of those that stand above an article.
pub fn is_line(line: &str) -> bool {
    parts(line).is_some()
}

/// A line as what it says: `The Herald, 14 June 2023`, `By Ada Berg | 14 June 2023 | 5 min read`; nothing where a part of it
/// is something else.
fn parts(line: &str) -> Option<Vec<Part>> {
    const BETWEEN: [&str; 8] = [" | ", " · ", " • ", " — ", " – ", " - ", " / ", " // "];
    let line = short(line)?;
    if let Some(parts) = part(&line) {
        return Some(parts);
    }
    let mark = BETWEEN.iter().find(|mark| line.contains(*mark))?;
    let parts: Option<Vec<Vec<Part>>> = line.split(mark).map(|text| part(text.trim())).collect();
    parts.map(|parts| parts.concat())
}

fn part(text: &str) -> Option<Vec<Part>> {
    if let Some((field, value)) = field_of(text) {
        return Some(vec![Part::Field(field, value)]);
    }
    if let Some((name, date)) = named_and_dated(text) {
        return Some(vec![Part::Name(name), Part::Field(Field::Date, date)]);
    }
    let lower = text.to_lowercase();
    let is_page = PAGE.contains(&lower.as_str())
        || [" min read", " minute read", " minutes read"].iter().any(|end| {
            lower.strip_suffix(end).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        });
    is_page.then(|| vec![Part::Page])
}

/// Lines of a web page that say nothing of the article: what to do with it, and under which rubric it stands.
const PAGE: [&str; 26] = [
    "share",
    "share this article",
    "listen to this article",
    "advertisement",
    "print",
    "analysis",
    "breaking",
    "breaking news",
    "comment",
    "editorial",
    "exclusive",
    "explainer",
    "feature",
    "features",
    "interview",
    "investigation",
    "investigations",
    "live",
    "long read",
    "news",
    "news analysis",
    "opinion",
    "politics",
    "special report",
    "the long read",
    "world",
];

/// The texts of a value in front matter; none where it is more of YAML than a text or a list.
fn values(text: &str) -> Vec<String> {
    let is_more = text.starts_with(['>', '|', '&', '*', '!', '{', '%'])
        || !text.starts_with(['"', '\'']) && (text.contains(" #") || text.contains(": "))
        || ["null", "~"].contains(&text);
    if is_more {
        return Vec::new();
    }
    let read = toml::from_str::<toml::Table>(&format!("value = {text}")).ok();
    match read.and_then(|mut table| table.remove("value")) {
        Some(toml::Value::String(text)) => vec![one_line(&text)],
        Some(toml::Value::Array(items)) => {
            items.iter().filter_map(toml::Value::as_str).map(one_line).collect()
        }
        // `[Ada Berg, Jon Vik]`, `The Ship`
        _ => match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            Some(items) => {
                items.split(',').map(|item| one_line(item.trim().trim_matches(['"', '\'']))).collect()
            }
            None => vec![one_line(&text.trim_matches(['"', '\'']).replace("''", "'"))],
        },
    }
}

fn field_of(line: &str) -> Option<(Field, String)> {
    if is_change(line) {
        return Some((Field::Changed, line.to_owned()));
    }
    if let Some((label, value)) = line.split_once(": ")
        && let Some(field) = labelled(&label.to_lowercase())
    {
        return Some((field, value.trim().to_owned()));
    }
    if is_address(line) {
        return Some((Field::Address, line.to_owned()));
    }
    if day(line).is_some() {
        return Some((Field::Date, line.to_owned()));
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
    if let Some(rest) =
        ["Published ", "First published ", "Originally published ", "Posted "].into_iter().find_map(dated)
    {
        return Some((Field::Date, rest));
    }
    // `Published in print on 4 May 2023, online 3 May 2023`
    let lower = line.to_lowercase();
    let is_published = ["published ", "first published", "originally published", "posted "]
        .iter()
        .any(|start| lower.starts_with(start));
    let has_year = line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    if is_published && has_year && line.split(' ').count() <= 14 && !line.ends_with('.') {
        return Some((Field::Changed, line.to_owned()));
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
        && (!by.ends_with('.') || by.rsplit(' ').next().is_some_and(|last| last.chars().count() == 2))
        && day(by).is_none()
        && !by.contains('|')
        && !by.contains(" IN ")
        && !by.ends_with([',', '&'])
        && !by.ends_with(" and");
    is_name.then(|| (Field::Author, by.to_owned()))
}

fn labelled(label: &str) -> Option<Field> {
    Some(match label {
        "title" | "headline" => Field::Title,
        "by" | "author" | "authors" => Field::Author,
        "date"
        | "published"
        | "published on"
        | "publication date"
        | "first published"
        | "originally published" => Field::Date,
        label if CHANGES.contains(&label) => Field::Changed,
        "url" | "link" | "address" | "source" => Field::Address,
        "type" => Field::Kind,
        _ => return None,
    })
}

/// Before a day on which a text was changed or read, which is not that on which it was published.
const CHANGES: [&str; 12] = [
    "updated",
    "last updated",
    "modified",
    "last modified",
    "changed",
    "corrected",
    "revised",
    "amended",
    "edited",
    "archived",
    "accessed",
    "retrieved",
];

/// Whether a line says when a text was changed or read: `Updated 6:14 p.m. EST, Mon., Feb. 12, 2024`.
fn is_change(line: &str) -> bool {
    const LINKS: [&str; 15] = [
        "at",
        "on",
        "the",
        "of",
        "am",
        "pm",
        "a.m",
        "p.m",
        "today",
        "yesterday",
        "hour",
        "hours",
        "minutes",
        "days",
        "ago",
    ];
    let lower = line.to_lowercase();
    let behind = |word: &&str| lower.strip_prefix(*word).filter(|rest| rest.starts_with([' ', ':']));
    let Some(start) = CHANGES.iter().find_map(behind).map(|rest| line.len().saturating_sub(rest.len()))
    else {
        return false;
    };
    let rest = line.get(start..).unwrap_or("");
    let mut words = rest
        .split(|c: char| c.is_whitespace() || ",:;()–-/".contains(c))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty());
    let is_part = |word: &str| {
        let lower = word.to_lowercase();
        let is_zone = (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        word.starts_with(|c: char| c.is_ascii_digit())
            || is_zone
            || LINKS.contains(&lower.as_str())
            || is_month(&lower)
            || WEEKDAYS.contains(&lower.as_str())
            || SHORT_DAYS.contains(&lower.as_str())
    };
    let is_dated = rest.contains(|c: char| c.is_ascii_digit()) || lower.ends_with("day");
    is_dated && words.all(is_part)
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || SHORT_MONTHS.iter().any(|(short, _)| *short == word)
}

/// A name and a date in one line: `The Herald, 14 June 2023`.
fn named_and_dated(line: &str) -> Option<(String, String)> {
    let marks = [", ", " | ", " · ", " – ", " — ", " - "];
    marks.iter().flat_map(|mark| line.match_indices(mark)).find_map(|(at, mark)| {
        let (name, rest) = (&line[..at], &line[at + mark.len()..]);
        let is_name = name.split(' ').count() <= 6
            && name.starts_with(char::is_uppercase)
            && !WEEKDAYS.contains(&name.to_lowercase().as_str())
            && day(name).is_none();
        (is_name && day(rest).is_some() && day(line).is_none()).then(|| (name.to_owned(), rest.to_owned()))
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

const SHORT_DAYS: [&str; 10] = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];

/// A text that is a date and nothing else, with a time of day or without; why it is not read, where it is not.
fn day(text: &str) -> Option<Result<String, &'static str>> {
    let text = without_time(text);
    if text.chars().count() > 40 {
        return None;
    }
    let (first, rest) = text.split_once([' ', ',']).unwrap_or(("", text));
    let first = first.to_lowercase();
    let is_short = SHORT_DAYS.contains(&first.trim_end_matches('.'));
    let text = if is_short { rest.trim_start() } else { text };
    let paragraphs = [text];
    let sentences = sentences::all(&paragraphs);
    let [sentence] = sentences.as_slice() else { return None };
    let found = dates::find(sentence);
    let [date] = found.as_slice() else { return None };
    let is_weekday = !is_short && WEEKDAYS.contains(&first.as_str());
    let rest = if is_weekday { rest.trim_start() } else { text };
    let Some(edtf) = date.edtf.as_ref() else {
        let is_dated = date.why != dates::RELATIVE && date.words.contains(|c: char| c.is_ascii_digit());
        return (is_dated && [text, rest].contains(&date.words.as_str())).then_some(Err(date.why));
    };
    if let Some(why) = dates::published::why_no_day(edtf) {
        return (date.words == rest && edtf.len() > 4).then_some(Err(why));
    }
    // A year alone may be a number of anything.
    (date.words == rest && edtf.len() > 4 && !edtf.starts_with('['))
        .then(|| edtf.clone())
        .filter(|date| Date::parse(date).is_ok())
        .map(Ok)
}

/// A text without the time of day at its end or before it: `3 May 2022, 10:15 am`, `3 May 2022 at 10.15 BST`.
fn without_time(text: &str) -> &str {
    let is_number =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = |word: &str| {
        let word = word.trim_end_matches(['h', ',']);
        let word = ["am", "pm"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        word.split_once([':', '.']).is_some_and(|(hours, rest)| {
            is_number(hours) && rest.split(':').all(|part| is_number(part) && part.len() == 2)
        })
    };
    let is_zone = |word: &str| {
        let halves = ["am", "pm", "a.m.", "p.m."];
        halves.contains(&word.to_lowercase().as_str())
            || (1..=6).contains(&word.len())
                && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "+-:()".contains(c))
    };
    let Some((at, word)) = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .find(|(_, word)| is_time(word))
    else {
        return text;
    };
    let behind = &text[at + word.len()..];
    if at == 0 {
        let is_own = |word: &str| {
            let word = word.trim_end_matches(',');
            word.starts_with(|c: char| c.is_alphabetic()) && is_zone(word) && !is_month(&word.to_lowercase())
        };
        let mut rest = behind.trim_start();
        while let Some((_, more)) = rest.split_once(' ').filter(|(word, _)| is_own(word)) {
            rest = more.trim_start();
        }
        return rest.strip_prefix("on ").unwrap_or(rest);
    }
    if !behind.split_whitespace().all(is_zone) {
        return text;
    }
    let before = text[..at].trim_end();
    let before = before.strip_suffix(" at").unwrap_or(before);
    before.trim_end_matches([',', '·', '|', '-', '–', '—', ' '])
}

/// `Ada Berg and Jon Vik, Harbour Correspondent`: what stands behind a comma is an author only before an `and`.
fn people(text: &str) -> Vec<String> {
    // Who is no person, or what somebody does.
    const OTHERS: [&str; 8] =
        ["staff", "agencies", "correspondent", "reporter", "editor", "writer", "bureau", "desk"];
    let last_comma = text.rfind(',');
    let is_list = last_comma.is_some_and(|comma| text[comma..].contains(" and "));
    let names = if is_list { text } else { text.split(',').next().unwrap_or(text) };
    // `people/ada-berg` would be a record.
    names
        .split(',')
        .flat_map(|names| names.split(" and "))
        .map(|name| one_line(name.trim().trim_start_matches("and ")))
        .filter(|name| !name.is_empty() && !name.contains('/'))
        .filter(|name| !name.split(' ').any(|word| OTHERS.contains(&word.to_lowercase().as_str())))
        .collect()
}

/// The same of front matter, where `Fox, Bob` is one person.
fn sorted_or_people(text: &str) -> Vec<String> {
    let is_sorted = text.split_once(", ").is_some_and(|(last, first)| {
        let is_name = |text: &str| text.split(' ').count() <= 2 && !text.contains([',', ';', '/', '|']);
        is_name(last) && is_name(first) && (!last.contains(' ') || !first.contains(' '))
    });
    if is_sorted {
        return vec![one_line(text)];
    }
    text.replace(", and ", ", ").split(", ").flat_map(people).collect()
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
            assert!(head.take(line, |_| true), "{line}");
        }
        assert_eq!(head.authors, ["Ada Berg", "Jon Vik"]);
        assert_eq!(head.published.as_deref(), Some("2023-06-14"));
        assert_eq!(head.url.as_deref(), Some("https://herald.example/a"));
        for line in [
            "Retrieved 12 boats",
            "By June 2023 it had ended",
            "By and large",
            "Published",
            "https://a b",
            "They met 14 June 2023",
        ] {
            assert!(!is_line(line), "{line}");
        }
        for line in [
            "Tuesday 3 December 2024",
            "*14 June 2023*",
            "By Jan van der Berg",
            "By Hanne d'Arcy",
            "Updated 4 December 2024",
            "Updated 6:14 p.m. EST, Mon., Feb. 12, 2024",
            "Last modified: 2024-02-12",
            "6:14 p.m. EST, Feb. 12, 2024",
            "Published 3 May 2023, updated 4 May 2023",
            "Tuesday, 8 May 2023",
        ] {
            assert!(is_line(line), "{line}");
        }
        assert!(head.take("Date: last Tuesday", |_| true));
        assert_eq!(head.published.as_deref(), Some("2023-06-14"));
    }
}
