//! Times of Wikidata -> EDTF, as precise as they are and no more.

use super::entity::{Given, Moment, Statement};
use crate::model::calendar::{Calendar, OriginalDate};
use crate::model::date::{Choice, Date, Shape};

/// A date, and what had to be said about how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    pub date: Date,
    pub remarks: Vec<&'static str>,
    /// The qualifiers of the statement that the date was read from.
    pub read: Vec<&'static str>,
}

/// What became of a time.
pub type Read = Result<Dated, &'static str>;

const CONVERTED: &str = "from the Julian calendar: the Gregorian day is taken";
const NO_DATE: &str = "no date that can be read";
const ABOUT_THEN: &str = "it may have been somewhat before or after: it is taken as about then";
const BOUNDS: &str = "the earliest and the latest date that are given are taken in its place";
const NO_MARK: &str = "in doubt, for which such a date has no mark";

impl Dated {
    fn plain(date: Date) -> Dated {
        Dated { date, remarks: Vec::new(), read: Vec::new() }
    }

    /// With `~` where it is about, and `?` where it is perhaps.
    fn marked(mut self, is_about: bool, is_perhaps: bool) -> Dated {
        let text = self.date.text();
        let (bare, was_about) = text.strip_suffix('~').map_or((text, false), |bare| (bare, true));
        let mark = match (is_about || was_about, is_perhaps) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => return self,
        };
        match known(&format!("{bare}{mark}")) {
            Some(date) => self.date = date,
            // A set takes no mark.
            None => self.remarks.push(NO_MARK),
        }
        self
    }
}

/// A time as a date, or why it is none.
pub fn date(moment: &Moment) -> Read {
    let mut dated = exact(moment)?;
    if moment.margin != (0, 0) {
        dated = dated.marked(true, false);
        if !dated.remarks.contains(&NO_MARK) {
            dated.remarks.push(ABOUT_THEN);
        }
    }
    Ok(dated)
}

/// The same, as if it were known to lie nowhere else.
fn exact(moment: &Moment) -> Read {
    let (year, month, day) = parts(&moment.time).ok_or(NO_DATE)?;
    // There is no year 0 in Wikidata: -1 is 1 BC, which is 0 in EDTF.
    let year = match year {
        0 => return Err("there is no year 0"),
        year if year < 0 => year + 1,
        year => year,
    };
    let whole = |text: String| known(&text).map(Dated::plain).ok_or(NO_DATE);
    match moment.precision {
        // Finer than a day is not carried, since no dossier has a field for it.
        11.. if day > 0 && month > 0 => match moment.is_julian {
            true => julian(year, month, day),
            false => whole(format!("{}-{month:02}-{day:02}", written(year))),
        },
        10.. if month > 0 => whole(format!("{}-{month:02}", written(year))),
        9.. => whole(written(year)),
        8 if (1..=9999).contains(&year) => whole(format!("{:03}X", year / 10)),
        // Before our era the years of a decade or century count backwards.
        8 if (-9900..=0).contains(&year) => {
            let first_bc = (1 - year) / 10 * 10;
            whole(format!("[{}..{}]", written(1 - (first_bc + 9)), written(1 - first_bc.max(1))))
        }
        7 if year > 0 && year <= 9900 => {
            let last = (year + 99) / 100 * 100;
            whole(format!("[{}..{}]", written(last - 99), written(last)))
        }
        7 if (-9900..=0).contains(&year) => {
            let first_bc = (1 - year + 99) / 100 * 100;
            whole(format!("[{}..{}]", written(1 - first_bc), written(1 - (first_bc - 99))))
        }
        _ => Err("known to no century"),
    }
}

/// A day of the Julian calendar.
fn julian(year: i64, month: u8, day: u8) -> Read {
    let given = OriginalDate::parse(Calendar::Julian, &format!("{year:04}-{month:02}-{day:02}"));
    match given {
        Ok(given) => Ok(Dated { remarks: vec![CONVERTED], ..Dated::plain(given.to_edtf()) }),
        Err(_) => match known(&written(year)) {
            Some(date) => {
                let remarks = vec!["a Julian day that cannot be converted: the year is taken"];
                Ok(Dated { remarks, ..Dated::plain(date) })
            }
            None => Err(NO_DATE),
        },
    }
}

/// Year, month and day of `+1952-03-11T00:00:00Z`; what is not known is 0.
fn parts(time: &str) -> Option<(i64, u8, u8)> {
    let (sign, rest) = match time.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, time.strip_prefix('+').unwrap_or(time)),
    };
    let mut parts = rest.split('T').next()?.split('-');
    let year: i64 = parts.next().filter(|year| year.len() <= 16)?.parse().ok()?;
    let month = parts.next().map_or(Some(0), |month| month.parse().ok())?;
    let day = parts.next().map_or(Some(0), |day| day.parse().ok())?;
    Some((sign * year, month, day))
}

