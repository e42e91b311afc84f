//! A text with tags -> the same where a browser takes it apart otherwise than at each `>`, and without what it never
//! shows.

use memchr::memchr;

use super::escapes::find_ascii;
use super::next::Next;

/// How many times its own length of a text is looked through for the ends of its tags.
const TIMES: usize = 16;

/// Elements that are not shown where they stand.
const UNSEEN: [&str; 7] = ["style", "script", "template", "noscript", "title", "desc", "metadata"];

/// Looks for the ends of tags, as long as that does not take too much.
struct Tags<'t> {
    text: &'t str,
    left: usize,
}

impl<'t> Tags<'t> {
    fn of(text: &'t str) -> Tags<'t> {
        Tags { text, left: text.len().saturating_mul(TIMES) }
    }

    /// The place behind the tag that begins here; nothing where none does, or it has no end.
    fn end(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(start..)?;
        if !matches!(rest, [b'<', b'/', c, ..] | [b'<', c, ..] if c.is_ascii_alphabetic()) || self.left == 0 {
            return None;
        }
        let mut quote = None;
        let mut is_value = false;
        for (at, byte) in rest.iter().enumerate().take(self.left) {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'>') => {
                    self.left -= at;
                    return Some(start + at + 1);
                }
                (None, b'"' | b'\'') if is_value => quote = Some(byte),
                _ => {}
            }
            // Elsewhere than before a value a quotation mark is a letter as others are.
            is_value = *byte == b'=' || is_value && byte.is_ascii_whitespace();
        }
        self.left = self.left.saturating_sub(rest.len());
        None
    }
}

/// A text in which no tag has a `>` before its end and nothing else begins like one, with the places where it is another
/// text for that.
pub(super) fn quoted(text: &str) -> (String, Vec<usize>) {
    let mut out: Vec<u8> = Vec::new();
    let mut places = Vec::new();
    let mut tags = Tags::of(text);
    let (mut odd, mut plain) = (Next::of("--!>", text), Next::of("-->", text));
    let mut at = 0;
    while let Some(start) = memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|next| at + next)
    {
        at = start + 1;
        if let Some(len) = short_comment(text, start, &mut odd, &mut plain) {
            change(&mut out, text).get_mut(start..start + len).into_iter().for_each(|comment| {
                comment.fill(b' ');
                if let [first, .., last] = comment {
                    (*first, *last) = (b'<', b'>');
                }
            });
            places.push(start);
            at = start + len;
        } else if let Some(end) = tags.end(start) {
            let inside = text.as_bytes().get(start + 1..end - 1).unwrap_or_default();
            for inner in memchr::memchr_iter(b'>', inside) {
                change(&mut out, text)[start + 1 + inner] = b' ';
                places.push(start + 1 + inner);
            }
            at = end;
        } else if text[start + 1..].starts_with(|c: char| !c.is_ascii_alphabetic() && !"/!?".contains(c)) {
            change(&mut out, text)[start] = b' ';
            places.push(start);
        }
    }
    (String::from_utf8(out).unwrap_or_default(), places)
}

/// The bytes that are changed: those of the text at first.
fn change<'o>(out: &'o mut Vec<u8>, text: &str) -> &'o mut [u8] {
    if out.is_empty() {
        out.extend(text.as_bytes());
    }
    out
}

/// The length of a comment that begins here and ends before the first `-->`, as browsers see it.
fn short_comment(text: &str, start: usize, odd: &mut Next, plain: &mut Next) -> Option<usize> {
    let inside = text[start..].strip_prefix("<!--")?;
    let empty = [">", "->"].into_iter().find(|end| inside.starts_with(end));
    if let Some(end) = empty {
        return Some(4 + end.len());
    }
    let odd = odd.from(start + 4)?;
    let plain = plain.from(start + 4).unwrap_or(usize::MAX);
    (odd < plain).then_some(odd + 4 - start)
}

/// A text without the elements that are not shown, with the places where one stood.
pub(super) fn without_unseen(text: &str) -> (String, Vec<usize>) {
    let mut out = String::new();
    let mut places = Vec::new();
    let mut tags = Tags::of(text);
    let (mut kept, mut at) = (0, 0);
    while let Some(start) = memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|next| at + next)
    {
        at = start + 1;
        let Some(end) = unseen(&mut tags, start) else { continue };
        out.push_str(&text[kept..start]);
        places.push(out.len());
        // A tag stays, which may be within a word or between two.
        out.push_str("<i>");
        (kept, at) = (end, end);
    }
    out.push_str(&text[kept..]);
    (out, places)
}

/// Where an element ends that begins here and is not shown.
fn unseen(tags: &mut Tags, start: usize) -> Option<usize> {
    let text = tags.text;
    let name = UNSEEN.into_iter().find(|name| is_tag(text, start, "<", name))?;
    let mut at = tags.end(start)?;
    if text[..at].ends_with("/>") {
        return Some(at);
    }
    // In a style or a script no tag is one.
    let is_nested = !matches!(name, "style" | "script");
    let mut depth = 1;
    loop {
        if tags.left == 0 {
            return None;
        }
        let next = find_ascii(text.get(at..)?, name);
        tags.left = tags.left.saturating_sub(next.unwrap_or(text.len() - at));
        let found = at + next?;
        at = found + name.len();
        if found > 1 && is_tag(text, found - 2, "</", name) {
            depth -= 1;
        } else if is_nested && is_tag(text, found - 1, "<", name) {
            depth += 1;
        }
        if depth == 0 {
            return tags.end(found - 2);
        }
    }
}

/// Whether a tag of this name stands here.
fn is_tag(text: &str, at: usize, begins: &str, name: &str) -> bool {
    let rest = text.as_bytes().get(at..).and_then(|rest| rest.strip_prefix(begins.as_bytes()));
    let Some((found, after)) = rest.and_then(|rest| rest.split_at_checked(name.len())) else { return false };
    found.eq_ignore_ascii_case(name.as_bytes())
        && after.first().is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_outside_of_its_quotes() {
        let read = |text: &str| quoted(text).0;
        assert_eq!(read("a <b c=\"d > e\" f=' >'>g</b>"), "a <b c=\"d   e\" f='  '>g</b>");
        assert_eq!(read("a <b c = '>'/> 1 < 2"), "a <b c = ' '/> 1   2");
        assert_eq!(read("a<!-->b --><!-- c --!>d"), "a<   >b --><         >d");
        // A quotation mark that opens no value hides nothing.
        assert_eq!(read("<b it's>c</b> <b c=d\">e"), "");
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        let read = |text: &str| without_unseen(text).0;
        assert_eq!(read("a<style>b</style>c<Script x='>'>d</SCRIPT >e"), "a<i>c<i>e");
        assert_eq!(read("a<template><template>b</template></template>c"), "a<i>c");
        assert_eq!(read("<title>a</title><titles>b</titles><desc/>c"), "<i><titles>b</titles><i>c");
        assert_eq!(read("a<style>b"), "a<style>b");
        assert_eq!(read(&"<title>".repeat(20_000)).len(), 140_000);
    }
}
