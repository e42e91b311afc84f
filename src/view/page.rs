//! Every value that a template can see. One `Page` is one output file: its address, the template
//! that renders it, and a `View`. A page depends on nothing but this value, so its hash tells
//! whether a rendered page may be reused.
//!
//! Addresses (`href`, `src`) are relative to the site's root: a template writes `{{ root }}` before
//! them, unless they start with `https://` or `http://`. Strings whose name ends in `html` are finished HTML for that very page (their links are
//! already relative to it); everything else is plain text and is escaped by the template engine.

use serde::Serialize;

/// One output file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Page {
    /// Address from the site's root, such as `people/ada-berg.html`.
    pub path: String,
    /// Way back to the root: `""`, `"../"`, `"../../"`.
    pub root: String,
    /// Title for `<title>` and headings, plain text.
    pub title: String,
    /// One plain sentence for `<meta name="description">`, when there is one.
    pub description: Option<String>,
    /// Which entry of the main navigation is the current one: its address, such as `people.html`.
    pub section: Option<String>,
    /// The way here, without the page itself: the home page first.
    pub trail: Vec<Link>,
    /// The template that shows the page; it sees the view beside it, as `view`.
    #[serde(skip)]
    pub template: &'static str,
    #[serde(skip)]
    pub view: View,
}

/// What the page is about; `view` in the templates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum View {
    Home(Box<Home>),
    Article(Box<Article>),
    Person(Box<Person>),
    Group(Box<Group>),
    Occasion(Box<Occasion>),
    Place(Box<Place>),
    Source(Box<Source>),
    People(People),
    Cards(Cards),
    Rows(Rows),
    Articles(Articles),
    Places(Places),
    Sources(Sources),
    Relations(Relations),
    Timeline(Timeline),
    Corrections(Corrections),
    About(Box<About>),
    Redirect(Redirect),
}

/// The same on every page; `site` in the templates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Site {
    pub title: String,
    pub description: Option<String>,
    /// BCP 47 tag and its direction, `ltr` or `rtl`.
    pub lang: String,
    pub dir: &'static str,
    pub authors: Vec<String>,
    pub licence: Option<String>,
    /// A sentence shown at the foot of every page, as the author wrote it, without markup.
    pub notice: Option<String>,
    /// Main navigation; sections with no content are not in it.
    pub nav: Vec<Link>,
    /// The same and more, for the foot of the page.
    pub footer_nav: Vec<Link>,
    /// The latest date on which a record, article or correction says it changed.
    pub updated: Option<String>,
    /// The day as of which the dossier is shown, when it is not today's.
    pub as_of: Option<String>,
    /// Address of the feed of corrections, when there are any.
    pub corrections_feed: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    pub text: String,
    pub href: String,
}

/// A piece of a sentence: plain text, or a link, possibly in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Part {
    pub text: String,
    pub href: Option<String>,
    pub lang: Option<String>,
    /// `ltr` or `rtl`, when the text has a language of its own.
    pub dir: Option<&'static str>,
}

/// A sentence made of parts, shown one after the other without separators.
pub type Rich = Vec<Part>;

/// A name in its language. `lang` is absent for a name in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Name {
    pub text: String,
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
}

/// A date in the words of the page's language, never more precise than its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct When {
    /// `14 June 2022`, `March 2022`, `before February 2023`, `date not reported`.
    pub text: String,
    /// What is missing: `Day not reported`.
    pub note: Option<String>,
    /// For `<time datetime>`: only when the date is one plain day, month or year.
    pub datetime: Option<String>,
    /// As the author wrote it, EDTF (ISO 8601-2).
    pub edtf: Option<String>,
    /// The date in another calendar, as the source gives it.
    pub original: Option<OriginalDate>,
}

/// A date drawn as wide as it is known, 84 pixels wide and 10 high.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Strip {
    /// Into how many cells it is divided: 12 months, 24 months, or 0 for none.
    pub cells: usize,
    pub marks: Vec<Drawn>,
}

/// The same over the width of a page, with the names of its years and months; lengths are percentages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Band {
    pub years: Vec<BandLabel>,
    pub months: Vec<BandLabel>,
    pub marks: Vec<Drawn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct BandLabel {
    pub x: String,
    /// The middle of the cell, and its width.
    pub middle: String,
    pub width: String,
    pub text: String,
}

/// A rectangle of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Drawn {
    /// `tick`, `solid`, `hatched`, `thin`, `stop`, `fading`.
    pub look: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
    pub opacity: Option<String>,
}

