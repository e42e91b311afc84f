//! What the lints promise: what is impossible is an error, what is possible a note, and what nobody knows
//! raises no alarm.

mod blur;
mod breaks;
mod few;
mod levels;
mod order;
mod prose;
mod world;

use std::collections::BTreeMap;

use dossier::cache::Cache;
use dossier::check::LINTS;
use dossier::check::time::{self, Clash};
use dossier::diag::{Diagnostic, Severity};
use dossier::model::date::{Date, Day};
use dossier::report::{Format, report};
use dossier::source::{Sources, Span, Spanned};
use dossier::{Options, examine};
use proptest::prelude::*;

use blur::{Blur, When, admitted, blur};
use breaks::BREAKS;
use world::{Dice, World, rolls};

/// The lints that hold dates against each other.
const TIME: [&str; 12] = [
    "cites-later-source",
    "date-against-original",
    "meeting-outside-life",
    "office-not-held",
    "overlapping-offices",
    "read-before-published",
    "relation-outside-life",
    "reported-before-it-happened",
    "role-outside-group",
    "role-outside-life",
    "source-before-event",
    "two-places-at-once",
];

const SITE: &str = "title = \"A dossier\"\n";

/// All that is said before pages are made.
fn said(sources: &Sources) -> Vec<Diagnostic> {
    let examined = examine(sources, Options::default(), &mut Cache::default(), &|_, _, _| {}).unwrap();
    examined.diagnostics.iter().cloned().chain(examined.advice()).collect()
}

fn is_lint(problem: &Diagnostic) -> bool {
    LINTS.iter().any(|lint| lint.code == problem.code)
}

fn about_time(problem: &Diagnostic) -> bool {
    TIME.contains(&problem.code.name)
}

/// The file, line and column that a problem names.
fn place(sources: &Sources, problem: &Diagnostic) -> (String, usize, usize) {
    let span = problem.span.unwrap();
    let position = sources.position(span);
    (sources.path(span.file).to_owned(), position.line, position.column)
}

/// The line that a problem names.
fn line(sources: &Sources, problem: &Diagnostic) -> String {
    let (path, line, _) = place(sources, problem);
    let text = sources.get(&path).unwrap().readable().into_owned();
    text.lines().nth(line - 1).unwrap().to_owned()
}

/// What a problem is about, however sharp the dates are: two who hold one office are told of at the later
/// of their beginnings, so by their keys.
fn what(sources: &Sources, problem: &Diagnostic) -> (&'static str, (String, usize, usize), Vec<String>) {
    let name = problem.code.name;
    if name != "overlapping-offices" {
        return (name, place(sources, problem), Vec::new());
    }
    let mut keys: Vec<String> = problem.message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    keys.sort();
    (name, (String::new(), 0, 0), keys)
}

/// A dossier and what is said of it, for whoever has to find out why.
fn shown(sources: &Sources, problems: &[&Diagnostic]) -> String {
    let problems: Vec<Diagnostic> = problems.iter().map(|problem| (*problem).clone()).collect();
    let files = sources.iter().filter(|file| file.path.ends_with(".toml"));
    let files: String = files.map(|file| format!("# {}\n{}", file.path, file.readable())).collect();
    let told = report(&problems, sources, Format::Text { colour: false }, "");
    format!("{files}\n{told}")
}

/// The settings with every lint about time as an error, so that what is certain shows.
fn strict() -> String {
    TIME.iter().fold(format!("{SITE}[lints]\n"), |site, lint| format!("{site}{lint} = \"error\"\n"))
}

fn blurs() -> impl Strategy<Value = Vec<Blur>> {
    prop::collection::vec(blur(), 1..40)
}

