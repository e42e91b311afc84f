//! `dossier publish`: a finished site -> where readers are.

mod before;
mod file;
mod folder;
mod git;
mod job;
mod listed;
mod remote;
mod rsync;
mod sftp;
#[cfg(feature = "object-stores")]
mod store;
mod tool;

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use dossier::cache::Cache;
use dossier::diag::{Diagnostic, did_you_mean, one_of};
use dossier::disk::manifest::Manifest;
use dossier::link::Linked;
use dossier::model::config::Config;
use dossier::model::publish::{Address, FORMS, Form, Target};
use dossier::publish::added::{self, Origin};
use dossier::source::Sources;
use dossier::{has_errors, settings, theme};
use time::OffsetDateTime;

use super::args::{DossierArgs, PublishArgs};
use super::build::{files, output_in_dossier, site};
use super::limits;
use super::terminal::{Progress, fail, line, print, say, show, summary};
use before::{Repository, repository};
use job::{Job, Outcome, Problem, some};

/// The target that needs no settings.
const ARCHIVE: &str = "archive";

/// How many changes are listed unless all are asked for.
const LISTED: usize = 20;

pub fn run(args: &PublishArgs) -> ExitCode {
    limits::begin(args.format);
    match publish(args) {
        Ok(code) => code,
        Err(Problem { message, help }) => {
            fail(&message, &help);
            ExitCode::FAILURE
        }
    }
}

fn publish(args: &PublishArgs) -> Result<ExitCode, Problem> {
    let started = Instant::now();
    let dossier = DossierArgs { root: args.root.clone(), drafts: false, format: args.format };
    let read = files(&args.root);
    let Some(name) = &args.target else { return Ok(list(&read.value, &dossier)) };
    let theme = theme::theme();
    let cache = &mut Cache::default();
    let mut site = site(&dossier, &read, &theme, cache);
    let linked = cache.linked.take().unwrap_or_default();
    let pages = site.value.pages;
    if has_errors(&site.diagnostics) {
        return Ok(refused(&site.diagnostics, &read.value, &dossier, started));
    }
    let (target, base) = target(name, &linked, &args.root)?;
    refuse_own_folders(&target, base, &args.root)?;
    let named = linked.dossier.config.publish.values().map(|target| (target, args.root.as_path()));
    let made = named.chain([(&target, base)]).filter_map(|(target, base)| inside(target, base, &args.root));
    let repository = match repository(&args.root, &made.collect::<Vec<_>>()) {
        Err(_) if args.allow_dirty => None,
        repository => repository?,
    };
    refuse_changes(repository.as_ref(), args)?;
    let origin = Origin {
        commit: repository.as_ref().and_then(|repository| repository.commit.clone()),
        modified: repository.as_ref().map(|repository| !repository.changes.is_empty()),
    };
    added::add(&mut site.value.output, &linked, &target, &origin)
        .map_err(|error| Problem::new(error.to_string(), error.help()))?;
    let config = &linked.dossier.config;
    let job = Job {
        root: &args.root,
        target: &target,
        base,
        list: Manifest::of(&site.value.output),
        site: &site.value.output,
        title: &config.title,
        description: config.description.as_deref(),
        language: &config.language,
        base_url: config.base_url.as_ref().map(|base| base.value.as_str()),
        commit: origin.commit.as_deref(),
        withheld: &linked.dossier.withheld,
        time: made_at(repository.as_ref(), &origin),
        dry_run: args.dry_run,
        verify: args.verify,
        adopt: args.adopt,
        progress: Progress::new(),
    };
    let texts = [("the message of the commit", &git::message(&job)), ("the address", &target.to.to_string())];
    let texts = texts.map(|(name, text)| (name, text.as_str()));
    let leaks = added::leaks(&site.value.output, &linked, &texts, &read.value, &theme);
    if !leaks.is_empty() {
        site.diagnostics.splice(0..0, leaks);
        return Ok(refused(&site.diagnostics, &read.value, &dossier, started));
    }
    show(&site.diagnostics, &read.value, &dossier);
    let _lock = listed::lock(&args.root)?;
    let outcome = send(&job);
    job.progress.end();
    let outcome = outcome?;
    let what = super::terminal::pages(pages);
    tell(args, &job, &outcome, &line(&what, &site.diagnostics, started.elapsed()));
    Ok(ExitCode::SUCCESS)
}

