//! Many records -> the same chart as numbers, for a picture of it.

use super::super::page::{ShareLane, ShareLanes, ShareRecord, ShareTick, Stretch};
use super::super::words::Words;
use super::chart::{lane_title, plan, ticks};
use super::{Scale, name};
use crate::model::Status;
use crate::model::dossier::Id;

/// The lanes of the chart of these records, which are in the order of time; nothing when none has a date.
pub fn lanes(words: &Words, ids: &[Id]) -> Option<ShareLanes> {
    let plan = plan(words, ids)?;
    let scale = Scale::new(plan.first, plan.count, 1.0, false);
    let status = |id: Id| {
        words.linked.dossier.standing(id).map_or(Status::Reported, |standing| standing.status()).key()
    };
    let ticks = ticks(words, plan.first, plan.count).into_iter();
    Some(ShareLanes {
        ticks: ticks
            .map(|time| ShareTick { at: scale.at(time.month), text: time.text, is_year: time.year })
            .collect(),
        lanes: plan
            .lanes
            .into_iter()
            .map(|(mark, entries)| ShareLane {
                mark,
                title: lane_title(words, mark, entries.iter().map(|entry| entry.id)),
                records: entries
                    .iter()
                    .map(|entry| ShareRecord {
                        status: status(entry.id),
                        stretches: entry
                            .marks
                            .iter()
                            .map(|mark| Stretch {
                                from: scale.at(mark.from),
                                to: scale.at(mark.to),
                                look: name(mark.look, words.is_right_to_left()),
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
    })
}
