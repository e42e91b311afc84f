//! A small dossier in which everything is in order, and in which every date can be written otherwise.

use std::collections::BTreeMap;

use dossier::model::date::{Certainty, Date, Day};
use dossier::source::Sources;
use proptest::prelude::*;

use super::blur::{Blur, When, sharpen};
use crate::support::sources;

/// Numbers by which a world is drawn; zeros make it small.
pub struct Dice<'r> {
    rolls: &'r [u16],
    at: usize,
}

impl<'r> Dice<'r> {
    pub fn new(rolls: &'r [u16]) -> Dice<'r> {
        Dice { rolls, at: 0 }
    }

    /// A number below `below`.
    pub fn pick(&mut self, below: i64) -> i64 {
        let roll = self.rolls.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        i64::from(roll) % below.max(1)
    }

    pub fn one_in(&mut self, of: i64) -> bool {
        self.pick(of) == of - 1
    }

    /// A day from the first to the last, often one of these two or near the first.
    pub fn day(&mut self, first: Day, last: Day) -> Day {
        let days = last.number() - first.number();
        assert!(days >= 0, "{first:?} is later than {last:?}");
        match self.pick(4) {
            0 => first,
            1 => last,
            2 => first.add_days(self.pick(40.min(days + 1))),
            _ => first.add_days(self.pick(days + 1)),
        }
    }

    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.pick(i64::try_from(list.len()).unwrap());
        list.get(usize::try_from(at).unwrap())
    }
}

pub fn rolls() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 60..360)
}

#[derive(Debug, Clone)]
pub enum Line {
    Text(String),
    /// What stands before the date, which one it is, what stands after it.
    Date(String, usize, &'static str),
}

/// What stands where a date is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// It cannot be left out.
    Never,
    /// The field is empty.
    Empty,
    /// The field is not there.
    Gone,
}

#[derive(Debug, Clone)]
pub struct Slot {
    pub when: When,
    without: Without,
    pub text: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Record {
    pub kind: &'static str,
    pub key: String,
    pub lines: Vec<Line>,
}

/// A life, the time in which a group was there, or a term of office.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

#[derive(Debug, Clone, Default)]
pub struct World {
    pub records: Vec<Record>,
    pub slots: Vec<Slot>,
    /// Beginnings and ends, which must stay in order.
    pub terms: Vec<(usize, usize)>,
    pub people: Vec<(String, Term)>,
    pub groups: Vec<(String, Term)>,
    /// Whether every date is known to the day.
    pub exact: bool,
    /// Who held which office of which group.
    roles: Vec<(usize, &'static str, usize, Term)>,
    published: Vec<(String, Day)>,
}

pub fn day(text: &str) -> Day {
    Date::parse(text).unwrap().day().unwrap()
}

fn first() -> Day {
    day("2012-01-01")
}

fn last() -> Day {
    day("2025-12-31")
}

impl Term {
    fn holds(self, first: Day, last: Day) -> bool {
        self.from.is_none_or(|from| from <= first) && self.to.is_none_or(|to| to >= last)
    }

    /// The first and last day common to both.
    fn within(self, other: Term) -> (Day, Day) {
        let from = self.from.into_iter().chain(other.from).max().unwrap_or(first());
        let to = self.to.into_iter().chain(other.to).min().unwrap_or(last());
        (from, to)
    }
}

impl World {
    /// A world in which nothing is impossible.
    pub fn consistent(rolls: &[u16]) -> World {
        let mut dice = Dice::new(rolls);
        let mut world = World { exact: true, ..World::default() };
        for (key, within) in [("lund", ""), ("port", "in = \"lund\""), ("oslo", "")] {
            world.add("places", key, vec![text(format!("name = \"{key}\"")), text(within)]);
        }
        for at in 0..=dice.pick(3) {
            world.group(at, &mut dice);
        }
        for at in 0..=dice.pick(3) {
            let life = term(first(), last(), &mut dice);
            let person = world.person(&format!("person-{at}"), life);
            for _ in 0..dice.pick(3) {
                world.role(person, &mut dice);
            }
        }
        world.succession(&mut dice);
        let days = [dice.day(first(), last()), dice.day(first(), last())];
        for at in 0..dice.pick(5) {
            world.occasion("meetings", &format!("meeting-{at}"), &days, &mut dice);
        }
        for at in 0..dice.pick(2) {
            world.occasion("events", &format!("event-{at}"), &days, &mut dice);
        }
        for at in 0..dice.pick(3) {
            world.relation(&format!("relation-{at}"), &mut dice);
        }
        world
    }

