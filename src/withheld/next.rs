//! Where a mark stands next in a text that is read from front to back: however often that is asked, each stretch of it is
//! looked through once.

use memchr::memmem;

pub(super) struct Next<'t> {
    text: &'t str,
    mark: &'static str,
    known: Option<usize>,
    is_over: bool,
}

impl<'t> Next<'t> {
    pub fn of(mark: &'static str, text: &'t str) -> Next<'t> {
        Next { text, mark, known: None, is_over: false }
    }

    /// The first place from here on. Later questions are for later places.
    pub fn from(&mut self, start: usize) -> Option<usize> {
        if !self.is_over && self.known.is_none_or(|at| at < start) {
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            self.known = memmem::find(rest, self.mark.as_bytes()).map(|at| start + at);
            self.is_over = self.known.is_none();
        }
        self.known
    }
}
