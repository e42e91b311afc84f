//! One thing in a world that cannot be, for each lint about time. The line that is to be named ends in
//! `# here`.

use super::blur::When;
use super::world::{Dice, Line, Term, Without, World, day, text};
use dossier::model::date::Day;

type Break = fn(&mut World, &mut Dice);

/// The lint that is to find it, and what breaks the world.
pub const BREAKS: [(&str, Break); 26] = [
    ("meeting-outside-life", met_after_death),
    ("meeting-outside-life", met_before_birth),
    ("meeting-outside-life", met_after_dissolution),
    ("meeting-outside-life", met_before_founding),
    ("role-outside-group", role_before_founding),
    ("role-outside-group", role_after_dissolution),
    ("role-outside-group", part_before_whole),
    ("role-outside-group", part_before_itself),
    ("role-outside-life", role_before_birth),
    ("role-outside-life", role_ended_before_birth),
    ("role-outside-life", role_after_death),
    ("role-outside-life", role_ended_after_death),
    ("relation-outside-life", related_before_birth),
    ("relation-outside-life", related_after_death),
    ("relation-outside-life", related_before_founding),
    ("relation-outside-life", related_after_dissolution),
    ("office-not-held", named_by_a_later_office),
    ("office-not-held", named_by_offices_of_before_and_after),
    ("two-places-at-once", here_and_there),
    ("reported-before-it-happened", reported_before),
    ("source-before-event", source_before),
    ("cites-later-source", cites_later),
    ("read-before-published", read_before),
    ("overlapping-offices", held_by_two),
    ("overlapping-offices", never_ended),
    ("date-against-original", other_than_the_original),
];

const HERE: &str = " # here";
const HERE_WITHIN: &str = ", # here";

/// From one day to more than two years.
fn margin(dice: &mut Dice) -> i64 {
    if dice.one_in(2) { 1 + dice.pick(800) } else { 1 }
}

fn on(world: &mut World, field: &str, day: Day, after: &'static str) -> Line {
    world.date(&format!("{field} = "), When::On(day), Without::Gone, after)
}

fn some_day(dice: &mut Dice) -> Day {
    dice.day(day("2012-01-01"), day("2025-12-31"))
}

/// Somebody whose birth or death is known, and that day.
fn somebody(world: &mut World, of: fn(Term) -> Option<Day>, new: Term, dice: &mut Dice) -> (usize, Day) {
    let known = |(at, (_, life)): (usize, &(String, Term))| Some((at, of(*life)?));
    let all: Vec<(usize, Day)> = world.people.iter().enumerate().filter_map(known).collect();
    dice.one_of(&all).copied().unwrap_or_else(|| (world.person("zed", new), of(new).unwrap()))
}

fn dead(world: &mut World, dice: &mut Dice) -> (usize, Day) {
    somebody(world, |life| life.to, Term { from: None, to: Some(day("2020-05-05")) }, dice)
}

fn born(world: &mut World, dice: &mut Dice) -> (usize, Day) {
    somebody(world, |life| life.from, Term { from: Some(day("2015-05-05")), to: None }, dice)
}

/// A person of whom nothing else is known.
fn stranger(world: &mut World, key: &str) -> usize {
    world.person(key, Term { from: None, to: None })
}

fn group(world: &mut World, key: &str, life: Term, more: &str) -> usize {
    let mut lines = vec![text(format!("name = \"{key}\"\ntype = \"other\"\n{more}"))];
    lines.extend(world.ends(["founded", "dissolved"], life, Without::Gone, ""));
    world.add("groups", key, lines);
    world.groups.push((key.to_owned(), life));
    world.groups.len() - 1
}

/// A group that is always there.
fn standing(world: &mut World) -> usize {
    group(world, "zed-group", Term { from: None, to: None }, "exclusive_roles = \"wärter\"")
}

