//! A seeded dossier of any size: people, groups, meetings, places and sources with chains, links and checked
//! figures. A few people are in very many meetings, as in life, and groups and places are parts of others. Names, lives,
//! offices, days, places and denials give the lints something to compare.
//!
//! What is said is made first, as plain data, and written down after that: as a dossier here, and for other
//! generators in `peers/`.

#![allow(dead_code, reason = "each measurement uses a part of it")]

use std::collections::BTreeMap;
use std::fmt::Write;

use dossier::source::Sources;

/// A generator of the same numbers every time (SplitMix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    /// The lower the number, the more often: the first of 2,500 is named some 400 times in 6,750 meetings, the
    /// first of 25,000 some 600 times in 67,500.
    fn skewed(&mut self, limit: usize) -> usize {
        let a = self.below(limit);
        let b = self.below(a + 1);
        self.below(b + 1)
    }
}

/// A word of two or three syllables, so that some names are like others.
fn name(random: &mut Random) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "mo", "ri", "sha", "el", "an", "dor", "vi", "ber", "qas", "sem", "ha", "ni", "yu", "to", "lek",
    ];
    let name: String = (0..2 + random.below(2)).map(|_| SYLLABLES[random.below(16)]).collect();
    name[..1].to_uppercase() + &name[1..]
}

/// What a dossier says. A number is the place in its list, and makes the key: person 7 is `p7`.
pub struct Corpus {
    pub groups: Vec<Group>,
    pub places: Vec<Place>,
    pub sources: Vec<Source>,
    pub people: Vec<Person>,
    pub meetings: Vec<Meeting>,
}

pub struct Group {
    pub name: String,
    pub founded: usize,
    pub part_of: Option<usize>,
}

pub struct Place {
    pub name: String,
    pub within: Option<usize>,
}

pub struct Source {
    pub title: String,
    pub month: usize,
}

pub struct Person {
    pub given: String,
    pub family: String,
    pub born: usize,
    pub role: Role,
    pub source: usize,
    /// Whom the text about the person speaks of, if there is one.
    pub met: Option<usize>,
}

pub struct Role {
    pub office: &'static str,
    pub group: usize,
    pub from: usize,
    pub to: usize,
}

pub struct Meeting {
    pub year: usize,
    pub month: usize,
    /// What follows the month of the date: a day, or how sure it is.
    pub doubt: &'static str,
    pub place: usize,
    pub source: usize,
    /// A person, and the group for which they took part.
    pub participants: Vec<(usize, usize)>,
    pub denied_by: Option<usize>,
    /// Whether there is a text about it.
    pub note: bool,
}

/// What number `n` is part of: of eleven, the first has the others. A page of a whole lists what is said of its
/// parts, so one tree over all would make pages that grow with the dossier.
pub fn whole(n: usize) -> Option<usize> {
    let within = n % 11;
    (within != 0).then(|| n - within)
}

impl Corpus {
    /// About `records` records: a quarter of them people, most of the rest meetings.
    pub fn new(records: usize) -> Corpus {
        let mut random = Random(1);
        let (people, groups, cited) = (records / 4, (records / 40).max(2), (records / 40).max(2));
        let places = (records / 40).max(2);
        let meetings = records - people - groups - cited - places;
        Corpus {
            groups: (0..groups).map(group).collect(),
            places: (0..places).map(place).collect(),
            sources: (0..cited).map(|s| source(s, &mut random)).collect(),
            people: (0..people).map(|p| person(p, (people, groups, cited), &mut random)).collect(),
            meetings: (0..meetings)
                .map(|m| meeting(m, (people, groups, places, cited), &mut random))
                .collect(),
        }
    }
}

fn group(g: usize) -> Group {
    Group { name: format!("Group {g}"), founded: 1900 + g % 80, part_of: whole(g) }
}

fn place(l: usize) -> Place {
    Place { name: format!("Place {l}"), within: whole(l) }
}

