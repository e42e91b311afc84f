//! What only looks odd, and is built: marks at the start, ends of lines, emptiness, much of what is fine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::place::{Address, Place};

pub struct Harmless {
    pub name: &'static str,
    change: Box<dyn Fn(&Place) + Send + Sync>,
    /// Whether the pages are the very same as without.
    same: bool,
}

impl Harmless {
    /// Changes the dossier, builds it, and fails unless there is a site; without and with an address. Always possible.
    pub fn hold(&self) -> bool {
        let known = if self.same { Address::WithPictures } else { Address::Known };
        [Address::Unknown, known].into_iter().for_each(|address| self.hold_one(address));
        true
    }

    fn hold_one(&self, address: Address) {
        let place = Place::new(address);
        let before = pages(&place.root("public"));
        (self.change)(&place);
        let site = place.path("site");
        let ran = place.build(&["--output", "{temp}/site"], &[], false);
        assert_eq!(ran.code, Some(0), "{}", ran.shown());
        assert!(!ran.err.contains("panicked"), "{}", ran.shown());
        let after = pages(&site);
        assert!(after.contains_key(Path::new("index.html")));
        if self.same {
            let other = |(path, bytes): &(&PathBuf, &Vec<u8>)| after.get(*path) != Some(bytes);
            let others: Vec<_> = before.iter().filter(other).map(|(path, _)| path).collect();
            assert!(others.is_empty() && before.len() == after.len(), "other pages: {others:?}");
        }
    }
}

/// The pages of a site.
fn pages(site: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(site).into_iter().map(|entry| entry.unwrap().into_path());
    let pages = files.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    pages.map(|path| (path.strip_prefix(site).unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

/// All that is a text in a dossier.
fn texts(place: &Place) -> Vec<PathBuf> {
    let folders = ["content", "templates", "site.toml"].map(|path| place.root(path));
    let entries = folders.into_iter().flat_map(|folder| walkdir::WalkDir::new(folder).into_iter());
    let paths = entries.map(|entry| entry.unwrap().into_path());
    paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| ["toml", "md", "bib"].iter().any(|one| extension == *one))
        })
        .collect()
}

fn harmless(name: &'static str, same: bool, change: impl Fn(&Place) + Send + Sync + 'static) -> Harmless {
    Harmless { name, change: Box::new(change), same }
}

/// A file that is there, too.
fn with(name: &'static str, path: &'static str, bytes: impl Into<Vec<u8>>) -> Harmless {
    let bytes = bytes.into();
    harmless(name, false, move |place| place.write(path, &bytes))
}

