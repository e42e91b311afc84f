//! Reads the fields of a TOML table one by one, so that each problem is reported where it stands
//! and none hides another.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::telling::Telling;
use super::{characters, literal, problems};
use crate::diag::Diagnostic;
use crate::model::config::Config;
use crate::model::date::{Date, DateError};
use crate::model::fields::{Needed, Shape, is_common};
use crate::model::{Asset, Kind, Ref};
use crate::source::{FileId, Span, Spanned};

pub type Value<'i> = TomlSpanned<DeValue<'i>>;

/// The file being read, and what was found wrong with it.
pub struct Ctx<'a> {
    pub file: FileId,
    /// The whole text of the file.
    pub text: &'a str,
    /// Where the TOML starts in `text`: after the first fence of front matter.
    pub base: usize,
    pub config: &'a Config,
    /// Set once the syntax is broken.
    pub broken: bool,
    /// Where in the file it is: what is missing from a record around such a place may only be unreadable.
    pub broken_at: Vec<usize>,
    /// Where the syntax is so broken that tables or whole fields were left out.
    pub lost: Vec<Span>,
    /// The keys that those tables seem to have.
    pub lost_keys: Vec<String>,
    pub problems: Vec<Diagnostic>,
    /// Keys of records that are there, but cannot be read.
    pub faulty: Vec<(Kind, String)>,
}

impl<'a> Ctx<'a> {
    pub fn new(file: FileId, text: &'a str, config: &'a Config) -> Self {
        Ctx {
            file,
            text,
            base: 0,
            config,
            broken: false,
            broken_at: Vec::new(),
            lost: Vec::new(),
            lost_keys: Vec::new(),
            problems: Vec::new(),
            faulty: Vec::new(),
        }
    }

    /// For a part of the file, which finds problems of its own.
    pub fn part(&self) -> Ctx<'a> {
        Ctx {
            broken_at: self.broken_at.clone(),
            lost: Vec::new(),
            lost_keys: Vec::new(),
            problems: Vec::new(),
            faulty: Vec::new(),
            ..*self
        }
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// A place within the string value at `span`, or the whole string where it cannot be told.
    pub fn inside(&self, span: Span, value: &str, range: Range<usize>) -> Span {
        let literal = self.text.get(span.range()).unwrap_or("");
        literal::place(literal, value, range).map_or(span, |place| span.within(place))
    }
}

/// A table whose fields are taken one by one; [`Fields::finish`] reports those that are left.
pub struct Fields<'c, 'a, 'i> {
    pub ctx: &'c mut Ctx<'a>,
    shape: &'static Shape,
    table: DeTable<'i>,
    pub span: Span,
    known: Vec<&'static str>,
    /// Fields that were taken out before anybody could read them, to be checked by name at the end.
    withheld: Vec<Spanned<String>>,
    /// Whether the record is a draft: what happened, when it was, and who took part, may wait until it is accepted.
    pub is_draft: bool,
}

impl<'c, 'a, 'i> Fields<'c, 'a, 'i> {
    /// `span` is where to say that a field is missing.
    pub fn new(ctx: &'c mut Ctx<'a>, shape: &'static Shape, table: DeTable<'i>, span: Span) -> Self {
        Fields { ctx, shape, table, span, known: Vec::new(), withheld: Vec::new(), is_draft: false }
    }