/// A year as EDTF writes it: of four digits, or with a `Y` before more of them.
fn written(year: i64) -> String {
    let minus = if year < 0 { "-" } else { "" };
    let digits = year.unsigned_abs();
    if digits > 9999 { format!("Y{minus}{digits}") } else { format!("{minus}{digits:04}") }
}

/// A date in its canonical form.
pub fn known(text: &str) -> Option<Date> {
    Date::parse(text).ok().and_then(|date| Date::parse(date.text()).ok())
}

/// The date of a statement, with what its qualifiers say of how well it is known.
pub fn of_statement(statement: &Statement) -> Read {
    let bound = |property: &str| match statement.qualifier(property) {
        Some(Given::Time(moment)) => date(moment).ok().map(|dated| dated.date),
        _ => None,
    };
    let (earliest, latest) = (bound("P1319"), bound("P1326"));
    let own = match &statement.main.value {
        Given::Time(moment) => date(moment).map(Some),
        Given::Unknown => Ok(None),
        Given::Nothing => return Err("Wikidata says that there is none"),
        _ => return Err(NO_DATE),
    };
    if earliest.is_none() && latest.is_none() {
        let circumstances = circumstances(statement);
        let is = |all: &[&str]| circumstances.iter().any(|id| all.contains(id));
        let dated = own?.ok_or("known to be, but not when")?.marked(is(&ABOUT), is(&PERHAPS));
        return Ok(Dated { read: CIRCUMSTANCES.to_vec(), ..dated });
    }
    let date = between(earliest.as_ref(), latest.as_ref()).ok_or("its bounds make no date")?;
    // Of what is unknown the bounds say all there is.
    let is_given = statement.main.value != Given::Unknown;
    let bounds = [("P1319", earliest), ("P1326", latest)];
    Ok(Dated {
        date,
        remarks: is_given.then_some(BOUNDS).into_iter().collect(),
        read: bounds.into_iter().filter_map(|(property, date)| date.map(|_| property)).collect(),
    })
}

/// `[a..b]`: some day from the first of one date to the last of another, either of which may be absent.
pub fn between(lower: Option<&Date>, upper: Option<&Date>) -> Option<Date> {
    let plain = |date: &Date| match date.shape() {
        Shape::One(Choice::Point(point)) if !date.in_doubt() => Some(point.precision()),
        _ => None,
    };
    let first =
        |date: &Date| plain(date).map(|_| date.text().to_owned()).or(date.span().first.map(|day| day.iso()));
    let last =
        |date: &Date| plain(date).map(|_| date.text().to_owned()).or(date.span().last.map(|day| day.iso()));
    match (lower, upper) {
        (Some(lower), Some(upper)) if lower == upper && plain(lower).is_some() => Some(lower.clone()),
        (Some(lower), Some(upper)) if plain(lower).is_some() && plain(lower) == plain(upper) => {
            known(&format!("[{lower}..{upper}]"))
        }
        (Some(lower), Some(upper)) => {
            known(&format!("[{}..{}]", lower.span().first?.iso(), upper.span().last?.iso()))
        }
        (Some(lower), None) => known(&format!("[{}..]", first(lower)?)),
        (None, Some(upper)) => known(&format!("[..{}]", last(upper)?)),
        (None, None) => None,
    }
}

/// Sourcing circumstances, nature of the statement.
const CIRCUMSTANCES: [&str; 2] = ["P1480", "P5102"];
/// Circa, near, approximately, estimated.
const ABOUT: [&str; 4] = ["Q5727902", "Q21818619", "Q60070514", "Q37113960"];
/// Presumably, possibly, probably, hypothetically, allegedly, disputed.
const PERHAPS: [&str; 6] = ["Q18122778", "Q30230067", "Q56644435", "Q18603603", "Q32188232", "Q18912752"];

/// Whether a circumstance stands in a date as a mark.
pub fn is_mark(id: &str) -> bool {
    ABOUT.contains(&id) || PERHAPS.contains(&id)
}

fn circumstances(statement: &Statement) -> Vec<&str> {
    let of = |property: &str| statement.qualifiers.get(property).into_iter().flatten();
    CIRCUMSTANCES.into_iter().flat_map(of).filter_map(|snak| snak.value.item()).collect()
}

