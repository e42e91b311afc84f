//! A former key -> the field `moved_from` of a record, at its place in the TOML of the record.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::statements::{Field, Statement, key, statements};
use crate::parse::literal;

/// The place of an edit in a text, and what is to stand there.
type Change = (Range<usize>, String);

/// Who is moved, and in what text.
pub struct Moved<'t> {
    /// The TOML of a file, or of its front matter.
    pub toml: &'t str,
    /// The key of the table that is the record, as it is and as it will be; none where the whole text is.
    pub table: Option<(&'t str, &'t str)>,
    /// What is put into the list of former keys, and what has no place there any more.
    pub old: &'t str,
    pub new: &'t str,
}

impl Moved<'_> {
    /// The changes that leave the former key.
    pub fn changes(&self) -> Vec<Change> {
        let (document, _) = DeTable::parse_recoverable(self.toml);
        let document = document.into_inner();
        let record = match self.table {
            Some((table, _)) => document.get(table).and_then(|record| record.get_ref().as_table()),
            None => Some(&document),
        };
        match record.and_then(|record| record.get("moved_from")) {
            Some(list) => self.added(list.span(), list.get_ref()),
            None => vec![self.begun()],
        }
    }

    /// The former key in a list that is there.
    fn added(&self, span: Range<usize>, list: &DeValue) -> Vec<Change> {
        let items: Vec<_> = match list {
            DeValue::Array(items) => items.iter().map(|item| (item.span(), item.get_ref())).collect(),
            one => vec![(span.clone(), one)],
        };
        // What it is called again is no former key.
        if let Some((item, _)) = items.iter().find(|(_, item)| item.as_str() == Some(self.new)) {
            let inside = literal::inside(&self.toml[item.clone()]).unwrap_or(0..item.len());
            return vec![(item.start + inside.start..item.start + inside.end, self.old.to_owned())];
        }
        match (list.is_array(), items.last()) {
            (true, None) => vec![(span.start + 1..span.start + 1, quoted(self.old))],
            (true, Some((last, _))) => {
                let before = &self.toml[..last.start];
                let indent = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
                let own_line = indent.trim().is_empty() && before[span.start..].contains('\n');
                let space = if own_line { format!("{}{indent}", self.newline()) } else { " ".to_owned() };
                vec![(last.end..last.end, format!(",{space}{}", quoted(self.old)))]
            }
            (false, _) => vec![
                (span.start..span.start, "[".to_owned()),
                (span.end..span.end, format!(", {}]", quoted(self.old))),
            ],
        }
    }

    /// The list, where there is none.
    fn begun(&self) -> Change {
        let new_field = format!("moved_from = [{}]", quoted(self.old));
        let statements = statements(self.toml);
        let mut own: Vec<&Field> = Vec::new();
        let mut head: Option<&Range<usize>> = None;
        let mut part: Option<&Range<usize>> = None;
        let mut dotted = false;
        // Where the fields are those of the record.
        let mut inside = self.table.is_none();
        let mut at_root = true;
        for statement in &statements {
            match statement {
                Statement::Head { keys, range } => {
                    at_root = false;
                    let names: Vec<&str> = keys.iter().map(|range| key(self.toml, range)).collect();
                    let is_own = self.table.is_some_and(|(table, _)| names.first() == Some(&table));
                    inside = is_own && names.len() == 1;
                    if inside {
                        head = Some(range);
                    } else if is_own {
                        part = part.or(Some(range));
                    }
                }
                Statement::Field(field) if inside => own.push(field),
                Statement::Field(field) if at_root => {
                    let Some((table, _)) = self.table else { continue };
                    let name = field.keys.first().map(|range| key(self.toml, range));
                    if name != Some(table) {
                        continue;
                    }
                    if field.keys.len() == 1 {
                        return self.in_braces(field, &new_field);
                    }
                    dotted = true;
                    own.push(field);
                }
                Statement::Field(_) => {}
            }
        }
        let prefix = match (self.table, dotted) {
            (Some((_, new)), true) => format!("{new}."),
            _ => String::new(),
        };
        let at = usize::from(dotted);
        let is_cite =
            |field: &&&Field| field.keys.get(at).is_some_and(|range| key(self.toml, range) == "cite");
        let after = own.iter().rev().find(|field| !is_cite(field)).map(|field| field.value.end);
        match (after.or(head.map(|head| head.end)), part) {
            (Some(after), _) => self.line_after(after, &format!("{prefix}{new_field}")),
            (None, Some(part)) if own.is_empty() => {
                let new = self.table.map_or("", |(_, new)| new);
                let start = self.toml[..part.start].rfind('\n').map_or(0, |at| at + 1);
                let newline = self.newline();
                (start..start, format!("[{new}]{newline}{new_field}{newline}{newline}"))
            }
            // Only what it rests on is said; or nothing at all.
            _ => {
                let start = own.first().map_or(0, |field| field.start());
                (start..start, format!("{prefix}{new_field}{}", self.newline()))
            }
        }
    }

    fn in_braces(&self, field: &Field, new: &str) -> Change {
        let (at, is_comma) = field.last;
        let is_empty = at == field.value.start + 1;
        let comma = if is_comma || is_empty { "" } else { "," };
        (at..at, format!("{comma} {new}{}", if is_empty { " " } else { "" }))
    }

    /// A line of its own behind the one that ends after `at`.
    fn line_after(&self, at: usize, line: &str) -> Change {
        let newline = self.newline();
        match self.toml[at..].find('\n') {
            Some(end) => (at + end + 1..at + end + 1, format!("{line}{newline}")),
            None => (self.toml.len()..self.toml.len(), format!("{newline}{line}{newline}")),
        }
    }

    fn newline(&self) -> &'static str {
        newline(self.toml)
    }
}

