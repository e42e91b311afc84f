//! Of which kind an entity is: by what it is an instance of, else by how others use it, else by what is said of it.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::entity::{Entity, Given};
use crate::model::Kind;

/// What an entity becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A record, with the word for its type where records of the kind have one.
    Record(Kind, &'static str),
    /// An office: roles are called after it.
    Position,
    /// A kind of things, which no dossier has a record for.
    Class,
    Unknown,
}

use Becomes::Record;

const fn person() -> Becomes {
    Record(Kind::Person, "")
}

const fn group(kind: &'static str) -> Becomes {
    Record(Kind::Group, kind)
}

const fn place() -> Becomes {
    Record(Kind::Place, "")
}

const fn event(kind: &'static str) -> Becomes {
    Record(Kind::Event, kind)
}

const fn source(kind: &'static str) -> Becomes {
    Record(Kind::Source, kind)
}

const MEETING: Becomes = Record(Kind::Meeting, "");

const CLASSES: &[(&str, Becomes)] = &[
    ("Q5", person()),
    // States and their bodies.
    ("Q3624078", group("state")),
    ("Q6256", group("state")),
    ("Q7275", group("state")),
    ("Q7188", group("state-body")),
    ("Q327333", group("state-body")),
    ("Q2659904", group("state-body")),
    ("Q192350", group("state-body")),
    ("Q640506", group("state-body")),
    ("Q35749", group("state-body")),
    ("Q11204", group("state-body")),
    ("Q41487", group("state-body")),
    ("Q190752", group("state-body")),
    ("Q47913", group("state-body")),
    ("Q66344", group("state-body")),
    ("Q732717", group("state-body")),
    ("Q35535", group("state-body")),
    ("Q3917681", group("state-body")),
    ("Q772547", group("state-body")),
    ("Q781132", group("state-body")),
    ("Q176799", group("state-body")),
    ("Q61883", group("state-body")),
    // Others who bear arms.
    ("Q17149090", group("armed-group")),
    ("Q17127659", group("armed-group")),
    // Parties.
    ("Q7278", group("party")),
    // Companies.
    ("Q783794", group("company")),
    ("Q4830453", group("company")),
    ("Q6881511", group("company")),
    ("Q891723", group("company")),
    ("Q167037", group("company")),
    ("Q22687", group("company")),
    ("Q46970", group("company")),
    ("Q2085381", group("company")),
    // Outlets.
    ("Q11032", group("outlet")),
    ("Q1110794", group("outlet")),
    ("Q1153191", group("outlet")),
    ("Q17232649", group("outlet")),
    ("Q1193236", group("outlet")),
    ("Q192283", group("outlet")),
    ("Q15265344", group("outlet")),
    ("Q1616075", group("outlet")),
    ("Q2001305", group("outlet")),
    ("Q14350", group("outlet")),
    ("Q41298", group("outlet")),
    ("Q1002697", group("outlet")),
    // Research.
    ("Q31855", group("research-centre")),
    ("Q155271", group("research-centre")),
    ("Q3918", group("research-centre")),
    ("Q875538", group("research-centre")),
    // Other groups.
    ("Q43229", group("other")),
    ("Q245065", group("other")),
    ("Q484652", group("other")),
    ("Q79913", group("other")),
    ("Q163740", group("other")),
    ("Q178790", group("other")),
    ("Q48204", group("other")),
    ("Q157031", group("other")),
    ("Q1530022", group("other")),
    ("Q847017", group("other")),
    ("Q476028", group("other")),
    ("Q215380", group("other")),
    ("Q49773", group("other")),
    // Places.
    ("Q515", place()),
    ("Q1549591", place()),
    ("Q1637706", place()),
    ("Q5119", place()),
    ("Q3957", place()),
    ("Q7930989", place()),
    ("Q532", place()),
    ("Q486972", place()),
    ("Q15284", place()),
    ("Q149621", place()),
    ("Q123705", place()),
    ("Q34876", place()),
    ("Q28575", place()),
    ("Q10864048", place()),
    ("Q56061", place()),
    ("Q82794", place()),
    ("Q5107", place()),
    ("Q23442", place()),
    ("Q8502", place()),
    ("Q4022", place()),
    ("Q23397", place()),
    ("Q165", place()),
    ("Q41176", place()),
    ("Q16560", place()),
    ("Q27686", place()),
    ("Q16917", place()),
    ("Q1248784", place()),
    ("Q644371", place()),
    ("Q245016", place()),
    ("Q44782", place()),
    ("Q34442", place()),
    ("Q79007", place()),
    ("Q174782", place()),
    ("Q22698", place()),
    ("Q39614", place()),
    ("Q32815", place()),
    ("Q16970", place()),
    ("Q12280", place()),
    ("Q12323", place()),
    // Meetings, and other things that happen.
    ("Q2761147", MEETING),
    ("Q1072326", MEETING),
    ("Q625994", event("conference")),
    ("Q2020153", event("conference")),
    ("Q178561", event("battle")),
    ("Q198", event("war")),
    ("Q180684", event("conflict")),
    ("Q188055", event("siege")),
    ("Q831663", event("military campaign")),
    ("Q645883", event("military operation")),
    ("Q2223653", event("attack")),
    ("Q891854", event("bomb attack")),
    ("Q3882219", event("assassination")),
    ("Q3199915", event("massacre")),
    ("Q45382", event("coup")),
    ("Q124734", event("rebellion")),
    ("Q124757", event("riot")),
    ("Q175331", event("demonstration")),
    ("Q273120", event("protest")),
    ("Q40231", event("election")),
    ("Q43109", event("referendum")),
    ("Q3839081", event("disaster")),
    ("Q13418847", event("")),
    ("Q1656682", event("")),
    ("Q1190554", event("")),
    // Written works.
    ("Q571", source("book")),
    ("Q3331189", source("book")),
    ("Q7725634", source("book")),
    ("Q47461344", source("document")),
    ("Q732577", source("document")),
    ("Q49848", source("document")),
    ("Q13442814", source("article-journal")),
    ("Q191067", source("article")),
    ("Q5707594", source("article-newspaper")),
    ("Q10870555", source("report")),
    ("Q187685", source("thesis")),
    ("Q1980247", source("chapter")),
    ("Q5292", source("collection")),
    ("Q1172284", source("dataset")),
    ("Q8513", source("dataset")),
    ("Q131569", source("treaty")),
    ("Q820655", source("legislation")),
    ("Q11424", source("motion_picture")),
    ("Q93204", source("motion_picture")),
    // Offices.
    ("Q4164871", Becomes::Position),
    ("Q294414", Becomes::Position),
    ("Q12737077", Becomes::Position),
];