/// Several dates of which one is right, as one date, without those that say the same less exactly; and those that were
/// left out.
pub fn one_of(dates: Vec<Date>) -> (Option<Date>, Vec<Date>) {
    let mut distinct: Vec<Date> = Vec::new();
    for date in dates {
        if !distinct.contains(&date) {
            distinct.push(date);
        }
    }
    let is_coarser = |date: &Date| {
        let span = date.span();
        distinct.iter().any(|other| {
            let finer = other.span();
            finer != span
                && span.first.zip(finer.first).is_some_and(|(outer, inner)| outer <= inner)
                && span.last.zip(finer.last).is_some_and(|(outer, inner)| outer >= inner)
        })
    };
    let (coarse, mut fine): (Vec<Date>, Vec<Date>) = distinct.iter().cloned().partition(is_coarser);
    if fine.len() < 2 {
        return (fine.pop(), coarse);
    }
    fine.sort_by_key(Date::sort_key);
    let texts: Vec<&str> = fine.iter().map(Date::text).collect();
    match known(&format!("[{}]", texts.join(","))) {
        Some(date) => (Some(date), coarse),
        None => {
            let rest = fine.split_off(1);
            (fine.pop(), rest.into_iter().chain(coarse).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(time: &str, precision: u64) -> String {
        let moment = Moment { time: time.to_owned(), precision, is_julian: false, margin: (0, 0) };
        date(&moment).map_or_else(str::to_owned, |dated| dated.date.text().to_owned())
    }

    #[test]
    fn a_time_is_as_precise_as_it_was() {
        for (time, precision, date) in [
            ("+1952-03-11T00:00:00Z", 11, "1952-03-11"),
            ("+1952-03-11T12:00:00Z", 14, "1952-03-11"),
            ("+1952-03-00T00:00:00Z", 10, "1952-03"),
            ("+1952-00-00T00:00:00Z", 9, "1952"),
            // Of a day that is not given there is only the year.
            ("+1952-00-00T00:00:00Z", 11, "1952"),
            ("+1960-00-00T00:00:00Z", 8, "196X"),
            ("+1964-01-01T00:00:00Z", 8, "196X"),
            ("+0980-00-00T00:00:00Z", 8, "098X"),
            ("+1900-00-00T00:00:00Z", 7, "[1801..1900]"),
            ("+1901-00-00T00:00:00Z", 7, "[1901..2000]"),
            ("+2000-00-00T00:00:00Z", 7, "[1901..2000]"),
            ("-0044-03-15T00:00:00Z", 11, "-0043-03-15"),
            ("-0001-00-00T00:00:00Z", 9, "0000"),
            ("-0044-00-00T00:00:00Z", 8, "[-0048..-0039]"),
            ("-0044-00-00T00:00:00Z", 7, "[-0099..0000]"),
            ("-12000-00-00T00:00:00Z", 9, "Y-11999"),
            ("+0033-00-00T00:00:00Z", 9, "0033"),
            ("+2000-00-00T00:00:00Z", 6, "known to no century"),
            ("+0000-00-00T00:00:00Z", 9, "there is no year 0"),
            ("+1952-13-41T00:00:00Z", 11, "no date that can be read"),
            ("soon", 11, "no date that can be read"),
            ("", 9, "no date that can be read"),
            ("+99999999999999999999-00-00T00:00:00Z", 9, "no date that can be read"),
            ("-9223372036854775808-00-00T00:00:00Z", 7, "no date that can be read"),
        ] {
            assert_eq!(read(time, precision), date, "{time} {precision}");
        }
    }

    #[test]
    fn a_julian_day_becomes_a_gregorian_one() {
        let moment =
            |time: &str| Moment { time: time.to_owned(), precision: 11, is_julian: true, margin: (0, 0) };
        let dated = date(&moment("+1917-10-25T00:00:00Z")).unwrap();
        assert_eq!((dated.date.text(), dated.remarks), ("1917-11-07", vec![CONVERTED]));
        let dated = date(&moment("-0044-03-15T00:00:00Z")).unwrap();
        assert_eq!(dated.date.text(), "-0043");
        assert_eq!(dated.remarks.len(), 1);
    }

    #[test]
    fn what_may_be_somewhat_off_is_about_then() {
        let of = |precision, margin| {
            let time = "+1952-03-11T00:00:00Z".to_owned();
            date(&Moment { time, precision, is_julian: false, margin }).unwrap()
        };
        assert_eq!((of(11, (0, 3)).date.text(), of(11, (0, 3)).remarks), ("1952-03-11~", vec![ABOUT_THEN]));
        assert_eq!((of(9, (2, 0)).date.text(), of(9, (2, 0)).remarks), ("1952~", vec![ABOUT_THEN]));
        assert_eq!((of(7, (1, 1)).date.text(), of(7, (1, 1)).remarks), ("[1901..2000]", vec![NO_MARK]));
        assert_eq!(of(9, (2, 0)).marked(true, false).date.text(), "1952~");
        assert_eq!(of(9, (2, 0)).marked(false, true).date.text(), "1952%");
    }

    #[test]
    fn of_several_dates_the_coarse_say_nothing_more() {
        let one = |texts: &[&str]| {
            let (date, rest) = one_of(texts.iter().map(|text| known(text).unwrap()).collect());
            (date.map(|date| date.text().to_owned()).unwrap_or_default(), rest.len())
        };
        assert_eq!(one(&["1952", "1952-03-11"]), ("1952-03-11".to_owned(), 1));
        assert_eq!(one(&["1953", "1952"]), ("[1952,1953]".to_owned(), 0));
        assert_eq!(one(&["1952", "1952"]), ("1952".to_owned(), 0));
        assert_eq!(one(&["1953", "[1901..2000]"]), ("1953".to_owned(), 1));
        assert_eq!(one(&[]), (String::new(), 0));
    }
}
