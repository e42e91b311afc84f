//! The preview and the pages of its own -> what stands at each address, and what there is to say of it.

use std::collections::BTreeMap;

use dossier::preview::{Answer, Preview};

use super::editor::Editor;
use super::mailbox::Found;
use super::message::{self, PlaceNow, Told};
use super::pages;

pub struct Site {
    pub preview: Preview,
    pub editor: Editor,
}

impl Site {
    /// What stands at an address, made now if it is not there yet; nothing when that takes a while.
    pub fn find(&mut self, path: &str) -> Option<Found> {
        if path == pages::PROBLEMS {
            let page = pages::problems(&self.preview.problems(), &self.editor);
            return Some(Found::Page(page.into_bytes().into()));
        }
        match self.preview.file(path) {
            Answer::File(bytes) if path.ends_with(".html") => Some(Found::Page(bytes)),
            Answer::File(bytes) => Some(Found::File(bytes)),
            Answer::Failed => Some(Found::Nothing { failed: true }),
            Answer::Missing => Some(Found::Nothing { failed: false }),
            Answer::Later => None,
        }
    }

    /// Where the records of a page are written.
    pub fn places(&self, path: &str) -> Vec<PlaceNow> {
        let guard = self.preview.problems().guard.clone();
        message::places(&self.preview.places(path), &self.preview.sources(), guard.as_ref(), &self.editor)
    }

    /// What there is to say about the dossier.
    pub fn told(&self) -> Told {
        message::told(&self.preview.problems(), self.preview.is_behind(), &self.editor)
    }

    /// The records that are shown and will not be published, by address.
    pub fn hidden(&self) -> BTreeMap<String, &'static str> {
        message::hidden(self.preview.hidden())
    }
}