fn source(s: usize, random: &mut Random) -> Source {
    Source { title: format!("Source {s}"), month: 1 + random.below(12) }
}

fn person(p: usize, (people, groups, cited): (usize, usize, usize), random: &mut Random) -> Person {
    let (g, source) = (random.below(groups), random.below(cited));
    let (given, family) = (name(random), name(random));
    // Two chairs of each group, one after the other.
    let (office, group, from, to) = match p % 20 {
        0 if p.is_multiple_of(40) => ("chair", p / 40, 1990, 1999),
        0 => ("chair", p / 40, 2003, 2012),
        _ => ("member", g, 1990 + p % 20, 2015 + p % 5),
    };
    let role = Role { office, group, from, to };
    let met = p.is_multiple_of(4).then(|| random.below(people));
    Person { given, family, born: 1930 + p % 50, role, source, met }
}

fn meeting(
    m: usize,
    (people, groups, places, cited): (usize, usize, usize, usize),
    random: &mut Random,
) -> Meeting {
    let mut who: Vec<usize> = (0..2 + random.below(4)).map(|_| random.skewed(people)).collect();
    who.sort_unstable();
    who.dedup();
    let (year, month, source) = (2000 + random.below(24), 1 + random.below(12), random.below(cited));
    let doubt = ["", "-11", "", "~", "-23", "?"][random.below(6)];
    let place = random.below(places);
    let denied_by = (random.below(8) == 0).then_some(m % groups);
    let participants = who.into_iter().map(|p| (p, p % groups)).collect();
    Meeting { year, month, doubt, place, source, participants, denied_by, note: m.is_multiple_of(3) }
}

impl Person {
    pub fn name(&self, p: usize) -> String {
        format!("{} {} {p}", self.given, self.family)
    }
}

impl Meeting {
    /// As EDTF.
    pub fn date(&self) -> String {
        format!("{}-{:02}{}", self.year, self.month, self.doubt)
    }
}

/// A dossier of about `records` records.
pub fn corpus(records: usize) -> Sources {
    Corpus::new(records).dossier()
}

/// As a dossier. People stand in files of some hundreds and meetings in one for each year, as somebody would
/// divide them who edits them.
impl Corpus {
    pub fn dossier(&self) -> Sources {
        let mut sources = Sources::default();
        sources.insert(
            "site.toml",
            b"title = \"A corpus\"\n[[sides]]\ntitle = \"One\"\ngroups = [\"g0\"]\n".as_slice(),
        );
        sources.insert("content/groups.toml", self.groups_toml().into_bytes());
        sources.insert("content/places.toml", self.places_toml().into_bytes());
        sources.insert("content/sources.toml", self.sources_toml().into_bytes());
        self.write_people(&mut sources);
        self.write_meetings(&mut sources);
        sources
    }

    fn groups_toml(&self) -> String {
        let mut text = String::new();
        for (g, group) in self.groups.iter().enumerate() {
            let part = group.part_of.map_or_else(String::new, |of| format!("part_of = \"g{of}\"\n"));
            let _ = write!(
                text,
                "[g{g}]\nname = \"{}\"\ntype = \"other\"\nfounded = \"{}\"\nexclusive_roles = [\"chair\"]\n{part}",
                group.name, group.founded
            );
        }
        text
    }

    fn places_toml(&self) -> String {
        let mut text = String::new();
        for (l, place) in self.places.iter().enumerate() {
            let within = place.within.map_or_else(String::new, |within| format!("in = \"l{within}\"\n"));
            let _ = write!(text, "[l{l}]\nname = \"{}\"\n{within}", place.name);
        }
        text
    }

    fn sources_toml(&self) -> String {
        let mut text = String::new();
        for (s, source) in self.sources.iter().enumerate() {
            let Source { title, month } = source;
            let _ = write!(
                text,
                "[s{s}]\ntitle = \"{title}\"\ntype = \"report\"\npublished = \"2024-{month:02}\"\n"
            );
        }
        text
    }

