//! A party that both confirms and denies one record.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::link::refs::PARTY;
use crate::model::{Position, Stance};

crate::code! {
    /// One party is said both to confirm a record and to deny it. Perhaps its position changed, or one of the
    /// two is another party's: readers cannot tell which of them holds.
    ///
    /// Give each position its `date`, when the party changed it; or keep the one that holds.
    CODE = "confirmed-and-denied-by-one";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for id in dossier.all() {
        let Some(standing) = dossier.standing(id) else { continue };
        let who = |stance: &Stance| stance.who.as_ref().and_then(|who| dossier.get(who, PARTY));
        for denial in standing.by(Position::Denied) {
            let Some(party) = who(denial) else { continue };
            let mut own = standing.by(Position::Confirmed).filter(|stance| who(stance) == Some(party));
            let Some(confirmation) = own.find(|stance| !changed(stance, denial)) else { continue };
            let place = |stance: &Stance| stance.who.as_ref().map_or(stance.span, |who| who.span);
            let message = format!(
                "`{}` is said both to confirm and to deny the {} `{}`",
                dossier.key(party),
                id.kind.singular(),
                dossier.key(id)
            );
            let problem = Diagnostic::warning(CODE, place(denial), message)
                .label("denied by")
                .also(place(confirmation), "confirmed by")
                .help("give each position its `date`, or keep the later one");
            report(Finding::certain(id, problem));
        }
    }
}

/// Whether one of two positions came after the other.
fn changed(a: &Stance, b: &Stance) -> bool {
    a.date.as_ref().zip(b.date.as_ref()).is_some_and(|(a, b)| a.value != b.value)
}
