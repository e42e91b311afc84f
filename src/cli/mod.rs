//! The command line.

mod args;
mod build;
mod explain;
mod export;
mod factcheck;
mod files;
mod from;
mod import;
mod limits;
mod links;
mod new;
mod publish;
mod schema;
mod serve;
mod shell;
mod terminal;
mod timings;
mod waiting;
mod warm;
mod watch;
mod workflows;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// Runs the command that the arguments name. The exit code is 0 when all is well, 1 when the dossier
/// has errors or a command failed, and 2 when the arguments make no sense.
pub fn run() -> ExitCode {
    refuse_instead_of_ending();
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
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
        Command::Explain(args) => explain::run(&args),
    }
}

/// Has a file that would become larger than is allowed refused by the system as a full disk is, so that what was begun is
/// cleared away and told; else the system ends the program without a word.
fn refuse_instead_of_ending() {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGXFSZ, flag::register};
        use std::sync::{Arc, atomic::AtomicBool};
        // Nobody looks at the flag: that the signal is caught is what makes the difference.
        let _ = register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }
}
