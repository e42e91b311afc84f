//! `dossier new`: a dossier to start from, or a record to fill in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use std::process::ExitCode;

use dossier::diag::did_you_mean;
use dossier::disk;
use dossier::draft::Drafted;
use dossier::link::routes;
use dossier::model::Kind;
use dossier::parse::is_key;
use dossier::parse::problems::key_help;
use dossier::source::Sources;
use dossier::theme;
use rust_embed::RustEmbed;
use walkdir::WalkDir;

use super::args::{Forge, NewArgs};
use super::files::{is_part, write_or_tell};
use super::from;
use super::schema;
use super::terminal::finish;
use super::workflows;

/// The fictional example that a new dossier starts with.
#[derive(RustEmbed)]
#[folder = "src/cli/starter/"]
struct Starter;

/// The file of it that is written last.
const LAST: &str = "site.toml";

/// The file of it that says what git need not keep.
const IGNORED: &str = ".gitignore";

/// What can be added to a dossier, with the file it goes to and how it begins. `{key}` stands for the key. Nothing in it
/// is a fact: what must be there and is not known yet is empty, and an error until it is filled in.
const KINDS: [(&str, &str, &str); 9] = [
    (
        "person",
        "content/people.toml",
        "[{key}]
name = \"\"   # the name that the dossier uses
# names = { fa = \"…\", aka = \"…\" }   # other spellings, by language or kind
# sort_name = \"Berg, Ada\"   # where the person stands in lists; without it, by the first word of the name
# summary = \"…\"   # one sentence, with its source
# roles = [{ role = \"…\", of = \"group-key\", from = \"…\", cite = \"source-key ¶1\" }]
# withhold = true   # nothing of this record is published, and each build searches for its names
# cite = \"source-key ¶1\"
",
    ),
    (
        "group",
        "content/groups.toml",
        "[{key}]
name = \"\"   # the name that the dossier uses
type = \"\"   # state, state-body, armed-group, party, company, outlet, research-centre, other
# part_of = \"group-key\"
# summary = \"…\"   # one sentence, with its source
# cite = \"source-key ¶1\"
",
    ),
    (
        "meeting",
        "content/meetings.toml",
        "[{key}]
# mode = \"…\"   # in-person, phone, video, visit, other
# date = \"…\"   # needed, as the source has it: \"2023-06-14\", \"2023-06\", \"[..2023-04]\"; \"\" says that nobody says when
# place = \"place-key\"
# participants = [{ who = \"person-key\", for = \"group-key\", as = \"…\" }]   # needed; [] says that nobody is named
# status = \"…\"   # reported, confirmed, disputed, denied, retracted, inferred; without it, it follows from the next line
# denied_by = [{ who = \"person-key\", cite = \"source-key ¶2\" }]   # also confirmed_by, no_comment_by, retracted_by
# cite = \"source-key ¶1 citing other-source\"
",
    ),
    (
        "event",
        "content/events.toml",
        "[{key}]
title = \"\"   # what happened, in a few words
# date = \"…\"   # needed, as the source has it: \"2023-06-14\", \"2023-06\", \"[..2023-04]\"; \"\" says that nobody says when
# type = \"…\"   # your own word for what it is
# involved = [{ who = \"person-key\" }]
# cite = \"source-key ¶1\"
",
    ),
    (
        "place",
        "content/places.toml",
        "[{key}]
name = \"\"   # the name that the dossier uses
# in = \"place-key\"
# country = \"…\"   # two letters of ISO 3166-1
",
    ),
    (
        "relation",
        "content/relations.toml",
        "[{key}]
from = \"\"   # a person or group
to = \"\"   # a person or group
type = \"\"   # owns, funds, employs, advises, family, ally, other
# cite = \"source-key ¶1\"
",
    ),
    (
        "source",
        "content/sources.toml",
        "[{key}]
title = \"\"   # as it stands there
# by = \"groups/publisher-key\"
type = \"\"   # article-newspaper, report, book, webpage, interview, … (the types of CSL)
# published = \"…\"   # as precise as it says: \"2023-06-14\", \"2023-06\"
# url = \"https://…\"
",
    ),
    (
        "term",
        "content/terms.toml",
        "[{key}]
name = \"\"   # the name that the dossier uses
definition = \"\"   # what it means in this dossier
",
    ),
    (
        "correction",
        "content/corrections.toml",
        "[{key}]
date = \"\"   # the day it was changed: \"2024-02-01\"
on = \"\"   # a record, or a field of one: \"meetings/harbour-talks.date\"
# was = \"…\"   # never to be left out: what it said before; \"\" when it said nothing
why = \"\"   # why it was changed
",
    ),
];

