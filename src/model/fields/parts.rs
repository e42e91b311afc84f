//! The tables within records.

use super::{Field, Holds, Keys, Shape, words};
use crate::model::calendar::Calendar;
use crate::model::kinds::{GROUP, PARTY, PERSON, PLACE};

pub(super) const CITATIONS: Holds = Holds::List(&Holds::Citation);
pub(super) const TEXTS: Holds = Holds::List(&Holds::Text);

const CITE: Field =
    Field::new("cite", CITATIONS, "What this rests on, as a chain: `herald ¶4 citing gazette p. 2`.");
const FROM: Field =
    Field::new("from", Holds::Date, "The first day, as precise as the source; absent when nobody says.");
const TO: Field = Field::new("to", Holds::Date, "The last day, and included; absent when it has not ended.");

pub static ROLE: Shape = Shape::of(
    "role",
    &[&[
        Field::needed("role", Holds::Text, "The office or membership: `\"foreign minister\"`."),
        Field::needed("of", Holds::Key(GROUP), "The group in which it is held."),
        FROM,
        TO,
        Field::new("place", Holds::Key(PLACE), "Where it is held."),
        CITE,
    ]],
);

pub static PART_OF: Shape = Shape::of(
    "part_of",
    &[&[
        Field::needed("of", Holds::Key(GROUP), "The group it is part of."),
        FROM,
        TO,
        Field::new(
            "share",
            Holds::Text,
            "How much of it belongs to that group, shown as it is written: `\"51 %\"`.",
        ),
        CITE,
    ]],
);

pub static PARTICIPANT: Shape = Shape::of(
    "participant",
    &[&[
        Field::or(
            "who",
            &["desc", "withheld"],
            Holds::Key(PARTY),
            "A person, or a group that took part as a whole.",
        ),
        Field::new(
            "withheld",
            Holds::Flag,
            "`true` for somebody whom you do not name at all, in place of `who` and `desc`; they count for the group in `for`.",
        ),
        Field::new(
            "desc",
            Holds::Text,
            "For people whom nobody names: `\"senior officials\"`. Either `who` or `desc`.",
        ),
        Field::new(
            "count",
            Holds::Either(&[Holds::Text, Holds::Integer]),
            "With `desc`, how many: `\"3\"`, `\"2..\"` (two or more), `\"2..4\"`.",
        ),
        Field::new("for", Holds::Key(GROUP), "The group on whose part somebody took part."),
        Field::new("as", Holds::Text, "The capacity in which: `\"head of delegation\"`."),
        Field::new("named_as", Holds::Text, "How the source spells the name there."),
        Field::new("stands_in_for", Holds::Key(PERSON), "The person in whose place somebody took part."),
        Field::new("from_place", Holds::Key(PLACE), "Where they came from, or spoke from."),
        Field::new("cite", CITATIONS, "What this one participant rests on."),
    ]],
);

pub static STANCE: Shape = Shape::of(
    "stance",
    &[&[
        Field::or("who", &["withheld"], Holds::Key(PARTY), "The person or group that takes this position."),
        Field::new("withheld", Holds::Flag, "`true`, in place of `who`, for one who is not to be named."),
        Field::new("words", Holds::Text, "What they said, word for word."),
        Field::new("summary", Holds::Text, "What they said, in your words."),
        Field::new("date", Holds::Date, "When they said it."),
        CITE,
    ]],
);

pub static REQUEST: Shape = Shape::of(
    "response_sought",
    &[&[
        Field::new(
            "from",
            Holds::Key(PARTY),
            "Whom you asked, when it was somebody other than the record itself.",
        ),
        Field::needed("date", Holds::Date, "When you asked."),
        Field::new("how", Holds::Text, "How you asked: `\"by e-mail\"`."),
    ]],
);

pub static PORTRAIT: Shape = Shape::of(
    "portrait",
    &[&[
        Field::needed("file", Holds::File, "The picture: a path in `content/`."),
        Field::needed("alt", Holds::Text, "What is to be seen, for those who do not see it."),
        Field::needed("credit", Holds::Text, "Who made it."),
        Field::needed("licence", Holds::Text, "The licence under which you may show it."),
    ]],
);

pub static LINK: Shape = Shape::of(
    "link",
    &[&[
        Field::needed("url", Holds::Address, "The whole address, from `https://` on."),
        Field::needed("title", Holds::Text, "The words of the link."),
    ]],
);

pub static COPY: Shape = Shape::of(
    "copy",
    &[&[
        Field::needed("file", Holds::File, "The copy: a path in `content/`. It is published."),
        Field::needed("sha256", Holds::Checksum, "Its SHA-256 checksum, 64 hexadecimal digits."),
        Field::new("got", Holds::Date, "When you got it."),
    ]],
);

pub static QUOTES: Shape =
    Shape::map("quotes", Keys::Locators, Holds::Either(&[Holds::Text, Holds::Table(&QUOTE)]));

pub static QUOTE: Shape = Shape::of(
    "quote",
    &[&[
        Field::needed("text", Holds::Text, "What stands there, word for word."),
        Field::new("language", Holds::Language, "The language of `text`, when it is not that of the source."),
        Field::new("translation", Holds::Text, "The same in the language of the dossier."),
    ]],
);

pub static NAMES: Shape = Shape::map(
    "names",
    Keys::Spellings,
    Holds::List(&Holds::Either(&[Holds::Text, Holds::Table(&SPELLING)])),
);

pub static SPELLING: Shape = Shape::of(
    "spelling",
    &[&[
        Field::needed("text", Holds::Text, "The name in this spelling."),
        Field::new("note", Holds::Text, "What is to be said of it."),
        Field::new("cite", CITATIONS, "Where it is spelt so."),
    ]],
);

pub static IDS: Shape = Shape::map("ids", Keys::Schemes, Holds::Text);

pub static ALLOW: Shape = Shape::map("allow", Keys::Lints, Holds::Text);

const ORIGINAL: &[Field] = &[
    Field::needed("calendar", Holds::OneOf(|| words(Calendar::ALL)), "The calendar in which it is given."),
    Field::needed("date", Holds::Original, "The date in that calendar: `\"1402-03-24\"`."),
    Field::new("text", Holds::Text, "What the source writes."),
    Field::new("lang", Holds::Language, "The language of `text`."),
];

pub static DATE_ORIGINAL: Shape = Shape::of("date_original", &[ORIGINAL]);
pub static PUBLISHED_ORIGINAL: Shape = Shape::of("published_original", &[ORIGINAL]);
