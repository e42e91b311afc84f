//! What is withheld, a record or a field of one -> the texts in it that tell what it says, for the search that proves
//! them absent. Which text is of what kind follows from the model: keys, citations and dates are no texts.

use toml::de::DeValue;

use super::markdown::{Role, Setting, markdown};
use crate::model::body::Piece;
use crate::model::dossier::{Form, Told};
use crate::model::fields::{Holds, shape};
use crate::model::{Kind, Position};
use crate::source::{FileId, Span};

/// The texts of some values of a record.
pub struct Telling {
    kind: Kind,
    file: FileId,
    pub told: Vec<Told>,
}

/// What a plain text of a field is.
#[derive(Clone, Copy)]
enum Text {
    Name(Form),
    Maker,
    Shared,
    Said,
}

impl Telling {
    pub fn new(kind: Kind, file: FileId) -> Telling {
        Telling { kind, file, told: Vec::new() }
    }

    /// Adds the texts of a field that is withheld.
    pub fn field(&mut self, field: &str, value: &DeValue) {
        let name = if self.kind == Kind::Person { Form::Person } else { Form::Text };
        let text = match field {
            "name" | "names" | "sort_name" | "short" => Text::Name(name),
            "title" | "ids" => Text::Name(Form::Text),
            "by" | "author" | "authors" | "editor" => Text::Maker,
            "doi" | "isbn" | "publisher" | "container_title" => Text::Shared,
            _ => Text::Said,
        };
        if let Some(known) = shape(self.kind).field(field) {
            self.add(known.holds, text, value);
        }
    }

    /// Adds those of a field of a record that is withheld as a whole, but for what every record is known by: its names,
    /// its addresses, its files.
    pub fn of_whole(&mut self, field: &str, value: &DeValue) {
        let is_said = ["summary", "note", "definition", "quotes", "doi", "isbn"].contains(&field)
            || Position::ALL.iter().any(|(name, ..)| *name == field);
        let makes = ["by", "author", "editor"].contains(&field);
        let before = self.told.len();
        if is_said || makes {
            self.field(field, value);
        }
        if makes {
            // Of those who made it persons alone: what an office or a newspaper is called stands in many places.
            let mut index = 0;
            self.told.retain(|told| {
                index += 1;
                index <= before || matches!(told, Told::Maker(name) if is_sorted_person(name))
            });
        }
    }

    fn add(&mut self, holds: Holds, text: Text, value: &DeValue) {
        match (holds, value) {
            (Holds::List(each), DeValue::Array(items)) => {
                items.iter().for_each(|item| self.add(*each, text, item.get_ref()));
            }
            (Holds::List(each), _) => self.add(*each, text, value),
            (Holds::Either(all), _) => all.iter().for_each(|one| self.add(*one, text, value)),
            (Holds::Table(shape), DeValue::Table(table)) => {
                for (key, value) in table {
                    let inner = match key.get_ref().as_ref() {
                        "named_as" => Text::Name(Form::Person),
                        // Many pictures are by one hand, and under one licence.
                        "credit" | "licence" => continue,
                        "note" if shape.others.is_none() => Text::Said,
                        _ => text,
                    };
                    let field = shape.field(key.get_ref()).map(|field| field.holds);
                    if let Some(holds) = field.or(shape.others.map(|(_, holds)| holds)) {
                        self.add(holds, inner, value.get_ref());
                    }
                }
            }
            (Holds::Text, DeValue::String(value)) => self.plain(text, value),
            (Holds::Markdown, DeValue::String(text)) => self.markdown(text),
            (Holds::Address, DeValue::String(text)) => self.told.push(Told::Shared(text.to_string())),
            (Holds::File, DeValue::String(path)) => self.told.push(Told::File(path.to_string())),
            _ => {}
        }
    }

    fn plain(&mut self, text: Text, value: &str) {
        let is_record = || value.starts_with("groups/") || value.starts_with("people/");
        self.told.extend(match text {
            Text::Name(form) => Some(Told::Word(value.to_owned(), form)),
            Text::Maker => (!is_record()).then(|| Told::Maker(value.to_owned())),
            Text::Shared => Some(Told::Shared(value.to_owned())),
            Text::Said => Some(Told::Said(value.to_owned())),
        });
    }

    fn markdown(&mut self, text: &str) {
        // What is wrong with it concerns nobody: it is not shown.
        let nowhere = |_| Span::new(self.file, 0..0);
        let setting = Setting { place: &nowhere, folder: "", unsafe_html: false };
        let (body, _) = markdown(text, Role::Inline, &setting, &mut Vec::new());
        let shown = body.images.into_iter().flat_map(|image| [image.alt, image.caption]).flatten();
        self.told.extend(std::iter::once(body.text).chain(shown).map(Told::Said));
        self.told.extend(body.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Image { path, .. } => Some(Told::File(path)),
            _ => None,
        }));
    }
}

/// Whether a name is one of a person, with the family name in front: `Quill, Vera`, but not `Herald, The`.
fn is_sorted_person(name: &str) -> bool {
    const NO_FIRST_NAMES: [&str; 12] =
        ["the", "a", "an", "inc", "ltd", "llc", "llp", "plc", "gmbh", "ag", "sa", "co"];
    let Some((last, first)) = name.split_once(Told::COMMAS) else { return false };
    let first = first.trim().trim_end_matches('.').to_lowercase();
    let is_office =
        |part: &str| part.split_whitespace().any(|word| ["of", "for", "and", "&"].contains(&word));
    !NO_FIRST_NAMES.contains(&first.as_str()) && !is_office(last) && !is_office(&first)
}
