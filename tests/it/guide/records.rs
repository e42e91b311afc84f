//! The fields of each kind of record, and of `site.toml`.

use dossier::check;
use dossier::export;
use dossier::model::Kind;
use dossier::model::fields::{Field, Keys, Needed, SITE, Shape, is_common, shape};

use super::{Pages, article, head, row};

const ORDER: usize = 300;

pub fn pages() -> Pages {
    let mut text = "Fields marked * must be there. Wherever several may stand in a list, a single one may stand \
                    alone: `tags = \"talks\"`. A date is EDTF, in quotes: `\"2023-06\"`. *Inline Markdown* is \
                    running text of one paragraph. What fields mean together, [the manual](../manual/records.md) says.\n\n"
        .to_owned();
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        let place = match kind {
            Kind::Article => {
                "any other `.md` file in `content/`, between two lines `+++` at its head".to_owned()
            }
            _ => format!("`content/{0}.toml` or files in `content/{0}/`, as tables `[key]`", kind.plural()),
        };
        text.push_str(&format!(
            "## {} {{#{}}}\n\nIn {place}.\n\n",
            capital(kind.singular()),
            kind.singular()
        ));
        let own: Vec<&Field> = shape(kind).fields().filter(|field| !is_common(field.name)).collect();
        text.push_str(&table(&own));
    }
    text.push_str("## Fields of every record {#common}\n\n");
    let common: Vec<&Field> = shape(Kind::Person).fields().filter(|field| is_common(field.name)).collect();
    text.push_str(&table(&common));

    text.push_str("## Tables within records {#tables}\n\n");
    let mut seen: Vec<&str> = Vec::new();
    for kind in Kind::RECORDS {
        for field in shape(kind).fields() {
            text.push_str(&parts(field, &mut seen));
        }
    }
    let mut settings =
        "How some of them work together: [the settings at work](../manual/site.md).\n\n".to_owned();
    settings.push_str(&table(&SITE.fields().collect::<Vec<_>>()));
    for field in SITE.fields() {
        settings.push_str(&parts(field, &mut seen).replace("### ", "## "));
    }
    Pages::from([
        (
            "records.md".to_owned(),
            article("Records and their fields", ORDER, "Every field of every kind of record.", &text),
        ),
        (
            "settings.md".to_owned(),
            article("Settings", ORDER + 1, "Every setting of `site.toml`.", &settings),
        ),
    ])
}

/// The table that stands in a field, and those in that, each once.
fn parts(field: &Field, seen: &mut Vec<&'static str>) -> String {
    let mut text = String::new();
    let Some(shape) = field.holds.shape().filter(|shape| !seen.contains(&shape.name)) else { return text };
    seen.push(shape.name);
    text.push_str(&format!("### {} {{#{}}}\n\n", words(shape), anchor(shape)));
    text.push_str(&format!("In `{}`. {}\n\n", field.name, field.about));
    let fields: Vec<&Field> = shape.fields().collect();
    if !fields.is_empty() {
        text.push_str(&table(&fields));
    }
    if let Some((keys, holds)) = shape.others {
        text.push_str(&format!("Keys: {}. Behind each: {}.\n\n", keys_in_words(keys), holds.words()));
        if let Some(inner) = holds.shape() {
            let inner_field =
                Field { name: shape.name, holds, needed: Needed::No, waits: false, about: "One of them." };
            if !seen.contains(&inner.name) {
                text.push_str(&parts(&inner_field, seen));
            }
        }
    }
    for field in fields {
        text.push_str(&parts(field, seen));
    }
    text
}

fn keys_in_words(keys: Keys) -> String {
    let listed = |names: Vec<&str>| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    match keys {
        Keys::Spellings => {
            "a language tag (BCP 47), or `translit`, `aka`, `former`, `nom-de-guerre`".to_owned()
        }
        Keys::Locators => "a place in the source, such as `\"¶4\"`".to_owned(),
        Keys::Schemes => "who gave it out, such as `wikidata`".to_owned(),
        Keys::Lints => listed(check::names()),
        Keys::Formats => listed(export::names()),
        Keys::Targets => "a name of your own".to_owned(),
    }
}

fn table(fields: &[&Field]) -> String {
    let mut out = head(&["field", "holds", "meaning"]);
    for field in fields {
        let name = match field.needed {
            Needed::No => format!("`{}`", field.name),
            Needed::Yes => format!("`{}` *", field.name),
            Needed::Or(others) => {
                let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
                format!("`{}` * or {}", field.name, others.join(" or "))
            }
        };
        let holds = match field.holds.shape() {
            Some(shape) => format!("{}, see [{}](#{})", field.holds.words(), words(shape), anchor(shape)),
            None => field.holds.words(),
        };
        out.push_str(&row(&[&name, &holds, field.about]));
    }
    out.push('\n');
    out
}

fn words(shape: &Shape) -> String {
    capital(&shape.name.replace('_', " "))
}

fn anchor(shape: &Shape) -> String {
    format!("table-{}", shape.name.replace('_', "-"))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
