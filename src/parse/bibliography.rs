//! BibTeX or BibLaTeX, `content/sources.bib` or any `.bib` in `content/sources/` -> source records.

mod bounds;

use std::ops::Range;
use std::sync::Arc;

use biblatex::{
    Bibliography, ChunksExt, Entry, EntryType, ParseError, ParseErrorKind, Person, RawBibliography,
};

use super::fields::{Ctx, parse_date};
use super::records::parts::{is_language, web_address};
use super::{ParsedRecord, is_key, problems};
use crate::model::date::Date;
use crate::model::source::{By, Imprint, Source};
use crate::model::{Common, Kind, Record};
use crate::source::Spanned;

/// Every entry as a source. A file that is not valid BibTeX gives none, and one report.
pub fn bibliography(ctx: &mut Ctx) -> Vec<ParsedRecord> {
    let text = ctx.text;
    let (keys, entries) = match read(text) {
        Ok(parsed) => parsed,
        Err(bounds::Problem { range, message, help }) => {
            let message = format!("this is no valid BibTeX: {message}");
            ctx.report(problems::simple(problems::BIBLIOGRAPHY_SYNTAX, ctx.span(range), message, help));
            ctx.faulty = keys_of(text).map(|key| (Kind::Source, key.to_owned())).collect();
            return Vec::new();
        }
    };
    let mut records = Vec::new();
    for (key, range) in keys {
        let Some(entry) = entries.get(&key) else { continue };
        // Containers of shared fields are no sources themselves.
        if entry.entry_type == EntryType::XData {
            continue;
        }
        let key = Spanned { value: key, span: ctx.span(range) };
        if !is_key(&key.value) {
            ctx.report(problems::invalid_key(
                key.span,
                &format!("the key of a {}", Kind::Source.singular()),
                &key.value,
            ));
        }
        for name in ["withhold", "draft"] {
            if let Some(value) = field(ctx, entry, name) {
                // What its author meant to keep back is not published by mistake.
                ctx.report(problems::simple(
                    problems::UNKNOWN_FIELD,
                    value.span,
                    format!("BibTeX has no `{name}`, and this entry would be published"),
                    "write the source as a record in TOML, where there is one",
                ));
            }
        }
        match source(ctx, &key, entry) {
            Some(data) => {
                let common = Common::default();
                let record = Record { key: key.value, span: key.span, common, data };
                records.push(ParsedRecord::Source(Arc::new(record)));
            }
            None => ctx.faulty.push((Kind::Source, key.value)),
        }
    }
    records
}

type Keys = Vec<(String, Range<usize>)>;

/// The entries of a file, and their keys in order.
fn read(text: &str) -> Result<(Keys, Bibliography), bounds::Problem> {
    let invalid = |error: ParseError| bounds::Problem {
        help: syntax_help(&error.kind),
        range: error.span,
        message: error.kind.to_string(),
    };
    if let Some(problem) = bounds::braces(text) {
        return Err(problem);
    }
    let raw = RawBibliography::parse(text).map_err(invalid)?;
    if let Some(problem) = bounds::references(&raw) {
        return Err(problem);
    }
    let keys = raw.entries.iter().map(|entry| (entry.v.key.v.to_owned(), entry.v.key.span.clone())).collect();
    Ok((keys, Bibliography::from_raw(raw).map_err(invalid)?))
}

/// What to do about an error of the parser.
fn syntax_help(kind: &ParseErrorKind) -> &'static str {
    match kind {
        ParseErrorKind::DuplicateKey(_) => "keep one of the two, or give one another key",
        ParseErrorKind::UnknownAbbreviation(_) => "put braces around a text: `{Title}`",
        _ => "an entry is `@book{key, title = {Title}, year = {2023}}`, with every brace closed",
    }
}

/// What looks like the key of an entry in a file that cannot be read.
fn keys_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (_, key) = line.trim_start().strip_prefix('@')?.split_once(['{', '('])?;
        Some(key.split(',').next().unwrap_or(key).trim())
    })
}

