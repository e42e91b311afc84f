//! What the rows of a table are: records of a kind, or parts of them.

use super::columns::{self, Target, folded};
use super::sheet::file_name;
use crate::diag::{Diagnostic, one_of};
use crate::import::Choices;
use crate::import::problems::UNREADABLE_IMPORT;
use crate::model::{Kind, fields};
use crate::source::{SourceFile, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Records(Kind),
    /// Those of `dossier export csv` that belong to records of other tables.
    Roles,
    Participants,
    Names,
    Citations,
}

const CITATION: [&str; 8] =
    ["record", "statement", "citation", "hop", "source", "locator", "unrecorded", "is_origin"];
const NAME: [&str; 5] = ["record", "kind", "text", "note", "cite"];

impl Shape {
    /// What the rows of a file are, by its name or what was chosen. Nothing where neither says it.
    pub fn of(file: &SourceFile, choices: &Choices) -> Option<Shape> {
        if let Some(kind) = choices.kind {
            return Some(Shape::Records(kind));
        }
        let name = file_name(file).to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let words: Vec<&str> =
            stem.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        // `People (2).csv` and `people_2023.csv` are clear, `people and groups.csv` is not.
        let [word] = words.as_slice() else { return None };
        match *word {
            "roles" => Some(Shape::Roles),
            "participants" => Some(Shape::Participants),
            "names" => Some(Shape::Names),
            "citations" => Some(Shape::Citations),
            word => kind_called(word).map(Shape::Records),
        }
    }

    /// A file whose name does not say what it holds.
    pub fn unknown(file: &SourceFile) -> Diagnostic {
        let message = format!("the name of {} does not say of which kind its rows are", file_name(file));
        let stem = file_name(file).to_lowercase();
        let mut named = stem.split(|c: char| !c.is_alphabetic()).filter_map(kind_called);
        let kinds = one_of(Kind::RECORDS.map(Kind::plural));
        let help = match (named.next(), named.next()) {
            (Some(kind), None) => format!("give `--kind {}`, or another: {kinds}", kind.plural()),
            _ => format!("give `--kind people`, or another: {kinds}"),
        };
        Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, 0..0), message).help(help)
    }

    /// What a column holds, by the path of a field.
    pub fn target(self, path: &str) -> Option<Target> {
        match self {
            Shape::Records(kind) => columns::target(kind, path),
            other => {
                let wanted = folded(path);
                other.cells().into_iter().find(|name| *name == wanted).map(Target::Cell)
            }
        }
    }

    /// The columns of a table that holds no records.
    pub fn cells(self) -> Vec<&'static str> {
        let part = |owner, table: &'static fields::Shape| {
            std::iter::once(owner).chain(table.fields().map(|field| field.name)).collect()
        };
        match self {
            Shape::Records(_) => Vec::new(),
            Shape::Roles => part("person", &fields::ROLE),
            Shape::Participants => part("record", &fields::PARTICIPANT),
            Shape::Names => NAME.to_vec(),
            Shape::Citations => CITATION.to_vec(),
        }
    }

    /// Whether a column holds a field.
    pub fn is(self, target: &Target, field: &str) -> bool {
        match target {
            Target::Key => field == "key",
            Target::Field(name, _) | Target::Cell(name) => *name == field,
            _ => false,
        }
    }

    /// The fields without which a row is nothing.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Shape::Records(Kind::Person | Kind::Group | Kind::Place) => &["name"],
            Shape::Records(Kind::Term) => &["name", "definition"],
            Shape::Records(Kind::Source | Kind::Event | Kind::Article) => &["title"],
            Shape::Records(Kind::Relation) => &["from", "to", "type"],
            Shape::Records(Kind::Correction) => &["date", "on", "why"],
            Shape::Records(Kind::Meeting) => &[],
            Shape::Roles => &["person", "role", "of"],
            Shape::Participants => &["record"],
            Shape::Names => &["record", "kind", "text"],
            Shape::Citations => &["record", "statement", "citation", "hop", "source", "unrecorded"],
        }
    }

    /// The rows in a word: `people`.
    pub fn records(self) -> &'static str {
        match self {
            Shape::Records(kind) => kind.plural(),
            Shape::Roles => "roles",
            Shape::Participants => "participants",
            Shape::Names => "names",
            Shape::Citations => "citations",
        }
    }

    /// Every path that a column can hold.
    pub fn paths(self) -> Vec<String> {
        match self {
            Shape::Records(kind) => columns::paths_of(kind),
            other => other.cells().into_iter().map(str::to_owned).collect(),
        }
    }
}

fn kind_called(word: &str) -> Option<Kind> {
    let known = |kind: &Kind| kind.plural() == word || kind.singular() == word;
    Kind::RECORDS.into_iter().find(known).or((word == "persons").then_some(Kind::Person))
}
