//! `dossier completions` and `dossier man`: what a shell and `man` are told of the commands.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Command, CommandFactory, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use dossier::diag::one_of;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::files::write_or_tell;
use super::terminal::{fail, finish, print, usage};

/// Prints the completions for a shell.
pub fn completions(args: &CompletionsArgs) -> ExitCode {
    let Some(shell) = args.shell else {
        let names: Vec<String> = Shell::value_variants().iter().map(ToString::to_string).collect();
        fail(
            &format!(
                "`dossier completions` needs the name of a shell: {}",
                one_of(names.iter().map(String::as_str))
            ),
            "for bash: `dossier completions bash > ~/.local/share/bash-completion/completions/dossier`; `dossier completions --help` has more",
        );
        return usage();
    };
    let mut command = Args::command();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "dossier", &mut text);
    print(&String::from_utf8_lossy(&text));
    ExitCode::SUCCESS
}

/// Writes a manual page for the program and one for each command.
pub fn man(args: &ManArgs) -> ExitCode {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let pages = pages(&command).map_err(|error| (error.to_string(), String::new()));
    finish(pages.and_then(|pages| write(&args.output, &pages)))
}

/// The pages, by the name of their file.
fn pages(command: &Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let all = std::iter::once(command.clone()).chain(command.get_subcommands().cloned());
    all.map(|command| {
        let extra = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let man = Man::new(command);
        let mut text = Vec::new();
        man.render_title(&mut text)?;
        man.render_name_section(&mut text)?;
        man.render_synopsis_section(&mut text)?;
        man.render_description_section(&mut text)?;
        man.render_options_section(&mut text)?;
        // Of its own accord `clap_mangen` fills the lines of examples as it does those of a text.
        examples(&extra).to_writer(&mut text)?;
        if man.get_filename() == "dossier.1" {
            man.render_subcommands_section(&mut text)?;
        }
        Ok((man.get_filename(), text))
    })
    .collect()
}

/// What stands below the options: examples line by line, all else as text.
fn examples(help: &str) -> Roff {
    let mut page = Roff::new();
    for paragraph in help.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        if let Some(lines) = paragraph.strip_prefix("Examples:\n") {
            page.control("SH", ["EXAMPLES"]).control("nf", []);
            for line in lines.lines() {
                page.text([roman(line.trim_start())]);
            }
            page.control("fi", []);
        } else {
            page.control("PP", []).text([roman(paragraph.replace('\n', " "))]);
        }
    }
    page
}

fn write(folder: &Path, pages: &[(String, Vec<u8>)]) -> Result<String, (String, String)> {
    for (name, text) in pages {
        write_or_tell(Some(folder), &folder.join(name), text)?;
    }
    Ok(format!("Wrote {} manual pages into {}.\n", pages.len(), folder.display()))
}