    pub fn add(&mut self, kind: &'static str, key: &str, lines: Vec<Line>) {
        self.records.push(Record { kind, key: key.to_owned(), lines });
    }

    /// A line with a date that can be written otherwise.
    pub fn date(&mut self, before: &str, when: When, without: Without, after: &'static str) -> Line {
        self.slots.push(Slot { when, without, text: Some(when.exact()) });
        Line::Date(before.to_owned(), self.slots.len() - 1, after)
    }

    /// The lines of a beginning and an end, of those that are known.
    pub fn ends(&mut self, fields: [&str; 2], term: Term, to: Without, after: &'static str) -> Vec<Line> {
        let at = self.slots.len();
        let mut lines = Vec::new();
        for (field, day, without) in [(fields[0], term.from, Without::Gone), (fields[1], term.to, to)] {
            let day = day.map(When::On);
            lines.extend(day.map(|day| self.date(&format!("{field} = "), day, without, after)));
        }
        if lines.len() == 2 {
            self.terms.push((at, at + 1));
        }
        lines
    }

    pub fn person(&mut self, key: &str, life: Term) -> usize {
        let mut lines = vec![text(format!("name = \"{key}\""))];
        lines.extend(self.ends(["born", "died"], life, Without::Gone, ""));
        lines.extend([text("roles = ["), text("]")]);
        self.add("people", key, lines);
        self.people.push((key.to_owned(), life));
        self.people.len() - 1
    }

    /// Adds a role at the end of a person's.
    pub fn add_role(&mut self, person: usize, role: &str, group: usize, ends: Vec<Line>) {
        let (person, group) = (self.people[person].0.clone(), self.groups[group].0.clone());
        let record = self.records.iter_mut().find(|record| record.key == person).unwrap();
        let mut lines = vec![text(format!("{{ role = \"{role}\", of = \"{group}\","))];
        lines.extend(ends);
        lines.push(text("cite = \"'the minutes'\" },"));
        let at = record.lines.len() - 1;
        record.lines.splice(at..at, lines);
    }

    fn group(&mut self, at: i64, dice: &mut Dice) {
        let key = format!("group-{at}");
        let life = term(first(), day("2022-12-31"), dice);
        let mut lines = vec![text(format!("name = \"{key}\"\ntype = \"other\""))];
        lines.extend(self.ends(["founded", "dissolved"], life, Without::Gone, ""));
        if let (Some((whole, other)), true) = (dice.one_of(&self.groups).cloned(), dice.one_in(2)) {
            let (from, to) = life.within(other);
            if from <= to {
                let from = dice.day(from, to);
                lines.push(text(format!("part_of = {{ of = \"{whole}\",")));
                let part = Term { from: Some(from), to: Some(dice.day(from, to)) };
                lines.extend(self.ends(["from", "to"], part, Without::Gone, ","));
                lines.push(text("}"));
            }
        }
        self.add("groups", &key, lines);
        self.groups.push((key, life));
    }

    /// A role within the life of the person and of the group, which has an end where one of these has.
    fn role(&mut self, person: usize, dice: &mut Dice) {
        let group = usize::try_from(dice.pick(i64::try_from(self.groups.len()).unwrap())).unwrap();
        let (life, there) = (self.people[person].1, self.groups[group].1);
        let (earliest, latest) = life.within(there);
        if earliest > latest {
            return;
        }
        let from = dice.day(earliest, latest);
        let ended = life.to.is_some() || there.to.is_some() || dice.one_in(2);
        let to = ended.then(|| dice.day(from, latest));
        let title = *dice.one_of(&["member", "envoy", "clerk"]).unwrap();
        let held = Term { from: Some(from), to };
        let ends = self.ends(["from", "to"], held, Without::Gone, ",");
        self.add_role(person, title, group, ends);
        self.roles.push((person, title, group, held));
    }

