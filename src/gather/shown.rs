//! The records that are published -> what they show, and so is no secret where a record that is withheld has it too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Keep, Missing, PARTY, identifiers, later, mentions, named, paths, withheld};
use crate::as_of::is_later;
use crate::model::article::Article;
use crate::model::body::{Body, Piece, with_names};
use crate::model::citation::{Citation, Hop};
use crate::model::config::Config;
use crate::model::dossier::{Absent, Form, Told};
use crate::model::fold::fold;
use crate::model::meeting::{Participant, Who};
use crate::model::source::By;
use crate::model::{Common, Kind, Withhold};
use crate::parse::ParsedRecord;
use crate::source::Sources;

/// A record or an article, by kind and key.
type Owner = (Kind, String);

/// What is shown, and what records are called.
#[derive(Debug, Default)]
pub struct Shown {
    /// Names of people, groups, makers and publishers, spellings of sources, titles, labels and origins, folded.
    labels: HashMap<String, Owners>,
    /// The names of people, groups, places and terms, folded.
    names: HashMap<String, Owners>,
    /// Addresses and numbers, each in the one form in which they are compared.
    identifiers: HashMap<String, Owners>,
    /// The hosts of the addresses.
    hosts: HashMap<String, Owners>,
    /// How many articles have this name in their folder, shown or not.
    pages: HashMap<String, usize>,
    /// The paths of files, by their names alone.
    files: HashMap<String, HashSet<String>>,
    /// The records, shown or not.
    keys: HashSet<Owner>,
    /// The name of each record and article by its key, whether it is shown or not.
    called: HashMap<String, String>,
}

/// The first two records that show something: with one of them it is shown elsewhere than in the other.
#[derive(Debug, Default)]
struct Owners(Vec<Owner>);

impl Owners {
    fn add(&mut self, owner: &Owner) {
        if self.0.len() < 2 && !self.0.contains(owner) {
            self.0.push(owner.clone());
        }
    }

    fn has_another(&self, own: &Owner) -> bool {
        self.0.iter().any(|owner| owner != own)
    }
}

/// What a record shows, on its way to all that is.
struct Showing<'s> {
    shown: &'s mut Shown,
    own: Owner,
}

impl Shown {
    /// Of all records and articles; nothing where none of them withholds anything.
    pub fn of(
        records: &[ParsedRecord],
        articles: &[Arc<Article>],
        config: &Config,
        sources: &Sources,
        keep: Keep,
    ) -> Shown {
        let mut shown = Shown::default();
        let mut all = records.iter().map(ParsedRecord::common).chain(articles.iter().map(|one| &one.common));
        if all.all(|common| common.withhold == Withhold::Nothing) {
            return shown;
        }
        let named = records.iter().map(|record| ((record.kind(), record.key()), record.common()));
        let named = named.chain(articles.iter().map(|one| ((Kind::Article, one.path.as_str()), &one.common)));
        let hidden = named.filter(|(_, common)| common.withhold == Withhold::Record);
        let absent: BTreeMap<(Kind, String), Absent> =
            hidden.map(|((kind, key), _)| ((kind, key.to_owned()), Absent::Withheld)).collect();
        let missing = Missing(&absent);
        for record in records {
            shown.keys.insert((record.kind(), record.key().to_owned()));
            if let Some(name) = withheld::names(record).into_iter().next() {
                shown.called.insert(format!("{}/{}", record.kind().plural(), record.key()), name.clone());
                shown.called.entry(record.key().to_owned()).or_insert(name);
            }
        }
        for record in records {
            let is_later = keep.as_of.is_some_and(|day| later::is_of_later(record, day));
            if is_shown(record.common(), keep)
                && !is_later
                && let Some(record) = withheld::without(record.clone(), &missing)
            {
                let own = (record.kind(), record.key().to_owned());
                Showing { shown: &mut shown, own }.record(&record);
            }
        }
        for article in articles {
            *shown.pages.entry(name_of(&article.path).to_owned()).or_default() += 1;
            shown.called.entry(article.path.clone()).or_insert_with(|| article.title.clone());
            let dates = article.common.added.iter().chain(&article.date);
            let is_later =
                keep.as_of.is_some_and(|day| dates.into_iter().any(|date| is_later(&date.value, day)));
            if is_shown(&article.common, keep) && !is_later {
                let own = (Kind::Article, article.path.clone());
                Showing { shown: &mut shown, own }.article(article);
            }
        }
        let mut site = Showing { shown: &mut shown, own: (Kind::Article, String::new()) };
        config.authors.iter().for_each(|name| site.label(name));
        paths(sources, "static/").iter().for_each(|path| site.file(path));
        shown
    }

