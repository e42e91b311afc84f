//! Text that is not a date becomes an error: which part of it is wrong, in plain words, and, where
//! one can be guessed, the date to write instead. A guess is given only if it is itself valid.

use std::ops::Range;

use super::DateError;
use super::day::{Day, days_in};
use super::read::{Refusal, pieces, read};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that say that there is no date.
const NONE: [&str; 10] =
    ["?", "??", "unknown", "undated", "n.d.", "n/a", "none", "null", "tbd", "not reported"];

/// Changes that may make a date of the text, and what was wrong without each. They build on one
/// another: spaces go first, and swapping the ends makes sense only at the end.
type Change = fn(&str) -> Option<String>;
const CHANGES: [(Change, &str); 13] = [
    (trim, "there is a space before or after the date"),
    (ascii, "dates use the digits 0 to 9 and the plain hyphen"),
    (cut_time, "a date here has no time of day"),
    (read_words, "dates are written in figures, with `~` after them for about and `?` for perhaps"),
    (close_up, "a date has no spaces in it"),
    (end_words, "an open end is written `..`, and an unknown one left empty"),
    (brackets, "one of several dates is written in square brackets"),
    (old_marks, "EDTF marks are `X` for an unknown digit, `%` for `~` and `?` together"),
    (reorder, "dates are written year-month-day, with two digits each for month and day"),
    (unknown_digits, "an unknown digit is written as `X`"),
    (zero_parts, "a month or day that is not known is left out, not written `00`"),
    (complete_end, "both ends of an interval are written in full"),
    (swap_ends, "this ends before it starts"),
];

/// The error for a text that [`read`] refused.
pub(super) fn explain(text: &str, refusal: Refusal) -> DateError {
    let (offset, message) = match refusal {
        Refusal::Unsupported(error) => return error,
        Refusal::Time => (0, "a date here has no time of day"),
        Refusal::Invalid { offset, message } => (offset, message),
    };
    let error = |range, message: &str, help| DateError { range, message: message.into(), help };
    let plain = text.trim().to_lowercase();
    if plain.is_empty() || NONE.contains(&plain.as_str()) {
        let help = "leave the field out where no date is known; a meeting or event then says `date = \"\"`"
            .to_string();
        return error(0..text.len(), "there is no date here", Some(help));
    }
    let mut candidate = text.to_string();
    let mut found = None;
    // Nobody means a date by a long text, and guessing takes more than linear time.
    for (change, wrong) in CHANGES.into_iter().filter(|_| text.len() < 200) {
        if let Some((message, help)) = two_readings(&candidate) {
            return error(0..text.len(), found.unwrap_or(message), Some(help));
        }
        if let Some(changed) = change(&candidate).filter(|changed| *changed != candidate) {
            candidate = changed;
            let message = *found.get_or_insert(wrong);
            if read(&candidate).is_ok() {
                return error(difference(text, &candidate), message, Some(write(&candidate)));
            }
        }
    }
    let mut error = part_at_fault(text, offset).unwrap_or_else(|| {
        if text.contains(|c: char| !c.is_ascii_digit() && !"XY-?~%[],/.".contains(c)) {
            return error(0..text.len(), "this is not a date that can be read", None);
        }
        let end = offset + usize::from(offset < text.len());
        error(offset..end, message, None)
    });
    let help = "write a day as `2023-06-14`, a month as `2023-06`, a year as `2023`";
    error.help.get_or_insert(help.to_string());
    error
}

fn write(text: &str) -> String {
    format!("write `{text}`")
}

/// What two texts do not share at their start and end, as bytes of the first, out to the ends of
/// the numbers and words it cuts.
fn difference(text: &str, other: &str) -> Range<usize> {
    let same = |(a, b): &(char, char)| a == b;
    let bytes = |run: Vec<(char, char)>| run.iter().map(|(a, _)| a.len_utf8()).sum::<usize>();
    let start = bytes(text.chars().zip(other.chars()).take_while(same).collect());
    let (rest, other) = (&text[start..], other.get(start..).unwrap_or_default());
    let end = bytes(rest.chars().rev().zip(other.chars().rev()).take_while(same).collect());
    let (mut start, mut end) = (start, text.len() - end);
    let byte = |at: usize| text.as_bytes().get(at).copied().unwrap_or(b' ');
    let nothing = start == end;
    let grows = |inside: u8, outside: u8| match (inside, outside) {
        _ if nothing => outside.is_ascii_alphanumeric(),
        (b'0'..=b'9', b'0'..=b'9') => true,
        _ => inside.is_ascii_alphabetic() && outside.is_ascii_alphabetic(),
    };
    while start > 0 && grows(byte(start), byte(start - 1)) {
        start -= 1;
    }
    while end < text.len() && grows(byte(end.saturating_sub(1)), byte(end)) {
        end += 1;
    }
    start..end
}

