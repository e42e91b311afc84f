//! The default theme, part of the program: the templates and static files of this repository, which
//! is a dossier itself. In a development build they are read from the repository, so that a change to
//! a template shows at once.

#[cfg(debug_assertions)]
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;

#[cfg(debug_assertions)]
use crate::disk::file;
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
    insert::<Templates>(&mut sources, "templates");
    insert::<Static>(&mut sources, "static");
    sources
}

fn insert<Folder: RustEmbed>(sources: &mut Sources, folder: &str) {
    for path in Folder::iter() {
        if let Some(bytes) = bytes::<Folder>(folder, &path) {
            sources.insert(format!("{folder}/{path}"), bytes);
        }
    }
}

#[cfg(not(debug_assertions))]
fn bytes<Folder: RustEmbed>(_folder: &str, path: &str) -> Option<Arc<[u8]>> {
    Folder::get(path).map(|file| file.data.as_ref().into())
}

/// As they are in the repository. The library would hash each, which takes longer than a small dossier.
#[cfg(debug_assertions)]
fn bytes<Folder: RustEmbed>(folder: &str, path: &str) -> Option<Arc<[u8]>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    file::read(&repository.join(folder).join(path), file::ASSET).ok()
}
