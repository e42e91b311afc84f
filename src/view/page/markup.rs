//! HTML or SVG that is finished when it reaches a template.

use serde::{Serialize, Serializer};
use tera::Value;

/// Markup: templates put it out as it is, without `| safe`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Markup(pub String);

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}