#[test]
fn the_lints_about_time_are_among_the_lints() {
    for name in TIME {
        assert!(dossier::check::names().contains(&name), "{name}");
        assert!(BREAKS.iter().any(|(broken, _)| *broken == name), "nothing breaks {name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    /// A world in which all is in order, seen through dates that admit it.
    #[test]
    fn what_is_not_known_raises_no_alarm(rolls in rolls(), blurs in blurs()) {
        let world = World::consistent(&rolls);
        let exact = world.sources(SITE);
        let found = said(&exact);
        let told = |it: &&Diagnostic| {
            it.severity == Severity::Error || about_time(it) && (world.exact || it.severity != Severity::Note)
        };
        let wrong: Vec<_> = found.iter().filter(told).collect();
        prop_assert!(wrong.is_empty(), "what is in order is told of:\n{}", shown(&exact, &wrong));

        let blurred = world.blurred(&blurs).sources(SITE);
        let found = said(&blurred);
        let wrong: Vec<_> = found
            .iter()
            .filter(|it| it.severity == Severity::Error || about_time(it) && it.severity != Severity::Note)
            .collect();
        prop_assert!(wrong.is_empty(), "a false alarm:\n{}", shown(&blurred, &wrong));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// What no day fits, no sharper date mends.
    #[test]
    fn a_sharper_date_clears_no_error(
        rolls in rolls(),
        days in prop::collection::vec(prop_oneof![Just(0), -3..3_i64, -3000..3000_i64], 1..40),
        blurs in blurs(),
        picks in prop::collection::vec(any::<u16>(), 1..60),
    ) {
        let blurred = World::consistent(&rolls).scrambled(&days).blurred(&blurs);
        let strict = strict();
        let certain = |sources: &Sources| -> BTreeMap<_, Diagnostic> {
            let found = said(sources).into_iter();
            let errors = found.filter(|it| about_time(it) && it.severity == Severity::Error);
            errors.map(|it| (what(sources, &it), it)).collect()
        };
        let seen = blurred.sources(&strict);
        let errors = certain(&seen);
        let mut picks = picks.into_iter().cycle();
        let mut pick = |below: i64| i64::from(picks.next().unwrap()) % below;
        const WORLDS: usize = 3;
        for _ in 0..if errors.is_empty() { 0 } else { WORLDS } {
            let Some(sharp) = blurred.clone().sharpened(&mut pick) else { continue };
            let sharp = sharp.sources(&strict);
            let still = certain(&sharp);
            for (place, error) in &errors {
                let (seen, sharp) = (shown(&seen, &[error]), shown(&sharp, &[]));
                prop_assert!(still.contains_key(place), "{seen}\nis cleared by\n{sharp}");
            }
        }
    }
}

/// The first and the last day of each reading, far away where it is open: were any day in order, one of
/// these would be.
fn days(date: Option<&Spanned<Date>>) -> Vec<i64> {
    const FAR: i64 = 1_000_000;
    let Some(date) = date else { return vec![-FAR, FAR] };
    let ends = admitted(&date.value).into_iter();
    ends.flat_map(|(a, b)| [a.map_or(-FAR, Day::number), b.map_or(FAR, Day::number)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    /// A clash is certain when, and only when, no days that the dates admit are in order.
    #[test]
    fn a_clash_is_certain_when_no_day_fits(
        off in [prop_oneof![-3..3_i64, -3000..3000_i64], prop_oneof![-3..3_i64, -3000..3000_i64]],
        blurs in [blur(), blur(), blur()],
    ) {
        let span = Span::new(Sources::default().insert("a.toml", "".as_bytes()), 0..0);
        let written = |at: usize, days: i64| {
            let text = blurs[at].write(When::On(world::day("2019-06-10").add_days(days)))?;
            Some(Spanned { value: Date::parse(&text).unwrap(), span })
        };
        let (from, to) = (written(0, off[0].min(off[1])), written(1, off[0].max(off[1])));
        let Some(date) = written(2, 0) else { return Ok(()) };
        let fits = |day: i64| {
            let from = days(from.as_ref()).into_iter().any(|from| from <= day);
            from && days(to.as_ref()).into_iter().any(|to| day <= to)
        };
        // A day between the ends of a reading may fit where neither of them does.
        let candidates = [Some(&date), from.as_ref(), to.as_ref()].into_iter().flat_map(days);
        let admits = |day: i64| {
            let within = |(first, last): (Option<Day>, Option<Day>)| {
                first.is_none_or(|first| first.number() <= day) && last.is_none_or(|last| day <= last.number())
            };
            admitted(&date.value).into_iter().any(within)
        };
        let possible = candidates.filter(|day| admits(*day)).any(fits);
        let outside = time::outside(&date.value, from.as_ref(), to.as_ref());
        let certain = outside.is_some_and(|outside| outside.clash == Clash::Certain);
        prop_assert_eq!(certain, !possible, "{:?} in {:?} to {:?}", date, from, to);
        for (limit, clash) in [
            (&to, to.as_ref().and_then(|to| time::later(&date.value, &to.value))),
            (&from, from.as_ref().and_then(|from| time::earlier(&from.value, &date.value))),
        ] {
            let Some(limit) = limit else { continue };
            let ordered = days(Some(&date)).into_iter().any(|day| days(Some(limit)).into_iter().any(|it| day <= it));
            prop_assert_eq!(clash == Some(Clash::Certain), !ordered, "{:?} and {:?}", date, limit);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// One thing that cannot be is told, once, at its place.
    #[test]
    fn what_is_impossible_is_found(rolls in rolls(), more in rolls()) {
        for (lint, break_it) in BREAKS {
            let mut world = World::consistent(&rolls);
            break_it(&mut world, &mut Dice::new(&more));
            let broken = world.sources(SITE);
            let found = said(&broken);
            let told = |it: &&Diagnostic| {
                it.severity == Severity::Error || about_time(it) && it.severity != Severity::Note
            };
            let told: Vec<_> = found.iter().filter(told).collect();
            let default = LINTS.iter().find(|known| known.code.name == lint).unwrap().default;
            let [one] = told.as_slice() else {
                prop_assert!(false, "not one {lint}:\n{}", shown(&broken, &told));
                return Ok(());
            };
            let fits = (one.code.name, one.severity) == (lint, default);
            let here = line(&broken, one).ends_with("# here");
            prop_assert!(fits && here, "not {lint} here:\n{}", shown(&broken, &told));
        }
    }
}
