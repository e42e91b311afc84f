//! Small dossiers in memory, and what they become.

use dossier::cache::Cache;
use dossier::diag::Checked;
use dossier::report::{Format, report};
use dossier::source::Sources;
use dossier::{Options, Site, theme};

/// The files of a dossier; `site.toml` is added when it is not among them.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    sources.insert("site.toml", b"title = \"A dossier\"\n".as_slice());
    for (path, text) in files {
        sources.insert(*path, text.as_bytes());
    }
    sources
}

/// A cold build.
pub fn build(sources: &Sources) -> Checked<Site> {
    build_with(sources, Options::default())
}

pub fn build_with(sources: &Sources, options: Options) -> Checked<Site> {
    dossier::build(sources, &theme::theme(), options, &mut Cache::default(), &|_, _, _| {})
}

/// A build that knows what `cache` knows.
pub fn build_with_cache(sources: &Sources, cache: &mut Cache) -> Checked<Site> {
    dossier::build(sources, &theme::theme(), Options::default(), cache, &|_, _, _| {})
}

/// The report as plain text.
pub fn text(sources: &Sources, site: &Checked<Site>) -> String {
    report(&site.diagnostics, sources, Format::Text { colour: false }, "")
}

/// A page of the site that files become, which must have no errors.
pub fn page(files: &[(&str, &str)], path: &str) -> String {
    let sources = sources(files);
    let site = build(&sources);
    assert!(!dossier::has_errors(&site.diagnostics), "{}", text(&sources, &site));
    string(&site, path)
}

pub fn string(site: &Checked<Site>, path: &str) -> String {
    let bytes = site.value.output.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every file of a site, as text where it is text.
pub fn files(site: &Checked<Site>) -> Vec<(String, Vec<u8>)> {
    site.value.output.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
}

/// The repository, which is the demonstration dossier.
pub fn repository() -> Sources {
    let read = dossier::disk::read::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(read.diagnostics, Vec::new());
    read.value
}

/// The main content of a page as a reader meets it: text, with the addresses of links behind them.
pub fn readable(html: &str) -> String {
    let start = html.find("<main").map_or(0, |at| at);
    let end = html.find("</main>").unwrap_or(html.len());
    let mut out = String::new();
    let mut rest = &html[start..end];
    let mut link = String::new();
    while let Some(open) = rest.find('<') {
        let text = &rest[..open];
        if text.starts_with(char::is_whitespace) {
            out.push(' ');
        }
        out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if text.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        let close = rest[open..].find('>').map_or(rest.len(), |at| open + at + 1);
        let tag = &rest[open..close];
        rest = &rest[close..];
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '\n', '/']).next().unwrap();
        if name == "svg" && !tag.starts_with("</") {
            rest = after_drawing(rest);
        } else if let Some((_, href)) = tag.split_once(" href=\"")
            && name == "a"
        {
            link = href.split('"').next().unwrap().to_owned();
        } else if tag == "</a>" {
            out.push_str(&format!("‹{link}›"));
        } else if matches!(
            name,
            "p" | "li"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "tr"
                | "div"
                | "section"
                | "dt"
                | "dd"
                | "pre"
                | "figure"
                | "aside"
        ) {
            out.push('\n');
        } else if matches!(name, "td" | "th") {
            out.push_str(" | ");
        } else if name == "img" {
            out.push_str(tag);
        }
    }
    let lines: Vec<String> = out
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches(['|', ' ']).to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// What stands behind the drawing that `rest` begins within; drawings may lie in each other.
fn after_drawing(mut rest: &str) -> &str {
    let mut depth = 1;
    while depth > 0 {
        let Some(close) = rest.find("</svg>") else { return "" };
        match rest.find("<svg").filter(|open| *open < close) {
            Some(open) => (depth, rest) = (depth + 1, &rest[open + "<svg".len()..]),
            None => (depth, rest) = (depth - 1, &rest[close + "</svg>".len()..]),
        }
    }
    rest
}
