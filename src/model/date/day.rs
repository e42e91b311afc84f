//! Calendar days as numbers: year, month and day (proleptic Gregorian, ISO 8601-1, with a year 0)
//! to days since 1970-01-01 and back.

/// One calendar day of the proleptic Gregorian calendar (ISO 8601-1: year 0 is 1 BC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

/// Years are kept below ten digits so that they always fit an `i32`; EDTF itself sets no limit.
pub(super) const YEAR_LIMIT: i32 = 999_999_999;

impl Day {
    /// The first and the last day that arithmetic reaches; it stops there instead of overflowing.
    const MIN: Day = Day::of(-YEAR_LIMIT - 1, 1, 1);
    const MAX: Day = Day::of(YEAR_LIMIT + 1, 12, 31);

    /// The day, or `None` where the calendar has no such day or the year has ten digits or more.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let real = year.unsigned_abs() <= YEAR_LIMIT.unsigned_abs()
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        real.then(|| Day::of(year, month, day))
    }

    /// The astronomical year: 0 is 1 BC, -43 is 44 BC.
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.civil().1
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.civil().2
    }

    /// Days since 1970-01-01, negative before it.
    pub fn number(self) -> i64 {
        self.0
    }

    /// `2023-06-01`; years have at least four digits, and a minus before year 0. For years 1 and
    /// later this is also a valid HTML `datetime`.
    pub fn iso(self) -> String {
        let (year, month, day) = self.civil();
        let minus = if year < 0 { "-" } else { "" };
        format!("{minus}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }

    /// The day `days` later (earlier if negative).
    pub fn add_days(self, days: i64) -> Day {
        Day(self.0.saturating_add(days)).clamp(Day::MIN, Day::MAX)
    }

    /// The same day of the month `months` later (earlier if negative), or that month's last day
    /// where it is shorter.
    pub fn add_months(self, months: i64) -> Day {
        let (year, month, day) = self.civil();
        let total = (i64::from(year) * 12 + i64::from(month) - 1).saturating_add(months);
        let month = (total.rem_euclid(12) + 1) as u8;
        match i32::try_from(total.div_euclid(12)) {
            Ok(year) if year < -YEAR_LIMIT - 1 => Day::MIN,
            Ok(year) if year <= YEAR_LIMIT + 1 => Day::of(year, month, day.min(days_in(year, month))),
            _ if total < 0 => Day::MIN,
            _ => Day::MAX,
        }
    }

    /// The number of a day known to exist. The year starts in March here, so that the leap day is
    /// its last (Hinnant, "chrono-compatible low-level date algorithms").
    pub(super) const fn of(year: i32, month: u8, day: u8) -> Day {
        let shifted = if month <= 2 { year as i64 - 1 } else { year as i64 };
        let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let from_march = (month as i64 + 9) % 12;
        let of_year = (153 * from_march + 2) / 5 + day as i64 - 1;
        Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    fn civil(self) -> (i32, u8, u8) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        let year = era * 400 + year + i64::from(month <= 2);
        // All three are in range: a `Day` never lies beyond MIN and MAX.
        (year as i32, month as u8, day as u8)
    }
}

/// How many days the month (1 to 12) has.
pub(super) fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
