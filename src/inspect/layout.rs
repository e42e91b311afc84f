//! Cells -> lines of a table, within a width where there is one.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::columns::{Column, Shown};
use super::fields::Field;
use super::list::List;
use crate::diag::visible;

/// What stands between two columns.
const GAP: usize = 2;
/// Down to what a column is cut, and one whose texts take several lines is narrowed: first while there are others that
/// can be left out, then when there are none.
const LEAST: [(usize, usize); 2] = [(12, 18), (6, 10)];

/// A table under construction: what of it is shown.
struct Plan<'l> {
    columns: Vec<(&'l str, Shown, Vec<String>)>,
    /// The heads of those that are left out.
    dropped: Vec<&'l str>,
    widths: Vec<usize>,
    is_cut: bool,
}

/// A list as a table, with what it found at its foot. A `width` is that of a terminal; without one nothing is cut.
pub fn table(list: &List, width: Option<usize>) -> String {
    let mut out = String::new();
    let mut foot = vec![list.foot()];
    if !list.rows.is_empty() {
        let mut plan = plan(list);
        plan.fit(width.unwrap_or(usize::MAX));
        plan.write(&mut out);
        out.push('\n');
        foot.extend(plan.told());
    }
    foot.extend(list.notes.iter().cloned());
    for line in foot {
        out.push_str(&visible(&line));
        out.push('\n');
    }
    out
}

fn plan(list: &List) -> Plan<'_> {
    let marks: Vec<String> = list.rows.iter().map(|row| row.mark()).collect();
    let mark = ("", Shown::Always(""), marks);
    let column = |(at, column): (usize, &Column)| {
        let cell =
            |row: &super::list::Row| row.cells.get(at).map_or_else(String::new, |cell| cell.text(", "));
        let cells = list.rows.iter().map(|row| clean(&cell(row)).into_owned()).collect();
        column.shown.head().map(|head| (head, column.shown, cells))
    };
    let columns = std::iter::once(mark)
        .chain(list.columns.iter().enumerate().filter_map(column))
        .filter(|(_, _, cells): &(_, _, Vec<String>)| cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    Plan { columns, dropped: Vec::new(), widths: Vec::new(), is_cut: false }
}

/// A cell fit for a terminal.
fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\t']) {
        Cow::Owned(visible(text).replace(['\n', '\t'], " "))
    } else {
        visible(text)
    }
}

impl Plan<'_> {
    fn total(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP * self.widths.len().saturating_sub(1)
    }

    fn natural(&self) -> Vec<usize> {
        let width = |(head, _, cells): &(&str, Shown, Vec<String>)| {
            cells.iter().map(|cell| cell.width()).max().max(Some(head.width()))
        };
        self.columns.iter().map(|column| width(column).unwrap_or(0)).collect()
    }

    /// Cuts what can be cut, the widest first; then leaves out what matters least, and begins anew.
    fn fit(&mut self, room: usize) {
        let [mut least, last] = LEAST;
        loop {
            self.widths = self.natural();
            let natural = self.widths.clone();
            while self.total() > room {
                let to = |at: usize| match self.columns[at].1 {
                    Shown::Cut(..) => least.0,
                    Shown::Wrapped(_) => least.1,
                    Shown::Always(_) | Shown::Whole(..) | Shown::Never => usize::MAX,
                };
                let cut = |at: &usize| self.widths[*at] > to(*at);
                match (0..self.columns.len()).filter(cut).max_by_key(|at| self.widths[*at]) {
                    Some(at) => self.widths[at] -= 1,
                    None => break,
                }
            }
            let is_cut =
                |at: usize| matches!(self.columns[at].1, Shown::Cut(..)) && self.widths[at] < natural[at];
            self.is_cut = (0..self.columns.len()).any(is_cut);
            if self.total() <= room {
                return;
            }
            let rank = |at: &usize| match self.columns[*at].1 {
                Shown::Whole(_, rank) | Shown::Cut(_, rank) => rank,
                Shown::Always(_) | Shown::Wrapped(_) | Shown::Never => 0,
            };
            match (0..self.columns.len()).filter(|at| rank(at) > 0).max_by_key(rank) {
                Some(at) => self.dropped.push(self.columns.remove(at).0),
                None if least == last => return,
                None => least = last,
            }
        }
    }

    fn write(&self, out: &mut String) {
        let heads: Vec<&str> = self.columns.iter().map(|(head, ..)| *head).collect();
        self.line(out, &heads);
        let rules: Vec<String> = self.widths.iter().map(|width| "─".repeat(*width)).collect();
        self.line(out, &rules.iter().map(String::as_str).collect::<Vec<_>>());
        let rows = self.columns.first().map_or(0, |(_, _, cells)| cells.len());
        for row in 0..rows {
            let cells: Vec<Vec<String>> = self
                .columns
                .iter()
                .zip(&self.widths)
                .map(|((_, shown, cells), width)| {
                    let cell = cells.get(row).map_or("", String::as_str);
                    match shown {
                        Shown::Wrapped(_) => wrapped(cell, Some(*width)),
                        _ => vec![cell.to_owned()],
                    }
                })
                .collect();
            for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let line: Vec<&str> =
                    cells.iter().map(|cell| cell.get(at).map_or("", String::as_str)).collect();
                self.line(out, &line);
            }
        }
    }

    fn line(&self, out: &mut String, cells: &[&str]) {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(&self.widths) {
            let (text, taken) = cut(cell, *width);
            line.push_str(&left_to_right(&text));
            line.push_str(&" ".repeat(width - taken.min(*width) + GAP));
        }
        out.push_str(line.trim_end_matches(' '));
        out.push('\n');
    }

    /// What a reader of the table does not see.
    fn told(&self) -> Option<String> {
        let cut = self.is_cut.then(|| "cut to the width of the terminal".to_owned());
        let dropped = (!self.dropped.is_empty()).then(|| format!("without {}", self.dropped.join(", ")));
        let told: Vec<String> = [cut, dropped].into_iter().flatten().collect();
        (!told.is_empty()).then(|| format!("{}: `--format csv` has everything", told.join(", ")))
    }
}

