//! A date that says more than the date in the source's own calendar, or something else.

use super::Finding;
use crate::diag::Diagnostic;
use crate::link::Linked;
use crate::model::Kind;
use crate::model::calendar::{Agreement, AsGiven};
use crate::model::date::Date;
use crate::model::dossier::Id;
use crate::source::Spanned;

crate::code! {
    /// A date that does not agree with `date_original`, the date in the source's own calendar. It leaves out
    /// days that the source allows, and so claims more than the source does; or it has no day in common
    /// with it. A month of another calendar lies across two of ours: Khordad 1402 began on 22 May 2023 and
    /// ended on 21 June.
    ///
    /// Write the days that are meant, or leave the date out: it then follows from the original. Where a
    /// second source gives the day, cite that one, and leave the original out. A note where one of the two
    /// is in doubt.
    CODE = "date-against-original";
}

pub fn run(linked: &Linked, report: &mut dyn FnMut(Finding)) {
    let dossier = &linked.dossier;
    for (id, record) in dossier.ids(Kind::Meeting).zip(dossier.meetings.iter()) {
        compare(id, "date", &record.data.date, &record.data.date_original, report);
    }
    for (id, record) in dossier.ids(Kind::Event).zip(dossier.events.iter()) {
        compare(id, "date", &record.data.date, &record.data.date_original, report);
    }
    for (id, record) in dossier.ids(Kind::Source).zip(dossier.sources.iter()) {
        compare(id, "published", &record.data.published, &record.data.published_original, report);
    }
}

fn compare(
    id: Id,
    field: &str,
    date: &Option<Spanned<Date>>,
    original: &Option<Box<AsGiven>>,
    report: &mut dyn FnMut(Finding),
) {
    let (Some(date), Some(original)) = (date, original) else { return };
    let given = &original.date;
    let doubt = date.value.in_doubt() || given.value.approximate() || given.value.uncertain();
    let what = match (given.value.check(&date.value), doubt) {
        (Agreement::Same | Agreement::Wider, _) => return,
        (Agreement::Narrower, false) => "leaves out days that the source allows",
        (Agreement::Narrower, true) => "may leave out days that the source allows",
        (Agreement::Apart, false) => "has no day in common with what the source gives",
        (Agreement::Apart, true) => "may have no day in common with what the source gives",
    };
    let message = format!("`{}` {what}", date.value);
    let meant = given.value.to_edtf();
    let problem = Diagnostic::error(CODE, date.span, message)
        .also(given.span, format!("this is {meant}"))
        .help(format!("write `{field} = \"{meant}\"`, or leave `{field}` out"));
    report(if doubt { Finding::possible(id, problem) } else { Finding::certain(id, problem) });
}
