//! Text -> HTML, with all that means something there escaped.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

/// Fit for an attribute in double quotes, and for text.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut html, text);
    html
}

/// Fit for text between tags.
pub fn escaped_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let _ = escape_html_body_text(&mut html, text);
    html
}

/// JSON, fit for a script, also one that stands in a page: nothing in its strings ends that.
pub fn json_in_script(json: &str) -> String {
    json.replace("</", "<\\/").replace("<!--", "\\u003c!--")
}

/// An address, fit for `href`.
pub fn escaped_address(address: &str) -> String {
    let mut html = String::with_capacity(address.len());
    let _ = escape_href(&mut html, address);
    html
}
