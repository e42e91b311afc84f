//! Sources -> bibliographies: BibLaTeX, and CSL-JSON for Zotero, Pandoc and others.

use biblatex::{Chunk, Entry, EntryType, Spanned};
use serde_json::Value;

use super::{Export, Exported, Losses, plain};
use crate::bibliography::item::item;
use crate::model::Kind;
use crate::model::dossier::Id;
use crate::model::exact;
use crate::model::kinds::PARTY;
use crate::view::words::Words;

pub const EXPORT: Export = Export {
    name: "bibliography",
    about: "the sources as BibLaTeX and CSL-JSON, for Zotero, LaTeX, Pandoc and others",
    leaves_out: &[
        "what rests on a source, and what it rests on itself",
        "quotations, held copies and grades",
    ],
    paths: |words| if words.linked.dossier.sources.is_empty() { Vec::new() } else { FILES.to_vec() },
    make,
};

const FILES: [&str; 2] = ["data/sources.bib", "data/sources.csl.json"];

fn make(words: &Words) -> Exported {
    let dossier = &words.linked.dossier;
    let mut lost = Losses::default();
    let mut items = Vec::new();
    let mut bib = String::new();
    for id in dossier.ids(Kind::Source) {
        let Some(source) = dossier.sources.get(id.index) else { continue };
        let dated = [("published", &source.data.published), ("accessed", &source.data.accessed)];
        for (field, date) in dated {
            if let Some(date) = date.as_ref().filter(|date| exact::of(&date.value).is_none()) {
                lost.add(
                    dossier,
                    id,
                    field,
                    date.value.text(),
                    "not in CSL-JSON, which knows no doubtful dates",
                );
            }
        }
        items.extend(csl(words, id));
        bib.push_str(&biblatex(words, id).to_biblatex_string());
        bib.push('\n');
    }
    if items.is_empty() {
        return Exported::default();
    }
    let files = [
        ("data/sources.csl.json", super::pretty(&Value::Array(items))),
        ("data/sources.bib", bib.into_bytes()),
    ];
    Exported { files: files.map(|(path, bytes)| (path.to_owned(), bytes)).to_vec(), lost }
}

/// The item of a source, without the dates that CSL has no form for.
fn csl(words: &Words, id: Id) -> Option<Value> {
    let (item, marks) = item(&words.linked.dossier, id)?;
    let mut item = serde_json::to_value(item).ok()?;
    for (name, mark) in ["issued", "accessed"].into_iter().zip(marks) {
        if mark.is_some() {
            item.as_object_mut()?.remove(name);
        }
    }
    Some(item)
}

/// The fields that BibLaTeX has under other names.
const FIELDS: [(&str, &str); 17] = [
    ("title", "title"),
    ("published", "date"),
    ("accessed", "urldate"),
    ("url", "url"),
    ("language", "language"),
    ("author", "author"),
    ("editor", "editor"),
    ("container_title", "journaltitle"),
    ("publisher", "publisher"),
    ("publisher_place", "location"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("number", "number"),
    ("page", "pages"),
    ("edition", "edition"),
    ("doi", "doi"),
    ("isbn", "isbn"),
];

fn biblatex(words: &Words, id: Id) -> Entry {
    let dossier = &words.linked.dossier;
    let fields = plain::record(dossier, id);
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or("document");
    let mut entry = Entry::new(dossier.key(id).to_owned(), EntryType::new(entry_type(kind)));
    let normal = |text: &str| Chunk::Normal(text.to_owned());
    let mut set = |name: &str, chunks: Vec<Chunk>| {
        entry.set(name, chunks.into_iter().map(Spanned::zero).collect());
    };
    for (field, name) in FIELDS {
        match fields.get(field) {
            Some(Value::String(text)) => set(name, vec![normal(text)]),
            Some(Value::Array(makers)) => {
                let makers: Vec<Chunk> =
                    makers.iter().filter_map(Value::as_str).map(|maker| name_of(words, maker)).collect();
                let between = |maker: Chunk| [normal(" and "), maker];
                set(name, makers.into_iter().flat_map(between).skip(1).collect());
            }
            _ => {}
        }
    }
    if let Some(by) = fields.get("by").and_then(Value::as_str) {
        set(if fields.contains_key("author") { "organization" } else { "author" }, vec![name_of(words, by)]);
    }
    set("note", vec![normal(words.strings.get(&format!("source-type.{kind}")))]);
    entry
}

/// The name of who made a source; that of a group is taken as it stands, since it has no first name.
fn name_of(words: &Words, maker: &str) -> Chunk {
    match words.linked.dossier.named(maker, PARTY) {
        Some(id) if id.kind == Kind::Person => Chunk::Normal(words.sorted_by(id)),
        Some(id) => Chunk::Verbatim(words.title(id)),
        None => Chunk::Normal(maker.to_owned()),
    }
}

/// The type of BibLaTeX for a type of CSL.
fn entry_type(kind: &str) -> &'static str {
    match kind {
        "article-journal" | "article-magazine" | "article-newspaper" | "article" | "review" => "article",
        "book" | "classic" => "book",
        "chapter" => "incollection",
        "report" => "report",
        "thesis" => "thesis",
        "paper-conference" => "inproceedings",
        "webpage" | "post" | "post-weblog" => "online",
        "dataset" => "dataset",
        "software" => "software",
        "patent" => "patent",
        _ => "misc",
    }
}
