//! TOML text -> a table, with every syntax error told and explained; and where front matter ends.

use std::collections::HashSet;
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::fields::Ctx;
use super::problems;
use super::quotes;
use super::records::parts::start_of;
use super::recovery::{self, Slip};
use crate::diag::Diagnostic;
use crate::source::Span;

/// The table of a TOML text, which starts at `ctx.base`, with all its syntax errors reported. What hides the rest of the
/// text is left out of it; the rest is kept in `left`.
pub fn toml_table<'i>(ctx: &mut Ctx, text: &'i str, left: &'i mut String) -> DeTable<'i> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let (table, errors) = match recovery::rest(text, &errors) {
        None => (table, slips(&errors)),
        Some(rest) => {
            *left = rest.text;
            let (table, errors) = DeTable::parse_recoverable(left);
            let lost: Vec<_> = rest.lost.into_iter().map(|range| ctx.span(range)).collect();
            ctx.lost.extend(lost);
            let mut all: Vec<Slip> = rest.slips.into_iter().chain(slips(&errors)).collect();
            all.sort_by_key(|slip| slip.range.as_ref().map(|range| range.start));
            (table, all)
        }
    };
    lost_tables(ctx, text, &errors);
    let mut twice: Option<Range<usize>> = None;
    let mut told = HashSet::new();
    for error in errors {
        ctx.broken = true;
        let span = error.range.clone().map_or_else(|| start_of(ctx), |range| ctx.span(range));
        ctx.broken_at.push(span.start as usize);
        let message = error.message.as_str();
        // A day that no calendar has is told with the field that holds it, and what is wrong later in a
        // line mostly follows from what was wrong first.
        let line =
            text.get(..error.range.clone().map_or(0, |range| range.start)).map(|before| before.rfind('\n'));
        if message.starts_with("invalid date") || !told.insert(line) {
            continue;
        }
        let mut problem =
            Diagnostic::error(problems::TOML_SYNTAX, span, format!("this is no valid TOML: {message}"));
        if is_too_deep(message) {
            // Of dotted keys the parser does not say where.
            let at = error.range.clone().unwrap_or_else(|| longest_key(text));
            problem = Diagnostic::error(problems::TOML_SYNTAX, ctx.span(at), "this TOML is nested too deep")
                .help("no field of a record has lists or tables in more than a few others");
        } else if message.contains("duplicate key")
            && let Some(range) = error.range.clone()
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
        } else if let Some(slip) = error.range.clone().and_then(|range| quotes::slip(text, range.start)) {
            problem =
                Diagnostic::error(problems::TOML_SYNTAX, ctx.span(slip.range), slip.message).help(slip.help);
        } else {
            problem = problem.maybe_help(syntax_help(message, text, error.range.clone()));
        }
        ctx.report(problem);
    }
    table.into_inner()
}

fn slips(errors: &[Error]) -> Vec<Slip> {
    errors
        .iter()
        .map(|error| Slip { message: error.message().trim().to_owned(), range: error.span() })
        .collect()
}

/// Takes note of the tables whose headers cannot be read: nothing is known of them but the key that was meant.
fn lost_tables(ctx: &mut Ctx, text: &str, errors: &[Slip]) {
    for error in errors {
        let Some(range) = error.range.clone() else { continue };
        let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next().unwrap_or("").trim_end();
        let is_header = line.starts_with('[') && error.message.starts_with("unclosed table");
        let is_end = line.ends_with(']')
            && !line.contains(['[', '='])
            && error.message.starts_with("key with no value");
        if is_header || is_end {
            let key = line.trim_matches(['[', ']']);
            ctx.lost.push(ctx.span(range));
            ctx.lost_keys.push(slug::slugify(key.split('.').next().unwrap_or(key)));
        }
    }
}

/// Whether an error of the TOML parser is about the depth of lists, tables or dotted keys.
fn is_too_deep(message: &str) -> bool {
    message.contains("recurse") || message.contains("recursion")
}

/// The line with the most dots, up to where it is no key any more.
fn longest_key(text: &str) -> Range<usize> {
    let mut at = 0;
    let keys = text.split_inclusive('\n').map(|line| {
        let key = at..at + line.find('=').unwrap_or(line.trim_end().len());
        at += line.len();
        key
    });
    keys.max_by_key(|key| text[key.clone()].matches('.').count()).unwrap_or(0..0)
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
    if found.starts_with(',') && message.starts_with("unexpected key or value") {
        return Some(
            "put a list into brackets: `[{ who = \"ada-berg\" }, { who = \"norland\" }]`".to_owned(),
        );
    }
    let helps = [
        ("invalid basic string", "close the text with `\"`; several lines stand between `\"\"\"`"),
        ("invalid multi-line", "close the text with the three quotes that it starts with"),
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

/// The front matter of a Markdown file: where its TOML stands, and where the body starts. It may be unclosed, then it
/// is all of the rest.
pub fn fenced(text: &str) -> Option<(Range<usize>, Option<usize>)> {
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| fence(line))?;
    let mut at = first.len();
    for line in lines {
        if fence(line) {
            return Some((first.len()..at, Some(at + line.len())));
        }
        at += line.len();
    }
    Some((first.len()..text.len(), None))
}

/// Splits a file at its front matter: the TOML, where it starts, and where the body starts.
pub fn front_matter<'t>(ctx: &mut Ctx, text: &'t str) -> (Option<(&'t str, usize)>, usize) {
    let Some((toml, body)) = fenced(text) else {
        return (None, yaml_front_matter(ctx, text).unwrap_or(0));
    };
    if let Some(body) = body {
        return (Some((&text[toml.clone()], toml.start)), body);
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