const ARTICLE: &str = "+++
title = \"{name}\"
# summary = \"…\"   # one sentence that says what readers will find
draft = true   # delete this line to publish it
+++

Write here. Link to a record as `[[its-key]]`, and cite a source as `[@its-key ¶1]`.
";

const EMPTY_SITE: &str = "title = {name}
language = \"en\"   # of the interface, and of text that says nothing else
# authors = [\"…\"]
# licence = \"CC-BY-4.0\"
# contact = \"editors@example.org\"   # where readers write to who found an error
# base_url = \"https://example.org/\"   # where the site will be: for feeds and previews of links

# The parties to set side by side. A person belongs to a side through the groups of their roles.
# [[sides]]
# title = \"…\"
# groups = [\"group-key\"]
";

const EMPTY_HOME: &str = "+++
# summary = \"…\"   # one sentence under the title: what this dossier is about, and why
+++

# {name}
";

const EMPTY_README: &str = "# {name}

A dossier: records in `content/*.toml`, texts in `content/`, settings in `site.toml`. `dossier` does not read this file.

    dossier new person ada-berg    add a record to fill in; also group, meeting, event, place, relation, source, term
    dossier serve --open           see the site while you write
    dossier check --strict         what is wrong, and what is doubtful
    dossier build                  make the website in public/
";

pub fn run(args: &NewArgs) -> ExitCode {
    let done = match (&args.what, &args.key, args.ci) {
        (Some(what), Some(key), _) => add(what, key, &args.root),
        (Some(what), None, forge) => start_with(what, args, forge),
        (None, _, Some(forge)) => workflow(forge, &args.root),
        // There are no such arguments.
        (None, _, None) => start_with("", args, None),
    };
    finish(done)
}

/// What was done, in words, or what went wrong and what to do about it.
pub type Done = Result<String, (String, String)>;

fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.0).chain(["article", "template"])
}

/// A new dossier: the example, or nothing, or what an article has; and with a workflow where there is a forge.
fn start_with(name: &str, args: &NewArgs, forge: Option<Forge>) -> Done {
    check_name(name)?;
    let folder = Path::new(name);
    check_parent(folder)?;
    let (files, told) = match &args.from {
        Some(article) => {
            let drafted = from::read(article, folder)?;
            let told = from::told(&drafted, name);
            (files_from(drafted), told)
        }
        None => {
            let files = if args.empty { empty(folder) } else { files() };
            let told = told(name, files.len(), args.empty);
            (files, told)
        }
    };
    check_folder(name, &files)?;
    for (path, bytes) in &files {
        write_or_tell(Some(folder), &folder.join(path), bytes)?;
    }
    match forge {
        Some(forge) => Ok(format!("{told}\n{}", workflows::write(forge, folder)?)),
        None => Ok(told),
    }
}

fn told(name: &str, written: usize, is_empty: bool) -> String {
    let what = if is_empty {
        "a dossier without records. `dossier new person KEY` and the like add them."
    } else {
        "a small fictional dossier to change."
    };
    format!(
        "Made {name} with {written} files: {what}

  cd {name}
  dossier serve --open   see it in the browser while you write
  dossier build          make the website in public/

Then open public/index.html with a double-click. README.md says what is where.
"
    )
}

/// Refuses names that a new dossier cannot have.
fn check_name(name: &str) -> Result<(), (String, String)> {
    if kinds().any(|kind| kind == name) {
        return Err((
            format!("a new {name} needs a key"),
            format!(
                "write `dossier new {name} KEY`, such as `dossier new {name} {}`; for a dossier of that name, `dossier new ./{name}`",
                example(name)
            ),
        ));
    }
    if Path::new(name).is_file() {
        return Err((format!("{name} is a file"), "choose another name".to_owned()));
    }
    Ok(())
}

/// Refuses a folder within a dossier: nothing there would say that it is another one.
fn check_parent(folder: &Path) -> Result<(), (String, String)> {
    let Some(name) = folder.file_name() else { return Ok(()) };
    let Some(parent) = folder.parent().filter(|parent| parent.join(LAST).is_file()) else { return Ok(()) };
    let is_here = parent.components().all(|part| part == Component::CurDir);
    let here = if is_here { "this folder".to_owned() } else { parent.display().to_string() };
    let beside = parent.join("..").join(name);
    let help = format!(
        "write `dossier new {}` for one beside it; `dossier new person KEY` and the like add records",
        beside.display()
    );
    Err((format!("{here} is a dossier already, and a new one is made beside it"), help))
}

