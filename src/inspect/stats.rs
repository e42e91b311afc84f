//! A dossier in figures: what an editor wants to know before it is published.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::fields::Field;
use super::query::kinds;
use super::{count, layout, line, name, withholds};
use crate::link::Linked;
use crate::link::graph::date;
use crate::link::provenance::origins;
use crate::link::refs::{bodies, statements};
use crate::model::date::{Choice, Date, Shape, Unit};
use crate::model::dossier::{Absent, Hidden, Id};
use crate::model::source::Grade;
use crate::model::{Kind, Status, Withhold};
use crate::view::words::Words;

/// So many people are named at most as those who are named most.
const MOST: usize = 10;
/// So many records without a citation are listed to people.
const LISTED: usize = 20;

/// Some counts under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// In JSON.
    pub key: &'static str,
    pub title: &'static str,
    pub counts: Vec<(String, usize)>,
}

/// A person and in how many meetings and events they are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    pub record: String,
    pub name: String,
    pub records: usize,
}

/// All figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    pub sections: Vec<Section>,
    pub most_named: Vec<Named>,
    /// Records that rest on nothing.
    pub without_citation: Vec<String>,
}

pub fn stats(words: &Words) -> Stats {
    let linked = words.linked;
    let sections = [
        section("records", "Records", records(linked)),
        section("unpublished", "Not published", unpublished(linked)),
        section("dates", "Dates of meetings and events", dates(linked)),
        section("statuses", "Statuses of meetings, events and relations", statuses(linked)),
        section("origins", "Independent origins of meetings, events and relations", of_origins(linked)),
        section("source_types", "Sources by type", source_types(linked)),
        section("source_grades", "Sources by grade", source_grades(linked)),
        section("source_reading", "Sources read", source_reading(linked)),
        section("words", "Words of text", of_words(linked)),
    ];
    Stats {
        sections: sections.into_iter().filter(|section| !section.counts.is_empty()).collect(),
        most_named: most_named(words),
        without_citation: without_citation(linked),
    }
}

fn section(key: &'static str, title: &'static str, counts: Vec<(String, usize)>) -> Section {
    Section { key, title, counts }
}

/// The counts that are not nothing.
fn counts<'k>(all: impl IntoIterator<Item = (&'k str, usize)>) -> Vec<(String, usize)> {
    all.into_iter().filter(|(_, n)| *n > 0).map(|(word, n)| (word.to_owned(), n)).collect()
}

/// How often each of some words, in their order.
fn tally<'k>(order: &[&'k str], found: impl Iterator<Item = &'k str>) -> Vec<(String, usize)> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    found.for_each(|word| *times.entry(word).or_default() += 1);
    counts(order.iter().map(|word| (*word, times.get(word).copied().unwrap_or(0))))
}

fn records(linked: &Linked) -> Vec<(String, usize)> {
    kinds().map(|kind| (kind.plural().to_owned(), linked.dossier.ids(kind).len())).collect()
}

fn unpublished(linked: &Linked) -> Vec<(String, usize)> {
    let dossier = &linked.dossier;
    let absent = |is: fn(&Absent) -> bool| dossier.absent.values().filter(|absent| is(absent)).count();
    let kept =
        |hidden: Hidden| dossier.all().filter(|id| super::hidden(dossier, *id) == Some(hidden)).count();
    let fields = dossier.all().filter(|id| {
        withholds(dossier, *id)
            && dossier.common(*id).is_some_and(|common| common.withhold != Withhold::Record)
    });
    counts([
        ("drafts", absent(|absent| matches!(absent, Absent::Draft(_))) + kept(Hidden::Draft)),
        ("withheld records", absent(|absent| *absent == Absent::Withheld) + kept(Hidden::Withheld)),
        ("records with withheld fields", fields.count()),
    ])
}

fn occasions(linked: &Linked) -> impl Iterator<Item = Id> {
    linked.dossier.ids(Kind::Meeting).chain(linked.dossier.ids(Kind::Event))
}

fn with_standing(linked: &Linked) -> impl Iterator<Item = Id> {
    occasions(linked).chain(linked.dossier.ids(Kind::Relation))
}

fn dates(linked: &Linked) -> Vec<(String, usize)> {
    const ORDER: [&str; 9] = [
        "day",
        "month",
        "season",
        "year",
        "decade or century",
        "interval",
        "bounds or choices",
        "doubtful",
        "none",
    ];
    tally(&ORDER, occasions(linked).map(|id| date(&linked.dossier, id).map_or("none", precision)))
}

/// How precisely a date is known.
fn precision(date: &Date) -> &'static str {
    if date.approximate() || date.uncertain() {
        return "doubtful";
    }
    match date.shape() {
        Shape::One(Choice::Point(point)) => match point.unit {
            Unit::Day(_) => "day",
            Unit::Month(..) => "month",
            Unit::Season(..) => "season",
            Unit::Year(_) => "year",
            Unit::Decade(_) | Unit::Century(_) => "decade or century",
        },
        Shape::Interval(..) => "interval",
        Shape::One(_) | Shape::OneOf(_) => "bounds or choices",
    }
}

fn statuses(linked: &Linked) -> Vec<(String, usize)> {
    let order = Status::ALL.map(|(name, _)| name);
    tally(&order, with_standing(linked).filter_map(|id| Some(linked.dossier.standing(id)?.status().key())))
}

