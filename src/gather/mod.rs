//! What each file says -> the dossier: one table for each kind, every record in one home, drafts and
//! withheld records taken out.

mod identifiers;
mod later;
mod mentions;
mod shown;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::diag::{Checked, Diagnostic, did_you_mean};
use crate::model::article::Article;
use crate::model::body::Body;
use crate::model::config::Config;
use crate::model::date::Day;
use crate::model::dossier::{Absent, Dossier, Form, Table, Withheld};
use crate::model::kinds::{ANY, GROUP, PARTY, PLACE};
use crate::model::{Kind, Ref, Withhold};
use crate::parse::{Parsed, ParsedRecord, Prose};
use crate::source::{Sources, Span};
use shown::Shown;

pub mod problems {
    //! What can be wrong once all files are known.
    crate::codes! {
        /// Two records of a kind with the same key, or one record in two homes: a table and the front
        /// matter of its Markdown file. Both places are named; keep one.
        DUPLICATE_RECORD = "duplicate-record";
        /// A Markdown file beside the records of a kind, whose name is the key of none of them.
        PROSE_WITHOUT_RECORD = "prose-without-record";
        /// In a dossier as it stood on a day: a sentence all of whose sources came later. Nobody could
        /// write it then with these sources. It stays, since only its authors know what stood there; a
        /// correction of `prose` says so.
        SENTENCE_OF_LATER_SOURCES = "sentence-of-later-sources";
        /// A dossier needs a `site.toml` with at least a `title`.
        MISSING_SITE_FILE = "missing-site-file";
    }
}

/// Puts the contents of the files together. What the dossier has in common with that of the run `before`, and what was
/// `joined` then, it shares.
pub fn gather<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    sources: &Sources,
    config: Config,
    keep: Keep,
    joined: &mut Joined,
    before: Option<&Dossier>,
) -> Checked<Dossier> {
    let mut found = Found { keep, ..Found::default() };
    let mut known = std::mem::take(joined);
    let mut proses = Vec::new();
    for parsed in parsed {
        found.faulty.extend(parsed.faulty.iter().cloned());
        found.unread.extend(parsed.unread);
        for record in &parsed.records {
            found.record(record);
        }
        found.articles.extend(parsed.article.clone());
        proses.extend(&parsed.prose);
    }
    for prose in proses {
        found.prose(prose, &mut known, joined);
    }
    found.dossier(sources, config, before)
}

/// What is withheld of the dossier as it is today: whoever asked to be left out is left out of the past as well, under
/// today's names. Where a word stood then may be no place of the text, so it is the beginning of its file.
pub fn withheld_today<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    sources: &Sources,
    config: Config,
    drafts: bool,
) -> Vec<Withheld> {
    let keep = Keep { drafts, ..Keep::default() };
    let dossier = gather(parsed, sources, config, keep, &mut Joined::default(), None).value;
    let at_start = |word: Withheld| Withheld { span: Span::new(word.span.file, 0..0), ..word };
    dossier.withheld.into_iter().map(at_start).collect()
}

/// The records whose prose stands in a file beside them, each with its two parts: what is joined once need not be
/// copied again, and is the very same as before.
#[derive(Default)]
pub struct Joined(HashMap<(Kind, String), Whole>);

struct Whole {
    fields: ParsedRecord,
    prose: Arc<Body>,
    whole: ParsedRecord,
}

/// What of the records to keep.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keep {
    /// Also what is marked as a draft.
    pub drafts: bool,
    /// Also records that are withheld.
    pub withheld: bool,
    /// Only what was there on this day.
    pub as_of: Option<Day>,
}

#[derive(Default)]
struct Found<'p> {
    keep: Keep,
    /// In the order of the files.
    records: Vec<ParsedRecord>,
    /// Where each of them stands there.
    places: HashMap<(Kind, &'p str), usize>,
    articles: Vec<Arc<Article>>,
    faulty: BTreeSet<(Kind, String)>,
    unread: BTreeSet<Kind>,
    diagnostics: Vec<Diagnostic>,
}

impl<'p> Found<'p> {
    fn record(&mut self, record: &'p ParsedRecord) {
        let (kind, key) = (record.kind(), record.key());
        let place = *self.places.entry((kind, key)).or_insert(self.records.len());
        if let Some(first) = self.records.get(place) {
            self.diagnostics.push(
                Diagnostic::error(
                    problems::DUPLICATE_RECORD,
                    record.span(),
                    format!("the {} `{key}` is defined twice", kind.singular()),
                )
                .label("the second time")
                .also(first.span(), "the first time")
                .help("keep one of the two, or give one of them another key"),
            );
            return;
        }
        self.records.push(record.clone());
    }

