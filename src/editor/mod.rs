//! What an editor asks of a dossier while somebody writes: what can stand at a place, what is named there, where else it
//! is named. Files may be broken; the dossier is what the other stages made of them all the same.

pub mod complete;
pub mod fields;
pub mod hover;
pub mod mend;
pub mod place;
pub mod position;
pub mod prose;
pub mod references;
pub mod symbols;
pub mod toml;
