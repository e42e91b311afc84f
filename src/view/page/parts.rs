//! What several pages about records have: prose, facts, roles, positions, corrections, chains.

use serde::Serialize;

use super::{
    Attribution, GroupCard, LeftOut, Link, Mark, Matrix, Name, Network, Note, Pair, PersonCard, Rich, Row,
    Shared, Status,
};

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
        rows: Vec<Shared<Row>>,
        count_text: String,
    },
    /// `::people{..}`
    People {
        people: Vec<Shared<PersonCard>>,
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
    /// `::network{..}`: people named in the same records, drawn when there are more than two, and as pairs.
    Network {
        network: Option<Box<Network>>,
        pairs: Vec<Pair>,
        count_text: String,
    },
    /// `::matrix{..}`
    Matrix(Matrix),
    /// What the view before it leaves out.
    LeftOut(LeftOut),
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
    /// Withheld: only in a preview for its authors.
    pub withheld: bool,
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
    /// Address of the narrowest file.
    pub src: String,
    /// Its size in CSS pixels.
    pub width: u32,
    pub height: u32,
    /// All files, by width in pixels, narrowest first; a drawing is one.
    pub files: Vec<PictureFile>,
    pub alt: String,
    pub credit: String,
    pub licence: String,
}

/// A picture at one width.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PictureFile {
    pub src: String,
    pub width: u32,
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
