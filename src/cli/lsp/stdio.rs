//! Messages of JSON-RPC on standard input and output, each behind a header that says how long it is.

use std::io::{self, BufRead, Read, Write};

use serde_json::Value;

/// A longer message is not taken: no client sends one, and it would fill the memory.
const LONGEST: u64 = 256 << 20;

/// The same of a line of its header.
const LONGEST_LINE: u64 = 4096;

/// What came in.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    Message(Value),
    /// Something that is no message, and why.
    Malformed(String),
}

/// The next thing that comes in; nothing once the input has ended.
pub fn read(input: &mut impl BufRead) -> Option<Incoming> {
    let mut length: Option<u64> = None;
    let mut begun = false;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).ok()?;
        if line.is_empty() {
            return begun.then(cut_off);
        }
        if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            // A line without an end is no header.
            input.skip_until(b'\n').ok()?;
            return Some(Incoming::Malformed(format!("a header is longer than {LONGEST_LINE} bytes")));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            if length.is_some() {
                break;
            }
            if begun {
                return Some(Incoming::Malformed("a message has no `Content-Length`".to_owned()));
            }
            continue;
        }
        begun = true;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
    let length = length?;
    let mut body = input.by_ref().take(length);
    if length > LONGEST {
        let read = io::copy(&mut body, &mut io::sink()).ok()?;
        return Some(match read == length {
            true => Incoming::Malformed(format!("a message of {length} bytes is not read")),
            false => cut_off(),
        });
    }
    let mut text = Vec::new();
    let read = body.read_to_end(&mut text).ok()?;
    if (read as u64) < length {
        return Some(cut_off());
    }
    Some(match serde_json::from_slice(&text) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(format!("a message is no JSON: {error}")),
    })
}

/// What the input ended in the middle of.
fn cut_off() -> Incoming {
    Incoming::Malformed("the input ends within a message".to_owned())
}

/// Writes one message.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Incoming> {
        let mut input = text.as_bytes();
        std::iter::from_fn(|| read(&mut input)).collect()
    }

    #[test]
    fn a_message_that_cannot_be_read_does_not_hide_the_next() {
        let message = |value| Incoming::Message(value);
        let good = "Content-Length: 2\r\n\r\n{}";
        assert_eq!(all(&good.repeat(2)), [message(serde_json::json!({})), message(serde_json::json!({}))]);
        for bad in [
            "Content-Length: 3\r\n\r\n{x}",
            "Content-Type: x\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "x\r\n\r\n",
        ] {
            let found = all(&format!("{bad}{good}"));
            assert!(
                matches!(found[..], [Incoming::Malformed(_), Incoming::Message(_)]),
                "{bad:?}: {found:?}"
            );
        }
        // A header that promises more than there is allocates nothing.
        for cut in
            ["Content-Length: 99999999999999\r\n\r\n{}", "Content-Length: 99999999\r\n\r\n{}", "Content-Le"]
        {
            assert_eq!(all(cut), [cut_off()], "{cut}");
        }
        let endless = all(&"Content-Length".repeat(1000));
        assert!(matches!(endless[..], [Incoming::Malformed(_)]), "{endless:?}");
        assert_eq!(all(""), []);
    }
}
