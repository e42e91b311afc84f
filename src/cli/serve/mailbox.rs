//! Who has something for the worker -> letters, and the box they wait in.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::{mpsc, oneshot};

use crate::cli::watch::Change;

/// What the worker is told.
pub enum Letter {
    Changed(Change),
    /// Somebody asks for what stands at an address.
    Ask(String, oneshot::Sender<Reply>),
    /// A page is open and is told what changes.
    Open {
        id: usize,
        greeting: Greeting,
        messages: mpsc::Sender<String>,
    },
    Closed(usize),
}

/// What an open page says of itself first.
#[derive(Debug, Deserialize)]
pub struct Greeting {
    pub page: String,
    /// The hash of its text.
    pub version: String,
    /// How new the files are that it loaded.
    pub stamp: String,
}

/// What stands at an address, and what a page that is loaded now is known by.
pub struct Reply {
    pub found: Found,
    pub stamp: String,
}

/// What stands at an address of the site.
pub enum Found {
    /// A page, as a build makes it.
    Page(Arc<[u8]>),
    /// Any other file.
    File(Arc<[u8]>),
    /// There is nothing, or it could not be made: a page says so, and waits for it to be there.
    Nothing { failed: bool },
}

/// Where letters are left. How many wait is known without opening it.
#[derive(Clone)]
pub struct Mailbox {
    sender: Sender<Letter>,
    waiting: Arc<AtomicUsize>,
}

impl Mailbox {
    pub fn new() -> (Mailbox, Inbox) {
        let (sender, receiver) = channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        (
            Mailbox { sender, waiting: Arc::clone(&waiting) },
            Inbox { receiver, waiting, kept: VecDeque::new() },
        )
    }

    pub fn send(&self, letter: Letter) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        // When nobody reads any more, the program is at its end.
        let _ = self.sender.send(letter);
    }
}

pub struct Inbox {
    receiver: Receiver<Letter>,
    waiting: Arc<AtomicUsize>,
    /// Letters that were read over while others were looked for.
    kept: VecDeque<Letter>,
}

impl Inbox {
    /// The next letter: waits for one, for as long as `patience`, unless there is other work.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Letter> {
        if let Some(letter) = self.kept.pop_front() {
            return Some(letter);
        }
        let letter = match patience {
            None => self.receiver.try_recv().ok(),
            Some(patience) => self.receiver.recv_timeout(patience).ok(),
        }?;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        Some(letter)
    }

    /// The changes among the letters that wait; the others are kept.
    pub fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut kept = std::mem::take(&mut self.kept);
        while let Ok(letter) = self.receiver.try_recv() {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            kept.push_back(letter);
        }
        for letter in kept {
            match letter {
                Letter::Changed(change) => changes.push(change),
                letter => self.kept.push_back(letter),
            }
        }
        changes
    }

    /// What says whether a letter waits.
    pub fn is_any(&self) -> impl Fn() -> bool + Sync + use<> {
        let waiting = Arc::clone(&self.waiting);
        move || waiting.load(Ordering::Relaxed) > 0
    }
}
