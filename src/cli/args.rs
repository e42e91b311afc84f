//! The arguments, and the help that teaches them.

mod desk;
mod look;
mod terms;

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dossier::model::date::{Date, Day};
use time::OffsetDateTime;

use super::serve::Template;
pub use desk::{CompletionsArgs, FmtArgs, ManArgs, RenameArgs, SchemaArgs};
pub use look::{ListArgs, ListFormat, LookArgs, ShowArgs, StatsArgs, TextFormat};

#[derive(Debug, Parser)]
#[command(
    name = "dossier",
    version,
    about = "Turns records about people, groups and meetings into a website: who met whom, when, and on whose word.",
    after_help = "Examples:
  dossier new my-dossier        start a dossier, with a small example to change
  cd my-dossier
  dossier serve --open          see it in the browser while you write
  dossier build                 make the website in public/
  dossier check                 only say what is wrong; nothing is written
  dossier new person ada-berg   add a record to fill in

Then open public/index.html with a double-click.

Environment:
  DOSSIER_PAGE_SECONDS   how long one page may take, 30 unless it is given
  DOSSIER_SSH_CONFIG     the settings of ssh for publishing, in place of ~/.ssh/config
  SOURCE_DATE_EPOCH      the time of an archive, in seconds since 1970, in place of that of the commit
  AWS_ACCESS_KEY_ID ..   who you are at an object store, as its provider's own programs take it
  NO_COLOR               reports without colours"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the website
    #[command(after_help = "Examples:
  dossier build                          the dossier in this folder, into public/
  dossier build --root ../other          a dossier elsewhere, into its own public/
  dossier build --output /srv/www/site   into another folder
  dossier build --drafts                 with what is marked `draft = true`
  dossier build --watch                  again after every change, until Ctrl-C
  dossier build --as-of 2024-02-01       as it stood on that day, into public-as-of-2024-02-01/

Only changed files are written. When there are errors nothing is written, and the old site stays. \
Files that you put into the output folder yourself are never touched.")]
    Build(BuildArgs),

    /// Show the website while it is being written: every edit appears on the open pages
    #[command(after_help = "Examples:
  dossier serve --open                 in the browser
  dossier serve --editor vscode        places of errors and records open in the editor
  dossier serve --base /some/sub/path  below a path, as a host may have it
  dossier serve --published            without drafts and withheld records, as it will be published

No site is written. Drafts and records that are withheld are shown and marked as such, with `--published` \
they are left out. When an edit leaves the dossier with errors, they are shown over the last good site, \
and go when they are mended.")]
    Serve(ServeArgs),

    /// Say what is wrong with the dossier, without writing anything
    #[command(after_help = "Examples:
  dossier check                    all errors and warnings
  dossier check --strict           fail on warnings too, for continuous integration
  dossier check --format github    as annotations of a pull request
  dossier check --format json      for other programs
  dossier check --copies           compare the held copies of sources with their checksums
  dossier check --links            ask the web whether the sources are still there

Only `--links` goes to the network. What was in order is asked for again after a week; until then \
it is known from .dossier/links.json in the dossier's folder.

The exit code is 0 when the dossier could be published, and 1 when it has errors, or with \
`--strict` warnings.")]
    Check(CheckArgs),

    /// Make a sheet for the editor or lawyer: every statement, and what it rests on
    #[command(after_help = "Examples:
  dossier factcheck                  factcheck/factcheck.html to print and sign, and factcheck.csv
  dossier factcheck --output ../desk  into another folder

Every sentence and every record stands beside its sources, with the place in each, what is quoted from \
it, and whether a copy is held and is still the same. What is withheld is not on the sheet.")]
    Factcheck(FactcheckArgs),

    /// Write the dossier in another format: tables, a calendar, data for other programs
    #[command(after_help = "Examples:
  dossier export                          which formats there are
  dossier export csv                      people, groups, meetings and more as tables, in export/csv/
  dossier export popolo --output ../data  into another folder
  dossier export icalendar --explain      what the format does not hold of this dossier

`dossier build` makes all of them as well, in data/ of the site, but for those that `[exports]` in site.toml \
turns off.")]
    Export(ExportArgs),

    /// Take records from files of other programs: tables, FollowTheMoney, Popolo, Wikidata and others
    #[command(
        override_usage = "dossier import <FORMAT> <FILE> --into <DIR> [OPTIONS]\n       dossier import",
        after_help = "Examples:
  dossier import                                             which formats can be read
  dossier import popolo ep-popolo.json --into my-dossier      a new dossier, or more records for one
  dossier import wikidata entities/ --into my-dossier        all files of a folder
  dossier import csv people.csv --into my-dossier --kind people --map \"Full name=name\"
  dossier import json dossier.json --into copy --dry-run     only say what would be done

