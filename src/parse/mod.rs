//! One file -> what it says, blind to all other files. Nothing here knows which records exist.

pub mod bibliography;
pub mod bylines;
pub mod characters;
pub mod citation;
pub mod config;
pub mod fields;
pub mod highlight;
pub mod inline;
pub mod literal;
pub mod markdown;
pub mod notation;
pub mod problems;
pub mod publish;
pub mod query;
mod quotes;
pub mod records;
mod recovery;
mod telling;
pub mod toml_text;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use toml::de::{DeTable, DeValue};

use crate::diag::{Checked, Diagnostic, a, did_you_mean};
use crate::model::article::Article;
use crate::model::body::Body;
use crate::model::config::Config;
use crate::model::correction::Correction;
use crate::model::event::Event;
use crate::model::fields::shape;
use crate::model::group::Group;
use crate::model::meeting::Meeting;
use crate::model::person::Person;
use crate::model::place::Place;
use crate::model::relation::Relation;
use crate::model::source::Source;
use crate::model::term::Term;
use crate::model::{Common, Kind, Record, Standing};
use crate::source::{SourceFile, Span, Spanned};
use fields::{Ctx, Fields};
use markdown::{Role, Setting};
use records::parts::{self, start_of};
use toml_text::{front_matter, toml_table};

/// What one file of `content/` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    pub records: Vec<ParsedRecord>,
    pub prose: Option<Prose>,
    pub article: Option<Arc<Article>>,
    /// Keys of records that lack what they cannot do without: they are reported, and references to
    /// them need not be.
    pub faulty: Vec<(Kind, String)>,
    /// The kind of which records, or parts of them, could not be read.
    pub unread: Option<Kind>,
}

/// A record, shared with the dossier that it becomes a part of.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsedRecord {
    Person(Arc<Record<Person>>),
    Group(Arc<Record<Group>>),
    Meeting(Arc<Record<Meeting>>),
    Event(Arc<Record<Event>>),
    Place(Arc<Record<Place>>),
    Relation(Arc<Record<Relation>>),
    Source(Arc<Record<Source>>),
    Term(Arc<Record<Term>>),
    Correction(Arc<Record<Correction>>),
}

/// Prose whose record stands elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Prose {
    pub kind: Kind,
    pub key: String,
    /// The start of the file.
    pub span: Span,
    pub body: Arc<Body>,
}

/// What a path below `content/` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds<'p> {
    Records(Kind),
    /// Prose, and perhaps the record itself, of a kind, by its key.
    Prose(Kind, &'p str),
    Article,
    Bibliography,
    Stray,
    /// A picture or document, published when a page uses it.
    Asset,
}

/// A line of more bytes holds what no author wrote, such as a picture, and would take long wherever it is shown.
const LONGEST_LINE: usize = 1 << 18;

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
    if let (Holds::Records(kind) | Holds::Prose(kind, _), Some(place)) = (holds, ctx.lost.first()) {
        value.unread = Some(kind);
        value.faulty.extend(ctx.lost_keys.into_iter().map(|key| (kind, key)));
        ctx.problems.push(problems::unread(*place, kind));
    }
    Checked { value, diagnostics: ctx.problems }
}

/// What the file at a path below `content/` holds.
pub fn holds(path: &str) -> Holds<'_> {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let mut parts = stem.split('/');
    let kind = parts.next().and_then(Kind::from_plural);
    let below: Vec<&str> = parts.collect();
    match (extension, kind, below.as_slice()) {
        ("toml", Some(kind), _) => Holds::Records(kind),
        ("bib", Some(Kind::Source), _) => Holds::Bibliography,
        ("toml", None, _) | ("bib", ..) => Holds::Stray,
        ("md", Some(kind), [key]) => Holds::Prose(kind, key),
        ("md", ..) => Holds::Article,
        _ => Holds::Asset,
    }
}

/// Lower-case ASCII letters and digits with single hyphens between them, no more than the name of a file can have.
pub fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= problems::LONGEST_KEY
        && key.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The text of a file. Bytes that are no UTF-8, characters that no text may hold and lines that nobody wrote are reported and
