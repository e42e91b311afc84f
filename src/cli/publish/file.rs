//! A file that holds the whole site.

use std::collections::BTreeMap;

use dossier::disk;
use dossier::model::publish::Form;
use dossier::publish::BUILD_INFO;
use dossier::publish::archive::{About, read_wacz, read_warc, wacz, warc};
use dossier::publish::bundle::{Error, File, read_tar_zst, read_zip, tar_zst, zip};

use super::super::files::write_or_tell;
use super::job::{Job, Outcome, Problem, not_the_same};
use super::{inside, slug};

/// Writes the file, if it is not there already with the very same bytes, and returns what was done.
pub fn publish(job: &Job, form: Form, path: &str) -> Result<Outcome, Problem> {
    let file = job.path(path);
    let bytes = made(job, form)?;
    let size = bytes.len() as u64;
    let before = disk::file::read(&file, disk::file::OWN).ok();
    let mut outcome = Outcome::default();
    match &before {
        None => outcome.added.push((path.to_owned(), size)),
        Some(before) if before[..] == bytes[..] => outcome.unchanged = 1,
        Some(_) => outcome.changed.push((path.to_owned(), size)),
    }
    if let Some(before) = before.filter(|_| outcome.unchanged == 0 && !job.adopt)
        && !is_ours(job, form, &before)
    {
        return Err(Problem::new(
            format!("{} is there, and is no earlier state of this site", file.display()),
            "choose another name; or let the site take its place with `--adopt`",
        ));
    }
    if job.dry_run {
        return Ok(outcome);
    }
    // A path in the dossier stays there; any other is where a person wants it.
    let home = inside(job.target, job.base, job.root).map(|_| job.root);
    if outcome.unchanged == 0 {
        write_or_tell(home, &file, &bytes).map_err(|(message, help)| Problem::new(message, help))?;
    }
    if job.verify {
        verify(job, form, &file)?;
    }
    Ok(outcome)
}

fn made(job: &Job, form: Form) -> Result<Vec<u8>, Problem> {
    let files: Vec<File> = job.site.iter().map(|(path, bytes)| (path, bytes.as_ref())).collect();
    let folder = slug(job.title);
    let made = match form {
        Form::Zip => zip(&files, &folder),
        Form::TarZst => tar_zst(&files, &folder),
        Form::Warc => warc(&files, &about(job)?),
        Form::Wacz => wacz(&files, &about(job)?),
    };
    made.map_err(|error| problem(&error))
}

/// What an archive says of the site, which includes where on the web it stands.
fn about<'j>(job: &Job<'j>) -> Result<About<'j>, Problem> {
    let base_url = job.base_url.ok_or_else(|| {
        Problem::new(
            "an archive of the web needs to know where the site stands on it",
            "give `base_url` in site.toml, such as `base_url = \"https://dossier.example.org\"`",
        )
    })?;
    Ok(About {
        title: job.title,
        description: job.description,
        language: Some(job.language),
        base_url,
        time: job.time,
    })
}

/// Whether a file is one that was published before.
fn is_ours(job: &Job, form: Form, bytes: &[u8]) -> bool {
    read(job, form, bytes).is_ok_and(|files| files.contains_key(BUILD_INFO))
}

/// The files of a site in one file.
fn read(job: &Job, form: Form, bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let folder = slug(job.title);
    let found = match form {
        Form::Zip => read_zip(bytes, &folder),
        Form::TarZst => read_tar_zst(bytes, &folder),
        Form::Warc => read_warc(bytes, about(job)?.base_url),
        Form::Wacz => read_wacz(bytes, about(job)?.base_url),
    };
    found.map_err(|error| problem(&error))
}

/// Reads the file again and holds each file in it against the site.
fn verify(job: &Job, form: Form, file: &std::path::Path) -> Result<(), Problem> {
    let bytes = disk::file::read(file, disk::file::OWN)
        .map_err(|error| Problem::new(format!("cannot read {}: {error}", file.display()), String::new()))?;
    let found = read(job, form, &bytes)?;
    let differs =
        |(path, bytes): &(&str, &std::sync::Arc<[u8]>)| found.get(*path).map(Vec::as_slice) != Some(bytes);
    let mut wrong: Vec<String> = job.site.iter().filter(differs).map(|(path, _)| path.to_owned()).collect();
    wrong.extend(found.keys().filter(|path| !job.site.contains(path)).cloned());
    if wrong.is_empty() { Ok(()) } else { Err(not_the_same(&file.display().to_string(), &wrong)) }
}

fn problem(error: &Error) -> Problem {
    Problem::new(error.to_string(), String::new())
}
