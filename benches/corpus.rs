//! A seeded dossier of any size: people, groups, meetings, places and sources with chains, links and checked
//! figures. A few people are in very many meetings, as in life. Names, lives, offices, days, places and
//! denials give the lints something to compare. People stand in files of some hundreds and meetings in one
//! for each year, as somebody would divide them who edits them.

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

    /// The lower the number, the more often.
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

/// A dossier of about `records` records: a quarter of them people, most of the rest meetings.
pub fn corpus(records: usize) -> Sources {
    let mut random = Random(1);
    let (people, groups, cited) = (records / 4, (records / 40).max(2), (records / 40).max(2));
    let places = (records / 40).max(2);
    let meetings = records - people - groups - cited - places;
    let mut sources = Sources::default();
    sources.insert(
        "site.toml",
        b"title = \"A corpus\"\n[[sides]]\ntitle = \"One\"\ngroups = [\"g0\"]\n".as_slice(),
    );

    let mut text = String::new();
    for g in 0..groups {
        let part = if g > 1 { format!("part_of = \"g{}\"\n", g % 2) } else { String::new() };
        let _ = write!(
            text,
            "[g{g}]\nname = \"Group {g}\"\ntype = \"other\"\nfounded = \"19{:02}\"\nexclusive_roles = [\"chair\"]\n{part}",
            g % 80
        );
    }
    sources.insert("content/groups.toml", std::mem::take(&mut text).into_bytes());
    for l in 0..places {
        let within = if l > 1 { format!("in = \"l{}\"\n", l % 2) } else { String::new() };
        let _ = write!(text, "[l{l}]\nname = \"Place {l}\"\n{within}");
    }
    sources.insert("content/places.toml", std::mem::take(&mut text).into_bytes());
    for s in 0..cited {
        let month = 1 + random.below(12);
        let _ = write!(
            text,
            "[s{s}]\ntitle = \"Source {s}\"\ntype = \"report\"\npublished = \"2024-{month:02}\"\n"
        );
    }
    sources.insert("content/sources.toml", std::mem::take(&mut text).into_bytes());
    for p in 0..people {
        if p > 0 && p % 250 == 0 {
            let path = format!("content/people/to-{p}.toml");
            sources.insert(path, std::mem::take(&mut text).into_bytes());
        }
        let (g, s) = (random.below(groups), random.below(cited));
        let (given, family) = (name(&mut random), name(&mut random));
        // Two chairs of each group, one after the other.
        let (office, g, from, to) = match p % 20 {
            0 if p % 40 == 0 => ("chair", p / 40, 1990, 1999),
            0 => ("chair", p / 40, 2003, 2012),
            _ => ("member", g, 1990 + p % 20, 2015 + p % 5),
        };
        let _ = write!(
            text,
            "[p{p}]\nname = \"{given} {family} {p}\"\nnames.fa = \"شخص {p}\"\nnames.aka = [\"{family} {p}\"]\n\
             born = \"19{:02}\"\nsummary = \"Speaks for [[g{g}]].\"\n\
             roles = [{{ role = \"{office}\", of = \"g{g}\", from = \"{from}~\", to = \"{to}~\", cite = \"s{s} ¶{p}\" }}]\ncite = \"s{s} ¶1\"\n",
            30 + p % 50,
        );
        if p % 4 == 0 {
            let other = random.below(people);
            let prose = format!(
                "Met [[p{other}]] :count[at least 0 times]{{meetings with=p{p}}} [@s{s} ¶3 citing 'an aide']. \
                 Of 1,400 boats, twelve sank on 7 October 2023 [@s{s} ¶4].\n\n\
                 ## More\n\nSome *text* with a [link](https://example.org/) and a list:\n\n- one\n- two\n"
            );
            sources.insert(format!("content/people/p{p}.md"), prose.into_bytes());
        }
    }
    sources.insert("content/people.toml", text.into_bytes());
    let mut years: BTreeMap<usize, String> = BTreeMap::new();
    for m in 0..meetings {
        let mut who: Vec<usize> = (0..2 + random.below(4)).map(|_| random.skewed(people)).collect();
        who.sort_unstable();
        who.dedup();
        let participants: Vec<String> =
            who.iter().map(|p| format!("{{ who = \"p{p}\", for = \"g{}\" }}", p % groups)).collect();
        let (year, month, s) = (2000 + random.below(24), 1 + random.below(12), random.below(cited));
        let doubt = ["", "-11", "", "~", "-23", "?"][random.below(6)];
        let place = random.below(places);
        let denial = match random.below(8) {
            0 => format!(
                "denied_by = [{{ who = \"g{}\", words = \"There was none.\", cite = \"s{s} ¶2\" }}]\n",
                m % groups
            ),
            _ => String::new(),
        };
        let _ = write!(
            years.entry(year).or_default(),
            "[m{m}]\nmode = \"in-person\"\nplace = \"l{place}\"\ndate = \"{year}-{month:02}{doubt}\"\n\
             participants = [{}]\ncite = \"s{s} ¶{m} citing 'an aide'\"\n{denial}",
            participants.join(", ")
        );
    }
    for (year, text) in years {
        sources.insert(format!("content/meetings/{year}.toml"), text.into_bytes());
    }
    sources
}
