//! All facts -> one graph: addresses, references, participation, provenance and figures, each checked.

pub mod figures;
pub mod graph;
pub mod numbers;
pub mod problems;
pub mod provenance;
pub mod refs;
pub mod routes;
pub mod select;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::diag::{Checked, Diagnostic};
use crate::model::dossier::{Dossier, Id};
use crate::model::{Kind, Ref};
use crate::source::Span;
use figures::Count;
use graph::Occasion;
use provenance::Use;
use refs::Said;

/// A dossier and all that follows from its facts taken together.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    pub dossier: Dossier,
    /// All meetings and events, in the order of time.
    pub occasions: Vec<Occasion>,
    /// For each person, group and place: its occasions, as places in `occasions`.
    occasions_of: HashMap<Id, Vec<usize>>,
    occasion_at: HashMap<Id, usize>,
    /// For each group: the people with a role in it, each with the place of the role.
    members: HashMap<Id, Vec<(Id, usize)>>,
    /// For each group or place: those that are part of it or lie in it.
    parts: HashMap<Id, Vec<Id>>,
    relations_of: HashMap<Id, Vec<Id>>,
    corrections_of: HashMap<Id, Vec<Id>>,
    /// For each record or article: what refers to it, in order.
    incoming: HashMap<Id, Vec<Id>>,
    /// For each source: where it is cited.
    uses: HashMap<Id, Vec<Use>>,
    /// The sources that the authors know only through others.
    unseen: HashSet<Id>,
    /// For each checked figure, by its place: what was counted.
    figures: HashMap<Span, Count>,
    /// The files that pages use.
    pub files: routes::Files,
}

/// Links a dossier, and reports what does not fit together.
pub fn link(dossier: Dossier) -> Checked<Linked> {
    let ids: Vec<Id> = dossier.all().collect();
    let references = ids.par_iter().map(|id| {
        let said = Said::of(&dossier, *id);
        let found = refs::check(&dossier, *id, &said);
        (found, graph::outgoing(&dossier, *id, &said), provenance::uses(&dossier, *id, &said))
    });
    let references: Vec<References> = references.collect();
    let mut diagnostics = Vec::new();
    diagnostics.extend(sides(&dossier));
    diagnostics.extend(circles(&dossier));
    diagnostics.extend(corrected_fields(&dossier));
    let ((files, found), occasions) = rayon::join(|| routes::files(&dossier), || graph::occasions(&dossier));
    diagnostics.extend(found);

    let mut linked = Linked { occasions, files, ..Linked::default() };
    let (named, referred) = rayon::join(|| named(&linked.occasions), || referred(&ids, references));
    (linked.occasion_at, linked.occasions_of) = named;
    let found;
    (found, linked.incoming, linked.uses) = referred;
    diagnostics.extend(found);
    memberships(&dossier, &mut linked);
    linked.unseen = provenance::unseen(&dossier, &linked.uses);
    linked.dossier = dossier;
    Checked { value: linked, diagnostics }
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

/// What was found of one record: what is wrong with its references, what it refers to, and what it cites.
type References = (Vec<Diagnostic>, Vec<Id>, Vec<(Id, Use)>);

/// The same the other way round: what is wrong, what refers to each record, and where each source is cited.
type Referred = (Vec<Diagnostic>, HashMap<Id, Vec<Id>>, HashMap<Id, Vec<Use>>);

fn referred(ids: &[Id], references: Vec<References>) -> Referred {
    let mut diagnostics = Vec::new();
    let mut incoming: HashMap<Id, Vec<Id>> = HashMap::default();
    let mut all: HashMap<Id, Vec<Use>> = HashMap::default();
    for (id, (found, outgoing, uses)) in ids.iter().zip(references) {
        diagnostics.extend(found);
        for target in outgoing {
            incoming.entry(target).or_default().push(*id);
        }
        for (source, r#use) in uses {
            all.entry(source).or_default().push(r#use);
        }
    }
    (diagnostics, incoming, all)
}

/// Counts what the figures in the prose count, and reports those that the records do not bear out.
pub fn count_figures(linked: &mut Linked) -> Vec<Diagnostic> {
    let ids: Vec<Id> = linked.dossier.all().collect();
    let (figures, found) = figures::check(linked, &ids);
    linked.figures = figures;
    found
}

impl Linked {
    /// The occasions that name a person, a group (by its parts and members), or a place, in time order.
    pub fn occasions_of(&self, id: Id) -> impl Iterator<Item = &Occasion> {
        self.occasions_of.get(&id).into_iter().flatten().filter_map(|at| self.occasions.get(*at))
    }

    /// Where a meeting or event stands in the order of time.
    pub fn occasion_at(&self, id: Id) -> Option<usize> {
        self.occasion_at.get(&id).copied()
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
        self.incoming.get(&id).into_iter().flatten().copied()
    }

    /// Where a source is cited, in the order of the citing records.
    pub fn uses(&self, source: Id) -> &[Use] {
        self.uses.get(&source).map_or(&[], Vec::as_slice)
    }

    /// Whether the authors know a source only through others.
    pub fn unseen(&self, source: Id) -> bool {
        self.unseen.contains(&source)
    }

    /// What the figure at a place counts.
    pub fn figure(&self, span: Span) -> Option<&Count> {
        self.figures.get(&span)
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

/// Groups and places that lie in themselves. Each circle is told once, at its first member.
fn circles(dossier: &Dossier) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told: BTreeSet<Id> = BTreeSet::new();
    for id in dossier.ids(Kind::Group).chain(dossier.ids(Kind::Place)) {
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
