//! What each file says -> the dossier: one table for each kind, every record in one home, drafts and
//! withheld records taken out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diag::{Checked, Diagnostic, did_you_mean};
use crate::model::article::Article;
use crate::model::config::Config;
use crate::model::dossier::{Absent, Dossier, Table, Withheld};
use crate::model::meeting::{Participant, Who};
use crate::model::name::Name;
use crate::model::source::By;
use crate::model::{Common, Kind, Record, Ref, Standing, Withhold};
use crate::parse::{Parsed, ParsedRecord, Prose};
use crate::source::{Sources, Span};

pub mod problems {
    //! What can be wrong once all files are known.
    crate::codes! {
        /// Two records of a kind with the same key, or one record in two homes: a table and the front
        /// matter of its Markdown file. Both places are named; keep one.
        DUPLICATE_RECORD = "duplicate-record";
        /// A Markdown file beside the records of a kind, whose name is the key of none of them.
        PROSE_WITHOUT_RECORD = "prose-without-record";
        /// A dossier needs a `site.toml` with at least a `title`.
        MISSING_SITE_FILE = "missing-site-file";
    }
}

/// Puts the files' contents together. `drafts` keeps what is marked as a draft.
pub fn gather<'p>(
    parsed: impl IntoIterator<Item = &'p Parsed>,
    sources: &Sources,
    config: Config,
    drafts: bool,
) -> Checked<Dossier> {
    let mut found = Found { drafts, ..Found::default() };
    let mut proses = Vec::new();
    for parsed in parsed {
        found.faulty.extend(parsed.faulty.iter().cloned());
        for record in &parsed.records {
            found.record(record.clone());
        }
        found.articles.extend(parsed.article.clone());
        proses.extend(parsed.prose.clone());
    }
    for prose in proses {
        found.prose(prose);
    }
    found.dossier(sources, config)
}

#[derive(Default)]
struct Found {
    drafts: bool,
    records: BTreeMap<(Kind, String), ParsedRecord>,
    articles: Vec<Article>,
    faulty: BTreeSet<(Kind, String)>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    fn record(&mut self, record: ParsedRecord) {
        let (kind, key, span) = head(&record);
        if let Some(first) = self.records.get(&(kind, key.clone())) {
            let (_, _, first) = head(first);
            self.diagnostics.push(
                Diagnostic::error(
                    problems::DUPLICATE_RECORD,
                    span,
                    format!("the {} `{key}` is defined twice", kind.singular()),
                )
                .label("the second time")
                .also(first, "the first time")
                .help("keep one of the two, or give one of them another key"),
            );
            return;
        }
        self.records.insert((kind, key), record);
    }

