//! A record -> what refers to it, each with its place in the files.

use crate::link::refs::{ANY, GROUP, Mention, PERSON, PLACE, Part, SOURCE, Said, of_query};
use crate::link::routes;
use crate::model::body::Piece;
use crate::model::citation::Hop;
use crate::model::dossier::{Dossier, Id};
use crate::model::{Kind, Ref};
use crate::source::Span;

/// One reference to a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Backlink {
    /// The record or article that refers to it; nothing for the settings.
    pub by: Option<Id>,
    /// As what, in a few words; [`WAYS`] has them all in order.
    pub way: &'static str,
    pub span: Span,
    /// The place in the source, of a citation.
    pub locator: Option<String>,
}

/// As what a record can be referred to.
pub const WAYS: [&str; 18] = [
    "participant",
    "participant for it",
    "participant in whose place another came",
    "participant from there",
    "place of",
    "role in it",
    "role there",
    "part of it",
    "lies in it",
    "end of a relation",
    "position of it",
    "maybe the same as",
    "source by it",
    "correction of it",
    "citation",
    "text",
    "query",
    "side",
];

/// Everything that refers to a record, by way and then in the order of records.
pub fn links(dossier: &Dossier, id: Id) -> Vec<Backlink> {
    let mut found = Vec::new();
    for by in dossier.all().filter(|by| *by != id) {
        let said = Said::of(dossier, by);
        let mut add = |way, span, locator: Option<&str>| {
            found.push(Backlink { by: Some(by), way, span, locator: locator.map(str::to_owned) });
        };
        for mention in &said.fields {
            if dossier.get(mention.reference, mention.kinds) == Some(id) {
                add(way(by.kind, mention), mention.reference.span, None);
            }
        }
        for (citation, _) in said.citations() {
            for hop in &citation.hops {
                if let Hop::Source { source, locator } = hop
                    && dossier.get(source, SOURCE) == Some(id)
                {
                    add("citation", citation.span, locator.as_deref());
                }
            }
        }
        for piece in said.bodies.iter().flat_map(|body| &body.pieces) {
            in_text(dossier, piece, id, &mut |way, span| add(way, span, None));
        }
    }
    let sides = dossier.config.sides.iter().flat_map(|side| &side.groups);
    let own = sides.filter(|group: &&Ref| dossier.get(group, GROUP) == Some(id));
    found.extend(own.map(|group| Backlink { by: None, way: "side", span: group.span, locator: None }));
    found.sort_by_key(|link| WAYS.iter().position(|way| *way == link.way));
    found.dedup();
    found
}

fn in_text(dossier: &Dossier, piece: &Piece, id: Id, add: &mut dyn FnMut(&'static str, Span)) {
    let query = match piece {
        Piece::Wikilink { target, .. } => {
            if dossier.get(target, ANY) == Some(id) {
                add("text", target.span);
            }
            return;
        }
        Piece::File { path, span, .. } => {
            if routes::record(dossier, path) == Some(id) {
                add("text", *span);
            }
            return;
        }
        Piece::Figure(figure) => &figure.query,
        Piece::Embed { query, .. } => query,
        _ => return,
    };
    for mention in of_query(query) {
        if dossier.get(mention.reference, mention.kinds) == Some(id) {
            add("query", mention.reference.span);
        }
    }
}

fn way(by: Kind, mention: &Mention) -> &'static str {
    match (mention.part, by) {
        (Part::Participant, _) if mention.kinds == GROUP => "participant for it",
        (Part::Participant, _) if mention.kinds == PERSON => "participant in whose place another came",
        (Part::Participant, _) if mention.kinds == PLACE => "participant from there",
        (Part::Participant, _) => "participant",
        (Part::Role, _) if mention.kinds == PLACE => "role there",
        (Part::Role, _) => "role in it",
        (Part::PartOf, _) => "part of it",
        (Part::Stance, _) => "position of it",
        (Part::Prose, _) => "text",
        (Part::Whole | Part::Spelling, Kind::Meeting | Kind::Event) if mention.kinds == PLACE => "place of",
        (Part::Whole | Part::Spelling, Kind::Relation) if mention.kinds == crate::link::refs::PARTY => {
            "end of a relation"
        }
        (Part::Whole | Part::Spelling, Kind::Place) => "lies in it",
        (Part::Whole | Part::Spelling, Kind::Source) => "source by it",
        (Part::Whole | Part::Spelling, Kind::Correction) => "correction of it",
        (Part::Whole | Part::Spelling, _) => "maybe the same as",
    }
}