Records are written as TOML at the end of content/people.toml and the like. A record that is there already is left as \
it is, unless --force is given; comments stay in any case. What could not be carried is listed in imports/. \
Whatever would keep the dossier from being built is left out, and told."
    )]
    Import(ImportArgs),

    /// List records: those of a kind, or what a query finds
    #[command(after_help = "Examples:
  dossier list                                      which kinds there are, and how many of each
  dossier list people                               all of a kind
  dossier list meetings --with norland --during 2023
  dossier list \"meetings with=norland during=2023\"  the same, as directives write it
  dossier list --place harbour                      meetings and events together
  dossier list sources --of herald --format csv     as a table with all columns, for other programs

The terms are those of directives, which the page on queries of the guide explains. What an uncertain date or term of office makes \
only possible is marked so, and counted apart at the foot. On a terminal a table is cut to its width; in a file or \
a pipe it is whole.")]
    List(ListArgs),

    /// Show a record: what it says, on whose word, where it is written, and what refers to it
    #[command(after_help = "Examples:
  dossier show people/ada-berg          one record
  dossier show ada-berg                 the same, when no other kind has one of this key
  dossier show explainers/who-is-who    an article
  dossier show ada-berg --format json   with the fields as they are written, for other programs")]
    Show(ShowArgs),

    /// Count what the dossier holds: records, dates, statuses, origins, sources, what cites nothing
    #[command(after_help = "Examples:
  dossier stats                 what will be published, in figures
  dossier stats --drafts        with what is marked `draft = true`
  dossier stats --format json   for other programs")]
    Stats(StatsArgs),

    /// Put the website where readers are: a folder, a git branch, an object store, another machine, a file
    #[command(after_help = "Examples:
  dossier publish                           which targets there are, and how addresses are written
  dossier publish web                       to the target [publish.web] of site.toml
  dossier publish web --dry-run             only list what would be sent, changed and deleted
  dossier publish git:origin#gh-pages       to a branch that GitHub, GitLab or Codeberg serve
  dossier publish s3://bucket/path          to S3 or what speaks as it does; also gs:// and az://
  dossier publish sftp://user@host/srv/www  to another machine; also rsync:user@host:www
  dossier publish ../site                   to a folder
  dossier publish ../site.zip               to a file to hand over: .zip or .tar.zst
  dossier publish archive                   to a file for archives of the web: .wacz or .warc.gz

The site is built first. Nothing is published when the dossier has errors, when a withheld word \
is found, or when it lies in a git repository and files are not committed. Only what changed moves: what pages load first, then \
pages, then feeds and lists. Credentials are taken from the environment, or from where git, ssh \
or the store's own tools keep them.")]
    Publish(PublishArgs),

    /// Start a dossier, or add a record to one
    #[command(
        override_usage = "dossier new <DIR> [--from <ARTICLE>] [--ci <FORGE>]\n       dossier new <KIND> <KEY> [--root <DIR>]\n       dossier new --ci <FORGE> [--root <DIR>]",
        after_help = "Examples:
  dossier new my-dossier                   a new dossier with a small example
  dossier new my-dossier --empty           without the example
  dossier new my-dossier --from talks.txt  one with candidates from an article, as drafts; `-` for standard input
  dossier new person ada-berg              a person, at the end of content/people.toml
  dossier new meeting harbour-talks        a meeting, to fill in
  dossier new article explainers/who       an article, content/explainers/who.md
  dossier new template person.html         a copy of the theme's template, to change
  dossier new --ci github                  a workflow that checks this dossier and publishes it
  dossier new my-dossier --ci gitlab       a new dossier that has one from the start

An article is plain text or Markdown (.md). From it come its source, its paragraphs with their numbers, and candidates \
for people, groups, places, meetings and events, by simple rules: capital letters, titles, dates. Nothing is \
asked of the network. You accept a draft by deleting its line `draft = true`.

Kinds: person, group, meeting, event, place, relation, source, term, correction, article, template. \
A key is the address of a record for good: lower-case letters, digits and hyphens."
    )]
    New(NewArgs),

    /// Tell editors of TOML what can stand in the files of a dossier
    #[command(after_help = "Examples:
  dossier schema             which schemas there are
  dossier schema people      the JSON Schema of content/people.toml
  dossier schema --write     all of them into .schemas/, and .taplo.toml, which says what each is for