pub fn cases() -> Vec<Harmless> {
    let each = |change: fn(Vec<u8>) -> Vec<u8>| {
        move |place: &Place| {
            for path in texts(place) {
                let bytes = change(fs::read(&path).unwrap());
                fs::write(path, bytes).unwrap();
            }
        }
    };
    let only_settings = |place: &Place| {
        ["content", "templates", "static"].iter().for_each(|folder| place.remove(folder));
        place.write("site.toml", b"title = \"D\"\n");
    };
    let linked = |place: &Place| {
        fs::rename(place.root("content/people.toml"), place.root("content/people/all.toml")).unwrap_or_else(
            |_| {
                fs::create_dir(place.root("content/people")).unwrap();
                fs::rename(place.root("content/people.toml"), place.root("content/people/all.toml")).unwrap();
            },
        );
    };
    let links: String = (0..20_000).map(|n| format!("[w][a{n}] ")).collect();
    let links_to: String = (0..20_000).map(|n| format!("[a{n}]: https://a.example/{n}\n")).collect();
    let notes: String = (0..2_000).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect();
    let names: Vec<String> = (0..5_000).map(|n| format!("\"Name {n}\"")).collect();
    let years: Vec<String> = (1_000..9_000).map(|n| n.to_string()).collect();
    let ticks: Vec<String> = (1..600).map(|n| "`".repeat(n)).collect();
    vec![
        harmless("nothing is changed", true, |_| {}),
        with(
            "signs alone that are withheld",
            "content/people/signs.toml",
            format!(
                "[signs]\nname = \"Signs Alone\"\nnote = \"{}\"\nsummary = \"{}\"\nwithhold = true\n",
                "-".repeat(8_000),
                "![".repeat(8_000),
            ),
        ),
        harmless(
            "a mark of UTF-8 at the start of every text",
            true,
            each(|bytes| [b"\xEF\xBB\xBF", &bytes[..]].concat()),
        ),
        harmless(
            "ends of lines as of Windows",
            true,
            each(|bytes| String::from_utf8(bytes).unwrap().replace('\n', "\r\n").into_bytes()),
        ),
        harmless(
            "no end of the last line",
            true,
            each(|bytes| String::from_utf8(bytes).unwrap().trim_end().as_bytes().to_vec()),
        ),
        harmless("records in a file of another name", true, linked),
        harmless("only settings", false, only_settings),
        with("a file of records that is empty", "content/people/empty.toml", ""),
        with("a file of records of blank lines", "content/people/blank.toml", "\n\n \n\t\n"),
        with("a file of records of comments", "content/people/comments.toml", "# nobody\n"),
        with("a bibliography that is empty", "content/sources/empty.bib", ""),
        with(
            "a template that is the theme's",
            "templates/person.html",
            "{% extends \"theme/person.html\" %}",
        ),
        with(
            "a font of strange bytes",
            "static/fonts/strange.woff2",
            [b"wOF2\0\x01\0\0", &[0xFF; 500][..]].concat(),
        ),
        with("a file of strange bytes", "static/strange.bin", (0..=255).collect::<Vec<u8>>()),
        with("a file of strange bytes in content", "content/pictures/strange.bin", vec![0, 255, 0, 255]),
        with("what an editor left", "content/people/.people.toml.swp", vec![0, 255]),
        with(
            "an event of the year 999,999,999",
            "content/events/far.toml",
            "[far]\ntitle = \"Far\"\ndate = \"Y999999999\"\n",
        ),
        with(
            "an event from -9999 to 9999",
            "content/events/far.toml",
            "[far]\ntitle = \"Far\"\ndate = \"-9999/9999\"\n",
        ),
        with(
            "an event until the year 999,999,999",
            "content/events/far.toml",
            "[far]\ntitle = \"Far\"\ndate = \"2000/Y999999999\"\n",
        ),
        with(
            "a date of 8,000 years",
            "content/events/far.toml",
            format!("[far]\ntitle = \"Far\"\ndate = \"[{}]\"\n", years.join(",")),
        ),
        with(
            "a person of 5,000 names",
            "content/people/many.toml",
            format!("[many]\nname = \"Many\"\nnames.aka = [\n{}\n]\n", names.join(",\n")),
        ),
        with("links of 20,000 names", "content/explainers/links.md", format!("# T\n\n{links}\n\n{links_to}")),
        with("2,000 footnotes", "content/explainers/notes.md", format!("# T\n\n{notes}")),
        with("ticks in growing rows", "content/explainers/ticks.md", format!("# T\n\n{}\n", ticks.join(" "))),
        with(
            "code of a megabyte",
            "content/explainers/code.md",
            format!("# T\n\n```rust\n{}```\n", "fn a() {}\n".repeat(100_000)),
        ),
        harmless("as many templates in each other as may be", true, |place| {
            // Below a page of the theme with a block.
            let include = |n: usize| format!("{{%- include \"t{n}.html\" -%}}");
            let own = fs::read_to_string(place.root("templates/person.html")).unwrap();
            let note = "<p class=\"listing-note\">";
            assert!(own.contains(note));
            place.write(
                "templates/person.html",
                own.replace(note, &format!("{}{note}", include(0))).as_bytes(),
            );
            (0..37).for_each(|n| place.write(&format!("templates/t{n}.html"), include(n + 1).as_bytes()));
            place.write("templates/t37.html", b"");
        }),
        harmless("a pipe in place of the record of the last build", true, |place| {
            place.remove(".dossier/last-build.json");
            let made = Command::new("mkfifo").arg(place.root(".dossier/last-build.json")).status().unwrap();
            assert!(made.success());
        }),
        harmless("a congress of 300", false, |place| {
            let people: String = (0..300).map(|n| format!("[p{n}]\nname = \"Person {n}\"\n")).collect();
            let keys: Vec<String> = (0..300).map(|n| format!("\"p{n}\"")).collect();
            let meeting = format!("[congress]\ndate = \"2022\"\nparticipants = [{}]\n", keys.join(", "));
            // Which counts the meetings.
            place.write("content/index.md", b"# T\n");
            place.write("content/people/many.toml", people.as_bytes());
            place.write("content/meetings/many.toml", meeting.as_bytes());
        }),
        harmless("a chain of 1,500 sources, each of which rests on the next", false, |place| {
            let sources: String =
                (0..1_500).map(|n| format!("[c{n}]\ntitle = \"C{n}\"\ntype = \"report\"\n")).collect();
            let chains: Vec<String> = (1..1_500).map(|n| format!("\"c{} citing c{n}\"", n - 1)).collect();
            let person = format!("[chained]\nname = \"Chained\"\ncite = [\n{}\n]\n", chains.join(",\n"));
            place.write("content/sources/chain.toml", sources.as_bytes());
            place.write("content/people/chained.toml", person.as_bytes());
        }),
        harmless("a meeting that 600 deny", false, |place| {
            let people: String = (0..600).map(|n| format!("[d{n}]\nname = \"Person {n}\"\n")).collect();
            let stances: Vec<String> =
                (0..600).map(|n| format!("{{ who = \"d{n}\", cite = \"lantern-2022\" }}")).collect();
            let meeting = format!(
                "[denied]\ndate = \"2022\"\nparticipants = [\"orla-fenmarsh\"]\ncite = \"lantern-2022\"\ndenied_by = [\n{}\n]\n",
                stances.join(",\n")
            );
            place.write("content/index.md", b"# T\n");
            place.write("content/people/many.toml", people.as_bytes());
            place.write("content/meetings/many.toml", meeting.as_bytes());
        }),
        with(
            "two names of one long word",
            "content/people/long.toml",
            format!("[a]\nname = \"{0} b\"\n[b]\nname = \"{0} c\"\n", "ghu".repeat(60_000)),
        ),
        with(
            "names of 60,000 letters without a space",
            "content/people/long.toml",
            format!(
                "[long]\nname = \"{}\"\n[hyphens]\nname = \"{}\"\n",
                "x".repeat(60_000),
                "x-".repeat(30_000)
            ),
        ),
        with(
            "a word of 200,000 letters",
            "content/explainers/word.md",
            format!("# T\n\n{}\n", "x".repeat(200_000)),
        ),
    ]
}