/// The line ends of a text.
pub fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn quoted(key: &str) -> String {
    format!("\"{key}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(toml: &str, table: Option<(&str, &str)>) -> String {
        let moved = Moved { toml, table, old: "ada", new: "bea" };
        let mut text = toml.to_owned();
        for (range, new) in moved.changes().into_iter().rev() {
            text.replace_range(range, &new);
        }
        text
    }

    #[test]
    fn a_former_key_is_left_wherever_a_record_is_written() {
        let table = Some(("ada", "bea"));
        let cases = [
            ("[ada]\nname = \"A\" # n\n\n[x]\n", "[ada]\nname = \"A\" # n\nmoved_from = [\"ada\"]\n\n[x]\n"),
            (
                "[ada]\nname = \"A\"\n# why\ncite = \"h\"",
                "[ada]\nname = \"A\"\nmoved_from = [\"ada\"]\n# why\ncite = \"h\"",
            ),
            ("[ada]\r\nname = \"A\"", "[ada]\r\nname = \"A\"\r\nmoved_from = [\"ada\"]\r\n"),
            ("[ada]\n[ada.names]\nfa = \"x\"\n", "[ada]\nmoved_from = [\"ada\"]\n[ada.names]\nfa = \"x\"\n"),
            ("[ada.ids]\nq = \"x\"\n", "[bea]\nmoved_from = [\"ada\"]\n\n[ada.ids]\nq = \"x\"\n"),
            (
                "ada.name = \"A\"\nx.name = \"X\"\n",
                "ada.name = \"A\"\nbea.moved_from = [\"ada\"]\nx.name = \"X\"\n",
            ),
            ("ada = { name = \"A\" }\n", "ada = { name = \"A\", moved_from = [\"ada\"] }\n"),
            ("ada = {}\n", "ada = { moved_from = [\"ada\"] }\n"),
            ("[ada]\nmoved_from = \"x\"\n", "[ada]\nmoved_from = [\"x\", \"ada\"]\n"),
            ("[ada]\nmoved_from = [\n  'x', # c\n]\n", "[ada]\nmoved_from = [\n  'x',\n  \"ada\", # c\n]\n"),
            ("[ada]\nmoved_from = []\n", "[ada]\nmoved_from = [\"ada\"]\n"),
            ("[ada]\nmoved_from = ['bea', 'x']\n", "[ada]\nmoved_from = ['ada', 'x']\n"),
        ];
        for (before, after) in cases {
            assert_eq!(moved(before, table), after);
        }
        assert_eq!(moved("title = \"A\"\n", None), "title = \"A\"\nmoved_from = [\"ada\"]\n");
        assert_eq!(moved("cite = \"h\"\n", None), "moved_from = [\"ada\"]\ncite = \"h\"\n");
        assert_eq!(moved("", None), "moved_from = [\"ada\"]\n");
        assert_eq!(moved("[ids]\nq = \"x\"\n", None), "moved_from = [\"ada\"]\n[ids]\nq = \"x\"\n");
    }
}
