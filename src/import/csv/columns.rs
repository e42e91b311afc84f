//! The headers of a table -> the fields that its columns hold.

use super::shape::Shape;
use super::sheet::{Row, Sheet, count};
use super::suggest;
use crate::diag::{Diagnostic, did_you_mean, one_of};
use crate::import::problems::UNREADABLE_IMPORT;
use crate::import::{Choices, Taken};
use crate::model::Kind;
use crate::model::fields::{self, Field, Holds, fields_of};
use crate::source::Span;

/// What a column holds.
#[derive(Debug, Clone)]
pub enum Target {
    Key,
    Field(&'static str, Holds),
    /// `names.fa`
    Spelling(String),
    /// `ids.wikidata`
    Identifier(String),
    /// A field of the tables in a list: `roles.of`.
    Part(&'static str, &'static str, Holds),
    /// A field of a table: `date_original.calendar`.
    Inner(&'static str, &'static str),
    /// A column of one of the tables that hold no records.
    Cell(&'static str),
}

/// The columns of a table, each with what it holds, if that is known.
pub struct Columns {
    pub targets: Vec<Option<Target>>,
    /// Whether `dossier export csv` wrote the table.
    pub is_own: bool,
}

/// The lists of tables that records have: their fields in order, and the one that a column of the list's own name holds.
const LISTS: [(&str, &fields::Shape, &str); 10] = [
    ("roles", &fields::ROLE, ""),
    ("part_of", &fields::PART_OF, "of"),
    ("participants", &fields::PARTICIPANT, "who"),
    ("involved", &fields::PARTICIPANT, "who"),
    ("confirmed_by", &fields::STANCE, "who"),
    ("denied_by", &fields::STANCE, "who"),
    ("retracted_by", &fields::STANCE, "who"),
    ("no_comment_by", &fields::STANCE, "who"),
    ("links", &fields::LINK, "url"),
    ("response_sought", &fields::REQUEST, "from"),
];

/// What follows from other fields, in the tables of `dossier export csv`.
const COMPUTED: [&str; 9] = [
    "native",
    "records",
    "address",
    "date_earliest",
    "date_latest",
    "date_in_words",
    "origins",
    "within",
    "seen",
];

/// The fields of the tables in a list.
pub fn parts_of(list: &str) -> impl Iterator<Item = &'static Field> {
    LISTS.iter().filter(move |(name, ..)| *name == list).flat_map(|(_, shape, _)| shape.fields())
}

/// The words of a header as a field is written: `Sort name` is `sort_name`.
pub fn folded(header: &str) -> String {
    let words = header.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_").to_lowercase()
}

/// What a field of a kind is, by its path.
pub fn target(kind: Kind, path: &str) -> Option<Target> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest.trim())));
    let head = folded(head);
    if head == "key" && rest.is_none() {
        return Some(Target::Key);
    }
    let (name, holds) = fields_of(kind).find(|(name, _)| *name == head)?;
    if let Some((list, shape, main)) = LISTS.iter().find(|(list, ..)| *list == name) {
        let wanted = rest.map_or_else(|| (*main).to_owned(), folded);
        let part = shape.field(&wanted)?;
        return Some(Target::Part(list, part.name, part.holds));
    }
    match (name, rest) {
        ("names", Some(rest)) if !rest.is_empty() => Some(Target::Spelling(rest.to_owned())),
        ("ids", Some(rest)) if !rest.is_empty() => Some(Target::Identifier(rest.to_owned())),
        ("date_original" | "published_original", Some(rest)) => {
            holds.shape()?.field(&folded(rest)).map(|part| Target::Inner(name, part.name))
        }
        ("names" | "ids" | "date_original" | "published_original" | "portrait" | "copy" | "quotes", _) => {
            None
        }
        ("allow" | "undo" | "withhold", _) => None,
        (name, None) => Some(Target::Field(name, holds)),
        _ => None,
    }
}

