//! Every command with its options: what `--help` says of it.

use crate::cli::Folder;

use super::{Pages, article, fenced};

pub fn pages() -> Pages {
    let folder = Folder::new();
    let help = |arguments: &[&str]| folder.run(arguments).succeeds().out();
    let all = help(&["--help"]);
    let mut text = format!("What `dossier --help` says:\n\n{}", fenced("text", &all));
    let listed = all.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = listed.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    for name in listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        text.push_str(&format!(
            "## dossier {name} {{#{name}}}\n\n{}",
            fenced("text", &help(&[name, "--help"]))
        ));
    }
    let summary = "Every command and option, as the program explains them.";
    Pages::from([("commands.md".to_owned(), article("Commands", 303, summary, &text))])
}
