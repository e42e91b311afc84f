//! The date module against a list judged from the specification, a list of slips, and properties.

use std::collections::HashSet;

use dossier::model::date::{Certainty, Choice, Date, Day, End, Precision, Season, Shape, Span, Unit};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn show(day: Option<Day>) -> String {
    day.map_or("..".into(), Day::iso)
}

/// The expected status, text, and the rest of the fields.
fn vectors() -> Vec<(&'static str, String, Vec<&'static str>)> {
    let lines = include_str!("edtf_vectors.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut fields = line.split('|').map(str::trim);
        let status = fields.next().unwrap();
        (status, fields.next().unwrap().replace('␠', " "), fields.collect())
    };
    lines.map(row).collect()
}

#[test]
fn the_vector_list_holds() {
    let mut wrong = Vec::new();
    for (status, text, fields) in vectors() {
        match (status, Date::parse(&text)) {
            ("0" | "1" | "2", Ok(date)) => {
                let Span { first, last } = date.span();
                if [show(first), show(last)] != fields[..2] {
                    wrong.push(format!("{text}: {} to {}", show(first), show(last)));
                }
            }
            ("no", Err(_)) => {}
            ("other", Err(error)) if error.help.is_some() => {}
            (_, result) => wrong.push(format!("{text:?} is {status}: {result:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_vector_list_is_long_and_has_no_repeats() {
    let texts: HashSet<String> = vectors().into_iter().map(|(_, text, _)| text).collect();
    assert_eq!(texts.len(), vectors().len());
    assert!(texts.len() >= 150);
}

/// The list judges the library too: where they part, the list says so here.
#[test]
fn the_library_agrees_on_what_is_edtf() {
    for (status, text, _) in vectors() {
        assert_eq!(edtf_core::is_valid(&text), status != "no", "{text:?}");
    }
}

#[test]
fn slips_say_what_to_write() {
    for (text, help) in [
        ("2023-6", "2023-06"),
        ("2023-6-1", "2023-06-01"),
        ("2023-6~", "2023-06~"),
        ("2023-6/2023-7", "2023-06/2023-07"),
        ("[2023-6,2023-7]", "[2023-06,2023-07]"),
        ("June 2023", "2023-06"),
        ("june 2023", "2023-06"),
        ("14 June 2023", "2023-06-14"),
        ("June 14th, 2023", "2023-06-14"),
        ("2 Sept. 2023", "2023-09-02"),
        ("spring 2023", "2023-21"),
        ("06/2023", "2023-06"),
        ("6/2023", "2023-06"),
        ("2023/06", "2023-06"),
        ("2023/06/14", "2023-06-14"),
        ("2023.06.14", "2023-06-14"),
        ("14.06.2023", "2023-06-14"),
        ("14/06/2023", "2023-06-14"),
        ("06/14/2023", "2023-06-14"),
        ("2023-14-06", "2023-06-14"),
        ("20230614", "2023-06-14"),
        ("202306", "2023-06"),
        ("ca. 2023", "2023~"),
        ("c.2023", "2023~"),
        ("c. June 2023", "2023-06~"),
        ("about 2023-06", "2023-06~"),
        ("circa 14 June 2023?", "2023-06-14%"),
        ("2023 ?", "2023?"),
        ("2023 (?)", "2023?"),
        ("perhaps June 2023", "2023-06?"),
        ("before April 2023", "[..2023-03]"),
        ("before January 2023", "[..2022-12]"),
        ("before 1 March 2024", "[..2024-02-29]"),
        ("before 2025", "[..2024]"),
        ("before about 2025", "[..2025~]"),
        ("after 2023-04", "[2023-05..]"),
        ("after 31 December 2023", "[2024-01-01..]"),
        ("after 2025", "[2026..]"),
        ("by April 2023", "[..2023-04]"),
        ("until April 2023", "[..2023-04]"),
        ("not before May 2025", "[2025-05..]"),
        ("no later than 9 May 2025", "[..2025-05-09]"),
        ("mid-January 2025", "2025-01"),
        ("end of 2024", "2024"),
        ("since 2020", "2020/.."),
        ("1990s", "199X"),
        ("199?", "199X"),
        ("19??", "19XX"),
        ("2023-??", "2023-XX"),
        ("2023-06-??", "2023-06-XX"),
        ("2023-xx", "2023-XX"),
        ("199u", "199X"),
        ("1984?~", "1984%"),
        ("2023-06-00", "2023-06"),
        ("2023-00-00", "2023"),
        ("2023-06-14 ", "2023-06-14"),
        (" 2023", "2023"),
        ("[2023-04, 2023-05]", "[2023-04,2023-05]"),
        ("2023-06-14T10:00", "2023-06-14"),
        ("2023-06-14T10:00:00Z", "2023-06-14"),
        ("2023-06-14 10:00", "2023-06-14"),
        ("14.6.2023 9:30", "2023-06-14"),
        ("٢٠٢٣-٠٦", "2023-06"),
        ("۲۰۲۳", "2023"),
        ("2023–06", "2023-06"),
        ("2020/present", "2020/.."),
        ("2020-present", "2020/.."),
        ("2004/open", "2004/.."),
        ("unknown/2004", "/2004"),
        ("..2023-04", "[..2023-04]"),
        ("2023-04..", "[2023-04..]"),
        ("2023-07/2023-06", "2023-06/2023-07"),
        ("[2023-05..2023-03]", "[2023-03..2023-05]"),
        ("2023-06-18/21", "2023-06-18/2023-06-21"),
        ("2023-06/07", "2023-06/2023-07"),
        ("2018-01-15/02-20", "2018-01-15/2018-02-20"),
        ("2022/24", "2022/2024"),
        ("June or July 2023", "[2023-06,2023-07]"),
        ("2023 or 2024", "[2023,2024]"),
        ("2023-04,2023-05", "[2023-04,2023-05]"),
        ("[1984", "[1984]"),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.help, Some(format!("write `{help}`")), "{text}: {error}");
    }
}

#[test]
fn slips_with_two_readings_give_both() {
    for (text, first, second) in [
        ("2023-06..2023-07", "2023-06/2023-07", "[2023-06..2023-07]"),
        ("2023-2024", "2023/2024", "[2023..2024]"),
        ("18–21 October 2022", "2022-10-18/2022-10-21", "[2022-10-18..2022-10-21]"),
        ("between March and May 2023", "2023-03/2023-05", "[2023-03..2023-05]"),
        ("18 March to 2 May 2023", "2023-03-18/2023-05-02", "[2023-03-18..2023-05-02]"),
        ("2023-06 - 2023-07", "2023-06/2023-07", "[2023-06..2023-07]"),
        ("2023–2024", "2023/2024", "[2023..2024]"),
        ("04/06/2023", "2023-06-04` for 4 June", "2023-04-06` for 6 April"),
        ("2011/12", "2011-12` for December 2011", "2011/2012"),
        ("{2023-04,2023-05}", "a/b", "[a,b]"),
        ("2023-33", "[2023-01..2023-03]", "2023-01/2023-03"),
        ("2023-41", "[2023-07..2023-12]", "2023-07/2023-12"),
    ] {
        let help = Date::parse(text).expect_err(text).help.unwrap();
        let place = |part: &str| help.find(&format!("`{part}")).expect(&help);
        assert!(place(first) < place(second), "{text}: {help}");
    }
}

#[test]
fn errors_point_at_the_part_and_name_it() {
    for (text, part, message) in [
        ("2023-02-30", "30", "February 2023 has 28 days"),
        ("2024-02-30", "30", "February 2024 has 29 days"),
        ("2023-06-31", "31", "June 2023 has 30 days"),
        ("[2023-05,2023-06-31]", "31", "June 2023 has 30 days"),
        ("2023-06/2023-06-31", "31", "June 2023 has 30 days"),
        ("-0001-02-30", "30", "February -0001 has 28 days"),
        ("2023-1234", "1234", "a month has two digits"),
        ("2023-13", "13", "there is no month 13"),
        ("2020s", "2020s", "dates are written in figures, with `~` after them for about and `?` for perhaps"),
        ("hello", "hello", "this is not a date that can be read"),
        ("2023-13~", "13", "there is no month 13"),
        ("2023-00-12", "00", "there is no month 00"),
        ("2023-21-15", "15", "a season has no days"),
        ("2023-166", "166", "a date is a month and day, not a day of the year"),
        ("198", "198", "a year has four digits"),
        ("19850", "19850", "a year has four digits"),
        ("23-06-14", "23", "a year has four digits"),
        ("2023-06-14-15", "15", "a date ends with the day"),
        ("2023-6", "6", "dates are written year-month-day, with two digits each for month and day"),
        ("2023/06", "/", "dates are written year-month-day, with two digits each for month and day"),
        ("2023-06 ", " ", "there is a space before or after the date"),
        ("2023-07/2023-06", "07/2023-06", "this ends before it starts"),
        ("", "", "there is no date here"),
        ("  ", "  ", "there is no date here"),
        ("unknown", "unknown", "there is no date here"),
        (
            "2004-XX-15",
            "2004-XX-15",
            "unknown digits (`X`) can stand only for the end of a year, the day, or month and day",
        ),
        ("1984/1950S2", "1950S2", "significant digits (`S`) are not supported"),
        ("{1984}", "{1984}", "`{}` means all of these dates, and a record has one date"),
        ("2023-06-14T10:00:00", "T10:00:00", "a date here has no time of day"),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!((&text[error.range.clone()], &*error.message), (part, message), "{text}");
    }
    let help = |text: &str| Date::parse(text).unwrap_err().help;
    assert_eq!(help("2023-02-30"), Some("write `2023-02` if the day is not known".into()));
    let whole = "write `[2023-05,2023-06]` if the day is not known";
    assert_eq!(help("[2023-05,2023-06-31]"), Some(whole.into()));
    assert_eq!(help("2023-21-15"), Some("write `2023-21`".into()));
}

#[test]
fn long_texts_are_refused_quickly() {
    let start = std::time::Instant::now();
    let list = format!("[{}2023]", "2023,".repeat(10_000));
    assert!(Date::parse(&list).is_ok());
    for text in ["9", "٣", "1-", "a ", "..", "2023/", "june to "] {
        assert!(Date::parse(&text.repeat(100_000)).is_err());
    }
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn shapes() {
    let point = |text: &str| match *date(text).shape() {
        Shape::One(Choice::Point(point)) => point,
        ref other => panic!("{text}: {other:?}"),
    };
    assert_eq!(point("2004-06-11").unit, Unit::Day(Day::new(2004, 6, 11).unwrap()));
    assert_eq!(point("2004-06").unit, Unit::Month(2004, 6));
    assert_eq!(point("2004-06-XX").unit, Unit::Month(2004, 6));
    assert_eq!(point("2004-24").unit, Unit::Season(2004, Season::Winter));
    assert_eq!(point("2004-XX-XX").unit, Unit::Year(2004));
    assert_eq!(point("156X").unit, Unit::Decade(1560));
    assert_eq!(point("15XX").unit, Unit::Century(1500));
    assert_eq!(point("-0043").unit, Unit::Year(-43));
    assert!(point("2004-XX").unspecified && point("2004-06-XX").unspecified);
    assert!(!point("2004").unspecified && !point("200X").unspecified);
    assert_eq!(point("[2004]"), point("2004"));
    assert!(matches!(date("[..2004]").shape(), Shape::One(Choice::Before(_))));
    assert!(matches!(date("[2004..]").shape(), Shape::One(Choice::After(_))));
    assert!(matches!(date("[2004..2006]").shape(), Shape::One(Choice::Between(..))));
    assert!(matches!(date("[2004,2006..2008]").shape(),
        Shape::OneOf(c) if matches!(c[..], [Choice::Point(_), Choice::Between(..)])));
    assert!(matches!(date("2004/..").shape(), Shape::Interval(End::At(_), End::Open)));
    assert!(matches!(date("/2004").shape(), Shape::Interval(End::Unknown, End::At(_))));
}

#[test]
fn doubt_widens_by_one_unit() {
    for (text, first, last, doubt) in [
        ("2004-03-01~", "2004-02-29", "2004-03-02", Precision::Day),
        ("2004-02~", "2004-01-01", "2004-03-31", Precision::Month),
        ("2004-01-XX?", "2003-12-01", "2004-02-29", Precision::Month),
        ("2004-24%", "2004-09-01", "2005-05-31", Precision::Season),
        ("2004?", "2003-01-01", "2005-12-31", Precision::Year),
        ("2004-XX~", "2003-01-01", "2005-12-31", Precision::Year),
        ("200X~", "1990-01-01", "2019-12-31", Precision::Decade),
        ("20XX~", "1900-01-01", "2199-12-31", Precision::Century),
        ("2004-06~-11", "2004-05-11", "2004-07-11", Precision::Month),
        ("2004?-06-11", "2003-06-11", "2005-06-11", Precision::Year),
        ("2004-06-~11", "2004-06-10", "2004-06-12", Precision::Day),
        ("?2004-06-~11", "2003-06-11", "2005-06-11", Precision::Year),
        ("2004-~01-31", "2003-12-31", "2004-02-29", Precision::Month),
        ("?2004-21", "2003-03-01", "2005-05-31", Precision::Year),
        ("2004%-06~", "2003-06-01", "2005-06-30", Precision::Year),
    ] {
        let date = date(text);
        let Span { first: from, last: to } = date.widened();
        assert_eq!((show(from), show(to)), (first.into(), last.into()), "{text}");
        let Shape::One(Choice::Point(point)) = date.shape() else { panic!("{text}") };
        assert_eq!(point.doubt, Some(doubt), "{text}");
    }
    for (text, first, last) in [
        ("2004~/2006", "2003-01-01", "2006-12-31"),
        ("2004/2006-01?", "2004-01-01", "2006-02-28"),
        ("2004~/..", "2003-01-01", ".."),
        ("[..2004-06~]", "..", "2004-07-31"),
        ("[2004-06~,2004-08]", "2004-05-01", "2004-08-31"),
        ("2004", "2004-01-01", "2004-12-31"),
    ] {
        let Span { first: from, last: to } = date(text).widened();
        assert_eq!((show(from), show(to)), (first.into(), last.into()), "{text}");
    }
    assert!(date("2004~/2006").approximate() && !date("2004~/2006").uncertain());
    assert!(date("[2003,2004?]").uncertain() && date("2004%").approximate());
}

#[test]
fn relations() {
    use Certainty::{Certain, Impossible, Possible};
    for (a, b, expected) in [
        ("2022", "2023", Certain),
        ("2023-06", "2023-06", Possible),
        ("2023-06-14", "2023-06-14", Impossible),
        ("2023", "2022", Impossible),
        ("2022-12~", "2023-01", Possible),
        ("2022-11~", "2023-01", Certain),
        ("2023-01", "2022-12~", Possible),
        ("[..2023-04]", "2023-05", Certain),
        ("[..2023-04]", "2023-03", Possible),
        ("[2023-04..]", "2023-03", Impossible),
        ("2023-01-01/2023-03-31", "2023-03", Impossible),
        ("2023-01/", "2023-03", Possible),
        ("2023-01/..", "2023-03", Impossible),
        ("../2023-01", "2023-02", Certain),
        ("[2023-01,2023-05]", "2023-03", Possible),
    ] {
        assert_eq!(date(a).before(&date(b)), expected, "{a} before {b}");
        assert_eq!(date(a).is_surely_before(&date(b)), expected == Certain, "{a} before {b}");
    }
    for (a, b, expected) in [
        ("2023-06-14", "2023", Certain),
        ("2023-06", "2023", Certain),
        ("2023", "2023-06", Possible),
        ("2022", "2023", Impossible),
        ("2023-06", "2023-01-01/2023-10-06", Certain),
        ("2023-10", "2023-01-01/2023-10-06", Possible),
        ("2023-12~", "2023", Possible),
        ("2023-11~", "2023", Certain),
        ("2023-06", "2023~", Possible),
        ("2025", "2023~", Impossible),
        ("[..2023-04]", "../2023", Certain),
        ("[..2023-04]", "2023", Possible),
        ("2023-06", "2023-03/..", Certain),
        ("2023-06", "2023-03/", Possible),
        ("2023-02/2023-03", "2023", Certain),
        ("2022-12/2023-03", "2023", Impossible),
        // One of two months is not the months between them.
        ("[2023-01,2023-12]", "2023-06", Impossible),
        ("[2023-01..2023-12]", "2023-06", Possible),
        ("[2023-01,2023-12]", "2023", Certain),
        ("2023-04-10", "[2023-04,2023-05]", Possible),
        ("2023-06", "2020~/2024", Certain),
        ("2021-06", "2020~/2024", Possible),
    ] {
        assert_eq!(date(a).within(&date(b)), expected, "{a} within {b}");
    }
    for (a, b, expected) in [
        ("2023-06-14", "2020/..", Certain),
        ("2023-06-14", "2020/2023-05", Impossible),
        ("2023-06", "2020/2023-06-15", Possible),
        ("2023-06-14", "2023-06-14", Certain),
        ("2023-06", "2023-06", Possible),
        ("2023-06/2023-08", "2023-08/2023-09", Certain),
        ("2023-06/2023-07", "2023-08/2023-09", Impossible),
        ("2020/", "2023", Possible),
        ("2020/", "2019", Impossible),
        ("2019", "2020~/2023", Possible),
    ] {
        assert_eq!(date(a).overlaps(&date(b)), expected, "{a} overlaps {b}");
        assert_eq!(date(b).overlaps(&date(a)), expected, "{b} overlaps {a}");
    }
    assert_eq!(Certain.and(Possible), Possible);
    assert_eq!(Impossible.or(Possible), Possible);
}

#[test]
fn the_order_is_by_last_day_then_width() {
    let order = [
        "[..2022-12]",
        "2023-01-05",
        "2023-06-30",
        "2023-06-16/2023-06-30",
        "2023-06",
        "2023-06~",
        "[..2023-06]",
        "2023-07-01/..",
        "2023",
        "[..1984,1990..]",
    ];
    for pair in order.windows(2) {
        let (a, b) = (date(pair[0]).sort_key(), date(pair[1]).sort_key());
        assert!(a <= b, "{pair:?}");
    }
    assert_eq!(date("2023-06").sort_key(), date("2023-06~").sort_key());
}

#[test]
fn days_are_calendar_days() {
    assert_eq!(Day::new(1970, 1, 1).unwrap().number(), 0);
    assert_eq!(Day::new(2000, 3, 1).unwrap().number(), 11017);
    assert_eq!(Day::new(2023, 2, 29), None);
    assert_eq!(Day::new(2023, 0, 1), None);
    assert_eq!(Day::new(i32::MIN, 1, 1), None);
    let day = |y, m, d| Day::new(y, m, d).unwrap();
    assert_eq!(day(2023, 1, 31).add_months(1), day(2023, 2, 28));
    assert_eq!(day(2023, 1, 31).add_months(-2), day(2022, 11, 30));
    assert_eq!(day(0, 1, 1).add_days(-1), day(-1, 12, 31));
    assert_eq!(day(2023, 6, 1).add_months(i64::MAX), day(2023, 6, 1).add_days(i64::MAX));
    assert_eq!(day(2023, 6, 1).add_months(i64::MIN), day(2023, 6, 1).add_days(i64::MIN));
}

/// Text made of what dates are made of, so that a good part of it is valid or nearly so.
fn datelike() -> impl Strategy<Value = String> {
    let year = prop_oneof!["-?[0-2][0-9]{3}", "[0-2][0-9]{2}X", "[0-2][0-9]XX", "Y-?[0-9]{4,9}"];
    let mark = || prop_oneof![4 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let part = || prop_oneof![6 => "-0[1-9]", 2 => "-1[0-9]", 1 => "-2[0-9]", 1 => "-XX", 3 => ""];
    let point = (mark(), year, mark(), part(), mark(), part(), mark())
        .prop_map(|(a, b, c, d, e, f, g)| format!("{a}{b}{c}{d}{e}{f}{g}"));
    let plain = (1900..2100i32, 1..=12u8, 1..=28u8, 0..3u8, mark()).prop_map(|(y, m, d, n, q)| {
        let parts = [format!("{y}"), format!("-{m:02}"), format!("-{d:02}")];
        parts[..=usize::from(n)].concat() + q
    });
    let point = prop_oneof![1 => point, 3 => plain].boxed();
    prop_oneof![
        4 => point.clone(),
        3 => (point.clone(), point.clone()).prop_map(|(a, b)| format!("{a}/{b}")),
        1 => point.clone().prop_map(|a| format!("{a}/..")),
        1 => point.clone().prop_map(|a| format!("/{a}")),
        1 => point.clone().prop_map(|a| format!("../{a}")),
        1 => point.clone().prop_map(|a| format!("{a}/")),
        1 => point.clone().prop_map(|a| format!("[..{a}]")),
        1 => point.clone().prop_map(|a| format!("[{a}..]")),
        1 => (point.clone(), point.clone()).prop_map(|(a, b)| format!("[{a}..{b}]")),
        1 => (point.clone(), point).prop_map(|(a, b)| format!("[{a},{b}]")),
    ]
}

fn dates() -> impl Strategy<Value = Date> {
    datelike().prop_filter_map("not a date", |text| Date::parse(&text).ok())
}

fn ordered(span: Span) -> bool {
    span.first.zip(span.last).is_none_or(|(first, last)| first <= last)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_in_order_and_widening_contains_them(date in dates()) {
        let (span, wide) = (date.span(), date.widened());
        prop_assert!(ordered(span) && ordered(wide));
        prop_assert_eq!(span.first.is_some(), wide.first.is_some());
        prop_assert_eq!(span.last.is_some(), wide.last.is_some());
        prop_assert!(wide.first <= span.first && wide.last >= span.last);
        prop_assert_eq!(wide == span, !date.approximate() && !date.uncertain() || {
            // A set may hide a doubtful date between sure ones.
            matches!(date.shape(), Shape::OneOf(_)) && wide == span
        });
    }

    #[test]
    fn bounds_agree_with_the_library(date in dates()) {
        let bounds = edtf_core::Edtf::parse(date.text()).unwrap().bounds();
        let library = |bound| match bound {
            edtf_core::Bound::Date(day) => day.to_string(),
            _ => "..".into(),
        };
        prop_assert_eq!(show(date.span().first), library(bounds.earliest));
        prop_assert_eq!(show(date.span().last), library(bounds.latest));
    }

    #[test]
    fn nothing_is_before_and_after(a in dates(), b in dates()) {
        use Certainty::{Certain, Impossible};
        prop_assert!(a.before(&b).and(b.before(&a)) != Certain);
        prop_assert_eq!(a.is_surely_before(&b), a.before(&b) == Certain);
        if a.before(&b) == Certain {
            prop_assert_eq!(b.before(&a), Impossible);
            prop_assert_eq!(a.overlaps(&b), Impossible);
        }
        prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        if !a.approximate() && !a.uncertain() && !matches!(a.shape(), Shape::One(Choice::Between(..))) {
            prop_assert!(a.within(&a) != Impossible);
        }
    }

    /// The answers against a count over single days, for dates that are one day of a span.
    #[test]
    fn single_days_agree(a in 0..40i64, m in 0..12i64, b in 0..40i64, n in 0..12i64) {
        use Certainty::{Certain, Impossible, Possible};
        let day = |n: i64| Day::new(2023, 1, 1).unwrap().add_days(n);
        let set = |a: i64, m: i64| date(&format!("[{}..{}]", day(a).iso(), day(a + m).iso()));
        let lasting = date(&format!("{}/{}", day(b).iso(), day(b + n).iso()));
        let verdict = |answers: Vec<bool>| match (answers.iter().all(|x| *x), answers.contains(&true)) {
            (true, _) => Certain,
            (_, true) => Possible,
            _ => Impossible,
        };
        let pairs = || (a..=a + m).flat_map(|x| (b..=b + n).map(move |y| (x, y)));
        prop_assert_eq!(set(a, m).before(&set(b, n)), verdict(pairs().map(|(x, y)| x < y).collect()));
        prop_assert_eq!(set(a, m).overlaps(&set(b, n)), verdict(pairs().map(|(x, y)| x == y).collect()));
        let inside = verdict((a..=a + m).map(|x| (b..=b + n).contains(&x)).collect());
        prop_assert_eq!(set(a, m).within(&lasting), inside);
        prop_assert_eq!(set(a, m).overlaps(&lasting), inside);
    }

    #[test]
    fn doubt_never_turns_no_into_yes(text in datelike(), other in dates(), mark in "[?~%]", kind in 0..3u8) {
        let relate = |a: &Date, b: &Date| match kind {
            0 => a.before(b),
            1 => a.within(b),
            _ => a.overlaps(b),
        };
        let sure = text.replace(['?', '~', '%'], "");
        for doubtful in [text.clone(), format!("{sure}{mark}")] {
            let (Ok(sure), Ok(doubtful)) = (Date::parse(&sure), Date::parse(&doubtful)) else { continue };
            for (sure, doubtful) in [
                (relate(&sure, &other), relate(&doubtful, &other)),
                (relate(&other, &sure), relate(&other, &doubtful)),
            ] {
                // Doubt can only move an answer towards possible.
                prop_assert!(doubtful == sure || doubtful == Certainty::Possible, "{sure:?} {doubtful:?}");
            }
        }
    }

    #[test]
    fn days_count_one_by_one(number in -800_000_000i64..800_000_000) {
        let day = Day::new(1970, 1, 1).unwrap().add_days(number);
        prop_assert_eq!(day.number(), number);
        prop_assert_eq!(Day::new(day.year(), day.month(), day.day()), Some(day));
        let next = day.add_days(1);
        prop_assert!(next > day);
        let month = if next.day() == 1 { day.add_months(1) } else { day };
        prop_assert_eq!(next.month(), month.month());
        prop_assert!(next.day() == 1 || next.day() == day.day() + 1);
    }
}
