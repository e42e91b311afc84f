//! What was read from files of another format: records under way, and what could not be carried.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::Input;
use super::keys::{Keys, slugged};
use super::merge::as_text;
use super::text::{host, plain};
use crate::export::plain::Fields;
use crate::link::Linked;
use crate::model::Kind;
use crate::model::dossier::Dossier;
use crate::parse::is_key;
use crate::source::SourceFile;

/// What the files say.
pub struct Taken {
    /// The dossier that it goes to, drafts and withheld records included.
    pub dossier: Arc<Linked>,
    pub keys: Keys,
    /// The records by kind and key, in the order of the files.
    pub records: IndexMap<(Kind, String), Fields>,
    pub lost: Vec<Loss>,
    /// Fields of `site.toml`, for a dossier that has none yet.
    pub about: Fields,
    /// Sources by their address or title.
    sources: HashMap<String, String>,
    /// The file that is being read, by its path.
    file: String,
    /// The file that each record comes from.
    files: HashMap<(Kind, String), String>,
}

/// What could not be carried of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loss {
    /// `people/ada-berg`, or as the file calls it.
    pub record: String,
    /// The field, as the file calls it or as the dossier does.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// Why it is not there, or what became of it.
    pub why: String,
}

impl Taken {
    /// `scheme` is the name under which records remember their identifiers in the format.
    pub fn new(dossier: Arc<Linked>, scheme: &'static str) -> Taken {
        Taken {
            keys: Keys::new(&dossier.dossier, scheme),
            dossier,
            records: IndexMap::new(),
            lost: Vec::new(),
            about: Fields::new(),
            sources: HashMap::new(),
            file: String::new(),
            files: HashMap::new(),
        }
    }

    /// Says which file is read from here on.
    pub fn reads(&mut self, file: &SourceFile) {
        self.file.clone_from(&file.path);
    }

    pub fn there(&self) -> &Dossier {
        &self.dossier.dossier
    }

    /// The fields of a record, which is begun where it is new.
    pub fn record(&mut self, kind: Kind, key: &str) -> &mut Fields {
        let record = (kind, key.to_owned());
        self.files.entry(record.clone()).or_insert_with(|| self.file.clone());
        self.records.entry(record).or_default()
    }

    /// Adds to a record what is said of it, perhaps once more: lists grow, and of two values the first stays.
    pub fn say(&mut self, kind: Kind, key: &str, fields: Fields) {
        let mut other = Vec::new();
        let mut spellings = Fields::new();
        let record = self.record(kind, key);
        for (field, value) in fields {
            match (record.get_mut(&field), value) {
                (None, value) => drop(record.insert(field, value)),
                (Some(known), value) if *known == value => {}
                (Some(Value::Array(known)), Value::Array(items)) => {
                    for item in items {
                        if !known.contains(&item) {
                            known.push(item);
                        }
                    }
                }
                (Some(_), Value::Object(names)) if field == "names" => spellings = names,
                (Some(Value::Object(known)), Value::Object(parts)) => {
                    for (part, value) in parts {
                        match known.get(&part) {
                            None => drop(known.insert(part, value)),
                            Some(there) if *there == value => {}
                            Some(there) => {
                                other.push((format!("{field}.{part}"), as_text(&value), as_text(there)));
                            }
                        }
                    }
                }
                (Some(known), value) => other.push((field, as_text(&value), as_text(known))),
            }
        }
        for (kind, written) in spellings {
            match written {
                Value::Array(several) => several.into_iter().for_each(|one| add_name(record, &kind, one)),
                one => add_name(record, &kind, one),
            }
        }
        for (field, value, known) in other {
            let why = format!("it is there more than once, and said first: {known}");
            self.lose(format!("{}/{key}", kind.plural()), field, value, why);
        }
    }

