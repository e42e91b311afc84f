//! `dossier import`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use dossier::diag::{did_you_mean, one_of};
use dossier::disk::{self, read::read};
use dossier::import::keys::slugged;
use dossier::import::taken::Loss;
use dossier::import::{Choices, IMPORTS, Import, named, names};
use dossier::model::Kind;
use dossier::source::Sources;
use dossier::table::Table;
use dossier::{Imported, NotImported, import, theme};

use super::args::{DossierArgs, ImportArgs, ReportFormat};
use super::new::beside;
use super::terminal::{fail, print, say, show};
use super::waiting::{Failure, Turn, Work, only_look};

const WORK: Work = Work { done: "imported", again: "import again" };

pub fn run(args: &ImportArgs) -> ExitCode {
    let started = Instant::now();
    let (Some(name), Some(file), Some(into)) = (&args.name, &args.file, &args.into) else {
        let line = |format: &Import| {
            let left_out = format.leaves_out.join("; ");
            format!("{:18} {}\n{:18} not taken: {left_out}\n", format.name, format.about, "")
        };
        print(&IMPORTS.iter().map(line).collect::<String>());
        return ExitCode::SUCCESS;
    };
    let done = match named(name) {
        Some(format) => take(args, format, file, into, started),
        None => {
            let near = did_you_mean(name, names()).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| "`dossier import` lists them all".to_owned());
            Err((format!("there is no format called `{name}`"), help))
        }
    };
    match done {
        Ok(code) => code,
        Err((message, help)) => {
            fail(&message, &help);
            ExitCode::FAILURE
        }
    }
}

fn take(
    args: &ImportArgs,
    format: &Import,
    file: &Path,
    into: &Path,
    started: Instant,
) -> Result<ExitCode, Failure> {
    let files = input(format, file)?;
    let choices = choices(args)?;
    // While this one reads and writes, no other import does; a new dossier has nothing to be read.
    let is_there = into.exists();
    let turn = if is_there && !args.dry_run { Some(Turn::take(into, &WORK)?) } else { None };
    if args.dry_run {
        only_look(into, &WORK)?;
    }
    let own = if is_there { read(into).value } else { Sources::default() };
    let at = DossierArgs { root: into.to_owned(), drafts: false, format: ReportFormat::Text };
    let imported = match import(format, &files, &own, &theme::theme(), &choices) {
        Ok(imported) => imported,
        Err(NotImported::Unreadable(found)) => {
            // Places are in files that are named as they were on the command line.
            show(&found, &files, &DossierArgs { root: PathBuf::from("."), ..at });
            say("nothing was imported");
            return Ok(ExitCode::FAILURE);
        }
        Err(NotImported::Dossier(sources, found)) => {
            show(&found, &sources, &at);
            fail(
                &format!("nothing was imported: the dossier in {} has errors", into.display()),
                "mend them first, and see `dossier check`",
            );
            return Ok(ExitCode::FAILURE);
        }
    };
    let table = not_carried(&imported);
    // Each file has its own report, so that one import does not take the place of another's.
    let stem = file.file_stem().and_then(|stem| stem.to_str()).map(slugged).unwrap_or_default();
    let stem = if stem.is_empty() { String::new() } else { format!("-{stem}") };
    let report = format!("imports/{}{stem}.csv", format.name);
    if !args.dry_run {
        let changed =
            imported.merged.changed.iter().filter_map(|path| {
                Some((path.clone(), Some(imported.merged.sources.get(path)?.bytes.to_vec())))
            });
        let is_begun = own.get("site.toml").is_none();
        let beside = beside().into_iter().filter(|(path, _)| is_begun && !into.join(path).exists());
        let beside = beside.map(|(path, bytes)| (path, Some(bytes)));
        let all = beside.chain(changed).chain(table.into_iter().map(|table| (report.clone(), Some(table))));
        let turn = turn.map_or_else(|| Turn::take(into, &WORK), Ok)?;
        turn.write_all(&own, &all.collect::<Vec<_>>())?;
    }
    print(&told(&imported, into, &report, args.dry_run, started.elapsed()));
    Ok(ExitCode::SUCCESS)
}

