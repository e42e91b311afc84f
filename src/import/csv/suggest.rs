//! Which field a column may hold that is called otherwise: only to say so, never to take it.

use super::columns::folded;
use super::shape::Shape;
use crate::diag::did_you_mean;

/// What spreadsheets call things, and the fields that may be meant: the first that the kind has.
const USUAL: [(&[&str], &[&str]); 23] = [
    (&["full_name", "first_name", "last_name", "surname", "person"], &["name"]),
    (&["organisation", "organization", "group", "body", "agency"], &["roles.of", "name"]),
    (&["parent", "parent_organisation", "parent_organization", "owner"], &["part_of"]),
    (&["headline", "heading", "what", "what_happened", "subject", "event", "meeting"], &["title"]),
    (&["headline", "subject", "name"], &["title"]),
    (
        &["party", "faction", "employer", "affiliation", "member_of", "belongs_to", "company"],
        &["roles.of", "part_of"],
    ),
    (&["role", "position", "function", "office", "post", "job", "job_title"], &["roles.role"]),
    (&["alias", "aliases", "also_known_as", "aka", "other_names", "nickname"], &["names.aka"]),
    (&["former_name", "birth_name", "maiden_name"], &["names.former"]),
    (&["wikidata", "wikidata_id", "qid"], &["ids.wikidata"]),
    (&["latitude"], &["lat"]),
    (&["longitude", "long", "lng"], &["lon"]),
    (&["date_of_birth", "birth_date", "birthdate", "birthday", "dob", "year_of_birth"], &["born"]),
    (&["date_of_death", "death_date", "dod"], &["died"]),
    (&["description", "bio", "biography", "about"], &["summary", "definition"]),
    (&["notes", "comment", "comments", "remark", "remarks"], &["note"]),
    (&["source", "sources", "reference", "references", "citation", "evidence"], &["cite"]),
    (&["start", "start_date", "since", "from"], &["since", "roles.from", "founded", "date"]),
    (&["end", "end_date", "until", "to"], &["until", "roles.to", "dissolved"]),
    (&["location", "city", "venue", "where", "town"], &["place"]),
    (&["attendees", "participant", "people", "persons", "present", "who"], &["participants", "involved"]),
    (&["website", "web", "homepage", "url", "link"], &["url", "links"]),
    (&["publication_date", "date_published", "date", "day", "when"], &["published", "date"]),
];

/// The languages that names are given in beside the first, as headers have them.
const LANGUAGES: [(&str, &str); 16] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("english", "en"),
    ("farsi", "fa"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("kurdish", "ku"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("urdu", "ur"),
];

/// The field that a column may hold.
pub fn field_for(shape: Shape, header: &str) -> Option<String> {
    let word = folded(header);
    let can = |path: &&str| shape.target(path).is_some();
    let usual = USUAL.iter().filter(|(words, _)| words.contains(&word.as_str()));
    let usual = usual.flat_map(|(_, paths)| paths.iter().copied()).find(can);
    let known = shape.paths();
    let near = || did_you_mean(&word, known.iter().map(String::as_str).filter(|path| !path.contains('.')));
    let in_language = || {
        let of = |part: &str| LANGUAGES.iter().find(|(name, tag)| part == *name || part == *tag);
        let (_, tag) = word.split('_').find_map(of).filter(|_| word.split('_').any(|part| part == "name"))?;
        Some(format!("names.{tag}")).filter(|path| can(&path.as_str()))
    };
    usual.map(str::to_owned).or_else(in_language).or_else(|| near().map(str::to_owned))
}

/// What to type for a column.
pub fn map(header: &str, path: &str) -> String {
    format!("--map \"{}={path}\"", header.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Which columns hold the fields that must be there, as far as their headers show it.
pub fn maps<'h>(shape: Shape, wanted: &[&str], free: &[&'h str]) -> Vec<(&'h str, String)> {
    let mut left: Vec<&str> = free.to_vec();
    let mut maps = Vec::new();
    for field in wanted {
        let meant = |header: &&&'h str| field_for(shape, header).as_deref() == Some(field);
        let meant: Vec<&str> = left.iter().filter(meant).copied().collect();
        let other = left.iter().find(|header| field_for(shape, header).is_none());
        // A name may be in two columns.
        let names: Vec<&str> =
            meant.iter().copied().filter(|header| folded(header).ends_with("name")).collect();
        let chosen = match (*field == "name" && names.len() > 1, meant.first().or(other).or(left.first())) {
            (true, _) => names,
            (false, Some(header)) => vec![*header],
            (false, None) => vec!["COLUMN"],
        };
        left.retain(|header| !chosen.contains(header));
        maps.extend(chosen.into_iter().map(|header| (header, (*field).to_owned())));
    }
    // The name by which others call somebody comes first.
    maps.sort_by_key(|(header, _)| folded(header) != "first_name");
    maps
}
