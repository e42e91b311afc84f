//! The runs of words that may be names -> people, groups and places, as far as what stands beside them tells.

mod kinds;
mod offices;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use indexmap::IndexMap;

use super::language::{Language, small_words};
use super::sentences::Sentence;
use super::spans::{self, Span};
use super::vocabulary::{PARTICLES, SUFFIXES};
use kinds::Evidence;

/// A name, and what is told of it.
#[derive(Debug)]
pub struct Name {
    pub text: String,
    pub is: Is,
    /// The acronym in brackets behind it.
    pub short: Option<String>,
    /// The sentence in which it stands first as it is written here.
    pub sentence: usize,
    /// All paragraphs that name it, by whatever name.
    pub paragraphs: BTreeSet<usize>,
    /// What stands right before or behind it: the words, and their sentence.
    pub titles: Vec<(String, usize)>,
    pub roles: Vec<Role>,
    /// Why it is what it is said to be, where that is weak.
    pub doubt: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Person,
    Group,
    Place,
    Unsure,
}

/// An office that the text gives to a person, in a group that it names beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub role: String,
    pub of: usize,
    pub sentence: usize,
}

/// A name where it stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub name: usize,
    pub words: Range<usize>,
    /// Where its titles begin, or it.
    pub from: usize,
    /// Whether it only says whose office, aide or building something is.
    pub is_aside: bool,
}

#[derive(Debug, Default)]
pub struct Names {
    pub all: Vec<Name>,
    /// The names in each sentence.
    pub uses: Vec<Vec<Use>>,
    /// Words that may be a name, and why they were not taken.
    pub unsure: Vec<(String, usize, String)>,
}

/// What was found of a name before it is known what it is.
#[derive(Debug, Default)]
struct Entry {
    evidence: Evidence,
    short: Option<String>,
    /// Sentences, and the spans in them.
    mentions: Vec<(usize, usize)>,
}

pub fn find(sentences: &[Sentence], language: &Language) -> Names {
    let small =
        small_words(sentences.iter().flat_map(|sentence| sentence.words.iter().map(|word| word.text)));
    let spans: Vec<Vec<Span>> =
        sentences.iter().map(|sentence| spans::cut(sentence, language, &small)).collect();
    let mut entries: IndexMap<String, Entry> = IndexMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        for (place, span) in spans[index].iter().enumerate() {
            let text = sentence.slice(span.words.clone());
            if text.chars().count() > LONGEST {
                continue;
            }
            let entry = entries.entry(text.to_owned()).or_default();
            entry.mentions.push((index, place));
            entry.evidence.add(sentence, span);
            if let Some(short) = acronym(sentence, span, text) {
                entry.short = entry.short.take().or(Some(short));
            }
        }
    }
    let mut names = Names { uses: sentences.iter().map(|_| Vec::new()).collect(), ..Names::default() };
    let resolver = Resolver::new(&entries, language);
    // Of each text: which name it stands for.
    let mut stands_for: HashMap<&str, usize> = HashMap::new();
    for (text, entry) in &entries {
        let (is, doubt) = resolver.is(text, entry);
        if resolver.whole(text, entry).is_none() && is != Is::Unsure {
            stands_for.insert(text, names.all.len());
            names.all.push(Name {
                text: text.clone(),
                is,
                short: entry.short.clone().filter(|_| is == Is::Group),
                sentence: entry.mentions.first().map_or(0, |(sentence, _)| *sentence),
                paragraphs: BTreeSet::new(),
                titles: Vec::new(),
                roles: Vec::new(),
                doubt,
            });
        }
    }
    for (text, entry) in &entries {
        let text = text.as_str();
        let name = match resolver.whole(text, entry) {
            Some([whole]) => stands_for.get(whole.as_str()),
            Some(wholes) => {
                let all = wholes.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
                names.leave(sentences, text, entry, &format!("may be {all}"));
                continue;
            }
            None => stands_for.get(text),
        };
        let Some(name) = name.copied() else {
            if let Some(why) = resolver.why_left(text, entry) {
                names.leave(sentences, text, entry, why);
            }
            continue;
        };
        for (sentence, span) in &entry.mentions {
            let span = &spans[*sentence][*span];
            names.all[name].paragraphs.insert(sentences[*sentence].paragraph);
            let is_aside = offices::is_aside(&sentences[*sentence], span);
            let (words, from) = (span.words.clone(), span.from());
            names.uses[*sentence].push(Use { name, words, from, is_aside });
        }
    }
    for uses in &mut names.uses {
        uses.sort_by_key(|found| found.words.start);
    }
    offices::add(&mut names, sentences, &spans);
    names
}

/// How many characters a name may have.
const LONGEST: usize = 100;

impl Names {
    /// Notes what is left to a person to decide, once.
    fn leave(&mut self, sentences: &[Sentence], text: &str, entry: &Entry, why: &str) {
        if let Some((sentence, _)) = entry.mentions.first() {
            self.unsure.push((text.to_owned(), sentences[*sentence].paragraph, why.to_owned()));
        }
    }
}

