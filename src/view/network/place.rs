//! People and their ties -> where they stand: by sides in columns, else by the forces of their ties.

use std::collections::BTreeMap;

use fa2::{FA2Data, FA2Settings};

use super::super::words::Words;
use super::ties::Tie;
use crate::model::dossier::Id;

/// The people of a dossier with sides: the first two in columns, all others below.
pub struct Sides {
    pub left: Vec<Id>,
    pub right: Vec<Id>,
    pub others: Vec<Id>,
}

/// By their sides, each in an order in which few lines cross; nothing when there is nobody on one of the two.
pub fn by_sides(words: &Words, people: &[Id], ties: &[&Tie]) -> Option<Sides> {
    let on = |side: usize| -> Vec<Id> {
        people.iter().copied().filter(|id| words.side(*id) == Some(side)).collect()
    };
    let (mut left, mut right) = (on(0), on(1));
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let mut others: Vec<Id> =
        people.iter().copied().filter(|id| !matches!(words.side(*id), Some(0 | 1))).collect();
    // The barycentre of those they are joined to, a few times from side to side (Sugiyama 1981).
    const ROUNDS: usize = 8;
    for _ in 0..ROUNDS {
        right = ordered(&right, &left, ties);
        left = ordered(&left, &right, ties);
    }
    let both: Vec<Id> = left.iter().chain(&right).copied().collect();
    others = ordered(&others, &both, ties);
    Some(Sides { left, right, others })
}

/// People by the middle of those on the other side whom they are joined to; who is joined to none stays.
fn ordered(people: &[Id], other: &[Id], ties: &[&Tie]) -> Vec<Id> {
    let place: BTreeMap<Id, usize> = other.iter().copied().zip(0..).collect();
    let scale = other.len().max(1) as f64 / people.len().max(1) as f64;
    let middle = |at: usize, id: Id| {
        let joined = ties.iter().filter_map(|tie| match () {
            () if tie.a == id => place.get(&tie.b).map(|place| (*place, tie.records.len())),
            () if tie.b == id => place.get(&tie.a).map(|place| (*place, tie.records.len())),
            () => None,
        });
        let (sum, weight) = joined.fold((0.0, 0.0), |(sum, weight), (place, records)| {
            (sum + place as f64 * records as f64, weight + records as f64)
        });
        if weight > 0.0 { sum / weight } else { (at as f64 + 0.5) * scale - 0.5 }
    };
    let mut keyed: Vec<(f64, usize, Id)> =
        people.iter().enumerate().map(|(at, id)| (middle(at, *id), at, *id)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    keyed.into_iter().map(|(_, _, id)| id).collect()
}

/// By the forces of their ties (ForceAtlas2, Jacomy et al. 2014), from a circle in the given order: a place
/// between 0 and 1 in both directions for each person.
pub fn by_forces(people: &[Id], ties: &[&Tie]) -> Vec<(f64, f64)> {
    // A few people come to rest sooner than many.
    const FEW: usize = 15;
    let rounds = if people.len() > FEW { 400 } else { 100 };
    let at: BTreeMap<Id, usize> = people.iter().copied().zip(0..).collect();
    let mut graph = FA2Data::<f64>::new();
    for (n, _) in people.iter().enumerate() {
        let angle = n as f64 * std::f64::consts::TAU / people.len() as f64;
        // Rounded, since sine and cosine differ in their last digit from machine to machine.
        let round = |value: f64| (value * 1e6).round() / 1e6;
        graph.add_node_with_position(round(angle.cos()), round(angle.sin()));
    }
    for tie in ties {
        if let (Some(a), Some(b)) = (at.get(&tie.a), at.get(&tie.b)) {
            graph.add_edge_with_weight(*a, *b, tie.records.len() as f64);
        }
    }
    let settings = FA2Settings::default().strong_gravity_mode(true).gravity(0.05).scaling_ratio(10.0);
    let mut layout = settings.slow_down(4.0).build(graph);
    layout.run(rounds);
    let places: Vec<(f64, f64)> = layout.data().positions().collect();
    let along = |axis: fn(&(f64, f64)) -> f64| {
        let all = || places.iter().map(axis).filter(|value| value.is_finite());
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        (low, (high - low).max(1e-9))
    };
    let ((left, width), (top, height)) = (along(|place| place.0), along(|place| place.1));
    let share = |value: f64, low: f64, size: f64| {
        let share = (value - low) / size;
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 }
    };
    places.iter().map(|(x, y)| (share(*x, left, width), share(*y, top, height))).collect()
}

/// Moves boxes apart until none lies over another, up and down only, and says how far down they reach. A box
/// is its middle, its width and its height.
pub fn apart(boxes: &mut [(f64, f64, f64, f64)]) {
    const ROUNDS: usize = 200;
    let indices = 0..boxes.len();
    let pairs = indices.flat_map(|one| (one + 1..boxes.len()).map(move |other| (one, other)));
    let meet = |(one, other): &(usize, usize)| match (boxes.get(*one), boxes.get(*other)) {
        (Some(a), Some(b)) => (a.2 + b.2) / 2.0 > (a.0 - b.0).abs(),
        _ => false,
    };
    // Nobody is moved to a side, so the others never meet.
    let pairs: Vec<(usize, usize)> = pairs.filter(meet).collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for (one, other) in &pairs {
            let Ok([a, b]) = boxes.get_disjoint_mut([*one, *other]) else { continue };
            let down = (a.3 + b.3) / 2.0 - (a.1 - b.1).abs();
            if down > 0.01 {
                let push = if a.1 <= b.1 { down / 2.0 } else { -down / 2.0 };
                a.1 -= push;
                b.1 += push;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}
