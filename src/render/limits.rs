//! What a template may not do: go on for ever. How long a page may take is known to the program around the library,
//! which has a clock; here is how large a page may be, and how deep components may call each other.

use std::cell::Cell;
use std::io::{self, ErrorKind, Write};

use tera::{Error, ErrorKind as TeraKind};

use super::met_in;

/// How many bytes of HTML a page may have.
pub const MOST_BYTES: usize = 256 << 20;

/// How many `elif` a template may have: the engine reads each within the one before it.
pub const MOST_ELIF: usize = 200;

/// How many templates a dossier may bring: the engine compares each with those it leads to.
pub const MOST_TEMPLATES: usize = 500;

/// How many levels templates that include and extend each other may lie deep, with the blocks in blocks of the dossier's own.
pub const DEEPEST: usize = 40;

/// The room that the stack of a thread that makes pages needs, in bytes. The engine takes some 60 KB for a level at most,
/// and lets components call each other 20 levels deep, each of which may lead [`DEEPEST`] levels down; calls of `once` begin
/// again within `ROOM`. What is not used takes up addresses and no memory.
pub const STACK: usize = 128 << 20;

/// How deep the stack may be where a component is called by `once`, counted from the first such call.
const ROOM: usize = 32 << 20;

/// How deep calls of `once` may lie in each other.
const DEEPEST_ONCE: usize = 10;

/// A page that is being written, and refuses to grow for ever.
pub struct Bounded<'h> {
    html: &'h mut Vec<u8>,
}

impl<'h> Bounded<'h> {
    pub fn new(html: &'h mut Vec<u8>) -> Bounded<'h> {
        Bounded { html }
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.html.len() + bytes.len() > MOST_BYTES {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.html.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a page grew too large.
pub fn is_too_large(error: &Error) -> bool {
    let cause = met_in(error).map_or(error, |(_, cause)| cause);
    matches!(cause.kind(), TeraKind::Io(ErrorKind::FileTooLarge))
}

thread_local! {
    /// How many calls of `once` this thread is in, and whether they went too deep.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static TOO_DEEP: Cell<bool> = const { Cell::new(false) };
    /// Where in its stack this thread was at the first of them.
    static FIRST: Cell<usize> = const { Cell::new(0) };
}

/// Runs `make` one level deeper. A component that calls itself is an error at every level, so that none of them tries
/// another way.
pub fn deeper<T>(make: impl FnOnce() -> T) -> Result<T, Error> {
    let depth = DEPTH.get();
    let place = std::ptr::from_ref(&depth).addr();
    if depth == 0 {
        TOO_DEEP.set(false);
        FIRST.set(place);
    }
    if depth < DEEPEST_ONCE && place.abs_diff(FIRST.get()) < ROOM {
        DEPTH.set(depth + 1);
        let made = make();
        DEPTH.set(depth);
        if !TOO_DEEP.get() {
            return Ok(made);
        }
    }
    TOO_DEEP.set(true);
    Err(Error::message(format!("components call each other by `once` more than {DEEPEST_ONCE} levels deep")))
}
