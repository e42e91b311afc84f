//! The search for what is withheld: it takes any file, and what stands in a text is found whatever else does.

use dossier::model::dossier::{Form, Withheld};
use dossier::source::{Sources, Span};
use dossier::withheld::Search;

const NAMES: [&str; 4] = ["Vera Quill", "José Núñez-Ruiz", "Ida", "王小明"];

/// A file of a name that says how it is read, and of another.
pub fn searches(data: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.insert("content/people.toml", b"".as_slice());
    let span = Span::new(file, 0..0);
    let words = NAMES.map(|name| Withheld {
        word: name.to_owned(),
        form: Form::Person,
        owner: "somebody".to_owned(),
        span,
    });
    let search = Search::new(&words).unwrap().unwrap();
    for path in ["a.bin", "a.eml", "a.ics", "a.bib"] {
        search.hits(path, data);
    }
    let is_text = |text: &&str| text.chars().all(|c| !c.is_control() || c == '\n');
    if let Some(text) = std::str::from_utf8(data).ok().filter(is_text) {
        for (number, name) in NAMES.iter().enumerate() {
            let text = format!("{text}\n\n{name}\n");
            assert!(search.hits("a.txt", text.as_bytes()).contains(&number), "{name} in {text:?}");
        }
    }
}