/// Finds out what the columns of a table hold. What they do not say that a record must have is an error; a column that
/// no field is called like is told as not carried.
pub fn columns(
    sheet: &Sheet,
    shape: Shape,
    choices: &Choices,
    taken: &mut Taken,
) -> Result<Columns, Vec<Diagnostic>> {
    let wrong: Vec<Diagnostic> = choices
        .columns
        .iter()
        .filter(|(column, _)| sheet.headers.iter().any(|header| is_called(header, column)))
        .filter(|(_, path)| shape.target(path).is_none())
        .map(|(column, path)| no_field(sheet, shape, column, path))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if let Some(problem) = held_back(sheet, shape) {
        return Err(vec![problem]);
    }
    let is_own = match shape {
        Shape::Records(_) => {
            sheet.headers.first().is_some_and(|first| first == "key")
                && sheet.headers.last().is_some_and(|last| last == "address")
        }
        other => {
            let cells = other.cells();
            cells.len() == sheet.headers.len()
                && sheet.headers.iter().all(|header| cells.contains(&header.as_str()))
        }
    };
    // What is chosen for a field stands in the place of a column that is called like it.
    let is_chosen = |field: &str| {
        let here = choices
            .columns
            .iter()
            .filter(|(column, _)| sheet.headers.iter().any(|one| is_called(one, column)));
        let mut targets = here.filter_map(|(_, path)| shape.target(path));
        targets.any(|target| shape.is(&target, field))
    };
    let of_column =
        |header: &String| match choices.columns.iter().find(|(column, _)| is_called(header, column)) {
            Some((_, path)) => shape.target(path),
            None => shape.target(header).filter(|_| !is_chosen(&folded(header))),
        };
    let mut columns = Columns { targets: sheet.headers.iter().map(of_column).collect(), is_own };
    let again = again(sheet, choices, &columns);
    for at in &again {
        columns.targets[*at] = None;
    }
    if let Some(problem) = missing(sheet, shape, &columns) {
        return Err(vec![problem]);
    }
    not_carried(sheet, shape, (&columns, &again), taken);
    Ok(columns)
}

/// The columns that hold what one before them holds, where a row has room for one.
fn again(sheet: &Sheet, choices: &Choices, columns: &Columns) -> Vec<usize> {
    let is_again = |at: &usize| {
        let Some(target) = columns.targets.get(*at).and_then(Option::as_ref) else { return false };
        let mut before = columns.targets.iter().take(*at).flatten();
        if !before.any(|other| holds_the_same(other, target)) {
            return false;
        }
        let is_alone = columns.targets.iter().flatten().all(|other| is_alone_beside(target, other));
        match target {
            Target::Key | Target::Cell(_) => true,
            Target::Spelling(_) => false,
            Target::Field(_, holds) if holds_several(*holds) => false,
            Target::Part(_, _, Holds::Key(_)) if is_alone => false,
            // What was chosen twice is joined, or told row by row.
            _ => sheet.headers.get(*at).is_some_and(|header| !is_chosen(header, choices)),
        }
    };
    (0..columns.targets.len()).filter(is_again).collect()
}

fn is_chosen(header: &str, choices: &Choices) -> bool {
    choices.columns.iter().any(|(column, _)| is_called(header, column))
}

pub fn holds_the_same(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Key, Target::Key) => true,
        (Target::Field(one, _), Target::Field(other, _)) | (Target::Cell(one), Target::Cell(other)) => {
            one == other
        }
        (Target::Spelling(one), Target::Spelling(other))
        | (Target::Identifier(one), Target::Identifier(other)) => one == other,
        (Target::Part(list, part, _), Target::Part(other, of_other, _))
        | (Target::Inner(list, part), Target::Inner(other, of_other)) => list == other && part == of_other,
        _ => false,
    }
}

/// Whether a column of a part is not joined by one that says more of the same part.
pub fn is_alone_beside(target: &Target, other: &Target) -> bool {
    match (target, other) {
        (Target::Part(list, part, _), Target::Part(same, field, _)) => same != list || field == part,
        _ => true,
    }
}

/// Whether the field is a list, to which every column adds.
fn holds_several(holds: Holds) -> bool {
    match holds {
        Holds::List(_) | Holds::Table(_) => true,
        Holds::Either(all) => all.iter().any(|one| holds_several(*one)),
        _ => false,
    }
}

/// Whether a column is meant, whatever its capitals and spaces.
pub fn is_called(header: &str, column: &str) -> bool {
    header == column || folded(header) == folded(column)
}

