//! What holds two entities together -> roles, memberships of groups, relations, and who took part.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::super::Taken;
use super::super::taken::put;
use super::claims::Record;
use super::entity::{Given, Statement};
use super::known;
use super::sources::cites;
use super::when;
use super::world::{Out, World, number};
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::model::date::{Choice, Date, Shape};
use crate::model::kinds::{GROUP, OCCASION, PARTY, PERSON};

/// All ties, in the order of the numbers of those who say them.
#[derive(Default)]
pub struct Ties {
    /// By the key of the person.
    roles: IndexMap<String, Vec<Tie>>,
    /// By the key of the part.
    parts: IndexMap<String, Vec<Tie>>,
    relations: Vec<Relation>,
    /// By kind and key of the meeting or event.
    involved: IndexMap<(Kind, String), Vec<Involved>>,
}

/// A role in a group, or being a part of one.
struct Tie {
    role: String,
    of: String,
    term: Term,
    cite: Vec<String>,
}

#[derive(Default, Clone, PartialEq)]
struct Term {
    from: Option<Date>,
    to: Option<Date>,
}

struct Relation {
    key: String,
    from: String,
    to: String,
    kind: &'static str,
    title: Option<&'static str>,
    term: Term,
    cite: Vec<String>,
}

struct Involved {
    who: String,
    for_group: Option<String>,
    capacity: Option<String>,
    cite: Vec<String>,
}

/// Properties of a group that name somebody with an office in it.
const OFFICES: [(&str, &str); 6] = [
    ("P488", "chairperson"),
    ("P169", "chief executive"),
    ("P1037", "director"),
    ("P112", "founder"),
    ("P35", "head of state"),
    ("P6", "head of government"),
];

const TERM: [&str; 4] = ["P580", "P582", "P8555", "P8554"];

const NOT_THERE: &str = "whom it names is not in the files";

impl Ties {
    /// What a record says of ties to others.
    pub fn read(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        match record.kind {
            Kind::Person => {
                self.positions(world, out, record);
                for (property, role) in [("P102", "member"), ("P463", "member"), ("P108", "employee")] {
                    self.memberships(world, out, record, property, role);
                }
                self.family(world, out, record);
                self.part_in(world, out, record);
            }
            Kind::Group => {
                for (property, role) in OFFICES {
                    self.offices(world, out, record, property, role);
                }
                self.wholes(world, out, record);
            }
            Kind::Meeting | Kind::Event => self.involved(world, out, record),
            _ => {}
        }
        if PARTY.contains(&record.kind) {
            self.owners(world, out, record);
        }
    }

    /// Positions held, each in the group that it belongs to.
    fn positions(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        const OF: [&str; 3] = ["P642", "P2389", "P108"];
        for statement in record.all("P39") {
            let Some(position) = statement.main.value.item() else {
                record.lost(world, out, "P39", statement, "which position is not known");
                continue;
            };
            let Some(role) = world.label(position) else {
                record.lost(world, out, "P39", statement, "the files do not say what the position is called");
                continue;
            };
            let said = OF.iter().filter_map(|qualifier| statement.qualifier(qualifier)?.item());
            let own = world.entity(position).into_iter().flat_map(|position| {
                ["P2389", "P361", "P108", "P1001", "P17"]
                    .into_iter()
                    .flat_map(|property| position.items(property))
            });
            match said.chain(own).find_map(|id| out.key(world, id, GROUP)) {
                Some(of) => {
                    let read: Vec<&str> = TERM.into_iter().chain(OF).collect();
                    self.role(world, out, record, "P39", statement, (role.to_owned(), of, &read));
                }
                None => {
                    let why = "the group that it belongs to is not in the files";
                    record.lost(world, out, "P39", statement, why);
                }
            }
        }
    }

