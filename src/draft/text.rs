//! Bytes -> the text of an article, without what is not seen of it.

/// How many bytes an article may have.
pub const LARGEST: usize = 2 << 20;

/// Why no dossier can be made of a file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub message: String,
    pub help: String,
}

/// The text, with lines that end in `\n`. Characters that turn its direction or are not seen are left out, since they would
/// part the letters of a name.
pub fn read(bytes: &[u8], name: &str) -> Result<String, Refused> {
    let name = if name.is_empty() { "the text" } else { name };
    let refused = |message: String, help: &str| Err(Refused { message, help: help.to_owned() });
    const AS_TEXT: &str = "save the article as plain text (.txt) in UTF-8, and name that file";
    if bytes.len() > LARGEST {
        let help = "an article has at most 2 MiB of text: cut it, or name another file";
        return refused(format!("{name} is too large for an article"), help);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return refused(format!("{name} is in UTF-16, not in UTF-8"), AS_TEXT);
    }
    if bytes.contains(&0) || bytes.starts_with(b"%PDF") {
        return refused(format!("{name} is no plain text"), AS_TEXT);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
            return refused(format!("{name} is not UTF-8 at line {line}, column {column}"), AS_TEXT);
        }
    };
    let text = cleaned(text);
    let start = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        let help = "open it in a browser, copy the article into a .txt file, and name that";
        return refused(format!("{name} is a web page"), help);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return refused(format!("there are no words in {name}"), "name a file that holds an article");
    }
    Ok(text)
}

/// A text without what is not seen of it, and with one kind of line ends.
pub fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            '\t' | '\u{A0}' | '\u{202F}' | '\u{2007}' => out.push(' '),
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2060}' | '\u{FEFF}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let told = |bytes: &[u8]| read(bytes, "a.txt").unwrap_err().message;
        assert_eq!(told(b"One\nTw\xFFo"), "a.txt is not UTF-8 at line 2, column 3");
        assert_eq!(told(b"PK\x03\x04\0\0"), "a.txt is no plain text");
        assert_eq!(told(b"\xFF\xFEA\0"), "a.txt is in UTF-16, not in UTF-8");
        assert_eq!(told(b" \n \x01"), "there are no words in a.txt");
        assert_eq!(told(b"<!DOCTYPE html><p>Ada"), "a.txt is a web page");
        assert_eq!(told(&vec![b'a'; LARGEST + 1]), "a.txt is too large for an article");
    }

    #[test]
    fn what_is_not_seen_parts_no_name() {
        let text = "\u{FEFF}A\u{AD}da\u{200B} \u{202E}Berg\u{7}\r\nJon\u{A0}Vik\r";
        assert_eq!(read(text.as_bytes(), "").unwrap(), "Ada Berg\nJon Vik\n");
    }
}
