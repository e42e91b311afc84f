//! The program: `dossier build`, `check`, `new`, `explain`. All it knows is in the library; here is
//! only what touches the terminal and the disk.

#[expect(clippy::disallowed_methods, reason = "the command line is the edge of the program")]
mod cli;

use std::process::ExitCode;

/// Whose threads share less than those of the system's, and who gives back what a rebuild has used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