    /// Whether a name, a title or a label is shown by another record than its own.
    pub fn names(&self, text: &str, own: &Owner) -> bool {
        self.labels.get(&plain(text)).is_some_and(|owners| owners.has_another(own))
    }

    /// Whether another person, group, place or term is called so.
    pub fn calls_another(&self, text: &str, own: &Owner) -> bool {
        self.names.get(&plain(text)).is_some_and(|owners| owners.has_another(own))
    }

    /// Whether a person, group, place or term is shown under a name, be it the record itself that tells of it.
    pub fn calls_somebody(&self, text: &str) -> bool {
        self.names.contains_key(&plain(text))
    }

    /// Whether a record of another kind is called so: a place, where a firm is.
    pub fn calls_another_kind(&self, text: &str, kind: Kind) -> bool {
        self.names.get(&plain(text)).is_some_and(|owners| owners.0.iter().any(|(other, _)| *other != kind))
    }

    /// Whether a text is the key of a record, shown or not: a withheld one is looked for by itself.
    pub fn is_key(&self, text: &str) -> bool {
        self.called.contains_key(text)
    }

    /// Whether an address or a number is shown by another record, or an address that is a host alone as that of another.
    pub fn identifies(&self, text: &str, own: &Owner) -> bool {
        let forms = identifiers::compared(text);
        let is_known = |form: &String| {
            [&self.identifiers, &self.hosts]
                .iter()
                .any(|known| known.get(form).is_some_and(|owners| owners.has_another(own)))
        };
        !forms.is_empty() && forms.iter().all(is_known)
    }

    /// The path of a file, and its name alone unless another file that is shown has the same.
    pub fn unlike(&self, path: &str) -> Vec<String> {
        let name = name_of(path);
        let is_another = |others: &HashSet<String>| others.iter().any(|other| other != path);
        let name = (!self.files.get(name).is_some_and(is_another)).then_some(name);
        std::iter::once(path).chain(name).map(str::to_owned).collect()
    }

    /// What of the name that a withheld article has in its folder is looked for: the name, or what a link to it says where it
    /// is a word of the language or the path itself; nothing where other articles have it, too.
    pub fn name_of_page(&self, name: &str, path: &str) -> Vec<(String, Form)> {
        match name {
            _ if name == path || self.pages.get(name).is_some_and(|count| *count > 1) => Vec::new(),
            "index" => Vec::new(),
            _ if name.contains('-') => vec![(name.to_owned(), Form::Key)],
            _ => [".html", ".md"].map(|end| (format!("{name}{end}"), Form::Text)).into(),
        }
    }

    /// A text with the names of records where it has only their keys.
    pub fn with_names(&self, text: &str) -> String {
        with_names(text, |key| self.called.get(key).cloned())
    }
}