    fn memberships(&mut self, world: &World, out: &mut Out, record: &mut Record, property: &str, role: &str) {
        const AS: [&str; 3] = ["P39", "P794", "P2868"];
        for statement in record.all(property) {
            let Some(of) = statement.main.value.item().and_then(|id| out.key(world, id, GROUP)) else {
                record.lost(world, out, property, statement, NOT_THERE);
                continue;
            };
            let said =
                AS.iter().find_map(|name| Some((*name, world.label(statement.qualifier(name)?.item()?)?)));
            let read: Vec<&str> = TERM.into_iter().chain(said.map(|(name, _)| name)).collect();
            let role = said.map_or(role, |(_, label)| label).to_owned();
            self.role(world, out, record, property, statement, (role, of, &read));
        }
    }

    /// A role of the person that the record is.
    fn role(
        &mut self,
        world: &World,
        out: &mut Out,
        record: &Record,
        property: &str,
        statement: &Statement,
        (role, of, read): (String, String, &[&str]),
    ) {
        record.unread(world, out, property, statement, read);
        let term = term(world, out, record, property, statement);
        let cite = cites(world, out, record.entity, &record.name, &[statement]);
        let roles = self.roles.entry(record.key.clone()).or_default();
        join(roles, Tie { role, of, term, cite });
    }

    /// Those who hold an office in the group that the record is.
    fn offices(&mut self, world: &World, out: &mut Out, record: &mut Record, property: &str, role: &str) {
        for statement in record.all(property) {
            let person = statement.main.value.item().and_then(|id| out.given(world, id, PERSON));
            let Some(person) = person else {
                record.lost(world, out, property, statement, NOT_THERE);
                continue;
            };
            record.unread(world, out, property, statement, &TERM);
            let term = term(world, out, record, property, statement);
            let cite = cites(world, out, record.entity, &record.name, &[statement]);
            let tie = Tie { role: role.to_owned(), of: record.key.clone(), term, cite };
            join(self.roles.entry(person).or_default(), tie);
        }
    }

    /// The groups that a group is part of, and those that are part of it.
    fn wholes(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        for property in ["P749", "P361", "P355"] {
            for statement in record.all(property) {
                let other = statement.main.value.item();
                let is_of_part = property != "P355";
                // What is only in the dossier is not changed from here.
                let key = match is_of_part {
                    true => other.and_then(|id| out.key(world, id, GROUP)),
                    false => other.and_then(|id| out.given(world, id, GROUP)),
                };
                let Some(key) = key else {
                    record.lost(world, out, property, statement, NOT_THERE);
                    continue;
                };
                let (part, of) = match is_of_part {
                    true => (record.key.clone(), key),
                    false => (key, record.key.clone()),
                };
                if self.is_part(&of, &part) {
                    let why = "a group would be part of itself by way of others";
                    record.lost(world, out, property, statement, why);
                    continue;
                }
                record.unread(world, out, property, statement, &TERM);
                let term = term(world, out, record, property, statement);
                let cite = cites(world, out, record.entity, &record.name, &[statement]);
                let tie = Tie { role: String::new(), of, term, cite };
                join(self.parts.entry(part).or_default(), tie);
            }
        }
    }

    /// Whether a group is another one, or part of it.
    fn is_part(&self, part: &str, whole: &str) -> bool {
        let mut reached = vec![part.to_owned()];
        let mut at = 0;
        while let Some(group) = reached.get(at).cloned() {
            if group == whole {
                return true;
            }
            for tie in self.parts.get(&group).into_iter().flatten() {
                if !reached.contains(&tie.of) {
                    reached.push(tie.of.clone());
                }
            }
            at += 1;
        }
        false
    }

    /// Who owns what.
    fn owners(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        for property in ["P127", "P1830"] {
            for statement in record.all(property) {
                let other = statement.main.value.item();
                let Some(other) = other.and_then(|id| out.key(world, id, PARTY)) else {
                    record.lost(world, out, property, statement, NOT_THERE);
                    continue;
                };
                let own = record.name.clone();
                let (from, to) = if property == "P127" { (other, own) } else { (own, other) };
                self.relation(world, out, record, property, statement, Shown::owns(from, to));
            }
        }
    }

