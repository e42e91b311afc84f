//! Letters in circles and squares, and those that flags are made of -> the letters.

/// The first of each alphabet of Latin capitals.
const ALPHABETS: [u32; 4] = [0x1F130, 0x1F150, 0x1F170, 0x1F1E6];

/// A text with plain letters for such, with the places where they stand; nothing where there are none.
pub(super) fn plain(text: &str) -> Option<(String, Vec<usize>)> {
    // Nearly no text has any.
    let begins = memchr::memmem::find_iter(text.as_bytes(), b"\xF0\x9F");
    let is_here = |at: usize| matches!(text.as_bytes().get(at + 2), Some(0x84..=0x87));
    begins.into_iter().find(|at| is_here(*at))?;
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::new();
    for c in text.chars() {
        match letter(c) {
            Some(letter) => {
                places.push(out.len());
                out.push(letter);
            }
            None => out.push(c),
        }
    }
    Some((out, places))
}

fn letter(c: char) -> Option<char> {
    let number = |first: &u32| u32::from(c).checked_sub(*first).filter(|number| *number < 26);
    let number = ALPHABETS.iter().find_map(number)?;
    char::from_u32(u32::from('A') + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enclosed_letters_are_letters() {
        for text in ["a 🄱🄾", "a 🅑🅞", "a 🅱🅾", "a 🇧🇴"] {
            assert_eq!(plain(text), Some(("a BO".to_owned(), vec![2, 3])));
        }
        assert_eq!(plain("a 😀"), None);
    }
}
