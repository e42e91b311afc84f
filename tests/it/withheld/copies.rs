//! The bytes of a file that is withheld are, under whatever name they are published.

use dossier::copies::hex;
use sha2::{Digest, Sha256};

use super::{build, sources, text};

/// A held copy is as much withheld under another name.
#[test]
fn nothing_of_a_withheld_copy_is_published() {
    let source = "[s]\ntitle = \"S\"\ntype = \"report\"\ncopy = { file = \"copies/letter.txt\", sha256 = \"SUM\", got = \"2024-01-01\" }\n";
    for withhold in ["withhold = true\n", "withhold = [\"copy\"]\n"] {
        for (path, address) in [("content/copies/other.txt", "copies/other.txt"), ("static/q.txt", "q.txt")] {
            let mut sources = sources(&[
                ("content/copies/letter.txt", "A letter.\n"),
                (path, "A letter.\n"),
                ("content/more.md", "# More\n\n[A letter](copies/other.txt)\n"),
            ]);
            if path.starts_with("static") {
                sources.insert("content/more.md", b"# More\n".as_slice());
            }
            let sum = hex(&Sha256::digest(b"A letter.\n"));
            sources.insert(
                "content/sources.toml",
                format!("{source}{withhold}").replace("SUM", &sum).into_bytes(),
            );
            let site = build(&sources);
            let leak = format!("`copies/letter.txt` is withheld, and stands in {address}");
            assert!(
                site.diagnostics.iter().any(|problem| problem.message == leak),
                "{}",
                text(&sources, &site)
            );
        }
    }
}

/// That the theme has a file of the same name tells nothing of its bytes.
#[test]
fn nothing_of_a_portrait_that_is_named_like_a_file_of_the_theme_is_published() {
    let png = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/hostile/dossier/content/pictures/ada.png"
    ));
    let png = png.unwrap();
    let portrait = |file: &str| {
        format!(
            "portrait = {{ file = \"{file}\", alt = \"A face\", credit = \"N. Ob\", licence = \"CC0\" }}\n"
        )
    };
    let people = format!(
        "[vera]\nname = \"Vera Quill\"\nwithhold = true\n{}[ada]\nname = \"Ada Berg\"\n{}",
        portrait("apple-touch-icon.png"),
        portrait("face.png")
    );
    let mut sources = sources(&[("content/people.toml", people.as_str())]);
    sources.insert("content/apple-touch-icon.png", png.clone());
    sources.insert("content/face.png", png);
    let site = build(&sources);
    let told =
        |problem: &dossier::diag::Diagnostic| problem.message.contains("`apple-touch-icon.png` is withheld");
    assert!(site.diagnostics.iter().any(told), "{}", text(&sources, &site));
}

/// What a withheld text shows may be shown nowhere else, under no name.
#[test]
fn nothing_of_a_picture_in_a_withheld_text_is_published() {
    const DRAWING: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";
    let shows = |file: &str| format!("![A pier]({file}){{credit=\"N. Ob\" licence=\"CC0\"}}\n");
    let article = format!("+++\ntitle = \"Secretive\"\nwithhold = true\n+++\n\n{}", shows("face.svg"));
    let of_vera = |withhold: &str| {
        format!(
            "[vera]\nname = \"Vera Secret\"\nwithhold = {withhold}\nsummary = '{}'\n",
            shows("face.svg").trim_end()
        )
    };
    for (path, withheld) in [
        ("secretive.md", article),
        ("people/vera.md", shows("../face.svg")),
        ("people.toml", of_vera("true")),
        ("people.toml", of_vera("[\"summary\"]")),
    ] {
        let mut sources = sources(&[
            ("content/people.toml", "[vera]\nname = \"Vera Secret\"\nwithhold = true\n"),
            ("content/face.svg", DRAWING),
            ("content/other.svg", DRAWING),
            (&format!("content/{path}"), &withheld),
        ]);
        assert_eq!(super::leaks(&sources), [], "{path}");
        for file in ["face.svg", "other.svg"] {
            sources.insert("content/more.md", format!("# More\n\n{}", shows(file)).into_bytes());
            let found = super::leaks(&sources);
            assert!(found.iter().any(|(word, _)| word == "face.svg"), "{path}: {found:?}");
        }
    }
}
