//! Dates -> the key to how they are drawn, of those that are there.

use super::super::page::DateKey;
use super::super::words::Words;
use super::strip::strip;
use crate::model::date::{Choice, Date, Point, Precision, Shape};

/// Every way to draw a date: the key of its name, and a date that is drawn so.
const WAYS: [(&str, &str); 9] = [
    ("chart.key.month", "2022-03"),
    ("chart.key.day", "2022-06-14"),
    ("chart.key.lasting", "2022-05-10/2022-06-20"),
    ("chart.key.about", "2022-08~"),
    ("chart.key.uncertain", "2022-11?"),
    ("chart.key.before", "[..2022-09]"),
    ("chart.key.after", "[2022-04..]"),
    ("chart.key.between", "[2022-03..2022-06]"),
    ("chart.key.coarse", "2022"),
];

/// The kind of record that the samples are drawn as, in templates too.
const SAMPLE: &str = "meeting";

/// The ways in which these dates are drawn, each with its name.
pub fn key<'d>(words: &Words, dates: impl Iterator<Item = &'d Date>) -> Vec<DateKey> {
    let used: std::collections::BTreeSet<&str> = dates.map(way).collect();
    let shown = WAYS.iter().filter(|(name, _)| used.contains(name));
    let sample = |(name, text): &(&'static str, &str)| {
        let strip = strip(&Date::parse(text).ok()?, SAMPLE, words.is_right_to_left())?;
        Some(DateKey { strip, text: words.get(name).to_owned() })
    };
    shown.filter_map(sample).collect()
}

fn way(date: &Date) -> &'static str {
    match date.shape() {
        Shape::One(Choice::Point(point)) => way_of(point),
        Shape::One(Choice::Between(..)) => "chart.key.between",
        Shape::One(Choice::Before(_)) => "chart.key.before",
        Shape::One(Choice::After(_)) => "chart.key.after",
        Shape::OneOf(_) => "chart.key.uncertain",
        Shape::Interval(..) => "chart.key.lasting",
    }
}

fn way_of(point: &Point) -> &'static str {
    match point.precision() {
        _ if point.uncertain => "chart.key.uncertain",
        _ if point.approximate => "chart.key.about",
        Precision::Day => "chart.key.day",
        Precision::Month => "chart.key.month",
        _ => "chart.key.coarse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_drawn_in_its_way() {
        for (name, text) in WAYS {
            assert_eq!(way(&Date::parse(text).unwrap()), name, "{text}");
        }
    }
}
