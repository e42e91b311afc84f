//! An SVG file -> the same drawing without comments, metadata and what editors leave in it; one that runs
//! programs or asks other servers for something is refused.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use roxmltree::{Document, Node, ParsingOptions};
use svgtypes::{Length, LengthUnit, ViewBox};

use super::Failure;
use super::strip::strip;
use crate::xml::{MOST_ATTRIBUTES, has_too_many_attributes};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// No drawing is nested deeper.
const DEEPEST: usize = 200;
const MOST_NODES: u32 = 1_000_000;

/// A drawing that may be published.
pub struct Drawing {
    pub bytes: Vec<u8>,
    /// Its proportions, and whether it says that it is as wide as that in CSS pixels.
    pub width: f64,
    pub height: f64,
    pub is_sized: bool,
}

/// The drawing without metadata, or why it cannot be shown.
pub fn clean(bytes: &[u8]) -> Result<Drawing, Failure> {
    let text = std::str::from_utf8(bytes).map_err(Failure::unreadable)?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let text = text.trim_start_matches('\u{FEFF}');
    if has_too_many_attributes(text) {
        return Err(Failure::Unreadable(format!("an element has more than {MOST_ATTRIBUTES} attributes")));
    }
    let document = Document::parse_with_options(text, options).map_err(Failure::unreadable)?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Failure::Unreadable("its first element is not `svg` of SVG".to_owned()));
    }
    let mut writer = Writer::new(Vec::with_capacity(bytes.len()));
    element(&mut writer, root, 0)?;
    let (width, height, is_sized) = size(root);
    Ok(Drawing { bytes: writer.into_inner(), width, height, is_sized })
}

fn element(writer: &mut Writer<Vec<u8>>, node: Node, depth: usize) -> Result<(), Failure> {
    let name = node.tag_name().name();
    if depth > DEEPEST {
        return Err(Failure::Unreadable("it is nested too deep".to_owned()));
    }
    if ["script", "foreignObject", "handler", "listener", "iframe"].contains(&name) {
        return Err(Failure::Unsafe(format!("it holds the element `{name}`")));
    }
    let mut start = BytesStart::new(name);
    if depth == 0 {
        start.push_attribute(("xmlns", SVG));
        start.push_attribute(("xmlns:xlink", XLINK));
    }
    for attribute in node.attributes() {
        let prefix = match attribute.namespace() {
            None => "",
            Some(XLINK) => "xlink:",
            Some(XML) => "xml:",
            Some(_) => continue,
        };
        let own = attribute.name();
        // Names of layers and the like.
        if own.starts_with("data-") {
            continue;
        }
        let value = value(name, own, attribute.value())?;
        start.push_attribute((format!("{prefix}{own}").as_str(), value.as_str()));
    }
    let is_style = name == "style";
    let kept: Vec<Node> = node.children().filter(|child| is_shown(*child)).collect();
    if kept.is_empty() {
        return write(writer, Event::Empty(start));
    }
    write(writer, Event::Start(start))?;
    for child in kept {
        match child.text().filter(|_| child.is_text()) {
            Some(text) => {
                if is_style {
                    style(text)?;
                }
                write(writer, Event::Text(BytesText::new(text)))?;
            }
            None => element(writer, child, depth + 1)?,
        }
    }
    write(writer, Event::End(BytesEnd::new(name)))
}

/// Text, and elements of SVG that are drawn: editors add many of their own.
fn is_shown(node: Node) -> bool {
    node.is_text() || node.tag_name().namespace() == Some(SVG) && node.tag_name().name() != "metadata"
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event) -> Result<(), Failure> {
    writer.write_event(event).map_err(Failure::unreadable)
}

/// The value of an attribute, when it runs nothing and asks nobody.
fn value(element: &str, name: &str, value: &str) -> Result<String, Failure> {
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let plain = plain.to_lowercase();
    if name.starts_with("on") || plain.contains("javascript:") {
        return Err(Failure::Unsafe(format!("it holds a program in the attribute `{name}`")));
    }
    if name == "href" {
        return reference(element, value.trim(), &plain);
    }
    style(value)?;
    Ok(value.to_owned())
}

/// What a link or a part of the drawing may lead to: a page, a part of the same file, a picture within it.
fn reference(element: &str, value: &str, plain: &str) -> Result<String, Failure> {
    let is_page = ["http://", "https://", "mailto:"].iter().any(|start| plain.starts_with(start));
    if value.is_empty() || value.starts_with('#') || element == "a" && is_page {
        return Ok(value.to_owned());
    }
    let loads = || Failure::Unsafe(format!("it loads `{}`", value.chars().take(60).collect::<String>()));
    let (kind, data) =
        value.strip_prefix("data:").and_then(|data| data.split_once(";base64,")).ok_or_else(loads)?;
    let data: String = data.split_whitespace().collect();
    let bytes = STANDARD.decode(data).map_err(Failure::unreadable)?;
    let path = if kind == "image/svg+xml" { "picture.svg" } else { "" };
    let bytes = strip(path, &bytes).ok_or_else(loads)??;
    Ok(format!("data:{kind};base64,{}", STANDARD.encode(bytes)))
}

