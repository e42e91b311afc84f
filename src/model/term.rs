//! A word that the dossier uses in a meaning of its own, and that meaning.

use super::body::Body;
use super::name::Name;

#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub name: Name,
    /// Running Markdown.
    pub definition: Body,
}
