//! The bytes of a table -> its header and rows, or what is wrong with its lines.

use std::ops::Range;

use csv::{ByteRecord, ReaderBuilder};

use crate::diag::Diagnostic;
use crate::import::problems::{self, UNREADABLE_IMPORT};
use crate::source::{FileId, SourceFile, Span};

/// A table.
pub struct Sheet {
    pub file: FileId,
    /// The name of the file, without its folders.
    pub name: String,
    /// Where the header stands.
    pub head: Range<usize>,
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
}

pub struct Row {
    /// Counted from 1, the header included.
    pub line: usize,
    pub cells: Vec<String>,
}

impl Sheet {
    /// The cells of a column that are not empty.
    pub fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.cells.get(at));
        cells.map(String::as_str).filter(|cell| !cell.is_empty())
    }
}

impl Row {
    /// All that stands in it, for a report.
    pub fn said(&self) -> String {
        let cells: Vec<&str> =
            self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        cells.join("; ")
    }
}

/// The name of a file, without its folders.
pub fn file_name(file: &SourceFile) -> &str {
    file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path)
}

/// Reads a table. All lines that are wrong are told at once.
pub fn read(file: &SourceFile) -> Result<Sheet, Vec<Diagnostic>> {
    let text = text(file)?;
    let (given, base) = given_delimiter(text);
    let delimiter = given.unwrap_or_else(|| delimiter(&text[base..]));
    let mut sheet = Sheet {
        file: file.id,
        name: file_name(file).to_owned(),
        head: 0..0,
        headers: Vec::new(),
        rows: Vec::new(),
    };
    let mut wrong = Vec::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(&text.as_bytes()[base..]);
    let mut record = ByteRecord::new();
    // Reading from memory cannot fail.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| position.byte());
        let range = base + index(start)..base + index(reader.position().byte());
        let raw = text.get(range.clone()).unwrap_or("");
        let range = range.start + (raw.len() - raw.trim_start_matches(['\r', '\n']).len())..range.end;
        let line = lines.line_of(range.start);
        let raw = text.get(range.clone()).unwrap_or("").trim_end_matches(['\r', '\n']);
        let range = range.start..range.start + raw.len();
        if let Some(problem) = quotes(file.id, raw, range.start, delimiter) {
            wrong.push(problem);
            continue;
        }
        let cells: Vec<String> = record.iter().map(|cell| clean(&String::from_utf8_lossy(cell))).collect();
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if filled == 0 {
            continue;
        }
        if sheet.headers.is_empty() {
            sheet.headers = cells;
            sheet.head = range;
            continue;
        }
        let wanted = sheet.headers.len();
        if filled > wanted || cells.len() < wanted {
            wrong.push(number_of_cells(file.id, range, &sheet, cells.len(), delimiter));
            continue;
        }
        sheet.rows.push(Row { line, cells });
    }
    if !wrong.is_empty() {
        return Err(first(wrong, &sheet.name));
    }
    if sheet.headers.is_empty() {
        let message = format!("{} is empty", file.path);
        let problem = Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, 0..0), message);
        return Err(vec![
            problem.help("save the table anew; its first line is the header, which names the columns"),
        ]);
    }
    Ok(sheet)
}

/// The text of a file that is one.
fn text(file: &SourceFile) -> Result<&str, Vec<Diagnostic>> {
    const HELP: &str = "save it in a spreadsheet as “CSV UTF-8”, and import that";
    let is = |what: &str, help: &str| {
        let message = format!("{} is {what}", file.path);
        Err(vec![Diagnostic::error(UNREADABLE_IMPORT, Span::new(file.id, 0..0), message).help(help)])
    };
    if file.bytes.starts_with(b"PK\x03\x04") || file.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return is("a file of a spreadsheet program, not a table in text", HELP);
    }
    if file.bytes.starts_with(b"\xFF\xFE") || file.bytes.starts_with(b"\xFE\xFF") {
        return is("text in UTF-16, which some programs call “Unicode text”", HELP);
    }
    let text = problems::text(file)?;
    if text.contains('\0') {
        return is("no text: there are zero bytes in it", HELP);
    }
    Ok(text)
}

/// Some spreadsheets write the delimiter into a line of its own, before the header: `sep=;`.
fn given_delimiter(text: &str) -> (Option<u8>, usize) {
    let given = text.strip_prefix("sep=").and_then(|rest| {
        let delimiter = *rest.as_bytes().first().filter(|byte| byte.is_ascii())?;
        let end = rest[1..].strip_prefix('\r').unwrap_or(&rest[1..]).strip_prefix('\n')?;
        Some((Some(delimiter), text.len() - end.len()))
    });
    given.unwrap_or((None, 0))
}

/// What stands between the cells of the first line that has any: the comma, where nothing does.
fn delimiter(text: &str) -> u8 {
    const KNOWN: [u8; 3] = [b',', b';', b'\t'];
    let mut counts = [0; 3];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            byte if !quoted => {
                KNOWN.iter().zip(&mut counts).filter(|(known, _)| **known == byte).for_each(|(_, n)| *n += 1);
            }
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    KNOWN.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(b',', |(known, _)| known)
}

