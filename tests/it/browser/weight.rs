//! What a page weighs on its way to a reader.

use crate::demonstration::{attributes, resolve};

use super::nothing;
use super::server::gzip;
use super::shown::{Shown, demonstration};

const KB: usize = 1024;

/// The elements of a page that begin so, each up to its end.
fn tags<'h>(html: &'h str, start: &str) -> Vec<&'h str> {
    html.match_indices(start).filter_map(|(at, _)| html[at..].split('>').next()).collect()
}

/// What the files weigh together, packed as a host packs them.
fn weight(site: &Shown, page: &str, addresses: Vec<&str>) -> usize {
    let files = addresses.into_iter().map(|address| resolve(page, address));
    files.map(|path| gzip(site.output.get(&path).unwrap()).len()).sum()
}

#[test]
fn a_profile_is_light() {
    let site = demonstration();
    let profiles: Vec<&str> = site.pages().into_iter().filter(|path| path.starts_with("people/")).collect();
    assert!(profiles.len() > 10, "only {} profiles", profiles.len());
    let mut faults = Vec::new();
    for page in profiles {
        let html = site.html(page);
        let sheets: Vec<&str> = tags(html, "<link rel=\"stylesheet\"");
        let sheets = sheets.into_iter().flat_map(|tag| attributes(tag, "href")).collect();
        let scripts = tags(html, "<script").into_iter().flat_map(|tag| attributes(tag, "src")).collect();
        for (what, limit, weight) in [
            ("HTML", 20 * KB, gzip(html.as_bytes()).len()),
            ("CSS", 12 * KB, weight(site, page, sheets)),
            ("script", 8 * KB, weight(site, page, scripts)),
        ] {
            if weight > limit {
                faults.push(format!("{page}: {weight} bytes of {what}, and {limit} are enough"));
            }
        }
    }
    nothing(faults);
}
