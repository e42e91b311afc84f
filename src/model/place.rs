//! A place, and the place it lies in.

use super::Ref;
use super::name::Name;
use crate::source::Spanned;

#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub name: Name,
    pub within: Option<Ref>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<Spanned<String>>,
    /// Degrees north and east, WGS 84.
    pub position: Option<(f64, f64)>,
}
