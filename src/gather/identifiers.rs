//! An address or a number that is withheld -> the forms in which it is written elsewhere, and the one in which two are
//! compared.

use percent_encoding::percent_decode_str;

/// Whether a text is an address or a number, which tells however short it is.
pub fn is_one(text: &str) -> bool {
    const LEAST: usize = 4;
    text.contains("://") || text.chars().filter(char::is_ascii_digit).count() >= LEAST
}

/// Its forms: of each ISBN that with ten and that with thirteen digits (ISO 2108), of a DOI what stands behind the
/// resolver (ISO 26324); and the text itself.
pub fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![text.trim().to_owned()];
    forms.extend(doi(text));
    for isbn in isbns(text) {
        forms.extend(other_isbn(&isbn));
        forms.push(isbn);
    }
    forms.dedup();
    forms
}

/// The forms in which two texts are compared: a DOI alone, ISBNs with thirteen digits, an address without its scheme and
/// `www.`.
pub fn compared(text: &str) -> Vec<String> {
    if let Some(doi) = doi(text) {
        return vec![doi];
    }
    let isbns = isbns(text);
    if !isbns.is_empty() {
        let long = |isbn: String| if isbn.len() == 10 { other_isbn(&isbn).unwrap_or(isbn) } else { isbn };
        return isbns.into_iter().map(long).collect();
    }
    let text = text.trim();
    let address = text.split_once("://").map_or(text, |(_, address)| address);
    vec![address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/').to_owned()]
}

/// The DOI in a text, in small letters, as two are compared: from its `10.` on. In an address it is one behind a resolver:
/// elsewhere `10.2023/` may be a month.
fn doi(text: &str) -> Option<String> {
    let lower = percent_decode_str(text).decode_utf8_lossy().to_lowercase();
    let host = lower.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
    if host.is_some_and(|host| host != "doi.org" && !host.ends_with(".doi.org")) {
        return None;
    }
    let places = lower.match_indices("10.").map(|(at, _)| at);
    let start = places.into_iter().find(|at| {
        let behind = &lower[at + 3..];
        let is_edge = !lower[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        is_edge && (4..=9).contains(&digits) && behind[digits..].starts_with('/')
    })?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>');
    lower[start..].split(ends).next().map(str::to_owned)
}

/// The ISBNs in a text, without hyphens: `ISBN-13 978-3-16-148410-0 (hardcover)`. Their last digit tells them from other numbers.
fn isbns(text: &str) -> Vec<String> {
    // An address holds numbers of all kinds.
    if text.contains("://") {
        return Vec::new();
    }
    let parts = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, 'x' | 'X'));
    let parts: Vec<&str> =
        parts.filter(|part| part.starts_with(|c: char| c.is_ascii_digit()) || part.len() == 1).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < parts.len() {
        let lengths = (at + 1..=parts.len().min(at + 6)).rev();
        let isbn = lengths
            .map(|end| (end, parts[at..end].concat().to_uppercase()))
            .find(|(_, digits)| is_isbn(digits));
        at = isbn.as_ref().map_or(at + 1, |(end, _)| *end);
        found.extend(isbn.map(|(_, digits)| digits));
    }
    found
}

fn is_isbn(digits: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match digits.len() {
        13 if is_number(digits) => {
            let sum: u32 = digits
                .bytes()
                .zip([1, 3].into_iter().cycle())
                .map(|(b, weight)| u32::from(b - b'0') * weight)
                .sum();
            sum.is_multiple_of(10) && (digits.starts_with("978") || digits.starts_with("979"))
        }
        10 if is_number(&digits[..9]) => {
            other_isbn(digits).and_then(|long| other_isbn(&long)).as_deref() == Some(digits)
        }
        _ => false,
    }
}

/// The ISBN of the other length.
fn other_isbn(isbn: &str) -> Option<String> {
    let values = |text: &str| text.bytes().map(|b| u32::from(b - b'0')).collect::<Vec<u32>>();
    match isbn.len() {
        13 => {
            let body = isbn.strip_prefix("978")?.get(..9)?;
            let sum: u32 =
                values(body).iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
            let check = match (11 - sum % 11) % 11 {
                10 => "X".to_owned(),
                check => check.to_string(),
            };
            Some(format!("{body}{check}"))
        }
        _ => {
            let body = format!("978{}", isbn.get(..9)?);
            let weights = [1, 3].into_iter().cycle();
            let sum: u32 = values(&body).iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
            Some(format!("{body}{}", (10 - sum % 10) % 10))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_has_two_lengths_and_a_doi_stands_behind_a_resolver() {
        for (text, known) in [
            ("978-3-16-148410-0", &["978-3-16-148410-0", "316148410X", "9783161484100"][..]),
            ("316148410X", &["316148410X", "9783161484100"]),
            ("ISBN 978-0-306-40615-7 (hardcover)", &["0306406152", "9780306406157"]),
            ("9791032305690", &["9791032305690"]),
            ("ISBN-10 3-16-148410-X, 2001", &["316148410X", "9783161484100"]),
            ("978-3-16-148410-0 0-306-40615-2", &["9783161484100", "0306406152"]),
            ("978\u{a0}3\u{a0}16\u{a0}148410\u{a0}0", &["9783161484100"]),
            ("https://doi.org/10.5555/XYZ", &["10.5555/xyz", "https://doi.org/10.5555/XYZ"]),
            ("https://www.doi.org/10.5555%2FXYZ?x=1", &["10.5555/xyz"]),
            ("urn:doi:10.5555/xyz (print)", &["10.5555/xyz"]),
            ("DOI 10.5555/xyz", &["10.5555/xyz"]),
            ("10.5555/xyz", &["10.5555/xyz"]),
            ("1234567é90", &["1234567é90"]),
        ] {
            let forms = forms(text);
            assert!(known.iter().all(|form| forms.iter().any(|other| other == form)), "{forms:?}");
        }
        assert!(is_one("10.5555/xyz") && is_one("https://a.example") && !is_one("A publisher of books"));
    }

    #[test]
    fn two_forms_of_one_thing_compare_as_the_same() {
        for (one, other) in [
            ("978-3-16-148410-0", "3-16-148410-x"),
            ("http://www.a.example/b/", "https://a.example/b"),
            ("https://dx.doi.org/10.5555/ABC.1", "doi:10.5555/abc.1"),
        ] {
            assert_eq!(compared(one), compared(other));
        }
        for (one, other) in [
            ("https://a.example/b", "https://a.example/b/c"),
            ("https://a.example/10.2023/walk", "https://b.example/10.2023/walk"),
            ("https://a.example/files/10.5555/abc", "10.5555/abc"),
        ] {
            assert_ne!(compared(one), compared(other));
        }
    }
}
