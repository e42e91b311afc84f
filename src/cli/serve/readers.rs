//! The pages that are open -> what each of them is told, and was told last.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::mpsc;

use super::mailbox::{Found, Greeting};
use super::message::{FilesNow, Message, PageNow, PlaceNow, Told};
use super::pages;
use super::served::Served;
use super::site::Site;

/// An open page, and what it was told last.
struct Reader {
    page: String,
    version: String,
    places: Vec<PlaceNow>,
    messages: mpsc::Sender<String>,
}

pub struct Readers {
    all: BTreeMap<usize, Reader>,
    told: Option<Told>,
    hidden: BTreeMap<String, &'static str>,
    served: Served,
}

impl Readers {
    /// `run` differs from that of every other run of the program.
    pub fn new(run: String) -> Readers {
        let served = Served::new(run);
        Readers { all: BTreeMap::new(), told: None, hidden: BTreeMap::new(), served }
    }

    /// The pages that are open.
    pub fn pages(&self) -> BTreeSet<String> {
        self.all.values().map(|reader| reader.page.clone()).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What a page that is loaded now is known by when it is open.
    pub fn stamp(&self) -> String {
        self.served.stamp()
    }

    /// How many errors they were told of.
    pub fn errors(&self) -> usize {
        self.told.as_ref().map_or(0, |told| told.errors)
    }

    /// A page is open: it is told all that it cannot know, and its text and files if they have changed since it was
    /// loaded.
    pub fn open(&mut self, site: &mut Site, id: usize, greeting: Greeting, messages: mpsc::Sender<String>) {
        let Greeting { page, version, stamp } = greeting;
        let mut reader = Reader { page, version, places: Vec::new(), messages };
        let mut message = about(&mut reader, site);
        message.places = Some(reader.places.clone());
        message.problems = self.told.clone();
        message.hidden = Some(self.hidden.clone());
        let files = self.served.since(&stamp);
        if files.as_ref().is_none_or(|files| !files.is_empty()) {
            message.files = Some(FilesNow { paths: files, stamp: self.served.stamp() });
        }
        if reader.hears(&message) {
            self.all.insert(id, reader);
        }
    }

    pub fn close(&mut self, id: usize) {
        self.all.remove(&id);
    }

    /// Takes down what was handed out, and tells pages that may have what was handed out before.
    pub fn hand_out(&mut self, path: &str, found: &Found) {
        let is_other = match found {
            Found::File(bytes) => self.served.note(path, Some(bytes)),
            Found::Nothing { .. } if !path.ends_with(".html") => self.served.note(path, None),
            Found::Page(_) | Found::Nothing { .. } => false,
        };
        if is_other {
            self.tell_of(vec![path.to_owned()]);
        }
    }

    /// Tells every page what has become of it.
    pub fn tell_pages(&mut self, site: &mut Site) {
        let hidden = site.hidden();
        let new = (hidden != self.hidden).then(|| hidden.clone());
        self.hidden = hidden;
        self.all.retain(|_, reader| {
            let mut message = about(reader, site);
            message.hidden.clone_from(&new);
            reader.hears(&message)
        });
    }

    /// Tells every page what there is to say about the dossier, where that is new.
    pub fn tell_problems(&mut self, site: &mut Site) {
        let told = site.told();
        if self.told.as_ref() != Some(&told) {
            let message = Message { problems: Some(told.clone()), ..Message::default() };
            self.told = Some(told);
            self.all.retain(|_, reader| reader.hears(&message));
        }
        // The page of all problems is as new as they are.
        self.all.retain(|_, reader| {
            let message = (reader.page == pages::PROBLEMS).then(|| about(reader, site));
            message.is_none_or(|message| reader.hears(&message))
        });
    }

    /// Tells every page which files are others than before.
    pub fn tell_files(&mut self, site: &Site) {
        let changed = self.served.changed(|path| site.preview.known(path));
        if !changed.is_empty() {
            self.tell_of(changed);
        }
    }

    fn tell_of(&mut self, paths: Vec<String>) {
        let files = FilesNow { paths: Some(paths), stamp: self.served.stamp() };
        let message = Message { files: Some(files), ..Message::default() };
        self.all.retain(|_, reader| reader.hears(&message));
    }
}

impl Reader {
    /// Sends what there is to say. Returns whether it will hear more: one that is gone does not, nor one that is so far
    /// behind that it had better connect again.
    fn hears(&self, message: &Message) -> bool {
        let text = serde_json::to_string(message).unwrap_or_default();
        text == "{}" || self.messages.try_send(text).is_ok()
    }
}

/// What is to be said to a page about itself.
fn about(reader: &mut Reader, site: &mut Site) -> Message {
    let mut message = Message::default();
    match site.find(&reader.page) {
        Some(Found::Page(bytes) | Found::File(bytes)) => {
            let version = pages::version(&bytes);
            if version != reader.version {
                reader.version.clone_from(&version);
                let html = String::from_utf8_lossy(&bytes).into_owned();
                message.page = Some(PageNow { version, html });
            }
        }
        Some(Found::Nothing { .. }) if reader.version != pages::NOTHING => {
            reader.version = pages::NOTHING.to_owned();
            message.page = Some(PageNow { version: reader.version.clone(), html: String::new() });
        }
        Some(Found::Nothing { .. }) | None => {}
    }
    let places = site.places(&reader.page);
    if places != reader.places {
        reader.places.clone_from(&places);
        message.places = Some(places);
    }
    message
}