    fn prose(&mut self, prose: &Prose, known: &mut Joined, joined: &mut Joined) {
        let place = self.places.get(&(prose.kind, prose.key.as_str()));
        match place.and_then(|place| self.records.get_mut(*place)) {
            Some(record) => {
                let name = (prose.kind, prose.key.clone());
                let known = known.0.remove(&name);
                let is_same =
                    |known: &Whole| known.fields.is(record) && Arc::ptr_eq(&known.prose, &prose.body);
                let joint = known.filter(is_same).unwrap_or_else(|| {
                    let mut whole = record.clone();
                    whole.common_mut().prose = (!prose.body.is_empty()).then(|| Arc::clone(&prose.body));
                    Whole { fields: record.clone(), prose: Arc::clone(&prose.body), whole }
                });
                *record = joint.whole.clone();
                joined.0.insert(name, joint);
            }
            None if self.faulty.contains(&(prose.kind, prose.key.clone())) => {}
            None if self.unread.contains(&prose.kind) => {}
            None => {
                let what = prose.kind.singular();
                let same_kind = self.records.iter().filter(|record| record.kind() == prose.kind);
                let mut known: Vec<&str> = same_kind.map(ParsedRecord::key).collect();
                known.sort_unstable();
                let help = match did_you_mean(&prose.key, known) {
                    Some(near) => format!("did you mean `{near}.md`?"),
                    None => format!(
                        "add a table `[{}]` to {}.toml, or the record itself as front matter",
                        prose.key,
                        prose.kind.plural()
                    ),
                };
                self.diagnostics.push(
                    Diagnostic::error(
                        problems::PROSE_WITHOUT_RECORD,
                        prose.span,
                        format!("there is no {what} `{}`", prose.key),
                    )
                    .help(help),
                );
            }
        }
    }

    /// The records by kind and key.
    fn in_order(records: Vec<ParsedRecord>) -> impl Iterator<Item = ParsedRecord> {
        // Most keys differ in their first letters, which stand close together here.
        let first = |key: &str| {
            let mut letters = [0; 8];
            letters.iter_mut().zip(key.bytes()).for_each(|(letter, byte)| *letter = byte);
            u64::from_be_bytes(letters)
        };
        let named = |record: ParsedRecord| (record.kind(), first(record.key()), record);
        let mut named: Vec<(Kind, u64, ParsedRecord)> = records.into_iter().map(named).collect();
        named.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.key().cmp(b.2.key())));
        named.into_iter().map(|(_, _, record)| record)
    }

    fn dossier(self, sources: &Sources, config: Config, before: Option<&Dossier>) -> Checked<Dossier> {
        let mut diagnostics = self.diagnostics;
        let mut dossier =
            Dossier { config, as_of: self.keep.as_of, is_preview: self.keep.withheld, ..Dossier::default() };
        dossier.unread = self.unread;
        dossier.absent.extend(self.faulty.into_iter().map(|name| (name, Absent::Faulty)));
        let mut people = Vec::new();
        let mut groups = Vec::new();
        let mut meetings = Vec::new();
        let mut events = Vec::new();
        let mut places = Vec::new();
        let mut relations = Vec::new();
        let mut source_records = Vec::new();
        let mut terms = Vec::new();
        let mut corrections = Vec::new();
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        let shown = Shown::of(&self.records, &self.articles, &dossier.config, sources, self.keep);
        for mut record in Found::in_order(self.records) {
            let (kind, span) = (record.kind(), record.span());
            let withheld = record.common().withhold == Withhold::Record && !self.keep.withheld;
            let words = withheld::words(&record, withheld, &shown, self.keep);
            if let (true, ParsedRecord::Source(source)) = (withheld, &record) {
                dossier.withheld_copies.extend(source.data.copy.clone());
            }
            if record.common().withheld_copy.is_some() {
                dossier.withheld_copies.extend(record.common_mut().withheld_copy.take());
            }
            dossier.withheld.extend(words.into_iter().map(|(word, form)| Withheld {
                word,
                form,
                owner: record.key().to_owned(),
                span,
            }));
            match record.common().withhold {
                Withhold::Record if withheld => dossier.withheld_files.extend(withheld::files(&record)),
                Withhold::Fields(_) => {
                    dossier.withheld_files.extend(withheld::files_of_fields(record.common()));
                }
                _ => {}
            }
            let surnames = withheld::surnames(&record, withheld);
            dossier.withheld_surnames.extend(surnames.into_iter().map(|word| Withheld {
                word,
                form: Form::Person,
                owner: record.key().to_owned(),
                span,
            }));
            if withheld {
                dossier.absent.insert((kind, record.key().to_owned()), Absent::Withheld);
                left_out.push(record);
                continue;
            }
            if record.common().draft && !self.keep.drafts {
                dossier.absent.insert((kind, record.key().to_owned()), Absent::Draft(span));
                left_out.push(record);
                continue;
            }
            kept.push(record);
        }
        // Before anything is taken out of what is left, it must be known what is not there.
        for article in self.articles {
            let key = (Kind::Article, article.path.clone());
            let withheld = article.common.withhold == Withhold::Record && !self.keep.withheld;
            let words = withheld::words_of_article(&article, withheld, &shown).into_iter();
            dossier.withheld.extend(words.map(|(word, form)| Withheld {
                word,
                form,
                owner: article.path.clone(),
                span: article.span,
            }));
            match article.common.withhold {
                Withhold::Record if withheld => dossier
                    .withheld_files
                    .extend(mentions::texts_of_article(&article).flat_map(withheld::pictures)),
                Withhold::Fields(_) => {
                    dossier.withheld_files.extend(withheld::files_of_fields(&article.common));
                }
                _ => {}
            }
            if withheld {
                dossier.absent.insert(key, Absent::Withheld);
            } else if article.common.draft && !self.keep.drafts {
                dossier.absent.insert(key, Absent::Draft(article.span));
            } else {
                dossier.articles.push(article);
            }
        }
        let any_withheld = dossier.absent.values().any(|why| *why == Absent::Withheld);
        let fields = withheld::hidden_fields(&kept, &dossier.articles);
        if any_withheld || !fields.is_empty() {
            let missing = Missing(&dossier.absent);
            let records = kept.iter().chain(&left_out);
            let spellings = records.flat_map(|record| withheld::spellings(record, &missing, &fields, &shown));
            dossier.withheld.extend(spellings);
        }
        if let Some(day) = self.keep.as_of {
            let then = later::without(kept, &mut dossier.articles, day, &mut dossier.absent);
            kept = then.value;
            diagnostics.extend(then.diagnostics);
        }
        let untied = tied_to(&kept, &Missing(&dossier.absent), Absent::Withheld);
        dossier.absent.extend(untied.into_iter().map(|name| (name, Absent::Withheld)));
        let missing = Missing(&dossier.absent);
        let kept: Vec<ParsedRecord> = kept
            .into_iter()
            .filter(|record| !withheld::corrects(record, &fields))
            .filter_map(|record| match any_withheld {
                true => withheld::without(record, &missing),
                false => Some(record),
            })
            .collect();
        for record in kept {
            match record {
                ParsedRecord::Person(record) => people.push(record),
                ParsedRecord::Group(record) => groups.push(record),
                ParsedRecord::Meeting(record) => meetings.push(record),
                ParsedRecord::Event(record) => events.push(record),
                ParsedRecord::Place(record) => places.push(record),
                ParsedRecord::Relation(record) => relations.push(record),
                ParsedRecord::Source(record) => source_records.push(record),
                ParsedRecord::Term(record) => terms.push(record),
                ParsedRecord::Correction(record) => corrections.push(record),
            }
        }
        dossier.people = Table::new(people, before.map(|before| &before.people));
        dossier.groups = Table::new(groups, before.map(|before| &before.groups));
        dossier.meetings = Table::new(meetings, before.map(|before| &before.meetings));
        dossier.events = Table::new(events, before.map(|before| &before.events));
        dossier.places = Table::new(places, before.map(|before| &before.places));
        dossier.relations = Table::new(relations, before.map(|before| &before.relations));
        dossier.sources = Table::new(source_records, before.map(|before| &before.sources));
        dossier.terms = Table::new(terms, before.map(|before| &before.terms));
        dossier.corrections = Table::new(corrections, before.map(|before| &before.corrections));
        dossier.articles.sort_by(|a, b| a.path.cmp(&b.path));
        dossier.statics = paths(sources, "static/");
        dossier.files = paths(sources, "content/");
        dossier.files.retain(|path| [".toml", ".md", ".bib"].iter().all(|ending| !path.ends_with(ending)));
        Checked { value: dossier, diagnostics }
    }
}

