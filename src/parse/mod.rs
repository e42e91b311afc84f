//! One file -> what it says, blind to all other files. Nothing here knows which records exist.

pub mod bibliography;
pub mod citation;
pub mod config;
pub mod fields;
pub mod highlight;
pub mod inline;
pub mod markdown;
pub mod notation;
pub mod problems;
pub mod query;
pub mod records;

use std::collections::HashSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diag::{Checked, Diagnostic, a, did_you_mean};
use crate::model::article::Article;
use crate::model::body::Body;
use crate::model::config::Config;
use crate::model::event::Event;
use crate::model::group::Group;
use crate::model::meeting::Meeting;
use crate::model::person::Person;
use crate::model::place::Place;
use crate::model::relation::{Correction, Relation};
use crate::model::source::Source;
use crate::model::{Kind, Record};
use crate::source::{SourceFile, Span, Spanned};
use fields::{Ctx, Fields};
use markdown::{Role, Setting};

/// What one file of `content/` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    pub records: Vec<ParsedRecord>,
    pub prose: Option<Prose>,
    pub article: Option<Article>,
    /// Keys of records that lack what they cannot do without: they are reported, and references to
    /// them need not be.
    pub faulty: Vec<(Kind, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ParsedRecord {
    Person(Record<Person>),
    Group(Record<Group>),
    Meeting(Record<Meeting>),
    Event(Record<Event>),
    Place(Record<Place>),
    Relation(Record<Relation>),
    Source(Record<Source>),
    Correction(Record<Correction>),
}

/// Prose whose record stands elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    pub kind: Kind,
    pub key: String,
    /// The start of the file.
    pub span: Span,
    pub body: Body,
}

/// What a path below `content/` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds<'p> {
    Records(Kind),
    /// Prose, and perhaps the record itself, of a kind, by its key.
    Prose(Kind, &'p str),
    Article,
    Bibliography,
    Stray,
    /// A picture or document, published when a page uses it.
    Asset,
}

/// Reads one file. `path` in the file is its path from the dossier's root, below `content/`.
pub fn parse(file: &SourceFile, config: &Config) -> Checked<Parsed> {
    let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
    let holds = holds(path);
    if holds == Holds::Asset {
        return Checked { value: Parsed::default(), diagnostics: Vec::new() };
    }
    let (text, found) = clean_text(file);
    let mut ctx = Ctx::new(file.id, &text, config);
    ctx.problems = found;
    let mut value = match holds {
        Holds::Records(kind) => Parsed { records: table_file(&mut ctx, kind), ..Parsed::default() },
        Holds::Prose(kind, key) => prose_file(&mut ctx, path, kind, key),
        Holds::Article => article_file(&mut ctx, path),
        Holds::Bibliography => Parsed { records: bibliography::bibliography(&mut ctx), ..Parsed::default() },
        Holds::Stray => {
            ctx.problems.push(stray(&ctx, path));
            Parsed::default()
        }
        Holds::Asset => Parsed::default(),
    };
    value.faulty = ctx.faulty;
    Checked { value, diagnostics: ctx.problems }
}

fn holds(path: &str) -> Holds<'_> {
    if path == "sources.bib" {
        return Holds::Bibliography;
    }
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let mut parts = stem.split('/');
    let kind = parts.next().and_then(Kind::from_plural);
    let below: Vec<&str> = parts.collect();
    match (extension, kind, below.as_slice()) {
        ("toml", Some(kind), _) => Holds::Records(kind),
        ("toml", None, _) | ("bib", ..) => Holds::Stray,
        ("md", Some(kind), [key]) => Holds::Prose(kind, key),
        ("md", ..) => Holds::Article,
        _ => Holds::Asset,
    }
}

