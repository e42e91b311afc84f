//! Pictures: what is shown of them can be seen, and runs nothing.

use dossier::cache::Cache;
use dossier::pictures::memo::Memo;
use dossier::pictures::pictures as made;
use dossier::source::Sources;
use dossier::{Options, examine};

use super::files::told;

/// The files that become of a picture: shown in a text, and linked to.
fn published(name: &str, data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let article = format!("# A pier\n\n![The pier]({name})\n\n[the file](linked-{name})\n");
    let mut sources = Sources::default();
    sources.insert("site.toml", b"title = \"T\"\n".as_slice());
    sources.insert("content/pier.md", article.into_bytes());
    sources.insert(format!("content/{name}"), data);
    sources.insert(format!("content/linked-{name}"), data);
    let examined = examine(&sources, Options::default(), &mut Cache::default(), &|_, _, _| {});
    let Ok(examined) = examined else { panic!("there is a site.toml") };
    let pictures = made(&examined.linked, &sources, &mut Memo::default(), &|_, _| {});
    told(&pictures.diagnostics, &sources);
    pictures.value.files.into_iter().map(|file| (file.path, file.bytes.to_vec())).collect()
}

/// A drawing is published without programs, and what was cleaned once is clean.
pub fn drawings(data: &[u8]) {
    for (path, bytes) in published("pier.svg", data) {
        let text = String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{path} is no text"));
        let read = roxmltree::Document::parse(&text).unwrap_or_else(|why| panic!("{path}: {why}: {text:?}"));
        for node in read.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                !["script", "foreignObject", "handler", "iframe"].contains(&name),
                "<{name}> in {text:?}"
            );
            for attribute in node.attributes() {
                let (name, value) = (attribute.name(), attribute.value().trim().to_ascii_lowercase());
                assert!(!name.to_ascii_lowercase().starts_with("on"), "{name} in {text:?}");
                assert!(!value.starts_with("javascript:"), "{value:?} in {text:?}");
                let is_link = name == "href" && node.tag_name().name() != "a";
                let is_outside = value.contains("://") || value.starts_with("//");
                assert!(!(is_link && is_outside), "{value:?} is loaded in {text:?}");
            }
        }
        let again = published("pier.svg", &bytes);
        assert_eq!(again.len(), 2, "what was published is refused: {text:?}");
        assert!(again.iter().any(|(_, again)| *again == bytes), "{text:?} is cleaned to something else");
    }
}

/// The ending of the format that bytes begin as.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', ..] => Some("webp"),
        [0xFF, 0xD8, 0xFF, ..] => Some("jpg"),
        _ => None,
    }
}

/// A photograph, of whatever format. What is published of it is one that can be read: nothing else is free of what
/// cameras write into it.
pub fn pictures(data: &[u8]) {
    let name = format!("pier.{}", ending(data).unwrap_or("jpg"));
    for (path, bytes) in published(&name, data) {
        assert!(ending(&bytes).is_some(), "{path} is published as it is");
        if path.starts_with("images/") {
            // Browsers, and this program, can read what is shown.
            let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            let again = published(&format!("pier.{ending}"), &bytes);
            assert!(!again.is_empty(), "{path} cannot be read");
        }
    }
}