/// A date in another calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OriginalDate {
    /// `24 Khordad 1402 AP (Persian calendar)`
    pub text: String,
    /// In the words of the source.
    pub given: Option<Name>,
}

/// A mark in the text that leads to an entry of the page's source list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Mark {
    /// Number of the entry: the link goes to `#src-{n}`.
    pub n: usize,
    /// Anchor of this mark, for the way back: `cite-3-1`.
    pub id: String,
}

/// An entry of the page's source list, anchored as `src-{n}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Note {
    pub n: usize,
    /// The source in the style of the dossier, its title linked, with the place in it and the chain behind
    /// it.
    pub html: String,
    /// `Newspaper article`.
    pub kind: Option<String>,
    /// Address of the original, where the style does not write it out, and of an archived copy.
    pub url: Option<String>,
    pub archived: Option<String>,
    /// Address of a copy held with the dossier.
    pub copy: Option<String>,
    /// Anchors of the marks that lead here.
    pub back: Vec<String>,
}

/// Who reports, confirms or denies: always a word, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Status {
    /// `reported`, `confirmed`, `disputed`, `denied`, `retracted`, `inferred`.
    pub key: &'static str,
    pub word: String,
    /// `by the Foreign Ministry of Selvara`; empty when the attribution beside it says it.
    pub by: Rich,
}

/// "According to A, citing B."
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Attribution {
    /// One sentence for each chain of citations.
    pub sentences: Vec<Rich>,
    /// Number of independent origins: the distinct last hops of the chains.
    pub origins: usize,
    /// `One origin`, `2 independent origins`; empty when nothing is cited.
    pub origins_text: String,
}

/// A meeting or event in a list: when, what, on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// Anchor within a list: `r-tehran-2023-06`.
    pub id: String,
    /// Class of its mark: `meeting`, `call`, `visit`, `statement`, `event`.
    pub mark: &'static str,
    /// `Meeting`, `Phone call`, or the type that the author gave an event.
    pub kind: String,
    pub title: Rich,
    pub href: String,
    pub when: When,
    pub strip: Option<Strip>,
    pub place: Rich,
    /// Who is named, in the author's order.
    pub people: Rich,
    pub attribution: Attribution,
    pub status: Status,
    pub corrected: Vec<Corrected>,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PersonCard {
    pub name: Name,
    pub href: String,
    pub initials: String,
    /// Outline of the mark: `circle` and `square` for the first two sides, `dashed` for all others.
    pub outline: &'static str,
    pub role: Option<String>,
    /// The name in its own script, when that differs.
    pub native: Option<Name>,
    /// In how many meetings and events the person is named.
    pub records: usize,
    pub records_text: String,
}

/// A group in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct GroupCard {
    pub name: Name,
    pub short: Option<String>,
    pub href: String,
    /// `Armed group`.
    pub kind: String,
    pub native: Option<Name>,
    pub members_text: Option<String>,
}

/// People of one side, under its title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Side {
    pub title: String,
    pub people: Vec<PersonCard>,
}

/// A labelled fact of the side column: each value is one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Fact {
    pub label: String,
    /// The field it shows, for the mark of a correction.
    pub field: Option<&'static str>,
    pub values: Vec<Rich>,
}

/// A figure at the head of a profile: `3`, `reported in person`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Tally {
    pub figure: String,
    pub label: String,
}

/// A piece of prose or a live view within it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Block {
    Html {
        html: String,
    },
    /// `::timeline{..}`, `::meetings{..}`, `::events{..}`
    Rows {
        rows: Vec<Row>,
        count_text: String,
    },
    /// `::people{..}`
    People {
        people: Vec<PersonCard>,
        count_text: String,
    },
    /// `::groups{..}`
    Groups {
        groups: Vec<GroupCard>,
        count_text: String,
    },
    /// `::sources{..}`, `::places{..}`
    Links {
        links: Vec<Link>,
        count_text: String,
    },
    /// `::relations{..}`
    Relations {
        relations: Vec<Relation>,
        count_text: String,
    },
    /// `::network{..}`: pairs of people named in the same records, most shared records first.
    Network {
        pairs: Vec<Pair>,
        count_text: String,
    },
    /// `::matrix{..}`: lower triangle; `cells[i]` has `i` entries, empty where nothing is shared.
    Matrix {
        heads: Vec<Link>,
        rows: Vec<MatrixRow>,
    },
}

/// A row of the matrix of shared records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixRow {
    pub head: Link,
    /// Number of shared records with each person above; 0 where there are none.
    pub cells: Vec<usize>,
}

/// Two people and the records that name both.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Pair {
    pub a: Link,
    pub b: Link,
    pub count: usize,
    pub records: Vec<Link>,
}