/// replaced by as many question marks and spaces, so that the rest of the file is checked too.
pub fn clean_text(file: &SourceFile) -> (String, Vec<Diagnostic>) {
    // A file that is no text at all need not be told byte for byte.
    const TOLD: usize = 10;
    let mut found = Vec::new();
    if let Err(at) = file.text() {
        found.push(problems::invalid_utf8(Span::new(file.id, at..at + 1)));
    }
    let mut text = file.readable().into_owned();
    let unfit: Vec<_> = characters::unfit(&text).collect();
    for (at, unfit) in unfit.iter().take(TOLD) {
        let range = *at..at + unfit.character().len_utf8();
        found.push(problems::unfit(Span::new(file.id, range), *unfit));
    }
    for (at, unfit) in unfit {
        let len = unfit.character().len_utf8();
        text.replace_range(at..at + len, &" ".repeat(len));
    }
    let mut at = 0;
    let lines = text.split('\n').map(|line| {
        at += line.len() + 1;
        at - line.len() - 1..at - 1
    });
    let long: Vec<Range<usize>> = lines.filter(|line| line.len() > LONGEST_LINE).collect();
    for line in long {
        found.push(problems::long_line(Span::new(file.id, line.start..line.start + 1)));
        text.replace_range(line.clone(), &" ".repeat(line.len()));
    }
    (text, found)
}

fn table_file(ctx: &mut Ctx, kind: Kind) -> Vec<ParsedRecord> {
    let text = ctx.text;
    let mut left = String::new();
    let tables: Vec<_> = toml_table(ctx, text, &mut left).into_iter().collect();
    let own: &Ctx = ctx;
    let tables = tables.into_par_iter().map(|(key, value)| {
        let mut part = own.part();
        let key = Spanned { span: part.span(key.span()), value: key.into_inner().into_owned() };
        (table_record(&mut part, kind, key, value.into_inner()), part)
    });
    let tables: Vec<_> = tables.collect();
    let mut records = Vec::with_capacity(tables.len());
    for (record, part) in tables {
        records.extend(record);
        ctx.problems.extend(part.problems);
        ctx.faulty.extend(part.faulty);
    }
    records
}

fn table_record(ctx: &mut Ctx, kind: Kind, key: Spanned<String>, value: DeValue) -> Option<ParsedRecord> {
    let got = fields::type_name(&value);
    let DeValue::Table(table) = value else {
        let help = format!("each {} is a table with its key in brackets: `[key]`", kind.singular());
        ctx.report(problems::wrong_type(key.span, &key.value, "a table", got).help(help));
        ctx.faulty.push((kind, key.value));
        return None;
    };
    if !is_key(&key.value) {
        ctx.report(problems::invalid_key(
            key.span,
            &format!("the key of {}", a(kind.singular())),
            &key.value,
        ));
        // What no page can hold makes no page.
        if key.value.chars().any(char::is_control) {
            ctx.faulty.push((kind, key.value));
            return None;
        }
    }
    records::record(ctx, kind, key, table)
}

fn prose_file(ctx: &mut Ctx, path: &str, kind: Kind, key: &str) -> Parsed {
    let text = ctx.text;
    let start = start_of(ctx);
    let (front, body_start) = front_matter(ctx, text);
    if !is_key(key) {
        ctx.report(problems::invalid_key(
            start,
            &format!("the key of {}, which is the name of its file", a(kind.singular())),
            key,
        ));
    }
    let body = body(ctx, path, body_start, Role::Record).0;
    let mut left = String::new();
    let table = match front {
        Some((toml, base)) => {
            ctx.base = base;
            toml_table(ctx, toml, &mut left)
        }
        None => DeTable::new(),
    };
    if table.is_empty() {
        // What cannot be read may be the record itself.
        if ctx.broken {
            ctx.faulty.push((kind, key.to_owned()));
            return Parsed::default();
        }
        let prose = Prose { kind, key: key.to_owned(), span: start, body: Arc::new(body) };
        return Parsed { prose: Some(prose), ..Parsed::default() };
    }
    let key = Spanned { value: key.to_owned(), span: start };
    let mut record = records::record(ctx, kind, key, table);
    if let Some(record) = &mut record {
        record.common_mut().prose = (!body.is_empty()).then(|| Arc::new(body));
    }
    Parsed { records: record.into_iter().collect(), ..Parsed::default() }
}

