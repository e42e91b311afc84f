//! Which fields can stand at a place, and what stands in them.

use super::place::Home;
use crate::model::fields::{Field, Holds, SITE, Shape, shape};

/// What stands below some keys: a field with its name, or what the author's own keys hold.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub field: Option<&'static Field>,
    pub holds: Holds,
}

/// The table that a path of keys leads to.
pub fn table(home: Home, path: &[String]) -> Option<&'static Shape> {
    let start = match home {
        Home::Site => &SITE,
        Home::Record(kind) => shape(kind),
    };
    path.iter().try_fold(start, |shape, key| holds(shape, key)?.holds.shape())
}

/// What a path of keys leads to.
pub fn at(home: Home, path: &[String]) -> Option<Found> {
    let (last, before) = path.split_last()?;
    holds(table(home, before)?, last)
}

fn holds(shape: &'static Shape, key: &str) -> Option<Found> {
    match shape.field(key) {
        Some(field) => Some(Found { field: Some(field), holds: field.holds }),
        None => shape.others.map(|(_, holds)| Found { field: None, holds }),
    }
}