With that file Even Better TOML in VS Code, and Taplo in Neovim, Helix and Zed, complete fields, say what they \
mean, and mark what cannot be right. `dossier new` writes it into every new dossier. What the records say \
together is for `dossier check` to judge.")]
    Schema(SchemaArgs),

    /// Print what a shell needs to complete commands and options
    #[command(
        override_usage = "dossier completions <SHELL>",
        after_help = "Examples:
  dossier completions bash > ~/.local/share/bash-completion/completions/dossier
  dossier completions zsh > ~/.zfunc/_dossier             with ~/.zfunc in fpath
  dossier completions fish > ~/.config/fish/completions/dossier.fish"
    )]
    Completions(CompletionsArgs),

    /// Write manual pages, for `man dossier`
    #[command(after_help = "Examples:
  dossier man ~/.local/share/man/man1     for this user
  dossier man man                         into a folder; `man man/dossier.1` shows one")]
    Man(ManArgs),
    /// Give a record another key, or an article another path, wherever it is named
    #[command(after_help = "Examples:
  dossier rename ada-berg ada-lindt                   a record, and every reference to it
  dossier rename people/ada-berg ada-lindt            where records of several kinds have the key
  dossier rename explainers/who people-and-groups     an article, by its path
  dossier rename ada-berg ada-lindt --dry-run         list every place, and write nothing

Fields, citations, links, queries, corrections and site.toml are changed at their places, and nothing beside them. \
The old key stays in `moved_from`, so that the old address leads to the new one, unless the record is a draft, whose \
address nobody knows; `--redirect` and `--no-redirect` say otherwise. The files are read again before \
any is written: either all are, or, when the dossier would say anything else than before, none.")]
    Rename(RenameArgs),

    /// Lay out the TOML of the dossier: fields in the order of the documentation, comments kept
    #[command(after_help = "Examples:
  dossier fmt                            all records, front matter and site.toml
  dossier fmt content/people.toml        some files only
  dossier fmt --check                    list the files that would change, and write nothing

With `--check` the exit code is 1 when a file would change, for continuous integration. Records stay in their order, \
comments with what they stand above or beside, and nothing that the files say changes. Files that are no valid TOML \
are told and left as they are.")]
    Fmt(FmtArgs),

    /// Explain a kind of problem: `dossier explain figure-mismatch`
    Explain(ExplainArgs),

    /// Help an editor: what is wrong while you type, completion, definitions, renaming
    #[command(
        after_help = "An editor starts this on its own, once it is told to. It speaks the Language Server Protocol on \
standard input and output, for the TOML and Markdown of a dossier, and writes no file.

Neovim, in init.lua:
  vim.lsp.config('dossier', { cmd = { 'dossier', 'lsp' }, filetypes = { 'toml', 'markdown' },
    root_markers = { 'site.toml' } })
  vim.lsp.enable('dossier')

Helix, in languages.toml:
  [language-server.dossier]
  command = \"dossier\"
  args = [\"lsp\"]
  [[language]]
  name = \"toml\"
  language-servers = [\"dossier\"]
  [[language]]
  name = \"markdown\"
  language-servers = [\"dossier\"]

VS Code and Zed start a language server by way of an extension that takes a command: have it run \
`dossier lsp` for `toml` and `markdown`. The lines for each are on the page 'In your editor' of the guide."
    )]
    Lsp(LspArgs),
}

#[derive(Debug, Clone, ClapArgs)]
pub struct BuildArgs {
    #[command(flatten)]
    pub dossier: DossierArgs,
    /// Where to put the website [default: public/ in the dossier's folder]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Build again after every change
    #[arg(long)]
    pub watch: bool,
    /// The dossier as it stood on a day: later corrections undone, later records and sources left out
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "watch")]
    pub as_of: Option<Day>,
    /// Say where the time went: each stage, and the slowest pages and templates
    #[arg(long, conflicts_with = "watch")]
    pub timings: bool,
    /// Write every stage, file and page with its time into a file that viewers of traces open (Perfetto)
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub trace: Option<PathBuf>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct ServeArgs {
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
    /// Where to be reached: the next port that is free, from this one on; 0 for any
    #[arg(long, short, default_value_t = 4000)]
    pub port: u16,
    /// Who can reach it: only this machine, unless another address of it is named here
    #[arg(long, default_value = "127.0.0.1", value_parser = host)]
    pub host: String,
    /// The path below which the site stands
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = base)]
    pub base: String,
    /// Open it in the browser
    #[arg(long)]
    pub open: bool,
    /// What opens a file at a line: vscode, zed, idea and others by name, or an address with {path}, {line} and {column}
    #[arg(long)]
    pub editor: Option<Template>,
    /// Leave out drafts and withheld records, as `dossier build` does
    #[arg(long)]
    pub published: bool,
}

