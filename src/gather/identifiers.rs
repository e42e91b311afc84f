//! An address or a number that is withheld -> the forms in which it is written elsewhere, and the one in which two are
//! compared.

/// Whether a text is an address or a number, which tells however short it is.
pub fn is_one(text: &str) -> bool {
    text.contains("://") || text.contains(|c: char| c.is_ascii_digit())
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

/// What stands behind `https://doi.org/` or `doi:`, in small letters, as two are compared.
fn doi(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let address = lower.split_once("://").map_or(lower.as_str(), |(_, address)| address);
    let starts = ["www.doi.org/", "dx.doi.org/", "doi.org/", "doi:", "doi"];
    let number = starts.iter().find_map(|start| address.strip_prefix(start)).unwrap_or(&lower).trim();
    let (registrant, rest) = number.split_once('/')?;
    let is_registrant =
        registrant.strip_prefix("10.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (is_registrant && !rest.is_empty()).then(|| number.to_owned())
}

/// The ISBNs in a text, without hyphens: `ISBN 978-3-16-148410-0 (hardcover)`.
fn isbns(text: &str) -> Vec<String> {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '-' | ' ' | '\u{2010}'..='\u{2015}');
    // An address holds numbers of all kinds.
    let parts = text.split(|c: char| !is_part(c)).filter(|_| !text.contains("://"));
    let digits = parts.map(|part| {
        part.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect::<String>()
    });
    digits.filter(|digits| is_isbn(digits)).collect()
}

fn is_isbn(digits: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match digits.len() {
        13 => is_number(digits) && (digits.starts_with("978") || digits.starts_with("979")),
        10 => is_number(&digits[..9]),
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
            ("https://doi.org/10.5555/XYZ", &["10.5555/xyz", "https://doi.org/10.5555/XYZ"]),
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
        assert_ne!(compared("https://a.example/b"), compared("https://a.example/b/c"));
    }
}