fn of_origins(linked: &Linked) -> Vec<(String, usize)> {
    let dossier = &linked.dossier;
    let word = |id: Id| {
        let cite = dossier.common(id).map_or(&[][..], |common| &common.cite);
        match origins(dossier, cite).len() {
            0 => "none",
            1 => "one",
            2 => "two",
            _ => "three or more",
        }
    };
    tally(&["none", "one", "two", "three or more"], with_standing(linked).map(word))
}

fn source_types(linked: &Linked) -> Vec<(String, usize)> {
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for source in linked.dossier.sources.iter() {
        *types.entry(&source.data.kind).or_default() += 1;
    }
    counts(types)
}

fn source_grades(linked: &Linked) -> Vec<(String, usize)> {
    const NONE: &str = "no grade";
    let order: Vec<&str> = Grade::ALL.iter().map(|(name, _)| *name).chain([NONE]).collect();
    let grade = |grade: Option<Grade>| {
        Grade::ALL.iter().find(|(_, known)| Some(*known) == grade).map_or(NONE, |(name, _)| *name)
    };
    tally(&order, linked.dossier.sources.iter().map(|source| grade(source.data.grade)))
}

fn source_reading(linked: &Linked) -> Vec<(String, usize)> {
    let word = |id: Id| match (linked.unseen(id), linked.uses(id).next()) {
        (true, _) => "known only through others",
        (false, Some(_)) => "read",
        (false, None) => "cited by nothing",
    };
    tally(
        &["read", "known only through others", "cited by nothing"],
        linked.dossier.ids(Kind::Source).map(word),
    )
}

fn of_words(linked: &Linked) -> Vec<(String, usize)> {
    let dossier = &linked.dossier;
    let of = |id: Id| bodies(dossier, id).iter().map(|body| body.words()).sum::<usize>();
    let articles = dossier.ids(Kind::Article).map(of).sum();
    let others = dossier.all().filter(|id| id.kind != Kind::Article).map(of).sum();
    vec![("articles".to_owned(), articles), ("records".to_owned(), others)]
}

fn most_named(words: &Words) -> Vec<Named> {
    let linked = words.linked;
    let named = |id: Id| (linked.occasions_of(id).count(), id);
    let people = words.sorted(linked.dossier.ids(Kind::Person)).into_iter();
    let mut people: Vec<(usize, Id)> = people.map(named).filter(|(n, _)| *n > 0).collect();
    people.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    people.truncate(MOST);
    let named =
        |(records, id)| Named { record: name(&linked.dossier, id), name: line(&words.title(id)), records };
    people.into_iter().map(named).collect()
}

/// People, groups, meetings, events, relations and articles that cite nothing anywhere.
fn without_citation(linked: &Linked) -> Vec<String> {
    let dossier = &linked.dossier;
    let states =
        [Kind::Person, Kind::Group, Kind::Meeting, Kind::Event, Kind::Relation, Kind::Article].into_iter();
    let cites = |id: &Id| {
        !statements(dossier, *id).is_empty()
            || dossier.article(*id).is_some_and(|article| !article.cite.is_empty())
    };
    states.flat_map(|kind| dossier.ids(kind)).filter(|id| !cites(id)).map(|id| name(dossier, id)).collect()
}

impl Stats {
    /// The figures for people.
    pub fn text(&self, width: Option<usize>) -> String {
        let mut blocks: Vec<String> = Vec::new();
        let block = |title: &str, lines: Vec<String>| format!("{title}\n{}\n", lines.join("\n"));
        let figures = |figures: Vec<(String, String)>| {
            let fields: Vec<Field> = figures
                .into_iter()
                .map(|(label, value)| Field { label: format!("  {label}"), values: vec![value] })
                .collect();
            layout::labelled(&fields, width)
        };
        for section in &self.sections {
            let lines = section.counts.iter().map(|(word, n)| (word.clone(), n.to_string())).collect();
            blocks.push(block(section.title, figures(lines)));
        }
        if !self.most_named.is_empty() {
            let lines = self.most_named.iter().map(|named| {
                let records = count(named.records, "meeting or event", "meetings and events");
                (named.record.clone(), format!("{}, {records}", named.name))
            });
            blocks.push(block("Most named", figures(lines.collect())));
        }
        let uncited = self.without_citation.len();
        if uncited > 0 {
            let mut lines: Vec<String> =
                self.without_citation.iter().take(LISTED).map(|record| format!("  {record}")).collect();
            let more = uncited.saturating_sub(LISTED);
            lines.extend((more > 0).then(|| format!("  and {more} more: `--format json` lists them all")));
            blocks.push(block(&format!("Without a citation: {uncited}"), lines));
        }
        blocks.join("\n")
    }

    pub fn json(&self) -> Value {
        let mut all = Map::new();
        for section in &self.sections {
            let counts: Map<String, Value> =
                section.counts.iter().map(|(word, n)| (word.clone(), json!(n))).collect();
            all.insert(section.key.to_owned(), Value::Object(counts));
        }
        all.insert("most_named".to_owned(), json!(self.most_named));
        all.insert("without_citation".to_owned(), json!(self.without_citation));
        Value::Object(all)
    }
}
