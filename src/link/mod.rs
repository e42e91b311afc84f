//! All facts -> one graph: addresses, references, participation, provenance and figures, each checked.

pub mod figures;
pub mod graph;
pub mod numbers;
pub mod problems;
pub mod provenance;
pub mod references;
pub mod refs;
pub mod routes;
pub mod select;
pub mod unread;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::diag::{Checked, Diagnostic};
use crate::model::dossier::{Dossier, Id};
use crate::model::{Kind, Ref};
use crate::source::Span;
use figures::{Count, Counted};
use graph::Occasion;
use provenance::Use;
use references::References;

/// A dossier and all that follows from its facts taken together.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    pub dossier: Dossier,
    /// For each record and article, in the order of [`Dossier::all`]: what its references come to.
    references: Vec<Arc<References>>,
    occasions: Arc<Occasions>,
    crossings: Arc<Crossings>,
    /// For each group: the people with a role in it, each with the place of the role.
    members: HashMap<Id, Vec<(Id, usize)>>,
    /// For each group or place: those that are part of it or lie in it.
    parts: HashMap<Id, Vec<Id>>,
    relations_of: HashMap<Id, Vec<Id>>,
    corrections_of: HashMap<Id, Vec<Id>>,
    /// The sources that the authors know only through others.
    unseen: HashSet<Id>,
    /// For each checked figure, by its place: what was counted.
    figures: HashMap<Span, Arc<Counted>>,
    /// The files that pages use.
    pub files: routes::Files,
    /// Whether no two of its pages and files want the same address.
    has_clear_addresses: bool,
}

/// All meetings and events.
#[derive(Debug, Clone, Default)]
struct Occasions {
    /// In the order of time.
    list: Vec<Occasion>,
    /// Where each of them stands in the list.
    at: HashMap<Id, usize>,
    /// For each person, group and place: its occasions, as places in the list.
    of: HashMap<Id, Vec<usize>>,
}

/// References the other way round.
#[derive(Debug, Clone, Default)]
struct Crossings {
    /// For each record or article: what refers to it, in order.
    incoming: HashMap<Id, Vec<Id>>,
    /// For each source: where it is cited, as a place in the references, and one among their uses.
    uses: HashMap<Id, Vec<(u32, u32)>>,
}

/// Links a dossier, and reports what does not fit together. What follows from records that are the very same as in the
/// run `before`, among others of the same names, is taken from there: the outcome is the same without it.
pub fn link(dossier: Dossier, before: Option<&Linked>) -> Checked<Linked> {
    let before = before.filter(|before| before.dossier.has_names_of(&dossier));
    let ids: Vec<Id> = dossier.all().collect();
    let (references, occasions) =
        rayon::join(|| references(&dossier, &ids, before), || occasions(&dossier, before));
    let mut diagnostics: Vec<Diagnostic> =
        references.iter().flat_map(|references| &references.found).cloned().collect();
    diagnostics.extend(sides(&dossier));
    diagnostics.extend(circles(&dossier));
    diagnostics.extend(corrected_fields(&dossier));
    let with_files = ids.iter().zip(&references).filter(|(_, references)| references.has_files);
    let (files, found) = routes::files(&dossier, with_files.map(|(id, _)| *id));
    diagnostics.extend(found);
    diagnostics.extend(routes::withheld_files(&dossier));
    let are_clear =
        before.is_some_and(|before| before.has_clear_addresses && before.files.has_paths_of(&files));
    let conflicts = if are_clear { Vec::new() } else { routes::conflicts(&dossier, &files) };

    let crossings = crossings(&ids, &references, before);
    let has_clear_addresses = conflicts.is_empty();
    let mut linked =
        Linked { references, occasions, crossings, files, has_clear_addresses, ..Linked::default() };
    diagnostics.extend(conflicts);
    memberships(&dossier, &mut linked);
    linked.unseen = provenance::unseen(&dossier, &linked);
    linked.dossier = dossier;
    Checked { value: linked, diagnostics }
}

fn references(dossier: &Dossier, ids: &[Id], before: Option<&Linked>) -> Vec<Arc<References>> {
    let known = |at: usize, id: Id| {
        let before = before.filter(|before| before.dossier.shares(dossier, id))?;
        before.references.get(at).filter(|references| references.hold_again()).map(Arc::clone)
    };
    let all = ids.par_iter().enumerate();
    all.map(|(at, id)| known(at, *id).unwrap_or_else(|| Arc::new(References::of(dossier, *id)))).collect()
}

/// The occasions, which are those before unless one of them is another or somebody took part for another group.
fn occasions(dossier: &Dossier, before: Option<&Linked>) -> Arc<Occasions> {
    let before = before.filter(|before| graph::has_terms_of(dossier, &before.dossier));
    let known = before.map(|before| graph::Known {
        dossier: &before.dossier,
        list: &before.occasions.list,
        at: &before.occasions.at,
    });
    match (graph::occasions(dossier, known), before) {
        (Some(list), _) => {
            let (at, of) = named(&list);
            Arc::new(Occasions { list, at, of })
        }
        (None, Some(before)) => Arc::clone(&before.occasions),
        (None, None) => Arc::default(),
    }
}