fn source(ctx: &mut Ctx, key: &Spanned<String>, entry: &Entry) -> Option<Source> {
    let Some(title) = field(ctx, entry, "title") else {
        ctx.report(problems::missing_field(key.span, "entry", "title", "{Title of the article}"));
        return None;
    };
    let kind = csl_type(entry);
    let body = || {
        let names = ["institution", "organization", "journaltitle", "journal", "publisher"];
        names.iter().find_map(|name| field(ctx, entry, name)).map(|by| by.value)
    };
    // Newspapers, offices and websites answer for what stands in them; books and papers are their authors'.
    let by = match kind {
        "article-newspaper" | "report" | "webpage" => body(),
        _ if people(entry, "author").is_empty() => body(),
        _ => None,
    };
    let title = match field(ctx, entry, "subtitle") {
        Some(subtitle) => format!("{}: {}", title.value, subtitle.value),
        None => title.value,
    };
    let date = field(ctx, entry, "date").or_else(|| year_and_month(ctx, entry));
    Some(Source {
        title,
        by: by.map(By::Text),
        kind: kind.to_owned(),
        published_original: None,
        published: date.and_then(|text| edtf(ctx, text)),
        accessed: field(ctx, entry, "urldate").and_then(|text| edtf(ctx, text)),
        url: field(ctx, entry, "url").and_then(|url| web_address(ctx, "url", url)),
        archived: None,
        copy: None,
        language: field(ctx, entry, "langid").and_then(|language| language_tag(&language.value)),
        grade: None,
        imprint: Box::new(imprint(ctx, entry)),
        quotes: Vec::new(),
    })
}

fn imprint(ctx: &Ctx, entry: &Entry) -> Imprint {
    let text = |names: &[&str]| names.iter().find_map(|name| field(ctx, entry, name)).map(|text| text.value);
    Imprint {
        author: people(entry, "author"),
        editor: people(entry, "editor"),
        container_title: text(&["journaltitle", "journal", "booktitle", "maintitle"]),
        publisher: text(&["publisher", "institution", "organization", "school"]),
        publisher_place: text(&["location", "address"]),
        volume: text(&["volume"]),
        issue: text(&["number", "issue"]).filter(|_| is_periodical(entry)),
        number: text(&["number"]).filter(|_| !is_periodical(entry)),
        page: text(&["pages"]).map(|pages| pages.replace("--", "–")),
        edition: text(&["edition"]),
        genre: text(&["type"]),
        doi: text(&["doi"]),
        isbn: text(&["isbn"]),
    }
}

fn is_periodical(entry: &Entry) -> bool {
    matches!(entry.entry_type, EntryType::Article | EntryType::Periodical)
}

/// Names as `Family, Given`; one in braces of its own is a body's, and stays whole.
fn people(entry: &Entry, name: &str) -> Vec<By> {
    let Ok(people) = entry.get_as::<Vec<Person>>(name) else { return Vec::new() };
    // `and others` names nobody.
    people
        .into_iter()
        .filter(|person| person.name != "others" || !person.given_name.is_empty())
        .map(|person| {
            let family = [person.prefix.as_str(), person.name.as_str()].join(" ").trim().to_owned();
            let parts = [family, person.suffix, person.given_name];
            By::Text(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        })
        .collect()
}

fn field(ctx: &Ctx, entry: &Entry, name: &str) -> Option<Spanned<String>> {
    let chunks = entry.get(name)?;
    let value = without_markup(&chunks.format_verbatim());
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then(|| Spanned { value, span: ctx.span(chunks.span()) })
}

/// Without the commands that only set words in another shape, and with quotation marks for `` and ''.
fn without_markup(text: &str) -> String {
    const SHAPES: [&str; 8] = [
        "\\emph{",
        "\\textit{",
        "\\textbf{",
        "\\textsc{",
        "\\textrm{",
        "\\mkbibemph{",
        "\\mkbibquote{",
        "\\enquote{",
    ];
    let mut text = text.replace("``", "“").replace("''", "”");
    while let Some((at, command)) = SHAPES.iter().find_map(|command| Some((text.find(command)?, *command))) {
        let inner = at + command.len();
        let mut depth = 1;
        let end = text[inner..].char_indices().find_map(|(offset, c)| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            (depth == 0).then_some(inner + offset)
        });
        // An unclosed group was reported by the parser, or is its author's own.
        let Some(end) = end else { break };
        let quoted = command.ends_with("quote{");
        let words = if quoted { format!("“{}”", &text[inner..end]) } else { text[inner..end].to_owned() };
        text.replace_range(at..=end, &words);
    }
    text
}