    fn family(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        let word = |id: &str| match world.entity(id).map(|parent| parent.items("P21")).as_deref() {
            Some(["Q6581097", ..]) => "father",
            Some(["Q6581072", ..]) => "mother",
            _ => "parent",
        };
        let own_id = record.entity.id.clone();
        for property in ["P22", "P25", "P40", "P26", "P3373", "P1038"] {
            for statement in record.all(property) {
                let other = statement.main.value.item();
                let found = other.and_then(|id| Some((id, out.key(world, id, PERSON)?)));
                let Some((id, key)) = found else {
                    record.lost(world, out, property, statement, NOT_THERE);
                    continue;
                };
                let is_first = number(&own_id) <= number(world.number(id));
                let (own, other) = (record.key.clone(), key);
                let between = |word| {
                    let (from, to) =
                        if is_first { (own.clone(), other.clone()) } else { (other.clone(), own.clone()) };
                    Shown::family(from, to, word, word)
                };
                let shown = match property {
                    "P22" => Shown::family(other, own, "parent", "father"),
                    "P25" => Shown::family(other, own, "parent", "mother"),
                    "P40" => Shown::family(own, other, "parent", word(&own_id)),
                    "P26" => between("spouse"),
                    "P3373" => between("sibling"),
                    _ => between("relative"),
                };
                self.relation(world, out, record, property, statement, shown);
            }
        }
    }

    fn relation(
        &mut self,
        world: &World,
        out: &mut Out,
        record: &Record,
        property: &str,
        statement: &Statement,
        shown: Shown,
    ) {
        if shown.from == shown.to {
            record.lost(world, out, property, statement, "it names itself");
            return;
        }
        record.unread(world, out, property, statement, &TERM);
        let term = term(world, out, record, property, statement);
        let cite = cites(world, out, record.entity, &record.name, &[statement]);
        let Shown { key, from, to, kind, title } = shown;
        let known = self.relations.iter_mut().find(|known| known.key == key);
        let Some(known) = known else {
            self.relations.push(Relation { key, from, to, kind, title, term, cite });
            return;
        };
        let differs = |own: &Option<Date>, other: &Option<Date>| {
            other.as_ref().filter(|other| own.as_ref().is_some_and(|own| own != *other)).cloned()
        };
        for (qualifier, date) in
            [("P580", differs(&known.term.from, &term.from)), ("P582", differs(&known.term.to, &term.to))]
        {
            if let Some(date) = date {
                let field = format!("{}: {}", known::property(property), known::property(qualifier));
                let why = "the two have one relation, which is dated otherwise";
                out.told.lose(&record.name, &field, date.text(), why);
            }
        }
        known.term.from = known.term.from.take().or(term.from);
        known.term.to = known.term.to.take().or(term.to);
        if known.title == Some("parent") {
            known.title = title;
        }
        cite.into_iter().for_each(|cite| add_cite(&mut known.cite, cite));
    }

    /// Who took part in the meeting or event that the record is.
    fn involved(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        for (property, word) in [("P710", None), ("P664", Some("organizer"))] {
            for statement in record.all(property) {
                let who = statement.main.value.item().and_then(|id| out.key(world, id, PARTY));
                let Some(who) = who else {
                    record.lost(world, out, property, statement, NOT_THERE);
                    continue;
                };
                let at = (record.kind, record.key.clone());
                self.took_part(world, out, record, property, statement, (at, who, word));
            }
        }
    }

    /// What the person that the record is took part in.
    fn part_in(&mut self, world: &World, out: &mut Out, record: &mut Record) {
        for statement in record.all("P1344") {
            let occasion = statement.main.value.item().and_then(|id| out.given(world, id, OCCASION));
            let at = occasion.and_then(|occasion| {
                let (plural, key) = occasion.split_once('/')?;
                Some((Kind::from_plural(plural)?, key.to_owned()))
            });
            let Some(at) = at else {
                record.lost(world, out, "P1344", statement, NOT_THERE);
                continue;
            };
            let who = record.name.clone();
            self.took_part(world, out, record, "P1344", statement, (at, who, None));
        }
    }