/// Lower-case ASCII letters and digits with single hyphens between them.
pub fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The text of a file. Bytes that are no UTF-8 and control characters are reported and replaced by as
/// many question marks and spaces, so that the rest of the file is checked too.
pub fn clean_text(file: &SourceFile) -> (String, Vec<Diagnostic>) {
    // A file that is no text at all need not be told byte for byte.
    const TOLD: usize = 10;
    let mut found = Vec::new();
    if let Err(at) = file.text() {
        found.push(problems::invalid_utf8(Span::new(file.id, at..at + 1)));
    }
    let mut text = file.readable().into_owned();
    let controls = text.char_indices().filter(|(_, c)| fields::is_control(*c));
    found.extend(
        controls
            .take(TOLD)
            .map(|(at, c)| problems::control_character(Span::new(file.id, at..at + c.len_utf8()), c)),
    );
    if text.contains(fields::is_control) {
        text = text
            .chars()
            .flat_map(|c| {
                let bad = fields::is_control(c);
                std::iter::repeat_n(if bad { ' ' } else { c }, if bad { c.len_utf8() } else { 1 })
            })
            .collect();
    }
    (text, found)
}

/// The table of a TOML text, which starts at `ctx.base`, with all its syntax errors reported.
pub fn toml_table<'i>(ctx: &mut Ctx, text: &'i str) -> DeTable<'i> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut twice: Option<Range<usize>> = None;
    let mut told = HashSet::new();
    for error in errors {
        ctx.broken = true;
        let span = error.span().map_or_else(|| records::start_of(ctx), |range| ctx.span(range));
        let message = error.message().trim();
        // A day that no calendar has is told with the field that holds it, and what is wrong later in a
        // line mostly follows from what was wrong first.
        let line = text.get(..error.span().map_or(0, |range| range.start)).map(|before| before.rfind('\n'));
        if message.starts_with("invalid date") || !told.insert(line) {
            continue;
        }
        let mut problem =
            Diagnostic::error(problems::TOML_SYNTAX, span, format!("this is no valid TOML: {message}"));
        if message.contains("duplicate key")
            && let Some(range) = error.span()
        {
            // A table that is there twice has its fields twice too, which need not be said.
            if twice.as_ref().is_some_and(|table| table.contains(&range.start)) {
                continue;
            }
            if is_header(text, range.start) {
                twice = Some(range.start..next_header(text, range.end));
            }
            if let Some(first) = first_definition(text, range.clone()) {
                problem = problem
                    .label("the second time")
                    .also(ctx.span(first), "the first time")
                    .help("keep one of the two");
            }
        } else {
            problem = problem.maybe_help(syntax_help(message, text, error.span()));
        }
        ctx.report(problem);
    }
    table.into_inner()
}

/// What to do about an error of the TOML parser, for the slips that authors make.
fn syntax_help(message: &str, text: &str, range: Option<Range<usize>>) -> Option<String> {
    let found = range.and_then(|range| text.get(range.start..range.end.max(range.start + 1))).unwrap_or("");
    if message.contains("must be quoted") {
        return Some(format!("put the text in quotes: `\"{found}\"`"));
    }
    if found.starts_with(':') {
        return Some(
            "TOML has `=` where YAML has `:`, and quotes around a text: `title = \"A title\"`".to_owned(),
        );
    }
    let helps = [
        ("invalid basic string", "close the text with `\"`; several lines stand between `\"\"\"`"),
        ("invalid literal string", "close the text with `'`; several lines stand between `'''`"),
        ("key with no value", "write `key = value`, with quotes around a text"),
        ("unclosed table", "write the key in brackets, without spaces: `[ada-berg]`"),
        ("unclosed array", "close the list with `]`"),
        ("unclosed inline table", "close it with `}`"),
    ];
    helps.iter().find(|(start, _)| message.starts_with(start)).map(|(_, help)| (*help).to_owned())
}

/// Whether the line of an offset is a table's header.
fn is_header(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].trim_start().starts_with('[')
}

/// Where the next table begins.
fn next_header(text: &str, from: usize) -> usize {
    text[from..].find("\n[").map_or(text.len(), |at| from + at)
}

/// Where a key that stands at `second` stood before: in a header like its own, or as a field of the
/// same table.
fn first_definition(text: &str, second: Range<usize>) -> Option<Range<usize>> {
    let word = text.get(second.clone())?;
    let header = is_header(text, second.start);
    let from = if header { 0 } else { text[..second.start].rfind("\n[").map_or(0, |at| at + 1) };
    text[from..second.start].match_indices(word).map(|(at, _)| from + at).find_map(|at| {
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let before = text[line..at].trim();
        let after = text[at + word.len()..].trim_start();
        let found = if header {
            before == "[" && after.starts_with(']')
        } else {
            before.is_empty() && after.starts_with('=')
        };
        found.then(|| at..at + word.len())
    })
}

