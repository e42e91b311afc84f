//! A text that says who made something, or from whom it comes -> the persons in it.

use crate::model::dossier::Told;

/// Words by which an office, a firm or a newspaper is known, and is none of several persons.
const OFFICES: [&str; 45] = [
    "affairs",
    "agency",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "center",
    "centre",
    "college",
    "commission",
    "committee",
    "company",
    "council",
    "court",
    "department",
    "embassy",
    "federation",
    "for",
    "foundation",
    "gazette",
    "group",
    "health",
    "herald",
    "inc",
    "institute",
    "international",
    "journal",
    "ltd",
    "ministry",
    "national",
    "news",
    "of",
    "office",
    "post",
    "press",
    "public",
    "radio",
    "review",
    "service",
    "society",
    "times",
    "tribune",
    "union",
    "university",
];

fn is_office(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| OFFICES.binary_search(&word.to_lowercase().as_str()).is_ok())
}

/// Those whom a text names: `Smith, John and Quill, Vera`, `Quill, Vera; The Herald`, `John Smith, Ada Berg and Vera Quill`,
/// `Vera Quill (The Herald)`, `By Vera Quill for Reuters`. Of an office, which may have an "and" or a comma in its name, it
/// is the whole text.
pub fn makers(text: &str) -> Vec<String> {
    const BETWEEN: [&str; 10] =
        [" and ", " und ", " et ", " y ", " e ", " og ", " with ", " for ", " mit ", " \u{648}"];
    let marked = BETWEEN.iter().fold(text.to_owned(), |text, word| text.replace(word, ";"));
    let mut names = Vec::new();
    for part in marked.split([';', '&', '(', ')', '/', '|', '—', '–', '、']).map(str::trim) {
        let pieces: Vec<&str> = part
            .split(Told::COMMAS)
            .map(str::trim)
            .filter(|piece| !piece.is_empty() && !Told::is_behind(piece))
            .collect();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            let sorted = pieces.get(at + 1).map(|next| format!("{piece}, {next}"));
            let is_one_word = |piece: &str| !piece.contains(char::is_whitespace);
            let next_is_one = pieces.get(at + 1).is_some_and(|next| is_one_word(next));
            let sorted = sorted.filter(|name| {
                (is_one_word(piece) || next_is_one) && is_sorted_person(name) && !is_office(piece)
            });
            let is_pair = sorted.is_some();
            // `Vera Quill, Reuters` may be either.
            names.extend(sorted);
            names.extend(persons_in(piece));
            at += 1 + usize::from(is_pair);
        }
        if part.starts_with("The ") && part != text.trim() {
            names.push(part.to_owned());
        }
    }
    if names.is_empty() { vec![text.to_owned()] } else { names }
}

/// The names of persons in a text: two words or more side by side that begin with capital letters, but for those like
/// `van`, or that are of a script without any; and what stands alone in a script without spaces.
pub fn persons_in(text: &str) -> Vec<String> {
    const MOST: usize = 5;
    const WITHIN: [&str; 16] = [
        "al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "du", "el", "ibn", "la", "van",
        "von",
    ];
    let words =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'));
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    for word in words.filter(|word| !word.is_empty()) {
        let is_within = WITHIN.contains(&word) || word.starts_with("al-");
        match runs.last_mut() {
            Some(run) if is_name(&word) || is_within && !run.is_empty() => run.push(word),
            _ => runs.push(Vec::new()),
        }
    }
    let mut found = Vec::new();
    for mut run in runs {
        // `von` belongs to a name that follows.
        while run.last().is_some_and(|word| WITHIN.contains(word)) {
            run.pop();
        }
        if run.first().is_some_and(|word| ["By", "The", "Von"].contains(word)) {
            let is_by = run.first() == Some(&"By");
            run.remove(0);
            if !is_by {
                continue;
            }
        }
        let is_unspaced = run.len() == 1
            && (2..=4).contains(&run[0].chars().count())
            && run[0].chars().all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}'));
        // The last name of somebody may be Post.
        let is_office = match run.as_slice() {
            [first, _] => is_office(first),
            _ => is_office(&run.join(" ")),
        };
        if is_unspaced || (2..=MOST).contains(&run.len()) && !is_office {
            found.push(run.join(" "));
        }
    }
    found
}

/// Whether a name is that of a person with the family name in front: `Quill, Vera`, but not `Herald, The`.
pub fn is_sorted_person(name: &str) -> bool {
    const NO_FIRST_NAMES: [&str; 9] = ["The", "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "LLP", "PLC", "GmbH"];
    name.split_once(Told::COMMAS).is_some_and(|(last, first)| {
        let is_office = last.split_whitespace().any(|word| ["of", "for", "and"].contains(&word));
        !is_office && !NO_FIRST_NAMES.contains(&first.trim())
    })
}