/// A cell without what nobody sees: white space around it, control characters, and the apostrophe before what would
/// else be a formula.
fn clean(cell: &str) -> String {
    let is_unseen = |c: char| {
        c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
    };
    let shown: String =
        cell.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\r') { ' ' } else { c }).collect();
    let shown = shown.trim_matches(is_unseen);
    let formula = shown.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    // An origin that is no record stands in such quotes.
    formula.filter(|rest| !rest.ends_with('\'')).unwrap_or(shown).to_owned()
}

/// What is wrong with the quotes of a line.
fn quotes(file: FileId, raw: &str, base: usize, delimiter: u8) -> Option<Diagnostic> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            at = bytes[at..]
                .iter()
                .position(|byte| *byte == delimiter)
                .map_or(bytes.len(), |next| at + next + 1);
            continue;
        }
        let open = at;
        let opened = Span::new(file, base + open..base + open + 1);
        let end = loop {
            at += 1;
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => {
                    let message = "a cell that begins with `\"` does not end";
                    let help = "end it with `\"`, and write quotation marks within it twice: `\"She said \"\"no\"\".\"`";
                    return Some(
                        Diagnostic::error(UNREADABLE_IMPORT, opened, message).label("begins here").help(help),
                    );
                }
                (Some(b'"'), Some(b'"')) => at += 1,
                (Some(b'"'), _) => break at + 1,
                _ => {}
            }
        };
        let next =
            bytes[end..].iter().position(|byte| *byte == delimiter).map_or(bytes.len(), |next| end + next);
        if bytes[end..next].iter().any(|byte| *byte != b' ') {
            let behind = Span::new(file, base + end - 1..base + end);
            let problem = Diagnostic::error(UNREADABLE_IMPORT, behind, "text stands behind the quotation mark that ends a cell")
                .label("the cell ends here")
                .help("write quotation marks within a cell twice, `\"She said \"\"no\"\".\"`, or let a spreadsheet save the table anew");
            let same_line = !raw[open..end].contains('\n');
            return Some(if same_line { problem } else { problem.also(opened, "and begins here") });
        }
        at = next + 1;
    }
    None
}

fn number_of_cells(
    file: FileId,
    range: Range<usize>,
    sheet: &Sheet,
    cells: usize,
    delimiter: u8,
) -> Diagnostic {
    let named = match delimiter {
        b'\t' => "a tab".to_owned(),
        other => format!("`{}`", char::from(other)),
    };
    let wanted = sheet.headers.len();
    let message = format!("this line has {}, the header has {wanted}", count(cells, "cell"));
    let help = match cells > wanted {
        true if sheet.headers.iter().filter(|header| !header.is_empty()).count() == 1 => {
            "the first line is taken for the header, which names the columns: take out lines above that"
                .to_owned()
        }
        true => format!("a cell with {named} in it stands in quotation marks: `\"one, two; three\"`"),
        false => format!(
            "write {named} for each cell that is empty; a cell with a line break in it stands in quotation marks"
        ),
    };
    Diagnostic::error(UNREADABLE_IMPORT, Span::new(file, range), message)
        .also(Span::new(file, sheet.head.clone()), "the header")
        .help(help)
}

/// The first of many problems, the last of which says how many more there are.
fn first(mut problems: Vec<Diagnostic>, name: &str) -> Vec<Diagnostic> {
    const TOLD: usize = 20;
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    if let (Some(last), true) = (problems.last_mut(), more > 0) {
        let help = last.help.take().unwrap_or_default();
        last.help = Some(format!("{help}; {} of {name} like these", count(more, "more line")));
    }
    problems
}

/// `1 cell`, `2 cells`
pub fn count(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn index(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Counts the lines up to places that come in order.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, place: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..place).unwrap_or(&[]);
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = place.max(self.at);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Sources;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_a_table_or_told(bytes in proptest::collection::vec(
            prop_oneof![Just(b','), Just(b';'), Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b'a'), any::<u8>()], 0..80
        )) {
            let mut sources = Sources::default();
            sources.insert("table.csv", bytes);
            let Some(file) = sources.iter().next() else { return Ok(()) };
            match read(file) {
                Ok(sheet) => {
                    let text = file.text().unwrap_or("");
                    prop_assert!(text.get(sheet.head.clone()).is_some());
                    prop_assert!(sheet.rows.iter().all(|row| row.cells.len() >= sheet.headers.len()));
                }
                Err(found) => prop_assert!(!found.is_empty()),
            }
        }
    }

    #[test]
    fn the_header_shows_what_stands_between_cells() {
        assert_eq!(delimiter("Name;Born, about;Party\na,b,c,d\n"), b';');
        assert_eq!(delimiter("\n\"a;b;c\",d"), b',');
        assert_eq!(delimiter("a\tb"), b'\t');
        assert_eq!(given_delimiter("sep=;\r\na;b"), (Some(b';'), 7));
        assert_eq!(given_delimiter("sep=é"), (None, 0));
    }

    #[test]
    fn what_nobody_sees_is_not_in_a_cell() {
        assert_eq!(clean(" \u{200F}آدا\u{A0}"), "آدا");
        assert_eq!(clean("'=1+1"), "=1+1");
        assert_eq!(clean("'unnamed officials'"), "'unnamed officials'");
    }
}
