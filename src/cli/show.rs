//! `dossier show`.

use std::process::ExitCode;

use dossier::diag::one_of;
use dossier::inspect::name;
use dossier::inspect::show::{Found, find, show};
use dossier::model::dossier::{Absent, Id};
use dossier::source::Texts;

use super::args::{ShowArgs, TextFormat};
use super::look::{self, Look};
use super::terminal::{fail, print, say, usage, width};

pub fn run(args: &ShowArgs) -> ExitCode {
    let look = match Look::begin(&args.look) {
        Ok(look) => look,
        Err(code) => return code,
    };
    let words = look.prepared.words();
    let key = args.key.as_str();
    let names = |ids: &[Id]| -> Vec<String> {
        ids.iter().map(|id| format!("`{}`", name(&words.linked.dossier, *id))).collect()
    };
    let choice = |ids: &[Id]| one_of(names(ids).iter().map(String::as_str));
    let refuse = |message: &str, help: &str| {
        fail(message, help);
        look.end();
        usage()
    };
    let id = match find(&words, key) {
        Found::One(id) => id,
        Found::Former(id) => {
            say(&format!("`{key}` is a former key; it is now {}", choice(&[id])));
            id
        }
        Found::Several(ids) => {
            return refuse(
                &format!("`{key}` is the key of several records"),
                &format!("write {}", choice(&ids)),
            );
        }
        Found::Absent(kind, absent) => {
            let (what, help) = match absent {
                Absent::Draft(_) => ("is a draft", "add `--drafts`"),
                Absent::Withheld => ("is withheld", "add `--withheld`"),
                Absent::Later => ("came in later", ""),
                Absent::Faulty => ("cannot be read", "`dossier check` says why"),
            };
            return refuse(&format!("the {} `{key}` {what}", kind.singular()), help);
        }
        Found::Unknown(near) => {
            let help = match near.as_slice() {
                [] => "`dossier list` says what there is".to_owned(),
                ids => format!("did you mean {}?", choice(ids)),
            };
            return refuse(&format!("there is no record `{key}`"), &help);
        }
    };
    let shown = show(&look.prepared, &words, &Texts::new(&look.sources), id);
    match args.format {
        TextFormat::Text => print(&shown.text(width())),
        TextFormat::Json => look::json(&serde_json::to_value(&shown).unwrap_or_default()),
    }
    look.end()
}
