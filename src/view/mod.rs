//! The graph -> pages: for each output file one value that holds all that its template may see.

pub mod alphabet;
pub mod article;
pub mod calendars;
pub mod corrections;
pub mod dates;
pub mod division;
pub mod drawing;
pub mod filters;
pub mod glossary;
pub mod group;
pub mod known;
pub mod lists;
pub mod network;
pub mod notes;
pub mod occasion;
pub mod page;
pub mod person;
pub mod place;
pub mod previews;
pub mod prose;
pub mod record;
pub mod row;
pub mod share;
pub mod source;
pub mod stances;
pub mod strings;
pub mod structured;
pub mod timeline;
pub mod words;

use std::collections::BTreeSet;
use std::sync::Mutex;

use rayon::prelude::*;
use tracing::{Span, debug_span};

use crate::link::routes::{
    ABOUT, CORRECTIONS_FEED, FILTERS, Former, LISTS_FOLDER, MISSING, NETWORK, WITH_TEXT, address,
    former_addresses, has_page, json_address, record_at,
};
use crate::model::Kind;
use crate::model::dossier::Id;
use page::{Link, Page, Redirect, Site, Social, View};
use words::Words;

/// Which pages of a dossier are to be made.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    All,
    /// Those at these addresses, until something says to stop.
    At(&'a BTreeSet<String>, &'a (dyn Fn() -> bool + Sync)),
    /// None; the addresses of all are noted.
    Noted(&'a Mutex<Vec<String>>),
}

impl Wanted<'_> {
    /// Whether to make the page at an address.
    pub fn is(&self, path: &str) -> bool {
        match self {
            Wanted::All => true,
            Wanted::At(paths, stop) => paths.contains(path) && !stop(),
            Wanted::Noted(paths) => {
                if let Ok(mut paths) = paths.lock() {
                    paths.push(path.to_owned());
                }
                false
            }
        }
    }

    /// Whether an address that begins with `start` is to be looked at.
    pub fn any(&self, start: &str) -> bool {
        match self {
            Wanted::At(paths, _) => {
                paths.range(start.to_owned()..).next().is_some_and(|path| path.starts_with(start))
            }
            Wanted::All | Wanted::Noted(_) => true,
        }
    }
}

/// The addresses of all pages of a dossier, in order.
pub fn paths(words: &Words, site: &Site) -> Vec<String> {
    let paths = Mutex::new(Vec::new());
    pages(words, site, Wanted::Noted(&paths), &|_| {});
    let mut paths = paths.into_inner().unwrap_or_default();
    paths.sort();
    paths
}

/// The same without those that only lead to another, and the one in place of those that are not there.
pub fn listed_paths(words: &Words) -> Vec<String> {
    let former = Mutex::new(Vec::new());
    redirects(words, Wanted::Noted(&former));
    let former: BTreeSet<String> = former.into_inner().unwrap_or_default().into_iter().collect();
    let listed = |path: &String| path != MISSING && !former.contains(path);
    paths(words, &site(words)).into_iter().filter(listed).collect()
}

/// Makes pages of a dossier and hands each over as soon as it is made, from several threads and in no order but one:
/// redirects come after all others.
pub fn pages(words: &Words, site: &Site, wanted: Wanted, take: &(dyn Fn(Page) + Sync)) {
    let dossier = &words.linked.dossier;
    let ids: Vec<Id> = match wanted {
        Wanted::At(paths, _) => paths.iter().filter_map(|path| record_at(dossier, path)).collect(),
        Wanted::All | Wanted::Noted(_) => dossier.all().collect(),
    };
    let take = |page: Page| take(known_elsewhere(page, site));
    let timed = |span: fn() -> Span| if matches!(wanted, Wanted::Noted(_)) { Span::none() } else { span() };
    // The pages of the network and the alphabet take long before the first of them is there.
    let records = || {
        timed(|| debug_span!("timeline")).in_scope(|| timeline::pages(words, wanted, &take));
        ids.par_iter().filter_map(|id| record_page(words, *id, wanted)).for_each(take);
    };
    let lists = || {
        let network = timed(|| debug_span!("network")).in_scope(|| network::pages(words, wanted));
        network.into_par_iter().for_each(take);
        let alphabet = timed(|| debug_span!("alphabet")).in_scope(|| alphabet::pages(words, wanted));
        alphabet.into_par_iter().for_each(take);
        if wanted.any(LISTS_FOLDER) {
            let further = |id: &Id| match id.kind {
                Kind::Source => source::further(words, *id, wanted),
                _ => group::further(words, *id, wanted),
            };
            let ids: Vec<Id> = dossier.ids(Kind::Source).chain(dossier.ids(Kind::Group)).collect();
            ids.par_iter().flat_map_iter(further).for_each(take);
        }
        let lists = timed(|| debug_span!("lists")).in_scope(|| lists::pages(words, wanted));
        lists.into_par_iter().for_each(take);
    };
    rayon::join(lists, records);
    if wanted.is("index.html") {
        take(article::home(words));
    }
    if wanted.is(ABOUT) {
        take(article::about(words));
    }
    redirects(words, wanted).into_iter().for_each(take);
}