fn article_file(ctx: &mut Ctx, path: &str) -> Parsed {
    let text = ctx.text;
    let start = start_of(ctx);
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
    let mut left = String::new();
    let table = match front {
        Some((toml, base)) => {
            ctx.base = base;
            toml_table(ctx, toml, &mut left)
        }
        None => DeTable::new(),
    };
    let mut fields = Fields::new(ctx, shape(Kind::Article), table, start);
    let common = records::common(&mut fields, Kind::Article);
    let titled = fields.has("title");
    let title = fields.string("title");
    let summary = parts::text(&mut fields, "summary");
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
        article: Some(Arc::new(Article {
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
        })),
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
        return Diagnostic::error(problems::STRAY_FILE, start_of(ctx), message)
            .help("a bibliography is `content/sources.bib`, or stands in `content/sources/`");
    }
    let kinds = Kind::RECORDS.map(Kind::plural);
    let first = path.split(['/', '.']).next().unwrap_or(path);
    let help = match did_you_mean(first, kinds) {
        Some(near) => format!("did you mean `content/{near}.toml`?"),
        None => format!("records stand in {}", kinds.map(|kind| format!("{kind}.toml")).join(", ")),
    };
    Diagnostic::error(
        problems::STRAY_FILE,
        start_of(ctx),
        format!("`content/{path}` belongs to no kind of record"),
    )
    .help(help)
}

macro_rules! with_record {
    ($self:ident, $record:ident => $value:expr) => {
        match $self {
            ParsedRecord::Person($record) => $value,
            ParsedRecord::Group($record) => $value,
            ParsedRecord::Meeting($record) => $value,
            ParsedRecord::Event($record) => $value,
            ParsedRecord::Place($record) => $value,
            ParsedRecord::Relation($record) => $value,
            ParsedRecord::Source($record) => $value,
            ParsedRecord::Term($record) => $value,
            ParsedRecord::Correction($record) => $value,
        }
    };
}

impl ParsedRecord {
    pub fn kind(&self) -> Kind {
        match self {
            ParsedRecord::Person(_) => Kind::Person,
            ParsedRecord::Group(_) => Kind::Group,
            ParsedRecord::Meeting(_) => Kind::Meeting,
            ParsedRecord::Event(_) => Kind::Event,
            ParsedRecord::Place(_) => Kind::Place,
            ParsedRecord::Relation(_) => Kind::Relation,
            ParsedRecord::Source(_) => Kind::Source,
            ParsedRecord::Term(_) => Kind::Term,
            ParsedRecord::Correction(_) => Kind::Correction,
        }
    }

    pub fn key(&self) -> &str {
        with_record!(self, record => &record.key)
    }

    /// Where the key is written.
    pub fn span(&self) -> Span {
        with_record!(self, record => record.span)
    }

    pub fn common(&self) -> &Common {
        with_record!(self, record => &record.common)
    }

    /// The standing of a meeting, event or relation.
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            ParsedRecord::Meeting(record) => Some(&record.data.standing),
            ParsedRecord::Event(record) => Some(&record.data.standing),
            ParsedRecord::Relation(record) => Some(&record.data.standing),
            _ => None,
        }
    }

    /// Whether it is the very same as another. Two that say the same may count as others.
    pub fn is(&self, other: &ParsedRecord) -> bool {
        let place = |record: &ParsedRecord| with_record!(record, record => Arc::as_ptr(record).cast::<()>());
        self.kind() == other.kind() && place(self) == place(other)
    }

    pub fn common_mut(&mut self) -> &mut Common {
        with_record!(self, record => &mut Arc::make_mut(record).common)
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
        assert_eq!(holds("sources/press.bib"), Holds::Bibliography);
        assert_eq!(holds("people.bib"), Holds::Stray);
        assert_eq!(holds("peple.toml"), Holds::Stray);
        assert_eq!(holds("people/ada.jpg"), Holds::Asset);
    }
}