    fn took_part(
        &mut self,
        world: &World,
        out: &mut Out,
        record: &Record,
        property: &str,
        statement: &Statement,
        (at, who, word): ((Kind, String), String, Option<&str>),
    ) {
        const AS: [&str; 4] = ["P3831", "P2868", "P39", "P794"];
        let said = AS.iter().find_map(|name| Some((*name, world.label(statement.qualifier(name)?.item()?)?)));
        let for_group =
            statement.qualifier("P1268").and_then(Given::item).and_then(|id| out.key(world, id, GROUP));
        let read: Vec<&str> =
            said.map(|(name, _)| name).into_iter().chain(for_group.as_ref().map(|_| "P1268")).collect();
        record.unread(world, out, property, statement, &read);
        let capacity = said.map(|(_, label)| label).or(word).map(str::to_owned);
        let cite = cites(world, out, record.entity, &record.name, &[statement]);
        let all = self.involved.entry(at).or_default();
        match all.iter_mut().find(|known| known.who == who) {
            Some(known) => {
                known.for_group = known.for_group.take().or(for_group);
                known.capacity = known.capacity.take().or(capacity);
                cite.into_iter().for_each(|cite| add_cite(&mut known.cite, cite));
            }
            None => all.push(Involved { who, for_group, capacity, cite }),
        }
    }

    /// Puts all ties into their records.
    pub fn write(self, taken: &mut Taken) {
        let tie = |tie: Tie| {
            let mut table = Fields::new();
            put(&mut table, "role", Some(&tie.role));
            put(&mut table, "of", Some(&tie.of));
            put(&mut table, "from", tie.term.from.as_ref().map(Date::text));
            put(&mut table, "to", tie.term.to.as_ref().map(Date::text));
            table.insert("cite".to_owned(), json!(tie.cite));
            Value::Object(table)
        };
        for (key, roles) in self.roles {
            let roles = roles.into_iter().map(tie).collect();
            taken.record(Kind::Person, &key).insert("roles".to_owned(), roles);
        }
        for (key, parts) in self.parts {
            let parts = parts.into_iter().map(tie).collect();
            taken.record(Kind::Group, &key).insert("part_of".to_owned(), parts);
        }
        for ((kind, key), all) in self.involved {
            let all = all.into_iter().map(|one| {
                let mut table = Fields::new();
                put(&mut table, "who", Some(&one.who));
                put(&mut table, "for", one.for_group.as_deref());
                put(&mut table, "as", one.capacity.as_deref());
                table.insert("cite".to_owned(), json!(one.cite));
                Value::Object(table)
            });
            let field = if kind == Kind::Meeting { "participants" } else { "involved" };
            let all = all.collect();
            taken.record(kind, &key).insert(field.to_owned(), all);
        }
        for relation in self.relations {
            taken.keys.give_own(Kind::Relation, &format!("relation {}", relation.key), &relation.key);
            let fields = taken.record(Kind::Relation, &relation.key);
            put(fields, "from", Some(&relation.from));
            put(fields, "to", Some(&relation.to));
            put(fields, "type", Some(relation.kind));
            put(fields, "title", relation.title);
            put(fields, "since", relation.term.from.as_ref().map(Date::text));
            put(fields, "until", relation.term.to.as_ref().map(Date::text));
            fields.insert("cite".to_owned(), json!(relation.cite));
        }
    }
}

/// The ends of a relation, and what it is.
struct Shown {
    key: String,
    from: String,
    to: String,
    kind: &'static str,
    title: Option<&'static str>,
}

impl Shown {
    /// `from` and `to` are keys of people. The key has `word`, which stays when more is known of them.
    fn family(from: String, to: String, word: &str, title: &'static str) -> Shown {
        let key = format!("{from}-{word}-{to}");
        let [from, to] = [from, to].map(|key| format!("{}/{key}", Kind::Person.plural()));
        Shown { key, from, to, kind: "family", title: Some(title) }
    }

