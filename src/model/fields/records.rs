//! The fields of each kind of record.

use super::parts::{
    ALLOW, CITATIONS, COPY, DATE_ORIGINAL, IDS, LINK, NAMES, PART_OF, PARTICIPANT, PORTRAIT,
    PUBLISHED_ORIGINAL, QUOTES, REQUEST, ROLE, STANCE, TEXTS,
};
use super::{Field, Holds, Shape, words};
use crate::model::group::GroupKind;
use crate::model::kinds::{GROUP as GROUPS, OCCASION, PARTY, PLACE as PLACES, RELATION as RELATIONS};
use crate::model::meeting::Mode;
use crate::model::relation::RelationKind;
use crate::model::source::{CSL_TYPES, Grade};
use crate::model::{Position, Status};

const STATUS: Holds = Holds::Word("status", || words(Status::ALL));
const MODE: Holds = Holds::Word("kind", || words(Mode::ALL));
const GROUP_KIND: Holds = Holds::Word("group-type", || words(GroupKind::ALL));
const SOURCE_KIND: Holds = Holds::Word("source-type", || CSL_TYPES.to_vec());
const RELATION_KIND: Holds = Holds::Word("relation-type", || words(RelationKind::ALL));
const GRADE: Holds = Holds::OneOf(|| words(Grade::ALL));
const STANCES: Holds = Holds::List(&Holds::Table(&STANCE));
const PARTICIPANTS: Holds = Holds::List(&Holds::Either(&[Holds::Key(PARTY), Holds::Table(&PARTICIPANT)]));
const REQUESTS: Holds = Holds::List(&Holds::Table(&REQUEST));
const PAGES: Holds = Holds::List(&Holds::Table(&LINK));
const TEXT_OR_NUMBER: Holds = Holds::Either(&[Holds::Text, Holds::Integer]);

/// The fields that every record may have.
pub const COMMON: &[Field] = &[
    Field::new(
        "ids",
        Holds::Table(&IDS),
        "Identifiers elsewhere: `{ wikidata = \"Q1\" }`. They are shown, and `dossier import` knows a record by them.",
    ),
    Field::new("cite", CITATIONS, "What the record rests on, as chains: `herald ¶4 citing gazette p. 2`."),
    Field::new("tags", TEXTS, "Subjects, shown on the page; queries can ask for them."),
    Field::new("draft", Holds::Flag, "`true` keeps the record out of the site until it is ready."),
    Field::new(
        "withhold",
        Holds::Either(&[Holds::Flag, Holds::List(&Holds::OwnField)]),
        "`true`: nothing of the record may reach the output. A list of fields: nothing of these may.",
    ),
    Field::new("note", Holds::Markdown, "A note of the editors to readers, marked as such."),
    Field::new("updated", Holds::Date, "When the record was last reviewed."),
    Field::new("added", Holds::Date, "The day the record came into the dossier."),
    Field::new("allow", Holds::Table(&ALLOW), "Lints set aside for this record, each with its reason."),
    Field::new("response_sought", REQUESTS, "Whom you asked for a response."),
    Field::new("moved_from", Holds::List(&Holds::Former), "Former keys; their addresses lead to the record."),
];

/// The fields of those kinds that have a standing.
const STANDING: &[Field] = &[
    Field::new("status", STATUS, "How far it is confirmed or disputed, in a word."),
    Field::new(Position::ALL[0].0, STANCES, "Who says that it happened."),
    Field::new(Position::ALL[1].0, STANCES, "Who says that it did not."),
    Field::new(Position::ALL[2].0, STANCES, "Who took back what they had said of it."),
    Field::new(Position::ALL[3].0, STANCES, "Who was asked, and did not comment."),
];

const SAME_OCCASION: &[Field] = &[Field::new(
    "maybe_same",
    Holds::List(&Holds::Key(OCCASION)),
    "Meetings or events that may describe the same occasion; it holds both ways.",
)];

const SAME_RELATION: &[Field] = &[Field::new(
    "maybe_same",
    Holds::List(&Holds::Key(RELATIONS)),
    "Relations that may be the same one; it holds both ways.",
)];

const NAME: Field = Field::needed("name", Holds::Text, "The name that the dossier uses.");
const NAME_LANG: Field =
    Field::new("name_lang", Holds::Language, "The language of `name`, when it is not that of the dossier.");
const SPELLINGS: Field = Field::new(
    "names",
    Holds::Table(&NAMES),
    "Other spellings, by language (BCP 47: `fa`, `zh-Hant`) or by `translit`, `aka`, `former`, `nom-de-guerre`.",
);
const SUMMARY: Field =
    Field::new("summary", Holds::Markdown, "One sentence at the head of the page, with its source.");
