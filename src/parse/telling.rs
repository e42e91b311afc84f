//! What is withheld, a record or a field of one -> the texts in it that tell what it says, for the search that proves
//! them absent. Which text is of what kind follows from the model: keys, citations and dates are no texts.

use toml::Spanned;
use toml::de::DeValue;

use super::bylines::{is_sorted_person, makers, persons_in};
use super::citation::unrecorded;
use super::fields::is_path;
use super::markdown::{Role, Setting, markdown, without_tags};
use crate::model::body::Piece;
use crate::model::dossier::{Form, Told};
use crate::model::fields::{Holds, shape};
use crate::model::{Asset, Kind, Position};
use crate::source::{FileId, Span};

/// The texts of some values of a record.
pub struct Telling {
    kind: Kind,
    file: FileId,
    /// Where the TOML starts in the file.
    base: usize,
    pub told: Vec<Told>,
}

/// What a plain text of a field is.
#[derive(Clone, Copy)]
enum Text {
    Name(Form),
    Id,
    Title,
    Label,
    Maker,
    Shared,
    Said,
}

impl Telling {
    pub fn new(kind: Kind, file: FileId, base: usize) -> Telling {
        Telling { kind, file, base, told: Vec::new() }
    }

    /// Adds the texts of a field that is withheld; returns what should stand there where something else does, since of
    /// that nobody knows what it tells.
    pub fn field(&mut self, field: &str, value: &Spanned<DeValue>) -> Result<(), String> {
        let name = if self.kind == Kind::Person { Form::Person } else { Form::Text };
        let text = match field {
            "name" | "names" | "sort_name" | "short" => Text::Name(name),
            "ids" => Text::Id,
            "moved_from" => Text::Name(Form::Key),
            "title" => Text::Title,
            "by" | "author" | "authors" | "editor" => Text::Maker,
            "doi" | "isbn" | "publisher" | "container_title" => Text::Shared,
            "genre" | "publisher_place" | "exclusive_roles" | "roles" | "tags" | "response_sought"
            | "links" | "involved" | "participants" => Text::Label,
            _ => Text::Said,
        };
        let Some(known) = shape(self.kind).field(field) else { return Ok(()) };
        if self.add(known.holds, text, value) { Ok(()) } else { Err(known.holds.words()) }
    }

    /// Adds those of a field of a record that is withheld as a whole, but for what every record is known by: its names,
    /// its addresses, its files. What has the wrong type is reported where the field is read.
    pub fn of_whole(&mut self, field: &str, value: &Spanned<DeValue>) {
        let is_said = ["summary", "note", "definition", "quotes", "doi", "isbn"].contains(&field)
            || Position::ALL.iter().any(|(name, ..)| *name == field);
        let makes = ["by", "author", "editor"].contains(&field);
        let before = self.told.len();
        if is_said || makes {
            let _ = self.field(field, value);
        }
        if makes {
            // Of those who made it persons alone: what an office or a newspaper is called stands in many places.
            let makers = self.told.split_off(before);
            self.told.extend(makers.into_iter().filter(|told| match told {
                Told::Maker(name) => is_sorted_person(name),
                _ => false,
            }));
        }
    }

