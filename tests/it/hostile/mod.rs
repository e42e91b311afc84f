//! Nothing an author writes gets out of the place it is written for. A dossier with every field of every kind
//! (`dossier/`) is built once for each payload, which stands in every field that takes it; what a field does not take
//! is an error. What is built is read as its readers read it: pages in a real Chromium, formats by a parser of each,
//! reports as a terminal shows them.

mod browser;
mod complete;
mod direction;
mod formats;
mod payloads;
mod sites;
mod slots;
mod terminal;