/// A checked figure of the page, anchored as `fig-{n}`, with the records it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Figure {
    pub n: usize,
    /// The author's words, plain text.
    pub words: String,
    /// What was counted, as the author wrote the query.
    pub query: String,
    /// `4`, or `3 to 5` where uncertain dates or possible doubles make it a range.
    pub count: String,
    /// Why it is a range, when it is.
    pub note: Option<String>,
    pub records: Vec<Link>,
}

/// What every page about a record, and every article, has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Common {
    pub body: Vec<Block>,
    /// Editor's note to readers, finished HTML.
    pub note_html: Option<String>,
    pub tags: Vec<String>,
    /// Marked as a draft: only with `--drafts`.
    pub draft: bool,
    pub updated: Option<String>,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
    /// Pages that link here, grouped by kind.
    pub linked_from: Vec<LinkGroup>,
    /// What was corrected on this record, newest first.
    pub corrections: Vec<Correction>,
    /// The same as marks beside the fields.
    pub corrected: Vec<Corrected>,
    /// Links to other websites, as given by the record.
    pub links: Vec<WebLink>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LinkGroup {
    pub title: String,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct WebLink {
    pub text: String,
    pub url: String,
}

/// A portrait with all that must be shown beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Picture {
    pub src: String,
    pub alt: String,
    pub credit: String,
    pub licence: String,
}

/// A spelling of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Spelling {
    pub name: Name,
    /// `Persian`, `Transliteration`, `Also written`, `Former name`.
    pub label: String,
    pub note: Option<String>,
    pub marks: Vec<Mark>,
}

/// An office held.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Role {
    pub role: String,
    pub group: Rich,
    pub person: Rich,
    pub place: Rich,
    /// `since August 2021`, `2019 to 2021`, or nothing when no date is reported.
    pub term: Option<String>,
    pub marks: Vec<Mark>,
}

/// A lasting tie that is no role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Relation {
    /// Anchor in the list of relations: `r-{key}`.
    pub id: String,
    pub from: Rich,
    pub to: Rich,
    /// `funds`, in the words of the language.
    pub kind: String,
    pub title: Option<String>,
    pub term: Option<String>,
    pub attribution: Attribution,
    pub status: Status,
    /// In full only in the list of relations; empty on profiles, which lead there.
    pub marks: Vec<Mark>,
    pub note_html: Option<String>,
    pub body: Vec<Block>,
    pub stances: Vec<Stance>,
    pub corrected: Vec<Corrected>,
}

/// What one party or source says of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Stance {
    pub party: Rich,
    /// `reported`, `confirmed`, `denied`, `retracted`, `no-comment`, `no-response`.
    pub key: &'static str,
    pub word: String,
    /// A source behind another: `as cited by The Herald`, and whether the authors have read it.
    pub through: Rich,
    /// The words of a party.
    pub words: Option<String>,
    /// What it said, in other words.
    pub summary: Option<String>,
    /// The words of a source, at the places that are cited.
    pub quotes: Vec<Quoted>,
    /// When and how they were asked, of those from whom no response was found.
    pub asked: Option<String>,
    pub date: Option<String>,
    pub marks: Vec<Mark>,
    /// The record it is about; only on the page of the party.
    pub on: Rich,
    /// Whose it is, to put it where it belongs.
    #[serde(skip)]
    pub id: Option<crate::model::dossier::Id>,
}

impl Stance {
    /// A position without further words.
    pub fn of(party: Rich, key: &'static str, word: &str) -> Stance {
        Stance {
            party,
            key,
            word: word.to_owned(),
            through: Rich::new(),
            words: None,
            summary: None,
            quotes: Vec::new(),
            asked: None,
            date: None,
            marks: Vec::new(),
            on: Rich::new(),
            id: None,
        }
    }
}

/// A passage of a source, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Quoted {
    pub text: String,
    /// Its language, when it is not that of the page.
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
    pub translation: Option<String>,
    /// Where it stands: `¶4`.
    pub locator: String,
    /// The place on the page of its source.
    pub href: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Correction {
    /// Anchor in the log: `r-{key}`.
    pub id: String,
    /// Anchor on the page of the record: `corr-{key}`.
    pub anchor: String,
    pub date: String,
    /// The record, linked.
    pub on: Rich,
    /// The field that was corrected, in the words of the language or as its key.
    pub field: Option<String>,
    /// What it said before; absent when it said nothing.
    pub was: Option<String>,
    pub why: String,
    pub marks: Vec<Mark>,
    /// In full only in the log.
    pub note_html: Option<String>,
    pub body: Vec<Block>,
}

