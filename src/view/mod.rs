//! The graph -> pages: for each output file one value that holds all that its template may see.

pub mod alphabet;
pub mod article;
pub mod calendars;
pub mod corrections;
pub mod dates;
pub mod drawing;
pub mod filters;
pub mod glossary;
pub mod group;
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
pub mod timeline;
pub mod words;

use rayon::prelude::*;

use crate::link::routes::{CORRECTIONS_FEED, FILTERS, NETWORK, address, former_address};
use crate::model::Kind;
use crate::model::dossier::Id;
use page::{Link, Page, Redirect, Share, Site, Social, View};
use words::Words;

/// Everything to be rendered: what is the same on every page, and the pages in order of address.
pub struct Pages {
    pub site: Site,
    pub pages: Vec<Page>,
    /// What the pictures of pages say, by address.
    pub shares: Vec<(String, Share)>,
}

/// The pages of a dossier.
pub fn pages(words: &Words) -> Pages {
    let site = site(words);
    let mut pages: Vec<Page> = words
        .linked
        .dossier
        .all()
        .collect::<Vec<_>>()
        .par_iter()
        .filter_map(|id| record_page(words, *id))
        .collect();
    pages.extend(lists::pages(words));
    pages.extend(timeline::pages(words));
    pages.extend(network::pages(words));
    pages.extend(alphabet::pages(words));
    pages.push(article::home(words));
    pages.push(article::about(words));
    pages.extend(redirects(words));
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let mut shares = Vec::new();
    if let Some(base) = &site.base_url {
        pages.iter_mut().for_each(|page| page.social = social(page, base));
        if words.linked.dossier.config.share_images {
            let said = |page: &Page| Some((page.path.clone(), share::share(words, page)?));
            shares = pages.par_iter().filter_map(said).collect();
        }
    }
    for page in &mut pages {
        page.description.get_or_insert_with(|| described(words, &page.title));
    }
    Pages { site, pages, shares }
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
    let filters = (!words.linked.occasions.is_empty()).then(|| (FILTERS.to_owned(), filters::css(words)));
    let network = network::is_any(words).then(|| (NETWORK.to_owned(), network::css(words)));
    filters.into_iter().chain(network).chain(previews::files(words)).collect()
}

/// What is said of a page without a summary: its title, and what the dossier is about.
fn described(words: &Words, title: &str) -> String {
    let config = &words.linked.dossier.config;
    let title = words.strings.fill("page.sentence", &[("text", title)]);
    format!("{title} {}", config.description.as_ref().unwrap_or(&config.title))
}

/// The page of a record or article; relations and corrections share one with their like, and the
/// home page and the method are made with what the whole dossier gives them.
fn record_page(words: &Words, id: Id) -> Option<Page> {
    match id.kind {
        Kind::Article => article::page(words, id),
        Kind::Person => person::page(words, id),
        Kind::Group => group::page(words, id),
        Kind::Meeting | Kind::Event => occasion::page(words, id),
        Kind::Place => place::page(words, id),
        Kind::Source => source::page(words, id),
        Kind::Relation | Kind::Term | Kind::Correction => None,
    }
}

fn site(words: &Words) -> Site {
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
        nav: sections.iter().filter(|section| section.main).map(link).collect(),
        footer_nav: sections.iter().map(link).collect(),
        updated: words.updated(),
        as_of: words.linked.dossier.as_of.map(|day| words.day(day)),
        preview_parts: previews::parts(words),
        // A former state is not what is at that address.
        base_url: config
            .base_url
            .as_ref()
            .filter(|_| words.linked.dossier.as_of.is_none())
            .map(|base| base.value.trim_end_matches('/').to_owned()),
        corrections_feed: (!words.linked.dossier.corrections.is_empty()
            && words.linked.dossier.as_of.is_none())
        .then_some(CORRECTIONS_FEED),
    }
}

/// A page at each former address.
fn redirects(words: &Words) -> Vec<Page> {
    let dossier = &words.linked.dossier;
    let mut pages = Vec::new();
    for id in dossier.all() {
        for old in dossier.common(id).into_iter().flat_map(|common| &common.moved_from) {
            if let Some(path) = former_address(id, &old.value) {
                let title = words.title(id);
                let view = View::Redirect(Redirect { to: address(dossier, id), title: title.clone() });
                pages.push(Page { title, ..page(&path, "redirect.html", view) });
            }
        }
    }
    pages
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
        template,
        view,
    }
}

/// The way from a page back to the site's root.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}