/// The records that a reference may mean, by the kinds that may stand there.
fn named(reference: &Ref, kinds: &[Kind]) -> impl Iterator<Item = (Kind, String)> {
    let (kinds, key) = match reference.text.split_once('/') {
        Some((kind, key)) => match Kind::from_plural(kind) {
            Some(kind) => (vec![kind], key),
            None => (vec![Kind::Article], reference.text.as_str()),
        },
        None => (kinds.to_vec(), reference.text.as_str()),
    };
    let key = key.to_owned();
    kinds.into_iter().map(move |kind| (kind, key.clone()))
}

/// What was written and is not in the dossier.
struct Missing<'a>(&'a BTreeMap<(Kind, String), Absent>);

impl Missing<'_> {
    fn withheld(&self, reference: &Ref, kinds: &[Kind]) -> bool {
        self.names(reference, kinds, Absent::Withheld)
    }

    /// Whether a reference, among the kinds that may stand there, names a record that is absent for a reason.
    fn names(&self, reference: &Ref, kinds: &[Kind], why: Absent) -> bool {
        named(reference, kinds).any(|name| self.0.get(&name) == Some(&why))
    }
}

/// The relations with an end that is absent for a reason. They are so for the same, and what refers to them
/// must know it.
fn tied_to(records: &[ParsedRecord], missing: &Missing, why: Absent) -> Vec<(Kind, String)> {
    let tied = |record: &&ParsedRecord| match record {
        ParsedRecord::Relation(relation) => {
            [&relation.data.from, &relation.data.to].into_iter().any(|end| missing.names(end, PARTY, why))
        }
        _ => false,
    };
    records.iter().filter(tied).map(|record| (record.kind(), record.key().to_owned())).collect()
}

fn paths(sources: &Sources, folder: &str) -> BTreeSet<String> {
    sources.under(folder).filter_map(|file| file.path.strip_prefix(folder)).map(str::to_owned).collect()
}
