//! The arguments of the commands that only look at a dossier.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::root;
use super::terms::Terms;

/// What the commands take that only look at a dossier.
#[derive(Debug, Clone, ClapArgs)]
pub struct LookArgs {
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
    /// Include what is marked as a draft
    #[arg(long)]
    pub drafts: bool,
    /// Include records that are withheld, marked as such: for your own eyes
    #[arg(long)]
    pub withheld: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ListArgs {
    /// A kind, such as meetings; then terms, as in `with=norland during=2023`
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    #[command(flatten)]
    pub terms: Terms,
    #[command(flatten)]
    pub look: LookArgs,
    /// How to write the list
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Table,
    /// For spreadsheets, with all columns
    Csv,
    /// For programs, with all columns
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// The kind and key of a record, its key alone, or the path of an article
    #[arg(value_name = "KEY")]
    pub key: String,
    #[command(flatten)]
    pub look: LookArgs,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: TextFormat,
}

#[derive(Debug, ClapArgs)]
pub struct StatsArgs {
    #[command(flatten)]
    pub look: LookArgs,
    /// How to write them
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: TextFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    /// For people
    Text,
    /// For programs
    Json,
}
