//! Dates that are written in numbers alone.

use super::{EITHER, NO_DATE, SHORT_YEAR};
use crate::model::date::Date;

/// The date in three numbers that a text begins with: how long it is, and the date, or why it is left open. Whether the day
/// or the month comes first is only known where one of them can be no month.
pub fn in_numbers(text: &str) -> Option<(usize, Result<String, &'static str>)> {
    let len = text.find(|c: char| !c.is_ascii_digit())?;
    let mark = text[len..].chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = text.splitn(3, mark);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let third = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
    let mut behind = rest[third.len()..].chars();
    let next = behind.next();
    let goes_on = next.is_some_and(char::is_alphanumeric)
        || next == Some(mark) && behind.next().is_some_and(char::is_alphanumeric);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if goes_on || ![first, second, third].into_iter().all(is_number) {
        return None;
    }
    let len = first.len() + second.len() + third.len() + 2;
    let number = |part: &str| part.parse::<u8>().ok();
    let written = |year: &str, month: u8, day: u8| {
        let edtf = format!("{year}-{month:02}-{day:02}");
        if Date::parse(&edtf).is_ok() { Ok(edtf) } else { Err(NO_DATE) }
    };
    let read = match [first.len(), second.len(), third.len()] {
        // With hyphens it is EDTF.
        [4, 1 | 2, 1 | 2] if mark != '-' && first >= "1000" => {
            written(first, number(second)?, number(third)?)
        }
        [1 | 2, 1 | 2, 4] if third >= "1000" => match (number(first)?, number(second)?) {
            (day, month) if day == month => written(third, month, day),
            (day, month) if day > 12 => written(third, month, day),
            (month, day) if day > 12 => written(third, month, day),
            _ => Err(EITHER),
        },
        [1 | 2, 1 | 2, 2] if mark == '/' => Err(SHORT_YEAR),
        _ => return None,
    };
    Some((len, read))
}

pub fn is_iso(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [4, 2] | [4, 2, 2])
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && Date::parse(word).is_ok_and(|date| date.text().len() == word.len())
        // `2023-21` is a season to us, and a span of years to most.
        && word.get(5..7).is_some_and(|month| month <= "12")
}