fn of_class(id: &str) -> Option<Becomes> {
    CLASSES.iter().find(|(known, _)| *known == id).map(|(_, becomes)| *becomes)
}

/// Whether something is an instance of what the table knows.
pub fn is_known_class(id: &str) -> bool {
    of_class(id).is_some()
}

/// What others use an entity as, by the property that leads to it.
const USES: &[(&str, Becomes)] = &[
    ("P39", Becomes::Position),
    ("P102", group("party")),
    ("P108", group("other")),
    ("P463", group("other")),
    ("P749", group("other")),
    ("P355", group("other")),
    ("P22", person()),
    ("P25", person()),
    ("P26", person()),
    ("P40", person()),
    ("P3373", person()),
    ("P1038", person()),
    ("P488", person()),
    ("P169", person()),
    ("P1037", person()),
    ("P35", person()),
    ("P6", person()),
    ("P19", place()),
    ("P20", place()),
    ("P131", place()),
    ("P276", place()),
    ("P159", place()),
    ("P551", place()),
];

/// What is said of an entity that tells of which kind it is.
const SIGNS: &[(&str, Becomes)] = &[
    ("P569", person()),
    ("P106", person()),
    ("P625", place()),
    ("P571", group("other")),
    ("P159", group("other")),
    ("P585", event("")),
];

