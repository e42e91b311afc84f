//! The records that are published -> what they show, and so is no secret where a record that is withheld has it too.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Keep, identifiers, later, mentions, paths, withheld};
use crate::model::article::Article;
use crate::model::body::{Body, Piece, with_names};
use crate::model::citation::{Citation, Hop};
use crate::model::config::Config;
use crate::model::dossier::{Form, Told};
use crate::model::fold::fold;
use crate::model::meeting::{Participant, Who};
use crate::model::relation::Relation;
use crate::model::source::By;
use crate::model::{Common, Kind, Withhold};
use crate::parse::ParsedRecord;
use crate::source::Sources;

/// What is shown, and what records are called.
#[derive(Debug, Default)]
pub struct Shown {
    /// Names of people, groups, makers and publishers, spellings of sources, titles, labels and origins, folded.
    labels: HashSet<String>,
    /// The names of records by their kinds, folded.
    names: HashMap<String, HashSet<Kind>>,
    /// Addresses and numbers, each in the one form in which they are compared.
    identifiers: HashSet<String>,
    /// The hosts of the addresses.
    hosts: HashSet<String>,
    /// How many articles have this name in their folder, shown or not.
    pages: HashMap<String, usize>,
    /// The paths of files, by their names alone.
    files: HashMap<String, HashSet<String>>,
    /// The records that are withheld, by their keys with and without the kind.
    hidden: HashSet<String>,
    /// The name of each record and article by its key, whether it is shown or not.
    called: HashMap<String, String>,
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
        let is_shown = |common: &Common| is_shown(common, keep);
        let is_later = |record: &ParsedRecord| keep.as_of.is_some_and(|day| later::is_of_later(record, day));
        for record in records.iter().filter(|record| !is_shown(record.common())) {
            shown.hidden.insert(record.key().to_owned());
            shown.hidden.insert(format!("{}/{}", record.kind().plural(), record.key()));
        }
        for record in records {
            if let Some(name) = withheld::names(record).into_iter().next() {
                shown.called.insert(format!("{}/{}", record.kind().plural(), record.key()), name.clone());
                shown.called.entry(record.key().to_owned()).or_insert(name);
            }
            if is_shown(record.common()) && !is_later(record) {
                shown.record(record);
            }
        }
        for article in articles {
            *shown.pages.entry(name_of(&article.path).to_owned()).or_default() += 1;
            shown.called.entry(article.path.clone()).or_insert_with(|| article.title.clone());
            if is_shown(&article.common) {
                shown.common(&article.common);
                shown.origins(&article.cite);
                shown.label(&article.title);
                article.authors.iter().for_each(|name| shown.label(name));
                mentions::texts_of_article(article).for_each(|body| shown.body(body));
            }
        }
        config.authors.iter().for_each(|name| shown.label(name));
        paths(sources, "static/").iter().for_each(|path| shown.file(path));
        shown
    }

    fn record(&mut self, record: &ParsedRecord) {
        let is_tied = |relation: &Relation| {
            [&relation.from, &relation.to].iter().any(|end| self.hidden.contains(&end.text))
        };
        match record {
            // What was there before a correction, and what has a withheld end, is not shown.
            ParsedRecord::Correction(_) => return,
            ParsedRecord::Relation(relation) if is_tied(&relation.data) => return,
            _ => {}
        }
        withheld::files(record).iter().for_each(|file| self.file(&file.path));
        for name in withheld::names(record) {
            self.label(&name);
            self.names.entry(plain(&name)).or_default().insert(record.kind());
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
        let is_hidden = |who: &Who| matches!(who, Who::Record(who) if self.hidden.contains(&who.text));
        let shown: Vec<&Participant> = participants.iter().filter(|one| !is_hidden(&one.who)).collect();
        for participant in shown {
            if let Who::Unnamed { desc, .. } = &participant.who {
                self.label(desc);
            }
            [&participant.named_as, &participant.capacity]
                .into_iter()
                .flatten()
                .for_each(|text| self.label(text));
        }
    }

    fn file(&mut self, path: &str) {
        self.files.entry(name_of(path).to_owned()).or_default().insert(path.to_owned());
    }

    fn label(&mut self, text: &str) {
        self.labels.insert(plain(text));
    }

    fn identifier(&mut self, text: &str) {
        let forms = identifiers::compared(text);
        self.hosts.extend(forms.iter().filter_map(|form| Some(form.split_once('/')?.0.to_owned())));
        self.identifiers.extend(forms);
    }

    /// Whether a name, a title or a label is shown.
    pub fn names(&self, text: &str) -> bool {
        self.labels.contains(&plain(text))
    }

    /// Whether a record of another kind is shown under a name: a place, where a firm is called so.
    pub fn names_another(&self, text: &str, kind: Kind) -> bool {
        self.names.get(&plain(text)).is_some_and(|kinds| kinds.iter().any(|other| *other != kind))
    }

    /// Whether a text is a name or label that is shown, or the key of a record: a withheld one is looked for by itself.
    pub fn is_known(&self, text: &str) -> bool {
        self.names(text) || self.called.contains_key(text)
    }

    /// Whether an address or a number is shown, or an address that is a host alone as that of another.
    pub fn identifies(&self, text: &str) -> bool {
        let forms = identifiers::compared(text);
        !forms.is_empty()
            && forms.iter().all(|form| self.identifiers.contains(form) || self.hosts.contains(form))
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
