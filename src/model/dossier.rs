//! All facts together: the records of every kind, found by their keys.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::article::Article;
use super::config::Config;
use super::correction::Correction;
use super::date::Day;
use super::event::Event;
use super::group::Group;
use super::meeting::{Meeting, Participant};
use super::name::Name;
use super::person::Person;
use super::place::Place;
use super::relation::Relation;
use super::source::{HeldCopy, Source};
use super::term::Term;
use super::{Asset, Common, Kind, Record, Ref, Standing, Withhold};
use crate::source::Span;

/// A record or article of one dossier: its kind, and its place in the table of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub kind: Kind,
    pub index: u32,
}

/// The records of one kind, ordered by key.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T> {
    records: Vec<Arc<Record<T>>>,
    index: Arc<HashMap<String, u32>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { records: Vec::new(), index: Arc::default() }
    }
}

impl<T> Table<T> {
    /// A table of records whose keys are distinct. What it has in common with the table `before` it shares.
    pub fn new(mut records: Vec<Arc<Record<T>>>, before: Option<&Table<T>>) -> Self {
        records.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let has_same_keys = |before: &&Table<T>| {
            let mut pairs = before.records.iter().zip(&records);
            before.len() == records.len()
                && pairs.all(|(one, other)| Arc::ptr_eq(one, other) || one.key == other.key)
        };
        let index = before.filter(has_same_keys).map(|before| Arc::clone(&before.index));
        let index = index.unwrap_or_else(|| {
            let keys = (0u32..).zip(&records).map(|(index, record)| (record.key.clone(), index));
            Arc::new(keys.collect())
        });
        Table { records, index }
    }

    pub fn find(&self, key: &str) -> Option<u32> {
        self.index.get(key).copied()
    }

    pub fn get(&self, index: u32) -> Option<&Record<T>> {
        self.records.get(index as usize).map(Arc::as_ref)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Record<T>> + Clone {
        self.records.iter().map(Arc::as_ref)
    }

    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether the record at a place is the very same in another table. Two that say the same may count as others.
    fn shares(&self, other: &Table<T>, index: u32) -> bool {
        let at = index as usize;
        self.records.get(at).zip(other.records.get(at)).is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// Whether its records have the same keys, and had the same, as those of another table.
    fn has_names_of(&self, other: &Table<T>) -> bool {
        let mut pairs = self.records.iter().zip(&other.records);
        self.len() == other.len()
            && pairs.all(|(one, other)| {
                Arc::ptr_eq(one, other) || one.key == other.key && one.common.has_names_of(&other.common)
            })
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// Why a record that somebody wrote is not in the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    Draft(Span),
    Withheld,
    /// It came in after the day that the dossier is built as of.
    Later,
    /// It cannot be read, and was reported.
    Faulty,
}

/// Why a record that is shown to its authors will not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    Draft,
    Withheld,
}

/// What a withheld word is: how it may be written otherwise follows from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// It is written in one way only.
    Key,
    /// The name of a person, of which the last word may stand in front.
    Person,
    /// Another name, a text, an address or the name of a file.
    Text,
}

/// A text in what is withheld that must not reach the output, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A name, or another text that tells however short it is.
    Word(String, Form),
    /// A number or name in a register, which other records may have too.
    Id(String),
    /// What it is called, which others may be called too.
    Title(String),
    /// A word for what somebody is or how something was done, which stands on many records.
    Label(String),
    /// The name of somebody who made it, or of somebody as a source spells it.
    Maker(String),
    /// An address, a number, a publisher or an origin, which other records may show too.
    Shared(String),
    /// What is said, without markup and citations. A link without words of the author's is `[[key]]`.
    Said(String),
    /// A file.
    File(Asset),
}

impl Told {
    /// What stands between a family name and the names before it: `Quill, Vera`.
    pub const COMMAS: [char; 2] = [',', '،'];

