//! The settings of `site.toml`.

use super::parts::TEXTS;
use super::{Field, Holds, Keys, Shape, words};
use crate::model::config::LEVELS;
use crate::model::kinds::GROUP;
use crate::model::publish::HISTORIES;

pub static SITE: Shape = Shape::of(
    "site",
    &[&[
        Field::needed("title", Holds::Text, "The name of the dossier."),
        Field::new(
            "language",
            Holds::Language,
            "The language of the interface, of dates and of the order of names; `\"en\"` where nothing is said.",
        ),
        Field::new(
            "description",
            Holds::Text,
            "One sentence for search engines and previews of links to the home page, when `index.md` has no summary.",
        ),
        Field::new("authors", TEXTS, "At the foot of every page, and of articles that name none."),
        Field::new("licence", Holds::Text, "At the foot of every page."),
        Field::new("notice", Holds::Text, "A sentence at the foot of every page, without markup."),
        Field::new(
            "contact",
            Holds::Text,
            "Where readers write to who found an error: an e-mail address, or the web address of a form. Without it no page asks them to write.",
        ),
        Field::new(
            "base_url",
            Holds::Address,
            "Where the site will be: for feeds, the list of pages for search engines, `404.html`, and how pages are shown where somebody links to them.",
        ),
        Field::new(
            "share_images",
            Holds::Flag,
            "Whether pages get a picture to be shown there; `true` where nothing is said.",
        ),
        Field::new(
            "citation_style",
            Holds::Text,
            "How citations look: a style by name. Where nothing is said, `\"mla\"` with every title as it stands in its source.",
        ),
        Field::new(
            "unsafe_html",
            Holds::Flag,
            "Let HTML in Markdown through that runs nothing; `false` where nothing is said.",
        ),
        Field::new("exports", Holds::Table(&EXPORTS), "Which formats are not made: `popolo = false`."),
        Field::new("sides", Holds::List(&Holds::Table(&SIDE)), "The parties set side by side."),
        Field::new("publish", Holds::Table(&PUBLISH), "Where the site is published to, by name."),
        Field::new("lints", Holds::Table(&LINTS), "The level of each lint."),
    ]],
);

pub static SIDE: Shape = Shape::of(
    "side",
    &[&[
        Field::needed("title", Holds::Text, "The name of the side."),
        Field::needed("groups", Holds::List(&Holds::Key(GROUP)), "The groups whose people stand on it."),
    ]],
);

pub static EXPORTS: Shape = Shape {
    name: "exports",
    parts: &[&[Field::new(
        "csv_bom",
        Holds::Flag,
        "`true` for spreadsheets that take UTF-8 for another encoding.",
    )]],
    others: Some((Keys::Formats, Holds::Flag)),
};

pub static LINTS: Shape = Shape::map("lints", Keys::Lints, Holds::OneOf(|| words(LEVELS)));

pub static PUBLISH: Shape = Shape::map("publish", Keys::Targets, Holds::Table(&TARGET));

pub static TARGET: Shape = Shape::of(
    "target",
    &[&[
        Field::needed(
            "to",
            Holds::Text,
            "The address: a folder, `git:REMOTE#BRANCH`, `s3://…`, `sftp://…`, `rsync:…`, a file.",
        ),
        Field::new(
            "history",
            Holds::OneOf(|| words(HISTORIES)),
            "Of a branch: `\"none\"`, which is usual, leaves one commit on it; with `\"keep\"` each state follows the one before.",
        ),
        Field::new(
            "message",
            Holds::Text,
            "Of a branch: what the commit says; `{commit}` is that of the dossier.",
        ),
        Field::new(
            "domain",
            Holds::Text,
            "The domain that the host serves the site at, for the file `CNAME` of folders and branches: `dossier.example.org`.",
        ),
        Field::new(
            "endpoint",
            Holds::Address,
            "Of an object store that is not that of its inventor: its address.",
        ),
        Field::new("region", Holds::Text, "Of an object store: its region."),
    ]],
);
