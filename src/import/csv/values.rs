//! Cells -> the values of fields.

use serde_json::{Value, json};

use super::references::Found;
use super::{At, Reading};
use crate::diag::one_of;
use crate::import::text::{paragraphs, plain};
use crate::import::when::{self, Order};
use crate::model::Kind;
use crate::model::fields::Holds;
use crate::model::kinds::{OCCASION, PARTY, RELATION};

/// What a spreadsheet writes where it could not compute.
const ERRORS: [&str; 9] =
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#ERROR!"];

/// The items of a cell that holds several.
pub fn items(cell: &str) -> impl Iterator<Item = String> {
    let items = cell.split(';').map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "));
    items.filter(|item| !item.is_empty())
}

impl Reading<'_, '_> {
    /// A cell as the value of a field of a kind; nothing where it is none, which is told.
    pub fn value(&mut self, kind: Kind, path: &str, holds: Holds, cell: &str, at: &At) -> Option<Value> {
        if ERRORS.contains(&cell) {
            self.taken.lose(&at.record, path, cell, "an error of the spreadsheet");
            return None;
        }
        let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let field = path.rsplit('.').next().unwrap_or(path);
        let list = |items: Vec<Value>| (!items.is_empty()).then_some(Value::Array(items));
        let found = match (field, holds) {
            ("cite", _) => return list(self.citations_in(cell, at)),
            // Our own tables have keys where records are meant.
            ("by", Holds::Text) if !at.is_own => Ok(json!(self.maker(&line))),
            ("author" | "editor", _) if !at.is_own => {
                return list(items(cell).map(|name| json!(self.maker(&name))).collect());
            }
            ("maybe_same", _) => {
                let kinds = if kind == Kind::Relation { RELATION } else { OCCASION };
                let each = items(cell).filter_map(|one| Some(json!(self.key_of(path, &one, kinds, at)?)));
                return list(each.collect());
            }
            ("prose", _) => Ok(json!(paragraphs(cell))),
            ("country", _) => Ok(json!(line.to_uppercase())),
            ("lat" | "lon", _) => number(&line).ok_or("no number of degrees, such as 59.91".to_owned()),
            ("draft" | "withheld", _) => truth(&line).ok_or("neither true nor false".to_owned()),
            (_, Holds::Key(kinds)) => return self.key_of(path, cell, kinds, at).map(|key| json!(key)),
            (_, Holds::Markdown) => Ok(json!(plain(&line))),
            (_, Holds::Date) => date(cell, at.order, at.is_own).map(|date| json!(date)),
            (_, Holds::Word(section, known)) => {
                let written = line.to_lowercase().replace([' ', '_'], "-");
                let words = &self.input.words;
                let key = words.key(section, &line).or_else(|| words.key(section, &written));
                let known = known().into_iter().filter(|word| word.len() < 13).take(10);
                key.map(|key| json!(key)).ok_or_else(|| format!("no known word: there are {}", one_of(known)))
            }
            (_, Holds::OneOf(known)) => {
                let word = known().into_iter().find(|word| word.eq_ignore_ascii_case(&line));
                word.map(|word| json!(word))
                    .ok_or_else(|| format!("no known word: there are {}", one_of(known())))
            }
            (_, Holds::List(_) | Holds::Table(_)) => {
                return list(items(cell).map(|item| json!(item)).collect());
            }
            _ => Ok(json!(line)),
        };
        found.map_err(|why| self.taken.lose(&at.record, path, cell, why)).ok()
    }

    /// Who made a source: a person or group that is a record, else what is written.
    fn maker(&self, name: &str) -> String {
        match self.known.find(&self.taken.keys, name, PARTY) {
            Found::One(kind, key) => format!("{}/{key}", kind.plural()),
            Found::Several | Found::None => name.to_owned(),
        }
    }
}

