//! The English names of months: CLDR's, and other spellings that are in use.

use icu_calendar::types::Month;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Calendar;
use crate::diag::did_you_mean;

/// The spellings of one month; messages use the first.
type Names = &'static [&'static str];

const GREGORIAN: &[Names] = &[
    &["January"],
    &["February"],
    &["March"],
    &["April"],
    &["May"],
    &["June"],
    &["July"],
    &["August"],
    &["September"],
    &["October"],
    &["November"],
    &["December"],
];

const PERSIAN: &[Names] = &[
    &["Farvardin"],
    &["Ordibehesht"],
    &["Khordad"],
    &["Tir"],
    &["Mordad", "Amordad"],
    &["Shahrivar"],
    &["Mehr"],
    &["Aban"],
    &["Azar"],
    &["Dey", "Dei"],
    &["Bahman"],
    &["Esfand"],
];

/// Without Adar I, which is not there in every year.
const HEBREW: &[Names] = &[
    &["Tishri", "Tishrei"],
    &["Heshvan", "Cheshvan", "Marheshvan", "Marcheshvan"],
    &["Kislev"],
    &["Tevet", "Tebet"],
    &["Shevat", "Shvat"],
    &["Adar", "Adar II", "Adar Bet", "Adar Sheni"],
    &["Nisan", "Nissan"],
    &["Iyar", "Iyyar"],
    &["Sivan"],
    &["Tamuz", "Tammuz"],
    &["Av"],
    &["Elul"],
];
const ADAR_I: Names = &["Adar I", "Adar Alef", "Adar Rishon"];

const ISLAMIC: &[Names] = &[
    &["Muharram"],
    &["Safar"],
    &["Rabi I", "Rabi al-Awwal"],
    &["Rabi II", "Rabi al-Thani", "Rabi al-Akhir"],
    &["Jumada I", "Jumada al-Ula", "Jumada al-Awwal"],
    &["Jumada II", "Jumada al-Thani", "Jumada al-Akhirah", "Jumada al-Akhir"],
    &["Rajab"],
    &["Shaban"],
    &["Ramadan", "Ramazan"],
    &["Shawwal"],
    &["Dhu al-Qidah", "Dhul-Qidah", "Dhu al-Qadah", "Dhul-Qadah"],
    &["Dhu al-Hijjah", "Dhul-Hijjah", "Dhu al-Hijja", "Dhul-Hijja"],
];

const COPTIC: &[Names] = &[
    &["Tout"],
    &["Baba"],
    &["Hator"],
    &["Kiahk"],
    &["Toba"],
    &["Amshir"],
    &["Baramhat"],
    &["Baramouda"],
    &["Bashans"],
    &["Paona"],
    &["Epep"],
    &["Mesra"],
    &["Nasie"],
];

const ETHIOPIC: &[Names] = &[
    &["Meskerem"],
    &["Tekemt"],
    &["Hedar"],
    &["Tahsas"],
    &["Ter"],
    &["Yekatit"],
    &["Megabit"],
    &["Miazia"],
    &["Genbot"],
    &["Sene"],
    &["Hamle"],
    &["Nehasse"],
    &["Pagumen"],
];

const INDIAN: &[Names] = &[
    &["Chaitra"],
    &["Vaisakha"],
    &["Jyaistha"],
    &["Asadha"],
    &["Sravana"],
    &["Bhadra"],
    &["Asvina"],
    &["Kartika"],
    &["Agrahayana"],
    &["Pausa"],
    &["Magha"],
    &["Phalguna"],
];

/// The months of a year without a leap month, in order.
pub(super) fn names(calendar: Calendar) -> &'static [Names] {
    match calendar {
        Calendar::Julian | Calendar::Buddhist | Calendar::Roc => GREGORIAN,
        Calendar::Persian => PERSIAN,
        Calendar::Hebrew => HEBREW,
        Calendar::Islamic | Calendar::IslamicCivil | Calendar::IslamicTbla | Calendar::IslamicUmalqura => {
            ISLAMIC
        }
        Calendar::Coptic => COPTIC,
        Calendar::Ethiopic => ETHIOPIC,
        Calendar::Indian => INDIAN,
    }
}

/// The month that is spelled so; small letters, accents and signs between the letters do not count.
pub(super) fn find(calendar: Calendar, name: &str) -> Option<Month> {
    let word = letters(name)?;
    let is = |names: &Names| names.iter().any(|name| letters(name).as_ref() == Some(&word));
    if calendar == Calendar::Hebrew && is(&ADAR_I) {
        return Some(Month::leap(5));
    }
    let at = names(calendar).iter().position(is)?;
    Some(Month::new(u8::try_from(at + 1).ok()?))
}

/// Whether a word is the name of a month in any calendar, or the first or last word of one: `Dhu`.
pub fn is_month_name(word: &str) -> bool {
    let all = [GREGORIAN, PERSIAN, HEBREW, ISLAMIC, COPTIC, ETHIOPIC, INDIAN];
    let Some(word) = letters(word).filter(|word| word.len() > 1) else { return false };
    all.into_iter().flatten().copied().flatten().any(|name| {
        let mut parts = name.split([' ', '-']).filter(|part| !matches!(*part, "I" | "II" | "al"));
        let first = parts.next();
        [first, parts.next_back()].into_iter().flatten().any(|part| letters(part).as_ref() == Some(&word))
    })
}

/// The spelling that is most like the word, if any is.
pub(super) fn near(calendar: Calendar, word: &str) -> Option<&'static str> {
    let spellings = || names(calendar).iter().flat_map(|names| names.iter());
    let words: Vec<String> = spellings().map(|name| letters(name).unwrap_or_default()).collect();
    let near = did_you_mean(word, words.iter().map(String::as_str))?;
    spellings().zip(&words).find(|(_, word)| *word == near).map(|(name, _)| *name)
}

/// The name for messages.
pub(super) fn name(calendar: Calendar, month: Month, leap_year: bool) -> &'static str {
    match (calendar, month.number()) {
        (Calendar::Hebrew, 5) if month.is_leap() => "Adar I",
        (Calendar::Hebrew, 6) if leap_year => "Adar II",
        (_, number) => {
            let names = usize::from(number).checked_sub(1).and_then(|at| names(calendar).get(at));
            names.and_then(|names| names.first()).copied().unwrap_or_default()
        }
    }
}

/// The plain letters of a name in small letters, `rabiii` for `Rabiʻ II` and `rabi-ii`; `None` where
/// there is anything but Latin letters, hyphens, spaces and apostrophes.
pub(super) fn letters(name: &str) -> Option<String> {
    let mut letters = String::new();
    for c in name.nfd() {
        match c {
            _ if c.is_ascii_alphabetic() => letters.push(c.to_ascii_lowercase()),
            ' ' | '-' | '\'' | '`' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' | '‘' | '’' => {}
            _ if is_combining_mark(c) => {}
            _ => return None,
        }
    }
    (!letters.is_empty()).then_some(letters)
}
