//! A record that somebody denies, with a status that does not say so.

use crate::diag::{Code, Diagnostic};
use crate::link::Linked;
use crate::model::{Position, Status};

pub const CODE: Code = Code {
    name: "denial-without-dispute",
    explanation: "A party denies the record, so readers must see that: its status is `disputed` or `denied`, or \
                  `retracted` where the source took it back.\n",
};

pub fn run(linked: &Linked, report: &mut dyn FnMut(Diagnostic)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let Some(standing) = dossier.standing(id) else { continue };
        let Some(denial) = standing.stances.iter().find(|stance| stance.position == Position::Denied) else {
            continue;
        };
        if matches!(standing.status(), Status::Disputed | Status::Denied | Status::Retracted) {
            continue;
        }
        let place = standing.status.as_ref().map_or(denial.who.span, |status| status.span);
        let mut problem = Diagnostic::warning(
            CODE,
            place,
            format!("this {} is denied, and its status is `{}`", id.kind.singular(), standing.status().key()),
        )
        .help("write `status = \"disputed\"`, or `\"denied\"`");
        if standing.status.is_some() {
            problem = problem.also(denial.who.span, "denied by");
        }
        report(problem);
    }
}