    /// A relation within the lives of both; that of a family may begin after a death.
    fn relation(&mut self, key: &str, dice: &mut Dice) {
        let ends = [self.people.clone(), self.groups.clone()].concat();
        let (Some((from, one)), Some((to, other))) = (dice.one_of(&ends), dice.one_of(&ends)) else { return };
        let (earliest, mut latest) = one.within(*other);
        let kind = *dice.one_of(&["funds", "family"]).unwrap();
        if kind == "family" {
            latest = last();
        }
        if from == to || earliest > latest {
            return;
        }
        let since = dice.day(earliest, latest);
        let until = dice.one_in(2).then(|| dice.day(since, latest));
        let mut lines = vec![text(format!("from = \"{from}\"\nto = \"{to}\"\ntype = \"{kind}\""))];
        lines.extend(self.ends(["since", "until"], Term { from: Some(since), to: until }, Without::Gone, ""));
        lines.push(text("cite = \"'the minutes'\""));
        self.add("relations", key, lines);
    }

    /// Those who follow each other in one office; the day of the handover belongs to both.
    fn succession(&mut self, dice: &mut Dice) {
        let there = self.groups[0].1;
        let end = there.to.unwrap_or(last());
        let mut from = dice.day(there.from.unwrap_or(first()), end);
        let count = dice.pick(4);
        // An office that nobody holds would be told of.
        let listed = if count > 0 { "exclusive_roles = [\"Chair\"]" } else { "exclusive_roles = []" };
        let group = self.records.iter_mut().find(|record| record.key == "group-0").unwrap();
        group.lines.push(text(listed));
        for at in 0..count {
            // The third is the first once more.
            let person = match self.people.iter().position(|(key, _)| key == "chair-0" && at == 2) {
                Some(person) => person,
                None => self.person(&format!("chair-{at}"), Term { from: None, to: None }),
            };
            let to = (at < count - 1 || there.to.is_some() || dice.one_in(2)).then(|| dice.day(from, end));
            let held = Term { from: Some(from), to };
            // Without its end it would not have ended.
            let without = if at < count - 1 { Without::Never } else { Without::Gone };
            let ends = self.ends(["from", "to"], held, without, ",");
            self.add_role(person, if at == 1 { "chair" } else { "Chair" }, 0, ends);
            self.roles.push((person, "Chair", 0, held));
            from = to.map_or(end, |to| if dice.one_in(3) { dice.day(to, end) } else { to });
        }
    }