/// The file, or the files of a folder that have the ending of the format, by their paths as they were named.
fn input(format: &Import, path: &Path) -> Result<Sources, Failure> {
    let cannot = |path: &Path, error: io::Error| {
        (format!("cannot read {}: {error}", path.display()), "name a file, or a folder of files".to_owned())
    };
    let mut sources = Sources::default();
    let mut add = |path: &Path| -> Result<(), Failure> {
        let bytes = disk::file::read(path, disk::file::IMPORT).map_err(|error| cannot(path, error))?;
        sources.insert(path.display().to_string(), bytes);
        Ok(())
    };
    if !path.is_dir() {
        add(path)?;
        return Ok(sources);
    }
    let entries = fs::read_dir(path).map_err(|error| cannot(path, error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let is_of = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        path.is_file() && format.endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
    };
    paths.iter().filter(|path| is_of(path)).try_for_each(|path| add(path))?;
    if sources.iter().next().is_none() {
        let endings = one_of(format.endings.iter().copied());
        let help = format!("files of the format {} end in {endings}", format.name);
        return Err((format!("there is no such file in {}", path.display()), help));
    }
    Ok(sources)
}

fn choices(args: &ImportArgs) -> Result<Choices, Failure> {
    let kind = match &args.kind {
        None => None,
        Some(word) => {
            let mut kinds = Kind::RECORDS.into_iter();
            let kind = kinds.find(|kind| kind.plural() == word || kind.singular() == word);
            let known = || one_of(Kind::RECORDS.map(Kind::plural));
            Some(kind.ok_or_else(|| {
                (format!("there is no kind of records called `{word}`"), format!("there are {}", known()))
            })?)
        }
    };
    let columns = args.map.iter().map(|pair| match pair.rsplit_once('=') {
        Some((column, field)) if !column.trim().is_empty() && !field.trim().is_empty() => {
            Ok((column.trim().to_owned(), field.trim().to_owned()))
        }
        _ => Err((
            format!("`{pair}` does not say which column holds which field"),
            "write `--map \"Full name=name\"`".to_owned(),
        )),
    });
    Ok(Choices {
        force: args.force,
        cite: args.cite.clone(),
        columns: columns.collect::<Result<_, _>>()?,
        kind,
        dates: args.dates.map(Into::into),
    })
}

/// The table of what was not carried; nothing where all was.
fn not_carried(imported: &Imported) -> Option<Vec<u8>> {
    let mut table = Table::new(&["record", "field", "value", "why"], false);
    let merged = &imported.merged;
    let all: Vec<&Loss> = imported.taken.lost.iter().chain(&merged.kept).chain(&merged.replaced).collect();
    all.iter().for_each(|loss| table.row([loss.record.as_str(), &loss.field, &loss.value, &loss.why]));
    (!all.is_empty()).then(|| table.bytes())
}

/// What was imported, in words.
fn told(imported: &Imported, into: &Path, report: &str, is_dry: bool, time: Duration) -> String {
    let merged = &imported.merged;
    let into = into.display();
    let mut text = String::new();
    let heads = match is_dry {
        true => ("would be added", "would be changed"),
        false => ("added", "changed"),
    };
    for (records, done) in [(&merged.added, heads.0), (&merged.updated, heads.1)] {
        if !records.is_empty() {
            text.push_str(&format!("{}: {done}\n", counts(records.iter().map(|(kind, _)| *kind))));
        }
    }
    if merged.changed.is_empty() {
        let all_there = merged.kept.is_empty();
        text.push_str(if all_there {
            "the dossier says all of it already\n"
        } else {
            "nothing is changed\n"
        });
    }
    for path in merged.changed.iter().filter(|path| !path.ends_with(".md")) {
        text.push_str(&format!("  {into}/{path}\n"));
    }
    match merged.changed.iter().filter(|path| path.ends_with(".md")).count() {
        0 => {}
        1 => text.push_str("  and 1 text beside a record\n"),
        n => text.push_str(&format!("  and {n} texts beside records\n")),
    }
    if !imported.taken.keys.doubtful.is_empty() {
        text.push_str(
            "\nA record of the same name is there already, but does not say that it is the same:\n",
        );
    }
    for doubtful in &imported.taken.keys.doubtful {
        let plural = doubtful.kind.plural();
        text.push_str(&format!(
            "  {plural}/{} was added beside {plural}/{}. If the two are one, write `ids` with `{}` into that, take \
             the new one out, and import again\n",
            doubtful.key, doubtful.there, doubtful.id
        ));
    }
    let lost = &imported.taken.lost;
    let all = lost.len() + merged.kept.len() + merged.replaced.len();
    if !merged.kept.is_empty() {
        let said = if merged.kept.len() == 1 {
            "1 field says"
        } else {
            &format!("{} fields say", merged.kept.len())
        };
        text.push_str(&format!(
            "\n{said} something else than the records that are there, which were left as they are; `--force` takes \
             what the file says\n"
        ));
    }
    if !merged.replaced.is_empty() {
        text.push_str(&format!(
            "\n{} took the place of what stood there before\n",
            things(merged.replaced.len())
        ));
    }
    if !lost.is_empty() {
        text.push_str(&format!("\n{} could not be carried:\n", things(lost.len())));
        let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        lost.iter().for_each(|loss| *reasons.entry((&loss.field, &loss.why)).or_default() += 1);
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        const TOLD: usize = 12;
        for ((field, why), count) in reasons.iter().take(TOLD) {
            text.push_str(&format!("  {count} × {field}: {why}\n"));
        }
        if reasons.len() > TOLD {
            text.push_str(&format!("  and {} more reasons\n", reasons.len() - TOLD));
        }
    }
    if all > 0 && !is_dry {
        text.push_str(&format!("\nEach of them is in {into}/{report}.\n"));
    }
    let next = if is_dry { "nothing was written" } else { "see `dossier check`, and read what was written" };
    text.push_str(&format!("\n{next}, {:.2} s\n", time.as_secs_f64()));
    text
}

fn things(count: usize) -> String {
    if count == 1 { "1 thing".to_owned() } else { format!("{count} things") }
}

/// `312 people, 14 groups, 1 place`
fn counts(kinds: impl Iterator<Item = Kind>) -> String {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
    let counts = counts
        .into_iter()
        .map(|(kind, count)| format!("{count} {}", if count == 1 { kind.singular() } else { kind.plural() }));
    counts.collect::<Vec<_>>().join(", ")
}
