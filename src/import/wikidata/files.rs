//! The files that entities come in: a list, an object by number, a line for each, or one alone.

use serde_json::Value;

use super::super::Taken;
use super::super::problems;
use super::entity::Entity;
use crate::diag::Diagnostic;
use crate::source::SourceFile;

const FORMAT: &str = "entities of Wikidata";

/// The entities of a file, each with the number that leads to it, in its order.
pub fn entities(file: &SourceFile, taken: &mut Taken) -> Result<Vec<(String, Entity)>, Vec<Diagnostic>> {
    let text = problems::text(file)?;
    let base = problems::base(file, text);
    let mut found = Found::default();
    match problems::json(file, text, base) {
        Ok(value) => found.add(value),
        Err(problem) if !has_lines(text) || is_cut_off(text) => return Err(problem),
        Err(_) => lines(file, text, base, &mut found)?,
    }
    if found.entities.is_empty() {
        return Err(problems::not_of(file, FORMAT, "it holds no object with an `id` such as `Q42`"));
    }
    for value in found.odd {
        taken.lose(file.path.clone(), "entity", value, "no entity: it has no `id` such as `Q42`");
    }
    Ok(found.entities)
}

#[derive(Default)]
struct Found {
    entities: Vec<(String, Entity)>,
    /// What stands where entities do, and is none.
    odd: Vec<String>,
}

impl Found {
    /// Adds what a value holds.
    fn add(&mut self, value: Value) {
        match value {
            Value::Object(mut fields) => match fields.remove("entities") {
                // A number may be a former one, which leads to the entity that has it now.
                Some(Value::Object(entities)) => {
                    entities.iter().for_each(|(number, value)| self.one(Some(number), value));
                }
                Some(Value::Array(entities)) => entities.iter().for_each(|value| self.one(None, value)),
                Some(_) => {}
                None => self.one(None, &Value::Object(fields)),
            },
            Value::Array(entities) => entities.iter().for_each(|value| self.one(None, value)),
            _ => {}
        }
    }

    fn one(&mut self, number: Option<&String>, value: &Value) {
        match Entity::read(value) {
            Some(entity) => {
                let number = number.filter(|number| number.starts_with('Q')).unwrap_or(&entity.id).clone();
                self.entities.push((number, entity));
            }
            None => self.odd.push(value.to_string()),
        }
    }
}

/// Whether the first line that says anything is a whole object.
fn has_lines(text: &str) -> bool {
    let mut lines = text.lines().map(bare).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object()))
}

/// Whether a list that was begun does not end.
fn is_cut_off(text: &str) -> bool {
    text.trim_start().starts_with('[') && !text.trim_end().ends_with(']')
}

/// A line without the signs that make a list of all of them.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches('[').trim_end_matches(']').trim().trim_end_matches(',').trim_end()
}

/// An entity on each line. The error is that of the first line that cannot be read.
fn lines(file: &SourceFile, text: &str, base: usize, found: &mut Found) -> Result<(), Vec<Diagnostic>> {
    let mut start = base;
    for line in text.split_inclusive('\n') {
        let own = bare(line);
        if !own.is_empty() {
            found.add(problems::json(file, own, start + line.find(own).unwrap_or(0))?);
        }
        start += line.len();
    }
    Ok(())
}
