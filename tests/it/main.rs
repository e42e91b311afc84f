//! All integration tests, as one binary.

mod architecture;
mod browser;
mod cli;
mod dates;
mod demonstration;
mod output_folder;
mod properties;
mod rebuild;
mod sites;
mod support;
mod theme;