    /// Whether something is no name, but follows one: `Jr.`, `et al.`
    pub fn is_behind(text: &str) -> bool {
        const BEHIND: [&str; 14] = [
            "jr",
            "sr",
            "ii",
            "iii",
            "iv",
            "md",
            "phd",
            "mp",
            "et al",
            "al",
            "ed",
            "eds",
            "and others",
            "others",
        ];
        BEHIND.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str())
    }

    /// `Quill, Vera` as it is said: `Vera Quill`. What follows a name is left out: `Quill, Vera, Jr.`, `Quill, Jr., Vera`,
    /// `Quill, Vera (ed.)`, `Quill, Vera et al.`
    pub fn turned(name: &str) -> Option<String> {
        let mut parts = name.split(Told::COMMAS).map(str::trim);
        let last = parts.next()?;
        let is_name = |part: &&str| !part.is_empty() && !Told::is_behind(part);
        let first = parts.find(is_name)?;
        let ends = [" et al", " and ", " & ", ";", "("];
        let end = ends.iter().filter_map(|mark| first.find(mark)).min().unwrap_or(first.len());
        let first = first[..end].trim();
        (!first.is_empty() && !last.is_empty()).then(|| format!("{first} {last}"))
    }
}

/// A word that must not reach the output, and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    pub word: String,
    pub form: Form,
    /// The key of the record, to name it without its name.
    pub owner: String,
    pub span: Span,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dossier {
    pub config: Config,
    /// The day as of which the dossier is built, when it is not today's.
    pub as_of: Option<Day>,
    /// Whether drafts and withheld records are there to be shown to their authors, and will not be published.
    pub is_preview: bool,
    pub people: Table<Person>,
    pub groups: Table<Group>,
    pub meetings: Table<Meeting>,
    pub events: Table<Event>,
    pub places: Table<Place>,
    pub relations: Table<Relation>,
    pub sources: Table<Source>,
    pub terms: Table<Term>,
    pub corrections: Table<Correction>,
    /// Ordered by path.
    pub articles: Vec<Arc<Article>>,
    /// Paths of all files below `content/` that are neither records nor prose.
    pub files: BTreeSet<String>,
    /// Paths of all files below `static/`.
    pub statics: BTreeSet<String>,
    /// Drafts and withheld records, by kind and key.
    pub absent: BTreeMap<(Kind, String), Absent>,
    /// Kinds of which some records, or parts of them, could not be read, which was reported.
    pub unread: BTreeSet<Kind>,
    pub withheld: Vec<Withheld>,
    /// The last names of people who are withheld. They alone are not searched for, since others may have them.
    pub withheld_surnames: Vec<Withheld>,
    /// Copies of sources that are withheld, which are compared with their checksums all the same.
    pub withheld_copies: Vec<HeldCopy>,
    /// The files that what is withheld would show: their bytes are looked for, so they must be there.
    pub withheld_files: Vec<Asset>,
}

/// What a reference comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    Found(Id),
    /// Several kinds have a record with this key.
    Ambiguous(Vec<Id>),
    /// There is one, but of a kind that does not belong here.
    WrongKind(Id),
    /// A former key.
    Moved(Id),
    Absent(Kind, Absent),
    Unknown,
}

macro_rules! with_record {
    ($self:ident, $id:expr, $record:ident => $value:expr) => {
        match $id.kind {
            Kind::Person => $self.people.get($id.index).map(|$record| $value),
            Kind::Group => $self.groups.get($id.index).map(|$record| $value),
            Kind::Meeting => $self.meetings.get($id.index).map(|$record| $value),
            Kind::Event => $self.events.get($id.index).map(|$record| $value),
            Kind::Place => $self.places.get($id.index).map(|$record| $value),
            Kind::Relation => $self.relations.get($id.index).map(|$record| $value),
            Kind::Source => $self.sources.get($id.index).map(|$record| $value),
            Kind::Term => $self.terms.get($id.index).map(|$record| $value),
            Kind::Correction => $self.corrections.get($id.index).map(|$record| $value),
            Kind::Article => None,
        }
    };
}

impl Dossier {
    /// Adds words that are withheld, but for those that it has.
    pub fn withhold(&mut self, words: Vec<Withheld>) {
        let known: BTreeSet<(String, Form)> =
            self.withheld.iter().map(|word| (word.word.clone(), word.form)).collect();
        self.withheld
            .extend(words.into_iter().filter(|word| !known.contains(&(word.word.clone(), word.form))));
    }

