//! What holds of any input. A target takes bytes, and panics when it does not hold.
//!
//! `cargo test` runs them on stable, and `tests/fuzz` under libFuzzer. They know nothing but the library.

mod files;
mod imports;
mod markup;
mod pages;
mod pictures;
mod prose;
mod searches;
mod values;

pub use imports::{
    import_bibtex, import_csv, import_followthemoney, import_json, import_popolo, import_timelinejs,
    import_wikidata,
};
pub use pages::{dossiers, sites, strings, templates};
pub use pictures::{drawings, pictures};
pub use prose::{bibliographies, markdown, records, settings};
pub use searches::searches;
pub use values::{calendars, citations, dates, figures, names, queries};
