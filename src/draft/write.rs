//! What was found -> the files of a dossier, as their author would write them.

mod denials;
mod places;
mod records;
mod said;

use super::dates;
use super::head::Head;
use super::language::Language;
use super::meetings;
use super::names::Names;
use super::paragraphs::{Block, Said};
use super::sentences::Sentence;
use super::text::cleaned;
use super::vocabulary::STARTERS;
use super::{Article, Counts, Drafted};
use crate::import::keys::slugged;
use crate::parse::is_key;
use records::{Records, comment, field, shortened};

/// What stands for a day that is to be written: no date, so that it is not accepted by mistake.
const DAY: &str = "YYYY-MM-DD";

/// The folder of the numbered text. The program reads no file in it, so nothing of it can be published.
const COPIES: &str = "texts";

/// Makes the files.
pub fn dossier(
    article: &Article,
    said: &Said,
    language: &Language,
    sentences: &[Sentence],
    names: &Names,
    dates: &[Vec<dates::Found>],
    meetings: &meetings::Meetings,
) -> Drafted {
    let key = source_key(article.name, &said.head);
    let copy = format!("{COPIES}/{key}.txt");
    let mut records = Records::new(&key, said.numbers(), sentences, names);
    let (people, groups, places) = (records.people(), records.groups(), records.places());
    records.find_denials(meetings, dates);
    let (held, events) = (records.meetings(meetings, dates), records.events(meetings, dates));
    let found = Counts { paragraphs: said.paragraphs().count(), ..records.counts };
    let mut files = vec![
        ("README.md".to_owned(), README.replace("{copy}", &copy).replace("{key}", &key)),
        (copy.clone(), numbered(said)),
        ("content/sources.toml".to_owned(), source(article, said, language, &key, &copy)),
    ];
    let of_kinds =
        [("people", people), ("groups", groups), ("places", places), ("meetings", held), ("events", events)];
    for (kind, text) in of_kinds {
        if !text.is_empty() {
            files.push((format!("content/{kind}.toml"), text));
        }
    }
    let title = shortened(&cleaned(article.title).replace('\n', " "), 200);
    let title = if title.trim().is_empty() { "A dossier".to_owned() } else { title };
    files.push(("site.toml".to_owned(), SITE.replace("{title}", &records::quoted(title.trim()))));
    let headline = said.head.title.as_deref().map(|title| shortened(title, 80));
    let first = said.paragraphs().next().map_or_else(String::new, |first| shortened(first, 60));
    Drafted { files, found, unseen: unseen(language), copy, headline, first }
}