/// Where each occasion stands in the order of time, and the occasions of each person, group and place.
fn named(occasions: &[Occasion]) -> (HashMap<Id, usize>, HashMap<Id, Vec<usize>>) {
    let mut places = HashMap::default();
    let mut occasions_of: HashMap<Id, Vec<usize>> = HashMap::default();
    let mut named: Vec<Id> = Vec::new();
    for (at, occasion) in occasions.iter().enumerate() {
        places.insert(occasion.id, at);
        named.clear();
        named.extend(&occasion.places);
        for party in &occasion.parties {
            named.extend(party.who);
            named.extend(party.groups.iter().map(|(group, _)| *group));
        }
        named.sort_unstable();
        named.dedup();
        for &id in &named {
            occasions_of.entry(id).or_default().push(at);
        }
    }
    (places, occasions_of)
}

fn crossings(ids: &[Id], references: &[Arc<References>], before: Option<&Linked>) -> Arc<Crossings> {
    let lead_where = |before: &&Linked| {
        let mut pairs = references.iter().zip(&before.references);
        pairs.all(|(one, other)| Arc::ptr_eq(one, other) || one.lead_where(other))
    };
    if let Some(before) = before.filter(lead_where) {
        return Arc::clone(&before.crossings);
    }
    let mut crossings = Crossings::default();
    for ((id, references), at) in ids.iter().zip(references).zip(0..) {
        for target in &references.outgoing {
            crossings.incoming.entry(*target).or_default().push(*id);
        }
        for ((source, _), place) in references.uses.iter().zip(0..) {
            crossings.uses.entry(*source).or_default().push((at, place));
        }
    }
    Arc::new(crossings)
}

/// Counts what the figures in the prose count, and reports those that the records do not bear out. What was counted
/// in the run `before` holds again where nothing that is counted has changed.
pub fn count_figures(linked: &mut Linked, before: Option<&Linked>) -> Vec<Diagnostic> {
    let before = before.filter(|before| before.dossier.has_names_of(&linked.dossier));
    let ids: Vec<Id> = linked.dossier.all().collect();
    let with_figures = ids.iter().zip(&linked.references).filter(|(_, references)| references.has_figures);
    let ids: Vec<Id> = with_figures.map(|(id, _)| *id).collect();
    linked.figures = figures::count_all(linked, &ids, before);
    ids.iter()
        .flat_map(|id| figures::of(&linked.dossier, *id))
        .filter_map(|figure| linked.figures.get(&figure.span)?.problem.clone())
        .collect()
}

impl Linked {
    /// All meetings and events, in the order of time.
    pub fn occasions(&self) -> &[Occasion] {
        &self.occasions.list
    }

    /// The occasions that name a person, a group (by its parts and members), or a place, in time order.
    pub fn occasions_of(&self, id: Id) -> impl Iterator<Item = &Occasion> {
        self.occasions.of.get(&id).into_iter().flatten().filter_map(|at| self.occasions.list.get(*at))
    }

    /// Where a meeting or event stands in the order of time.
    pub fn occasion_at(&self, id: Id) -> Option<usize> {
        self.occasions.at.get(&id).copied()
    }

    /// People with a role in a group, each with the index of the role.
    pub fn members(&self, group: Id) -> &[(Id, usize)] {
        self.members.get(&group).map_or(&[], Vec::as_slice)
    }

    /// Groups that are part of a group, places that lie in a place.
    pub fn parts(&self, whole: Id) -> &[Id] {
        self.parts.get(&whole).map_or(&[], Vec::as_slice)
    }

    pub fn relations_of(&self, party: Id) -> &[Id] {
        self.relations_of.get(&party).map_or(&[], Vec::as_slice)
    }

    pub fn corrections_of(&self, record: Id) -> &[Id] {
        self.corrections_of.get(&record).map_or(&[], Vec::as_slice)
    }

    /// What refers to a record or article.
    pub fn incoming(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.crossings.incoming.get(&id).into_iter().flatten().copied()
    }

    /// Where a source is cited, in the order of the citing records.
    pub fn uses(&self, source: Id) -> impl Iterator<Item = &Use> {
        self.uses_at(self.crossings.uses.get(&source).map_or(&[], Vec::as_slice))
    }

