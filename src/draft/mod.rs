//! A plain article -> a dossier to start from: the source, its paragraphs numbered, and candidates for records, all as
//! drafts with their paragraph.
//!
//! The rules are few and simple: capital letters, words that stand beside a name, words for dates, and one form of sentence
//! for meetings. What they find is for a person to accept or delete. What they cannot tell becomes a comment, and nothing is added that the text
//! does not say.

mod clauses;
mod dates;
mod form;
mod head;
mod headline;
mod joined;
mod language;
mod markdown;
mod meetings;
mod names;
mod paragraphs;
mod sentences;
mod spans;
mod stance;
mod text;
mod vocabulary;
mod write;

pub use text::{LARGEST, Refused};

/// What a dossier is to be made of.
pub struct Article<'a> {
    pub bytes: &'a [u8],
    /// The name of its file, without folders; empty where it has none.
    pub name: &'a str,
    /// What the dossier is to be called.
    pub title: &'a str,
}

/// A dossier to start from.
#[derive(Debug, Default)]
pub struct Drafted {
    /// Its files, by their paths.
    pub files: Vec<(String, String)>,
    pub found: Counts,
    /// What the rules could not do with this text, in words.
    pub unseen: Vec<String>,
    /// Where the numbered text is.
    pub copy: String,
    /// What was taken for its headline.
    pub headline: Option<String>,
    /// How ¶1 begins.
    pub first: String,
}

/// How much was found.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub paragraphs: usize,
    pub people: usize,
    pub groups: usize,
    pub places: usize,
    pub meetings: usize,
    pub events: usize,
    /// What became a comment, since the text leaves more than one reading.
    pub comments: usize,
}

/// Makes the files of a dossier from an article.
pub fn draft(article: &Article) -> Result<Drafted, Refused> {
    let is_markdown = [".md", ".markdown"].iter().any(|end| article.name.to_lowercase().ends_with(end));
    let text = text::read(article.bytes, article.name)?;
    // What has no name tells by its headline.
    let is_markdown = is_markdown || article.name.is_empty() && text.trim_start().starts_with("# ");
    let said = if is_markdown { markdown::read(&text) } else { paragraphs::read(&text) };
    let paragraphs: Vec<&str> = said.paragraphs().collect();
    let language = language::of(&paragraphs);
    let sentences = sentences::all(&paragraphs);
    let names = names::find(&sentences, &language);
    let dates: Vec<_> = sentences
        .iter()
        .map(|sentence| {
            let mut found = if language.is_english() { dates::find(sentence) } else { Vec::new() };
            dates::published::mark(&mut found, said.head.published.as_deref());
            found
        })
        .collect();
    let meetings = match language.is_english() {
        true => meetings::find(&sentences, &names, &dates),
        false => meetings::Meetings::default(),
    };
    Ok(write::dossier(article, &said, &language, &sentences, &names, &dates, &meetings))
}