fn table_file(ctx: &mut Ctx, kind: Kind) -> Vec<ParsedRecord> {
    let text = ctx.text;
    let table = toml_table(ctx, text);
    let mut records = Vec::new();
    for (key, value) in table {
        let key = Spanned { span: ctx.span(key.span()), value: key.into_inner().into_owned() };
        let got = fields::type_name(value.get_ref());
        let DeValue::Table(table) = value.into_inner() else {
            let help = format!("each {} is a table with its key in brackets: `[key]`", kind.singular());
            ctx.report(problems::wrong_type(key.span, &key.value, "a table", got).help(help));
            ctx.faulty.push((kind, key.value));
            continue;
        };
        if !is_key(&key.value) {
            ctx.report(problems::invalid_key(
                key.span,
                &format!("the key of {}", a(kind.singular())),
                &key.value,
            ));
        }
        records.extend(records::record(ctx, kind, key, table));
    }
    records
}

/// Splits a file at its front matter: the TOML, where it starts, and where the body starts.
fn front_matter<'t>(ctx: &mut Ctx, text: &'t str) -> (Option<(&'t str, usize)>, usize) {
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| fence(line)) else {
        return (None, yaml_front_matter(ctx, text).unwrap_or(0));
    };
    let mut at = first.len();
    for line in lines {
        if fence(line) {
            return (Some((&text[first.len()..at], first.len())), at + line.len());
        }
        at += line.len();
    }
    ctx.report(problems::simple(
        problems::UNCLOSED_FRONT_MATTER,
        Span::new(ctx.file, 0..3),
        "the front matter that starts here does not end",
        "close it with a line `+++`",
    ));
    ctx.broken = true;
    (None, text.len())
}

/// Front matter as other programs have it, between lines `---`, is reported; gives where it ends.
fn yaml_front_matter(ctx: &mut Ctx, text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for (n, line) in lines.enumerate() {
        at += line.len();
        if line.trim_end() == "---" && n > 0 {
            ctx.report(problems::simple(
                problems::TOML_SYNTAX,
                Span::new(ctx.file, 0..3),
                "front matter between lines `---` is not read",
                "put two lines `+++` around it, and write it as TOML: `title = \"A title\"`",
            ));
            ctx.broken = true;
            return Some(at);
        }
        // A rule that starts a text is followed by an empty line, or by words.
        let is_field = line.split_once(':').is_some_and(|(name, _)| !name.trim().contains(' '));
        if !is_field && !line.starts_with([' ', '\t', '-', '#']) {
            return None;
        }
    }
    None
}

fn prose_file(ctx: &mut Ctx, path: &str, kind: Kind, key: &str) -> Parsed {
    let text = ctx.text;
    let start = records::start_of(ctx);
    let (front, body_start) = front_matter(ctx, text);
    if !is_key(key) {
        ctx.report(problems::invalid_key(
            start,
            &format!("the key of {}, which is the name of its file", a(kind.singular())),
            key,
        ));
    }
    let body = body(ctx, path, body_start, Role::Record).0;
    let table = match front {
        Some((toml, base)) => {
            ctx.base = base;
            toml_table(ctx, toml)
        }
        None => DeTable::new(),
    };
    if table.is_empty() {
        // What cannot be read may be the record itself.
        if ctx.broken {
            ctx.faulty.push((kind, key.to_owned()));
            return Parsed::default();
        }
        let prose = Prose { kind, key: key.to_owned(), span: start, body };
        return Parsed { prose: Some(prose), ..Parsed::default() };
    }
    let key = Spanned { value: key.to_owned(), span: start };
    let mut record = records::record(ctx, kind, key, table);
    if let Some(record) = &mut record {
        record.common_mut().prose = (!body.is_empty()).then_some(body);
    }
    Parsed { records: record.into_iter().collect(), ..Parsed::default() }
}

