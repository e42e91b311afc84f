//! `dossier lsp`: a language server on standard input and output.

mod answers;
mod convert;
mod documents;
mod folder;
mod problems;
mod server;
mod stdio;

use std::process::ExitCode;
use std::sync::mpsc;

use server::{Letter, Server};

/// Serves one client until it says so or its end of the line is closed. The exit code is 0 when it said so first.
pub fn run() -> ExitCode {
    let (sender, inbox) = mpsc::channel();
    let reader = sender.clone();
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        while let Some(incoming) = stdio::read(&mut input) {
            if reader.send(Letter::Incoming(incoming)).is_err() {
                return;
            }
        }
        // Nobody listens any more once the server has ended.
        let _ = reader.send(Letter::End);
    });
    match Server::new(std::io::stdout().lock(), sender).run(&inbox) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
