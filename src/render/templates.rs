//! Template files -> a compiled set. A dossier's own templates lie over those of the theme, one by one.

use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::once::{ONCE, Once};
use super::{depth, functions, inline, limits, met_in, texts};
use crate::diag::{Diagnostic, Severity, did_you_mean};
use crate::source::{SourceFile, Sources, Span};
use crate::view::strings::Strings;

pub mod problems {
    //! What can be wrong with templates.
    crate::codes! {
        /// A template that is not valid Tera: the report names the line. Every broken template is
        /// reported, and the theme's stands in for it so that the rest can be checked.
        TEMPLATE_SYNTAX = "template-syntax";
        /// A template that uses a filter, function, component, test or template that does not exist,
        /// or that includes or extends itself.
        TEMPLATE_REFERENCE = "template-reference";
        /// A template that failed while a page was made with it, such as by asking for a field that
        /// the page does not have.
        TEMPLATE_RENDER = "template-render";
        /// A template that does not come to an end, or would not be read to its end: it has more than 200 `elif`, it is one
        /// of more than 500 of the dossier's own, what it includes and extends lies more than 40 levels deep, its page grows beyond 256 MiB, takes longer than half a minute, or
        /// takes up more and more memory. Most often a loop within a loop goes over more than was meant.
        TEMPLATE_LIMIT = "template-limit";
    }
}

/// The folder of templates, within a dossier and within the theme.
pub const FOLDER: &str = "templates/";
/// The name under which an override finds what it overrides: `{% extends "theme/person.html" %}`.
pub const THEME: &str = "theme/";

pub struct Templates {
    pub engine: Arc<Tera>,
    /// What their components made of values that stand on many pages.
    pub once: Arc<Once>,
}

/// Compiles the templates of the theme and of the dossier, which has many pages or few.
pub fn compile(
    theme: &Sources,
    own: &Sources,
    strings: &Arc<Strings>,
    many: bool,
) -> (Templates, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let once = Arc::new(Once::default());
    // What is the very same as in the theme is the theme's.
    let is_own = |file: &SourceFile| theme.get(&file.path).is_none_or(|themed| themed.bytes != file.bytes);
    let themed = named(theme, THEME).map(|(name, _, text)| (name, texts::put_in(&text, strings)));
    let mut files: Vec<(String, String)> = themed.collect();
    // A template of the dossier may replace any component, and errors name places in those of the theme that it calls.
    if many && !named(own, "").any(|(_, file, _)| is_own(file)) {
        files = inline::all(files);
    }
    found.extend(own.under(FOLDER).filter(|file| file.path.ends_with(".html")).filter_map(|file| {
        let at = file.text().err()?;
        let message = "this template is not valid UTF-8";
        let problem = Diagnostic::error(problems::TEMPLATE_SYNTAX, Span::new(file.id, at..at + 1), message);
        Some(problem.label("the first byte that is not").help("save the file as UTF-8"))
    }));
    let mut brought = 0;
    for (name, file, text) in named(own, "").filter(|(_, file, _)| is_own(file)) {
        brought += 1;
        if brought > limits::MOST_TEMPLATES {
            found.push(too_many_templates(file));
            break;
        }
        if let Some(problem) = too_many_conditions(file, &text) {
            found.push(problem);
            continue;
        }
        // Added alone first: a set of templates stops at its first syntax error.
        let mut rest = text.clone();
        let mut errors = 0;
        while let Err(error) = scratch(strings, &once).add_raw_template(&name, &rest)
            && is_syntax(&error)
            && errors < MOST
        {
            errors += 1;
            found.push(syntax(file, &error));
            match without_expression(&rest, place_of(&error)) {
                Some(next) => rest = next,
                None => break,
            }
        }
        if errors == 0 {
            files.push((name, text));
        }
    }
    let deep = depth::problems(&files, own);
    if !deep.is_empty() {
        found.extend(deep);
        files.retain(|(name, _)| name.starts_with(THEME));
    }
    let engine = loop {
        let error = match assemble(&files, strings, &once) {
            Ok(engine) => break engine,
            Err(error) => error,
        };
        // The engine stops at the first template whose parent is missing or that comes back to itself.
        // With that one empty it goes on to the next.
        let alone = broken_alone(&error);
        let broken = files.iter_mut().find(|(name, text)| Some(name.as_str()) == alone && !text.is_empty());
        found.extend(references(theme, own, &error));
        if let Some((_, text)) = broken {
            text.clear();
            continue;
        }
        // The theme alone always compiles: its tests hold that.
        files.retain(|(name, _)| name.starts_with(THEME));
        break assemble(&files, strings, &once).unwrap_or_default();
    };
    let engine = Arc::new(engine);
    once.begin(&engine);
    (Templates { engine, once }, found)
}