/// Refuses a folder that holds anything which a new dossier does not.
fn check_folder(name: &str, files: &[(String, Vec<u8>)]) -> Result<(), (String, String)> {
    match holds_others(Path::new(name), files) {
        Ok(true) => {
            let help = "choose another one; nothing was changed".to_owned();
            Err((format!("the folder {name} is not empty"), help))
        }
        Ok(false) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !name.is_empty() => Ok(()),
        Err(error) => {
            let message = if name.is_empty() {
                "a new dossier needs a name".to_owned()
            } else {
                format!("cannot read {name}: {error}")
            };
            Err((message, "write `dossier new my-dossier`".to_owned()))
        }
    }
}

/// The files of a new dossier.
fn files() -> Vec<(String, Vec<u8>)> {
    let starter =
        Starter::iter().filter_map(|path| Some((path.to_string(), Starter::get(&path)?.data.into_owned())));
    ordered(starter.collect())
}

/// What a new dossier is called: `docs/harbour-talks` becomes `Harbour Talks`.
pub fn title(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.split(|c: char| c == '-' || c == '_' || c.is_whitespace() || c.is_control());
    let title = words.filter(|word| !word.is_empty()).map(capital).collect::<Vec<_>>().join(" ");
    if title.is_empty() { "A dossier".to_owned() } else { title }
}

/// A word with a capital letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The files of a new dossier without the example.
fn empty(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let title = title(folder);
    let quoted = toml::Value::String(title.clone()).to_string();
    let texts = [("README.md", EMPTY_README), (LAST, EMPTY_SITE), ("content/index.md", EMPTY_HOME)];
    let mut files: Vec<_> = texts
        .iter()
        .map(|(path, text)| {
            let name = if *path == LAST { &quoted } else { &title };
            ((*path).to_owned(), text.replace("{name}", name).into_bytes())
        })
        .collect();
    files.extend(Starter::get(IGNORED).map(|file| (IGNORED.to_owned(), file.data.into_owned())));
    ordered(files)
}

/// The files of a dossier from an article. Its text is kept out of git.
fn files_from(drafted: Drafted) -> Vec<(String, Vec<u8>)> {
    let mut ignored = Starter::get(IGNORED).map_or_else(Vec::new, |file| file.data.into_owned());
    if let Some((folder, _)) = drafted.copy.split_once('/') {
        ignored.extend(format!("/{folder}\n").bytes());
    }
    let mut files: Vec<_> = drafted.files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    files.push((IGNORED.to_owned(), ignored));
    ordered(files)
}

/// What stands beside the records of every new dossier: what git need not keep, and what editors know of fields.
pub fn beside() -> Vec<(String, Vec<u8>)> {
    let ignored = Starter::get(IGNORED).map(|file| (IGNORED.to_owned(), file.data.into_owned()));
    let schemas = schema::files().into_iter().map(|(path, text)| (path, text.into_bytes()));
    ignored.into_iter().chain(schemas).collect()
}

/// Files with the schemas of theirs, in the order in which they are written: the one last that makes them a dossier.
fn ordered(mut files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    files.extend(schema::files().into_iter().map(|(path, text)| (path, text.into_bytes())));
    files.sort_by(|(one, _), (other, _)| (one == LAST, one).cmp(&(other == LAST, other)));
    files
}

/// Whether a folder holds anything but what a run left that was ended while it made a dossier there.
fn holds_others(folder: &Path, own: &[(String, Vec<u8>)]) -> std::io::Result<bool> {
    let mut entries = fs::read_dir(folder)?.peekable();
    if entries.peek().is_none() {
        return Ok(false);
    }
    if folder.join(LAST).exists() {
        return Ok(true);
    }
    let own: BTreeMap<&str, &[u8]> =
        own.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let is_left = |path: &Path| {
        let address = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        is_part(path)
            || own.get(address.as_str()).is_some_and(|bytes| {
                disk::file::read(path, disk::file::TEXT).is_ok_and(|there| there[..] == **bytes)
            })
    };
    let mut files = WalkDir::new(folder).min_depth(1).into_iter();
    Ok(!files.all(|entry| entry.is_ok_and(|entry| entry.file_type().is_dir() || is_left(entry.path()))))
}

/// A workflow for a dossier that is there.
fn workflow(forge: Forge, root: &Path) -> Done {
    is_dossier(root)?;
    workflows::write(forge, root)
}

pub fn is_dossier(root: &Path) -> Result<(), (String, String)> {
    if root.join("site.toml").is_file() {
        return Ok(());
    }
    let help = "run this in the dossier's folder, or name that with `--root`".to_owned();
    Err((format!("there is no site.toml in {}", root.display()), help))
}

/// A key that such a thing could have.
fn example(kind: &str) -> &'static str {
    match kind {
        "person" => "ada-berg",
        "group" => "harbour-office",
        "place" => "aldersund",
        "source" => "lantern-2022",
        "article" => "explainers/who-is-who",
        "template" => "person.html",
        _ => "harbour-talks",
    }
}

