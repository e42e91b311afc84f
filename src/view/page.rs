//! Every value that a template can see. One `Page` is one output file: its address, the template
//! that renders it, and a `View`. A page depends on nothing but this value, so its hash tells
//! whether a rendered page may be reused.
//!
//! Addresses (`href`, `src`) are relative to the site's root: a template writes `{{ root }}` before
//! them, unless they start with `https://` or `http://`. Strings whose name ends in `html` are finished
//! HTML for that very page (their links are already relative to it); everything else is plain text and
//! is escaped by the template engine.

mod drawings;
mod listed;
mod lists;
mod markup;
mod parts;
mod records;
mod share;
mod shared;
mod text;

use serde::Serialize;

pub use drawings::*;
pub use listed::*;
pub use lists::*;
pub use markup::Markup;
pub use parts::*;
pub use records::*;
pub use share::*;
pub use shared::Shared;
pub use text::*;

/// One output file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Page {
    /// Address from the site's root, such as `people/ada-berg.html`.
    pub path: String,
    /// Way back to the root: `""`, `"../"`, `"../../"`.
    pub root: String,
    /// Title for `<title>` and headings, plain text.
    pub title: String,
    /// Plain text for `<meta name="description">`: the summary, else the title and what the dossier is about.
    pub description: Option<String>,
    /// Which entry of the main navigation is the current one: its address, such as `people.html`.
    pub section: Option<String>,
    /// The way here, without the page itself: the home page first.
    pub trail: Vec<Link>,
    /// How the page is known elsewhere, when the settings say where the site is.
    pub social: Option<Social>,
    /// What the page of a record tells other programs: JSON-LD, to stand in a script.
    pub structured: Option<Markup>,
    /// Address of the record as JSON.
    pub json: Option<String>,
    /// The template that shows the page; it sees the view beside it, as `view`.
    #[serde(skip)]
    pub template: &'static str,
    #[serde(skip)]
    pub view: View,
}

/// What the page is about; `view` in the templates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum View {
    Home(Box<Home>),
    Article(Box<Article>),
    Person(Box<Person>),
    Group(Box<Group>),
    Members(Box<Members>),
    Occasion(Box<Occasion>),
    Place(Box<Place>),
    Source(Box<Source>),
    People(People),
    Cards(Cards),
    Articles(Articles),
    Places(Places),
    Sources(Sources),
    Relations(Relations),
    Glossary(Glossary),
    Timeline(Box<Timeline>),
    Network(Box<NetworkPage>),
    Corrections(Corrections),
    About(Box<About>),
    Alphabet(Alphabet),
    Data(Data),
    Missing(Missing),
    Redirect(Redirect),
}

/// The same on every page; `site` in the templates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Site {
    pub title: String,
    pub description: Option<String>,
    /// BCP 47 tag and its direction, `ltr` or `rtl`.
    pub lang: String,
    pub dir: &'static str,
    pub authors: Vec<String>,
    pub licence: Option<String>,
    /// A sentence shown at the foot of every page, as the author wrote it, without markup.
    pub notice: Option<String>,
    /// Where readers write to the editors: as it is shown, and the whole address.
    pub contact: Option<Link>,
    /// Main navigation; sections with no content are not in it.
    pub nav: Vec<Link>,
    /// The same and more, for the foot of the page.
    pub footer_nav: Vec<Link>,
    /// The latest date on which a record, article or correction says it changed.
    pub updated: Option<String>,
    /// The day as of which the dossier is shown, when it is not today's.
    pub as_of: Option<String>,
    /// In how many scripts the previews of links lie.
    pub preview_parts: usize,
    /// Where the site is, without a slash at its end, when the settings say so.
    pub base_url: Option<String>,
    /// The formats that the dossier can be had in.
    pub formats: Vec<Format>,
    /// Address of the feed of what is new, when anything says so.
    pub changes_feed: Option<&'static str>,
    /// Address of the feed of corrections, when there are any.
    pub corrections_feed: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    pub text: String,
    pub href: String,
}
