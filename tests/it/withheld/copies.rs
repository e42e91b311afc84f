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
