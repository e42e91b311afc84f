//! The default theme, part of the program: the templates and static files of this repository, which
//! is a dossier itself. In a development build they are read from the repository, so that a change to
//! a template shows at once.

#[cfg(debug_assertions)]
use std::path::Path;
#[cfg(debug_assertions)]
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
        let place = format!("{folder}/{path}");
        #[cfg(debug_assertions)]
        let bytes = in_repository(&place);
        #[cfg(not(debug_assertions))]
        let bytes = Folder::get(&path).map(|file| file.data);
        if let Some(bytes) = bytes {
            sources.insert(place, bytes.as_ref());
        }
    }
}

/// A file as it is in the repository. The library would hash each, which takes longer than a small dossier.
#[cfg(debug_assertions)]
fn in_repository(place: &str) -> Option<Arc<[u8]>> {
    file::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(place), file::ASSET).ok()
}