/// Text that may mean either of two dates: which, and for what.
fn two_readings(text: &str) -> Option<(&'static str, String)> {
    let choice = |a: String, for_a: &str, b: String, for_b: &str| {
        let both = read(&a).is_ok() && read(&b).is_ok();
        both.then(|| format!("write `{a}` {for_a}, or `{b}` {for_b}"))
    };
    let all = "for all of that time";
    let some = "for some day in it";
    if let Some((from, to)) = text
        .split_once("..")
        .filter(|(from, to)| !from.is_empty() && !to.is_empty())
        .filter(|_| !text.contains(['[', '/', '{']))
    {
        let help = choice(format!("{from}/{to}"), all, format!("[{text}]"), some)?;
        return Some(("`..` between dates needs square brackets", help));
    }
    let groups: Vec<&str> = text.split(['-', '/']).collect();
    if !groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |group: &str| group.parse::<usize>().unwrap_or(0);
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    match (&groups[..], &lengths[..]) {
        ([from, to], [4, 4]) if text.contains('-') => {
            let help = choice(format!("{from}/{to}"), all, format!("[{from}..{to}]"), some)?;
            Some(("a hyphen does not join two years", help))
        }
        ([from, to], [4, 2]) if text.contains('/') && number(to) == number(from) % 100 + 1 => {
            let next = number(from) + 1;
            let month = MONTHS.get(number(to).checked_sub(1)?)?;
            let for_month = format!("for {month} {from}");
            let help = choice(format!("{from}-{to}"), &for_month, format!("{from}/{next:04}"), all)?;
            Some(("this may be a month or two years", help))
        }
        ([a, b, year], [1..=2, 1..=2, 4]) if number(a) != number(b) => {
            let date = |month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
            let name = |month: &str, day: &str| {
                Some(format!("for {} {}", number(day), MONTHS.get(number(month).checked_sub(1)?)?))
            };
            let help = choice(date(b, a), &name(b, a)?, date(a, b), &name(a, b)?)?;
            Some(("this may be two different days", help))
        }
        _ => None,
    }
}

fn trim(text: &str) -> Option<String> {
    Some(text.trim().to_string())
}

fn ascii(text: &str) -> Option<String> {
    // The zeros of the digits most likely to be typed: Arabic, Persian and Urdu, N'Ko,
    // Devanagari, Bengali, Thai, full width.
    const ZEROS: [u32; 7] = [0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xE50, 0xFF10];
    let plain = |c: char| {
        let digit = |zero: &u32| u32::from(c).checked_sub(*zero).filter(|digit| *digit < 10);
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' => "-".to_string(),
            '\u{2026}' => "..".to_string(),
            _ if c.is_whitespace() => " ".to_string(),
            _ => match ZEROS.iter().find_map(digit) {
                Some(digit) => digit.to_string(),
                None => c.to_string(),
            },
        }
    };
    Some(text.chars().map(plain).collect())
}

