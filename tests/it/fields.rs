//! What the program says of the fields of a dossier is what it reads: the schemas, the reference and editors rest on it.

use dossier::model::Kind;
use dossier::model::fields::{Field, Needed, SITE, Shape, shape};

use crate::support::{build, sources, text};

/// What an author writes in a field of a sort, or `None` where another test does.
fn report(path: &str, content: &str) -> String {
    let sources = sources(&[(path, content)]);
    let site = build(&sources);
    text(&sources, &site)
}

fn needed(shape: &'static Shape) -> Vec<&'static Field> {
    shape.fields().filter(|field| field.needed != Needed::No).collect()
}

/// A record of each kind, and the settings, without anything: each field that is needed is asked for, and no other.
#[test]
fn every_field_that_is_needed_is_asked_for_and_no_other() {
    let mut asked = 0;
    for kind in Kind::RECORDS {
        let report = report(&format!("content/{}.toml", kind.plural()), "[a-key]\n");
        let said: Vec<&str> = report.lines().filter(|line| line.contains("error[missing-field]")).collect();
        let needed = needed(shape(kind));
        for field in &needed {
            let line = format!("this {} has no `{}`", kind.singular(), field.name);
            assert!(
                said.iter().any(|said| said.contains(&line)),
                "{}.{}: {report}",
                kind.singular(),
                field.name
            );
        }
        assert_eq!(said.len(), needed.len(), "{report}");
        asked += needed.len();
    }
    let report = report("site.toml", "");
    assert!(report.contains("this site has no `title`") && needed(&SITE).len() == 1, "{report}");
    println!("{asked} needed fields of 9 kinds, all asked for");
}

/// The tables in records, likewise.
#[test]
fn every_field_that_a_table_needs_is_asked_for() {
    let mut tables = 0;
    for kind in Kind::RECORDS {
        for field in shape(kind).fields() {
            let Some(table) = field.holds.shape().filter(|table| table.others.is_none()) else { continue };
            let report = report(
                &format!("content/{}.toml", kind.plural()),
                &format!("[a-key]\n{} = {{ tags = 1 }}\n", field.name),
            );
            let place = format!("{}.{}: {report}", kind.singular(), field.name);
            for needed in needed(table) {
                let line = format!("this {} has no `{}`", table.name, needed.name);
                assert!(report.contains(&line), "{place}");
            }
            assert!(
                report.contains(&format!("a {} has no field `tags`", table.name))
                    || report.contains("has no field `tags`"),
                "{place}"
            );
            tables += 1;
        }
    }
    println!("{tables} fields with tables");
    assert!(tables > 20);
}
