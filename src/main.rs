//! The program: `dossier build`, `check`, `new`, `explain`. All it knows is in the library; here is
//! only what touches the terminal and the disk.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