fn cut_time(text: &str) -> Option<String> {
    let cut = |part: &str| {
        let time = part.char_indices().find(|(at, c)| {
            let digits = part[at + c.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
            let after = part.as_bytes().get(at + 1 + digits);
            matches!(c, 'T' | 't' | ' ')
                && part[..*at].ends_with(|before: char| before.is_ascii_digit())
                && (1..=2).contains(&digits)
                && matches!((c, after), (_, Some(b':')) | ('T' | 't', None))
        });
        part[..time.map_or(part.len(), |(at, _)| at)].to_string()
    };
    Some(text.split('/').map(cut).collect::<Vec<_>>().join("/"))
}

/// English words: `ca. June 2023`, `June or July 2023`, `18-21 October 2022`.
fn read_words(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if lower.contains("..") || lower.contains(['/', '[', '{']) {
        return None;
    }
    let two = |separator: &str| {
        let (from, to) = lower.split_once(separator)?;
        let from = from.trim_start_matches("between ").trim_start_matches("from ");
        // What the first leaves out stands in the second: `March to May 2023`.
        let shared = to.match_indices(' ').map(|(at, _)| format!("{from}{}", &to[at..]));
        let mut readings = std::iter::once(from.to_string()).chain(shared);
        let from = readings.find_map(|from| read_phrase(&from))?;
        let to = read_phrase(to)?;
        Some(if separator == " or " { format!("[{from},{to}]") } else { format!("{from}..{to}") })
    };
    // A hyphen without spaces joins only words: the parts of a date have it too.
    let hyphen = if lower.contains(char::is_alphabetic) { "-" } else { " - " };
    let separators = [" or ", " to ", " and ", " until ", " - ", hyphen];
    read_phrase(&lower).or_else(|| separators.into_iter().find_map(two))
}

/// One date in small letters: `14 june 2023`, `after 2020`, `spring 2023`, `1990s`; and marks that
/// stand apart, `2023 ?`.
fn read_phrase(text: &str) -> Option<String> {
    let (mut year, mut month, mut day, mut whole) = (None, None, None, None);
    let (mut approximate, mut uncertain, mut around) = (false, false, Around::Nothing);
    let mut not = false;
    for word in text.split([' ', ',', '.', '(', ')']) {
        uncertain |= word.ends_with('?');
        let word = word.strip_suffix('?').unwrap_or(word);
        let word =
            ["mid-", "early-", "late-"].iter().find_map(|part| word.strip_prefix(part)).unwrap_or(word);
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
        let number = ordinal.unwrap_or(word);
        let digits = if number.bytes().all(|b| b.is_ascii_digit()) { number.len() } else { 0 };
        match (word, digits) {
            ("" | "in" | "on" | "of" | "the", _) => {}
            ("about" | "ca" | "c" | "circa" | "around" | "approx" | "approximately", _) => {
                approximate = true;
            }
            ("maybe" | "perhaps" | "possibly" | "probably" | "uncertain", _) => uncertain = true,
            ("no" | "not", _) => not = true,
            ("than" | "early" | "mid" | "late" | "beginning" | "start" | "middle" | "end", _) => {}
            ("before" | "earlier", _) => around = if not { Around::From } else { Around::Before },
            ("after" | "later", _) => around = if not { Around::Until } else { Around::After },
            ("by" | "until", _) => around = Around::Until,
            ("since" | "from", _) => around = Around::Since,
            (_, 1..=2) if day.is_none() => day = Some(number),
            (_, 4) if year.is_none() => year = Some(number.to_string()),
            _ if month.is_none() && month_of(word).is_some() => month = month_of(word),
            // Of `1900s` nobody knows whether it is ten years or a hundred.
            _ if year.is_none() && word.len() == 5 && word.ends_with("0s") && !word.ends_with("00s") => {
                year = word.get(..3).map(|decade| format!("{decade}X"));
            }
            _ if whole.is_none() => {
                whole = Some(word.to_uppercase()).filter(|word| read(word).is_ok());
                whole.as_ref()?;
            }
            _ => return None,
        }
    }
    let date = match (whole, year, month, day) {
        (Some(whole), None, None, None) => whole,
        (None, Some(year), Some(month), Some(day)) => format!("{year}-{month:02}-{day:0>2}"),
        (None, Some(year), Some(month), None) => format!("{year}-{month:02}"),
        (None, Some(year), None, None) => year,
        _ => return None,
    };
    let mark = match (approximate, uncertain) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    // Before May is in April at the latest. What is in doubt anyway, or no month, has no neighbour to name.
    let beside = |by: i64| if mark.is_empty() { neighbour(&date, by) } else { Some(format!("{date}{mark}")) };
    Some(match around {
        Around::Nothing => format!("{date}{mark}"),
        Around::Before => format!("[..{}]", beside(-1)?),
        Around::After => format!("[{}..]", beside(1)?),
        Around::Until => format!("[..{date}{mark}]"),
        Around::From => format!("[{date}{mark}..]"),
        Around::Since => format!("{date}{mark}/.."),
    })
}

/// What a word before a date makes of it.
enum Around {
    Nothing,
    Before,
    After,
    /// That day, month or year at the latest, or at the earliest.
    Until,
    From,
    Since,
}

/// The year, month or day before or after one.
fn neighbour(date: &str, by: i64) -> Option<String> {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |at: usize| parts.get(at)?.parse::<u8>().ok();
    let year: i32 = parts.first()?.parse().ok()?;
    match parts.len() {
        1 => Some(format!("{:04}", i64::from(year) + by)),
        2 => Some(Day::new(year, number(1)?, 1)?.add_months(by).iso().get(..7)?.to_owned()),
        3 => Some(Day::new(year, number(1)?, number(2)?)?.add_days(by).iso()),
        _ => None,
    }
}

/// The number of a month or season by its English name, or by three letters or more of a month.
fn month_of(word: &str) -> Option<usize> {
    match word {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        "sept" => Some(9),
        _ if word.len() < 3 => None,
        _ => MONTHS.iter().position(|m| m.to_lowercase().starts_with(word)).map(|at| at + 1),
    }
}

fn close_up(text: &str) -> Option<String> {
    Some(text.replace(char::is_whitespace, ""))
}

/// The marks of drafts before 2019, and small letters.
fn old_marks(text: &str) -> Option<String> {
    let marks = text.replace("?~", "%").replace("~?", "%");
    Some(marks.replace(['x', 'u'], "X").replace('y', "Y"))
}

/// The whole text if it is digits with one kind of separator, or else each date in it.
fn reorder(text: &str) -> Option<String> {
    let each = || each_piece(text, |piece| reordered(piece, &['.', '-']));
    Some(reordered(text, &['.', '/', '-']).unwrap_or_else(each))
}

fn reordered(text: &str, separators: &[char]) -> Option<String> {
    let body = text.trim_end_matches(['?', '~', '%']);
    let mark = &text[body.len()..];
    let groups: Vec<&str> = match body.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => body.split(body[at..].chars().next().filter(|c| separators.contains(c))?).collect(),
        None if body.len() == 8 => vec![&body[..4], &body[4..6], &body[6..]],
        None if body.len() == 6 => vec![&body[..4], &body[4..]],
        None => return None,
    };
    if groups.iter().any(|group| group.bytes().any(|b| !b.is_ascii_digit())) {
        return None;
    }
    let more_than_12 = |group: &str| group.parse::<u32>().is_ok_and(|n| n > 12);
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let (year, month, day) = match (&groups[..], &lengths[..]) {
        ([year, month], [4, 1..=2]) | ([month, year], [1..=2, 4]) => (year, month, None),
        ([year, day, month], [4, 1..=2, 1..=2]) if more_than_12(day) => (year, month, Some(day)),
        ([year, month, day], [4, 1..=2, 1..=2]) => (year, month, Some(day)),
        ([month, day, year], [1..=2, 1..=2, 4]) if more_than_12(day) => (year, month, Some(day)),
        ([day, month, year], [1..=2, 1..=2, 4]) => (year, month, Some(day)),
        _ => return None,
    };
    let day = day.map_or(String::new(), |day| format!("-{day:0>2}"));
    let date = format!("{year}-{month:0>2}{day}{mark}");
    // A season is never guessed: `2022/23` is two years.
    (read(&date).is_ok() && !more_than_12(month)).then_some(date)
}