/// A date as EDTF, or why it is none.
pub fn date(cell: &str, order: Option<Order>, is_own: bool) -> Result<String, String> {
    let text = latin_digits(cell.trim());
    if is_own {
        return when::iso(&text).ok_or_else(|| "no date".to_owned());
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_numbers = parts.iter().all(is_number);
    // `2023/6/14` can only be read so.
    let year_first = match parts.as_slice() {
        [year, month, day] if is_numbers && year.len() == 4 => when::iso(&format!("{year}-{month}-{day}")),
        _ => None,
    };
    let found = year_first.or_else(|| when::iso(&text)).or_else(|| when::numbers(&text, order));
    let year: Option<u32> = found.as_deref().and_then(|date| date.get(..4)?.parse().ok());
    const OTHER_CALENDAR: &str = "a year of another calendar? meetings and events have `date_original.date` and \
                                  `date_original.calendar` for it; elsewhere write the year of the common era";
    const FORM: &str = "no date that can be read: write 2023-06-14, 2023-06 or 2023";
    const NO_DAY: &str = "there is no such day in the calendar";
    match (found, parts.as_slice()) {
        (Some(_), [_, _, ..]) if year.is_some_and(|year| (1200..1500).contains(&year)) => {
            Err(OTHER_CALENDAR.to_owned())
        }
        (Some(date), _) => Ok(date),
        (None, [year, _, _]) if is_numbers && year.len() == 4 => match year.parse::<u32>() {
            Ok(1200..1500) => Err(OTHER_CALENDAR.to_owned()),
            _ => Err(NO_DAY.to_owned()),
        },
        (None, [_, _, year]) if is_numbers && text.contains('/') && order.is_none() && year.len() == 4 => {
            Err("the day first, or the month? say it with `--dates day-first` or `--dates month-first`"
                .to_owned())
        }
        (None, [_, _, year]) if is_numbers && year.len() == 2 => {
            Err("a year of two digits: write all four".to_owned())
        }
        (None, [_, _, year]) if is_numbers && year.len() == 4 && !text.contains('-') => {
            Err(NO_DAY.to_owned())
        }
        (None, [only]) if is_numbers && only.len() == 5 => {
            Err("a number in the place of a date: give the column the format 2023-06-14 in the spreadsheet"
                .to_owned())
        }
        _ => Err(FORM.to_owned()),
    }
}

/// Arabic and Persian digits as Latin ones.
fn latin_digits(text: &str) -> String {
    let digit = |c: char| {
        let zero = [0x660, 0x6F0].into_iter().find(|zero| (*zero..*zero + 10).contains(&(c as u32)))?;
        char::from_digit(c as u32 - zero, 10)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// A number, with a point or a comma.
pub fn number(text: &str) -> Option<Value> {
    let text = text.replace('−', "-").replacen(',', ".", 1);
    let number: f64 = text.trim_end_matches('°').trim().parse().ok()?;
    number.is_finite().then(|| json!(number))
}

fn truth(text: &str) -> Option<Value> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Some(json!(true)),
        "false" | "no" | "0" => Some(json!(false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_where_it_can_mean_one_day_only() {
        let found = |text: &str| date(text, None, false).unwrap_or_default();
        assert_eq!(found("2023/6/14"), "2023-06-14");
        assert_eq!(found("14.6.2023"), "2023-06-14");
        assert_eq!(found("۲۰۲۳-۰۶-۱۴"), "2023-06-14");
        assert_eq!(found("2023-06-14 00:00:00"), "2023-06-14");
        assert_eq!(found("4/6/2023"), "");
        assert_eq!(found("1402/03/24"), "");
        assert_eq!(found("4/6/23"), "");
        assert_eq!(date("4/6/2023", Some(Order::MonthFirst), false).unwrap(), "2023-04-06");
        assert_eq!(found("[..2023-04]"), "[..2023-04]");
        assert_eq!(found("2019/2021"), "2019/2021");
    }

    #[test]
    fn of_what_is_no_date_it_is_said_why() {
        let why = |text: &str| date(text, None, false).unwrap_err();
        for text in ["2023-02-31", "2023/2/31", "31.2.2023", "2023-13-01"] {
            assert_eq!(why(text), "there is no such day in the calendar", "{text}");
        }
        assert!(
            date("31/2/2023", Some(Order::DayFirst), false).unwrap_err().starts_with("there is no such day")
        );
        assert!(why("1402-02-31").starts_with("a year of another calendar?"));
        assert!(why("4/6/23").starts_with("a year of two digits"));
        assert!(why("31/2/2023").starts_with("the day first, or the month?"));
    }

    #[test]
    fn a_number_has_a_point_or_a_comma() {
        assert_eq!(number("59,91"), Some(json!(59.91)));
        assert_eq!(number("-33.9°"), Some(json!(-33.9)));
        assert_eq!(number("59 N"), None);
        assert_eq!(number("NaN"), None);
    }
}