    /// The table in `value`, or a report that it is something else.
    pub fn of(
        ctx: &'c mut Ctx<'a>,
        shape: &'static Shape,
        value: Value<'i>,
        span: Option<Span>,
    ) -> Option<Self> {
        let own = ctx.span(value.span());
        match value.into_inner() {
            DeValue::Table(table) => Some(Fields::new(ctx, shape, table, span.unwrap_or(own))),
            other => {
                ctx.report(problems::wrong_type(own, shape.name, "a table `{ .. }`", type_name(&other)));
                None
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Whether a field is there, whatever it holds.
    pub fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    /// Whether there is such a field, and something in it.
    pub fn says(&self, field: &str) -> bool {
        let empty = |value: &Value| value.get_ref().as_array().is_some_and(|items| items.is_empty());
        self.table.get(field).is_some_and(|value| !empty(value))
    }

    /// A field that is taken later or withheld.
    pub fn copied(&self, field: &str) -> Option<Value<'i>> {
        self.table.get(field).cloned()
    }

    /// Whether records of this kind have a field of that name.
    pub fn can_hold(&self, field: &str) -> bool {
        self.shape.field(field).is_some()
    }

    /// Takes a field as it is.
    pub fn take(&mut self, field: &'static str) -> Option<Value<'i>> {
        debug_assert!(
            self.shape.field(field).is_some(),
            "{}.{field} is not in `model::fields`",
            self.shape.name
        );
        self.known.push(field);
        self.table.remove(field)
    }

    pub fn string(&mut self, field: &'static str) -> Option<Spanned<String>> {
        let value = self.take(field)?;
        string(self.ctx, field, value)
    }

    /// A string whose place does not matter later.
    pub fn plain(&mut self, field: &'static str) -> Option<String> {
        self.string(field).map(|string| string.value)
    }

    /// The same, where a whole number may stand without quotes: `volume = 3`.
    pub fn plain_or_number(&mut self, field: &'static str) -> Option<String> {
        match self.table.get(field).map(|value| value.get_ref()) {
            Some(DeValue::Integer(number)) => {
                let text = number.as_str().to_owned();
                self.take(field);
                Some(text)
            }
            _ => self.plain(field),
        }
    }

    pub fn required(&mut self, field: &'static str, example: &str) -> Option<Spanned<String>> {
        match self.take(field) {
            Some(value) if value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) => {
                let span = self.ctx.span(value.span());
                self.ctx
                    .report(problems::empty(span, field).help(format!("fill it in: `{field} = {example}`")));
                None
            }
            Some(value) => string(self.ctx, field, value),
            None => {
                self.missing(field, example);
                None
            }
        }
    }

    /// The same, of a field for which a draft may wait, and has `until` meanwhile.
    pub fn required_once_accepted(
        &mut self,
        field: &'static str,
        example: &str,
        until: &str,
    ) -> Option<String> {
        if self.is_draft && !self.has(field) {
            self.known.push(field);
            return Some(until.to_owned());
        }
        self.required(field, example).map(|text| text.value)
    }

    pub fn missing(&mut self, field: &'static str, example: &str) {
        debug_assert!(self.shape.field(field).is_some_and(|field| field.needed != Needed::No));
        if !self.known.contains(&field) {
            self.known.push(field);
        }
        let start = self.span.start as usize;
        let end =
            self.ctx.text.get(start..).and_then(|rest| rest.find("\n[")).map_or(usize::MAX, |at| start + at);
        if let Some(name) = self.withheld.iter().find(|name| name.value == field) {
            let message = format!("`{field}` cannot be withheld alone: this {} needs it", self.shape.name);
            let problem = problems::simple(
                problems::MISSING_FIELD,
                name.span,
                message,
                "withhold the whole record: `withhold = true`",
            );
            self.ctx.report(problem);
        } else if !self.ctx.broken_at.iter().any(|at| (start..end).contains(at)) {
            self.ctx.report(problems::missing_field(self.span, self.shape.name, field, example));
        }
    }

    pub fn bool(&mut self, field: &'static str) -> bool {
        self.bool_or(field, false)
    }

    /// The same with another value where nothing is said.
    pub fn bool_or(&mut self, field: &'static str, usual: bool) -> bool {
        let Some(value) = self.take(field) else { return usual };
        flag(self.ctx, field, value).unwrap_or(usual)
    }

    pub fn integer(&mut self, field: &'static str) -> Option<i64> {
        let value = self.take(field)?;
        let span = self.ctx.span(value.span());
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.ctx.report(problems::wrong_type(span, field, "a whole number", type_name(value.get_ref())));
        }
        number
    }

    pub fn float(&mut self, field: &'static str) -> Option<Spanned<f64>> {
        let value = self.take(field)?;
        let span = self.ctx.span(value.span());
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        match number {
            Some(value) => Some(Spanned { value, span }),
            None => {
                self.ctx.report(problems::wrong_type(span, field, "a number", type_name(value.get_ref())));
                None
            }
        }
    }

    pub fn date(&mut self, field: &'static str) -> Option<Spanned<Date>> {
        let value = self.take(field)?;
        date(self.ctx, field, value)
    }

    /// A date that must be written, where `""` says that nobody reports one. A draft may wait for it.
    pub fn date_or_unknown(&mut self, field: &'static str, example: &str) -> Option<Spanned<Date>> {
        match self.take(field) {
            Some(value) if value.get_ref().as_str() == Some("") => None,
            Some(value) => date(self.ctx, field, value),
            None if self.is_draft => None,
            None => {
                self.missing(field, example);
                None
            }
        }
    }

    /// The value that goes with one of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        field: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let word = self.string(field)?;
        let found = choices.iter().find(|(name, _)| *name == word.value);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name);
            self.ctx.report(problems::unknown_value(word.span, field, &word.value, names));
        }
        found.map(|(_, value)| Spanned { value: *value, span: word.span })
    }

    /// The same, of a field that must be there.
    pub fn required_choice<T: Copy>(
        &mut self,
        field: &'static str,
        choices: &[(&'static str, T)],
        example: &str,
    ) -> Option<T> {
        if !self.table.contains_key(field) {
            self.known.push(field);
            self.missing(field, example);
            return None;
        }
        self.choice(field, choices).map(|choice| choice.value)
    }

    pub fn reference(&mut self, field: &'static str) -> Option<Ref> {
        self.string(field).map(reference)
    }

    /// Every item of a list, or a single value standing for a list of one.
    pub fn each<T>(
        &mut self,
        field: &'static str,
        mut read: impl FnMut(&mut Ctx<'a>, &'static str, Value<'i>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.take(field) else { return Vec::new() };
        let items = items(value).into_iter().filter_map(|item| read(self.ctx, field, item));
        let mut items: Vec<T> = items.collect();
        // They stay as they are, and most have one item, where there was room for four.
        items.shrink_to_fit();
        items
    }

    pub fn strings(&mut self, field: &'static str) -> Vec<Spanned<String>> {
        self.each(field, string)
    }

    /// A path inside `content/`.
    pub fn asset(&mut self, field: &'static str) -> Option<Asset> {
        let path = self.required(field, "\"pictures/name.jpg\"")?;
        if !is_path(&path.value) {
            let parts: Vec<&str> =
                path.value.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).collect();
            let help = if parts.is_empty() || parts.contains(&"..") {
                "put the file into `content/`, and name it from there: `people/name.jpg`".to_owned()
            } else {
                format!("files are named from `content/` on: write `{}`", parts.join("/"))
            };
            self.ctx.report(problems::simple(
                problems::INVALID_PATH,
                path.span,
                format!("`{}` is no path inside `content/`", path.value),
                help,
            ));
            return None;
        }
        Some(Asset { path: path.value, span: path.span })
    }

    /// What is left, in the author's order.
    pub fn rest(&mut self) -> Vec<(Spanned<String>, Value<'i>)> {
        let mut rest = Vec::new();
        for (key, value) in std::mem::take(&mut self.table) {
            let span = self.ctx.span(key.span());
            if let Some(problem) = unfit(self.ctx, span, key.get_ref()) {
                self.ctx.report(problem);
                continue;
            }
            rest.push((Spanned { value: key.into_inner().into_owned(), span }, value));
        }
        rest
    }

    /// Takes out a field before anybody can read it, and keeps its texts for the search that proves them absent.
    pub fn withhold(&mut self, name: &Spanned<String>, telling: &mut Telling) {
        if let Some(value) = self.table.remove(name.value.as_str())
            && let Err(wanted) = telling.field(&name.value, &value)
        {
            let span = self.ctx.span(value.span());
            let got = format!("{}, and is withheld", type_name(value.get_ref()));
            self.ctx.report(problems::wrong_type(span, &name.value, &wanted, &got));
        }
        self.withheld.push(name.clone());
    }

    /// Adds the texts for that search of a record that is withheld as a whole.
    pub fn tell(&self, telling: &mut Telling) {
        for (name, value) in &self.table {
            telling.of_whole(name.get_ref(), value);
        }
    }

    /// Reports the fields that nobody took.
    pub fn finish(mut self) {
        let unread = self.shape.fields().find(|field| !self.known.contains(&field.name));
        debug_assert!(unread.is_none(), "{}: {unread:?} is read by nobody", self.shape.name);
        // A kind's own fields are named before those of every record.
        self.known.sort_by_key(|field| is_common(field));
        for name in std::mem::take(&mut self.withheld) {
            if !self.known.contains(&name.value.as_str()) {
                self.ctx.report(problems::unknown_field(
                    name.span,
                    self.shape.name,
                    &name.value,
                    &self.known,
                ));
            }
        }
        for (key, _) in self.rest() {
            self.ctx.report(problems::unknown_field(key.span, self.shape.name, &key.value, &self.known));
        }
    }
}

/// Whether a text is a path from `content/` on, in the one form by which files are known.
pub fn is_path(text: &str) -> bool {
    !text.contains('\\') && text.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// True or false, where that is what a field holds.
pub fn flag(ctx: &mut Ctx, field: &str, value: Value) -> Option<bool> {
    let span = ctx.span(value.span());
    match value.into_inner() {
        DeValue::Boolean(value) => Some(value),
        other => {
            ctx.report(problems::wrong_type(span, field, "true or false", type_name(&other)));
            None
        }
    }
}

/// A text that is not empty.
pub fn string(ctx: &mut Ctx, field: &'static str, value: Value) -> Option<Spanned<String>> {
    let span = ctx.span(value.span());
    match value.into_inner() {
        DeValue::String(text) if text.trim().is_empty() => {
            ctx.report(problems::empty(span, field));
            None
        }
        DeValue::String(text) => {
            if let Some(problem) = unfit(ctx, span, &text) {
                ctx.report(problem);
                return None;
            }
            Some(Spanned { value: text.into_owned(), span })
        }
        other => {
            ctx.report(problems::wrong_type(span, field, "a text in quotes", type_name(&other)));
            None
        }
    }
}

/// The first character that no text may hold, in the value of the string or key at `span`.
pub fn unfit(ctx: &Ctx, span: Span, value: &str) -> Option<Diagnostic> {
    let (at, unfit) = characters::unfit(value).next()?;
    let place = ctx.inside(span, value, at..at + unfit.character().len_utf8());
    Some(problems::unfit(place, unfit))
}

pub fn date(ctx: &mut Ctx, field: &'static str, value: Value) -> Option<Spanned<Date>> {
    if matches!(value.get_ref(), DeValue::Datetime(_) | DeValue::Integer(_)) {
        let span = ctx.span(value.span());
        let text = ctx.text.get(span.range()).unwrap_or("");
        // What is no date in quotes either is told once, with its cause.
        if let Some(date) = parse_date(ctx, text, span, |_, range| span.within(range)) {
            ctx.report(problems::simple(
                problems::INVALID_DATE,
                span,
                format!("`{field}` is written without quotes"),
                format!(
                    "write `{field} = \"{}\"`: dates here can be less precise than TOML's own",
                    date.text()
                ),
            ));
        }
        return None;
    }
    let text = string(ctx, field, value)?;
    parse_date(ctx, &text.value, text.span, |ctx, range| ctx.inside(text.span, &text.value, range))
        .map(|value| Spanned { value, span: text.span })
}

/// An EDTF date; `place` maps a range of the text to the file.
pub fn parse_date(
    ctx: &mut Ctx,
    text: &str,
    span: Span,
    place: impl Fn(&Ctx, Range<usize>) -> Span,
) -> Option<Date> {
    match Date::parse(text) {
        Ok(date) => Some(date),
        Err(error) => {
            let place = if error.range.is_empty() { span } else { place(ctx, error.range.clone()) };
            ctx.report(no_date(text, place, error));
            None
        }
    }
}

/// The report about a text that is no date in its calendar.
pub fn invalid_date(ctx: &Ctx, text: &Spanned<String>, error: DateError) -> Diagnostic {
    let place = match error.range.clone() {
        range if range.is_empty() => text.span,
        range => ctx.inside(text.span, &text.value, range),
    };
    no_date(&text.value, place, error)
}

fn no_date(text: &str, place: Span, error: DateError) -> Diagnostic {
    Diagnostic::error(problems::INVALID_DATE, place, format!("`{text}` is no date: {}", error.message))
        .maybe_help(error.help)
}

pub fn reference(text: Spanned<String>) -> Ref {
    Ref { text: text.value, span: text.span }
}

/// The items of an array, or the value itself.
pub fn items<'i>(value: Value<'i>) -> Vec<Value<'i>> {
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(array) => array_items(array),
        other => vec![TomlSpanned::new(span, other)],
    }
}

fn array_items(array: DeArray<'_>) -> Vec<Value<'_>> {
    array.into_iter().collect()
}

/// The type of a value with its article, for "must be .., not ..".
pub fn type_name(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
