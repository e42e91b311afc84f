//! The words that the rules go by, in small letters. All but the honorifics are English.

mod dates;
mod groups;
mod people;
mod sentences;
mod starters;

pub use dates::*;
pub use groups::*;
pub use people::*;
pub use sentences::*;
pub use starters::*;
