//! Texts of others -> Markdown that says the same, and nothing more.

/// Plain text as Markdown: what would be markup, a link or a citation stands for itself.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let in_word = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' => true,
            '_' | '~' => !in_word,
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            ':' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == ':'),
            '#' | '>' | '+' | '-' => before.is_none(),
            '.' | ')' => out.chars().all(|c| c.is_ascii_digit()) && !out.is_empty(),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(if c.is_control() && c != '\n' { ' ' } else { c });
        before = Some(c);
    }
    out
}

/// Plain text of several paragraphs, each as one of Markdown.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let each = text
        .split("\n\n")
        .map(|paragraph| plain(&paragraph.split_whitespace().collect::<Vec<_>>().join(" ")));
    let each: Vec<String> = each.filter(|paragraph| !paragraph.is_empty()).collect();
    if each.is_empty() { String::new() } else { format!("{}\n", each.join("\n\n")) }
}

/// The host of an address, without `www.`.
pub fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.map_or_else(|| url.to_owned(), |host| host.trim_start_matches("www.").to_owned())
}
