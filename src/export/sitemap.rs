//! The addresses of all pages, for search engines (sitemaps.org), and what they may read (RFC 9309).

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Export, Hand, Losses, absolute};
use crate::view::{self, words::Words};

pub const EXPORT: Export = Export {
    name: "sitemap",
    about: "the list of pages for search engines, where the dossier has a `base_url`; robots.txt",
    leaves_out: &["everything but addresses"],
    paths: |words| if is_listed(words) { vec![super::ROBOTS, PATH] } else { vec![super::ROBOTS] },
    make,
};

/// So many addresses may stand in one file.
const MOST: usize = 50_000;

const PATH: &str = "sitemap.xml";

fn is_listed(words: &Words) -> bool {
    words.linked.dossier.config.base_url.is_some() && words.linked.dossier.as_of.is_none()
}

fn make(words: &Words, hand: Hand) -> Losses {
    let robots =
        |rest: String| (super::ROBOTS.to_owned(), format!("User-agent: *\nAllow: /\n{rest}").into_bytes());
    if !is_listed(words) {
        hand(robots(String::new()));
        return Losses::default();
    }
    let pages = view::listed_paths(words);
    hand(robots(format!("Sitemap: {}\n", absolute(words, PATH))));
    let parts: Vec<&[String]> = pages.chunks(MOST).collect();
    // Writing to memory cannot fail.
    if let [only] = parts.as_slice() {
        list(words, "urlset", "url", only).into_iter().for_each(|xml| hand((PATH.to_owned(), xml)));
    } else {
        let names: Vec<String> = (1..=parts.len()).map(|n| format!("sitemap-{n}.xml")).collect();
        for (name, part) in names.iter().zip(parts) {
            list(words, "urlset", "url", part).into_iter().for_each(|xml| hand((name.clone(), xml)));
        }
        let index = list(words, "sitemapindex", "sitemap", &names);
        index.into_iter().for_each(|xml| hand((PATH.to_owned(), xml)));
    }
    Losses::default()
}

fn list(words: &Words, root: &str, each: &str, paths: &[String]) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    writeln!(head, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let mut writer = Writer::new_with_indent(head, b' ', 1);
    let namespace = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
    writer.create_element(root).with_attribute(namespace).write_inner_content(|writer| {
        for path in paths {
            // A folder is known by its own address.
            let path = if path == "index.html" { "" } else { path };
            writer.create_element(each).write_inner_content(|writer| {
                writer
                    .create_element("loc")
                    .write_text_content(BytesText::new(&absolute(words, &view::prose::encoded(path))))?;
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(writer.into_inner())
}