fn add(kind: &str, key: &str, root: &Path) -> Done {
    if kind == "template" {
        return template(key, root);
    }
    if !kinds().any(|known| known == kind) {
        let singular = Kind::from_plural(kind).map(Kind::singular);
        let help = match singular.or_else(|| did_you_mean(kind, kinds())) {
            Some(near) => format!("did you mean `dossier new {near} {key}`?"),
            None => format!("there are {}", dossier::diag::one_of(kinds()).replace(" or ", " and ")),
        };
        return Err((format!("there is no kind of record called `{kind}`"), help));
    }
    is_dossier(root)?;
    if kind == "article" {
        return article(key, root);
    }
    let Some((_, path, text)) = KINDS.iter().find(|(name, ..)| *name == kind) else {
        return template(key, root);
    };
    check_key(key)?;
    let file = root.join(path);
    let old = match disk::file::read(&file, disk::file::TEXT) {
        Ok(old) => String::from_utf8(old.to_vec())
            .map_err(|_| (format!("cannot read {path}: it is not UTF-8"), "save it as UTF-8".to_owned()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let help = "see that it is a file, and that you may read it".to_owned();
            return Err((format!("cannot read {path}: {error}"), help));
        }
    };
    let folder = file.with_extension("");
    if old.lines().any(|line| line.trim_start().starts_with(&format!("[{key}]")))
        || folder.join(format!("{key}.md")).exists()
    {
        return Err((
            format!("the {kind} `{key}` is there already"),
            format!("open {path}, or choose another key"),
        ));
    }
    let is_former =
        |line: &str| line.trim_start().starts_with("moved_from") && line.contains(&format!("\"{key}\""));
    if old.lines().any(is_former) {
        return Err((
            format!("`{key}` is a former key in {path}: readers are led on from its address"),
            "choose another key, or take it out of `moved_from` first".to_owned(),
        ));
    }
    let mut new = old;
    if !new.is_empty() {
        new.push_str(if new.ends_with('\n') { "\n" } else { "\n\n" });
    }
    new.push_str(&filled(text, key));
    write_or_tell(Some(root), &file, new.as_bytes())?;
    Ok(format!("Added [{key}] to {path}. Fill it in, then run `dossier check`.\n"))
}

fn article(key: &str, root: &Path) -> Done {
    for part in key.split('/') {
        check_key(part)?;
    }
    if let Some(kind) = key.split('/').next().and_then(Kind::from_plural) {
        let help = format!(
            "articles stand elsewhere, such as explainers/; for a {}, `dossier new {} KEY`",
            kind.singular(),
            kind.singular()
        );
        return Err((format!("content/{}/ holds the prose of {}", kind.plural(), kind.plural()), help));
    }
    if routes::is_own(key) {
        let help = format!("choose another name, such as `dossier new article explainers/{key}`");
        return Err((format!("{key}.html is a page that the site makes itself"), help));
    }
    let path = format!("content/{key}.md");
    let file = root.join(&path);
    if file.exists() {
        return Err((format!("{path} is there already"), "choose another name".to_owned()));
    }
    let name = key.rsplit('/').next().unwrap_or(key);
    write_or_tell(Some(root), &file, filled(ARTICLE, name).as_bytes())?;
    Ok(format!("Made {path}, a draft. Its address will be {key}.html.\n"))
}

/// Copies a template of the theme, so that it can be changed; all others stay those of the theme.
fn template(name: &str, root: &Path) -> Done {
    let theme: Sources = theme::theme();
    let path = format!("templates/{name}");
    let Some(file) = theme.get(&path) else {
        let known: Vec<&str> =
            theme.under("templates/").filter_map(|file| file.path.strip_prefix("templates/")).collect();
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        return Err((format!("the theme has no template `{name}`"), help));
    };
    let target = root.join(&path);
    if target.exists() {
        return Err((format!("{path} is there already"), "delete it to go back to the theme's".to_owned()));
    }
    write_or_tell(Some(root), &target, &file.bytes)?;
    Ok(format!("Copied {path} from the theme. Delete it to go back.\n"))
}

fn check_key(key: &str) -> Result<(), (String, String)> {
    if is_key(key) {
        return Ok(());
    }
    Err((format!("`{key}` cannot be a key"), key_help(key)))
}

/// The text with the key in it, and a name made from that: `ada-berg` becomes `Ada Berg`.
fn filled(text: &str, key: &str) -> String {
    let name: Vec<String> = key.split('-').map(capital).collect();
    text.replace("{key}", key).replace("{name}", &name.join(" "))
}