fn too_many_templates(first: &SourceFile) -> Diagnostic {
    let message = format!("this dossier brings more than {} templates", limits::MOST_TEMPLATES);
    let problem = Diagnostic::error(problems::TEMPLATE_LIMIT, Span::new(first.id, 0..0), message);
    problem.label("the first too many").help("take out those that no page needs")
}

fn too_many_conditions(file: &SourceFile, text: &str) -> Option<Diagnostic> {
    let (at, word) = text.match_indices("elif").nth(limits::MOST_ELIF)?;
    let message = format!("this template has more than {} `elif`", limits::MOST_ELIF);
    let problem =
        Diagnostic::error(problems::TEMPLATE_LIMIT, Span::new(file.id, at..at + word.len()), message);
    Some(problem.label("the first too many").help("look values up in a map or list"))
}

fn named<'s>(
    sources: &'s Sources,
    prefix: &'static str,
) -> impl Iterator<Item = (String, &'s SourceFile, String)> {
    sources.under(FOLDER).filter(|file| file.path.ends_with(".html")).filter_map(move |file| {
        let name = file.path.strip_prefix(FOLDER)?;
        Some((format!("{prefix}{name}"), file, file.text().ok()?.to_owned()))
    })
}

fn scratch(strings: &Arc<Strings>, once: &Arc<Once>) -> Tera {
    let mut engine = Tera::new();
    functions::register(&mut engine, strings);
    once.register(&mut engine);
    engine
}

fn assemble(
    files: &[(String, String)],
    strings: &Arc<Strings>,
    once: &Arc<Once>,
) -> Result<Tera, tera::Error> {
    let mut engine = scratch(strings, once);
    engine.set_fallback_prefixes([THEME])?;
    engine.add_raw_templates(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(engine)
}

fn is_syntax(error: &tera::Error) -> bool {
    matches!(error.kind(), ErrorKind::SyntaxError(_))
}

/// How many errors of one template are told at most.
const MOST: usize = 20;

/// The text with the expression `{{ .. }}` around a place blanked, byte for byte, so that the engine goes
/// on to the next error. Tags open and close each other: without one of them the others would be wrong.
fn without_expression(text: &str, at: usize) -> Option<String> {
    let start =
        text.get(..at.min(text.len()))?.rfind("{{").or_else(|| text[at..].starts_with("{{").then_some(at))?;
    let end = start + text[start..].find("}}")? + 2;
    if end <= at || text[start..end].contains("{%") {
        return None;
    }
    Some(format!("{}{}{}", &text[..start], " ".repeat(end - start), &text[end..]))
}

/// Where in its template an error is.
fn place_of(error: &tera::Error) -> usize {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.span().range.start,
        _ => 0,
    }
}

/// What else fails in the dossier's own templates once the expression that failed on a page is taken out:
/// the engine stops at the first.
pub fn further_errors(
    theme: &Sources,
    own: &Sources,
    strings: &Arc<Strings>,
    error: &tera::Error,
    render: &dyn Fn(&Templates) -> Option<tera::Error>,
) -> Vec<tera::Error> {
    let mut own = own.clone();
    let mut found: Vec<tera::Error> = Vec::new();
    while found.len() < MOST {
        let error = found.last().unwrap_or(error);
        let ErrorKind::RenderingError(report) = error.kind() else { break };
        let path = format!("{FOLDER}{}", report.filename());
        let next = own.get(&path).and_then(|file| without_expression(file.text().ok()?, place_of(error)));
        let Some(next) = next else { break };
        own.insert(path, next.into_bytes());
        let (templates, _) = compile(theme, &own, strings, false);
        match render(&templates) {
            Some(error) => found.push(error),
            None => break,
        }
    }
    found
}

fn syntax(file: &SourceFile, error: &tera::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let range = report.span().range.clone();
            Diagnostic::error(
                problems::TEMPLATE_SYNTAX,
                Span::new(file.id, range),
                sentence(report.message()),
            )
        }
        _ => unplaced(problems::TEMPLATE_SYNTAX, error),
    }
}