    fn write_people(&self, sources: &mut Sources) {
        let mut text = String::new();
        for (p, person) in self.people.iter().enumerate() {
            if p > 0 && p.is_multiple_of(250) {
                let path = format!("content/people/to-{p}.toml");
                sources.insert(path, std::mem::take(&mut text).into_bytes());
            }
            text.push_str(&person_toml(p, person));
            if let Some(met) = person.met {
                let prose = person_prose(p, met, person.source);
                sources.insert(format!("content/people/p{p}.md"), prose.into_bytes());
            }
        }
        sources.insert("content/people.toml", text.into_bytes());
    }

    fn write_meetings(&self, sources: &mut Sources) {
        let mut years: BTreeMap<usize, String> = BTreeMap::new();
        for (m, meeting) in self.meetings.iter().enumerate() {
            years.entry(meeting.year).or_default().push_str(&meeting_toml(m, meeting));
            if meeting.note {
                sources.insert(format!("content/meetings/m{m}.md"), meeting_prose(m, meeting).into_bytes());
            }
        }
        for (year, text) in years {
            sources.insert(format!("content/meetings/{year}.toml"), text.into_bytes());
        }
    }
}

fn person_toml(p: usize, person: &Person) -> String {
    let Person { given, family, born, role, source: s, .. } = person;
    let Role { office, group: g, from, to } = role;
    format!(
        "[p{p}]\nname = \"{given} {family} {p}\"\nnames.fa = \"شخص {p}\"\nnames.aka = [\"{family} {p}\"]\n\
         born = \"{born}\"\nsummary = \"Speaks for [[g{g}]].\"\n\
         roles = [{{ role = \"{office}\", of = \"g{g}\", from = \"{from}~\", to = \"{to}~\", cite = \"s{s} ¶{p}\" }}]\n\
         cite = \"s{s} ¶1\"\n"
    )
}

fn person_prose(p: usize, met: usize, s: usize) -> String {
    format!(
        "Met [[p{met}]] :count[at least 0 times]{{meetings with=p{p}}} [@s{s} ¶3 citing 'an aide']. \
         Of 1,400 boats, twelve sank on 7 October 2023 [@s{s} ¶4].\n\n\
         ## More\n\nSome *text* with a [link](https://example.org/) and a list:\n\n- one\n- two\n"
    )
}

fn meeting_toml(m: usize, meeting: &Meeting) -> String {
    let Meeting { place, source: s, .. } = meeting;
    let participants: Vec<String> =
        meeting.participants.iter().map(|(p, g)| format!("{{ who = \"p{p}\", for = \"g{g}\" }}")).collect();
    let denial = meeting.denied_by.map_or_else(String::new, |g| {
        format!("denied_by = [{{ who = \"g{g}\", words = \"There was none.\", cite = \"s{s} ¶2\" }}]\n")
    });
    format!(
        "[m{m}]\nmode = \"in-person\"\nplace = \"l{place}\"\ndate = \"{}\"\n\
         participants = [{}]\ncite = \"s{s} ¶{m} citing 'an aide'\"\n{denial}",
        meeting.date(),
        participants.join(", ")
    )
}

/// What a text about a meeting says, in which only the links are written in each generator's own way: the
/// person named first, the place, the source.
pub fn note(who: &str, place: &str, cited: &str) -> String {
    format!(
        "The talks were **short**, and {who} left {place} before the others {cited}. \
         Nothing was signed, and no picture was taken. \
         What was said afterwards is *not* in the [minutes](https://example.org/minutes).\n"
    )
}

fn meeting_prose(m: usize, meeting: &Meeting) -> String {
    let first = meeting.participants.first().map_or(0, |(p, _)| *p);
    note(
        &format!("[[p{first}]]"),
        &format!("[[l{}]]", meeting.place),
        &format!("[@s{} ¶{m}]", meeting.source),
    )
}