/// A group whose beginning or end is known, and that day.
fn bounded(world: &mut World, end: bool, dice: &mut Dice) -> (usize, Day) {
    let of = |life: Term| if end { life.to } else { life.from };
    let known = |(at, (_, life)): (usize, &(String, Term))| Some((at, of(*life)?));
    let all: Vec<(usize, Day)> = world.groups.iter().enumerate().filter_map(known).collect();
    dice.one_of(&all).copied().unwrap_or_else(|| {
        let (from, to) = (day("2015-05-05"), day("2016-06-06"));
        let life = Term { from: Some(from), to: end.then_some(to) };
        (group(world, "zed-group", life, ""), if end { to } else { from })
    })
}

fn meeting(world: &mut World, key: &str, day: Day, participant: &str, more: Vec<Line>) {
    let mut lines = vec![on(world, "date", day, "")];
    lines.extend([text("participants = ["), text(participant), text("]")]);
    lines.extend(more);
    world.add("meetings", key, lines);
}

fn met(world: &mut World, person: usize, day: Day) {
    let participant = format!("\"{}\",{HERE}", world.people[person].0);
    meeting(world, "zed-talks", day, &participant, Vec::new());
}

fn met_after_death(world: &mut World, dice: &mut Dice) {
    let (person, died) = dead(world, dice);
    met(world, person, died.add_days(margin(dice)));
}

fn met_before_birth(world: &mut World, dice: &mut Dice) {
    let (person, born) = born(world, dice);
    met(world, person, born.add_days(-margin(dice)));
}

/// A group takes part, or somebody does for it.
fn met_with_group(world: &mut World, group: usize, day: Day, dice: &mut Dice) {
    let key = &world.groups[group].0;
    let participant = if dice.one_in(2) {
        format!("\"{key}\",{HERE}")
    } else {
        format!("{{ desc = \"an envoy\", for = \"{key}\" }},{HERE}")
    };
    meeting(world, "zed-talks", day, &participant, Vec::new());
}

fn met_after_dissolution(world: &mut World, dice: &mut Dice) {
    let (group, dissolved) = bounded(world, true, dice);
    met_with_group(world, group, dissolved.add_days(margin(dice)), dice);
}

fn met_before_founding(world: &mut World, dice: &mut Dice) {
    let (group, founded) = bounded(world, false, dice);
    met_with_group(world, group, founded.add_days(-margin(dice)), dice);
}

fn related(world: &mut World, one: &str, kind: &str, ends: Vec<Line>, dice: &mut Dice) {
    let other = stranger(world, "zoe");
    let mut two = [one, world.people[other].0.as_str()];
    if dice.one_in(2) {
        two.reverse();
    }
    let mut lines = vec![text(format!("from = \"{}\"\nto = \"{}\"\ntype = \"{kind}\"", two[0], two[1]))];
    lines.extend(ends);
    world.add("relations", "zed-tie", lines);
}

fn related_before(world: &mut World, one: &str, day: Day, dice: &mut Dice) {
    let line = on(world, "since", day.add_days(-margin(dice)), HERE);
    let kind = *dice.one_of(&["family", "owns", "ally"]).unwrap();
    related(world, one, kind, vec![line], dice);
}

fn related_after(world: &mut World, one: &str, day: Day, dice: &mut Dice) {
    let field = *dice.one_of(&["since", "until"]).unwrap();
    let line = on(world, field, day.add_days(margin(dice)), HERE);
    related(world, one, "funds", vec![line], dice);
}

fn related_before_birth(world: &mut World, dice: &mut Dice) {
    let (person, born) = born(world, dice);
    related_before(world, &world.people[person].0.clone(), born, dice);
}

fn related_after_death(world: &mut World, dice: &mut Dice) {
    let (person, died) = dead(world, dice);
    related_after(world, &world.people[person].0.clone(), died, dice);
}

fn related_before_founding(world: &mut World, dice: &mut Dice) {
    let (group, founded) = bounded(world, false, dice);
    related_before(world, &world.groups[group].0.clone(), founded, dice);
}

fn related_after_dissolution(world: &mut World, dice: &mut Dice) {
    let (group, dissolved) = bounded(world, true, dice);
    related_after(world, &world.groups[group].0.clone(), dissolved, dice);
}