/// One page of a dossier.
pub fn page_at(words: &Words, site: &Site, path: &str) -> Option<Page> {
    let paths = BTreeSet::from([path.to_owned()]);
    let found = Mutex::new(None);
    pages(words, site, Wanted::At(&paths, &|| false), &|page| {
        if let Ok(mut found) = found.lock() {
            *found = Some(page);
        }
    });
    found.into_inner().ok().flatten()
}

fn known_elsewhere(mut page: Page, site: &Site) -> Page {
    page.social = site.base_url.as_ref().and_then(|base| social(&page, base));
    page
}

/// How a page is known elsewhere; a redirect is known by the page that it leads to.
fn social(page: &Page, base: &str) -> Option<Social> {
    let kind = match page.view {
        View::Redirect(_) => return None,
        View::Person(_) => "profile",
        View::Article(_) | View::Group(_) | View::Occasion(_) | View::Place(_) | View::Source(_) => "article",
        _ => "website",
    };
    // A folder is known by its own address.
    let path = if page.path == "index.html" { "" } else { &page.path };
    Some(Social { url: format!("{base}/{}", prose::encoded(path)), kind, image: None })
}

/// Files that pages load, beside those of the theme: each its address and its text.
pub fn files(words: &Words) -> Vec<(String, String)> {
    let filters = (!words.linked.occasions().is_empty()).then(|| (FILTERS.to_owned(), filters::css(words)));
    let network = network::is_any(words).then(|| (NETWORK.to_owned(), network::css(words)));
    filters.into_iter().chain(network).chain(previews::files(words)).collect()
}

/// What is said of a page without a summary: its title, and what the dossier is about.
pub fn described(words: &Words, title: &str) -> String {
    let config = &words.linked.dossier.config;
    let title = words.strings.fill("page.sentence", &[("text", title)]);
    format!("{title} {}", config.description.as_ref().unwrap_or(&config.title))
}

/// The page of a record or article; relations and corrections share one with their like, and the
/// home page and the method are made with what the whole dossier gives them.
fn record_page(words: &Words, id: Id, wanted: Wanted) -> Option<Page> {
    let path = has_page(id.kind).then(|| address(&words.linked.dossier, id))?;
    if WITH_TEXT.contains(&path.as_str()) || !wanted.is(&path) {
        return None;
    }
    let _span = debug_span!("value", path).entered();
    let page = match id.kind {
        Kind::Article => article::page(words, id),
        Kind::Person => person::page(words, id),
        Kind::Group => group::page(words, id),
        Kind::Meeting | Kind::Event => occasion::page(words, id),
        Kind::Place => place::page(words, id),
        Kind::Source => source::page(words, id),
        Kind::Relation | Kind::Term | Kind::Correction => None,
    }?;
    let off = &words.linked.dossier.config.exports.off;
    Some(Page {
        structured: structured::of(words, id, page.description.as_deref()),
        json: (!off.contains("json")).then(|| json_address(&words.linked.dossier, id)),
        ..page
    })
}

/// What is the same on every page.
pub fn site(words: &Words) -> Site {
    let config = &words.linked.dossier.config;
    let sections = lists::sections(words);
    let link = |section: &lists::Section| Link {
        text: words.get(section.title).to_owned(),
        href: section.path.to_owned(),
    };
    Site {
        title: config.title.clone(),
        description: config.description.clone(),
        lang: config.language.clone(),
        dir: crate::model::name::direction(&config.language),
        authors: config.authors.clone(),
        licence: config.licence.clone(),
        notice: config.notice.clone(),
        contact: config.contact.as_ref().map(|contact| contact_link(&contact.value)),
        nav: sections.iter().filter(|section| section.main).map(link).collect(),
        footer_nav: sections.iter().map(link).collect(),
        updated: words.updated(),
        as_of: words.linked.dossier.as_of.map(|day| words.day(day)),
        preview_parts: previews::parts(words),
        formats: Vec::new(),
        changes_feed: None,
        // A former state is not what is at that address.
        base_url: config
            .base_url
            .as_ref()
            .filter(|_| words.linked.dossier.as_of.is_none())
            .map(|base| base.value.trim_end_matches('/').to_owned()),
        corrections_feed: (!words.linked.dossier.corrections.is_empty()
            && !config.exports.off.contains("corrections-feed")
            && words.linked.dossier.as_of.is_none())
        .then_some(CORRECTIONS_FEED),
    }
}

fn contact_link(contact: &str) -> Link {
    let href = if contact.contains("://") { contact.to_owned() } else { format!("mailto:{contact}") };
    Link { text: contact.to_owned(), href }
}

/// A page at each former address.
fn redirects(words: &Words, wanted: Wanted) -> Vec<Page> {
    let former = former_addresses(&words.linked.dossier).filter(|former| wanted.is(&former.path));
    let page = |former: Former| {
        let title = words.title(former.id);
        let to = address(&words.linked.dossier, former.id);
        let view = View::Redirect(Redirect { to, title: title.clone() });
        Page { title, ..page(&former.path, "redirect.html", view) }
    };
    former.map(page).collect()
}

/// A page at `path`, of no section yet.
pub fn page(path: &str, template: &'static str, view: View) -> Page {
    Page {
        path: path.to_owned(),
        root: root(path),
        title: String::new(),
        description: None,
        section: None,
        trail: Vec::new(),
        social: None,
        structured: None,
        json: None,
        template,
        view,
    }
}

/// The way from a page back to the site's root.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
