//! The arguments of the commands that serve authors at their desks.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::root;

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The schema, such as people or site; without one they are listed
    #[arg(conflicts_with = "write")]
    pub name: Option<String>,
    /// Write all of them into the dossier
    #[arg(long)]
    pub write: bool,
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root(), requires = "write")]
    pub root: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct RenameArgs {
    /// The key of a record, also with its kind; or the path of an article
    pub old: String,
    /// The key, or the path, that it is to have
    pub new: String,
    /// List the places, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Leave the old key in `moved_from`, for a draft too: one that was published before
    #[arg(long)]
    pub redirect: bool,
    /// Leave nothing that leads from the old address to the new one
    #[arg(long, conflicts_with = "redirect")]
    pub no_redirect: bool,
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Option<clap_complete::Shell>,
}

#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// The folder to write them into
    #[arg(value_name = "DIR")]
    pub output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct FmtArgs {
    /// The files, as they are reached from here [default: all]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// List the files that would change, and fail if there are any
    #[arg(long)]
    pub check: bool,
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
}
