//! The page of promises names tests that are there.

use std::fs;
use std::path::Path;

/// The source of a test module: `a::b` is `a/b.rs`, `a/b/mod.rs`, or stands in `a.rs`.
fn source(module: &str) -> Option<String> {
    let path = module.replace("::", "/");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let files = [format!("{path}.rs"), format!("{path}/mod.rs")];
    files.iter().find_map(|file| fs::read_to_string(tests.join(file)).ok())
}

/// Whether a module has a test of that name, which is run by itself.
fn has_test(module: &str, name: &str) -> bool {
    let Some(source) = source(module) else { return false };
    let Some(at) = source.find(&format!("fn {name}(")) else {
        // A line of a macro that makes a test of each: the name, and how many inputs.
        let is_listed = |line: &str| line.trim().strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
        return source.split("targets! {").nth(1).is_some_and(|list| list.lines().any(is_listed));
    };
    let above: Vec<&str> = source[..at].lines().rev().take(6).collect();
    let is_test = |line: &&str| line.contains("#[test]") || line.contains("#[tokio::test");
    above.iter().take_while(|line| !line.starts_with('}')).any(is_test) || source.contains("proptest!")
}

#[test]
fn every_promise_names_a_test_that_is_there() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SECURITY.md");
    let page = fs::read_to_string(page).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise"));
    let (mut promises, mut tests, mut wrong) = (0, 0, Vec::new());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [promise, named] = cells[..] else { panic!("no promise with its tests: {row}") };
        let named: Vec<&str> =
            named.split('`').skip(1).step_by(2).filter(|name| name.contains("::")).collect();
        if named.is_empty() {
            wrong.push(promise.to_owned());
        }
        for test in &named {
            let (module, name) = test.rsplit_once("::").unwrap();
            if !has_test(module, name) {
                wrong.push((*test).to_owned());
            }
        }
        (promises, tests) = (promises + 1, tests + named.len());
    }
    println!("{promises} promises, {tests} tests that hold them");
    assert_eq!(wrong, Vec::<String>::new(), "no such tests");
    assert!(
        !has_test("security", "no_such_test")
            && has_test("security", "every_promise_names_a_test_that_is_there")
    );
}
