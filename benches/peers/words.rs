//! Dates as readers see them: other generators know none that is vague, so they are given the words.

use crate::corpus::{Meeting, Role};

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

pub fn month(year: usize, month: usize) -> String {
    format!("{} {year}", MONTHS.get(month.wrapping_sub(1)).unwrap_or(&""))
}

pub fn when(meeting: &Meeting) -> String {
    let month = month(meeting.year, meeting.month);
    match meeting.doubt {
        "~" => format!("About {month}"),
        "?" => format!("{month}?"),
        day => format!("{} {month}", day.trim_start_matches('-')).trim_start().to_owned(),
    }
}

/// By which meetings are sorted: the latest day that is possible, or the 28th for short.
pub fn sorted(meeting: &Meeting) -> String {
    let day = match meeting.doubt {
        "-11" | "-23" => meeting.doubt,
        _ => "-28",
    };
    format!("{}-{:02}{day}", meeting.year, meeting.month)
}

pub fn term(role: &Role) -> String {
    format!("about {} to about {}", role.from, role.to)
}