    pub fn lose(
        &mut self,
        record: impl Into<String>,
        field: impl Into<String>,
        value: impl Into<String>,
        why: impl Into<String>,
    ) {
        const LONG: usize = 300;
        let mut value: String = value.into();
        if value.chars().count() > LONG {
            value = value.chars().take(LONG).chain(['…']).collect();
        }
        self.lost.push(Loss { record: record.into(), field: field.into(), value, why: why.into() });
    }

    /// The key of what the files call `id`, if it is of one of these kinds.
    pub fn key(&self, id: &str, kinds: &[Kind]) -> Option<String> {
        let (kind, key) = self.keys.get(id, kinds)?;
        Some(reference(kind, &key, kinds))
    }

    /// The source that has an address, which is begun where it is new; nothing where it is no address on the web.
    pub fn source_at(&mut self, url: &str, title: Option<&str>) -> Option<String> {
        if let Some(key) = self.sources.get(url) {
            return Some(key.clone());
        }
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return None;
        }
        let there = self.there();
        let known = there.ids(Kind::Source).find(|id| {
            there
                .sources
                .get(id.index)
                .and_then(|source| source.data.url.as_ref())
                .is_some_and(|own| own.value == url)
        });
        let key = match known {
            Some(id) => {
                let key = there.key(id).to_owned();
                self.keys.give_own(Kind::Source, url, &key);
                key
            }
            None => {
                let title = title.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(url).to_owned();
                let host = host(url);
                let mut names = vec![title.as_str()];
                if title == url {
                    names = vec![host.as_str()];
                }
                let key = self.keys.give(Kind::Source, url, &names);
                let fields = self.record(Kind::Source, &key);
                fields.insert("title".to_owned(), json!(title));
                fields.insert("type".to_owned(), json!("webpage"));
                fields.insert("url".to_owned(), json!(url));
                key
            }
        };
        self.sources.insert(url.to_owned(), key.clone());
        Some(key)
    }

    /// The source of that title, such as a data set, which is begun where it is new.
    pub fn source_called(&mut self, title: &str, kind: &str) -> String {
        if let Some(key) = self.sources.get(title) {
            return key.clone();
        }
        let plain = slugged(title);
        let plain = if is_key(&plain) { plain } else { "imported".to_owned() };
        let title_of = |key: &str| {
            let id = self.there().find(Kind::Source, key)?;
            Some(self.there().sources.get(id.index)?.data.title.clone())
        };
        let is_free = |key: &str| {
            let in_files = self.records.contains_key(&(Kind::Source, key.to_owned()));
            !in_files && title_of(key).is_none_or(|known| known == title)
        };
        let mut tries = std::iter::once(plain.clone()).chain((2..).map(|n| format!("{plain}-{n}")));
        let key = tries.find(|key| is_free(key)).unwrap_or(plain);
        self.keys.give_own(Kind::Source, &format!("title {title}"), &key);
        let fields = self.record(Kind::Source, &key);
        fields.insert("title".to_owned(), json!(title));
        fields.insert("type".to_owned(), json!(kind));
        self.sources.insert(title.to_owned(), key.clone());
        key
    }

    /// The place of that name, which is begun where it is new.
    pub fn place_called(&mut self, name: &str) -> String {
        let there = self.there();
        let known =
            there.ids(Kind::Place).find(|id| there.name(*id).is_some_and(|own| own.text.value == name));
        let known = known.map(|id| there.key(id).to_owned());
        let of_files = self.records.iter().find(|((kind, _), fields)| {
            *kind == Kind::Place && fields.get("name").and_then(Value::as_str) == Some(name)
        });
        if let Some(key) = known.or_else(|| of_files.map(|((_, key), _)| key.clone())) {
            return key;
        }
        let key = self.keys.give(Kind::Place, &format!("place called {name}"), &[name]);
        self.record(Kind::Place, &key).insert("name".to_owned(), json!(name));
        key
    }

    /// Whether a record of the files should name a source, and neither does so there nor in the dossier.
    pub fn cites_nothing(&self, kind: Kind, key: &str) -> bool {
        const CITING: [Kind; 5] = [Kind::Person, Kind::Group, Kind::Meeting, Kind::Event, Kind::Relation];
        let there = self.there();
        let known = there.find(kind, key).and_then(|id| there.common(id));
        let fields = self.records.get(&(kind, key.to_owned()));
        CITING.contains(&kind)
            && fields.is_some_and(|fields| !fields.contains_key("cite"))
            && known.is_none_or(|common| common.cite.is_empty())
    }

    /// Ends the reading: records that cite nothing cite the file they come from, or what was chosen for that.
    pub(super) fn finish(&mut self, input: &Input, cites_itself: bool) {
        self.records.retain(|_, fields| !fields.is_empty());
        let bad = |(kind, key): &(Kind, String)| {
            let mut parts = key.split('/');
            !(if *kind == Kind::Article { parts.all(is_key) } else { is_key(key) })
        };
        // A key is the name of a file, too.
        let bad: Vec<(Kind, String)> = self.records.keys().filter(|key| bad(key)).cloned().collect();
        for record in bad {
            self.records.shift_remove(&record);
            self.lose(
                record.0.plural(),
                "key",
                record.1,
                "no key: lower-case letters a-z, digits and single hyphens",
            );
        }
        if cites_itself && input.choices.cite.is_none() {
            return;
        }
        let silent: Vec<(Kind, String)> =
            self.records.keys().filter(|(kind, key)| self.cites_nothing(*kind, key)).cloned().collect();
        for record in silent {
            let cite = match &input.choices.cite {
                Some(cite) => cite.clone(),
                None => {
                    let path = self.files.get(&record).cloned().unwrap_or_default();
                    let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
                    self.source_called(&name, "dataset")
                }
            };
            if let Some(fields) = self.records.get_mut(&record) {
                fields.insert("cite".to_owned(), json!([cite]));
            }
        }
    }
}

