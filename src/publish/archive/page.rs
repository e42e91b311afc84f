//! A file -> its title, if it is a page that somebody reads.

/// What a host shows where there is no page: nobody would look for it in a list.
const MISSING: &str = "404.html";

/// Returns the title of the file at `path`, if it is a page. A page that only leads to another is none.
pub fn title(path: &str, bytes: &[u8]) -> Option<String> {
    if !path.ends_with(".html") || path.rsplit('/').next() == Some(MISSING) {
        return None;
    }
    let html = std::str::from_utf8(bytes).ok()?;
    // Offsets stay true, since only ASCII changes.
    let lower = html.to_ascii_lowercase();
    let head = &lower[..lower.find("<body").unwrap_or(lower.len())];
    if head.contains("http-equiv=\"refresh\"") {
        return None;
    }
    let tag = head.find("<title")?;
    let start = tag + head[tag..].find('>')? + 1;
    let end = start + head[start..].find("</title")?;
    let text = html[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let text = unescaped(&text);
    (!text.is_empty()).then_some(text)
}

/// What HTML escapes is what XML escapes, in the pages of this program; another entity stays as it is written.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn pages_have_titles() {
        let page = |html: &str| title("a.html", html.as_bytes());
        assert_eq!(page("<title>A &amp; B\n &#39;c&#39;</title><body>"), Some("A & B 'c'".to_owned()));
        assert_eq!(page("<HEAD><TITLE lang=ar>من هو</TITLE>"), Some("من هو".to_owned()));
        assert_eq!(page("<title>A&nbsp;&ndash;</title>"), Some("A&nbsp;&ndash;".to_owned()));
        assert_eq!(page("<title> </title>"), None);
        assert_eq!(page("<body><svg><title>Drawing</title></svg>"), None);
        assert_eq!(page("<title>Old</title><meta http-equiv=\"refresh\" content=\"0; url=b\">"), None);
        assert_eq!(title("404.html", b"<title>Nothing here</title>"), None);
        assert_eq!(title("a.svg", b"<title>Drawing</title>"), None);
    }
}