/// Tells the columns that are chosen, and are in no table.
pub fn not_there(sheets: &[&Sheet], choices: &Choices) -> Vec<Diagnostic> {
    let is_there =
        |column: &str| sheets.iter().flat_map(|sheet| &sheet.headers).any(|header| is_called(header, column));
    let Some(sheet) = sheets.first() else { return Vec::new() };
    let absent = choices.columns.iter().filter(|(column, _)| !is_there(column));
    let told = absent.map(|(column, path)| {
        let message = format!("there is no column `{column}` in {}", sheet.name);
        let folds: Vec<String> = sheet.headers.iter().map(|header| folded(header)).collect();
        let near = did_you_mean(&folded(column), folds.iter().map(String::as_str));
        let near = near.and_then(|near| sheet.headers.iter().find(|header| folded(header) == near));
        let help = match near {
            Some(near) => format!("did you mean `{}`? {}", suggest::map(near, path), listed(sheet)),
            None => listed(sheet),
        };
        Diagnostic::error(UNREADABLE_IMPORT, Span::new(sheet.file, sheet.head.clone()), message).help(help)
    });
    told.collect()
}

/// `its columns are A, B and C`
fn listed(sheet: &Sheet) -> String {
    let names: Vec<String> = sheet
        .headers
        .iter()
        .filter(|header| !header.is_empty())
        .map(|header| format!("`{}`", header.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    format!("the columns are {}", names.join(", "))
}

/// A report of rows that a column marks as not to be published: no column is imported as that.
fn held_back(sheet: &Sheet, shape: Shape) -> Option<Diagnostic> {
    const NOTHING: [&str; 4] = ["", "false", "no", "0"];
    // Of a participant it says that no name is known, which a table can.
    let says_so = |header: &String| {
        ["withhold", "withheld"].contains(&folded(header).as_str()) && shape.target(header).is_none()
    };
    let column = sheet.headers.iter().position(says_so)?;
    let is_marked = |row: &&Row| {
        row.cells.get(column).is_some_and(|cell| !NOTHING.contains(&cell.trim().to_lowercase().as_str()))
    };
    let first = sheet.rows.iter().find(is_marked)?;
    let count = sheet.rows.iter().filter(is_marked).count();
    let message = format!(
        "the column `{}` holds back {count} of the rows, line {} first, and a table cannot: they would be published",
        sheet.headers.get(column)?,
        first.line
    );
    let at = Span::new(sheet.file, sheet.head.clone());
    Some(Diagnostic::error(UNREADABLE_IMPORT, at, message).help(
        "take these rows out, write their records in TOML with `withhold = true`, and import the others",
    ))
}

fn no_field(sheet: &Sheet, shape: Shape, column: &str, path: &str) -> Diagnostic {
    let known = shape.paths();
    let near = did_you_mean(path, known.iter().map(String::as_str));
    let message = format!("{} have no field `{path}` that a column can hold", shape.records());
    let help = match near {
        Some(near) => format!("did you mean `--map \"{column}={near}\"`?"),
        None => format!("a column can hold {}", one_of(known.iter().map(String::as_str))),
    };
    let at = Span::new(sheet.file, sheet.head.clone());
    Diagnostic::error(UNREADABLE_IMPORT, at, message).help(help)
}

/// What records must have, and no column holds.
fn missing(sheet: &Sheet, shape: Shape, columns: &Columns) -> Option<Diagnostic> {
    let holds = |wanted: &str| columns.targets.iter().flatten().any(|target| shape.is(target, wanted));
    // With keys, a table may add to records that are there.
    let keyed = matches!(shape, Shape::Records(_)) && holds("key");
    let needed = if keyed { &[] } else { shape.needs() };
    let absent: Vec<&str> = needed.iter().copied().filter(|field| !holds(field)).collect();
    let any = columns.targets.iter().flatten().any(|target| !matches!(target, Target::Key));
    if absent.is_empty() && any {
        return None;
    }
    let free: Vec<&str> = (sheet.headers.iter().zip(&columns.targets))
        .filter(|(header, target)| target.is_none() && !header.is_empty())
        .map(|(header, _)| header.as_str())
        .collect();
    let wanted =
        if absent.is_empty() { vec![shape.needs().first().copied().unwrap_or("date")] } else { absent };
    let message = format!(
        "no column is called {}, which {} must have",
        wanted.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" or "),
        shape.records()
    );
    let help = match header_below(sheet, shape, &wanted) {
        Some(line) => format!("line {line} looks like the header: take out the lines above it"),
        None => {
            let maps = suggest::maps(shape, &wanted, &free);
            let said = |maps: &[(&str, String)]| -> String {
                maps.iter().map(|(column, path)| suggest::map(column, path)).collect::<Vec<_>>().join(" ")
            };
            let others = free.iter().filter(|header| maps.iter().all(|(column, _)| column != *header));
            let others: Vec<(&str, String)> =
                others.filter_map(|header| Some((*header, suggest::field_for(shape, header)?))).collect();
            let others = match others.is_empty() {
                true => String::new(),
                false => format!(" and, if they are that, `{}`", said(&others)),
            };
            format!("say which one it is: `{}`{others}; {}", said(&maps), listed(sheet))
        }
    };
    let at = Span::new(sheet.file, sheet.head.clone());
    Some(Diagnostic::error(UNREADABLE_IMPORT, at, message).help(help))
}

/// The line of what looks like the header, where other things stand above it.
fn header_below(sheet: &Sheet, shape: Shape, wanted: &[&str]) -> Option<usize> {
    let filled = sheet.headers.iter().filter(|header| !header.is_empty()).count();
    if filled * 2 > sheet.headers.len() {
        return None;
    }
    let is = |cell: &String, field: &str| {
        folded(cell) == field || suggest::field_for(shape, cell).as_deref() == Some(field)
    };
    let rows = sheet.rows.iter().take(10);
    let found = rows.filter(|row| wanted.iter().all(|field| row.cells.iter().any(|cell| is(cell, field))));
    found.map(|row| row.line).next()
}

/// Tells the columns that no field is called like, and those for which there is another.
fn not_carried(sheet: &Sheet, shape: Shape, (columns, again): (&Columns, &[usize]), taken: &mut Taken) {
    for (at, (header, target)) in sheet.headers.iter().zip(&columns.targets).enumerate() {
        let is_computed = columns.is_own && COMPUTED.contains(&header.as_str());
        let cells = sheet.column(at).count();
        if target.is_some() || is_computed || cells == 0 {
            continue;
        }
        let first = sheet.column(at).next().unwrap_or("");
        let value = format!("{}, the first is `{first}`", count(cells, "cell"));
        if header.is_empty() {
            taken.lose(&sheet.name, format!("column {}", at + 1), value, "the column has no header");
            continue;
        }
        let column = header.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = match suggest::field_for(shape, header) {
            _ if again.contains(&at) => {
                "a column before it holds the same field, and that one is taken".to_owned()
            }
            _ if shape.target(header).is_some() => "`--map` has another column for it".to_owned(),
            Some(path) => format!("no field is called so: is it `{}`?", suggest::map(header, &path)),
            None => {
                let map = suggest::map(header, "FIELD");
                format!("no field is called so: if one holds it, say which with `{map}`")
            }
        };
        taken.lose(&sheet.name, column, value, why);
    }
}

/// Every path that a column of a kind can hold, as a help lists them.
pub fn paths_of(kind: Kind) -> Vec<String> {
    let mut paths = vec!["key".to_owned()];
    for (name, holds) in fields_of(kind) {
        if let Some((list, shape, _)) = LISTS.iter().find(|(list, ..)| *list == name) {
            paths.extend(shape.fields().map(|part| format!("{list}.{}", part.name)));
            continue;
        }
        match name {
            "names" => paths.extend(["names.aka".to_owned(), "names.fa".to_owned()]),
            "ids" => paths.push("ids.wikidata".to_owned()),
            name if target(kind, name).is_some() => paths.push(name.to_owned()),
            name => {
                let parts = holds.shape().into_iter().flat_map(fields::Shape::fields);
                let inner = parts.map(|part| format!("{name}.{}", part.name));
                paths.extend(inner.filter(|path| target(kind, path).is_some()));
            }
        }
    }
    paths
}