/// `2020/present`, `2004/unknown`.
fn end_words(text: &str) -> Option<String> {
    let ends = [("open", ".."), ("present", ".."), ("now", ".."), ("ongoing", ".."), ("unknown", "")];
    for (word, symbol) in ends {
        if let Some(start) = text.strip_suffix(word).and_then(|s| s.strip_suffix(['/', '-'])) {
            return Some(format!("{start}/{symbol}"));
        }
        if let Some(end) = text.strip_prefix(word).and_then(|s| s.strip_prefix('/')) {
            return Some(format!("{symbol}/{end}"));
        }
    }
    None
}

/// A list or range without brackets, or with one of the two.
fn brackets(text: &str) -> Option<String> {
    let inside = text.strip_prefix('[').unwrap_or(text);
    let inside = inside.strip_suffix(']').unwrap_or(inside);
    let set = inside != text || text.contains(',') || text.contains("..");
    (set && !text.contains('/')).then(|| format!("[{inside}]"))
}

/// `199?`, `2023-??`: a question mark in the place of a digit.
fn unknown_digits(text: &str) -> Option<String> {
    let group = |(at, group): (usize, &str)| match (at, group.len()) {
        (0, 4) => group.replace('?', "X"),
        (1.., 2) => group.replace("??", "XX"),
        _ => group.to_string(),
    };
    let marked = |piece: &str| piece.split('-').enumerate().map(group).collect::<Vec<_>>().join("-");
    Some(each_piece(text, |piece| Some(marked(piece))))
}

/// `2023-06-00`: zeros for what is not known.
fn zero_parts(text: &str) -> Option<String> {
    Some(each_piece(text, |piece| Some(piece.trim_end_matches("-00").to_string())))
}

/// `2023-06-18/21`: an end that leaves out what it shares with the start.
fn complete_end(text: &str) -> Option<String> {
    let (start, end) = text.split_once('/')?;
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/'));
    let fits = matches!((start.len(), end.len()), (4 | 7 | 10, 2) | (10, 5));
    let shared = (plain && fits).then(|| &start[..start.len() - end.len()])?;
    Some(format!("{start}/{shared}{end}"))
}

