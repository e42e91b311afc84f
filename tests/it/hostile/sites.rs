//! A dossier with one payload in every field that takes it, and what the program says of those that do not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use dossier::cache::Cache;
use dossier::diag::{Diagnostic, Severity};
use dossier::output::Output;
use dossier::report::{Format, report};
use dossier::source::Sources;
use dossier::theme::theme;
use dossier::{Options, examine, has_errors};

use super::payloads::{PAYLOADS, Payload};
use super::slots::{Form, Slot, Template};
use crate::support::build;

pub struct Hostile {
    pub payload: &'static Payload,
    pub files: Sources,
    pub output: Output,
    /// What stands in each field that took it.
    pub taken: BTreeMap<usize, String>,
    /// The fields that did not.
    pub refused: BTreeSet<usize>,
}

impl Hostile {
    pub fn string(&self, path: &str) -> &str {
        let bytes =
            self.output.get(path).unwrap_or_else(|| panic!("{}: there is no {path}", self.payload.name));
        std::str::from_utf8(bytes).unwrap()
    }

    /// What a field holds: by its file and the keys that lead there.
    pub fn value<'s>(&'s self, template: &'s Template, file: &str, path: &str) -> &'s str {
        let slot = template.slots.iter().find(|slot| slot.file == file && slot.path.join(".") == path);
        let slot = slot.unwrap_or_else(|| panic!("there is no {path} in {file}"));
        self.taken.get(&slot.number).unwrap_or(&slot.text)
    }
}

pub static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::complete);

/// The dossier with a table of the words of the interface, whose texts are slots, too.
pub static WITH_WORDS: LazyLock<Template> = LazyLock::new(|| {
    let mut files = TEMPLATE.fill(|_| None).files;
    let words = "templates/strings/en.toml";
    files.insert(words, theme().get(words).unwrap().bytes.to_vec());
    // In these files all else is benign.
    Template::of(files)
});

/// The complete dossier with each payload.
pub static SITES: LazyLock<Vec<Hostile>> =
    LazyLock::new(|| PAYLOADS.iter().map(|payload| with(&TEMPLATE, payload)).collect());

pub fn site(name: &str) -> &'static Hostile {
    SITES.iter().find(|site| site.payload.name == name).unwrap()
}

/// Puts a payload into every slot, and takes it out of those where the program calls it an error, until there is none.
pub fn with(template: &Template, payload: &'static Payload) -> Hostile {
    const ROUNDS: usize = 25;
    let mut refused = BTreeSet::new();
    let mut cache = Cache::default();
    for _ in 0..ROUNDS {
        let own =
            |slot: &Slot| (!refused.contains(&slot.number)).then(|| payload.filled(slot.number, &slot.text));
        let filled = template.fill(own);
        let examined = examine(&filled.files, Options::default(), &mut cache, &|_, _, _| {}).unwrap();
        let mut found: Vec<Diagnostic> = examined.diagnostics.clone();
        let mut site = None;
        if !has_errors(&found) {
            found = examined.advice();
        }
        if !has_errors(&found) {
            let built = build(&filled.files);
            found = built.diagnostics.clone();
            site = Some(built);
        }
        if let Some(built) = site.filter(|_| !has_errors(&found)) {
            let taken = template.slots.iter().filter_map(|slot| Some((slot.number, own(slot)?))).collect();
            return Hostile { payload, files: filled.files, output: built.value.output, taken, refused };
        }
        let errors: Vec<&Diagnostic> =
            found.iter().filter(|problem| problem.severity == Severity::Error).collect();
        // An error about a table or a page may only follow from one in a field of it.
        let blamed = [within, over, before].into_iter().find_map(|way| {
            let blamed: BTreeSet<usize> = errors
                .iter()
                .flat_map(|problem| {
                    let Some(span) = problem.span else { return Vec::new() };
                    let own = template.slots.iter().filter(|slot| {
                        slot.file == filled.files.path(span.file) && !refused.contains(&slot.number)
                    });
                    let own: Vec<Place> =
                        own.map(|slot| (slot, filled.places[slot.number].clone())).collect();
                    way(&own, span.range())
                })
                .collect();
            (!blamed.is_empty()).then_some(blamed)
        });
        match blamed {
            Some(blamed) => refused.extend(blamed),
            None => panic!("{}: no field is to blame for\n{}", payload.name, told(&found, &filled.files)),
        }
    }
    panic!("{}: there is no end to what is wrong", payload.name);
}

/// A slot, and where it stands.
type Place<'t> = (&'t Slot, Range<usize>);

fn within(slots: &[Place], error: Range<usize>) -> Vec<usize> {
    let at = slots.iter().filter(|(_, place)| place.start <= error.start && error.start <= place.end);
    at.map(|(slot, _)| slot.number).collect()
}

fn over(slots: &[Place], error: Range<usize>) -> Vec<usize> {
    let over = slots.iter().filter(|(_, place)| place.start < error.end && error.start < place.end);
    over.map(|(slot, _)| slot.number).collect()
}

/// In running text what begins in one place may end in another.
fn before(slots: &[Place], error: Range<usize>) -> Vec<usize> {
    let before = slots.iter().filter(|(slot, place)| slot.form() == Form::Part && place.end <= error.start);
    let nearest = before.max_by_key(|(_, place)| place.end).or_else(|| slots.first());
    nearest.map(|(slot, _)| slot.number).into_iter().collect()
}

/// The report on a dossier.
pub fn told(found: &[Diagnostic], files: &Sources) -> String {
    report(found, files, Format::Text { colour: false }, "")
}
