//! The dossier has every field there is, so that a new one cannot be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use dossier::model::Kind;
use dossier::model::fields::fields_of;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::sites::{SITES, TEMPLATE};
use super::slots::Template;
use crate::support::build;

/// Fields that hold no text of an author's.
const NO_TEXT: [&str; 10] = [
    "draft",
    "withhold",
    "withheld",
    "lat",
    "lon",
    "order",
    "share_images",
    "unsafe_html",
    "csv_bom",
    "lints",
];

/// Counts, and says what the fields did.
#[test]
fn what_no_field_can_hold_is_refused_with_an_error() {
    let slots = TEMPLATE.slots.len();
    let built: usize = SITES.iter().map(|site| site.taken.len()).sum();
    let refused: usize = SITES.iter().map(|site| site.refused.len()).sum();
    for site in SITES.iter() {
        println!("{}: {} built, {} refused", site.payload.name, site.taken.len(), site.refused.len());
        if std::env::var_os("HOSTILE_SHOW").is_some() {
            for number in &site.refused {
                println!("    {}", TEMPLATE.slots[*number].name());
            }
        }
    }
    println!("{slots} fields, {} payloads each: {built} built, {refused} refused with an error", SITES.len());
    assert_eq!(built + refused, slots * SITES.len());
}

/// Every field of every kind holds a text in the dossier, or is one of those that hold none.
#[test]
fn every_field_of_every_kind_is_put_to_the_test() {
    let template = Template::complete();
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        let own: BTreeSet<&str> = template
            .slots
            .iter()
            .filter(|slot| match kind {
                Kind::Article => slot.file.starts_with("content/explainers/"),
                _ => slot.file.starts_with(&format!("content/{}", kind.plural())),
            })
            .filter_map(|slot| slot.path.get(usize::from(kind != Kind::Article)).map(String::as_str))
            .collect();
        for (field, _) in fields_of(kind).filter(|(field, _)| *field != "prose" && !NO_TEXT.contains(field)) {
            assert!(own.contains(field), "no {} of the dossier has `{field}`", kind.singular());
        }
    }
}

/// The same of tables within records and settings: the program itself says which fields each has.
#[test]
fn every_field_of_every_table_is_put_to_the_test() {
    const UNKNOWN: &str = "zz-nothing-like-it";
    let template = Template::complete();
    // What each kind of table can have, and what those in the dossier do have.
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in template.fill(|_| None).files.iter().filter(|file| file.path.ends_with(".toml")) {
        let mut document: DocumentMut = file.text().unwrap().parse().unwrap();
        let mut count = 0;
        let root = file.path == "site.toml";
        each_table(document.as_table_mut(), root, &mut |table| {
            count += 1;
            table.insert(UNKNOWN, toml_edit::value(count));
        });
        let mut files = template.fill(|_| None).files;
        files.insert(file.path.clone(), document.to_string().into_bytes());
        // The number behind the unknown field says which table a report is about.
        let mut fields = BTreeMap::new();
        let mut document: DocumentMut = document.to_string().parse().unwrap();
        each_table(document.as_table_mut(), root, &mut |table| {
            let number = table.get(UNKNOWN).and_then(Item::as_integer).unwrap();
            let own: BTreeSet<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
            fields.insert(number, own);
        });
        for problem in build(&files).diagnostics {
            let Some((what, _)) = problem.message.split_once(&format!(" has no field `{UNKNOWN}`")) else {
                continue;
            };
            let help = problem.help.as_deref().unwrap_or_default();
            let Some((_, list)) = help.split_once(" are ") else { continue };
            let all = list.replace(" and ", ", ").split(", ").map(str::to_owned).collect::<BTreeSet<_>>();
            known.entry(what.to_owned()).or_default().extend(all);
            let span = problem.span.unwrap();
            let line = &files.text(span.file)[span.start as usize..];
            let number: String = line[UNKNOWN.len()..]
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            given.entry(what.to_owned()).or_default().extend(fields[&number.parse::<i64>().unwrap()].clone());
        }
    }
    println!("{} kinds of tables: {:?}", known.len(), known.keys());
    assert!(known.len() > 18, "{known:#?}");
    for (what, fields) in &known {
        for field in fields.iter().filter(|field| !NO_TEXT.contains(&field.as_str())) {
            assert!(given[what].contains(field), "{what} in the dossier has no `{field}`");
        }
    }
}

/// Visits the tables that have known fields: all below the first level, and that itself in the settings.
fn each_table(table: &mut dyn TableLike, is_own: bool, visit: &mut dyn FnMut(&mut dyn TableLike)) {
    for (name, item) in table.iter_mut() {
        let is_free =
            ["ids", "quotes", "names", "allow", "exports", "lints", "publish"].contains(&name.get());
        each_item(item, !is_free, visit);
    }
    if is_own {
        visit(table);
    }
}

fn each_item(item: &mut Item, is_own: bool, visit: &mut dyn FnMut(&mut dyn TableLike)) {
    match item {
        Item::Table(table) => each_table(table, is_own, visit),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| each_table(table, is_own, visit)),
        Item::Value(value) => each_value(value, is_own, visit),
        Item::None => {}
    }
}

fn each_value(value: &mut Value, is_own: bool, visit: &mut dyn FnMut(&mut dyn TableLike)) {
    match value {
        Value::InlineTable(table) => each_table(table, is_own, visit),
        Value::Array(items) => items.iter_mut().for_each(|item| each_value(item, is_own, visit)),
        _ => {}
    }
}
