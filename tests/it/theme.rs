//! The theme: every word from the table, nothing that a strict content policy refuses.

use std::collections::{BTreeMap, BTreeSet};

use dossier::model::Kind;
use dossier::model::config::Config;
use dossier::model::fields::fields_of;
use dossier::render::{functions, inline, texts};
use dossier::source::Sources;
use dossier::theme;
use dossier::view::strings::Strings;

use crate::support::{build, files, repository, sources};

fn templates() -> Vec<(String, String)> {
    let theme = theme::theme();
    theme
        .under("templates/")
        .filter(|file| file.path.ends_with(".html"))
        .map(|file| (file.path.clone(), file.text().unwrap().to_owned()))
        .collect()
}

fn strings() -> Strings {
    let (strings, found) = Strings::read(&Config::default(), &theme::theme(), &Sources::default());
    assert_eq!(found, Vec::new());
    strings
}

/// The text of a template outside tags, comments and expressions.
fn typed(template: &str) -> String {
    // The only block whose content is a class.
    let mut text = template.replace("{%- block columns %} article{% endblock columns %}", "");
    for (open, close) in
        [("<style>", "</style>"), ("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->"), ("<", ">")]
    {
        while let Some(start) = text.find(open) {
            let end = text[start..].find(close).map_or(text.len(), |at| start + at + close.len());
            text.replace_range(start..end, " ");
        }
    }
    text
}

#[test]
fn no_word_is_typed_into_a_template() {
    for (path, template) in templates() {
        let letters: String = typed(&template).chars().filter(|c| c.is_alphabetic()).collect();
        // `¶` and the like are signs; `{{ }}` within an attribute leaves nothing behind.
        assert_eq!(letters, "", "{path} has words of its own");
        for attribute in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
            for (at, _) in template.match_indices(attribute) {
                let value = template[at + attribute.len()..].split('"').next().unwrap();
                assert!(value.is_empty() || value.starts_with("{{"), "{path}: {attribute}{value}");
            }
        }
    }
}

#[test]
fn every_key_that_a_template_asks_for_is_in_the_table_and_none_is_left_over() {
    let strings = strings();
    let mut asked = BTreeSet::new();
    for (path, template) in templates() {
        for quote in ['"', '\''] {
            let mark = format!("key={quote}");
            for (at, _) in template.match_indices(&mark) {
                let key = template[at + mark.len()..].split(quote).next().unwrap();
                // Keys that end with a dash are completed by a value of the page.
                if !key.ends_with('-') {
                    assert!(strings.contains(key), "{path} asks for `{key}`");
                }
                asked.insert(key.to_owned());
            }
        }
    }
    let left: Vec<&str> = strings
        .keys()
        .filter(|key| key.starts_with("page."))
        .filter(|key| {
            !asked.iter().any(|asked| asked == key || asked.ends_with('-') && key.starts_with(asked.as_str()))
        })
        .collect();
    assert_eq!(left, Vec::<&str>::new(), "no template says these");
}