    fn owns(from: String, to: String) -> Shown {
        let bare = |key: &str| key.split('/').next_back().unwrap_or(key).to_owned();
        Shown { key: format!("{}-owns-{}", bare(&from), bare(&to)), from, to, kind: "owns", title: None }
    }
}

impl Record<'_> {
    /// Tells of a statement that could not be carried.
    fn lost(&self, world: &World, out: &mut Out, property: &str, statement: &Statement, why: &str) {
        if statement.main.value != Given::Nothing {
            out.told.claim(&self.name, property, world.said(&statement.main.value), why);
        }
    }
}

/// From when to when something held, as its qualifiers say.
fn term(world: &World, out: &mut Out, record: &Record, property: &str, statement: &Statement) -> Term {
    let from = end(world, out, record, property, statement, "P580");
    let to = end(world, out, record, property, statement, "P582");
    let bound = |qualifier: &str| match statement.qualifier(qualifier) {
        Some(Given::Time(moment)) => when::date(moment).ok().map(|dated| dated.date),
        _ => None,
    };
    let from = from.or_else(|| when::between(None, bound("P8555").as_ref()));
    let mut to = to.or_else(|| when::between(bound("P8554").as_ref(), None));
    // That it has ended is known, if not when.
    if to.is_none() && statement.qualifier("P582") == Some(&Given::Unknown) {
        let is_plain =
            |date: &&Date| matches!(date.shape(), Shape::One(Choice::Point(_))) && !date.in_doubt();
        to = from.as_ref().filter(is_plain).and_then(|from| when::between(Some(from), None));
        if to.is_none() {
            let field = format!("{}: {}", known::property(property), known::property("P582"));
            out.told.lose(&record.name, &field, "unknown value", "that it has ended is known, but not when");
        }
    }
    if let (Some(first), Some(last)) = (&from, &to)
        && last.is_surely_before(first)
    {
        let field = format!("{}: {}", known::property(property), known::property("P582"));
        out.told.lose(&record.name, &field, last.text(), "it is before the beginning");
        to = None;
    }
    Term { from, to }
}

/// One end of a term.
fn end(
    world: &World,
    out: &mut Out,
    record: &Record,
    property: &str,
    statement: &Statement,
    qualifier: &str,
) -> Option<Date> {
    let field = format!("{}: {}", known::property(property), known::property(qualifier));
    let mut dates = Vec::new();
    for snak in statement.qualifiers.get(qualifier).into_iter().flatten() {
        let Given::Time(moment) = &snak.value else { continue };
        match when::date(moment) {
            Ok(dated) => {
                for remark in dated.remarks {
                    out.told.lose(&record.name, &field, world.said(&snak.value), remark);
                }
                dates.push(dated.date);
            }
            Err(why) => out.told.lose(&record.name, &field, world.said(&snak.value), why),
        }
    }
    let (date, rest) = when::one_of(dates);
    for coarser in rest {
        out.told.lose(&record.name, &field, coarser.text(), "another value says it more exactly");
    }
    date
}

/// Adds a tie, unless it is there already: what is said without a date is what is said with one.
fn join(ties: &mut Vec<Tie>, tie: Tie) {
    let undated = Term::default();
    let same = |known: &&mut Tie| {
        known.of == tie.of
            && known.role.to_lowercase() == tie.role.to_lowercase()
            && (known.term == tie.term || known.term == undated || tie.term == undated)
    };
    match ties.iter_mut().find(same) {
        Some(known) => {
            if known.term == undated {
                known.term = tie.term;
            }
            tie.cite.into_iter().for_each(|cite| add_cite(&mut known.cite, cite));
        }
        None => ties.push(tie),
    }
}

fn add_cite(cites: &mut Vec<String>, cite: String) {
    if !cites.contains(&cite) {
        cites.push(cite);
    }
}
