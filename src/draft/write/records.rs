//! Candidates -> records as drafts, each with the sentence that it comes from.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::super::clauses;
use super::super::dates;
use super::super::meetings;
use super::super::names::{Is, Name, Names};
use super::super::sentences::Sentence;
use super::super::vocabulary::group_type;
use super::Counts;
use super::denials::Denials;
use crate::export::plain::Fields;
use crate::import::keys::Keys;
use crate::import::layout;
use crate::model::Kind;
use crate::model::dossier::Dossier;

const DENIALS: &str = "Sentences that deny something, or say that nobody comments:";

/// What is needed to write the records, and how many there are.
pub struct Records<'r> {
    source: &'r str,
    /// The number of each paragraph.
    numbers: Vec<usize>,
    pub(super) sentences: &'r [Sentence<'r>],
    pub(super) names: &'r Names,
    pub(super) denials: Denials,
    /// The key of each name.
    keys: HashMap<usize, String>,
    given: Keys,
    used: HashSet<(Kind, String)>,
    pub counts: Counts,
}

impl<'r> Records<'r> {
    pub fn new(
        source: &'r str,
        numbers: Vec<usize>,
        sentences: &'r [Sentence<'r>],
        names: &'r Names,
    ) -> Records<'r> {
        let mut records = Records {
            source,
            numbers,
            sentences,
            names,
            denials: Denials::default(),
            keys: HashMap::new(),
            given: Keys::new(&Dossier::default(), ""),
            used: HashSet::new(),
            counts: Counts::default(),
        };
        for (index, name) in names.all.iter().enumerate() {
            if let Some(kind) = kind(name.is) {
                let key = records.key(kind, &name.text, &name.text);
                records.keys.insert(index, key);
            }
        }
        records
    }

    pub fn people(&mut self) -> String {
        let mut text = String::new();
        for (index, name) in self.of(Is::Person) {
            let mut fields = Fields::new();
            fields.insert("name".to_owned(), json!(name.text));
            let roles: Vec<Value> = name
                .roles
                .iter()
                .filter_map(|role| {
                    let of = self.keys.get(&role.of)?;
                    Some(json!({ "role": role.role, "of": of, "cite": self.cite(role.sentence) }))
                })
                .collect();
            if !roles.is_empty() {
                fields.insert("roles".to_owned(), json!(&roles));
            }
            text.push_str(&self.record(Kind::Person, index, fields, name.sentence));
            let sentences: HashSet<usize> = name.roles.iter().map(|role| role.sentence).collect();
            let mut sentences: Vec<usize> =
                sentences.into_iter().filter(|index| *index != name.sentence).collect();
            sentences.sort_unstable();
            sentences.iter().for_each(|index| text.push_str(&self.said(*index)));
            if !roles.is_empty() {
                let line =
                    "a role without `from` and `to` holds at all times: write what is known of its term";
                text.push_str(&comment(line));
            }
            for (title, sentence) in &name.titles {
                let number = self.number(*sentence);
                text.push_str(&comment(&format!(
                    "\"{title}\" in ¶{number}: in which group is for you to tell"
                )));
            }
            text.push_str(&self.more(name));
            self.counts.people += 1;
        }
        let mut left = String::new();
        for (words, paragraph, why) in &self.names.unsure {
            left.push_str(&comment(&format!(
                "¶{} {}: {why}",
                self.paragraph(*paragraph),
                shortened(words, 100)
            )));
            self.counts.comments += 1;
        }
        if !left.is_empty() {
            let head = "# What else has a capital letter, and is for you to tell:\n";
            text.push_str(&format!("{}{head}{left}", if text.is_empty() { "" } else { "\n" }));
        }
        headed("People whom the article names.", &text)
    }

    pub fn groups(&mut self) -> String {
        let mut text = String::new();
        for (index, name) in self.of(Is::Group) {
            let mut fields = Fields::new();
            fields.insert("name".to_owned(), json!(name.text));
            if let Some(short) = &name.short {
                fields.insert("short".to_owned(), json!(short));
            }
            let lower = name.text.to_lowercase();
            let told = lower.split(' ').find_map(group_type);
            fields.insert("type".to_owned(), json!(told.unwrap_or("other")));
            text.push_str(&self.record(Kind::Group, index, fields, name.sentence));
            if told.is_none() {
                let types = "state, state-body, armed-group, party, company, outlet, research-centre, other";
                text.push_str(&comment(&format!("the text does not say its type: {types}")));
            }
            text.push_str(&self.more(name));
            self.counts.groups += 1;
        }
        headed("Groups that the article names.", &text)
    }

    pub fn places(&mut self) -> String {
        let mut text = String::new();
        for (index, name) in self.of(Is::Place) {
            let mut fields = Fields::new();
            fields.insert("name".to_owned(), json!(name.text));
            text.push_str(&self.record(Kind::Place, index, fields, name.sentence));
            text.push_str(&self.more(name));
            self.counts.places += 1;
        }
        headed("Places that the article names.", &text)
    }

    pub fn meetings(&mut self, found: &meetings::Meetings, dates: &[Vec<dates::Found>]) -> String {
        let mut text = String::new();
        for meeting in &found.held {
            let names = self.written_names(&meeting.names);
            let id = format!("p{}-{}", self.number(meeting.sentence), meeting.sentence);
            let key = self.key(Kind::Meeting, &id, &names[..names.len().min(3)].join(" "));
            let of_sentence = dates.get(meeting.sentence).map_or(&[][..], Vec::as_slice);
            let other = self.another(meeting, of_sentence);
            let date = plain(of_sentence).filter(|_| other.is_none());
            let who = meeting.names.iter().filter_map(|name| self.reference(*name));
            let mut fields = Fields::new();
            if let Some(mode) = meeting.mode {
                fields.insert("mode".to_owned(), json!(mode));
            }
            // An empty date would say that nobody tells it, which these rules cannot know.
            let undated = self.undated(meeting.sentence, of_sentence);
            if let Some(date) = date {
                fields.insert("date".to_owned(), json!(date));
            }
            let place = self.plain_place(meeting, of_sentence);
            if let Some(key) = place.and_then(|place| self.keys.get(&place)) {
                fields.insert("place".to_owned(), json!(key));
            }
            fields.insert("participants".to_owned(), Value::Array(who.collect()));
            text.push_str(&self.written(Kind::Meeting, &key, fields, meeting.sentence));
            text.push_str(&match (date, other, undated) {
                (Some(_), ..) => meant(of_sentence),
                (None, Some(other), _) => comment(&other),
                (None, None, Some(undated)) => undated,
                (None, None, None) => comment("the sentence gives no date"),
            });
            if !meeting.others.is_empty() {
                let others = self.written_names(&meeting.others).join(", ");
                text.push_str(&comment(&format!(
                    "also named in the sentence, and not drafted as there: {others}"
                )));
            }
            text.push_str(&self.taken_back(meeting.sentence));
            text.push_str(&self.denial(meeting.sentence));
            let others = self.named_places(meeting.sentence).into_iter().filter(|name| place != Some(*name));
            let others: Vec<&String> = others.filter_map(|name| self.keys.get(&name)).collect();
            if let Some((first, rest)) = others.split_first() {
                let or: String = rest.iter().map(|key| format!("or {}: ", quoted(key))).collect();
                text.push_str(&comment(&field("place", first, &format!("{or}named in the sentence"))));
            }
            if let Some(words) = self.left_place(meeting.sentence, of_sentence) {
                text.push_str(&comment(&format!("\"{words}\": of this no place was drafted")));
            }
            self.counts.meetings += 1;
        }
        let mut text = headed(
            "Sentences that say plainly who met whom. Read each: what it says is for you to accept.",
            &text,
        );
        add(
            &mut text,
            "Sentences that may tell of a meeting, or that there was none:",
            &self.left(&found.left, dates),
        );
        if !text.is_empty() {
            add(&mut text, DENIALS, &self.other_denials());
            self.denials.are_told = true;
        }
        text
    }

    /// Sentences of which no meeting is drafted, with what is found in them.
    fn left(&mut self, left: &[meetings::Left], dates: &[Vec<dates::Found>]) -> String {
        let mut text = String::new();
        for meeting in left {
            let names = self.written_names(&meeting.names);
            let names = if names.is_empty() { "no names".to_owned() } else { names.join(", ") };
            text.push_str(&comment(&format!("{}: {names}", meeting.why)));
            for date in dates.get(meeting.sentence).into_iter().flatten() {
                text.push_str(&match &date.edtf {
                    Some(edtf) => comment(&format!("\"{}\" is {edtf}", date.words)),
                    None => unread(date),
                });
            }
            text.push_str(&self.said(meeting.sentence));
            self.counts.comments += 1;
        }
        text
    }

    pub fn events(&mut self, held: &meetings::Meetings, dates: &[Vec<dates::Found>]) -> String {
        let held = held.sentences();
        let (mut text, mut left) = (String::new(), String::new());
        for (index, found) in dates.iter().enumerate().filter(|(index, _)| !held.contains(index)) {
            match self.event_date(index, found) {
                Some(date) => {
                    let number = self.number(index);
                    let name = match is_told_by_numbers(date) {
                        true => format!("event-{date}"),
                        false => format!("event-p{number}"),
                    };
                    let key = self.key(Kind::Event, &format!("p{number}-{index}"), &name);
                    let mut fields = Fields::new();
                    fields.insert("date".to_owned(), json!(date));
                    text.push_str(&self.written(Kind::Event, &key, fields, index));
                    // The sentence is its author's: no title is made of its words.
                    text.push_str(&comment(&field("title", "…", "what happened, in your own words")));
                    text.push_str(&meant(found));
                    let uses = self.names.uses.get(index).map_or(&[][..], Vec::as_slice);
                    let involved: Vec<&str> = uses
                        .iter()
                        .filter(|found| matches!(self.names.all[found.name].is, Is::Person | Is::Group))
                        .filter_map(|found| self.keys.get(&found.name).map(String::as_str))
                        .collect();
                    if !involved.is_empty() {
                        text.push_str(&comment(&format!("named in the sentence: {}", involved.join(", "))));
                    }
                    text.push_str(&self.denial(index));
                    self.counts.events += 1;
                }
                None => {
                    for date in found {
                        left.push_str(&match (plain(found), &date.edtf, self.why_no_event(index, found)) {
                            (Some(_), Some(edtf), Some(why)) => {
                                comment(&format!("\"{}\" is {edtf}, and {why}", date.words))
                            }
                            _ => unread(date),
                        });
                    }
                    if !found.is_empty() {
                        left.push_str(&self.said(index));
                        self.counts.comments += 1;
                    }
                }
            }
        }
        add(&mut text, "Dates that are for you to read:", &left);
        if !self.denials.are_told {
            add(&mut text, DENIALS, &self.other_denials());
        }
        headed("Sentences with a date. To accept one, write in `title` what happened.", &text)
    }

    /// The date of the event of a sentence.
    pub(super) fn event_date<'f>(&self, index: usize, found: &'f [dates::Found]) -> Option<&'f str> {
        plain(found).filter(|_| self.why_no_event(index, found).is_none())
    }

    /// Why the date of a sentence may be that of nothing that happened then.
    fn why_no_event(&self, index: usize, found: &[dates::Found]) -> Option<String> {
        let sentence = self.sentences.get(index)?;
        if clauses::is_of_birth(sentence, &found.first()?.at) {
            return Some("may be the day of a birth".to_owned());
        }
        if found.first()?.why == dates::published::LATER {
            return Some(format!("that is {}", dates::published::LATER));
        }
        if meetings::is_question(sentence) {
            return Some("the sentence is a question".to_owned());
        }
        meetings::negation(sentence).map(|word| format!("the sentence has the word \"{word}\""))
    }

    fn written_names(&self, names: &[usize]) -> Vec<&'r str> {
        names.iter().filter_map(|name| self.names.all.get(*name)).map(|name| name.text.as_str()).collect()
    }

    /// Why the only date of a sentence may not be that of its meeting.
    fn another(&self, meeting: &meetings::Found, found: &[dates::Found]) -> Option<String> {
        let edtf = plain(found)?;
        let why = clauses::why_another(self.sentences.get(meeting.sentence)?, meeting.verb, &found[0].at)?;
        Some(format!("\"{}\" is {edtf}, and {why}", found[0].words))
    }

    /// The words of a sentence that may date it and are not read; nothing where it has none.
    fn undated(&self, sentence: usize, found: &[dates::Found]) -> Option<String> {
        if !found.is_empty() {
            return Some(found.iter().map(unread).collect());
        }
        let word = self.sentences.get(sentence).and_then(dates::trace)?;
        Some(comment(&format!("the sentence has \"{word}\": whether that dates it is for you to tell")))
    }

    fn of(&self, is: Is) -> Vec<(usize, &'r Name)> {
        self.names.all.iter().enumerate().filter(|(_, name)| name.is == is).collect()
    }

    /// A key that no other record of the kind has.
    fn key(&mut self, kind: Kind, id: &str, name: &str) -> String {
        let first = self.given.give(kind, id, &[name]);
        let mut key = first.clone();
        let mut number = 1;
        while !self.used.insert((kind, key.clone())) {
            number += 1;
            key = format!("{first}-{number}");
        }
        key
    }

    /// What names a record where people and groups may stand.
    pub(super) fn reference(&self, name: usize) -> Option<Value> {
        let key = self.keys.get(&name)?;
        let kind = kind(self.names.all[name].is)?;
        let others = [Kind::Person, Kind::Group].into_iter().filter(|other| *other != kind);
        let is_shared = others.into_iter().any(|other| self.used.contains(&(other, key.clone())));
        Some(if is_shared { json!(format!("{}/{key}", kind.plural())) } else { json!(key) })
    }

    fn record(&self, kind: Kind, index: usize, fields: Fields, sentence: usize) -> String {
        let key = self.keys.get(&index).map_or("", String::as_str);
        self.written(kind, key, fields, sentence)
    }

    /// A record that cites the paragraph of a sentence, as a draft, with the sentence.
    fn written(&self, kind: Kind, key: &str, mut fields: Fields, sentence: usize) -> String {
        fields.insert("cite".to_owned(), json!(self.cite(sentence)));
        fields.insert("draft".to_owned(), json!(true));
        let said =
            if matches!(kind, Kind::Event | Kind::Meeting) { self.said_by(sentence) } else { String::new() };
        format!("\n{}{}{said}", layout::record(kind, key, &fields), self.said(sentence))
    }

    pub(super) fn cite(&self, sentence: usize) -> String {
        format!("{} ¶{}", self.source, self.number(sentence))
    }

    /// The number of the paragraph that a sentence is in.
    fn number(&self, sentence: usize) -> usize {
        self.paragraph(self.sentences.get(sentence).map_or(0, |sentence| sentence.paragraph))
    }

    /// The number of a paragraph.
    fn paragraph(&self, index: usize) -> usize {
        self.numbers.get(index).copied().unwrap_or(index + 1)
    }

    pub(super) fn said(&self, sentence: usize) -> String {
        let text = self.sentences.get(sentence).map_or("", |sentence| sentence.text);
        comment(&format!("¶{}: {}", self.number(sentence), shortened(text, 300)))
    }

    /// What else is to be said of a name: where it stands again, and how sure it is.
    fn more(&self, name: &Name) -> String {
        const TOLD: usize = 20;
        let mut text = String::new();
        let first = self.number(name.sentence);
        let also: Vec<String> = name
            .paragraphs
            .iter()
            .map(|paragraph| self.paragraph(*paragraph))
            .filter(|number| *number != first)
            .map(|number| format!("¶{number}"))
            .collect();
        if !also.is_empty() {
            let rest = if also.len() > TOLD { " …" } else { "" };
            text.push_str(&comment(&format!("also in {}{rest}", also[..also.len().min(TOLD)].join(", "))));
        }
        if let Some(doubt) = name.doubt {
            text.push_str(&comment(&format!("in doubt: {doubt}")));
        }
        text
    }
}

