//! An object of JSON whose fields are read one by one, so that what nobody reads is told.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// An object, and which of its fields were read.
pub struct Object<'v> {
    fields: &'v Map<String, Value>,
    read: RefCell<BTreeSet<&'v str>>,
    /// Lists of which only the first item was read.
    begun: RefCell<BTreeSet<&'v str>>,
}

impl<'v> Object<'v> {
    /// The object in a value, if it is one.
    pub fn of(value: &'v Value) -> Option<Object<'v>> {
        Some(Object { fields: value.as_object()?, read: RefCell::default(), begun: RefCell::default() })
    }

    /// A text, or a number as text; nothing where there is none or an empty one. A list stays unread.
    pub fn text(&self, name: &str) -> Option<String> {
        let (own, value) = self.fields.get_key_value(name)?;
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        self.read.borrow_mut().insert(own);
        (!text.is_empty()).then_some(text)
    }

    /// The items of a list, or a single value as a list of one.
    pub fn list(&self, name: &str) -> &'v [Value] {
        let Some((own, value)) = self.fields.get_key_value(name) else { return &[] };
        self.read.borrow_mut().insert(own);
        match value {
            Value::Array(items) => items,
            Value::Null => &[],
            other => std::slice::from_ref(other),
        }
    }

    /// The objects of a list.
    pub fn objects(&self, name: &str) -> Vec<Object<'v>> {
        self.list(name).iter().filter_map(Object::of).collect()
    }

    /// The texts of a list, which stay unread.
    pub fn seen(&self, name: &str) -> Vec<String> {
        let is_read =
            self.fields.get_key_value(name).is_some_and(|(own, _)| self.read.borrow().contains(own.as_str()));
        let texts = self.texts(name);
        if !is_read {
            self.read.borrow_mut().remove(name);
        }
        texts
    }

    /// The texts of a list.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        self.list(name).iter().filter_map(text).filter(|text| !text.is_empty()).collect()
    }

    /// The first text of a list; all others stay unread.
    pub fn first(&self, name: &str) -> Option<String> {
        let (own, _) = self.fields.get_key_value(name)?;
        let is_read = self.read.borrow().contains(own.as_str());
        let first = self.texts(name).into_iter().next();
        if !is_read && first.is_some() {
            self.read.borrow_mut().remove(own.as_str());
            self.begun.borrow_mut().insert(own);
        }
        first
    }

    /// Says of fields that they are dealt with.
    pub fn skip(&self, names: &[&str]) {
        for name in names {
            self.read.borrow_mut().extend(self.fields.get_key_value(*name).map(|(own, _)| own.as_str()));
        }
    }

    /// Why what is left of a field is not carried.
    pub fn why(&self, name: &str) -> &'static str {
        if self.begun.borrow().contains(name) { "one value is taken, the first" } else { "no field for it" }
    }

    /// What nobody read and is not empty, in the order of the file.
    pub fn rest(&self) -> Vec<(&'v str, Value)> {
        let is_empty = |value: &Value| match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        let (read, begun) = (self.read.borrow(), self.begun.borrow());
        let unread = self.fields.iter().filter(|(name, _)| !read.contains(name.as_str()));
        let left = unread.map(|(name, value)| match value {
            Value::Array(items) if begun.contains(name.as_str()) => {
                (name.as_str(), Value::Array(items.iter().skip(1).cloned().collect()))
            }
            value => (name.as_str(), value.clone()),
        });
        left.filter(|(_, value)| !is_empty(value)).collect()
    }
}