/// A key as a field has it in which records of several kinds can stand.
pub fn reference(kind: Kind, key: &str, kinds: &[Kind]) -> String {
    if kinds.len() == 1 { key.to_owned() } else { format!("{}/{key}", kind.plural()) }
}

/// Puts a text into a field, if there is any.
pub fn put(fields: &mut Fields, field: &str, text: Option<&str>) {
    if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
        fields.insert(field.to_owned(), json!(text));
    }
}

/// Puts a text without markup into a field of Markdown, as one paragraph.
pub fn put_plain(fields: &mut Fields, field: &str, text: Option<&str>) {
    let text = text.map(|text| plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
    put(fields, field, text.as_deref());
}

/// Adds to a list, unless it is there.
pub fn add(fields: &mut Fields, field: &str, value: Value) {
    let list = fields.entry(field).or_insert_with(|| json!([]));
    if let Value::Array(items) = list
        && !items.contains(&value)
    {
        items.push(value);
    }
}

/// Adds a spelling, unless it is the name itself or there already.
pub fn add_name(fields: &mut Fields, kind: &str, spelling: Value) {
    let text = spelling.as_str().or_else(|| spelling.get("text")?.as_str()).unwrap_or("").trim();
    if text.is_empty() || fields.get("name").and_then(Value::as_str) == Some(text) && kind == "aka" {
        return;
    }
    let names = fields.entry("names").or_insert_with(|| json!({}));
    let Value::Object(names) = names else { return };
    match names.entry(kind).or_insert(Value::Null) {
        known @ Value::Null => *known = spelling,
        Value::Array(several) if several.contains(&spelling) => {}
        Value::Array(several) => several.push(spelling),
        known if *known == spelling => {}
        known => *known = json!([known.take(), spelling]),
    }
}

/// Remembers what something is called elsewhere.
pub fn add_id(fields: &mut Fields, scheme: &str, id: &str) {
    let ids = fields.entry("ids").or_insert_with(|| json!({}));
    if let Value::Object(ids) = ids
        && !id.trim().is_empty()
    {
        ids.entry(scheme).or_insert_with(|| json!(id.trim()));
    }
}