fn kind(is: Is) -> Option<Kind> {
    match is {
        Is::Person => Some(Kind::Person),
        Is::Group => Some(Kind::Group),
        Is::Place => Some(Kind::Place),
        Is::Unsure => None,
    }
}

/// The date of a sentence, where it has one and no other.
fn plain(found: &[dates::Found]) -> Option<&str> {
    match found {
        [date] => date.edtf.as_deref(),
        _ => None,
    }
}

/// Which words of the text a date stands for that is not told by its numbers, such as a season.
fn meant(found: &[dates::Found]) -> String {
    let signs = found.iter().filter_map(|date| Some((date.edtf.as_deref()?, &date.words)));
    let signs = signs.filter(|(edtf, _)| !is_told_by_numbers(edtf));
    signs.map(|(edtf, words)| comment(&format!("{edtf} is \"{words}\""))).collect()
}

/// Whether a date is a day, a month or a year, which its numbers tell.
fn is_told_by_numbers(edtf: &str) -> bool {
    let mut parts = edtf.split('-');
    let is_year = parts.next().is_some_and(|year| year.len() == 4);
    is_year && parts.next().is_none_or(|month| month.parse().is_ok_and(|month: u8| (1..=12).contains(&month)))
}

fn unread(date: &dates::Found) -> String {
    match &date.edtf {
        Some(edtf) => comment(&format!("\"{}\" is {edtf}, beside another date", date.words)),
        None => comment(&format!("\"{}\": {}", date.words, date.why)),
    }
}

/// Adds a part with its own head, where it holds anything.
fn add(text: &mut String, head: &str, part: &str) {
    if !part.is_empty() {
        text.push_str(&format!("{}# {head}\n{part}", if text.is_empty() { "" } else { "\n" }));
    }
}

/// A text under a line that says what it holds; nothing where it is empty.
fn headed(head: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("# {head}\n{text}") }
}

/// A line of comment. What is quoted there has neither ends of lines nor controls any more.
pub fn comment(text: &str) -> String {
    format!("# {text}\n")
}

/// A field that a person may write, with what is to be said of it: TOML as soon as it is no comment any more.
pub fn field(name: &str, value: &str, why: &str) -> String {
    format!("{name} = {}   # {why}", quoted(value))
}

/// A text of at most so many characters, cut between words where there are any.
pub fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let cut = text[..end].rsplit_once(' ').map_or(&text[..end], |(words, _)| words);
    format!("{}…", cut.trim_end())
}

pub fn quoted(text: &str) -> String {
    layout::text(&json!(text))
}