fn role_before_founding(world: &mut World, dice: &mut Dice) {
    let (group, founded) = bounded(world, false, dice);
    let person = stranger(world, "zoe");
    let mut ends = vec![on(world, "from", founded.add_days(-margin(dice)), HERE_WITHIN)];
    if dice.one_in(2) {
        ends.push(on(world, "to", founded, ","));
    }
    world.add_role(person, "keeper", group, ends);
}

fn role_after_dissolution(world: &mut World, dice: &mut Dice) {
    let (group, dissolved) = bounded(world, true, dice);
    let person = stranger(world, "zoe");
    let mut ends = Vec::new();
    if dice.one_in(2) {
        ends.push(on(world, "from", dissolved, ","));
    }
    ends.push(on(world, "to", dissolved.add_days(margin(dice)), HERE_WITHIN));
    world.add_role(person, "keeper", group, ends);
}

fn part_of(world: &mut World, key: &str, whole: usize, life: Term, from: Day) {
    let line = on(world, "from", from, HERE_WITHIN);
    let of = format!("part_of = {{ of = \"{}\",", world.groups[whole].0);
    group(world, key, life, "");
    world.records.last_mut().unwrap().lines.extend([text(of), line, text("}")]);
}

fn part_before_whole(world: &mut World, dice: &mut Dice) {
    let (whole, founded) = bounded(world, false, dice);
    let from = founded.add_days(-margin(dice));
    part_of(world, "zed-part", whole, Term { from: None, to: None }, from);
}

fn part_before_itself(world: &mut World, dice: &mut Dice) {
    let whole = standing(world);
    let founded = some_day(dice);
    let life = Term { from: Some(founded), to: None };
    part_of(world, "zed-part", whole, life, founded.add_days(-margin(dice)));
}

fn role_before_birth(world: &mut World, dice: &mut Dice) {
    let (person, born) = born(world, dice);
    let group = standing(world);
    let mut ends = vec![on(world, "from", born.add_days(-margin(dice)), HERE_WITHIN)];
    if dice.one_in(2) {
        ends.push(on(world, "to", born, ","));
    }
    world.add_role(person, "keeper", group, ends);
}

fn role_ended_before_birth(world: &mut World, dice: &mut Dice) {
    let (person, born) = born(world, dice);
    let group = standing(world);
    let end = on(world, "to", born.add_days(-margin(dice)), HERE_WITHIN);
    world.add_role(person, "keeper", group, vec![end]);
}

fn role_after_death(world: &mut World, dice: &mut Dice) {
    let (person, died) = dead(world, dice);
    let group = standing(world);
    let end = on(world, "from", died.add_days(margin(dice)), HERE_WITHIN);
    world.add_role(person, "keeper", group, vec![end]);
}

fn role_ended_after_death(world: &mut World, dice: &mut Dice) {
    let (person, died) = dead(world, dice);
    let group = standing(world);
    let mut ends = Vec::new();
    if dice.one_in(2) {
        ends.push(on(world, "from", died, ","));
    }
    ends.push(on(world, "to", died.add_days(margin(dice)), HERE_WITHIN));
    world.add_role(person, "keeper", group, ends);
}

const WARDEN: &str = "{ who = \"zoe\", as = \"Warden\", for = \"zed-group\" }, # here";

fn named_by_a_later_office(world: &mut World, dice: &mut Dice) {
    let (group, person) = (standing(world), stranger(world, "zoe"));
    let from = some_day(dice);
    let end = on(world, "from", from, ",");
    world.add_role(person, "warden", group, vec![end]);
    meeting(world, "zed-talks", from.add_days(-margin(dice)), WARDEN, Vec::new());
}

fn named_by_offices_of_before_and_after(world: &mut World, dice: &mut Dice) {
    let (group, person) = (standing(world), stranger(world, "zoe"));
    let day = some_day(dice);
    let before = on(world, "to", day.add_days(-margin(dice)), ",");
    let after = on(world, "from", day.add_days(margin(dice)), ",");
    world.add_role(person, "warden", group, vec![before]);
    world.add_role(person, "warden", group, vec![after]);
    meeting(world, "zed-talks", day, WARDEN, Vec::new());
}