    /// Whether every reference comes to the same here and in another dossier, and every [`Id`] names the same record.
    pub fn has_names_of(&self, other: &Dossier) -> bool {
        let mut articles = self.articles.iter().zip(&other.articles);
        self.people.has_names_of(&other.people)
            && self.groups.has_names_of(&other.groups)
            && self.meetings.has_names_of(&other.meetings)
            && self.events.has_names_of(&other.events)
            && self.places.has_names_of(&other.places)
            && self.relations.has_names_of(&other.relations)
            && self.sources.has_names_of(&other.sources)
            && self.terms.has_names_of(&other.terms)
            && self.corrections.has_names_of(&other.corrections)
            && self.articles.len() == other.articles.len()
            && articles.all(|(one, other)| one.path == other.path && one.common.has_names_of(&other.common))
            && self.absent == other.absent
            && self.unread == other.unread
            && self.files == other.files
            && self.statics == other.statics
    }

    /// Whether a record or article is the very same in another dossier that has [these names](Self::has_names_of).
    pub fn shares(&self, other: &Dossier, id: Id) -> bool {
        match id.kind {
            Kind::Person => self.people.shares(&other.people, id.index),
            Kind::Group => self.groups.shares(&other.groups, id.index),
            Kind::Meeting => self.meetings.shares(&other.meetings, id.index),
            Kind::Event => self.events.shares(&other.events, id.index),
            Kind::Place => self.places.shares(&other.places, id.index),
            Kind::Relation => self.relations.shares(&other.relations, id.index),
            Kind::Source => self.sources.shares(&other.sources, id.index),
            Kind::Term => self.terms.shares(&other.terms, id.index),
            Kind::Correction => self.corrections.shares(&other.corrections, id.index),
            Kind::Article => {
                let article = |dossier: &Dossier| dossier.articles.get(id.index as usize).map(Arc::as_ptr);
                article(self).is_some() && article(self) == article(other)
            }
        }
    }

    /// All records and articles of a kind, ordered by key or path.
    pub fn ids(&self, kind: Kind) -> impl ExactSizeIterator<Item = Id> + use<> {
        let len = match kind {
            Kind::Article => self.articles.len(),
            Kind::Person => self.people.len(),
            Kind::Group => self.groups.len(),
            Kind::Meeting => self.meetings.len(),
            Kind::Event => self.events.len(),
            Kind::Place => self.places.len(),
            Kind::Relation => self.relations.len(),
            Kind::Source => self.sources.len(),
            Kind::Term => self.terms.len(),
            Kind::Correction => self.corrections.len(),
        };
        // A dossier of four billion records would not fit into memory.
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        (0..len).map(move |index| Id { kind, index })
    }