/// The key of the source: from its newspaper and year, from a file that has a name of its own, or from its headline.
fn source_key(name: &str, head: &Head) -> String {
    const PLAIN: [&str; 12] = [
        "article", "text", "story", "untitled", "document", "page", "download", "copy", "citing", "new",
        "input", "paste",
    ];
    let year = head.published.as_deref().and_then(|date| date.get(..4)).unwrap_or("");
    let dated = |text: &str| slugged(&format!("{text} {year}"));
    let outlet = head.outlet.as_deref().map(|outlet| {
        let slug = slugged(outlet);
        dated(slug.strip_prefix("the-").unwrap_or(&slug))
    });
    let stem = slugged(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let own = Some(stem).filter(|stem| !PLAIN.contains(&stem.as_str()));
    let title = head.title.as_deref().map(|title| {
        let mut words: Vec<&str> = title.split(' ').take(4).collect();
        while words.len() > 1
            && words.last().is_some_and(|word| STARTERS.contains(&word.to_lowercase().as_str()))
        {
            words.pop();
        }
        dated(&words.join(" "))
    });
    // `citing` parts the sources of a citation.
    let keys = [outlet, own, title].into_iter().flatten();
    keys.into_iter().find(|key| is_key(key) && key != "citing").unwrap_or_else(|| "article".to_owned())
}

/// The text for its author to look things up, with a number before each paragraph.
fn numbered(said: &Said) -> String {
    let mut text = NUMBERED.to_owned();
    let mut numbers = said.numbers().into_iter();
    for block in &said.blocks {
        text.push('\n');
        match block {
            Block::Paragraph(paragraph) => {
                let number = numbers.next().unwrap_or_default();
                text.push_str(&format!("¶{number}  {paragraph}\n"));
            }
            Block::Above(line) | Block::Heading(line) => text.push_str(&format!("    {line}\n")),
        }
    }
    text
}

/// The record of the article.
fn source(article: &Article, said: &Said, language: &Language, key: &str, copy: &str) -> String {
    use serde_json::json;
    let head = &said.head;
    let stem = article.name.rsplit_once('.').map_or(article.name, |(stem, _)| stem);
    let stem = shortened(&cleaned(stem).replace('\n', " "), 200);
    let title = match &head.title {
        Some(title) => shortened(title, 300),
        None if stem.trim().is_empty() => key.to_owned(),
        None => stem.trim().to_owned(),
    };
    let mut fields = crate::export::plain::Fields::new();
    fields.insert("title".to_owned(), json!(title));
    if let Some(outlet) = &head.outlet {
        fields.insert("by".to_owned(), json!(shortened(outlet, 300)));
    }
    fields.insert("type".to_owned(), json!(head.kind.as_deref().unwrap_or("document")));
    if !head.authors.is_empty() {
        fields.insert("author".to_owned(), json!(head.authors));
    }
    if let Some(published) = &head.published {
        fields.insert("published".to_owned(), json!(published));
    }
    if let Some(url) = &head.url {
        fields.insert("url".to_owned(), json!(url));
    }
    fields.insert("draft".to_owned(), json!(true));
    let mut text =
        format!("# The article that all drafts here cite. Its paragraphs are numbered in {copy}.\n\n");
    text.push_str(&crate::import::layout::record(crate::model::Kind::Source, key, &fields));
    let mut add = |line: &str| text.push_str(&comment(line));
    add(
        "The key in brackets is the address of this source for good, and all drafts cite it: to change it, do so before you",
    );
    add(&format!("accept anything: `dossier rename sources/{key} NEW-KEY`."));
    if head.title.is_none() {
        add("The text has no headline: write its title.");
    }
    if let Some(title) = &head.perhaps_title {
        let title = records::quoted(&shortened(title, 300));
        add(&format!(
            "In doubt: {title} stands above the text as well. Where that is the headline, it is the title."
        ));
    }
    if head.kind.is_none() {
        add("The text does not say its type: article-newspaper, report, webpage, interview …");
    }
    match (&head.outlet, &head.perhaps_outlet) {
        (Some(_), _) => {}
        (None, Some(name)) => {
            let how = "stands above the text: the name of a newspaper, or the headline";
            add(&field("by", &shortened(name, 300), how));
        }
        (None, None) => {
            add(&field("by", "…", "who made it: a text, or a record such as groups/herald-paper"));
        }
    }
    if head.authors.is_empty() {
        add(&field("author", "…", "\"Berg, Ada\", or several in brackets"));
    }
    match (&head.published, &head.dated) {
        (Some(_), _) => {}
        (None, Some(words)) => {
            add(&field("published", DAY, &format!("in the text: {}", shortened(words, 100))));
        }
        (None, None) => add(&field("published", DAY, "as precise as it is known")),
    }
    if head.url.is_none() {
        add("url = \"https://…\"");
    }
    add(&field("accessed", DAY, "the day on which you read it"));
    if let Language::Capitals(Some(tag)) = language {
        add(&field("language", tag, "as its commonest words suggest"));
    }
    text
}

/// What the rules do not see in a text of this language.
fn unseen(language: &Language) -> Vec<String> {
    let lines: &[&str] = match language {
        Language::English => &[
            "who \"he\", \"she\" and \"the minister\" are, and names of one word that no title stands before",
            "one name under two spellings: these become two drafts",
            "dates that depend on the day of writing: they are comments, and none is computed",
            "whether a sentence is true: that somebody says, denies or will not comment on it is a comment at most, known by a few words",
        ],
        Language::Capitals(_) => &[
            "this text is not in English: only names of two words and more are found, by their capital letters",
            "titles, offices, dates and meetings are not found in it",
            "a name in another grammatical case becomes a draft of its own",
        ],
        Language::Caseless => &[
            "this text is in a script without capital letters, by which names are found: there are no candidates",
            "the source and the numbered paragraphs are there; `dossier new person KEY` adds a record",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const NUMBERED: &str = "The numbered text, for citing by paragraph. No part of this folder is ever published.
The headline, lines above the text and headings between paragraphs are not counted; each item of a list is.
";

const SITE: &str = "# Settings of the whole site. Only `title` is required.

title = {title}
# language = \"en\"   # of the interface: ar, de, en, es, fa, fr, he, or your own
# description = \"One sentence on what readers find here.\"
# authors = [\"…\"]
# licence = \"CC-BY-4.0\"
# contact = \"editors@example.org\"   # where readers write to who found an error

# Most candidates are named nowhere yet. Take this out when you have accepted what is right.
[lints]
named-nowhere = \"note\"
source-never-cited = \"note\"
";

const README: &str = "# A dossier to start from

`dossier new --from` made these files from an article, by simple rules. **Every record is a draft**: none is published
until you accept it. `dossier` does not read this file.

- `content/sources.toml`: the article. Fill in what is missing, and accept it first: all other records cite it.
- `content/people.toml`, `groups.toml`, `places.toml`, `meetings.toml`, `events.toml`, as far as something was found:
  candidates, each with the sentence it comes from as a comment. What could be read in more than one way is a comment, too.
- `{copy}`: the text with its paragraphs numbered, to look up what `{key} ¶4` is.
- `site.toml`: the settings.

## What to do

1. `dossier serve --open` shows all drafts, marked.
2. Read each beside its sentence. Delete what is wrong, and mend what is not exact.
3. **Accept** a record by deleting its line `draft = true`, and those that it names first. Then delete the comments.
4. `dossier check` says what is left to do, and `dossier build` makes the site of what was accepted.

The rules look at capital letters and at the words beside them. They do not understand a sentence. A meeting is drafted only
where one says plainly who met whom; others with a word that tells of one, such as `met` or `talks`, are comments at the end of
`content/meetings.toml`, and those that say it in other words are not found. Where a draft has no `date`, what its sentence says of
one stands beside it. Who says what a sentence tells, who denies it and who would not comment is found by a few words, and is a
comment at most: read the text for the rest, and write `citing`, `denied_by` and `no_comment_by`.

## The text of the article

It belongs to whoever wrote it. `texts/` is not a part of the site, whatever you do: the program reads only `site.toml`,
`content/`, `templates/` and `static/`. It is in `.gitignore` as well, so that it is in no public repository by accident.
The sentences in the comments are quoted from it: they are not in the site either, but in the files that you share.

Paragraphs are counted as a reader would: without the headline, the lines above the text and headings between paragraphs;
each item of a list is one. Where the publication counts otherwise, follow it, and change `cite`.
";