impl Showing<'_> {
    fn record(&mut self, record: &ParsedRecord) {
        // What was there before a correction is not shown.
        if let ParsedRecord::Correction(_) = record {
            return;
        }
        withheld::files(record).iter().for_each(|file| self.file(&file.path));
        let has_name = matches!(record.kind(), Kind::Person | Kind::Group | Kind::Place | Kind::Term);
        for name in withheld::names(record) {
            self.label(&name);
            if has_name {
                self.shown.names.entry(plain(&name)).or_default().add(&self.own);
            }
        }
        withheld::addresses(record).iter().for_each(|address| self.identifier(address));
        self.common(record.common());
        self.origins(mentions::citations_of(record));
        mentions::texts_of(record).for_each(|body| self.body(body));
        match record {
            ParsedRecord::Person(person) => {
                person.data.roles.iter().for_each(|role| self.label(&role.role));
                person.data.links.iter().for_each(|link| self.label(&link.title));
            }
            ParsedRecord::Group(group) => {
                group.data.links.iter().for_each(|link| self.label(&link.title));
                group.data.exclusive_roles.iter().for_each(|role| self.label(&role.value));
            }
            ParsedRecord::Meeting(meeting) => self.participants(&meeting.data.participants),
            ParsedRecord::Event(event) => self.participants(&event.data.involved),
            ParsedRecord::Source(source) => {
                for by in source.data.makers() {
                    if let By::Text(name) = by {
                        self.label(name);
                    }
                }
                let imprint = &source.data.imprint;
                [&imprint.publisher, &imprint.container_title, &imprint.genre, &imprint.publisher_place]
                    .into_iter()
                    .flatten()
                    .for_each(|text| self.label(text));
                [&imprint.doi, &imprint.isbn].into_iter().flatten().for_each(|text| self.identifier(text));
            }
            _ => {}
        }
    }

    fn article(&mut self, article: &Article) {
        self.common(&article.common);
        self.origins(&article.cite);
        self.label(&article.title);
        article.authors.iter().for_each(|name| self.label(name));
        mentions::texts_of_article(article).for_each(|body| self.body(body));
    }

    /// What records of every kind have, but for their texts.
    fn common(&mut self, common: &Common) {
        common.tags.iter().for_each(|tag| self.label(&tag.value));
        common.ids.iter().for_each(|(_, id)| self.identifier(id));
        let asked = common.response_sought.iter().filter_map(|request| request.how.as_ref());
        asked.for_each(|how| self.label(how));
        self.origins(&common.cite);
    }

    fn origins<'c>(&mut self, citations: impl IntoIterator<Item = &'c Citation>) {
        for hop in citations.into_iter().flat_map(|citation| &citation.hops) {
            if let Hop::Unrecorded { text, .. } = hop {
                self.label(text);
            }
        }
    }

    fn body(&mut self, body: &Body) {
        withheld::pictures(body).for_each(|file| self.file(&file.path));
        for piece in &body.pieces {
            match piece {
                Piece::Cite(citations) => self.origins(citations),
                Piece::File { path, .. } => self.file(path),
                _ => {}
            }
        }
    }

    fn participants(&mut self, participants: &[Participant]) {
        for participant in participants {
            participant.capacity.iter().for_each(|text| self.label(text));
            let named_as = participant.named_as.iter();
            match &participant.who {
                // How a source spells somebody is that person's.
                Who::Record(who) => {
                    let owner = named(who, PARTY).find(|owner| self.shown.keys.contains(owner));
                    let owner = owner.unwrap_or_else(|| self.own.clone());
                    named_as.for_each(|text| self.label_of(text, &owner));
                }
                Who::Unnamed { desc, .. } => named_as.chain([desc]).for_each(|text| self.label(text)),
                Who::Withheld => {}
            }
        }
    }

    fn file(&mut self, path: &str) {
        self.shown.files.entry(name_of(path).to_owned()).or_default().insert(path.to_owned());
    }

    fn label(&mut self, text: &str) {
        self.shown.labels.entry(plain(text)).or_default().add(&self.own);
    }

    fn label_of(&mut self, text: &str, owner: &Owner) {
        self.shown.labels.entry(plain(text)).or_default().add(owner);
    }

    fn identifier(&mut self, text: &str) {
        for form in identifiers::compared(text) {
            if let Some((host, _)) = form.split_once('/') {
                self.shown.hosts.entry(host.to_owned()).or_default().add(&self.own);
            }
            self.shown.identifiers.entry(form).or_default().add(&self.own);
        }
    }
}

/// Whether a record is published.
pub fn is_shown(common: &Common, keep: Keep) -> bool {
    common.withhold != Withhold::Record && (!common.draft || keep.drafts)
}

/// The name of the file at a path.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A text as it is said, folded: `Quill, Vera` is the name of Vera Quill.
fn plain(text: &str) -> String {
    fold(Told::turned(text).as_deref().unwrap_or(text))
}