/// The mark of a field that was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Corrected {
    /// The name of the field, as authors write it.
    pub field: String,
    pub date: String,
    /// What it said before; absent when it said nothing.
    pub was: Option<String>,
    /// Anchor of the correction on the page of the record.
    pub anchor: String,
    /// Where the correction is explained, from another page.
    pub href: Option<String>,
}

/// "Where this comes from": one chain of sources, origin first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Chain {
    pub steps: Vec<Step>,
}

/// A step of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Step {
    /// `Research report`, `Newspaper article`, `This dossier`.
    pub kind: String,
    pub text: Rich,
    /// The authors have not read it: known only through the next step.
    pub unseen: bool,
    /// The last step: this record, or this dossier.
    pub own: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Home {
    /// The dossier's summary, finished inline HTML.
    pub summary_html: Option<String>,
    /// The chain that most records rest on; empty when nothing is cited.
    pub chains: Vec<Chain>,
    /// All meetings and events, oldest first.
    pub rows: Vec<Row>,
    pub statuses: Vec<StatusCount>,
    pub articles: Vec<ArticleCard>,
    pub sides: Vec<Side>,
    pub people_count: usize,
    pub groups: Vec<GroupCard>,
    pub changes: Vec<Correction>,
    #[serde(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct StatusCount {
    pub key: &'static str,
    pub word: String,
    pub count: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ArticleCard {
    pub title: String,
    pub href: String,
    pub summary_html: Option<String>,
    /// `6 minutes to read`.
    pub minutes_text: String,
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
    /// `Named in 5 of the 12 records in this dossier.`
    pub named_text: String,
    pub portrait: Option<Picture>,
    pub tally: Vec<Tally>,
    pub roles: Vec<Role>,
    pub rows: Vec<Row>,
    pub co: Vec<CoPerson>,
    pub relations: Vec<Relation>,
    pub stances: Vec<Stance>,
    pub spellings: Vec<Spelling>,
    pub facts: Vec<Fact>,
    #[serde(flatten)]
    pub common: Common,
}

/// Somebody named in the same records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CoPerson {
    pub card: PersonCard,
    /// Marks of the shared records, oldest first.
    pub shared: Vec<SharedRecord>,
    pub shared_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SharedRecord {
    pub mark: &'static str,
    pub title: String,
    pub href: String,
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
    /// Members, each with the role and its dates.
    pub members: Vec<Role>,
    /// Parts of this group, and the groups it is part of (those are also among the facts).
    pub parts: Vec<GroupCard>,
    pub rows: Vec<Row>,
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
    pub card: Option<PersonCard>,
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
    pub row: Row,
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
    pub before: Option<Row>,
    pub after: Option<Row>,
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
    pub rows: Vec<Row>,
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

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct People {
    pub sides: Vec<Side>,
    pub count_text: String,
}

/// The list of groups, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Cards {
    pub sections: Vec<CardSection>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CardSection {
    pub title: String,
    pub groups: Vec<GroupCard>,
}

/// The list of meetings, or of events.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Rows {
    pub years: Vec<Year>,
    pub count_text: String,
}

/// Records of one year; the last heading may be "Undated".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Year {
    /// Anchor: `y-2023`, `y-undated`.
    pub id: String,
    pub title: String,
    pub rows: Vec<Row>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Articles {
    pub articles: Vec<ArticleCard>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Places {
    /// Places by the place they lie in, depth first.
    pub places: Vec<PlaceLine>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PlaceLine {
    pub name: Name,
    pub native: Option<Name>,
    pub href: String,
    /// 0 for a place that lies in no other.
    pub depth: usize,
    pub records_text: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Sources {
    pub sources: Vec<SourceLine>,
    pub count_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SourceLine {
    /// Its entry in the bibliography; the title is a link.
    pub html: String,
    pub kind: String,
    pub unseen: bool,
    pub resting_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Relations {
    pub relations: Vec<Relation>,
    pub count_text: String,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Timeline {
    pub lead: String,
    pub statuses: Vec<StatusCount>,
    pub years: Vec<Year>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Corrections {
    pub corrections: Vec<Correction>,
    pub figures: Vec<Figure>,
    pub notes: Vec<Note>,
}

/// The method: how to read records, dates and statuses, and the author's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct About {
    pub summary_html: Option<String>,
    pub statuses: Vec<StatusCount>,
    /// How many corrections there are in all.
    pub corrections_count: usize,
    #[serde(flatten)]
    pub common: Common,
}

/// An old address that leads to the new one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Redirect {
    /// From the root.
    pub to: String,
    pub title: String,
}
