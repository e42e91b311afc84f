//! Who is named in the same meetings: the page of the network, and the part of it around one person.

mod draw;
mod place;
pub mod ties;

use std::fmt::Write;

use super::page::{
    Block, CellStatus, LeftOut, Link, Matrix, MatrixCell, MatrixRow, Network, NetworkPage, Page, Pair,
    Shared, SharedRecord, View,
};
use super::words::Words;
use super::{Wanted, division, lists, root, row};
use crate::link::graph::date;
use crate::link::routes::address;
use crate::model::Status;
use crate::model::dossier::Id;
use ties::{MOST, Tie, closest, contacts, crowds, strongest, ties, ties_among, together};

/// The page.
pub const PATH: &str = "network.html";

/// How many people a drawing or a matrix shows, and how many lines.
const PEOPLE: usize = 30;
const TIES: usize = 60;
/// How many others are drawn around one person.
const AROUND: usize = 12;
/// How many pairs one page lists.
const PAIRS: usize = 100;

/// The pages of the network: drawing, matrix and the first pairs, then the other pairs; none when no meeting
/// names two people.
pub fn pages(words: &Words, wanted: Wanted) -> Vec<Page> {
    if !wanted.any("network") {
        return Vec::new();
    }
    let ties = all(words);
    if ties.is_empty() {
        return Vec::new();
    }
    let path = |at: usize| if at == 0 { PATH.to_owned() } else { format!("network/pairs-{}.html", at + 1) };
    let count = ties.len().div_ceil(PAIRS);
    let link = |at: usize| {
        let (first, last) = (at * PAIRS + 1, ties.len().min((at + 1) * PAIRS));
        let range = [("first", &*first.to_string()), ("last", &*last.to_string())];
        Link { text: words.strings.fill("network.range", &range), href: path(at) }
    };
    let mut pages = Vec::new();
    for (at, listed) in ties.chunks(PAIRS).enumerate().filter(|(at, _)| wanted.is(&path(*at))) {
        let view = NetworkPage {
            count_text: words.count("say.pairs", ties.len()),
            pairs: listed.iter().map(|tie| pair(words, tie)).collect(),
            earlier: at.checked_sub(1).map(link),
            later: (at + 1 < count).then(|| link(at + 1)),
            ..if at == 0 { drawn(words, &ties, listed) } else { NetworkPage::default() }
        };
        let whole = lists::page(words, PATH, "nav.network", "network.html", View::Network(Box::new(view)));
        pages.push(if at == 0 { whole } else { division::further(words, whole, path(at), &link(at).text) });
    }
    pages
}

/// Whether any meeting names two people.
pub fn is_any(words: &Words) -> bool {
    words
        .linked
        .occasions()
        .iter()
        .any(|occasion| !contacts([occasion.id]).is_empty() && together(words, occasion.id).len() > 1)
}

fn all(words: &Words) -> Vec<Tie> {
    ties(words, &meetings(words))
}

fn meetings(words: &Words) -> Vec<Id> {
    contacts(words.linked.occasions().iter().map(|occasion| occasion.id))
}

/// What says that the people of some of these records are not counted as named together, where there are any.
pub fn left_out(words: &Words, records: &[Id]) -> Option<LeftOut> {
    let crowds = crowds(words, records);
    (!crowds.is_empty()).then(|| LeftOut {
        text: words.count("network.crowds", crowds.len()).replace("{most}", &MOST.to_string()),
        records: crowds.iter().map(|id| words.link(*id)).collect(),
    })
}

/// The drawing and the matrix, of as many people as can be read. Matrix cells lead to pairs of `listed`.
fn drawn(words: &Words, ties: &[Tie], listed: &[Tie]) -> NetworkPage {
    let (people, shown) = strongest(ties, PEOPLE, TIES);
    let total: std::collections::BTreeSet<Id> = ties.iter().flat_map(|tie| [tie.a, tie.b]).collect();
    let people = in_order(words, people);
    let left_out = (people.len() < total.len() || shown.len() < ties.len()).then(|| {
        let counts = [
            ("people", words.count("say.people", people.len())),
            ("all-people", words.count("say.people", total.len())),
            ("pairs", words.count("say.pairs", ties.len())),
        ];
        let counts: Vec<(&str, &str)> = counts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        words.strings.fill("network.left-out", &counts)
    });
    NetworkPage {
        network: Some(draw::network(words, &people, &shown, None, "")),
        matrix: Some(matrix(words, &people, ties, &|tie| listed.contains(tie))),
        left_out,
        crowds: self::left_out(words, &meetings(words)),
        ..NetworkPage::default()
    }
}

/// By side, and within it by name.
fn in_order(words: &Words, people: impl IntoIterator<Item = Id>) -> Vec<Id> {
    let mut people = words.sorted(people);
    people.sort_by_key(|id| words.side(*id).unwrap_or(usize::MAX));
    people
}