#[test]
fn every_key_that_the_program_asks_for_is_in_the_table() {
    let strings = strings();
    let mut sources = Vec::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/view");
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        // The types of pages are no code: their comments show addresses.
        let is_code = entry.path().extension().is_some_and(|extension| extension == "rs");
        if is_code && !entry.path().components().any(|part| part.as_os_str() == "page") {
            let name = entry.file_name().to_string_lossy().into_owned();
            sources.push((name, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
    let sections: BTreeSet<&str> = strings.keys().filter_map(|key| key.split('.').next()).collect();
    let mut count = 0;
    for (name, text) in sources {
        for literal in text.split('"').skip(1).step_by(2) {
            let is_key = literal.split_once('.').is_some_and(|(section, word)| {
                sections.contains(section)
                    && !word.is_empty()
                    && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                    && !["html", "css", "js", "toml"].contains(&word)
            });
            if is_key {
                assert!(strings.contains(literal), "{name} asks for `{literal}`");
                count += 1;
            }
        }
    }
    assert!(count > 80, "only {count} keys were found");
}

#[test]
fn scripts_are_files_of_the_site_and_nothing_needs_another_server() {
    for (path, template) in templates() {
        for script in template.split("<script").skip(1) {
            let (opening, text) = script.split_once('>').unwrap();
            // Data, which no browser runs.
            if opening == " type=\"application/ld+json\"" {
                continue;
            }
            assert!(opening.contains(" src=\"{{ root }}"), "{path}: a script of {opening}");
            assert!(text.starts_with("</script>"), "{path} has an inline script");
        }
        for refused in [" style=\"", "<style", " onclick", " onload", "javascript:", " href=\"http"] {
            // The sheet for the editor is one file that is handed on alone.
            let alone = path.ends_with("factcheck.html") && refused == "<style";
            // The search is a script, in a file of its own.
            let template = template.replace("<script src=\"{{ root }}search.js\" defer></script>", "");
            assert!(alone || !template.contains(refused), "{path} has {refused}");
        }
    }
    let css = theme::theme();
    let css = css.get("static/dossier.css").unwrap().text().unwrap().to_owned();
    for refused in ["@import", "http://", "https://", "url(//"] {
        assert!(!css.contains(refused), "dossier.css has {refused}");
    }
}

#[test]
fn only_finished_html_is_marked_safe() {
    for (path, template) in templates() {
        for (at, _) in template.match_indices("| safe") {
            let before = template[..at].trim_end();
            let start = before
                .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
                .map_or(0, |at| at + 1);
            let value = &before[start..];
            assert!(value.ends_with("html") || value == "body", "{path}: {value} | safe");
        }
    }
}

/// The log of corrections names the field that was corrected.
#[test]
fn every_field_has_a_name() {
    let strings = strings();
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        for (field, _) in fields_of(kind) {
            assert!(strings.contains(&format!("field.{field}")), "{field} of a {}", kind.singular());
        }
    }
}

/// Each language of the interface has the words of the English one: the same keys, the same placeholders, and
/// the plural forms that CLDR gives it.
#[test]
fn every_language_has_every_word() {
    const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    fn texts(table: &toml::Table, path: &str, found: &mut BTreeMap<String, BTreeMap<String, String>>) {
        for (key, value) in table {
            let key = format!("{path}{key}");
            match value {
                toml::Value::String(text) => {
                    found.insert(key, BTreeMap::from([(String::new(), text.clone())]));
                }
                toml::Value::Table(forms)
                    if forms.contains_key("other")
                        && forms.keys().all(|form| CATEGORIES.contains(&form.as_str())) =>
                {
                    let forms =
                        forms.iter().map(|(name, form)| (name.clone(), form.as_str().unwrap().to_owned()));
                    found.insert(key, forms.collect());
                }
                toml::Value::Table(inner) => texts(inner, &format!("{key}."), found),
                other => panic!("{key}: {other}"),
            }
        }
    }
    let theme = theme::theme();
    let words = |language: &str| {
        let file = theme.get(&format!("templates/strings/{language}.toml")).unwrap();
        let mut found = BTreeMap::new();
        texts(&file.text().unwrap().parse().unwrap(), "", &mut found);
        found
    };
    let placeholders = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    let english = words("en");
    for (language, categories) in [
        ("ar", &["few", "many", "one", "other", "two", "zero"][..]),
        ("de", &["one", "other"]),
        ("es", &["many", "one", "other"]),
        ("fa", &["one", "other"]),
        ("fr", &["many", "one", "other"]),
        ("he", &["one", "other", "two"]),
    ] {
        let own = words(language);
        for (key, forms) in &english {
            let translated = own.get(key).unwrap_or_else(|| panic!("{language} has no {key}"));
            let names: Vec<&str> = translated.keys().map(String::as_str).collect();
            assert_eq!(
                names,
                if forms.contains_key("other") { categories } else { &[""] },
                "{language}, {key}"
            );
            let wanted = placeholders(forms.get("other").or_else(|| forms.get("")).unwrap());
            for (form, text) in translated {
                assert!(
                    !text.trim().is_empty() || forms.values().any(|text| text.trim().is_empty()),
                    "{language}, {key}"
                );
                let mut found = placeholders(text);
                // One, two and none can be said without a numeral.
                if ["zero", "one", "two"].contains(&form.as_str()) && wanted.contains("n") {
                    found.insert("n".to_owned());
                }
                assert_eq!(found, wanted, "{language}, {key}, {form}");
            }
        }
        for (key, forms) in own.iter().filter(|(key, _)| !english.contains_key(*key)) {
            // Patterns of its own for days, and for months and years.
            let pattern = key.strip_suffix("-day").or_else(|| key.strip_suffix("-month")).unwrap_or(key);
            let of = english.get(pattern).unwrap_or_else(|| panic!("{language}: {key} is no word"));
            assert!(key.starts_with("date."), "{language}: {key} is no word");
            assert_eq!(placeholders(&forms[""]), placeholders(&of[""]), "{language}, {key}");
        }
    }
}

#[test]
fn a_template_says_the_same_with_its_texts_put_in() {
    let words = r#"
        "x.a" = "A & \"B\" \\ 'c'"
        "x.space" = " , "
        "x.tag" = "{{ 1 }}"
        "x.n" = "{n} of"
    "#;
    let own = sources(&[("templates/strings/en.toml", words)]);
    let config = Config { language: "en".to_owned(), ..Config::default() };
    // That nothing else asks for them is told, and they are there.
    let (strings, _) = Strings::read(&config, &theme::theme(), &own);
    let strings = std::sync::Arc::new(strings);
    let template = r#"a {{ t(key="x.a") }}b{{- t(key='x.a') -}} {{ t(key="x.space") }}{{ t(key="x.tag") }}
        {{ [1, 2] | join(sep=t(key="x.space")) }}{% if t(key="x.a") == "A" %}{% else %}no{% endif %}
        {{ t(key="x.n", n=3) }}{{ t(key="x.n") }} art(key="x.a")"#;
    let put = texts::put_in(template, &strings);
    assert!(put.contains("a A &amp; &quot;B&quot; \\ "), "{put}");
    assert_eq!(put.matches("t(key=").count(), 2, "{put}");
    let rendered = |template: &str| {
        let mut engine = tera::Tera::new();
        functions::register(&mut engine, &strings);
        engine.add_raw_template("a.html", template).unwrap();
        engine.render("a.html", &tera::Context::new()).unwrap()
    };
    assert_eq!(rendered(&put), rendered(template));
    let unknown = r#"{{ t(key="x.none") }}"#;
    assert_eq!(texts::put_in(unknown, &strings), unknown);
}

/// Small components are put in the place of their calls, in the theme's templates only: a copy of the theme is the
/// dossier's own, in which they are called.
#[test]
fn a_copied_theme_makes_the_same_pages() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/hostile/dossier");
    let everything = dossier::disk::read::read(&folder).value;
    for mut dossier in [repository(), everything] {
        // They are put in where there are many records.
        let many = |n: usize| format!("[word-{n}]\nname = \"Word {n}\"\ndefinition = \"One of many.\"\n");
        let many: String = (0..inline::WORTH).map(many).collect();
        dossier.insert("content/terms/many.toml", many.into_bytes());
        let mut copied = dossier.clone();
        for (path, template) in templates() {
            copied.insert(path, format!("{template}{{# a copy #}}").into_bytes());
        }
        let (own, copy) = (build(&dossier), build(&copied));
        let pages = |site: &_| -> Vec<(String, String)> {
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            files(site)
                .into_iter()
                .filter(|(path, _)| path.ends_with(".html"))
                .map(|(path, bytes)| (path, text(bytes)))
                .collect()
        };
        let (own, copy) = (pages(&own), pages(&copy));
        assert_eq!(own.len(), copy.len());
        assert!(own.len() > 20, "{} pages", own.len());
        for ((path, own), (_, copy)) in own.iter().zip(&copy) {
            let differ = own.lines().zip(copy.lines()).find(|(own, copy)| own != copy);
            assert!(own == copy, "{path}: {differ:?}");
        }
    }
}

/// Components and a page that calls them in all ways there are: the pages are the same, and which calls stay.
#[test]
fn a_page_says_the_same_with_its_components_put_in() {
    const PARTS: &str = r#"{# parts #}
{%- component mark(kind) -%}<i class="{{ kind }}"></i>{%- endcomponent mark %}
{%- component part(part, lang="en", @root) -%}
<a href="{{ root }}{{ part.href }}" lang="{{ lang }}">{{ part.text }}</a>
{%- endcomponent part %}
{%- component list(parts, own=false) %}
<ul>
  {%- for part in parts %}
  {%- set text = part.text %}
  <li>{{ <mark kind="a \" {{" /> }}{{ <part part lang={"de" if own else "fr"} /> }} {{ text }}, {{ loop.index }}{% if own %} own{% endif %}</li>
  {%- else %}
  <li>none</li>
  {%- endfor %}
</ul>
{%- endcomponent list %}
{%- component box(title) %}
{%- set text = "of the box" %}
<section>
  <b>{{ text }}</b>
  <h2>{{ title | upper }}: {{ title }}</h2>
  {{- body }}
</section>
{%- endcomponent box %}
{%- component tree(node) %}
<li>{{ node.text }}{% for node in node.nodes %}{{ <tree node /> }}{% endfor %}</li>
{%- endcomponent tree %}
{%- component own(kind) -%}theme {{ kind }}{%- endcomponent own %}
{%- component around(kind) -%}[{{ <own kind /> }}]{%- endcomponent around %}"#;
    const PAGE: &str = r#"{%- set text = "outer" %}
<p>{{ text }} {{- <mark kind="x" /> -}} {{ text }}</p>
{%- for part in parts %}
{%- <box title={text ~ loop.index}> %}
  {{ <list parts own={part.own} /> }} {{ <list parts own={true} /> }}{{ <list parts={[part]} own /> }}
{%- <box title="in 'a' & box"> %}{{ part.text }}{{ <list parts={[]} /> }}{%- </box> %}
{%- </box> %}
{%- endfor %}
{{ text }} {{ <tree node={tree} /> }} {{ <around kind="y" /> }} {{ <own kind={text} /> }}
{{ <part part={parts[0]} lang={"a" ~ text} /> }} {{ {"a": "}}"} | length }}"#;
    let rendered = |parts: &str, page: &str| {
        let mut engine = tera::Tera::new();
        let named = [("parts.html", parts), ("page.html", page)];
        engine.add_raw_templates(named).unwrap_or_else(|error| panic!("{error}\n{parts}\n{page}"));
        let node =
            |text: &str| serde_json::json!({"text": text, "own": text == "one", "href": "<&>", "nodes": []});
        let mut context = tera::Context::new();
        context.insert("parts", &[node("one"), node("<two>")]);
        context.insert("tree", &serde_json::json!({"text": "top", "nodes": [node("leaf")]}));
        context.insert("root", "../");
        context.insert("own", &true);
        engine.render("page.html", &context).unwrap_or_else(|error| panic!("{error}\n{parts}\n{page}"))
    };
    let named = [("parts.html", PARTS), ("page.html", PAGE)];
    let named = named.map(|(name, template)| (name.to_owned(), template.to_owned()));
    let made = inline::all(named.to_vec());
    let [(_, parts), (_, page)] = made.as_slice() else { panic!("as many as there were") };
    assert_eq!(rendered(parts, page), rendered(PARTS, PAGE));
    let calls: Vec<&str> = ["mark", "part", "list", "box", "tree", "own", "around"]
        .into_iter()
        .filter(|name| page.contains(&format!("<{name} ")))
        .collect();
    assert_eq!(calls, ["tree"], "{page}");
}
