//! What the page of an article or of one record shows.

use serde::Serialize;

use super::{
    ArticleCard, Attribution, Band, Chain, Chart, CoPerson, Common, Correction, Divided, Fact, GroupCard,
    LeftOut, Link, Mark, Name, Network, Note, Period, PersonCard, Picture, Records, Relation, Rich, Role,
    Row, Shared, SharedRecord, Side, Spelling, Stance, Status, StatusCount, Tally,
};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Home {
    /// The dossier's summary, finished inline HTML.
    pub summary_html: Option<String>,
    /// The chain that most records rest on; empty when nothing is cited.
    pub chains: Vec<Chain>,
    /// All meetings and events over time; of many, their years.
    pub chart: Option<Chart>,
    pub index: Vec<Period>,
    pub statuses: Vec<StatusCount>,
    pub articles: Vec<ArticleCard>,
    /// Of many, some of each side and some groups.
    pub sides: Vec<Side>,
    pub people_count: usize,
    pub groups: Vec<GroupCard>,
    pub groups_count: usize,
    pub changes: Vec<Correction>,
    #[serde(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Article {
    pub summary_html: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub minutes_text: String,
    pub marks: Vec<Mark>,
    #[serde(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Person {
    pub name: Name,
    pub native: Option<Name>,
    /// The side of the person, when the dossier has sides.
    pub side: Option<String>,
    pub initials: String,
    pub outline: &'static str,
    /// What the record itself is cited for.
    pub marks: Vec<Mark>,
    /// On whose word it is.
    pub attribution: Option<Attribution>,
    pub summary_html: Option<String>,
    /// `Foreign minister, Selvara`: said where there is no summary.
    pub office: Option<String>,
    /// `Named in 5 of the 12 records in this dossier.`
    pub named_text: String,
    pub portrait: Option<Picture>,
    pub tally: Vec<Tally>,
    pub roles: Vec<Role>,
    #[serde(flatten)]
    pub records: Records,
    pub co: Vec<CoPerson>,
    pub co_count: usize,
    pub crowds: Option<LeftOut>,
    /// The network around the person.
    pub network: Option<Network>,
    pub relations: Vec<Relation>,
    pub stances: Vec<Stance>,
    pub spellings: Vec<Spelling>,
    pub facts: Vec<Fact>,
    #[serde(flatten)]
    pub common: Common,
}

/// A member of a group, with their offices in it and in its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Member {
    /// Without an office.
    pub card: Shared<PersonCard>,
    pub roles: Vec<Role>,
}

/// People by records, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Attendance {
    pub records: Vec<Shared<SharedRecord>>,
    pub rows: Vec<AttendanceRow>,
    /// That these are only the latest records.
    pub left_out: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AttendanceRow {
    pub head: Link,
    /// For each record whether it names the person.
    pub cells: Vec<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Group {
    pub name: Name,
    pub native: Option<Name>,
    pub short: Option<String>,
    /// `Armed group`.
    pub kind: String,
    pub marks: Vec<Mark>,
    /// On whose word it is.
    pub attribution: Option<Attribution>,
    pub summary_html: Option<String>,
    pub named_text: String,
    pub tally: Vec<Tally>,
    /// The first of them, when they are many.
    pub members: Vec<Member>,
    pub members_count: usize,
    /// The way to the others.
    pub divided: Divided,
    /// Which of them are named in which records.
    pub attendance: Option<Attendance>,
    /// Parts of this group, and the groups it is part of (those are also among the facts).
    pub parts: Vec<GroupCard>,
    #[serde(flatten)]
    pub records: Records,
    /// Sources this group published.
    pub published: Vec<Link>,
    pub relations: Vec<Relation>,
    pub stances: Vec<Stance>,
    pub spellings: Vec<Spelling>,
    pub facts: Vec<Fact>,
    #[serde(flatten)]
    pub common: Common,
}

/// A participant of a meeting, or somebody an event names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Participant {
    /// The person, when one is named.
    pub card: Option<Shared<PersonCard>>,
    /// The name of the group, or the description of the unnamed.
    pub text: Rich,
    /// `head of delegation`.
    pub capacity: Option<String>,
    /// `for Hamas`, `standing in for ..`, `from ..`, `written "Abdollahian" in the source`.
    pub details: Vec<Rich>,
    pub marks: Vec<Mark>,
}

/// Participants who took part for the same group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Party {
    pub title: Rich,
    pub participants: Vec<Participant>,
}

/// A meeting or an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Occasion {
    /// The record as a list would show it.
    pub row: Shared<Row>,
    pub band: Option<Band>,
    /// When it was reported to have happened, a different fact from its date.
    pub reported: Option<String>,
    pub marks: Vec<Mark>,
    pub summary_html: Option<String>,
    pub chains: Vec<Chain>,
    pub stances: Vec<Stance>,
    pub parties: Vec<Party>,
    pub people_count: usize,
    /// Records that may describe the same occasion.
    pub maybe_same: Vec<Link>,
    pub before: Option<Shared<Row>>,
    pub after: Option<Shared<Row>>,
    pub facts: Vec<Fact>,
    #[serde(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    pub name: Name,
    pub native: Option<Name>,
    pub marks: Vec<Mark>,
    /// On whose word it is.
    pub attribution: Option<Attribution>,
    pub spellings: Vec<Spelling>,
    pub facts: Vec<Fact>,
    pub parts: Vec<Link>,
    #[serde(flatten)]
    pub records: Records,
    #[serde(flatten)]
    pub common: Common,
}

/// Something that rests on a source, at a locator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Resting {
    /// `¶ 17`; empty when no locator is given.
    pub locator: String,
    /// Anchor of the locator, the first time it appears: `p-17`.
    pub anchor: Option<String>,
    pub mark: Option<&'static str>,
    pub record: Link,
    /// `role`, `spelling`: which part of the record, when not the whole.
    pub part: Option<String>,
    pub when: Option<String>,
    pub status: Option<Status>,
    /// The chain behind it: `citing the report`.
    pub via: Rich,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    /// `Newspaper article`.
    pub kind: String,
    pub lead: Rich,
    /// Known only through other sources: every citation of it is behind another.
    pub unseen: bool,
    pub facts: Vec<Fact>,
    /// How to cite it: its entry in the bibliography.
    pub entry_html: String,
    pub quotes: Vec<Quotation>,
    /// The way to the rest of what rests on it, when that is much.
    pub divided: Divided,
    pub resting: Vec<Resting>,
    pub resting_text: String,
    /// What rests on it through another source that cites it.
    pub behind: Vec<Resting>,
    /// Sources that cite this one in a chain.
    pub cited_by: Vec<Link>,
    pub copy: Option<HeldCopy>,
    #[serde(flatten)]
    pub common: Common,
}

/// Further members of a group of very many.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Members {
    pub members: Vec<Member>,
    /// How many there are in all.
    pub members_count: usize,
    pub divided: Divided,
    pub notes: Vec<Note>,
}

/// A passage of a source, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Quotation {
    pub locator: String,
    /// The id of the place, when it is first met here.
    pub anchor: Option<String>,
    pub text: String,
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
    pub translation: Option<String>,
}

/// A copy held with the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HeldCopy {
    pub href: String,
    pub sha256: String,
    pub got: Option<String>,
}