/// A person and those whom they share most meetings with; nothing when they share none.
pub fn around(words: &Words, id: Id, occasions: &[Id]) -> Option<Network> {
    let records = contacts(occasions.iter().copied());
    let mut people: Vec<Id> = closest(words, id, &records).into_iter().take(AROUND).collect();
    if people.is_empty() {
        return None;
    }
    people.push(id);
    // Of a congress every page draws a few: the ties of all others with each other are none of its business.
    let ties = ties_among(words, &records, |id| people.contains(id));
    let among: Vec<&Tie> = ties.iter().collect();
    let root = root(&address(&words.linked.dossier, id));
    Some(draw::network(words, &in_order(words, people), &among, Some(id), &root))
}

/// A live view of pairs in prose: the drawing, and the pairs as a list. `root` is the way to the root of the site.
pub fn block(words: &Words, records: &[Id], root: &str) -> Block {
    let ties = ties(words, records);
    let (people, shown) = strongest(&ties, PEOPLE, TIES);
    let people = in_order(words, people);
    Block::Network {
        count_text: words.count("say.pairs", ties.len()),
        network: (people.len() > 2).then(|| Box::new(draw::network(words, &people, &shown, None, root))),
        pairs: ties.iter().map(|tie| Pair { id: None, ..pair(words, tie) }).collect(),
    }
}

/// The same as a table of people by people.
pub fn matrix_block(words: &Words, records: &[Id]) -> Block {
    let ties = ties(words, records);
    let people = in_order(
        words,
        ties.iter().flat_map(|tie| [tie.a, tie.b]).collect::<std::collections::BTreeSet<_>>(),
    );
    Block::Matrix(matrix(words, &people, &ties, &|_| false))
}

/// People by people, of which the lower triangle is enough. A number leads to the pair where that is listed.
fn matrix(words: &Words, people: &[Id], ties: &[Tie], is_listed: &dyn Fn(&Tie) -> bool) -> Matrix {
    let shared: std::collections::BTreeMap<(Id, Id), &Tie> =
        ties.iter().flat_map(|tie| [((tie.a, tie.b), tie), ((tie.b, tie.a), tie)]).collect();
    let cell = |a: Id, b: Id| match shared.get(&(a, b)) {
        Some(tie) => MatrixCell {
            count: tie.records.len(),
            pair: is_listed(tie).then(|| anchor(words, tie)),
            status: tie.doubted(words).map(|status| CellStatus {
                key: status.key(),
                word: words.strings.get(&format!("status.{}", status.key())).to_owned(),
            }),
        },
        None => MatrixCell::default(),
    };
    let rows = people.iter().enumerate().map(|(at, a)| MatrixRow {
        head: words.link(*a),
        cells: people.iter().take(at).map(|b| cell(*a, *b)).collect(),
    });
    let rows: Vec<MatrixRow> = rows.collect();
    let has_status = rows.iter().flat_map(|row| &row.cells).any(|cell| cell.status.is_some());
    Matrix { heads: people.iter().map(|id| words.link(*id)).collect(), rows, has_status }
}

fn pair(words: &Words, tie: &Tie) -> Pair {
    const SHOWN: usize = 12;
    let more = tie.records.len().saturating_sub(SHOWN);
    Pair {
        id: Some(anchor(words, tie)),
        a: words.link(tie.a),
        b: words.link(tie.b),
        count: tie.records.len(),
        records: tie.records.iter().take(SHOWN).filter_map(|id| shared(words, *id)).collect(),
        more_text: (more > 0).then(|| words.count("network.more", more)),
    }
}

/// A record in short: its mark, its date, and its status unless that is plain.
pub fn shared(words: &Words, id: Id) -> Option<Shared<SharedRecord>> {
    words.short(id, || {
        let dossier = &words.linked.dossier;
        let status = dossier.standing(id).map(|standing| standing.status());
        let told = status.filter(|status| {
            matches!(status, Status::Disputed | Status::Denied | Status::Retracted | Status::Inferred)
        });
        SharedRecord {
            mark: row::mark(words, id).0,
            title: words.title(id),
            href: address(dossier, id),
            when: words.dates.when(date(dossier, id), words.strings).text,
            status: told.map(|status| words.strings.get(&format!("status.{}", status.key())).to_lowercase()),
        }
    })
}

/// The id of a pair in the list.
fn anchor(words: &Words, tie: &Tie) -> String {
    let dossier = &words.linked.dossier;
    format!("pair-{}-{}", dossier.key(tie.a), dossier.key(tie.b))
}

/// The rules that let all lines fade but those of the person pointed at; of the people that are drawn on the
/// page of the network.
pub fn css(words: &Words) -> String {
    let ties = all(words);
    let (people, _) = strongest(&ties, PEOPLE, TIES);
    let mut css = String::new();
    for id in people {
        let key = words.linked.dossier.key(id);
        // Writing to a string cannot fail.
        let _ =
            writeln!(css, ".net:has(.n-{key}:is(:hover,:focus-visible)) .tie:not(.t-{key}){{opacity:.15}}");
    }
    css
}
