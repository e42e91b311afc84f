//! The command line.

mod args;
mod build;
mod explain;
mod export;
mod factcheck;
mod files;
mod import;
mod limits;
mod links;
mod new;
mod publish;
mod serve;
mod terminal;
mod timings;
mod warm;
mod watch;
mod workflows;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Runs the command that the arguments name. The exit code is 0 when all is well, 1 when the dossier
/// has errors or a command failed, and 2 when the arguments make no sense.
pub fn run() -> ExitCode {
    match Args::parse().command {
        Command::Build(args) if args.watch => watch::run(&args),
        Command::Build(args) => build::build(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => build::check(&args),
        Command::Factcheck(args) => factcheck::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::New(args) => new::run(&args),
        Command::Explain(args) => explain::run(&args),
    }
}
