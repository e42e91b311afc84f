//! Whether a word is the name of a month.

use super::tokens::Token;
use super::words::Words;
use crate::model::calendar::is_month_name;

/// The months in Arabic and Persian, whose numerals are read and whose other words are not.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "يناير", "فبراير", "مارس", "أبريل", "إبريل", "مايو", "يونيو", "يونيه", "يوليو", "يوليه", "أغسطس",
    "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب",
    "أيلول", "تشرين", "محرم", "صفر", "ربيع", "جمادى", "رجب", "شعبان", "رمضان", "شوال", "ذو", "ذي",
    "ژانویه", "فوریه", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
];

/// Languages whose months are known, besides those whose words are.
pub const LANGUAGES: [&str; 2] = ["ar", "fa"];

/// Whether it names a month of the language, of Arabic or Persian, or of a calendar that dates are read
/// in. The latter are names, with a capital.
pub fn is_month(token: &Token, known: Option<&Words>) -> bool {
    let lower = token.lower.trim_end_matches('.');
    let capital = token.word.starts_with(char::is_uppercase);
    known.is_some_and(|known| (capital || !known.capitals) && known.months.contains(&lower))
        || OTHERS.contains(&lower)
        || capital && is_month_name(token.word)
}