/// What each entity becomes.
pub fn kinds(entities: &IndexMap<String, Entity>) -> HashMap<String, Becomes> {
    let mut kinds: HashMap<String, Becomes> = HashMap::new();
    for (id, entity) in entities {
        kinds.insert(id.clone(), by_class(entity, entities));
    }
    let uses = uses(entities);
    for (id, entity) in entities {
        if kinds.get(id) != Some(&Becomes::Unknown) {
            continue;
        }
        let sign = || SIGNS.iter().find(|(sign, _)| entity.has(sign)).map(|(_, becomes)| *becomes);
        // What has classes below it, and is none of the rest, is one itself.
        let class = || entity.has("P279").then_some(Becomes::Class);
        let found = uses.get(id.as_str()).copied().or_else(class).or_else(sign);
        kinds.insert(id.clone(), found.unwrap_or(Becomes::Unknown));
    }
    // What a group is part of is one, too.
    loop {
        let part_of: Vec<String> = entities
            .iter()
            .filter(|(id, _)| matches!(kinds.get(*id), Some(Record(Kind::Group, _))))
            .flat_map(|(_, entity)| entity.items("P361"))
            .filter(|whole| kinds.get(*whole) == Some(&Becomes::Unknown))
            .map(str::to_owned)
            .collect();
        if part_of.is_empty() {
            return kinds;
        }
        part_of.into_iter().for_each(|id| _ = kinds.insert(id, group("other")));
    }
}

/// The first of its classes that the table knows, or a class above one of them that is among the files.
fn by_class(entity: &Entity, entities: &IndexMap<String, Entity>) -> Becomes {
    const DEEP: usize = 8;
    let mut level: Vec<&str> = entity.items("P31");
    for _ in 0..DEEP {
        if let Some(found) = level.iter().find_map(|class| of_class(class)) {
            return found;
        }
        let above = level.iter().filter_map(|class| entities.get(*class));
        level = above.flat_map(|class| class.items("P279")).collect();
    }
    Becomes::Unknown
}

/// How entities are used, by the first use in the order of the table.
fn uses(entities: &IndexMap<String, Entity>) -> HashMap<&str, Becomes> {
    let mut uses: HashMap<&str, (usize, Becomes)> = HashMap::new();
    let mut is_used = |id, rank: usize, becomes| {
        let known = uses.entry(id).or_insert((rank, becomes));
        if rank < known.0 {
            *known = (rank, becomes);
        }
    };
    for entity in entities.values() {
        for (rank, (property, becomes)) in USES.iter().enumerate() {
            for statement in entity.standing(property) {
                statement.main.value.item().into_iter().for_each(|id| is_used(id, rank, *becomes));
            }
        }
        for statement in entity.claims.values().flatten() {
            let offices = ["P642", "P2389"].iter().filter_map(|property| statement.qualifier(property));
            offices.filter_map(Given::item).for_each(|id| is_used(id, USES.len(), group("other")));
            for snak in statement.references.iter().filter_map(|reference| reference.get("P248")).flatten() {
                snak.value.item().into_iter().for_each(|id| is_used(id, USES.len() + 1, source("document")));
            }
        }
    }
    uses.into_iter().map(|(id, (_, becomes))| (id, becomes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::group::GroupKind;
    use crate::model::source::CSL_TYPES;

    #[test]
    fn the_table_has_words_that_dossiers_take() {
        for (index, (id, becomes)) in CLASSES.iter().enumerate() {
            assert!(CLASSES[..index].iter().all(|(known, _)| known != id), "{id} stands there twice");
            match becomes {
                Record(Kind::Group, word) => {
                    assert!(GroupKind::ALL.iter().any(|(known, _)| known == word), "{id}");
                }
                Record(Kind::Source, word) => assert!(CSL_TYPES.contains(word), "{id}"),
                _ => {}
            }
        }
    }
}
