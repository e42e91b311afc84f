//! Every place where a record is written or named.

use crate::edit::address;
use crate::link::Linked;
use crate::link::refs::{ANY, GROUP, SOURCE, Said, of_query};
use crate::link::routes;
use crate::model::body::Piece;
use crate::model::citation::Hop;
use crate::model::dossier::{Dossier, Id, Resolution};
use crate::model::{Kind, Ref};
use crate::source::{FileId, Sources, Span};

/// A place that names a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Without quotes.
    pub span: Span,
    /// The record, or those that it may be.
    pub ids: Vec<Id>,
    /// Whether the record itself is written here.
    pub is_head: bool,
}

/// Every place in a file, or in all files, that names a record or is one, in the order of the records.
pub fn occurrences(linked: &Linked, sources: &Sources, file: Option<FileId>) -> Vec<Occurrence> {
    let dossier = &linked.dossier;
    let mut found = Vec::new();
    let mut add = |span: Span, ids: Vec<Id>, is_head| {
        if file.is_none_or(|file| span.file == file) && !ids.is_empty() {
            found.push(Occurrence { span: unquoted(sources, span), ids, is_head });
        }
    };
    let side_groups = dossier.config.sides.iter().flat_map(|side| &side.groups);
    side_groups.for_each(|group| add(group.span, meant(dossier, group, GROUP), false));
    for id in dossier.all() {
        if let Some(span) = dossier.span(id) {
            add(span, vec![id], true);
        }
        let said = Said::of(dossier, id);
        for mention in &said.fields {
            add(mention.reference.span, meant(dossier, mention.reference, mention.kinds), false);
        }
        for (citation, _) in said.citations() {
            for hop in &citation.hops {
                if let Hop::Source { source, .. } = hop {
                    add(source.span, meant(dossier, source, SOURCE), false);
                }
            }
        }
        for piece in said.bodies.iter().flat_map(|body| &body.pieces) {
            match piece {
                Piece::Wikilink { target, .. } => add(target.span, meant(dossier, target, ANY), false),
                Piece::Figure(figure) => of_query(&figure.query).iter().for_each(|named| {
                    add(named.reference.span, meant(dossier, named.reference, named.kinds), false)
                }),
                Piece::Embed { query, .. } => of_query(query).iter().for_each(|named| {
                    add(named.reference.span, meant(dossier, named.reference, named.kinds), false)
                }),
                Piece::File { path, span, .. } => {
                    let ids: Vec<Id> = routes::record(dossier, path).into_iter().collect();
                    add(address::named(sources, *span, path), ids, false);
                }
                _ => {}
            }
        }
    }
    found
}

/// What an offset of a file names: the smallest place that holds it.
pub fn at(linked: &Linked, sources: &Sources, file: FileId, offset: usize) -> Option<Occurrence> {
    let holds = |span: Span| span.start as usize <= offset && offset <= span.end as usize;
    let found = occurrences(linked, sources, Some(file)).into_iter().filter(|found| holds(found.span));
    found.min_by_key(|found| (found.span.range().len(), found.is_head))
}

/// The records that a reference may mean, also where it is wrong to name them.
fn meant(dossier: &Dossier, reference: &Ref, kinds: &'static [Kind]) -> Vec<Id> {
    match dossier.resolve(&reference.text, kinds) {
        Resolution::Found(id) | Resolution::WrongKind(id) | Resolution::Moved(id) => vec![id],
        Resolution::Ambiguous(ids) => ids,
        Resolution::Absent(..) | Resolution::Unknown => Vec::new(),
    }
}

/// A place without the quotes around it.
pub fn unquoted(sources: &Sources, span: Span) -> Span {
    let text = sources.text(span.file);
    let Some(written) = text.get(span.range()) else { return span };
    for quotes in ["\"\"\"", "'''", "\"", "'"] {
        let inner = written.strip_prefix(quotes).and_then(|rest| rest.strip_suffix(quotes));
        if let Some(inner) = inner {
            return span.within(quotes.len()..quotes.len() + inner.len());
        }
    }
    span
}