/// The folder of a dossier. Within one, `.` is the folder above that holds its `site.toml`, as it is reached from here.
fn root() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new()
        .map(|given| if given == Path::new(".") { above().unwrap_or(given) } else { given })
}

/// The nearest folder above this one that holds a dossier; nothing when this one does.
fn above() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let at = here.ancestors().position(|folder| folder.join("site.toml").is_file())?;
    (at > 0).then(|| PathBuf::from(vec![".."; at].join("/")))
}

/// A name or an address, which may stand in brackets as it does in an address of a page.
fn host(text: &str) -> Result<String, String> {
    let host = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if host.is_empty() { Err("name a host, such as 127.0.0.1".to_owned()) } else { Ok(host.to_owned()) }
}

/// A path with a slash at either end.
fn base(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    if !text.chars().all(is_plain) || text.split('/').any(|part| part == ".." || part == ".") {
        return Err(
            "write a path of plain letters, digits, `-`, `_` and `.`, such as /some/sub/path".to_owned()
        );
    }
    Ok(match text.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    })
}

/// A day of the past, as `2024-02-01`.
fn day(text: &str) -> Result<Day, String> {
    let day = Date::parse(text).ok().and_then(|date| date.day()).ok_or("write a day, such as 2024-02-01")?;
    let today = OffsetDateTime::now_utc().date();
    let is_past = Day::new(today.year(), today.month().into(), today.day()).is_none_or(|today| day <= today);
    if is_past { Ok(day) } else { Err("that day is still to come".to_owned()) }
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub dossier: DossierArgs,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// Compare the held copies of sources with their checksums
    #[arg(long)]
    pub copies: bool,
    #[command(flatten)]
    pub links: LinkArgs,
}

#[derive(Debug, ClapArgs)]
pub struct FactcheckArgs {
    #[command(flatten)]
    pub dossier: DossierArgs,
    /// Where to put the sheet [default: factcheck/ in the dossier's folder]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The format; without one they are listed
    pub name: Option<String>,
    /// Say what the format does not hold of the dossier, and write nothing
    #[arg(long, requires = "name", conflicts_with = "output")]
    pub explain: bool,
    #[command(flatten)]
    pub dossier: DossierArgs,
    /// Where to put the files [default: export/NAME/ in the dossier's folder]
    #[arg(long, short, value_name = "DIR", requires = "name")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// The format; without one they are listed
    #[arg(value_name = "FORMAT", requires = "file")]
    pub name: Option<String>,
    /// The file, or a folder of such files
    #[arg(requires = "into")]
    pub file: Option<PathBuf>,
    /// The folder of the dossier that the records go to; begun where there is none
    #[arg(long, value_name = "DIR", requires = "file")]
    pub into: Option<PathBuf>,
    /// Put what the file says in the place of what records say already
    #[arg(long)]
    pub force: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What the records cite that name no source themselves [default: the file, as a source of its own]
    #[arg(long, value_name = "CITATION")]
    pub cite: Option<String>,
    /// Of tables: the kind of the records, such as people, where the file is not named after it
    #[arg(long)]
    pub kind: Option<String>,
    /// Of tables: a column and the field it holds, such as `Party=roles.of`; may be given several times
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Of tables: how dates with slashes are written, where the dates themselves do not show it
    #[arg(long, value_enum)]
    pub dates: Option<DateOrder>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// 14/6/2023
    DayFirst,
    /// 6/14/2023
    MonthFirst,
}

