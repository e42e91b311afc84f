//! All integration tests, as one binary.

mod architecture;
mod dates;
mod demonstration;
mod properties;
mod rebuild;
mod support;
mod theme;
