//! What shells and `man` are told of the commands, read by bash and groff.

use std::process::Command;

use crate::cli::Folder;

/// The commands as the help lists them.
fn commands(folder: &Folder) -> Vec<String> {
    let help = folder.run(&["--help"]).succeeds().out();
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn bash_completes_commands_and_options() {
    let folder = Folder::new();
    let script = folder.run(&["completions", "bash"]).succeeds().out();
    folder.write("completions", &script);
    let complete = |words: &[&str]| {
        let given = words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let last = words.len() - 1;
        let bash = format!(
            "source completions; COMP_WORDS=({given}); COMP_CWORD={last}; \
             _dossier dossier '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            words[last],
            words[last - 1]
        );
        let done = Command::new("bash").args(["-c", &bash]).current_dir(folder.path("")).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = complete(&["dossier", ""]);
    let commands = commands(&folder);
    assert!(commands.len() > 10, "{commands:?}");
    for command in &commands {
        assert!(all.contains(command), "{command}: {all:?}");
    }
    assert_eq!(complete(&["dossier", "factc"]), ["factcheck"]);
    assert_eq!(complete(&["dossier", "build", "--tim"]), ["--timings"]);
    assert!(complete(&["dossier", "check", "--format", ""]).contains(&"github".to_owned()));
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        let script = folder.run(&["completions", shell]).succeeds().out();
        assert!(script.contains("factcheck"), "{shell}");
    }
    println!("{} commands completed", commands.len());
}

/// Every command has a page, on which each of its options and examples can be read as in its help.
#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new();
    folder.run(&["man", "man"]).succeeds();
    let shown = |page: &str| {
        let done = Command::new("groff")
            .args(["-man", "-Tutf8", "-ww", "-rLL=200n", "-P-cbou", page])
            .current_dir(folder.path("man"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && said.is_empty(), "{page}: {said}");
        String::from_utf8(done.stdout).unwrap().replace('‐', "-").replace('’', "'")
    };
    let commands = commands(&folder);
    for command in &commands {
        let page = shown(&format!("dossier-{command}.1"));
        let help = folder.run(&[command, "--help"]).succeeds().out();
        let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  dossier ")).collect();
        for line in &examples {
            assert!(page.contains(line.trim()), "{command}: {line}\n{page}");
        }
        let options =
            help.split(|c: char| c.is_whitespace() || c == ',').filter(|word| word.starts_with("--"));
        for option in options.filter(|option| option.len() > 2 && !help_quotes(&help, option)) {
            assert!(page.contains(option), "{command}: {option}\n{page}");
        }
    }
    let whole = shown("dossier.1");
    assert!(commands.iter().all(|command| whole.contains(&format!("dossier-{command}(1)"))), "{whole}");
    println!("{} manual pages", commands.len() + 1);
}

/// Whether an option stands in the help only as a word of a text.
fn help_quotes(help: &str, option: &str) -> bool {
    !help.lines().any(|line| {
        line.trim_start().split([' ', ',']).filter(|word| !word.is_empty()).take(2).any(|word| word == option)
    })
}
