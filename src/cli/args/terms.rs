//! The terms of a query as options: one for each that the language has.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use dossier::model::Kind;
use dossier::model::query::{About, VOCABULARY};

/// The terms that were given, each with its value.
#[derive(Debug, Clone, Default)]
pub struct Terms(pub Vec<(&'static str, String)>);

impl FromArgMatches for Terms {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = VOCABULARY.iter().filter_map(|about| {
            let values: Vec<&str> = matches.get_many::<String>(about.name)?.map(String::as_str).collect();
            Some((about.name, values.join(" ")))
        });
        Ok(Terms(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Terms::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Terms {
    fn augment_args(command: Command) -> Command {
        VOCABULARY.iter().fold(command, |command, about| command.arg(option(about)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn option(about: &About) -> Arg {
    let kinds: Vec<&str> = about.kinds().map(Kind::plural).collect();
    let words = match about.words().as_slice() {
        [] => String::new(),
        words => format!(": {}", words.join(", ")),
    };
    Arg::new(about.name)
        .long(about.name)
        .value_name(about.value)
        .value_parser(value)
        .action(if about.takes_several { ArgAction::Append } else { ArgAction::Set })
        .help(format!("{}{words} [{}]", about.meaning, kinds.join(", ")))
        .help_heading("Terms, with the kinds that know them")
}

/// What can stand between double quotes.
fn value(text: &str) -> Result<String, String> {
    match text.contains(|c: char| c == '"' || c.is_control()) {
        true => Err("a value holds no double quotes and is one line".to_owned()),
        false => Ok(text.to_owned()),
    }
}