/// What the texts stand for: a last name for the only person who has it, an acronym for its group.
struct Resolver<'r> {
    language: &'r Language,
    /// People by their last name, and groups by their acronym.
    wholes: HashMap<&'r str, Vec<String>>,
    /// Last names that stand alone somewhere.
    alone: BTreeSet<&'r str>,
}

impl<'r> Resolver<'r> {
    fn new(entries: &'r IndexMap<String, Entry>, language: &'r Language) -> Resolver<'r> {
        let mut resolver = Resolver { language, wholes: HashMap::new(), alone: BTreeSet::new() };
        let is_single = |(text, entry): &(&String, &Entry)| !text.contains(' ') && !entry.evidence.is_in;
        resolver.alone = entries.iter().filter(is_single).map(|(text, _)| text.as_str()).collect();
        let is_person = |(text, entry): &(&'r String, &'r Entry)| resolver.is(text, entry).0 == Is::Person;
        let people: Vec<&'r String> = entries.iter().filter(is_person).map(|(text, _)| text).collect();
        // Of "Aled ap Rhys", "ap Rhys" is no other person.
        let short: BTreeSet<&str> = people.iter().flat_map(|text| tails(text)).collect();
        for text in people.iter().filter(|text| !short.contains(text.as_str())) {
            let last = bare(text).rsplit_once(' ').map(|(_, last)| last);
            for short in tails(text).chain(last) {
                resolver.wholes.entry(short).or_default().push((*text).clone());
            }
        }
        for (text, entry) in entries {
            if let Some(short) = &entry.short {
                resolver.wholes.entry(short.as_str()).or_default().push(text.clone());
            }
        }
        resolver
    }

    /// The names that a word, or several with a particle, may be short for.
    fn whole(&self, text: &str, entry: &Entry) -> Option<&[String]> {
        let is_place = entry.evidence.is_in && !entry.evidence.is_titled;
        // `Van Dijk` at the beginning of a sentence, for Jan van Dijk
        let (first, rest) = text.split_once(' ').unwrap_or(("", text));
        let small = format!("{} {rest}", first.to_lowercase());
        let is_particle = PARTICLES.contains(&first.to_lowercase().as_str());
        let text = if is_particle && self.wholes.contains_key(small.as_str()) { &small } else { text };
        let is_short = !text.contains(' ') || has_particle(text);
        let wholes = self.wholes.get(text).filter(|_| is_short && !is_place)?;
        Some(wholes.as_slice())
    }

    fn is(&self, text: &str, entry: &Entry) -> (Is, Option<&'static str>) {
        let is_alone = bare(text).rsplit_once(' ').is_some_and(|(_, last)| self.alone.contains(last));
        let has_short = entry.short.is_some();
        kinds::decide(text, &entry.evidence, has_short, is_alone, self.language)
    }

    /// What is to be said of a text that stands for no name; nothing of a word that only begins a sentence.
    fn why_left(&self, text: &str, entry: &Entry) -> Option<&'static str> {
        if !self.language.is_english() && !text.contains(' ') {
            return None;
        }
        if entry.evidence.is_dateline {
            return Some("perhaps the place in which this was written");
        }
        let is_capitals = text.chars().count() > 1 && text.chars().all(char::is_uppercase);
        match entry.evidence.only_first && !is_capitals {
            true => None,
            false if is_capitals => Some("an acronym, perhaps of a group"),
            false => Some("nothing beside it tells what it is"),
        }
    }
}

/// The ends of a name that have a particle: `van der Meer` and `der Meer`.
fn tails(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(' ').map(|(at, _)| &text[at + 1..]).filter(|tail| has_particle(tail))
}

fn has_particle(text: &str) -> bool {
    text.split(' ').any(|word| word.chars().all(char::is_lowercase))
}

/// A name without what stands behind a last name: `Ada Berg Jr`.
fn bare(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((name, last)) if SUFFIXES.contains(&last.to_lowercase().as_str()) => {
            bare(name.trim_end_matches(','))
        }
        _ => text,
    }
}

/// The acronym in brackets behind a name, when its letters are those that the name's words begin with.
fn acronym(sentence: &Sentence, span: &Span, text: &str) -> Option<String> {
    let word = sentence.words.get(span.words.end)?;
    let behind = sentence.gap_behind(span.words.end);
    let is_bracketed = word.gap == " (" && behind.starts_with(')');
    let is_aside = word.gap == ", " && behind.starts_with(',');
    let length = word.text.chars().count();
    let is_capitals = (2..=8).contains(&length) && word.text.chars().all(char::is_uppercase);
    let words = text.split([' ', '-']);
    let letters: String = words.filter_map(|word| word.chars().next()).collect();
    let capitals: String = letters.chars().filter(|c| c.is_uppercase()).collect();
    let fits = capitals == word.text || letters.to_uppercase() == word.text;
    (is_capitals && (is_bracketed && (fits || span.is_group) || is_aside && fits))
        .then(|| word.text.to_owned())
}