fn swap_ends(text: &str) -> Option<String> {
    match text.strip_prefix('[').and_then(|set| set.strip_suffix(']')) {
        Some(range) => range.split_once("..").map(|(a, b)| format!("[{b}..{a}]")),
        None => text.split_once('/').map(|(a, b)| format!("{b}/{a}")),
    }
}

/// The text with each date in it replaced, where `replace` has something for it.
fn each_piece(text: &str, replace: impl Fn(&str) -> Option<String>) -> String {
    let (mut new, mut done) = (String::new(), 0);
    for range in pieces(text) {
        new.push_str(&text[done..range.start]);
        let piece = &text[range.clone()];
        new.push_str(replace(piece).as_deref().unwrap_or(piece));
        done = range.end;
    }
    new + &text[done..]
}

/// Which of year, month and day is wrong in the date around the offset.
fn part_at_fault(text: &str, offset: usize) -> Option<DateError> {
    let all = pieces(text);
    let piece = all.iter().find(|piece| offset <= piece.end).or(all.last())?.clone();
    let mut at = piece.start;
    let mut groups = Vec::new();
    for group in text[piece.clone()].split('-') {
        let mark = |c: char| matches!(c, '?' | '~' | '%');
        let start = at + group.len() - group.trim_start_matches(mark).len();
        let digits = group.trim_matches(mark);
        groups.push((start..start + digits.len(), digits));
        at += group.len() + 1;
    }
    // A minus before the year makes an empty group before it.
    if groups.len() > 1 && groups[0].1.is_empty() {
        groups.remove(0);
    }
    let numeric = |group: &str| group.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    if !groups.iter().all(|(_, digits)| !digits.is_empty() && numeric(digits)) {
        return None;
    }
    let fault = |range: &Range<usize>, message: String, help: Option<String>| {
        Some(DateError { range: range.clone(), message, help })
    };
    // A help for this date alone, in its place in the whole text if that makes a valid one.
    let instead = |date: String, reason: &str| {
        let whole = format!("{}{date}{}", &text[..piece.start], &text[piece.end..]);
        let date = if read(&whole).is_ok() { whole } else { date };
        read(&date).is_ok().then(|| format!("write `{date}`{reason}"))
    };
    let before = |range: &Range<usize>| text[piece.start..range.start - 1].to_string();
    let (year_range, year) = groups.first()?;
    if year.len() != 4 {
        let decade = format!("{year}X");
        let help = match year.len() {
            3 if read(&decade).is_ok() => {
                Some(format!("write `0{year}` for the year, `{decade}` for the decade"))
            }
            5.. => Some("years of more than four digits start with `Y`".to_string()),
            _ => None,
        };
        return fault(year_range, "a year has four digits".into(), help);
    }
    let (month_range, month) = groups.get(1)?;
    let number = month.parse::<u8>().ok();
    if month.len() != 2 {
        let message = match month.len() {
            3 if groups.len() == 2 => "a date is a month and day, not a day of the year",
            _ => "a month has two digits",
        };
        return fault(month_range, message.into(), None);
    }
    if let Some(0 | 13..=20 | 42..) = number {
        let help = "months are `01` to `12`; `21` to `24` are spring, summer, autumn and winter";
        return fault(month_range, format!("there is no month {month}"), Some(help.into()));
    }
    let (day_range, day) = groups.get(2)?;
    if let Some(21..) = number {
        let help = instead(before(day_range), "");
        return fault(day_range, "a season has no days".into(), help);
    }
    if day.len() != 2 {
        return fault(day_range, "a day has two digits".into(), None);
    }
    let most = match (year.parse::<i32>(), number) {
        (Ok(year), Some(month)) => days_in(year, month),
        _ => 31,
    };
    if day.parse::<u8>().is_ok_and(|day| day == 0 || day > most) {
        let message = match number.and_then(|month| MONTHS.get(usize::from(month) - 1)) {
            Some(month) if *day != "00" => {
                let year = &text[piece.start..year_range.end];
                format!("{month} {year} has {most} days")
            }
            _ => format!("there is no day {day}"),
        };
        let help = instead(before(day_range), " if the day is not known");
        return fault(day_range, message, help);
    }
    let (first, last) = (groups.get(3)?, groups.last()?);
    fault(&(first.0.start..last.0.end), "a date ends with the day".into(), None)
}