/// Brings the target up to date.
fn send(job: &Job) -> Result<Outcome, Problem> {
    match &job.target.to {
        Address::Folder(path) => folder::publish(job, path),
        Address::Git { remote, branch } => git::publish(job, remote, branch),
        Address::File { form, path } => file::publish(job, *form, path),
        Address::Sftp { user, host, port, path } => {
            let mut sftp = sftp::Sftp::open(user.as_deref(), host, *port, path, job.root)?;
            remote::publish(&mut sftp, job)
        }
        Address::Rsync(place) => remote::publish(&mut rsync::Rsync::open(place, job.root)?, job),
        #[cfg(feature = "object-stores")]
        Address::Store { provider, bucket, prefix } => {
            remote::publish(&mut store::Store::open(job.target, *provider, bucket, prefix)?, job)
        }
        #[cfg(not(feature = "object-stores"))]
        Address::Store { .. } => Err(Problem::new(
            "this dossier was built without object stores",
            "build it with the feature `object-stores`",
        )),
    }
}

/// The target that a person names, and what its paths begin with: those in the settings are from the dossier's folder.
fn target<'r>(name: &str, linked: &Linked, root: &'r Path) -> Result<(Target, &'r Path), Problem> {
    let known = &linked.dossier.config.publish;
    if let Some(target) = known.get(name) {
        return Ok((target.clone(), root));
    }
    if name == ARCHIVE {
        let path = format!("archive/{}{}", slug(&linked.dossier.config.title), Form::Wacz.ending());
        return Ok((Target::at(Address::File { form: Form::Wacz, path }), root));
    }
    if Address::is_meant(name) {
        let address = Address::parse(name).map_err(|error| Problem::new(error.why, error.help))?;
        return Ok((Target::at(address), Path::new("")));
    }
    let near = did_you_mean(name, known.keys().map(String::as_str).chain([ARCHIVE]));
    let names = one_of(known.keys().map(String::as_str));
    let advice = match (near, known.len()) {
        (Some(near), _) => format!("did you mean `{near}`? `dossier publish` lists all"),
        (None, 0) => format!(
            "it names none yet: write `[publish.{name}]` and below it `to = \"…\"`. `dossier publish` lists what can stand there"
        ),
        (None, 1) => format!("it names only {names}. `dossier publish` lists all"),
        (None, _) => format!("name {names}. `dossier publish` lists all"),
    };
    let help = format!("{advice}; for a folder of that name, write `./{name}`");
    Err(Problem::new(format!("site.toml names no target `{name}`"), help))
}

/// A name for files that are made of the whole dossier.
pub fn slug(title: &str) -> String {
    let slug = slug::slugify(title);
    if slug.is_empty() { "dossier".to_owned() } else { slug }
}

/// The names of the targets and the forms of an address.
fn list(sources: &Sources, args: &DossierArgs) -> ExitCode {
    let read = settings(sources);
    let (config, found) = match read {
        Ok(read) => (read.value, read.diagnostics),
        Err(problem) => (Config::default(), vec![*problem]),
    };
    show(&found, sources, args);
    if has_errors(&found) {
        return ExitCode::FAILURE;
    }
    let targets = &config.publish;
    let mut text = match targets.len() {
        0 => "site.toml names no target. One begins with a line `[publish.NAME]` and says `to = \"…\"`.\n"
            .to_owned(),
        _ => "Targets in site.toml:\n".to_owned(),
    };
    for (name, target) in targets {
        text.push_str(&format!("  {name:24} {}\n", target.to));
    }
    text.push_str("\nAddresses:\n");
    for (form, about) in FORMS {
        text.push_str(&format!("  {form:24} {about}\n"));
    }
    print(&text);
    ExitCode::SUCCESS
}