const LINKS: Field =
    Field::new("links", PAGES, "Pages elsewhere: `[{ url = \"https://…\", title = \"Official page\" }]`.");
const COUNTRY: Field = Field::new(
    "country",
    Holds::Country,
    "Two letters of ISO 3166-1: `\"NO\"`; an invented country has one of `\"XA\"` to `\"XZ\"`.",
);
const DATE: Field = Field::or(
    "date",
    &["date_original"],
    Holds::Date,
    "When it happened, as precise as the source gives it, and no more; `\"\"` when nobody says.",
)
.once_accepted();
const ORIGINAL: Field = Field::new(
    "date_original",
    Holds::Table(&DATE_ORIGINAL),
    "The date in another calendar, as the source has it.",
);
const REPORTED: Field =
    Field::new("reported", Holds::Date, "When it was said to have happened, which is a different fact.");
const AT: Field =
    Field::new("place", Holds::Key(PLACES), "Where it happened; absent is \"place not reported\".");

pub static PERSON: Shape = Shape::of(
    "person",
    &[
        &[
            NAME,
            NAME_LANG,
            SPELLINGS,
            Field::new("sort_name", Holds::Text, "Where the person stands in lists: `\"Berg, Ada\"`."),
            SUMMARY,
            Field::new("born", Holds::Date, "The day, month or year of birth."),
            Field::new("died", Holds::Date, "The day, month or year of death."),
            Field::new("roles", Holds::List(&Holds::Table(&ROLE)), "Offices and memberships."),
            Field::new(
                "portrait",
                Holds::Table(&PORTRAIT),
                "A picture, with what is to be seen, who made it, and its licence.",
            ),
            LINKS,
        ],
        COMMON,
    ],
);

pub static GROUP: Shape = Shape::of(
    "group",
    &[
        &[
            NAME,
            NAME_LANG,
            SPELLINGS,
            Field::new("short", Holds::Text, "A short name: `\"MoW\"`."),
            Field::needed("type", GROUP_KIND, "What kind of group it is."),
            Field::new(
                "part_of",
                Holds::List(&Holds::Either(&[Holds::Key(GROUPS), Holds::Table(&PART_OF)])),
                "The groups it is part of: a key, or a table that says from when and how much.",
            ),
            Field::new(
                "exclusive_roles",
                TEXTS,
                "Offices that one person holds at a time: `[\"chair\"]`; a lint compares their terms.",
            ),
            COUNTRY,
            Field::new("founded", Holds::Date, "When it began."),
            Field::new("dissolved", Holds::Date, "When it ended."),
            SUMMARY,
            LINKS,
        ],
        COMMON,
    ],
);

pub static MEETING: Shape = Shape::of(
    "meeting",
    &[
        &[
            Field::new("title", Holds::Text, "Made from participants, mode and place when it is absent."),
            Field::new("mode", MODE, "How they met; absent is \"kind not reported\"."),
            DATE,
            ORIGINAL,
            REPORTED,
            AT,
            Field::needed(
                "participants",
                PARTICIPANTS,
                "Who took part: keys, or tables that say for whom and as what; `[]` where nobody is named.",
            )
            .once_accepted(),
            SUMMARY,
        ],
        STANDING,
        SAME_OCCASION,
        COMMON,
    ],
);

pub static EVENT: Shape = Shape::of(
    "event",
    &[
        &[
            Field::needed("title", Holds::Text, "What happened, in a few words.").once_accepted(),
            DATE,
            ORIGINAL,
            Field::new(
                "type",
                Holds::Text,
                "Your own word for what it is: `\"attack\"`; `\"statement\"` has a mark of its own.",
            ),
            REPORTED,
            Field::new("involved", PARTICIPANTS, "Who was part of it, as the participants of a meeting."),
            AT,
            SUMMARY,
        ],
        STANDING,
        SAME_OCCASION,
        COMMON,
    ],
);

pub static RELATION: Shape = Shape::of(
    "relation",
    &[
        &[
            Field::needed(
                "from",
                Holds::Key(PARTY),
                "The person or group that the sentence \"from – type – to\" begins with.",
            ),
            Field::needed("to", Holds::Key(PARTY), "The person or group that it ends with."),
            Field::needed("type", RELATION_KIND, "What ties them."),
            Field::new("title", Holds::Text, "Made from the three when it is absent."),
            Field::new("since", Holds::Date, "When it began."),
            Field::new("until", Holds::Date, "When it ended."),
        ],
        STANDING,
        SAME_RELATION,
        COMMON,
    ],
);