/// The text in so many columns of a terminal at most, and how many it takes.
pub fn cut(text: &str, width: usize) -> (Cow<'_, str>, usize) {
    let whole = text.width();
    if whole <= width {
        return (Cow::Borrowed(text), whole);
    }
    let mut short = String::new();
    let mut taken = 0;
    for grapheme in text.graphemes(true) {
        let more = grapheme.width();
        if taken + more + 1 > width {
            break;
        }
        taken += more;
        short.push_str(grapheme);
    }
    // A space before the mark says nothing.
    let kept = short.trim_end().len();
    taken -= short[kept..].width();
    short.truncate(kept);
    short.push('…');
    (Cow::Owned(short), taken + 1)
}

/// A text that is written from right to left, between marks that keep what stands beside it in its place (Unicode UAX 9).
fn left_to_right(text: &str) -> Cow<'_, str> {
    const MARK: char = '\u{200E}';
    if text.contains(is_right_to_left) {
        Cow::Owned(format!("{MARK}{text}{MARK}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Letters of Hebrew, Arabic and the scripts beside them, and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Fields under each other, each value on lines of its own behind the label.
pub fn labelled(fields: &[Field], width: Option<usize>) -> Vec<String> {
    let labels = fields.iter().map(|field| clean(&field.label).width()).max().unwrap_or(0);
    let room = width.map(|width| width.saturating_sub(labels + GAP).max(LEAST[0].0));
    let mut out = Vec::new();
    for field in fields {
        let mut label = clean(&field.label).into_owned();
        for line in field.values.iter().flat_map(|value| wrapped(value, room)) {
            let space = " ".repeat(labels - label.width() + GAP);
            out.push(format!("{label}{space}{}", left_to_right(&line)));
            label.clear();
        }
    }
    out
}

/// A text in lines of so many columns; a word that is wider has a line of its own.
pub fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let text = clean(text);
    let Some(width) = width else { return vec![text.into_owned()] };
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_and_marks_are_counted_as_terminals_show_them() {
        assert_eq!(cut("東京会談", 8), (Cow::Borrowed("東京会談"), 8));
        assert_eq!(cut("東京会談", 7), (Cow::Owned("東京会…".to_owned()), 7));
        assert_eq!(cut("東京会談", 6), (Cow::Owned("東京…".to_owned()), 5));
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), (Cow::Owned("e\u{301}…".to_owned()), 2));
        assert_eq!(cut("one two three", 8).0, "one two…");
        assert_eq!(cut("one two three", 5).0, "one…");
    }

    #[test]
    fn lines_are_no_wider_than_asked() {
        assert_eq!(wrapped("one two three", Some(7)), ["one two", "three"]);
        assert_eq!(wrapped("extraordinary one", Some(7)), ["extraordinary", "one"]);
        assert_eq!(wrapped("one two", None), ["one two"]);
    }
}