/// The template that an error is about, when the engine names no others with it.
fn broken_alone(error: &tera::Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::CircularInclude { tpl: name, .. }
        | ErrorKind::CircularExtend { tpl: name, .. }
        | ErrorKind::MissingParent { current: name, .. } => Some(name),
        _ => None,
    }
}

/// The engine names unknown things all at once, in one text of reports with ` --> file:line:column`.
fn references(theme: &Sources, own: &Sources, error: &tera::Error) -> Vec<Diagnostic> {
    if let ErrorKind::CircularInclude { tpl, include_chain: chain }
    | ErrorKind::CircularExtend { tpl, inheritance_chain: chain } = error.kind()
    {
        let mut chain = chain.clone();
        if chain.last() != Some(tpl) {
            chain.push(tpl.clone());
        }
        let message = format!("this template comes back to itself: {}", chain.join(" -> "));
        let next = chain.get(1).unwrap_or(tpl);
        return vec![at_name(own, tpl, next, message).help("take one of the templates out of the circle")];
    }
    if let ErrorKind::MissingParent { current, parent } = error.kind() {
        let names = |sources, prefix| named(sources, prefix).map(|(name, ..)| name);
        let known: Vec<String> = names(own, "").chain(names(theme, "")).chain(names(theme, THEME)).collect();
        let near = did_you_mean(parent, known.iter().map(String::as_str))
            .map(|near| format!("did you mean `{near}`?"));
        let message = format!("this template extends `{parent}`, which does not exist");
        return vec![at_name(own, current, parent, message).maybe_help(near)];
    }
    let text = error.to_string();
    let mut found = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            message = Some(text.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(message) = message.take()
        {
            let near = nearest(theme, own, &message);
            found.push(located(own, place, &message).maybe_help(near));
        }
    }
    if found.is_empty() {
        found.push(unplaced(problems::TEMPLATE_REFERENCE, error));
    }
    found
}

/// The filters and tests of the engine (Tera 2.4), which it does not list itself.
const FILTERS: &str = "safe default upper lower wordcount escape escape_html escape_xml newlines_to_br \
    pluralize trim trim_start trim_end replace capitalize title truncate indent str int float length reverse \
    split abs round first last nth join sort unique get values keys pairs group_by";
const TESTS: &str = "string number map bool array integer float none iterable defined undefined odd even \
    divisible_by starting_with ending_with containing";

/// A suggestion for what the engine calls unknown: ``Unknown filter `uper` ``.
fn nearest(theme: &Sources, own: &Sources, message: &str) -> Option<String> {
    let mut quoted = message.split('`');
    let kind = quoted.next()?;
    let word = quoted.next()?;
    let texts =
        || named(own, "").chain(named(theme, "")).map(|(.., text)| text).collect::<Vec<_>>().join("\n");
    let known: Vec<String> = if kind.contains("filter") {
        FILTERS.split_whitespace().map(str::to_owned).collect()
    } else if kind.contains("test") {
        TESTS.split_whitespace().map(str::to_owned).collect()
    } else if kind.contains("function") {
        [functions::T, ONCE, "range", "throw", "super"].map(str::to_owned).to_vec()
    } else if kind.contains("component") {
        let texts = texts();
        let names = texts
            .match_indices(" component ")
            .filter_map(|(at, mark)| texts[at + mark.len()..].split('(').next());
        names.map(|name| name.trim().to_owned()).collect()
    } else {
        named(own, "").chain(named(theme, "")).chain(named(theme, THEME)).map(|(name, ..)| name).collect()
    };
    did_you_mean(word, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"))
}

/// A report at `template:line:column`.
fn located(own: &Sources, place: &str, message: &str) -> Diagnostic {
    let mut parts = place.rsplitn(3, ':');
    let column: Option<usize> = parts.next().and_then(|column| column.parse().ok());
    let line: Option<usize> = parts.next().and_then(|line| line.parse().ok());
    let name = parts.next().unwrap_or(place);
    let span = own.get(&format!("{FOLDER}{name}")).zip(line).zip(column).map(|((file, line), column)| {
        let text = file.text().unwrap_or("");
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let in_line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let at: usize = in_line.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        // The engine tells where the name starts; it ends where a name must.
        let len = in_line[at..]
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '/')))
            .unwrap_or(in_line.len() - at);
        Span::new(file.id, start + at..start + at + len.max(1))
    });
    let message = if span.is_some() {
        sentence(message)
    } else {
        format!("{} (in the template {place})", sentence(message))
    };
    Diagnostic::new(problems::TEMPLATE_REFERENCE, Severity::Error, span, message)
}

