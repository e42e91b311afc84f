//! What is told of many records that look alike: enough, and not of each with each.

use dossier::diag::{Diagnostic, Severity};

use super::{line, said};
use crate::support::sources;

/// Calls between the same two in one year, of which some dates and further fields are given.
fn calls(count: usize, more: &dyn Fn(usize) -> &'static str) -> dossier::source::Sources {
    let people = "[ada]\nname = \"Ada Berg\"\n[jon]\nname = \"Jon Vik\"\n";
    let mut meetings = String::new();
    for at in 0..count {
        let more = more(at);
        let date = if more.contains("date") { "" } else { "date = \"2023\"\n" };
        meetings +=
            &format!("[call-{at:03}]\n{date}{more}participants = [\"ada\", \"jon\"]\ncite = \"'log'\"\n");
    }
    sources(&[("content/people.toml", people), ("content/meetings.toml", &meetings)])
}

fn alike(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().filter(|problem| problem.code.name == "same-occasion").collect()
}

#[test]
fn each_of_many_calls_is_told_of_with_two_before_it() {
    let calls = calls(300, &|_| "");
    let found = said(&calls);
    let told = alike(&found);
    assert_eq!(told.len(), 298 * 2 + 1);
    let last: Vec<&str> = told.iter().rev().take(2).rev().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        last,
        [
            "`call-298` and `call-299` look like one meeting",
            "`call-297` and `call-299` look like one meeting; more than 20 others look like `call-299`, too"
        ]
    );
    let five = told.iter().find(|problem| problem.message.starts_with("`call-003` and `call-005`"));
    assert!(five.unwrap().message.ends_with("; 3 others look like `call-005`, too"));
}

#[test]
fn what_is_certain_is_told_first() {
    let day = |at| if at == 0 || at == 9 { "date = \"2023-12-31\"\n" } else { "date = \"2023-12\"\n" };
    let calls = calls(10, &day);
    let found = said(&calls);
    let sure: Vec<_> = alike(&found).into_iter().filter(|it| it.severity == Severity::Warning).collect();
    assert_eq!(sure.len(), 1);
    assert_eq!(sure[0].message, "`call-000` and `call-009` look like one meeting");
}

#[test]
fn an_exception_hides_nothing_of_other_records() {
    let allow = "allow.same-occasion = \"The log counts it apart.\"\n";
    let calls = calls(6, &|at| if at == 3 || at == 4 { allow } else { "" });
    let found = said(&calls);
    let last: Vec<String> = alike(&found)
        .iter()
        .filter(|problem| line(&calls, problem) == "[call-005]")
        .map(|problem| problem.message.clone())
        .collect();
    assert_eq!(
        last,
        [
            "`call-002` and `call-005` look like one meeting",
            "`call-001` and `call-005` look like one meeting; another one looks like `call-005`, too"
        ]
    );
    assert!(
        alike(&found).iter().all(|it| !it.message.contains("call-003") && !it.message.contains("call-004"))
    );
    assert!(found.iter().all(|problem| problem.code.name != "unneeded-allow"));
}
