//! All integration tests, as one binary.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test touches the world, and fails by panicking"
)]

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod architecture;
mod archive;
mod as_of;
mod authored;
mod browser;
mod ci_files;
mod cli;
mod colours;
mod contact;
#[cfg(unix)]
mod crash;
mod dates;
mod demonstration;
mod edit;
mod exports;
mod factcheck;
mod fields;
mod from_text;
mod fuzz;
mod guide;
mod harbour;
mod hostile;
mod import;
mod inspect;
mod links;
mod lints;
mod look;
mod lsp;
#[cfg(target_os = "linux")]
mod malformed;
mod newcomers;
mod output_folder;
mod pictures;
mod problems;
mod properties;
mod publish;
mod queries;
mod reader;
mod rebuild;
mod sandbox;
mod schema;
mod search;
mod security;
mod serve;
mod serving;
#[cfg(feature = "share-images")]
mod share;
mod shell;
mod sites;
mod supply;
mod support;
mod theme;
#[cfg(unix)]
mod walkthrough;
mod warm;
mod withheld;