fn here_and_there(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    stranger(world, "zoe");
    let place = |mode: &str, place: &str| vec![text(format!("mode = \"{mode}\"\nplace = \"{place}\""))];
    meeting(world, "zed-first", day, "\"zoe\"", place("in-person", "oslo"));
    if dice.one_in(2) {
        meeting(world, "zed-second", day, "\"zoe\", # here", place("visit", "port"));
    } else {
        let call = "{ who = \"zoe\", from_place = \"port\" }, # here";
        meeting(world, "zed-second", day, call, place("phone", "oslo"));
    }
}

fn reported_before(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    let reported = on(world, "reported", day.add_days(-margin(dice)), HERE);
    meeting(world, "zed-talks", day, "", vec![reported]);
}

fn source(world: &mut World, key: &str, day: Day) {
    let published = on(world, "published", day, "");
    world.add("sources", key, vec![text(format!("title = \"{key}\"\ntype = \"report\"")), published]);
}

fn source_before(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    source(world, "zed-letter", day.add_days(-margin(dice)));
    source(world, "zed-report", day);
    let cite = if dice.one_in(2) { "zed-letter p. 1" } else { "zed-report p. 1 citing zed-letter" };
    if dice.one_in(2) {
        meeting(world, "zed-talks", day, "", vec![text(format!("cite = \"{cite}\"{HERE}"))]);
    } else {
        let envoy = format!("{{ desc = \"an envoy\", cite = \"{cite}\" }},{HERE}");
        meeting(world, "zed-talks", day, &envoy, Vec::new());
    }
}

fn read_before(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    let published = on(world, "published", day, "");
    let accessed = on(world, "accessed", day.add_days(-margin(dice)), HERE);
    world.add("sources", "zed-report", vec![text("title = \"Zed\"\ntype = \"report\""), published, accessed]);
    meeting(world, "zed-talks", day, "", vec![text("cite = \"zed-report p. 1\"")]);
}

fn cites_later(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    source(world, "zed-report", day);
    source(world, "zed-letter", day.add_days(margin(dice)));
    let between = ["", "'an official' citing "][usize::try_from(dice.pick(2)).unwrap()];
    let cite = format!("cite = \"zed-report p. 1 citing {between}zed-letter\"{HERE}");
    meeting(world, "zed-talks", day, "", vec![text(cite)]);
}

fn held_by_two(world: &mut World, dice: &mut Dice) {
    let group = standing(world);
    let (first, second) = (stranger(world, "zoe"), stranger(world, "zora"));
    let (from, overlap) = (some_day(dice), margin(dice));
    let handover = from.add_days(1 + dice.pick(900));
    let ends = vec![on(world, "from", from, ","), on(world, "to", handover.add_days(overlap), ",")];
    world.add_role(first, "WÄRTER", group, ends);
    let ends = vec![
        on(world, "from", handover, HERE_WITHIN),
        on(world, "to", handover.add_days(overlap + dice.pick(900)), ","),
    ];
    world.add_role(second, "wärter", group, ends);
}

fn never_ended(world: &mut World, dice: &mut Dice) {
    let group = standing(world);
    let (first, second) = (stranger(world, "zoe"), stranger(world, "zora"));
    let from = some_day(dice);
    let start = on(world, "from", from, ",");
    world.add_role(first, "Wärter", group, vec![start]);
    let start = on(world, "from", from.add_days(1 + dice.pick(900)), HERE_WITHIN);
    world.add_role(second, "wärter", group, vec![start]);
}

fn other_than_the_original(world: &mut World, dice: &mut Dice) {
    let day = some_day(dice);
    let off = if dice.one_in(2) { margin(dice) } else { -margin(dice) };
    let given = format!("{}-{:02}-{:02}", day.year() - 1911, day.month(), day.day());
    let original = text(format!("date_original = {{ calendar = \"roc\", date = \"{given}\" }}"));
    let date = on(world, "date", day.add_days(off), HERE);
    world.add("meetings", "zed-talks", vec![date, original, text("participants = []")]);
}