fn article_file(ctx: &mut Ctx, path: &str) -> Parsed {
    let text = ctx.text;
    let start = records::start_of(ctx);
    let address = path.strip_suffix(".md").unwrap_or(path).to_owned();
    if !address.split('/').all(is_key) {
        let slug: Vec<String> = address.split('/').map(slug::slugify).collect();
        ctx.report(
            Diagnostic::error(
                problems::INVALID_KEY,
                start,
                format!("`{path}` cannot be the address of a page"),
            )
            .help(format!("name the file `{}.md`", slug.join("/"))),
        );
    }
    let (front, body_start) = front_matter(ctx, text);
    let base = ctx.base;
    let table = match front {
        Some((toml, base)) => {
            ctx.base = base;
            toml_table(ctx, toml)
        }
        None => DeTable::new(),
    };
    let mut fields = Fields::new(ctx, "article", table, start);
    let common = records::common(&mut fields, Kind::Article);
    let titled = fields.has("title");
    let title = fields.string("title");
    let summary = records::text(&mut fields, "summary");
    let date = fields.date("date");
    let authors = fields.strings("authors").into_iter().map(|author| author.value).collect();
    let order = fields.integer("order");
    fields.finish();
    ctx.base = base;
    let (body, heading) = body(ctx, path, body_start, Role::Article { untitled: title.is_none() });
    let span = title.as_ref().map_or(start, |title| title.span);
    let title = match title.map(|title| title.value).or(heading) {
        Some(title) => title,
        None => {
            if !ctx.broken && !titled {
                ctx.report(
                    Diagnostic::error(problems::MISSING_TITLE, start, "this article has no title")
                        .help("start it with `# Title`, or put `title = \"..\"` between two lines `+++`"),
                );
            }
            address.clone()
        }
    };
    let cite = common.cite.clone();
    Parsed {
        article: Some(Article {
            path: address,
            span,
            title,
            summary,
            date,
            authors,
            order,
            cite,
            common,
            body,
        }),
        ..Parsed::default()
    }
}

fn body(ctx: &mut Ctx, path: &str, start: usize, role: Role) -> (Body, Option<String>) {
    let file = ctx.file;
    let place = |range: Range<usize>| Span::new(file, start + range.start..start + range.end);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let setting = Setting { place: &place, folder, unsafe_html: ctx.config.unsafe_html };
    let text = ctx.text.get(start..).unwrap_or("");
    markdown::markdown(text, role, &setting, &mut ctx.problems)
}

fn stray(ctx: &Ctx, path: &str) -> Diagnostic {
    if path.ends_with(".bib") {
        let message = format!("`content/{path}` is read by nobody");
        return Diagnostic::error(problems::STRAY_FILE, records::start_of(ctx), message)
            .help("a bibliography is `content/sources.bib`");
    }
    let kinds = Kind::RECORDS.map(Kind::plural);
    let first = path.split(['/', '.']).next().unwrap_or(path);
    let help = match did_you_mean(first, kinds) {
        Some(near) => format!("did you mean `content/{near}.toml`?"),
        None => format!("records stand in {}", kinds.map(|kind| format!("{kind}.toml")).join(", ")),
    };
    Diagnostic::error(
        problems::STRAY_FILE,
        records::start_of(ctx),
        format!("`content/{path}` belongs to no kind of record"),
    )
    .help(help)
}

impl ParsedRecord {
    pub fn common_mut(&mut self) -> &mut crate::model::Common {
        match self {
            ParsedRecord::Person(record) => &mut record.common,
            ParsedRecord::Group(record) => &mut record.common,
            ParsedRecord::Meeting(record) => &mut record.common,
            ParsedRecord::Event(record) => &mut record.common,
            ParsedRecord::Place(record) => &mut record.common,
            ParsedRecord::Relation(record) => &mut record.common,
            ParsedRecord::Source(record) => &mut record.common,
            ParsedRecord::Correction(record) => &mut record.common,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_its_file_holds() {
        assert_eq!(holds("people.toml"), Holds::Records(Kind::Person));
        assert_eq!(holds("meetings/2023/june.toml"), Holds::Records(Kind::Meeting));
        assert_eq!(holds("groups/hamas.md"), Holds::Prose(Kind::Group, "hamas"));
        assert_eq!(holds("explainers/who-is-who.md"), Holds::Article);
        assert_eq!(holds("people.md"), Holds::Article);
        assert_eq!(holds("sources.bib"), Holds::Bibliography);
        assert_eq!(holds("peple.toml"), Holds::Stray);
        assert_eq!(holds("people/ada.jpg"), Holds::Asset);
    }
}