    fn occasion(&mut self, kind: &'static str, key: &str, days: &[Day], dice: &mut Dice) {
        let from = if dice.one_in(3) { dice.day(first(), last()) } else { *dice.one_of(days).unwrap() };
        let to = if dice.one_in(4) { from.add_days(1 + dice.pick(60)) } else { from };
        let when = if from == to { When::On(from) } else { When::Lasting(from, to) };
        let mut lines = self.dated("date", when, Without::Empty, dice);
        if dice.one_in(2) {
            let reported = When::On(dice.day(to, to.max(last())));
            lines.push(self.date("reported = ", reported, Without::Gone, ""));
        }
        // All are in one town on a day, wherever they are said to be denied to have been.
        let town = if from.number() % 2 == 0 { ["lund", "port"] } else { ["oslo", "oslo"] };
        let mode = ["in-person", "phone", "", "visit", "video"][usize::try_from(dice.pick(5)).unwrap()];
        let denied = dice.one_in(6);
        let mut here = *dice.one_of(&town).unwrap();
        if denied || kind == "events" || !matches!(mode, "in-person" | "visit") || from != to {
            here = dice.one_of(&["oslo", "lund", "port"]).unwrap();
        }
        lines.push(text(format!("place = \"{here}\"")));
        let list = if kind == "events" { "involved" } else { "participants" };
        if kind == "events" {
            lines.push(text(format!("title = \"{key}\"")));
        } else if !mode.is_empty() {
            lines.push(text(format!("mode = \"{mode}\"")));
        }
        if denied {
            lines.push(text("denied_by = { who = \"group-0\", cite = \"'a letter'\" }"));
        }
        lines.push(text(format!("{list} = [")));
        for at in 0..self.people.len() {
            let (person, life) = self.people[at].clone();
            // The dead are named by events.
            if dice.one_in(2) && (life.holds(from, to) || kind == "events") {
                let held: Vec<&(usize, &str, usize, Term)> =
                    self.roles.iter().filter(|role| role.0 == at && role.3.holds(from, to)).collect();
                let mut fields = format!("who = \"{person}\"");
                match dice.one_of(&held) {
                    Some((_, title, group, _)) if dice.one_in(2) => {
                        fields += &format!(", as = \"{title}\", for = \"{}\"", self.groups[*group].0);
                    }
                    _ if dice.one_in(2) => fields += ", as = \"guest\"",
                    _ => {}
                }
                // Where they spoke from, or where they came from.
                if dice.one_in(2) {
                    let town = if matches!(mode, "phone" | "video") { town[0] } else { "oslo" };
                    fields += &format!(", from_place = \"{town}\"");
                }
                lines.push(text(format!("{{ {fields} }},")));
            }
        }
        lines.push(text("]"));
        let own = self.source(to, last().max(to), dice);
        let other = self.source(to, self.published[own].1, dice);
        let (own, other) = (&self.published[own].0, &self.published[other].0);
        let chain = match dice.pick(3) {
            0 => format!("{own} ¶1"),
            _ if own == other => format!("{own} ¶2"),
            1 => format!("{own} ¶1 citing {other}"),
            _ => format!("{own} citing 'an official' citing {other}"),
        };
        lines.push(text(format!("cite = \"{chain}\"")));
        self.add(kind, key, lines);
    }

    /// A source that was published from the first day to the last.
    fn source(&mut self, first: Day, last: Day, dice: &mut Dice) -> usize {
        let fitting = |(_, day): &(String, Day)| (first..=last).contains(day);
        if let (Some(at), true) = (self.published.iter().position(fitting), dice.one_in(3)) {
            return at;
        }
        let key = format!("source-{}", self.published.len());
        let published = dice.day(first, last);
        let mut lines = vec![text(format!("title = \"{key}\"\ntype = \"report\""))];
        lines.extend(self.dated("published", When::On(published), Without::Gone, dice));
        if dice.one_in(3) {
            let read = When::On(published.add_days(dice.pick(400)));
            lines.push(self.date("accessed = ", read, Without::Gone, ""));
        }
        self.add("sources", &key, lines);
        self.published.push((key, published));
        self.published.len() - 1
    }

    /// A date, and sometimes the same in another calendar.
    fn dated(&mut self, field: &str, when: When, without: Without, dice: &mut Dice) -> Vec<Line> {
        let before = format!("{field} = ");
        let (When::On(day), true) = (when, dice.one_in(4)) else {
            return vec![self.date(&before, when, without, "")];
        };
        let (calendar, day, years) = match dice.pick(3) {
            0 => ("roc", day, 1911),
            1 => ("buddhist", day, -543),
            // From 1900 to 2100.
            _ => ("julian", day.add_days(-13), 0),
        };
        let text_of = format!("{}-{:02}-{:02}", day.year() - years, day.month(), day.day());
        // Where the original gives no day, the date follows from it.
        let cut = match dice.pick(4) {
            0 => text_of.len() - 3,
            1 => text_of.len() - 6,
            _ => text_of.len(),
        };
        let original =
            format!("{field}_original = {{ calendar = \"{calendar}\", date = \"{}\" }}", &text_of[..cut]);
        if cut < text_of.len() {
            self.exact = false;
            return vec![text(original)];
        }
        vec![self.date(&before, when, Without::Gone, ""), text(original)]
    }

