//! Numerals, in the digits of the common scripts.

/// A numeral in any of the common scripts, with separators between groups of three digits.
pub fn numeral(token: &str) -> Option<u64> {
    let mut digits = String::new();
    let mut since_separator = None;
    for c in token.chars() {
        if let Some(digit) = digit(c) {
            digits.push(digit);
            since_separator = since_separator.map(|n: usize| n + 1);
        } else if matches!(c, ',' | '.' | '\'' | '’' | '\u{66C}' | '\u{A0}' | '\u{202F}')
            && !digits.is_empty()
            && since_separator.is_none_or(|n| n == 3)
        {
            since_separator = Some(0);
        } else {
            return None;
        }
    }
    if digits.is_empty() || since_separator.is_some_and(|n| n != 3) {
        return None;
    }
    digits.parse().ok()
}

/// A decimal digit of the Latin, Arabic, Persian, Devanagari or Bengali script.
pub fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}'];
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}