impl From<DateOrder> for dossier::import::Order {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::DayFirst => dossier::import::Order::DayFirst,
            DateOrder::MonthFirst => dossier::import::Order::MonthFirst,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct PublishArgs {
    /// The name of a target, or an address; without one they are listed
    pub target: Option<String>,
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
    /// List what would be sent, changed and deleted, and do nothing
    #[arg(long, requires = "target")]
    pub dry_run: bool,
    /// Fetch every file back afterwards and compare it
    #[arg(long, requires = "target", conflicts_with = "dry_run")]
    pub verify: bool,
    /// Publish files that are not committed, too
    #[arg(long, requires = "target")]
    pub allow_dirty: bool,
    /// Publish to a place that holds files already: those of the same name are replaced, all others stay
    #[arg(long, requires = "target")]
    pub adopt: bool,
    /// List every file that was sent, changed or deleted, however many they are
    #[arg(long, requires = "target")]
    pub list: bool,
    /// How to report problems of the dossier
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

/// What `--links` takes.
#[derive(Debug, Clone, ClapArgs)]
pub struct LinkArgs {
    /// Ask whether the web addresses of sources and links are there
    #[arg(long)]
    pub links: bool,
    /// How long a server may take to answer
    #[arg(long, value_name = "SECONDS", requires = "links", default_value_t = 30,
          value_parser = clap::value_parser!(u64).range(1..=600))]
    pub link_timeout: u64,
    /// How long a host is left alone between two requests
    #[arg(long, value_name = "MILLISECONDS", requires = "links", default_value_t = 500,
          value_parser = clap::value_parser!(u64).range(..=60_000))]
    pub link_pause: u64,
    /// How long an address that was in order is not asked for again; 0 asks for all
    #[arg(long, value_name = "DAYS", requires = "links", default_value_t = 7,
          value_parser = clap::value_parser!(u64).range(..=3650))]
    pub link_max_age: u64,
}

/// What all commands on a dossier take.
#[derive(Debug, Clone, ClapArgs)]
pub struct DossierArgs {
    /// The folder of the dossier, where its site.toml is
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
    /// Include what is marked as a draft
    #[arg(long)]
    pub drafts: bool,
    /// How to report problems
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, with the place underlined
    Text,
    /// One JSON object
    Json,
    /// Annotations for GitHub Actions
    Github,
}

#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// The folder of a new dossier, or the kind of a new record
    #[arg(value_name = "DIR|KIND", required_unless_present = "ci")]
    pub what: Option<String>,
    /// The key of the new record
    pub key: Option<String>,
    /// The folder of the dossier that the record or the workflow belongs to
    #[arg(long, short, value_name = "DIR", default_value = ".", value_parser = root())]
    pub root: PathBuf,
    /// Start the dossier from an article: a text or Markdown file, or `-` for standard input
    #[arg(long, value_name = "ARTICLE", requires = "what", conflicts_with_all = ["key", "root"])]
    pub from: Option<PathBuf>,
    /// Start the dossier without the example: settings, and a home page to write
    #[arg(long, requires = "what", conflicts_with_all = ["key", "root", "from"])]
    pub empty: bool,
    /// Write a workflow that checks the dossier and publishes it, for where its repository is
    #[arg(long, value_enum, value_name = "FORGE", conflicts_with = "key")]
    pub ci: Option<Forge>,
}

/// Where the repository of a dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Forge {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI and GitLab Pages
    Gitlab,
    /// Forgejo Actions and a branch `pages`, as Codeberg Pages shows it
    Forgejo,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The code in brackets of a report, such as `unknown-reference`; without one, all are listed
    pub code: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct LspArgs {
    /// Many clients say it; there is no other way
    #[arg(long)]
    pub stdio: bool,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_fit_together() {
        use clap::CommandFactory;
        super::Args::command().debug_assert();
    }

    /// What the help shows as examples, and the reference of the guide with it, is taken as it stands.
    #[test]
    fn the_examples_of_the_help_are_commands() {
        use clap::{CommandFactory, Parser};
        let command = super::Args::command();
        let commands = command.get_subcommands().chain([&command]);
        let helps = commands.filter_map(|command| Some(command.get_after_help()?.to_string()));
        let mut count = 0;
        for line in helps.collect::<Vec<_>>().join("\n").lines() {
            let Some(example) = line.strip_prefix("  dossier") else { continue };
            // Two spaces part it from what it does.
            let example = example.trim_start().split("  ").next().unwrap_or_default();
            let words = shlex::split(&format!("dossier {example}")).unwrap();
            // Behind these the shell goes on.
            let words = words.into_iter().take_while(|word| !["|", ">", "&&"].contains(&word.as_str()));
            let words: Vec<String> = words.collect();
            if let Err(error) = super::Args::try_parse_from(&words) {
                panic!("{line}: {error}");
            }
            count += 1;
        }
        assert!(count > 60, "only {count} examples were found");
    }
}