    /// Moves every date by so many days, and keeps each end behind its beginning.
    pub fn scrambled(mut self, days: &[i64]) -> World {
        for (slot, days) in self.slots.iter_mut().zip(days.iter().cycle()) {
            slot.when = slot.when.moved(*days);
            slot.text = Some(slot.when.exact());
        }
        for (from, to) in self.terms.clone() {
            let ends = [self.slots[from].when, self.slots[to].when];
            if ends[1].ends().0 < ends[0].ends().0 {
                self.set(from, ends[1]);
                self.set(to, ends[0]);
            }
        }
        self
    }

    fn set(&mut self, slot: usize, when: When) {
        self.slots[slot].when = when;
        self.slots[slot].text = Some(when.exact());
    }

    /// Writes each date as its blur says.
    pub fn blurred(mut self, blurs: &[Blur]) -> World {
        for (slot, blur) in self.slots.iter_mut().zip(blurs.iter().cycle()) {
            let blur = if slot.without == Without::Never && matches!(blur, Blur::LeftOut) {
                &Blur::Exact
            } else {
                blur
            };
            slot.text = blur.write(slot.when);
        }
        self
    }

    /// A world that this one admits, where no end lies before its beginning; nothing when none is met with.
    pub fn sharpened(mut self, pick: &mut dyn FnMut(i64) -> i64) -> Option<World> {
        let blurred: Vec<Option<String>> = self.slots.iter().map(|slot| slot.text.clone()).collect();
        let mut sharpen_at = |world: &mut World, at: usize| {
            world.slots[at].text = blurred[at].as_ref().map(|text| sharpen(text, pick));
        };
        for at in 0..self.slots.len() {
            sharpen_at(&mut self, at);
        }
        const TRIES: usize = 12;
        for (from, to) in self.terms.clone() {
            let reversed = |world: &World| {
                let date = |at: usize| Some(Date::parse(world.slots[at].text.as_ref()?).unwrap());
                let ends = date(from).zip(date(to));
                ends.is_some_and(|(from, to)| to.before(&from) == Certainty::Certain)
            };
            let mut tries = 0;
            while reversed(&self) {
                tries += 1;
                if tries > TRIES {
                    return None;
                }
                sharpen_at(&mut self, from);
                sharpen_at(&mut self, to);
            }
        }
        Some(self)
    }

    /// Its files, a table of records for each kind.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for record in &self.records {
            let text = files.entry(format!("content/{}.toml", record.kind)).or_default();
            *text += &format!("[{}]\n{}\n", record.key, self.body(record));
        }
        files
    }

    /// A record, without its key.
    pub fn body(&self, record: &Record) -> String {
        let line = |line: &Line| match line {
            Line::Text(text) => text.clone(),
            Line::Date(before, slot, after) => match (&self.slots[*slot].text, self.slots[*slot].without) {
                (Some(date), _) => format!("{before}\"{date}\"{after}"),
                (None, Without::Empty) => format!("{before}\"\"{after}"),
                (None, _) => String::new(),
            },
        };
        record.lines.iter().map(|one| line(one) + "\n").collect()
    }

    pub fn sources(&self, site: &str) -> Sources {
        let files = self.files();
        let mut all: Vec<(&str, &str)> = vec![("site.toml", site)];
        all.extend(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        sources(&all)
    }
}

pub fn text(line: impl Into<String>) -> Line {
    Line::Text(line.into())
}

/// A stretch of time, either end of which may be without a date.
fn term(first: Day, last: Day, dice: &mut Dice) -> Term {
    let from = dice.day(first, last);
    let to = dice.day(from, last);
    let ends = dice.pick(4);
    Term { from: (ends & 1 == 0).then_some(from), to: (ends & 2 == 0).then_some(to) }
}
