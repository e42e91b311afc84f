//! A place in a file -> the address that opens it in the author's editor.

use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The editors that are known by name, each with the address that it opens.
const KNOWN: [(&str, &str); 9] = [
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("emacs", "emacs://open?url=file://{path}&line={line}&column={column}"),
];

/// What of a path would end it within an address.
const SPECIAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What opens a file at a line: an address with `{path}`, `{line}` and `{column}` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(String);

impl FromStr for Template {
    type Err = String;

    fn from_str(text: &str) -> Result<Template, String> {
        if let Some((_, address)) = KNOWN.iter().find(|(name, _)| *name == text) {
            return Ok(Template((*address).to_owned()));
        }
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_address =
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        let is_script = ["javascript", "data", "vbscript"].iter().any(|bad| scheme.eq_ignore_ascii_case(bad));
        if is_address && !is_script && text.contains("{path}") {
            return Ok(Template(text.to_owned()));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!(
            "write one of {}, or an address such as myeditor://open?{{path}}:{{line}}",
            names.join(", ")
        ))
    }
}

/// The editor, if there is one, and the folder of the dossier.
#[derive(Debug, Clone)]
pub struct Editor {
    pub template: Option<Template>,
    pub root: PathBuf,
}

impl Editor {
    /// The address that opens a file of the dossier at a line and column, both counted from 1.
    pub fn link(&self, path: &str, line: usize, column: usize) -> Option<String> {
        let template = &self.template.as_ref()?.0;
        let path = self.root.join(path).display().to_string().replace('\\', "/");
        // `C:/a` is `/C:/a` in an address.
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let path = utf8_percent_encode(&path, SPECIAL).to_string();
        let filled = template.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        Some(filled.replace("{path}", &path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(template: &str, path: &str) -> Option<String> {
        let editor = Editor { template: Some(template.parse().unwrap()), root: PathBuf::from("/home/a b") };
        editor.link(path, 3, 7)
    }

    #[test]
    fn a_place_becomes_an_address_of_the_editor() {
        let path = "content/who#1.toml";
        assert_eq!(link("vscode", path).unwrap(), "vscode://file/home/a%20b/content/who%231.toml:3:7");
        assert_eq!(
            link("x-mine://o?f={path}&l={line}", path).unwrap(),
            "x-mine://o?f=/home/a%20b/content/who%231.toml&l=3"
        );
    }

    #[test]
    fn what_is_no_editor_is_refused() {
        for text in ["vim", "javascript:alert('{path}')", "http://x/", ""] {
            assert!(text.parse::<Template>().is_err(), "{text}");
        }
    }
}
