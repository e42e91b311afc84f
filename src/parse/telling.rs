//! What is withheld, a record or a field of one -> the texts in it that tell what it says, for the search that proves
//! them absent.

use toml::de::DeValue;

use super::is_key;
use crate::model::dossier::Form;
use crate::model::{Kind, Position};

/// The length from which a text of any field is telling. A word such as a role or the key of a group stands elsewhere
/// with good reason.
const SENTENCE: usize = 24;

/// Which texts of a field are telling.
#[derive(Clone, Copy)]
enum Rule {
    /// All, however short they are.
    All(Form),
    /// The names of those who made a source or a text; keys are of records, which are withheld by themselves.
    Makers,
    /// Names of files, and whole sentences.
    Sentences,
}

/// Adds the telling texts of a field that is withheld.
pub fn of_field(kind: Kind, field: &str, value: &DeValue, texts: &mut Vec<(String, Form)>) {
    let name = if kind == Kind::Person { Form::Person } else { Form::Text };
    let rule = match field {
        "name" | "names" | "sort_name" | "short" => Rule::All(name),
        "title" | "ids" | "url" | "archived" | "doi" | "isbn" => Rule::All(Form::Text),
        "by" | "author" | "authors" | "editor" => Rule::Makers,
        _ => Rule::Sentences,
    };
    collect(value, rule, texts);
}

/// Adds those of a field of a record that is withheld as a whole, but for what every record is known by: its names,
/// its addresses, its files.
pub fn of_record(field: &str, value: &DeValue, texts: &mut Vec<(String, Form)>) {
    let is_said = ["summary", "note", "definition", "quotes"].contains(&field)
        || Position::ALL.iter().any(|(name, ..)| *name == field);
    match field {
        "doi" | "isbn" => collect(value, Rule::All(Form::Text), texts),
        _ if is_said => collect(value, Rule::Sentences, texts),
        // Of those who made it persons alone: what an office or a newspaper is called stands in many places.
        "by" | "author" | "editor" => {
            let mut makers = Vec::new();
            collect(value, Rule::Makers, &mut makers);
            let persons: Vec<_> = makers.iter().filter(|(name, _)| name.contains(COMMAS)).collect();
            texts.extend(persons.into_iter().flat_map(|(name, form)| {
                [Some(name.clone()), turned(name)].into_iter().flatten().map(|name| (name, *form))
            }));
        }
        _ => {}
    }
}

const COMMAS: [char; 2] = [',', '،'];

/// `Quill, Vera` as it is said: `Vera Quill`.
fn turned(name: &str) -> Option<String> {
    let (last, first) = name.split_once(COMMAS)?;
    Some(format!("{} {}", first.trim(), last.trim()))
}

fn collect(value: &DeValue, rule: Rule, texts: &mut Vec<(String, Form)>) {
    match value {
        DeValue::String(text) => match rule {
            Rule::All(form) => {
                texts.push((text.to_string(), form));
                texts.extend(turned(text).filter(|_| form == Form::Person).map(|name| (name, form)));
            }
            Rule::Makers if is_key(text.rsplit('/').next().unwrap_or(text)) => {}
            Rule::Makers => collect(value, Rule::All(Form::Person), texts),
            Rule::Sentences => {
                let is_file = text
                    .rsplit_once('.')
                    .is_some_and(|(_, end)| (2..=5).contains(&end.len()) && !end.contains(' '));
                if is_file || text.chars().count() >= SENTENCE {
                    texts.push((text.to_string(), Form::Text));
                    let name = text.rsplit_once('/').filter(|_| is_file);
                    texts.extend(name.map(|(_, name)| (name.to_owned(), Form::Text)));
                }
            }
        },
        DeValue::Array(array) => array.iter().for_each(|item| collect(item.get_ref(), rule, texts)),
        DeValue::Table(table) => {
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    // Citations of a spelling name sources that are shown elsewhere.
                    "cite" | "note" => {}
                    "named_as" => collect(value.get_ref(), Rule::All(Form::Person), texts),
                    "url" => collect(value.get_ref(), Rule::All(Form::Text), texts),
                    _ => collect(value.get_ref(), rule, texts),
                }
            }
        }
        _ => {}
    }
}
