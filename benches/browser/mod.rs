//! The browser of the tests, for measurements.

#[path = "../../tests/it/browser/chromium.rs"]
pub mod chromium;
#[path = "../../tests/it/browser/edits.rs"]
pub mod edits;
#[path = "../../tests/it/browser/tools.rs"]
pub mod tools;
