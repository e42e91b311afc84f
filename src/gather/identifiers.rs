//! An identifier that is withheld -> the forms in which it is written elsewhere.

/// Whether a text is an address, a number or a DOI, which tells however short it is.
pub fn is_one(text: &str) -> bool {
    text.contains("://") || text.contains(|c: char| c.is_ascii_digit())
}

/// Its forms: of an ISBN that with ten and that with thirteen digits (ISO 2108), of a DOI what stands behind the
/// resolver (ISO 26324); of others the text itself.
pub fn forms(text: &str) -> Vec<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let doi = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    if let Some(number) = doi.iter().find_map(|start| lower.strip_prefix(start)) {
        return vec![number.trim().to_owned(), text.to_owned()];
    }
    let mut forms = vec![text.to_owned()];
    forms.extend(other_isbn(&lower));
    forms
}

/// The ISBN of the other length.
fn other_isbn(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}')).collect();
    let digits = digits.trim_start_matches("isbn").trim_start_matches(':');
    let values = |text: &str| text.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>();
    match digits.len() {
        13 => {
            let body = digits.strip_prefix("978")?.get(..9)?;
            let sum: u32 =
                values(body)?.into_iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
            let check = match (11 - sum % 11) % 11 {
                10 => "X".to_owned(),
                check => check.to_string(),
            };
            Some(format!("{body}{check}"))
        }
        10 => {
            let body = format!("978{}", digits.get(..9)?);
            let sum: u32 = values(&body)?
                .into_iter()
                .zip([1, 3].into_iter().cycle())
                .map(|(digit, weight)| digit * weight)
                .sum();
            Some(format!("{body}{}", (10 - sum % 10) % 10))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_has_two_lengths_and_a_doi_stands_behind_a_resolver() {
        assert_eq!(forms("978-3-16-148410-0"), ["978-3-16-148410-0", "316148410X"]);
        assert_eq!(forms("316148410X"), ["316148410X", "9783161484100"]);
        assert_eq!(forms("0-306-40615-2"), ["0-306-40615-2", "9780306406157"]);
        assert_eq!(forms("9791032305690"), ["9791032305690"]);
        assert_eq!(forms("https://doi.org/10.5555/XYZ"), ["10.5555/xyz", "https://doi.org/10.5555/XYZ"]);
        assert_eq!(forms("10.5555/xyz"), ["10.5555/xyz"]);
        assert_eq!(forms("1234567é90"), ["1234567é90"]);
        assert!(is_one("10.5555/xyz") && is_one("https://a.example") && !is_one("A publisher of books"));
    }
}
