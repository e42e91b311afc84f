//! Builds of a made-up site in a process of its own, for tests to kill and race.

use std::env;
use std::path::Path;
use std::time::Duration;

use dossier::disk::write::{Options, apply_with};
use dossier::output::Output;

use super::support::MARK;

#[test]
#[ignore = "not a test: a process that other tests start"]
fn applier() {
    let Ok(what) = env::var("APPLIER") else { return };
    let dir = env::var_os("APPLIER_DIR").unwrap();
    let name = env::var("APPLIER_SITE").unwrap();
    let options = Options {
        wait: Duration::from_millis(number("WAIT_MS").unwrap_or(30_000)),
        exchange: env::var_os("NO_EXCHANGE").is_none(),
        hard_links: env::var_os("NO_LINKS").is_none(),
    };
    let once = |site: &Output| match apply_with(site, Path::new(&dir), &options) {
        Ok(applied) => println!("{MARK}{applied:?}"),
        Err(error) => {
            println!("{MARK}{error}\n{MARK}{}", error.help());
            std::process::exit(1);
        }
    };
    match what.as_str() {
        "once" => once(&site(&name)),
        "loop" => loop {
            once(&site("A"));
            once(&site("B"));
        },
        "repeat" => (0..number("TIMES").unwrap_or(1)).for_each(|_| once(&site(&name))),
        _ => std::process::exit(2),
    }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// The site of a name: its pages all hold it, and a third are at paths with it.
fn site(name: &str) -> Output {
    let mut output = Output::new();
    for number in 0..200 {
        let (path, text) = match number % 3 {
            0 => (format!("{name}-only/{number}.html"), format!("{name} {number}")),
            1 => (format!("both/{number}/index.html"), format!("{name} {number}")),
            _ => (format!("same/{number}.html"), format!("same {number}")),
        };
        output.insert(path, text.repeat(50).into_bytes()).unwrap();
    }
    output
}