    /// Returns whether the value is what can stand there.
    fn add(&mut self, holds: Holds, text: Text, value: &Spanned<DeValue>) -> bool {
        let span = Span::new(self.file, self.base + value.span().start..self.base + value.span().end);
        match (holds, value.get_ref()) {
            (Holds::List(each), DeValue::Array(items)) => {
                // Each is looked at, also behind one that does not fit.
                items.iter().filter(|item| !self.add(*each, text, item)).count() == 0
            }
            (Holds::List(each), _) => self.add(*each, text, value),
            (Holds::Either(all), _) => all.iter().any(|one| self.add(*one, text, value)),
            (Holds::Table(shape), DeValue::Table(table)) => table.iter().fold(true, |fits, (key, value)| {
                let inner = match key.get_ref().as_ref() {
                    "named_as" => Text::Maker,
                    // Many pictures are by one hand, and under one licence.
                    "credit" | "licence" => return fits,
                    "note" if shape.others.is_none() => Text::Said,
                    "desc" => Text::Label,
                    _ => text,
                };
                let field = shape.field(key.get_ref()).map(|field| field.holds);
                let holds = field.or(shape.others.map(|(_, holds)| holds));
                holds.is_some_and(|holds| self.add(holds, inner, value)) && fits
            }),
            (Holds::Text, DeValue::String(value)) => {
                self.plain(text, value);
                true
            }
            (Holds::Markdown, DeValue::String(text)) => {
                self.markdown(text, span);
                true
            }
            (Holds::Address, DeValue::String(text)) => {
                self.told.push(Told::Shared(text.to_string()));
                true
            }
            (Holds::File, DeValue::String(path)) => {
                // In no other form, by which the file would not be known.
                let is_path = is_path(path);
                if is_path {
                    self.told.push(Told::File(Asset { path: path.to_string(), span }));
                }
                is_path
            }
            (Holds::Citation, DeValue::String(text)) => {
                // Between the quotes stands an origin that is no record.
                for origin in unrecorded(text) {
                    self.told.push(Told::Shared(origin.to_owned()));
                    self.told.extend(persons_in(origin).into_iter().map(Told::Maker));
                }
                true
            }
            (Holds::Flag, DeValue::Boolean(_))
            | (Holds::Integer, DeValue::Integer(_))
            | (Holds::Degrees(_), DeValue::Float(_) | DeValue::Integer(_))
            | (Holds::Any, _) => true,
            (
                Holds::Text | Holds::Markdown | Holds::Address | Holds::File | Holds::Citation | Holds::Flag,
                _,
            )
            | (Holds::Integer | Holds::Degrees(_) | Holds::Table(_), _) => false,
            (_, DeValue::String(key)) => {
                // Words of the program, keys and dates are no texts; a former key leads to where it was.
                if let Text::Name(Form::Key) = text {
                    self.told.push(Told::Word(key.to_string(), Form::Key));
                }
                true
            }
            _ => false,
        }
    }

    fn plain(&mut self, text: Text, value: &str) {
        let is_record = || value.starts_with("groups/") || value.starts_with("people/");
        if let Text::Maker = text {
            let names = makers(value).into_iter().filter(|_| !is_record());
            self.told.extend(names.map(Told::Maker));
            return;
        }
        self.told.extend(match text {
            Text::Name(form) => Some(Told::Word(value.to_owned(), form)),
            Text::Id => Some(Told::Id(value.to_owned())),
            Text::Title => Some(Told::Title(value.to_owned())),
            Text::Label => Some(Told::Label(value.to_owned())),
            Text::Maker => None,
            Text::Shared => Some(Told::Shared(value.to_owned())),
            Text::Said => Some(Told::Said(value.to_owned())),
        });
    }

    /// Adds what a text says as it would be shown, whole and block by block, the files of its pictures, and what it links to.
    fn markdown(&mut self, text: &str, span: Span) {
        let place = |_| span;
        let setting = Setting { place: &place, folder: "", unsafe_html: true };
        // What is wrong with it concerns nobody: it is not shown.
        let (body, _) = markdown(text, Role::Record, &setting, &mut Vec::new());
        let mut paragraphs: Vec<String> = Vec::new();
        let mut last = None;
        for sentence in &body.sentences {
            match paragraphs.last_mut() {
                Some(before) if last == Some(sentence.paragraph) => {
                    before.push(' ');
                    before.push_str(&sentence.text);
                }
                _ => paragraphs.push(sentence.text.clone()),
            }
            last = Some(sentence.paragraph);
        }
        let lines = body.lines.iter().map(|line| without_tags(&line.value));
        // A row of a table is read as one.
        let rows = text.lines().filter(|line| line.trim_start().starts_with('|'));
        let cells = rows.flat_map(|row| row.split('|')).map(|cell| cell.trim().to_owned());
        let shown = body.images.into_iter().flat_map(|image| [image.alt, image.caption]).flatten();
        let said = std::iter::once(body.text).chain(paragraphs).chain(lines).chain(cells).chain(shown);
        self.told.extend(said.map(Told::Said));
        self.told.extend(body.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Image { path, span, .. } => Some(Told::File(Asset { path, span })),
            _ => None,
        }));
        self.told.extend(addresses(text).into_iter().map(|address| Told::Shared(address.to_owned())));
    }
}

/// The addresses of the web in a text.
fn addresses(text: &str) -> Vec<&str> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '<' | ']');
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("http") {
        rest = &rest[at..];
        let is_one = rest.starts_with("http://") || rest.starts_with("https://");
        let end = if is_one { rest.find(ends).unwrap_or(rest.len()) } else { "http".len() };
        found.extend(is_one.then(|| &rest[..end]));
        rest = &rest[end..];
    }
    found
}