    /// Every record and article.
    pub fn all(&self) -> impl Iterator<Item = Id> + '_ {
        std::iter::once(Kind::Article).chain(Kind::RECORDS).flat_map(|kind| self.ids(kind))
    }

    pub fn find(&self, kind: Kind, key: &str) -> Option<Id> {
        let index = match kind {
            Kind::Article => self
                .articles
                .binary_search_by(|article| article.path.as_str().cmp(key))
                .ok()
                .map(|index| index as u32),
            Kind::Person => self.people.find(key),
            Kind::Group => self.groups.find(key),
            Kind::Meeting => self.meetings.find(key),
            Kind::Event => self.events.find(key),
            Kind::Place => self.places.find(key),
            Kind::Relation => self.relations.find(key),
            Kind::Source => self.sources.find(key),
            Kind::Term => self.terms.find(key),
            Kind::Correction => self.corrections.find(key),
        };
        index.map(|index| Id { kind, index })
    }

    pub fn article(&self, id: Id) -> Option<&Article> {
        if id.kind == Kind::Article { self.articles.get(id.index as usize).map(Arc::as_ref) } else { None }
    }

    /// The key of a record, or the path of an article.
    pub fn key(&self, id: Id) -> &str {
        match self.article(id) {
            Some(article) => &article.path,
            None => with_record!(self, id, record => record.key.as_str()).unwrap_or(""),
        }
    }

    /// Where the key of a record, or the title of an article, is written.
    pub fn span(&self, id: Id) -> Option<Span> {
        match self.article(id) {
            Some(article) => Some(article.span),
            None => with_record!(self, id, record => record.span),
        }
    }

    pub fn common(&self, id: Id) -> Option<&Common> {
        match self.article(id) {
            Some(article) => Some(&article.common),
            None => with_record!(self, id, record => &record.common),
        }
    }

    /// Why a record or article of a preview will not be published, if so. A relation goes with either of its ends.
    pub fn hidden(&self, id: Id) -> Option<Hidden> {
        let common = self.common(id).filter(|_| self.is_preview)?;
        let relation = self.relations.get(id.index).filter(|_| id.kind == Kind::Relation);
        let ends = relation.into_iter().flat_map(|relation| [&relation.data.from, &relation.data.to]);
        let mut ends = ends.filter_map(|end| self.common(self.get(end, super::kinds::PARTY)?));
        match common.withhold == Withhold::Record || ends.any(|end| end.withhold == Withhold::Record) {
            true => Some(Hidden::Withheld),
            false => common.draft.then_some(Hidden::Draft),
        }
    }

    /// The name of a person, group, place or term.
    pub fn name(&self, id: Id) -> Option<&Name> {
        match id.kind {
            Kind::Person => self.people.get(id.index).map(|person| &person.data.name),
            Kind::Group => self.groups.get(id.index).map(|group| &group.data.name),
            Kind::Place => self.places.get(id.index).map(|place| &place.data.name),
            Kind::Term => self.terms.get(id.index).map(|term| &term.data.name),
            _ => None,
        }
    }

    /// Those a meeting or event names.
    pub fn participants(&self, id: Id) -> &[Participant] {
        match id.kind {
            Kind::Meeting => self.meetings.get(id.index).map_or(&[], |meeting| &meeting.data.participants),
            Kind::Event => self.events.get(id.index).map_or(&[], |event| &event.data.involved),
            _ => &[],
        }
    }

    /// The standing of a meeting, event or relation.
    pub fn standing(&self, id: Id) -> Option<&Standing> {
        match id.kind {
            Kind::Meeting => self.meetings.get(id.index).map(|record| &record.data.standing),
            Kind::Event => self.events.get(id.index).map(|record| &record.data.standing),
            Kind::Relation => self.relations.get(id.index).map(|record| &record.data.standing),
            _ => None,
        }
    }

    /// Looks a reference up among the kinds that may stand there. An address with a slash names its
    /// kind itself: `groups/hamas`, or the path of an article.
    pub fn resolve(&self, text: &str, allowed: &[Kind]) -> Resolution {
        let own;
        let (kinds, key) = match text.split_once('/') {
            Some((kind, key)) => {
                let kind = Kind::from_plural(kind).filter(|_| !key.contains('/'));
                own = [kind.unwrap_or(Kind::Article)];
                (own.as_slice(), if kind.is_some() { key } else { text })
            }
            None => (allowed, text),
        };
        let mut found = kinds.iter().filter_map(|kind| self.find(*kind, key));
        match (found.next(), found.next()) {
            (Some(id), None) if allowed.contains(&id.kind) => return Resolution::Found(id),
            (Some(id), None) => return Resolution::WrongKind(id),
            (Some(one), Some(other)) => {
                return Resolution::Ambiguous([one, other].into_iter().chain(found).collect());
            }
            (None, _) => {}
        }
        for kind in kinds {
            if let Some(absent) = self.absent.get(&(*kind, key.to_owned())) {
                return Resolution::Absent(*kind, *absent);
            }
        }
        let moved = kinds.iter().flat_map(|kind| self.ids(*kind)).find(|id| {
            self.common(*id).is_some_and(|common| common.moved_from.iter().any(|old| old.value == key))
        });
        if let Some(id) = moved {
            return Resolution::Moved(id);
        }
        let elsewhere = Kind::RECORDS.into_iter().find_map(|kind| self.find(kind, key));
        elsewhere.map_or(Resolution::Unknown, Resolution::WrongKind)
    }

    /// The record that a reference names, when it names one that may stand there.
    pub fn get(&self, reference: &Ref, allowed: &[Kind]) -> Option<Id> {
        self.named(&reference.text, allowed)
    }

    /// The same for the text of a reference.
    pub fn named(&self, text: &str, allowed: &[Kind]) -> Option<Id> {
        match self.resolve(text, allowed) {
            Resolution::Found(id) => Some(id),
            _ => None,
        }
    }
}