fn refused(found: &[Diagnostic], sources: &Sources, args: &DossierArgs, started: Instant) -> ExitCode {
    show(found, sources, args);
    summary(&line("nothing published", found, started.elapsed()), args.format);
    ExitCode::FAILURE
}

/// Refuses to write among the files that the dossier is made of.
fn refuse_own_folders(target: &Target, base: &Path, root: &Path) -> Result<(), Problem> {
    let (Address::Folder(path) | Address::File { path, .. }) = &target.to else { return Ok(()) };
    let problem = output_in_dossier(root, &base.join(path));
    problem.map_or(Ok(()), |problem| Err(Problem::new(problem.message, "name another place")))
}

/// The path of a target in the folder of the dossier, from there.
fn inside(target: &Target, base: &Path, root: &Path) -> Option<String> {
    let (Address::Folder(path) | Address::File { path, .. }) = &target.to else { return None };
    let path = plain(&base.join(path))?;
    let inside = path.strip_prefix(plain(root)?).ok()?.to_str()?.replace('\\', "/");
    (!inside.is_empty()).then_some(inside)
}

/// A path from the top, without steps back.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Some(plain)
}

fn refuse_changes(repository: Option<&Repository>, args: &PublishArgs) -> Result<(), Problem> {
    let changes = repository.map_or(&[][..], |repository| &repository.changes);
    if changes.is_empty() || args.allow_dirty {
        return Ok(());
    }
    if args.dry_run {
        say(&format!("note: these are not committed, and would have to be, or allowed: {}", some(changes)));
        return Ok(());
    }
    Err(Problem::new(
        format!("there are files that are not committed: {}", some(changes)),
        "commit them, so that what is published can be made again; or publish them all the same with `--allow-dirty`",
    ))
}

/// When a site was made, as far as that can be told again: at its commit, or when the environment says.
fn made_at(repository: Option<&Repository>, origin: &Origin) -> OffsetDateTime {
    // The convention of reproducible builds: https://reproducible-builds.org/specs/source-date-epoch/
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let given = given.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    let committed =
        repository.filter(|_| origin.modified == Some(false)).and_then(|repository| repository.time);
    given.or(committed).unwrap_or_else(OffsetDateTime::now_utc)
}

/// Says what was done, or would be.
fn tell(args: &PublishArgs, job: &Job, outcome: &Outcome, line: &str) {
    let Outcome { added, changed, removed, unchanged } = outcome;
    let all = args.dry_run || args.list;
    let mut lines: Vec<String> = Vec::new();
    let sized = |sign: char, (path, size): &(String, u64)| format!("{sign} {:>10}  {path}", bytes(*size));
    lines.extend(added.iter().map(|file| sized('+', file)));
    lines.extend(changed.iter().map(|file| sized('~', file)));
    lines.extend(removed.iter().map(|path| format!("- {:10}  {path}", "")));
    let shown = if all { lines.len() } else { lines.len().min(LISTED) };
    let mut text: String = lines.iter().take(shown).map(|line| format!("{line}\n")).collect();
    if lines.len() > shown {
        text.push_str(&format!("  {:10}  and {} more; `--list` lists all\n", "", lines.len() - shown));
    }
    let sum = |files: &[(String, u64)]| bytes(files.iter().map(|(_, size)| size).sum());
    let mut parts: Vec<String> = Vec::new();
    for (files, one, many) in [(added, "added", "to add"), (changed, "changed", "to change")] {
        if !files.is_empty() {
            parts.push(format!("{} {} ({})", files.len(), if args.dry_run { many } else { one }, sum(files)));
        }
    }
    if !removed.is_empty() {
        parts.push(format!("{} {}", removed.len(), if args.dry_run { "to delete" } else { "deleted" }));
    }
    if parts.is_empty() {
        parts.push("nothing to send".to_owned());
    }
    let verified = if args.verify { ", all fetched back and the same" } else { "" };
    let at = &job.target.to;
    text.push_str(&format!("{at}: {}, {unchanged} unchanged{verified}", parts.join(", ")));
    print(&format!("{text}\n"));
    summary(line, args.format);
}

/// `12 kB`
fn bytes(count: u64) -> String {
    indicatif::DecimalBytes(count).to_string()
}
