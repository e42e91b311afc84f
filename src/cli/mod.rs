//! The command line.

mod args;
mod build;
mod explain;
mod export;
mod factcheck;
mod files;
mod fmt;
mod from;
mod import;
mod limits;
mod links;
mod list;
mod look;
mod lsp;
mod new;
mod publish;
mod rename;
mod schema;
mod serve;
mod shell;
mod show;
mod stats;
mod terminal;
mod timings;
mod waiting;
mod warm;
mod watch;
mod workflows;

use std::process::ExitCode;

use clap::Parser;
use dossier::render::limits::STACK;

use args::{Args, Command};
use terminal::{fail, tell_lost};

/// The exit code of a program that has panicked.
const PANICKED: u8 = 101;

/// Runs the command that the arguments name, in threads with room for pages made of many templates. The exit
/// code is 0 when all is well, 1 when the dossier has errors or a command failed, and 2 when the arguments make no
/// sense.
pub fn run() -> ExitCode {
    refuse_instead_of_ending();
    // Where that is refused, pages are made in threads of the usual size.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let args = Args::parse();
    match std::thread::Builder::new()
        .name("dossier".to_owned())
        .stack_size(STACK)
        .spawn(move || command(args))
    {
        Ok(running) => match running.join() {
            Ok(code) => {
                if tell_lost() {
                    ExitCode::FAILURE
                } else {
                    code
                }
            }
            Err(_) => ExitCode::from(PANICKED),
        },
        Err(error) => {
            fail(&format!("cannot begin: {error}"), "end other programs, or allow this one more memory");
            ExitCode::FAILURE
        }
    }
}

fn command(args: Args) -> ExitCode {
    match args.command {
        Command::Build(args) if args.watch => watch::run(&args),
        Command::Build(args) => build::build(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => build::check(&args),
        Command::Factcheck(args) => factcheck::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::List(args) => list::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::New(args) => new::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
        Command::Rename(args) => rename::run(&args),
        Command::Fmt(args) => fmt::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Lsp(_) => lsp::run(),
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
