//! Sources -> bibliographies: BibLaTeX, and CSL-JSON for Zotero, Pandoc and others.

use serde_json::{Value, json};

use super::{Export, Hand, Losses, plain};
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

fn make(words: &Words, hand: Hand) -> Losses {
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
        bib.push_str(&biblatex(words, id, &mut lost));
    }
    if items.is_empty() {
        return Losses::default();
    }
    let files = [
        ("data/sources.csl.json", super::pretty(&Value::Array(items))),
        ("data/sources.bib", bib.into_bytes()),
    ];
    files.into_iter().for_each(|(path, bytes)| hand((path.to_owned(), bytes)));
    lost
}

/// The item of a source as CSL-JSON has it, without the dates that CSL has no form for.
fn csl(words: &Words, id: Id) -> Option<Value> {
    let dossier = &words.linked.dossier;
    let (item, marks) = item(dossier, id)?;
    let mut item = serde_json::to_value(item).ok()?;
    let fields = item.as_object_mut()?;
    for (name, mark) in ["issued", "accessed"].into_iter().zip(marks) {
        // What writes them for citing leaves out how they are called.
        if let Some(parts) = fields.remove(name).filter(|_| mark.is_none()) {
            fields.insert(name.to_owned(), json!({ "date-parts": parts }));
        }
    }
    if dossier.sources.get(id.index)?.data.language.is_none() {
        fields.remove("language");
    }
    for name in fields.values_mut().filter_map(Value::as_array_mut).flatten() {
        name.as_object_mut().into_iter().for_each(|parts| parts.retain(|_, part| !part.is_null()));
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

/// An entry of BibLaTeX.
fn biblatex(words: &Words, id: Id, lost: &mut Losses) -> String {
    let dossier = &words.linked.dossier;
    let fields = plain::record(dossier, id);
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or("document");
    let mut entry = format!("@{}{{{},\n", entry_type(kind), dossier.key(id));
    let mut set = |name: &str, text: &str| entry.push_str(&format!("  {name} = {{{text}}},\n"));
    for (field, name) in FIELDS {
        match fields.get(field) {
            Some(Value::String(text)) => match name {
                "date" | "urldate" if !is_of_biblatex(text) => {
                    lost.add(dossier, id, field, text, "not in BibLaTeX, which knows no sets of dates");
                }
                "date" | "urldate" => set(name, text),
                // Verbatim: there braces, and a backslash before one, would be taken for something else.
                "url" | "doi" => {
                    set(name, &text.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"));
                }
                _ => set(name, &escaped(text)),
            },
            Some(Value::Array(makers)) => {
                let makers = makers.iter().filter_map(Value::as_str).map(|maker| name_of(words, maker));
                set(name, &makers.collect::<Vec<_>>().join(" and "));
            }
            _ => {}
        }
    }
    if let Some(by) = fields.get("by").and_then(Value::as_str) {
        set(if fields.contains_key("author") { "organization" } else { "author" }, &name_of(words, by));
    }
    set("note", &escaped(words.strings.get(&format!("source-type.{kind}"))));
    entry.push_str("}\n\n");
    entry
}

/// The name of who made a source; that of a group in braces, since it has no first name.
fn name_of(words: &Words, maker: &str) -> String {
    match words.linked.dossier.named(maker, PARTY) {
        Some(id) if id.kind == Kind::Person => escaped(&words.sorted_by(id)),
        Some(id) => format!("{{{}}}", escaped(&words.title(id))),
        None => format!("{{{}}}", escaped(maker)),
    }
}

/// Text as LaTeX reads it. BibTeX counts braces whatever stands before them, so they are named.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\^{}"),
            '%' | '&' | '$' | '#' | '_' => out.extend(['\\', c]),
            // Two of them would be a dash.
            '-' if out.ends_with('-') => out.push_str("{-}"),
            c => out.push(c),
        }
    }
    out
}

/// Whether BibLaTeX reads a date: it knows levels 0 and 1 of EDTF.
fn is_of_biblatex(text: &str) -> bool {
    text.split('/').all(|end| {
        let end = end.strip_suffix(['?', '~', '%']).unwrap_or(end);
        end == ".." || end.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'X')
    })
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
