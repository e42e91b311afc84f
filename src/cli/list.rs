//! `dossier list`.

use std::process::ExitCode;

use dossier::inspect::layout::table;
use dossier::inspect::list::{drafts_left_out, list};
use dossier::inspect::query::{self, PLACE};
use dossier::model::Kind;
use dossier::source::Texts;
use dossier::table::Table;
use serde_json::{Map, json};

use super::args::{ListArgs, ListFormat};
use super::look::{self, Look};
use super::terminal::{print, put, say, tell, usage, width};

pub fn run(args: &ListArgs) -> ExitCode {
    let mut look = match Look::begin(&args.look) {
        Ok(look) => look,
        Err(code) => return code,
    };
    let text = query::text(&args.query, &args.terms.0);
    if text.trim().is_empty() {
        kinds(&look, args.format);
        return look.end();
    }
    let file = look.sources.insert(PLACE, text.as_bytes());
    let words = look.prepared.words();
    let query = query::read(&text, file).and_then(|query| {
        let found = query::check(&words.linked.dossier, &query);
        if found.is_empty() { Ok(query) } else { Err(found) }
    });
    let query = match query {
        Ok(query) => query,
        Err(problems) => {
            tell(&problems, &look.sources, "");
            return usage();
        }
    };
    let list = list(&words, &Texts::new(&look.sources), &query);
    match args.format {
        ListFormat::Table => print(&table(&list, width())),
        ListFormat::Csv => {
            put(&list.csv());
            say(&list.foot());
            list.notes.iter().for_each(|note| say(note));
        }
        ListFormat::Json => look::json(&list.json()),
    }
    look.end()
}

/// Which kinds there are, and how many records of each.
fn kinds(look: &Look, format: ListFormat) {
    let dossier = &look.prepared.linked.dossier;
    let counts: Vec<(&str, usize)> =
        query::kinds().map(Kind::plural).zip(query::kinds().map(|kind| dossier.ids(kind).len())).collect();
    let drafts = drafts_left_out(&look.prepared.linked, |_| true);
    match format {
        ListFormat::Table => {
            counts.iter().for_each(|(kind, n)| print(&format!("{kind:12} {n:>6}\n")));
            drafts.iter().for_each(|note| print(&format!("\n{note}\n")));
            print("\n`dossier list people` lists those of a kind; `dossier list --help` has more\n");
        }
        ListFormat::Csv => {
            let mut table = Table::new(&["kind", "records"], false);
            counts.iter().for_each(|(kind, n)| table.row([*kind, n.to_string().as_str()]));
            put(&table.bytes());
            drafts.iter().for_each(|note| say(note));
        }
        ListFormat::Json => {
            let counts: Map<_, _> = counts.into_iter().map(|(kind, n)| (kind.to_owned(), json!(n))).collect();
            look::json(&counts.into());
        }
    }
}
