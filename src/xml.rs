//! What no XML of an author's may have, since to read it would take the square of its length.

/// How many attributes an element may have: each is compared with all others. Drawings have some twenty.
pub const MOST_ATTRIBUTES: usize = 256;

/// Whether an element has more attributes than that, without building a tree of elements. What stands in comments is
/// taken for elements, too.
pub fn has_too_many_attributes(text: &str) -> bool {
    text.split('<').skip(1).any(|tag| {
        let mut quote = None;
        let mut count = 0;
        for byte in tag.bytes() {
            match (quote, byte) {
                (None, b'>') => break,
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => count += 1,
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
            if count > MOST_ATTRIBUTES {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_and_what_is_in_them_is_not() {
        let element =
            |count: usize| format!("<g a=\"{}\" {}/>", "=>'".repeat(999), "b='c' ".repeat(count - 1));
        assert!(!has_too_many_attributes(&element(MOST_ATTRIBUTES).repeat(3)));
        assert!(has_too_many_attributes(&element(MOST_ATTRIBUTES + 1)));
    }
}