/// A report at the place where the template `name` names another one, or else at its start.
fn at_name(own: &Sources, name: &str, other: &str, message: String) -> Diagnostic {
    let span = own.get(&format!("{FOLDER}{name}")).map(|file| {
        let text = file.readable();
        let quoted = ['"', '\''].iter().find_map(|quote| text.find(&format!("{quote}{other}{quote}")));
        Span::new(file.id, quoted.map_or(0..0, |at| at..at + other.len() + 2))
    });
    Diagnostic::new(problems::TEMPLATE_REFERENCE, Severity::Error, span, message)
}

fn unplaced(code: crate::diag::Code, error: &tera::Error) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, None, sentence(&error.to_string()))
}

/// What went wrong while pages were made, each time with the first of the pages and its error. What
/// fails in the same way on several pages is told once.
pub fn render_problems(own: &Sources, failures: &[(&str, &tera::Error)]) -> Vec<Diagnostic> {
    let mut found: Vec<(Diagnostic, &str, usize)> = Vec::new();
    for (page, error) in failures {
        let problem = render_problem(own, error);
        match found.iter_mut().find(|(known, ..)| *known == problem) {
            Some((.., pages)) => *pages += 1,
            None => found.push((problem, page, 1)),
        }
    }
    let told = |(problem, page, pages): (Diagnostic, &str, usize)| {
        let label = match pages {
            1 => format!("while making {page}"),
            2 => format!("while making {page} and another page"),
            n => format!("while making {page} and {} other pages", n - 1),
        };
        match problem.span {
            // After one page that is too large no others are tried.
            _ if problem.code == problems::TEMPLATE_LIMIT => problem,
            Some(_) => problem.label(label),
            None => Diagnostic { message: format!("{}, {label}", problem.message), ..problem },
        }
    };
    found.into_iter().map(told).collect()
}

fn render_problem(own: &Sources, error: &tera::Error) -> Diagnostic {
    if let Some((name, error)) = met_in(error) {
        return problem_without_place(own, &name, error);
    }
    let ErrorKind::RenderingError(report) = error.kind() else {
        return unplaced(problems::TEMPLATE_RENDER, error);
    };
    // The engine lists the fields behind its sentence.
    let (message, fields) = match report.message().split_once(". Available fields: ") {
        Some((message, fields)) => (message, Some(fields.trim_end_matches('.'))),
        None => (report.message(), None),
    };
    let message = sentence(message);
    let name = report.filename();
    let problem = match own.get(&format!("{FOLDER}{name}")) {
        Some(file) => Diagnostic::error(
            problems::TEMPLATE_RENDER,
            Span::new(file.id, report.span().range.clone()),
            message,
        ),
        None => {
            let line = report.span().start_line;
            let message = format!("{message} (in the template {name}, line {line})");
            Diagnostic::new(problems::TEMPLATE_RENDER, Severity::Error, None, message)
        }
    };
    let help = fields.map(|fields| {
        let asked = report.message().split('`').nth(1).unwrap_or("");
        match did_you_mean(asked, fields.split(", ")) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there is {fields}"),
        }
    });
    problem.maybe_help(help)
}

/// What the engine says of a whole template.
fn problem_without_place(own: &Sources, name: &str, error: &tera::Error) -> Diagnostic {
    let path = format!("{FOLDER}{name}");
    let span = own.get(&path).map(|file| Span::new(file.id, 0..0));
    if limits::is_too_large(error) {
        let message =
            format!("the template {path} makes a page of more than {} MiB", limits::MOST_BYTES >> 20);
        let problem = Diagnostic::new(problems::TEMPLATE_LIMIT, Severity::Error, span, message);
        return problem.help("look for a loop in it that goes over more than was meant");
    }
    let message = format!("{} (in the template {name})", sentence(&error.to_string()));
    Diagnostic::new(problems::TEMPLATE_RENDER, Severity::Error, span, message)
}

/// The engine's words as ours are written: one line, a small letter first, no full stop.
fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or(text).trim_start_matches("error: ").trim_end_matches('.');
    let mut chars = line.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