/// Refuses a style that loads something from elsewhere.
fn style(text: &str) -> Result<(), Failure> {
    let lower = text.to_lowercase();
    let own = |from: &str| {
        let from = from.trim_start().trim_start_matches(['"', '\'']);
        from.starts_with('#') || from.starts_with("data:font/") || from.starts_with("data:application/")
    };
    let foreign = lower.split("url(").skip(1).find(|from| !own(from));
    let loads = foreign.map(|from| from.chars().take_while(|c| *c != ')').take(60).collect::<String>());
    match loads.or_else(|| lower.contains("@import").then(|| "@import".to_owned())) {
        Some(what) => Err(Failure::Unsafe(format!("its style loads `{}`", what.trim_matches(['"', '\''])))),
        None => Ok(()),
    }
}

/// The size that a drawing says it has, else that of its coordinates, else what browsers take for none.
fn size(root: Node) -> (f64, f64, bool) {
    let length = |name| {
        let length: Length = root.attribute(name)?.parse().ok()?;
        let pixels = match length.unit {
            LengthUnit::None | LengthUnit::Px => 1.0,
            LengthUnit::Em => 16.0,
            LengthUnit::Ex => 8.0,
            LengthUnit::In => 96.0,
            LengthUnit::Cm => 96.0 / 2.54,
            LengthUnit::Mm => 96.0 / 25.4,
            LengthUnit::Pt => 96.0 / 72.0,
            LengthUnit::Pc => 16.0,
            LengthUnit::Percent => return None,
        };
        Some(length.number * pixels).filter(|length| *length > 0.0)
    };
    let space: Option<ViewBox> = root.attribute("viewBox").and_then(|text| text.parse().ok());
    match (length("width"), length("height"), space) {
        (Some(width), Some(height), _) => (width, height, true),
        (Some(width), None, Some(space)) => (width, width * space.h / space.w, true),
        (None, Some(height), Some(space)) => (height * space.w / space.h, height, true),
        (None, None, Some(space)) => (space.w, space.h, false),
        (width, height, None) => (width.unwrap_or(300.0), height.unwrap_or(150.0), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(inner: &str) -> Result<String, Failure> {
        let text = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY who \"N. Ob\">]><!-- by N. Ob -->\
             <svg xmlns=\"{SVG}\" xmlns:i=\"urn:editor\" i:version=\"9\" width=\"4\" height=\"2\">{inner}</svg>"
        );
        clean(text.as_bytes()).map(|drawing| String::from_utf8(drawing.bytes).unwrap())
    }

    #[test]
    fn what_is_drawn_stays_and_what_tells_of_the_making_goes() {
        let text = cleaned(
            "<metadata><i:by>N. Ob</i:by></metadata><i:layer/><!-- x --><g data-name=\"N. Ob\" id=\"g\">\
             <title>A &amp; B</title><path d=\"M0 0\" fill=\"url(#g)\"/></g>",
        );
        assert_eq!(
            text.unwrap(),
            format!(
                "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" width=\"4\" height=\"2\"><g id=\"g\">\
                 <title>A &amp; B</title><path d=\"M0 0\" fill=\"url(#g)\"/></g></svg>"
            )
        );
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for inner in [
            "<script>x</script>",
            "<g onclick=\"x()\"/>",
            "<a href=\" java&#10;script:x()\"/>",
            "<foreignObject/>",
            "<image href=\"https://example.org/a.png\"/>",
            "<style>@import 'a.css'</style>",
            "<rect fill=\"url(https://example.org/a)\"/>",
            "<image href=\"data:text/html;base64,AAAA\"/>",
        ] {
            assert!(matches!(cleaned(inner), Err(Failure::Unsafe(_))), "{inner}");
        }
        assert!(cleaned("<a href=\"https://example.org/\"><text>x</text></a>").is_ok());
    }

    #[test]
    fn the_size_is_that_of_the_file() {
        let size = |attributes: &str| {
            let text = format!("<svg xmlns=\"{SVG}\" {attributes}/>");
            let Drawing { width, height, is_sized, .. } = clean(text.as_bytes()).unwrap();
            (width.round(), height.round(), is_sized)
        };
        assert_eq!(size("width=\"1in\" height=\"48\""), (96.0, 48.0, true));
        assert_eq!(size("viewBox=\"0 0 40 50\""), (40.0, 50.0, false));
        assert_eq!(size("width=\"100%\" viewBox=\"0 0 40 50\""), (40.0, 50.0, false));
        assert_eq!(size("width=\"80\" viewBox=\"0 0 40 50\""), (80.0, 100.0, true));
        assert_eq!(size(""), (300.0, 150.0, true));
    }
}
