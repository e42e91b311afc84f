//! The pages of the preview itself, and what connects a page of the site to it.

use std::fmt::Write;

use dossier::html::escaped;
use dossier::preview::Problems;

use super::editor::Editor;
use super::message::{by_weight, problem};

// Below `~dossier/` stands all that is of the preview and not of the site.

/// The page of everything there is to say about the dossier.
pub const PROBLEMS: &str = "~dossier/problems.html";
/// The script of every page.
pub const SCRIPT: &str = "~dossier/live.js";
/// Where pages are told what changes.
pub const SOCKET: &str = "~dossier/socket";
/// The version of a page that is not there.
pub const NOTHING: &str = "nothing";

/// What a page is known by: a hash of its bytes.
pub fn version(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().get(..16).unwrap_or_default().to_owned()
}

/// A page with the script that connects it to the preview, before all others, so that it sees the page as it came.
/// `version` says what its text is, `stamp` how new the files are that it loads.
pub fn connected(html: &[u8], base: &str, path: &str, version: &str, stamp: &str) -> Vec<u8> {
    let script = format!(
        "<script src=\"{base}{SCRIPT}\" data-base=\"{base}\" data-page=\"{}\" data-version=\"{version}\" \
         data-stamp=\"{stamp}\" defer></script>",
        escaped(path)
    );
    let place = after_head(html).unwrap_or(html.len());
    [&html[..place], script.as_bytes(), &html[place..]].concat()
}

/// Where the head of a page begins, if it is written out.
fn after_head(html: &[u8]) -> Option<usize> {
    const HEAD: &[u8] = b"<head";
    let is_head = |window: &[u8]| {
        let (tag, next) = window.split_at(HEAD.len());
        tag.eq_ignore_ascii_case(HEAD) && (next == b">" || next[0].is_ascii_whitespace())
    };
    let start = html.windows(HEAD.len() + 1).position(is_head)?;
    Some(start + html[start..].iter().position(|byte| *byte == b'>')? + 1)
}

/// In place of a page that is not there, or could not be made.
pub fn nothing(base: &str, path: &str, failed: bool, stamp: &str) -> Vec<u8> {
    let (title, text) = match failed {
        true => ("This page could not be made", "It comes by itself when what is wrong is mended."),
        false => ("There is no such page", "It comes by itself when there is one."),
    };
    let body = format!(
        "<h1>{title}</h1>\n<p><code>{}</code></p>\n<p>{text}</p>\n<p><a href=\"{base}index.html\">To the start</a> \
         <a href=\"{base}{PROBLEMS}\">To what is wrong</a></p>",
        escaped(path)
    );
    connected(document(title, &body).as_bytes(), base, path, NOTHING, stamp)
}

/// Everything there is to say about the dossier, errors first.
pub fn problems(problems: &Problems, editor: &Editor) -> String {
    let told = |count: usize| if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    let (now, later) = (problems.diagnostics.len(), problems.when_published.len());
    let mut body = match (now, later) {
        (0, 0) => "<h1>Nothing to say</h1>\n<p>The dossier has no errors, warnings or notes.</p>".to_owned(),
        (0, _) => format!("<h1>{} when it is published</h1>", told(later)),
        (_, 0) => format!("<h1>{}</h1>", told(now)),
        _ => format!("<h1>{}, and {} when it is published</h1>", told(now), told(later)),
    };
    let mut are_later = false;
    let tell = problem(problems, editor);
    for one in by_weight(problems) {
        if one.when_published && !are_later {
            are_later = true;
            body.push_str("\n<h2>When it is published, without drafts and withheld records</h2>");
        }
        let told = tell(&one);
        let _ = write!(body, "\n<article class=\"{}\">", told.severity);
        if let Some(place) = told.place {
            let place_text = escaped(&place.place);
            let _ = match place.href {
                Some(href) => write!(body, "<p><a href=\"{}\">{place_text}</a></p>", escaped(&href)),
                None => write!(body, "<p>{place_text}</p>"),
            };
        }
        let _ = write!(body, "<pre>{}</pre></article>", escaped(&told.text));
    }
    document("Problems", &body)
}

/// In answer to what the preview does not do.
pub fn refused(title: &str, text: &str) -> String {
    document(title, &format!("<h1>{}</h1>\n<p>{}</p>", escaped(title), escaped(text)))
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
        include_str!("pages.css")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_the_first_thing_in_the_head() {
        let script = "<script src=\"/~dossier/live.js\" data-base=\"/\" data-page=\"a&quot;.html\" data-version=\"v\" data-stamp=\"r.1\" defer></script>";
        for (page, expected) in [
            (
                "<!doctype html><header></header><HEAD lang=de>\n<title>",
                "<!doctype html><header></header><HEAD lang=de>|\n<title>",
            ),
            ("<!doctype html><p>No head", "<!doctype html><p>No head|"),
        ] {
            let connected = connected(page.as_bytes(), "/", "a\".html", "v", "r.1");
            assert_eq!(String::from_utf8(connected).unwrap(), expected.replace('|', script));
        }
    }
}