/// BibTeX's `year` and `month` as EDTF.
fn year_and_month(ctx: &Ctx, entry: &Entry) -> Option<Spanned<String>> {
    let year = field(ctx, entry, "year")?;
    let month = field(ctx, entry, "month").and_then(|month| month_number(&month.value));
    Some(match month {
        Some(month) => Spanned { value: format!("{}-{month:02}", year.value), span: year.span },
        None => year,
    })
}

/// A month by its number or its English name or abbreviation, which is what BibTeX knows.
fn month_number(month: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = month.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let short = month.to_lowercase().chars().take(3).collect::<String>();
    MONTHS.iter().position(|name| *name == short).and_then(|index| u8::try_from(index + 1).ok())
}

fn edtf(ctx: &mut Ctx, text: Spanned<String>) -> Option<Spanned<Date>> {
    let date =
        parse_date(ctx, &text.value, text.span, |ctx, range| ctx.inside(text.span, &text.value, range))?;
    Some(Spanned { value: date, span: text.span })
}

/// The BCP 47 tag of a language that BibLaTeX names as babel does; one it names by a tag stays.
fn language_tag(name: &str) -> Option<String> {
    const NAMES: [(&str, &str); 20] = [
        ("american", "en-US"),
        ("arabic", "ar"),
        ("british", "en-GB"),
        ("chinese", "zh"),
        ("dutch", "nl"),
        ("english", "en"),
        ("farsi", "fa"),
        ("french", "fr"),
        ("german", "de"),
        ("hebrew", "he"),
        ("italian", "it"),
        ("japanese", "ja"),
        ("ngerman", "de"),
        ("persian", "fa"),
        ("polish", "pl"),
        ("portuguese", "pt"),
        ("russian", "ru"),
        ("spanish", "es"),
        ("turkish", "tr"),
        ("ukrainian", "uk"),
    ];
    let lower = name.to_lowercase();
    match NAMES.iter().find(|(known, _)| *known == lower) {
        Some((_, tag)) => Some((*tag).to_owned()),
        None => is_language(name).then(|| name.to_owned()),
    }
}

/// The CSL type of an entry, after the mapping of citeproc's BibLaTeX readers.
fn csl_type(entry: &Entry) -> &'static str {
    let newspaper = entry.get("entrysubtype").is_some_and(|chunks| chunks.format_verbatim() == "newspaper");
    match entry.entry_type {
        EntryType::Article if newspaper => "article-newspaper",
        EntryType::Article => "article-journal",
        EntryType::Book | EntryType::MvBook | EntryType::Booklet | EntryType::Manual => "book",
        EntryType::InBook | EntryType::InCollection | EntryType::BookInBook | EntryType::SuppBook => {
            "chapter"
        }
        EntryType::InProceedings => "paper-conference",
        EntryType::MastersThesis | EntryType::PhdThesis | EntryType::Thesis => "thesis",
        EntryType::TechReport | EntryType::Report => "report",
        EntryType::Online => "webpage",
        EntryType::Unpublished => "manuscript",
        EntryType::Dataset => "dataset",
        EntryType::Software => "software",
        EntryType::Patent => "patent",
        EntryType::Periodical => "periodical",
        EntryType::Collection | EntryType::MvCollection | EntryType::Proceedings => "collection",
        _ => "document",
    }
}
