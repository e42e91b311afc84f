//! A long list -> pages of so many entries at most, each with the way to all others.

use super::page::{Divided, Link, Page};
use super::words::Words;
use super::{Wanted, root};
use crate::link::routes::{LISTS_FOLDER, address};
use crate::model::dossier::Id;

/// So many entries stand on one page.
pub const MOST: usize = 250;

/// A section of a list; its title is empty where the list has only one.
pub struct Section<T> {
    pub title: String,
    pub entries: Vec<T>,
}

/// What stands on one page.
pub struct Part<T> {
    path: String,
    title: String,
    pub sections: Vec<Section<T>>,
}

/// The parts of the list at `path`: sections as they are, as many on a page as there is room for, and those that
/// fill more than a page cut into equal parts. `range` says what is between two entries.
pub fn parts<T>(
    path: &str,
    sections: Vec<Section<T>>,
    range: &dyn Fn(&T, &T) -> String,
    words: &Words,
) -> Vec<Part<T>> {
    let total: usize = sections.iter().map(|section| section.entries.len()).sum();
    if total <= MOST {
        return vec![Part { path: path.to_owned(), title: String::new(), sections }];
    }
    let mut pages: Vec<Vec<Section<T>>> = Vec::new();
    for section in sections.into_iter().flat_map(|section| cut(section, range, words)) {
        let room = |page: &&mut Vec<Section<T>>| {
            page.iter().map(|section| section.entries.len()).sum::<usize>() + section.entries.len() <= MOST
        };
        match pages.last_mut().filter(room) {
            Some(page) => page.push(section),
            None => pages.push(vec![section]),
        }
    }
    let stem = path.trim_end_matches(".html");
    let part = |(at, sections): (usize, Vec<Section<T>>)| Part {
        path: if at == 1 { path.to_owned() } else { format!("{LISTS_FOLDER}{stem}-{at}.html") },
        title: match sections.as_slice() {
            [] => String::new(),
            [only] => only.title.clone(),
            [first, .., last] => format!("{} – {}", first.title, last.title),
        },
        sections,
    };
    (1..).zip(pages).map(part).collect()
}

/// A section, or one that fills more than a page in equal parts, each called after what is in it.
fn cut<T>(section: Section<T>, range: &dyn Fn(&T, &T) -> String, words: &Words) -> Vec<Section<T>> {
    let count = section.entries.len().div_ceil(MOST);
    if count <= 1 {
        return vec![section];
    }
    let size = section.entries.len().div_ceil(count);
    let mut entries = section.entries.into_iter();
    let parts = std::iter::from_fn(|| {
        let part: Vec<T> = entries.by_ref().take(size).collect();
        let ends = range(part.first()?, part.last()?);
        let title = match section.title.as_str() {
            "" => ends,
            title => words.strings.fill("timeline.of", &[("title", &ends), ("list", title)]),
        };
        Some(Section { title, entries: part })
    });
    parts.collect()
}

/// What is between two names, by the letters that they begin with, as many as tell them apart: `Haad–Hamd`.
pub fn letters(first: &str, last: &str) -> String {
    const LEAST: usize = 4;
    let [first, last] = [first, last].map(|name| name.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let common = first.chars().zip(last.chars()).take_while(|(one, other)| one == other).count();
    let [first, last] = [first, last].map(|name| {
        let start: String = name.chars().take(LEAST.max(common + 1)).collect();
        start.trim_end().to_owned()
    });
    format!("{first}–{last}")
}

/// What makes a page of its sections, of the way to the others, and of the way to the root of the site.
type Make<'m, T> = dyn Fn(Vec<Section<T>>, Divided, &str) -> Page + 'm;

/// The pages of a list that are wanted, of which `make` makes each at the address of the list.
pub fn pages<T>(words: &Words, wanted: Wanted, parts: Vec<Part<T>>, make: &Make<T>) -> Vec<Page> {
    let link = |part: &Part<T>| Link { text: part.title.clone(), href: part.path.clone() };
    let links: Vec<Link> = if parts.len() > 1 { parts.iter().map(link).collect() } else { Vec::new() };
    let mut pages = Vec::new();
    for (at, part) in parts.into_iter().enumerate().filter(|(_, part)| wanted.is(&part.path)) {
        let divided = Divided {
            earlier: at.checked_sub(1).and_then(|at| links.get(at)).cloned(),
            later: links.get(at + 1).cloned(),
            parts: links.clone(),
        };
        let page = make(part.sections, divided, &root(&part.path));
        pages.push(if at == 0 { page } else { further(words, page, part.path, &part.title) });
    }
    pages
}

/// The addresses of the parts of something long on the page of a record, of which there are `count`: the page itself,
/// and others.
pub fn addresses(words: &Words, id: Id, count: usize) -> Vec<String> {
    let dossier = &words.linked.dossier;
    let further = |n| format!("{LISTS_FOLDER}{}-{}-{n}.html", id.kind.singular(), dossier.key(id));
    std::iter::once(address(dossier, id)).chain((2..=count).map(further)).collect()
}

/// The way from one of these parts to the others, each with its title.
pub fn way(titles: &[String], addresses: &[String], at: usize) -> Divided {
    let links: Vec<Link> = titles
        .iter()
        .zip(addresses)
        .map(|(text, href)| Link { text: text.clone(), href: href.clone() })
        .collect();
    if links.len() < 2 {
        return Divided::default();
    }
    Divided {
        earlier: at.checked_sub(1).and_then(|at| links.get(at)).cloned(),
        later: links.get(at + 1).cloned(),
        parts: links,
    }
}

/// The page at another address that continues a list, of which it is called `title`.
pub fn further(words: &Words, list: Page, path: String, title: &str) -> Page {
    let up = Link { text: list.title.clone(), href: list.path.clone() };
    let heading = [("title", title), ("list", &*list.title)];
    Page {
        title: words.strings.fill("timeline.of", &heading),
        root: root(&path),
        path,
        trail: list.trail.iter().cloned().chain([up]).collect(),
        ..list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_that_names_begin_with() {
        assert_eq!(letters("“Haadi” Abbas", "al-Hamdan"), "Haad–al-H");
        assert_eq!(letters("Li Wei", "李"), "Li W–李");
        assert_eq!(letters("Group 17", "Group 42"), "Group 1–Group 4");
        assert_eq!(letters("Ada", "Ada"), "Ada–Ada");
    }
}