    fn uses_at<'l>(&'l self, places: &'l [(u32, u32)]) -> impl Iterator<Item = &'l Use> {
        let at = |(at, place): &(u32, u32)| self.references.get(*at as usize)?.uses.get(*place as usize);
        places.iter().filter_map(at).map(|(_, r#use)| r#use)
    }

    /// Every source that is cited, with where it is.
    fn cited(&self) -> impl Iterator<Item = (Id, impl Iterator<Item = &Use>)> {
        self.crossings.uses.iter().map(|(source, places)| (*source, self.uses_at(places)))
    }

    /// Whether the meetings and events, and who took part in them for whom, are the very same as in a run `before`.
    fn has_occasions_of(&self, before: &Linked) -> bool {
        let mut occasions = self.occasions.list.iter();
        Arc::ptr_eq(&self.occasions, &before.occasions)
            && occasions.all(|occasion| self.dossier.shares(&before.dossier, occasion.id))
    }

    /// Whether the authors know a source only through others.
    pub fn unseen(&self, source: Id) -> bool {
        self.unseen.contains(&source)
    }

    /// What the figure at a place counts.
    pub fn figure(&self, span: Span) -> Option<&Count> {
        self.figures.get(&span).map(|counted| &counted.count)
    }
}

fn memberships(dossier: &Dossier, linked: &mut Linked) {
    for id in dossier.ids(Kind::Person) {
        for (at, role) in
            dossier.people.get(id.index).into_iter().flat_map(|person| person.data.roles.iter().enumerate())
        {
            if let Some(group) = dossier.get(&role.of, refs::GROUP) {
                linked.members.entry(group).or_default().push((id, at));
            }
        }
    }
    for id in dossier.ids(Kind::Group).chain(dossier.ids(Kind::Place)) {
        for mention in refs::fields(dossier, id) {
            if let Some(whole) = dossier.get(mention.reference, mention.kinds) {
                linked.parts.entry(whole).or_default().push(id);
            }
        }
    }
    for id in dossier.ids(Kind::Relation) {
        if let Some(relation) = dossier.relations.get(id.index) {
            let ends: BTreeSet<Id> = [&relation.data.from, &relation.data.to]
                .into_iter()
                .filter_map(|end| dossier.get(end, refs::PARTY))
                .collect();
            for end in ends {
                linked.relations_of.entry(end).or_default().push(id);
            }
        }
    }
    for id in dossier.ids(Kind::Correction) {
        if let Some(on) =
            dossier.corrections.get(id.index).and_then(|record| dossier.get(&record.data.on, refs::ANY))
        {
            linked.corrections_of.entry(on).or_default().push(id);
        }
    }
}

/// The groups that `site.toml` names.
fn sides(dossier: &Dossier) -> Vec<Diagnostic> {
    let groups = dossier.config.sides.iter().flat_map(|side| &side.groups);
    let mention = |reference| refs::Mention { reference, kinds: refs::GROUP, part: refs::Part::Whole };
    groups.filter_map(|group: &Ref| refs::problem(dossier, &mention(group), false)).collect()
}

/// Groups and places that lie in themselves, or too deep in others. Each circle is told once, at its first member.
fn circles(dossier: &Dossier) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told: BTreeSet<Id> = BTreeSet::new();
    let ids: Vec<Id> = dossier.ids(Kind::Group).chain(dossier.ids(Kind::Place)).collect();
    let depths = graph::depths(dossier, &ids);
    for id in ids {
        if let Some(depth) = depths.get(&id) {
            // Of a long row each that is one too many, as if those before were taken out.
            if *depth > 0
                && *depth % (graph::DEEPEST + 1) == 0
                && let Some(span) = graph::within_span(dossier, id)
            {
                let what = id.kind.singular();
                let message =
                    format!("this {what} lies in more than {} others, one in the other", graph::DEEPEST);
                found.push(
                    problems::error(problems::NESTED_TOO_DEEP, span, message)
                        .help("take this link or another one out"),
                );
            }
            continue;
        }
        if told.contains(&id) {
            continue;
        }
        if let Some(circle) = graph::circle(dossier, id)
            && let Some(span) = dossier.span(id)
        {
            told.extend(&circle);
            let keys: Vec<&str> = circle.iter().map(|id| dossier.key(*id)).collect();
            let word = if id.kind == Kind::Place { " in " } else { " part of " };
            found.push(
                problems::error(
                    problems::CIRCULAR_REFERENCE,
                    span,
                    format!("this {} lies in itself: {}", id.kind.singular(), keys.join(word)),
                )
                .help("take one of the links out"),
            );
        }
    }
    found
}

/// Corrections of fields that their record's kind does not have.
fn corrected_fields(dossier: &Dossier) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for correction in dossier.corrections.iter() {
        let Some(on) = dossier.get(&correction.data.on, refs::ANY) else { continue };
        let Some(field) = &correction.data.field else { continue };
        let known = crate::model::fields::fields_of(on.kind).map(|(name, _)| name);
        if known.clone().all(|name| name != field.value) {
            let near =
                crate::diag::did_you_mean(&field.value, known).map(|near| format!("did you mean `{near}`?"));
            found.push(
                problems::error(
                    problems::UNKNOWN_CORRECTED_FIELD,
                    field.span,
                    format!("{} has no field `{}`", crate::diag::a(on.kind.singular()), field.value),
                )
                .maybe_help(near),
            );
        }
    }
    found
}