pub static PLACE: Shape = Shape::of(
    "place",
    &[
        &[
            NAME,
            NAME_LANG,
            SPELLINGS,
            Field::new("in", Holds::Key(PLACES), "The place it lies in."),
            COUNTRY,
            Field::new("lat", Holds::Degrees(90.0), "Degrees north (WGS 84), with `lon`."),
            Field::new("lon", Holds::Degrees(180.0), "Degrees east (WGS 84), with `lat`."),
        ],
        COMMON,
    ],
);

pub static SOURCE: Shape = Shape::of(
    "source",
    &[
        &[
            Field::needed("title", Holds::Text, "The title."),
            Field::new(
                "by",
                Holds::Text,
                "Who made it: `\"groups/herald-paper\"` and `\"people/ada-berg\"` are records, anything else is plain text.",
            ),
            Field::needed("type", SOURCE_KIND, "A type of the Citation Style Language."),
            Field::new("published", Holds::Date, "When it was published."),
            Field::new(
                "published_original",
                Holds::Table(&PUBLISHED_ORIGINAL),
                "The date in another calendar, as the source has it.",
            ),
            Field::new("accessed", Holds::Date, "When you read it."),
            Field::new("url", Holds::Address, "Where it is on the web."),
            Field::new("archived", Holds::Address, "Where an archive keeps it."),
            Field::new("copy", Holds::Table(&COPY), "A copy that you hold; it is published."),
            Field::new("language", Holds::Language, "The language it is in."),
            Field::new("grade", GRADE, "Reliability on the Admiralty scale, `A` to `F`."),
            Field::new(
                "author",
                TEXTS,
                "People or groups, as in `by`; `\"Berg, Ada\"` says which is the family name.",
            ),
            Field::new("editor", TEXTS, "The same, of those who edited it."),
            Field::new(
                "container_title",
                Holds::Text,
                "The newspaper, journal, website or book that it is in.",
            ),
            Field::new("publisher", Holds::Text, "Who published it."),
            Field::new("publisher_place", Holds::Text, "Where that is."),
            Field::new("volume", TEXT_OR_NUMBER, "The volume."),
            Field::new("issue", TEXT_OR_NUMBER, "The issue."),
            Field::new("number", TEXT_OR_NUMBER, "The number, as of a report."),
            Field::new("page", TEXT_OR_NUMBER, "The page or pages: `\"14-19\"`."),
            Field::new("edition", TEXT_OR_NUMBER, "The edition."),
            Field::new("genre", Holds::Text, "What the type does not say: `\"PhD thesis\"`."),
            Field::new("doi", Holds::Text, "The DOI."),
            Field::new("isbn", Holds::Text, "The ISBN."),
            Field::new(
                "quotes",
                Holds::Table(&QUOTES),
                "What stands at a place, by the place: `quotes.\"¶4\" = \"…\"`.",
            ),
        ],
        COMMON,
    ],
);

pub static TERM: Shape = Shape::of(
    "term",
    &[
        &[
            NAME,
            NAME_LANG,
            SPELLINGS,
            Field::needed("definition", Holds::Markdown, "What it means in this dossier."),
        ],
        COMMON,
    ],
);

pub static CORRECTION: Shape = Shape::of(
    "correction",
    &[
        &[
            Field::needed("date", Holds::Date, "The day it was changed."),
            Field::needed(
                "on",
                Holds::Place,
                "A record, `\"meetings/harbour-talks\"`, or one field of it: `\"meetings/harbour-talks.date\"`.",
            ),
            Field::needed("was", Holds::Text, "What it said before; `\"\"` when it said nothing."),
            Field::new("now", Holds::Text, "In `prose`: the words that stand there now."),
            Field::new("undo", Holds::Any, "The value that the field had, where `was` cannot say it."),
            Field::needed("why", Holds::Text, "Why it was changed."),
        ],
        COMMON,
    ],
);

pub static ARTICLE: Shape = Shape::of(
    "article",
    &[
        &[
            Field::new(
                "title",
                Holds::Text,
                "Else the first heading is the title; one of the two must be there.",
            ),
            SUMMARY,
            Field::new("date", Holds::Date, "When it was published."),
            Field::new("authors", TEXTS, "Who wrote it; else those of `site.toml`."),
            Field::new(
                "order",
                Holds::Integer,
                "Articles are listed by it, then by path; those without come last.",
            ),
        ],
        COMMON,
    ],
);