    fn prose(&mut self, prose: Prose) {
        match self.records.get_mut(&(prose.kind, prose.key.clone())) {
            Some(record) => record.common_mut().prose = (!prose.body.is_empty()).then_some(prose.body),
            None if self.faulty.contains(&(prose.kind, prose.key.clone())) => {}
            None => {
                let what = prose.kind.singular();
                let known =
                    self.records.keys().filter(|(kind, _)| *kind == prose.kind).map(|(_, key)| key.as_str());
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

    fn dossier(self, sources: &Sources, config: Config) -> Checked<Dossier> {
        let mut dossier = Dossier { config, ..Dossier::default() };
        dossier.absent.extend(self.faulty.into_iter().map(|name| (name, Absent::Faulty)));
        let mut people = Vec::new();
        let mut groups = Vec::new();
        let mut meetings = Vec::new();
        let mut events = Vec::new();
        let mut places = Vec::new();
        let mut relations = Vec::new();
        let mut source_records = Vec::new();
        let mut corrections = Vec::new();
        let mut kept = Vec::new();
        for ((kind, key), mut record) in self.records {
            let span = head(&record).2;
            let words = withheld_words(&record, &key);
            let common = record.common_mut();
            let withheld = common.withhold == Withhold::Record;
            dossier.withheld.extend(words.into_iter().map(|word| Withheld {
                word,
                owner: key.clone(),
                span,
            }));
            if withheld {
                dossier.absent.insert((kind, key), Absent::Withheld);
                continue;
            }
            if common.draft && !self.drafts {
                dossier.absent.insert((kind, key), Absent::Draft(span));
                continue;
            }
            kept.push(record);
        }
        let mut named_as = Vec::new();
        let kept: Vec<ParsedRecord> = kept
            .into_iter()
            .filter_map(|record| without_withheld(record, &dossier.absent, &mut named_as))
            .collect();
        dossier.withheld.extend(named_as);
        for record in kept {
            match record {
                ParsedRecord::Person(record) => people.push(record),
                ParsedRecord::Group(record) => groups.push(record),
                ParsedRecord::Meeting(record) => meetings.push(record),
                ParsedRecord::Event(record) => events.push(record),
                ParsedRecord::Place(record) => places.push(record),
                ParsedRecord::Relation(record) => relations.push(record),
                ParsedRecord::Source(record) => source_records.push(record),
                ParsedRecord::Correction(record) => corrections.push(record),
            }
        }
        dossier.people = Table::new(people);
        dossier.groups = Table::new(groups);
        dossier.meetings = Table::new(meetings);
        dossier.events = Table::new(events);
        dossier.places = Table::new(places);
        dossier.relations = Table::new(relations);
        dossier.sources = Table::new(source_records);
        dossier.corrections = Table::new(corrections);
        for article in self.articles {
            let key = (Kind::Article, article.path.clone());
            if article.common.withhold == Withhold::Record {
                let name = article.path.rsplit('/').next().unwrap_or(&article.path);
                let old = article.common.moved_from.iter().map(|old| old.value.clone());
                for word in
                    [article.title.clone(), article.path.clone(), name.to_owned()].into_iter().chain(old)
                {
                    dossier.withheld.push(Withheld { word, owner: article.path.clone(), span: article.span });
                }
                dossier.absent.insert(key, Absent::Withheld);
            } else if article.common.draft && !self.drafts {
                dossier.absent.insert(key, Absent::Draft(article.span));
            } else {
                dossier.articles.push(article);
            }
        }
        dossier.articles.sort_by(|a, b| a.path.cmp(&b.path));
        dossier.statics = paths(sources, "static/");
        dossier.files = paths(sources, "content/");
        dossier.files.retain(|path| [".toml", ".md", ".bib"].iter().all(|ending| !path.ends_with(ending)));
        Checked { value: dossier, diagnostics: self.diagnostics }
    }
}

/// Takes out of a record what refers to a withheld one; nothing when without that it says nothing.
fn without_withheld(
    mut record: ParsedRecord,
    absent: &BTreeMap<(Kind, String), Absent>,
    spellings: &mut Vec<Withheld>,
) -> Option<ParsedRecord> {
    let hidden = |reference: &Ref, kinds: &[Kind]| {
        let (kinds, key) = match reference.text.split_once('/') {
            Some((kind, key)) => (Kind::from_plural(kind).into_iter().collect(), key),
            None => (kinds.to_vec(), reference.text.as_str()),
        };
        kinds.into_iter().any(|kind| absent.get(&(kind, key.to_owned())) == Some(&Absent::Withheld))
    };
    match &mut record {
        ParsedRecord::Person(person) => person.data.roles.retain(|role| !hidden(&role.of, GROUP)),
        ParsedRecord::Group(group) => group.data.part_of.retain(|part| !hidden(&part.of, GROUP)),
        ParsedRecord::Meeting(meeting) => {
            hide_participants(&mut meeting.data.participants, &hidden, spellings);
            hide_parties(&mut meeting.data.standing, &hidden);
        }
        ParsedRecord::Event(event) => {
            hide_participants(&mut event.data.involved, &hidden, spellings);
            hide_parties(&mut event.data.standing, &hidden);
        }
        ParsedRecord::Relation(relation) => {
            if hidden(&relation.data.from, PARTY) || hidden(&relation.data.to, PARTY) {
                return None;
            }
            hide_parties(&mut relation.data.standing, &hidden);
        }
        ParsedRecord::Correction(correction) => {
            if hidden(&correction.data.on, &Kind::RECORDS) {
                return None;
            }
        }
        ParsedRecord::Source(source) => {
            if matches!(&source.data.by, Some(By::Record(by)) if hidden(by, PARTY)) {
                source.data.by = None;
            }
        }
        ParsedRecord::Place(_) => {}
    }
    Some(record)
}

/// Leaves of a withheld party that somebody takes the position, without whose words it could be known.
fn hide_parties(standing: &mut Standing, hidden: &dyn Fn(&Ref, &[Kind]) -> bool) {
    for stance in &mut standing.stances {
        if stance.who.as_ref().is_some_and(|who| hidden(who, PARTY)) {
            stance.who = None;
            stance.words = None;
        }
    }
}

/// Leaves of a withheld participant that there was one, and for which group.
fn hide_participants(
    participants: &mut [Participant],
    hidden: &dyn Fn(&Ref, &[Kind]) -> bool,
    spellings: &mut Vec<Withheld>,
) {
    for participant in participants {
        let Who::Record(who) = &participant.who else { continue };
        if hidden(who, PARTY) {
            // How a source spells the name is one of its spellings.
            if let Some(word) = participant.named_as.take() {
                let owner = who.text.clone();
                spellings.push(Withheld { word, owner, span: participant.span });
            }
            let for_group = participant.for_group.take();
            let span = participant.span;
            *participant = Participant { for_group, ..Participant::of(Who::Withheld, span) };
        }
    }
}

const GROUP: &[Kind] = &[Kind::Group];
const PARTY: &[Kind] = &[Kind::Person, Kind::Group];

fn paths(sources: &Sources, folder: &str) -> BTreeSet<String> {
    sources.under(folder).filter_map(|file| file.path.strip_prefix(folder)).map(str::to_owned).collect()
}

fn head(record: &ParsedRecord) -> (Kind, String, Span) {
    fn of<T>(kind: Kind, record: &Record<T>) -> (Kind, String, Span) {
        (kind, record.key.clone(), record.span)
    }
    match record {
        ParsedRecord::Person(record) => of(Kind::Person, record),
        ParsedRecord::Group(record) => of(Kind::Group, record),
        ParsedRecord::Meeting(record) => of(Kind::Meeting, record),
        ParsedRecord::Event(record) => of(Kind::Event, record),
        ParsedRecord::Place(record) => of(Kind::Place, record),
        ParsedRecord::Relation(record) => of(Kind::Relation, record),
        ParsedRecord::Source(record) => of(Kind::Source, record),
        ParsedRecord::Correction(record) => of(Kind::Correction, record),
    }
}

/// What of a record must not be found in the output: its key, names, spellings and file names, or
/// the texts of its withheld fields.
fn withheld_words(record: &ParsedRecord, key: &str) -> Vec<String> {
    let common = common(record);
    let mut words: Vec<String> = common.withheld_texts.clone();
    if common.withhold == Withhold::Record {
        words.push(key.to_owned());
        words.extend(common.moved_from.iter().map(|old| old.value.clone()));
        words.extend(names(record));
        words.extend(files(record));
    }
    let mut seen: HashMap<String, ()> = HashMap::new();
    words.retain(|word| !word.trim().is_empty() && seen.insert(word.clone(), ()).is_none());
    words
}

fn common(record: &ParsedRecord) -> &Common {
    match record {
        ParsedRecord::Person(record) => &record.common,
        ParsedRecord::Group(record) => &record.common,
        ParsedRecord::Meeting(record) => &record.common,
        ParsedRecord::Event(record) => &record.common,
        ParsedRecord::Place(record) => &record.common,
        ParsedRecord::Relation(record) => &record.common,
        ParsedRecord::Source(record) => &record.common,
        ParsedRecord::Correction(record) => &record.common,
    }
}

fn names(record: &ParsedRecord) -> Vec<String> {
    let all = |name: &Name| name.all().map(str::to_owned).collect::<Vec<_>>();
    match record {
        ParsedRecord::Person(person) => {
            let mut names = all(&person.data.name);
            names.extend(person.data.sort_name.clone());
            names.extend(person.data.ids.iter().map(|(_, id)| id.clone()));
            names.extend(person.data.links.iter().map(|link| link.url.value.clone()));
            names
        }
        ParsedRecord::Group(group) => {
            let mut names = all(&group.data.name);
            names.extend(group.data.short.clone());
            names.extend(group.data.ids.iter().map(|(_, id)| id.clone()));
            names.extend(group.data.links.iter().map(|link| link.url.value.clone()));
            names
        }
        ParsedRecord::Place(place) => all(&place.data.name),
        ParsedRecord::Meeting(meeting) => meeting.data.title.iter().cloned().collect(),
        ParsedRecord::Event(event) => vec![event.data.title.clone()],
        ParsedRecord::Relation(relation) => relation.data.title.iter().cloned().collect(),
        ParsedRecord::Source(source) => vec![source.data.title.clone()],
        ParsedRecord::Correction(_) => Vec::new(),
    }
}

fn files(record: &ParsedRecord) -> Vec<String> {
    let path = match record {
        ParsedRecord::Person(person) => person.data.portrait.as_ref().map(|portrait| &portrait.file.path),
        ParsedRecord::Source(source) => source.data.copy.as_ref().map(|copy| &copy.file.path),
        _ => None,
    };
    path.into_iter()
        .flat_map(|path| [path.clone(), path.rsplit('/').next().unwrap_or(path).to_owned()])
        .collect()
}
