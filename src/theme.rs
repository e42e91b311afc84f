//! The default theme, part of the program: the templates and static files of this repository, which
//! is a dossier itself. In a development build they are read from the repository, so that a change to
//! a template shows at once.

use rust_embed::RustEmbed;

use crate::source::Sources;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// The files of the theme, at the paths where a dossier would have its own.
pub fn theme() -> Sources {
    let mut sources = Sources::default();
    for path in Templates::iter() {
        if let Some(file) = Templates::get(&path) {
            sources.insert(format!("templates/{path}"), file.data.as_ref());
        }
    }
    for path in Static::iter() {
        if let Some(file) = Static::get(&path) {
            sources.insert(format!("static/{path}"), file.data.as_ref());
        }
    }
    sources
}
