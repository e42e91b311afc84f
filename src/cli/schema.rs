//! `dossier schema`: what editors are told of the files of a dossier.

use std::path::Path;
use std::process::ExitCode;

use dossier::diag::did_you_mean;
use dossier::disk::file;
use dossier::schema::{File, Names, of_file};
use dossier::{check, export};

use super::args::SchemaArgs;
use super::files::write_or_tell;
use super::new::{Done, is_dossier};
use super::terminal::{fail, finish, usage};

/// The folder of the schemas in a dossier.
const FOLDER: &str = ".schemas";

/// What tells editors which schema is for which file.
const RULES: &str = ".taplo.toml";

pub fn run(args: &SchemaArgs) -> ExitCode {
    let done = match &args.name {
        _ if args.write => is_dossier(&args.root).and_then(|()| write(&args.root)),
        None => Ok(list()),
        Some(name) => match File::all().find(|file| file.name() == name) {
            Some(file) => Ok(schema(file)),
            None => {
                let near = did_you_mean(name, File::all().map(File::name));
                let help = near.map_or_else(
                    || "`dossier schema` lists them all".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                fail(&format!("there is no schema called `{name}`"), &help);
                return usage();
            }
        },
    };
    finish(done)
}

fn list() -> String {
    File::all().map(|file| format!("{:12} {}\n", file.name(), file.patterns().join(", "))).collect()
}

fn schema(file: File) -> String {
    let names = Names { lints: &check::names(), formats: &export::names() };
    format!("{:#}\n", of_file(file, names))
}

/// The schemas of all files, and what wires them, each with its path in a dossier.
pub fn files() -> Vec<(String, String)> {
    File::all().map(|file| (path(file), schema(file))).chain([(RULES.to_owned(), rules())]).collect()
}

/// Writes these into a dossier, but for what wires them, if there is such a file of the author's.
fn write(root: &Path) -> Done {
    let has_rules = root.join(RULES).symlink_metadata().is_ok();
    let mut written = 0;
    for (path, text) in files().into_iter().filter(|(path, _)| path != RULES || !has_rules) {
        let path = root.join(path);
        if !file::read(&path, file::TEXT).is_ok_and(|there| there[..] == *text.as_bytes()) {
            write_or_tell(Some(root), &path, text.as_bytes())?;
            written += 1;
        }
    }
    let changed = match written {
        0 => "All schemas are as they should be.".to_owned(),
        1 => "Wrote 1 file.".to_owned(),
        written => format!("Wrote {written} files."),
    };
    let wired = if has_rules {
        format!("{RULES} was there already, and stays as it is.")
    } else {
        format!("{RULES} tells editors which of them is for which file.")
    };
    Ok(format!("{changed} The schemas are in {FOLDER}/. {wired}\n"))
}

fn path(file: File) -> String {
    format!("{FOLDER}/{}.schema.json", file.name())
}

/// The settings by which Taplo, and what is made with it, finds the schema of a file.
fn rules() -> String {
    let mut text = "# Tells editors what can stand in the files of this dossier: Even Better TOML for VS Code, Taplo for\n\
                    # Neovim, Helix and Zed. `dossier schema --write` brings the schemas up to date.\n"
        .to_owned();
    for file in File::all() {
        let include: Vec<String> = file.patterns().iter().map(|pattern| format!("\"{pattern}\"")).collect();
        text.push_str(&format!(
            "\n[[rule]]\ninclude = [{}]\nschema.path = \"{}\"\n",
            include.join(", "),
            path(file)
        ));
    }
    text
}
