//! `dossier new --from`: an article -> the files of a new dossier, and what was found in words.

use std::io::{self, Read};
use std::path::Path;

use dossier::disk::file;
use dossier::draft::{Article, Drafted, LARGEST, draft};

use super::new::title;
use super::waiting::Failure;

/// Reads an article, from standard input where it is called `-`, and makes a dossier of it that is called after its folder.
pub fn read(article: &Path, folder: &Path) -> Result<Drafted, Failure> {
    let is_stdin = article == Path::new("-");
    let name = article.file_name().filter(|_| !is_stdin).map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let mut bytes = Vec::new();
    // One byte more than is allowed tells what is too large.
    let most = LARGEST as u64 + 1;
    let read = if is_stdin {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        file::read(article, most).map(|read| {
            bytes.extend_from_slice(&read);
            bytes.len()
        })
    };
    read.map_err(|error| {
        let help = "name a text: `dossier new my-dossier --from article.txt`".to_owned();
        (format!("cannot read {}: {error}", article.display()), help)
    })?;
    let drafted = draft(&Article { bytes: &bytes, name: &name, title: &title(folder) });
    drafted.map_err(|refused| (refused.message, refused.help))
}

/// What was found, what was not, and what to do next.
pub fn told(drafted: &Drafted, folder: &str) -> String {
    let found = &drafted.found;
    let counts = [
        (found.people, "person", "people"),
        (found.groups, "group", "groups"),
        (found.places, "place", "places"),
        (found.meetings, "meeting", "meetings"),
        (found.events, "event", "events"),
    ];
    let count = |(count, one, many): (usize, &str, &str)| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    };
    let paragraphs = count((found.paragraphs, "paragraph", "paragraphs"));
    let all = counts.map(count).join(", ");
    let comments = match found.comments {
        0 => String::new(),
        1 => "1 more thing is a comment, since it can be read in more than one way.\n".to_owned(),
        n => format!("{n} more things are comments, since they can be read in more than one way.\n"),
    };
    let unseen: String = drafted.unseen.iter().map(|line| format!("  - {line}\n")).collect();
    let copy = &drafted.copy;
    let headline = drafted.headline.as_deref().unwrap_or("none");
    let first = &drafted.first;
    format!(
        "Made {folder} from {paragraphs}. Headline: {headline}. ¶1 begins: {first}
Found, as drafts: {all}.
{comments}
The rules are simple, and take no words for true. They do not see:
{unseen}
  cd {folder}
  dossier serve --open   shows the drafts, marked

Delete what is wrong. To accept a record, delete its line `draft = true`, that of the source first.
Until then nothing of it is published, and the text in {copy} never is. README.md says more.
"
    )
}
