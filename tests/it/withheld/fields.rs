//! What of single fields, and of a record beside its names, is looked for.

use dossier::source::Sources;

use super::{leaks, sources, with};
use crate::support::{build, text};

fn base() -> Sources {
    sources(&[
        ("site.toml", "title = \"A dossier\"\n"),
        (
            "content/people.toml",
            "[op]\nname = \"Open Person\"\ncite = \"s ¶1\"\n[vv]\nname = \"Varlam Gone\"\nwithhold = true\n",
        ),
        ("content/sources.toml", "[s]\ntitle = \"A source\"\ntype = \"report\"\n"),
    ])
}

/// A record of a kind, what it withholds, and a text that must not stand on a page.
const HIDDEN: &[(&str, &str, &[&str])] = &[
    (
        "people/zz",
        "name = \"The Clerk\"\nnames.aka = \"Vera Quill\"\nnames.zh = \"王小明\"\nwithhold = [\"names\"]\n",
        &["Vera Quill", "Quill, Vera", "VeraQuill", "@veraquill", "王小明"],
    ),
    (
        "people/zz",
        "name = \"The Clerk\"\nsort_name = \"Quill, Vera\"\nwithhold = [\"sort_name\"]\n",
        &["Quill, Vera", "Vera Quill"],
    ),
    ("people/zz", "name = \"The Clerk\"\nids.wikidata = \"Q77123\"\nwithhold = \"ids\"\n", &["Q77123"]),
    (
        "people/zz",
        "name = \"The Clerk\"\nsummary = \"She has kept the keys of the pier for years.\"\nwithhold = \"summary\"\n",
        &["She has kept the keys of the pier for years."],
    ),
    (
        "people/zz",
        "name = \"Vera Quill\"\nsummary = \"She has kept the keys of the pier for years.\"\nwithhold = true\n",
        &["She has kept the keys of the pier for years."],
    ),
    (
        "groups/zz",
        "name = \"An office\"\ntype = \"other\"\nshort = \"QZX\"\nwithhold = [\"short\"]\n",
        &["QZX"],
    ),
    (
        "meetings/zz",
        "title = \"Walk with Vera\"\ndate = \"2023\"\nparticipants = [\"op\"]\ncite = \"s ¶1\"\nwithhold = [\"title\"]\n",
        &["Walk with Vera"],
    ),
    (
        "events/zz",
        "title = \"A fire\"\ndate = \"2023\"\ninvolved = [{ who = \"op\", named_as = \"Vera Quill\" }]\ncite = \"s ¶1\"\n\
         withhold = [\"involved\"]\n",
        &["Vera Quill", "Quill, Vera"],
    ),
    (
        "meetings/zz",
        "title = \"A long walk\"\ndate = \"2023\"\nparticipants = [\"op\"]\n\
         denied_by = [{ who = \"op\", words = \"I never saw the inside of that building.\" }]\nwithhold = true\n",
        &["I never saw the inside of that building."],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nauthor = \"Vera Quill\"\nwithhold = [\"author\"]\n",
        &["Vera Quill", "Quill, Vera"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nby = \"Vera Quill\"\nwithhold = [\"by\"]\n",
        &["Vera Quill"],
    ),
    (
        "sources/zz",
        "title = \"Second Zz\"\ntype = \"report\"\nauthor = \"Quill, Vera\"\nwithhold = true\n",
        &["Vera Quill", "Quill, Vera"],
    ),
    (
        "sources/zz",
        "title = \"Second Zz\"\ntype = \"report\"\ndoi = \"10.5555/xyzsecret77\"\nisbn = \"9783161484100\"\nwithhold = true\n\
         quotes.\"¶4\" = \"The keys were under the third stone.\"\n",
        &[
            "https://doi.org/10.5555/xyzsecret77",
            "ISBN 9783161484100",
            "The keys were under the third stone.",
        ],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nurl = \"https://sec.example/a\"\nwithhold = [\"url\"]\n\
         archived = \"https://web.archive.org/web/2020/https://sec.example/a\"\n",
        &[""],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\ndoi = \"10.5555/xyzsecret77\"\nwithhold = [\"doi\"]\n",
        &["https://doi.org/10.5555/xyzsecret77"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nby = \"Vera Quarkson and Zelda Quort\"\nwithhold = [\"by\"]\n",
        &["Vera Quarkson", "Quort, Zelda"],
    ),
    (
        "people/zz",
        "name = \"Jo\"\nmoved_from = [\"vera-quill\"]\nwithhold = [\"moved_from\"]\n",
        &["`vera-quill`"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nby = \"Vera Quarkson, Ada van Stone and Otto Falk\"\nwithhold = [\"by\"]\n",
        &["Vera Quarkson", "Ada van Stone", "Falk, Otto"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nby = \"Vera Quarkson (The Herald)\"\nwithhold = [\"by\"]\n",
        &["Vera Quarkson"],
    ),
    (
        "sources/zz",
        "title = \"Second Zz\"\ntype = \"report\"\nauthor = \"Quill, Vera, Quort, Zelda, and Falk, Otto\"\nwithhold = true\n",
        &["Zelda Quort", "Otto Falk", "Vera Quill"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nauthor = [\"Vera Quarkson et al.\", \"By Ada Stonehouse for Reuters\", \"Otto Falkner, freelance\"]\nwithhold = [\"author\"]\n",
        &["Vera Quarkson", "Ada Stonehouse", "Otto Falkner"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nauthor = [\"Vera Post and Ada Stonehouse\", \"王小明、李四光\", \"محمد علي وأحمد حسن\"]\nwithhold = [\"author\"]\n",
        &["Ada Stonehouse", "Vera Post", "王小明", "محمد علي", "أحمد حسن"],
    ),
    (
        "people/zz",
        "name = \"Jo\"\ncite = [\"s ¶1 citing 'the clerk Vera Quill'\", \"s ¶2 citing 'محمد علي'\", \"s ¶3 citing 'Ada Falk (clerk)'\"]\nwithhold = [\"cite\"]\n",
        &["Vera Quill", "محمد علي", "Falk, Ada"],
    ),
    (
        "people/zz",
        "name = \"Jo Zelda\"\nids.iban = \"DE44500105175407324931\"\nids.phone = \"+491701234567\"\nwithhold = [\"ids\"]\n",
        &["DE44 5001 0517 5407 3249 31", "+49 170 1234567", "+49 (170) 123-4567"],
    ),
    // What the record itself shows is no reason to look no further.
    (
        "people/zz",
        "name = \"The Clerk\"\nnames.aka = \"Vera Quill\"\ntags = [\"Vera Quill\"]\nwithhold = [\"names\"]\n",
        &[""],
    ),
    (
        "people/zz",
        "name = \"The Clerk\"\nnames.aka = \"Vera Quill\"\ncite = \"s ¶2 citing 'Vera Quill'\"\nwithhold = [\"names\"]\n",
        &[""],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nby = \"Vera Quill\"\neditor = \"Quill, Vera\"\nwithhold = [\"by\"]\n",
        &[""],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\ndoi = \"10.5555/xyz77\"\nurl = \"https://doi.org/10.5555/xyz77\"\nwithhold = [\"doi\"]\n",
        &[""],
    ),
    // Nor what is left out with somebody who is withheld.
    (
        "events/zz",
        "title = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [{ who = \"vv\", cite = \"'Vera Quill'\" }, { who = \"vv\", as = \"chief of the harbour\" }]\n\
         [yy]\ntitle = \"Another\"\ndate = \"2023\"\ncite = \"s ¶1 citing 'Vera Quill'\"\nwithhold = [\"cite\"]\n",
        &["Vera Quill"],
    ),
    (
        "people/zz",
        "name = \"Jo\"\ncite = \"s ¶1\"\nresponse_sought = [{ from = \"vv\", date = \"2023-01-01\", how = \"through her brother at the mill\" }]\n",
        &["It went through her brother at the mill"],
    ),
    (
        "people/zz",
        "name = \"Jo\"\nnote = \"\"\"\n| when | what |\n|---|---|\n| 2023 | The table cell which nobody should read |\n\"\"\"\nwithhold = [\"note\"]\n",
        &["The table cell which nobody should read"],
    ),
    // A key that is a spelling, too, is looked for as both.
    (
        "people/dark-heron",
        "name = \"Zzyx Qqwv\"\nnames.aka = \"dark-heron\"\nwithhold = true\n",
        &["the Dark Heron", "dark-heron"],
    ),
    // An address is another one, whatever number is in it.
    (
        "sources/more",
        "title = \"Yy\"\ntype = \"webpage\"\nurl = \"https://herald.example/10.2023/walk\"\ndoi = \"10.5555/abc77\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"webpage\"\nurl = \"https://sec.example/10.2023/walk\"\n\
         archived = \"https://sec.example/files/10.5555/abc77\"\nwithhold = [\"url\", \"archived\"]\n",
        &["https://sec.example/10.2023/walk", "https://sec.example/files/10.5555/abc77"],
    ),
    // What a withheld party said is left out with its name.
    (
        "events/zz",
        "title = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\n\
         denied_by = [{ who = \"vv\", words = \"I never saw the inside of that building.\", summary = \"Said to have been at sea all day.\" }]\n",
        &["I never saw the inside of that building.", "Said to have been at sea all day"],
    ),
    // Each block of a text.
    (
        "people/zz",
        "name = \"Jo\"\nnote = \"\"\"\nA first paragraph, wrapped\nover two lines.\n\n- An item of a list that says more\n\nThe keys of the pier\n====\n\"\"\"\nwithhold = [\"note\"]\n",
        &["A first paragraph, wrapped over two lines", "An item of a list that says more"],
    ),
    // As they are shown: without what cites, and with the words or the names of links.
    (
        "people/zz",
        "name = \"Zelda Quort\"\nsummary = \"She has kept the keys of the pier for years [@s ¶1].\"\nwithhold = true\n",
        &["She has kept the keys of the pier for years", "She has kept the keys of the pier for years."],
    ),
    (
        "people/zz",
        "name = \"Zelda Quort\"\nsummary = \"She has kept the keys of the pier for years. [@s ¶1]\"\nwithhold = \"summary\"\n",
        &["She has kept the keys of the pier for years [@s ¶1]"],
    ),
    (
        "people/zz",
        "name = \"Zelda Quort\"\nsummary = \"[[op]] has kept [[s|the keys]] of the [pier](https://p.example/) [@s ¶1].\"\nwithhold = true\n",
        &["Open Person has kept the keys of the pier", "[[op]] has kept the keys of the *pier*"],
    ),
    (
        "terms/zz",
        "name = \"Zelda\"\ndefinition = \"A word that **by hand** was put in its place [@s ¶1].\"\nwithhold = true\n",
        &["A word that by hand was put in its place"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"post\"\nby = \"harbourwitness77\"\nauthor = [\"Quill, Vera/afp\", \"vquill\"]\nwithhold = [\"by\", \"author\"]\n",
        &["harbourwitness77", "Quill, Vera/afp", "vquill"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"book\"\nisbn = \"9783161484100\"\ndoi = \"https://doi.org/10.5555/xyzsecret77\"\n\
         withhold = [\"isbn\", \"doi\"]\n",
        &["ISBN 978-3-16-148410-0", "3-16-148410-X", "316148410x", "doi:10.5555/XYZsecret77"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nquotes.note = \"The keys were under the third stone.\"\nwithhold = \"quotes\"\n",
        &["The keys were under the third stone."],
    ),
    // However many names stand behind the comma, and whatever follows them.
    (
        "people/zz",
        "name = \"The Clerk\"\nsort_name = \"Quill, Vera Maria\"\nwithhold = true\n",
        &["Vera Maria Quill", "Quill, Vera Maria"],
    ),
    (
        "people/zz",
        "name = \"The Clerk\"\nnames.aka = \"Quill, Vera Maria\"\nwithhold = true\n",
        &["Vera Maria Quill"],
    ),
    (
        "people/zz",
        "name = \"The Clerk\"\nsort_name = \"King, Martin Luther, Jr.\"\nwithhold = true\n",
        &["Martin Luther King"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nauthor = [\"Quill, Vera, Jr.\", \"Falk, Otto et al.\", \"Holt, Mira (ed.)\"]\nwithhold = true\n",
        &["Vera Quill", "Otto Falk", "Mira Holt"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nauthor = \"Quill, Vera, and Ada Berg\"\nwithhold = true\n",
        &["Vera Quill"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nauthor = \"Quill, Vera; Falk, Otto and The Harbour Lantern\"\nwithhold = [\"author\"]\n",
        &["Vera Quill", "Otto Falk", "The Harbour Lantern"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\ncite = \"'a call with the clerk's neighbour Vera Quill of the harbour office'\"\nwithhold = [\"cite\"]\n",
        &["a call with the clerk's neighbour Vera Quill of the harbour office"],
    ),
    // What only begins like a word of the name that is shown is another one.
    (
        "people/zz",
        "name = \"Johannes Berg\"\nnames.aka = \"Hannes\"\nnames.former = \"Hanne\"\nwithhold = [\"names\"]\n",
        &["Hannes", "Hanne"],
    ),
    (
        "people/zz",
        "name = \"Hannah Quortman\"\nsort_name = \"Quort, Hannah\"\nwithhold = [\"sort_name\"]\n",
        &["Hannah Quort"],
    ),
    (
        "groups/zz",
        "name = \"Organisation of the Harbour\"\ntype = \"other\"\nshort = \"ARBO\"\nwithhold = \"short\"\n",
        &["ARBO"],
    ),
    (
        "sources/zz",
        "title = \"The diary of Anna Bergström\"\ntype = \"report\"\nauthor = \"Anna Berg\"\nwithhold = [\"author\"]\n",
        &["Anna Berg", "Berg, Anna"],
    ),
    // The name of a draft is not shown.
    (
        "people/zz",
        "name = \"Zelda Quort\"\nnames.aka = \"Zelda\"\ndraft = true\nwithhold = [\"names\"]\n",
        &["Zelda"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nauthor = \"Quill, A.\"\nwithhold = true\n",
        &["A. Quill", "Quill, A."],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nauthor = \"Nguyen, An\"\nwithhold = true\n",
        &["An Nguyen"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nby = \"Smith, John and Quill, Jr., Vera\"\nwithhold = true\n",
        &["John Smith", "Vera Quill"],
    ),
    (
        "sources/zz",
        "title = \"Zz\"\ntype = \"report\"\nby = \"Quill, Vera of Oslo\"\nwithhold = true\n",
        &["Quill, Vera of Oslo"],
    ),
    // The beginning of an address that is shown is another address.
    (
        "people/zz",
        "name = \"Zelda Quort\"\nwithhold = true\nlinks = [{ url = \"https://blog.example/@sealhand\", title = \"x\" }]\n\
         [yy]\nname = \"Someone\"\nlinks = [{ url = \"https://blog.example/@sealhand/posts/1\", title = \"x\" }]\n",
        &["[it](https://blog.example/@sealhand)", ""],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\ncite = \"'a telephone call with Vera Quill of the office'\"\nwithhold = [\"cite\"]\n",
        &["a telephone call with Vera Quill of the office"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"report\"\nurl = \"https://doi.org/10.5555/xyz77\"\nwithhold = true\n",
        &["doi:10.5555/xyz77"],
    ),
    (
        "sources/zz",
        "title = \"Second\"\ntype = \"book\"\nisbn = \"ISBN 978-3-16-148410-0 (hardcover)\"\nwithhold = \"isbn\"\n",
        &["9783161484100", "3-16-148410-X"],
    ),
    (
        "people/zz",
        "name = \"Jo\"\nnote = \"# She has kept the keys of the pier\\n\\nSee [it](https://sec.example/abc) there.\"\nwithhold = [\"note\"]\n",
        &["She has kept the keys of the pier", "[it](https://sec.example/abc)"],
    ),
    // Of a long text the beginning is enough.
    (
        "people/zz",
        "name = \"Jo\"\nnote = \"Of the keys of the pier it was said in the letters that she had kept them for years, first in the drawer \
         of the small table by the door, then under the third stone of the wall, and in the end with a neighbour who did not \
         know what they were for and never asked, until the day on which two men came from the harbour and said that they had \
         been sent to look for them, and left with all that they found there, which was not much, but enough for a beginning.\"\n\
         withhold = [\"note\"]\n",
        &[
            "Of the keys of the pier it was said in the letters that she had kept them for years, first in the drawer \
         of the small table by the door, then under the third stone of the wall, and in the end with a neighbour who did not \
         know what they were for and never asked, until the day on which two men came from the harbour and said that they had \
         been sent to look for them, and left",
        ],
    ),
];

/// What has the wrong shape is withheld as well, and is an error: nobody knows what it tells.
const MISSHAPEN: &[(&str, &str)] = &[
    ("people", "names = \"Vera Quill\"\nwithhold = [\"names\"]\n"),
    ("people", "names = [\"Vera Quill\"]\nwithhold = [\"names\"]\n"),
    ("people", "names.aka = [{ name = \"Vera Quill\" }]\nwithhold = [\"names\"]\n"),
    ("people", "portrait = \"d/zelda.png\"\nwithhold = \"portrait\"\n"),
    (
        "people",
        "portrait = { file = \"/d/s.png\", alt = \"a\", credit = \"c\", licence = \"l\" }\nwithhold = \"portrait\"\n",
    ),
    (
        "people",
        "portrait = { file = \"d//s.png\", alt = \"a\", credit = \"c\", licence = \"l\" }\nwithhold = \"portrait\"\n",
    ),
    (
        "people",
        "portrait = { file = 'd\\s.png', alt = \"a\", credit = \"c\", licence = \"l\" }\nwithhold = \"portrait\"\n",
    ),
    ("people", "ids = \"Q77123\"\nwithhold = \"ids\"\n"),
    ("people", "ids.isni = 123456789\nwithhold = \"ids\"\n"),
    ("people", "links = [\"https://sec.example/a\"]\nwithhold = \"links\"\n"),
    ("people", "summary = [\"She has kept the keys.\"]\nwithhold = \"summary\"\n"),
    ("sources", "title = \"T\"\ntype = \"book\"\nisbn = 9783161484100\nwithhold = \"isbn\"\n"),
    (
        "sources",
        "title = \"T\"\ntype = \"book\"\nauthor = [{ name = \"Vera Quill\" }]\nwithhold = \"author\"\n",
    ),
    (
        "events",
        "title = \"T\"\ndate = \"2023\"\ninvolved = [{ who = \"op\", named_as = [\"Vera Quill\"] }]\nwithhold = \"involved\"\n",
    ),
];

/// Records with something withheld whose like may be shown, each with what a page may say.
const SHOWN: &[(&str, &str, &str)] = &[
    // Keys and citations are no texts, however long they are.
    (
        "meetings",
        "[zz]\ntitle = \"A walk\"\ndate = \"2023\"\nparticipants = [\"op\"]\nwithhold = true\n\
         denied_by = [{ who = \"groups/office-of-the-harbour-of-lund\", summary = \"No.\" }]\n",
        "[the office](groups/office-of-the-harbour-of-lund.md)",
    ),
    (
        "people",
        "[zz]\nname = \"Jo\"\nroles = [{ role = \"clerk\", of = \"office-of-the-harbour-of-lund\" }]\nwithhold = [\"roles\"]\n",
        "[the office](groups/office-of-the-harbour-of-lund.md)",
    ),
    (
        "people",
        "[zz]\nname = \"Jo\"\ncite = \"memo-of-the-harbour-office ¶4\"\nwithhold = [\"cite\"]\n",
        "a text",
    ),
    // Who made something else that is published, or has a record, is no secret; nor is an office with a comma.
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nauthor = \"Person, Open\"\nwithhold = true\n",
        "Open Person and Person, Open",
    ),
    (
        "sources",
        "[yy]\ntitle = \"Yy\"\ntype = \"report\"\nby = \"Quill, Vera\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"report\"\nby = \"Quill, Vera\"\nwithhold = true\n",
        "Vera Quill",
    ),
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nby = \"Herald, The\"\nwithhold = true\n",
        "The Herald",
    ),
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nby = \"Lantern, Inc.\"\nwithhold = true\n",
        "Lantern, Inc.",
    ),
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nby = \"University of Oslo, Norway\"\nwithhold = true\n",
        "University of Oslo, Norway",
    ),
    // What several records share.
    (
        "sources",
        "[yy]\ntitle = \"Yy\"\ntype = \"chapter\"\nisbn = \"9783161484100\"\npublisher = \"Press of the University of Lund\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"chapter\"\nisbn = \"9783161484100\"\npublisher = \"Press of the University of Lund\"\n\
         withhold = [\"isbn\", \"publisher\"]\n",
        "ISBN 978-3-16-148410-0",
    ),
    (
        "sources",
        "[yy]\ntitle = \"Yy\"\ntype = \"webpage\"\nurl = \"https://example.org/a\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"webpage\"\nurl = \"https://example.org/\"\nwithhold = [\"url\"]\n",
        "[this](https://example.org/a)",
    ),
    // The same in another form.
    (
        "sources",
        "[yy]\ntitle = \"Yy\"\ntype = \"book\"\nisbn = \"978-3-16-148410-0\"\npublisher = \"Press of the University of LUND\"\n\
         author = \"Núñez, José\"\nurl = \"https://www.example.org/a/\"\ndoi = \"10.5555/ABC.1\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"book\"\nisbn = \"316148410X\"\npublisher = \"Press of the University of Lund\"\n\
         author = \"Nunez, Jose\"\nurl = \"http://example.org/a\"\ndoi = \"https://doi.org/10.5555/abc.1\"\nwithhold = true\n",
        "a text",
    ),
    // Words for what somebody is, and titles, stand on many records; so may the newspaper that made one be the place of another.
    (
        "people",
        "[yy]\nname = \"Someone\"\nroles = [{ role = \"deputy head of the harbour office\", of = \"office-of-the-harbour-of-lund\" }]\n\
         tags = [\"people of the harbour office\"]\n\
         [zz]\nname = \"Jo\"\nroles = [{ role = \"deputy head of the harbour office\", of = \"office-of-the-harbour-of-lund\" }]\n\
         tags = [\"people of the harbour office\"]\nwithhold = [\"roles\", \"tags\"]\n",
        "a text",
    ),
    (
        "events",
        "[zz]\ntitle = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [{ who = \"op\", named_as = \"Open Person\" }]\n\
         withhold = [\"involved\"]\n",
        "a text",
    ),
    (
        "sources",
        "[yy]\ntitle = \"Letters\"\ntype = \"article-newspaper\"\ncontainer_title = \"The Herald\"\n\
         [zz]\ntitle = \"Letters\"\ntype = \"article-newspaper\"\nby = \"The Herald\"\nwithhold = [\"by\"]\n",
        "a text",
    ),
    (
        "events",
        "[yy]\ntitle = \"A statement on the talks in the harbour\"\ndate = \"2022\"\ncite = \"s ¶1\"\n\
         [zz]\ntitle = \"A statement on the talks in the harbour\"\ndate = \"2023\"\n\
         cite = \"s ¶1 citing 'unnamed officials of the harbour office'\"\nwithhold = true\n",
        "a text [@s ¶2 citing 'unnamed officials of the harbour office']",
    ),
    (
        "people",
        "[zz]\nname = \"Jo\"\ncite = \"s ¶1 citing 'unnamed officials of the harbour office'\"\nwithhold = [\"cite\"]\n",
        "a text [@s ¶2 citing 'unnamed officials of the harbour office']",
    ),
    // Spellings that stand within the name that is shown.
    (
        "people",
        "[zz]\nname = \"Zelda Quort\"\nsort_name = \"Quort, Zelda\"\nwithhold = [\"sort_name\"]\n",
        "[[zz]]",
    ),
    (
        "people",
        "[zz]\nname = \"Zelda Quort\"\nnames.en = \"Zelda Quort\"\nnames.aka = \"Zelda\"\nwithhold = [\"names\"]\n",
        "[[zz]]",
    ),
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\ncite = \"'unnamed officials of the harbour office's board'\"\nwithhold = [\"cite\"]\n",
        "a text [@s ¶2 citing 'unnamed officials of the harbour office's board']",
    ),
    (
        "sources",
        "[yy]\ntitle = \"Yy\"\ntype = \"report\"\ngenre = \"Memorandum of understanding\"\npublisher_place = \"Frankfurt am Main, Germany\"\n\
         [zz]\ntitle = \"Zz\"\ntype = \"report\"\ngenre = \"Memorandum of understanding\"\npublisher_place = \"Frankfurt am Main, Germany\"\n\
         publisher = \"4\"\nwithhold = [\"genre\", \"publisher_place\", \"publisher\"]\n",
        "a text of 4 pages",
    ),
    (
        "events",
        "[yy]\ntitle = \"A fire\"\ndate = \"2022\"\ncite = \"s ¶1\"\ninvolved = [{ desc = \"senior officials of the foreign ministry\" }]\n\
         [zz]\ntitle = \"A walk\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [{ desc = \"senior officials of the foreign ministry\" }]\n\
         withhold = [\"involved\"]\n",
        "a text",
    ),
    // Many a folder has a portrait.
    (
        "people",
        "[yy]\nname = \"Someone\"\nnote = \"![Someone at the pier](/yy/portrait.svg)\"\n\
         [zz]\nname = \"Jo\"\nnote = \"![Jo at the pier](/zz/portrait.svg)\"\nwithhold = [\"note\"]\n",
        "a text",
    ),
    // Names and numbers of others.
    (
        "groups",
        "[yy]\nname = \"A ministry\"\ntype = \"other\"\nshort = \"MoW\"\n\
         [zz]\nname = \"Another ministry\"\ntype = \"other\"\nshort = \"MoW\"\nwithhold = [\"short\"]\n",
        "a text",
    ),
    (
        "people",
        "[yy]\nname = \"Someone\"\nnames.aka = \"The Engineer\"\nids.register = \"HRB 44719\"\n\
         [zz]\nname = \"Jo\"\nnames.aka = \"The Engineer\"\nids.register = \"HRB 44719\"\nwithhold = [\"names\", \"ids\"]\n",
        "the Engineer, HRB 44719",
    ),
    ("groups", "[zz]\nname = \"Old Harbour\"\ntype = \"company\"\nwithhold = true\n", "[[old-harbour]]"),
    (
        "events",
        "[yy]\ntitle = \"A fire\"\ndate = \"2022\"\ncite = \"s ¶1\"\n\
         involved = [{ who = \"op\", cite = \"s ¶1 citing 'unnamed officials of the harbour office'\" }]\n\
         [zz]\ntitle = \"A walk\"\ndate = \"2023\"\nwithhold = [\"cite\"]\n\
         cite = \"s ¶1 citing 'unnamed officials of the harbour office'\"\n",
        "a text",
    ),
    // A text that is nothing but a link or a citation, and a line that is not a sentence.
    (
        "people",
        "[zz]\nname = \"Jo\"\nnote = \"\"\"\nThis was said there, and it was said by\nthe Ministry of Foreign Affairs.\n\n\
         [[office-of-the-harbour-of-lund]].\n\n[@memo-of-the-harbour-office ¶4].\"\"\"\nwithhold = [\"note\"]\n",
        "a man of the Ministry of Foreign Affairs, of the [[office-of-the-harbour-of-lund]] [@memo-of-the-harbour-office ¶4]",
    ),
    // Files of others, and of the theme.
    (
        "people",
        "[zz]\nname = \"Jo\"\nnote = \"![Jo at the pier](/zz/icon.svg) ![Jo on the pier](/zz/own.svg)\"\nwithhold = [\"note\"]\n",
        "a [drawing](yy/own.svg)",
    ),
    (
        "people",
        "[zz]\nname = \"Jo\"\nsummary = \"She is known from https://herald.example/\"\nwithhold = [\"summary\"]\n\
         links = [{ url = \"https://other.example/\", title = \"Her page\" }]\n[yy]\nname = \"Someone\"\n\
         links = [{ url = \"https://herald.example/\", title = \"A page\" }]\n",
        "a text",
    ),
    (
        "sources",
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nby = \"Public Health and Social Affairs\"\nwithhold = [\"by\"]\n",
        "harm for public health",
    ),
    // Signs tell nothing.
    (
        "people",
        "[zz]\nname = \"Jo\"\nnote = \"------------------------------\"\nwithhold = [\"note\"]\n",
        "a rule",
    ),
];

fn page(sources: &Sources, said: &str) -> Sources {
    with(sources, "content/about.md", format!("# About\n\nThere was {said} once, and [[op]] [@s ¶1].\n"))
}

#[test]
fn the_texts_of_what_is_withheld_are_looked_for() {
    let mut tried = 0;
    for (record, fields, said) in HIDDEN {
        let (folder, key) = record.split_once('/').unwrap();
        let path = format!("content/{folder}/more.toml");
        let sources = with(&base(), &path, format!("[{key}]\n{fields}"));
        for said in *said {
            assert!(!leaks(&page(&sources, said)).is_empty(), "{said:?} of {fields}");
            tried += 1;
        }
        if !said.contains(&"") {
            assert_eq!(leaks(&page(&sources, "nothing")), [], "{fields}");
        }
    }
    let article =
        "+++\nauthors = \"Vera Quill\"\nwithhold = [\"authors\"]\n+++\n\n# A text\n\nBy Vera Quill.\n";
    assert!(!leaks(&with(&base(), "content/text.md", article)).is_empty());
    assert_eq!(leaks(&with(&base(), "content/text.md", article.replace("By Vera Quill", "A text"))), []);
    println!("{} texts of {} withheld fields and records, 0 missed", tried + 1, HIDDEN.len() + 1);
}

/// Who is named by an office, and not by a name, may be spoken of; so may a maker that is no person.
#[test]
fn what_makes_a_withheld_source_and_is_no_person_is_no_secret() {
    let source = "[zz]\ntitle = \"Second Zz\"\ntype = \"report\"\nauthor = \"The Lantern\"\nby = \"op\"\nwithhold = true\n";
    let sources = with(&base(), "content/sources/more.toml", source);
    assert_eq!(leaks(&page(&sources, "The Lantern")), []);
}

/// What is shown elsewhere in the dossier, and should be, does not keep it from being built.
#[test]
fn what_others_show_is_no_secret() {
    let group = "[office-of-the-harbour-of-lund]\nname = \"Office of the Harbour\"\ntype = \"other\"\ncite = \"s ¶1\"\n";
    let memo = "[memo-of-the-harbour-office]\ntitle = \"Memo\"\ntype = \"report\"\n";
    let picture = |size: u8| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"8\"><rect width=\"4\" height=\"4\"/></svg>"
        )
    };
    for (folder, records, said) in SHOWN {
        let sources = with(&base(), "content/groups.toml", group);
        let sources = with(&sources, "content/sources/memo.toml", memo);
        let sources = with(&sources, "content/yy/portrait.svg", picture(8));
        let sources = with(&sources, "content/places.toml", "[old-harbour]\nname = \"Old Harbour\"\n");
        let files = [("yy/own", 10), ("zz/portrait", 9), ("zz/icon", 11), ("zz/own", 12)];
        let sources = files.into_iter().fold(sources, |sources, (name, size)| {
            with(&sources, &format!("content/{name}.svg"), picture(size))
        });
        let sources = with(&sources, &format!("content/{folder}/more.toml"), *records);
        let sources =
            with(&sources, "content/more.md", "# More\n\nA memo [@memo-of-the-harbour-office ¶4].\n");
        let page = page(&sources, said);
        assert_eq!(leaks(&page), [], "{records}");
        let site = build(&page);
        assert!(site.value.output.iter().next().is_some(), "{}", text(&page, &site));
    }
}

#[test]
fn what_is_withheld_and_has_the_wrong_shape_is_an_error() {
    for (folder, fields) in MISSHAPEN {
        let name = if *folder == "people" { "name = \"Jo\"\n" } else { "" };
        let sources = with(&base(), &format!("content/{folder}/more.toml"), format!("[zz]\n{name}{fields}"));
        let said = text(&sources, &build(&sources));
        assert!(said.contains("error[wrong-type]") && said.contains("and is withheld"), "{fields}: {said}");
    }
    let entry =
        "@book{yy, title = {Secret book}, author = {Quill, Vera}, year = {2001}, withhold = {true}}\n";
    let sources = with(&base(), "content/sources/more.bib", entry);
    let said = text(&sources, &build(&sources));
    assert!(said.contains("BibTeX has no `withhold`"), "{said}");
    println!("{} misshapen fields, {} clear errors", MISSHAPEN.len() + 1, MISSHAPEN.len() + 1);
}

/// Below a table that takes any name `withhold` would be one of these names.
#[test]
fn withhold_below_a_table_is_an_error() {
    for (folder, record) in [
        (
            "people",
            "[zz]\nname = \"Jo\"\nborn = \"1961\"\n[zz.ids]\nwikidata = \"Q1\"\nwithhold = \"born\"\n",
        ),
        ("people", "[zz]\nname = \"Jo\"\n[zz.ids]\nwikidata = \"Q1\"\ndraft = \"true\"\n"),
        (
            "sources",
            "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nauthor = \"Vera Quill\"\n[zz.quotes]\n\"¶4\" = \"Short.\"\nwithhold = \"author\"\n",
        ),
    ] {
        let sources = with(&base(), &format!("content/{folder}/more.toml"), record);
        let said = text(&sources, &build(&sources));
        assert!(said.contains("keeps nothing back") && said.contains("put it above"), "{said}");
    }
}

/// What is not published itself makes no maker known.
#[test]
fn who_is_named_only_where_nothing_is_shown_is_no_known_maker() {
    let source = "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nauthor = \"Quill, Vera\"\nwithhold = true\n";
    let others = [
        (
            "content/corrections.toml",
            "[c]\non = \"people/op.name\"\nwas = \"Quill, Vera\"\nnow = \"Open Person\"\ndate = \"2023-01-01\"\nnote = \"A slip.\"\n",
        ),
        (
            "content/sources/drafts.toml",
            "[yy]\ntitle = \"Yy\"\ntype = \"report\"\nauthor = \"Quill, Vera\"\ndraft = true\n",
        ),
        ("content/people/hidden.toml", "[hh]\nname = \"Somebody Hidden\"\nwithhold = true\n"),
    ];
    for (path, other) in others {
        let sources = with(&with(&base(), "content/sources/more.toml", source), path, other);
        assert!(!leaks(&page(&sources, "Vera Quill")).is_empty(), "{path}");
    }
}

/// A long text is known by its beginning in every script, whatever stands before it.
#[test]
fn a_long_text_without_spaces_is_looked_for() {
    let text = "她多年来一直保管着码头的钥匙".repeat(30);
    let source = format!(
        "[zz]\ntitle = \"Zz\"\ntype = \"report\"\nquotes.\"¶4\" = \"\u{3000}\u{3000}{text}\"\nwithhold = true\n"
    );
    let sources = with(&base(), "content/sources/more.toml", source);
    assert!(!leaks(&page(&sources, &text)).is_empty());
    assert_eq!(leaks(&page(&sources, "nothing")), []);
}

/// What is not published cannot be withheld: nobody would know what it is meant to do.
#[test]
fn what_is_never_published_cannot_be_withheld() {
    for withheld in ["\"draft\"", "[\"summary\", \"draft\"]", "\"withhold\"", "\"allow\""] {
        let person = format!("[zz]\nname = \"Jo\"\ndraft = true\nsummary = \"A.\"\nwithhold = {withheld}\n");
        let sources = with(&base(), "content/people/more.toml", person);
        let said = text(&sources, &build(&sources));
        assert!(said.contains("is never published, and cannot be withheld"), "{said}");
    }
    let nothing = with(&base(), "content/people/more.toml", "[zz]\nname = \"Jo\"\nwithhold = []\n");
    assert!(text(&nothing, &build(&nothing)).contains("`withhold` is empty"));
    for withheld in ["\"true\"", "\"all\"", "[\"record\"]"] {
        let person = format!("[zz]\nname = \"Jo\"\nwithhold = {withheld}\n");
        let sources = with(&base(), "content/people/more.toml", person);
        let said = text(&sources, &build(&sources));
        assert!(said.contains("write `withhold = true`, without quotation marks"), "{said}");
    }
}

/// Of a participant who is withheld nothing says who it is.
#[test]
fn a_participant_who_is_withheld_has_no_name() {
    for field in ["who = \"op\"", "desc = \"a clerk\"", "named_as = \"Vera Quill\"", "stands_in_for = \"op\""]
    {
        let meeting = format!(
            "[zz]\ntitle = \"A walk\"\ndate = \"1987\"\ncite = \"s ¶1\"\nparticipants = [\"op\", {{ withheld = true, {field} }}]\n"
        );
        let sources = with(&base(), "content/meetings.toml", meeting);
        let said = text(&sources, &build(&sources));
        assert!(said.contains("a participant who is withheld has no"), "{said}");
    }
}

/// What a correction says was there by mistake is a secret only where nobody else is called so.
#[test]
fn a_correction_of_what_is_withheld_makes_no_secret_of_others() {
    for (on, was) in [
        ("people/vv.name", "was = \"Open Person\""),
        ("people/op.names", "was = \"Open Person\""),
        ("sources/zz.by", "was = \"The Herald\""),
        ("meetings/zz", "was = \"May\""),
        (
            "meetings/zz.participants",
            "was = \"Two others.\"\nundo = [\"op\", \"office-of-the-harbour-of-lund\"]",
        ),
    ] {
        let sources = sources(&[
            ("site.toml", "title = \"A dossier\"\n"),
            ("content/groups.toml", "[office-of-the-harbour-of-lund]\nname = \"Office\"\ntype = \"other\"\n"),
            (
                "content/people.toml",
                "[op]\nname = \"Open Person\"\nnames.aka = \"Zelda\"\nwithhold = [\"names\"]\n[vv]\nname = \"Varlam Gone\"\nwithhold = true\n",
            ),
            (
                "content/sources.toml",
                "[s]\ntitle = \"A source\"\ntype = \"report\"\nby = \"The Herald\"\n[zz]\ntitle = \"Zz\"\ntype = \"report\"\nwithhold = true\n",
            ),
            (
                "content/meetings.toml",
                "[zz]\ntitle = \"A walk\"\ndate = \"2023\"\nparticipants = [\"op\"]\nwithhold = true\n",
            ),
            (
                "content/corrections.toml",
                &format!("[c]\ndate = \"2024-01-01\"\non = \"{on}\"\n{was}\nwhy = \"An error.\"\n"),
            ),
        ]);
        let page = page(&sources, "The Herald in May");
        let site = build(&page);
        assert!(!dossier::has_errors(&site.diagnostics), "{on}: {}", text(&page, &site));
    }
}

/// What a correction says was in a withheld field tells as much as the field.
#[test]
fn a_name_in_a_correction_of_what_is_withheld_is_looked_for() {
    for (records, correction) in [
        (
            "[zz]\ntitle = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [\"op\"]\nwithhold = [\"involved\"]\n",
            "on = \"events/zz.involved\"\nwas = \"Vera Quill\"\nundo = [{ who = \"op\", named_as = \"Vera Quill\" }]",
        ),
        (
            "[zz]\ntitle = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\nwithhold = [\"cite\"]\n",
            "on = \"events/zz.cite\"\nwas = \"s citing 'Vera Quill'\"",
        ),
        (
            "[zz]\ntitle = \"A fire\"\ndate = \"2023\"\ncite = \"s ¶1\"\ninvolved = [\"op\", \"vv\"]\n",
            "on = \"events/zz.involved\"\nwas = \"another spelling\"\nundo = [\"op\", { who = \"vv\", named_as = \"Vera Quill\" }]",
        ),
    ] {
        let sources = with(&base(), "content/events.toml", records);
        let correction = format!("[c]\ndate = \"2024-01-01\"\n{correction}\nwhy = \"An error.\"\n");
        let sources = with(&sources, "content/corrections.toml", correction);
        assert!(!leaks(&page(&sources, "Vera Quill")).is_empty(), "{records}");
        assert_eq!(leaks(&page(&sources, "nobody")), [], "{records}");
    }
}

/// How a source names a group is that group's, whether its kind is written or not.
#[test]
fn a_withheld_spelling_of_a_group_is_not_shown_by_who_names_it() {
    for who in ["qg", "groups/qg"] {
        let group = "[qg]\nname = \"The Cell\"\ntype = \"other\"\nnames.former = \"Quiet Circle\"\ncite = \"s ¶1\"\nwithhold = [\"names\"]\n";
        let meeting = format!(
            "[m]\ntitle = \"A talk\"\ndate = \"2023\"\ncite = \"s ¶1\"\nparticipants = [\"op\", {{ who = \"{who}\", named_as = \"Quiet Circle\" }}]\n"
        );
        let sources = with(&with(&base(), "content/groups.toml", group), "content/meetings.toml", meeting);
        assert!(!leaks(&sources).is_empty(), "{who}");
    }
}

/// Of an article in a folder its name there is a word of the language, unless it is several.
#[test]
fn the_name_of_a_withheld_article_in_its_folder_is_found_in_links() {
    for (path, said, is_found) in [
        ("harbour/overview", "an overview", false),
        ("harbour/overview", "`overview.html`", true),
        ("harbour/overview", "`harbour/overview`", true),
        ("harbour/secret-plan", "`secret-plan`", true),
        ("harbour/index", "an index", false),
    ] {
        let article = "+++\ntitle = \"Zz\"\nwithhold = true\n+++\n\nA text.\n";
        let sources = with(&base(), &format!("content/{path}.md"), article);
        assert_eq!(!leaks(&page(&sources, said)).is_empty(), is_found, "{path}: {said}");
    }
}

/// A date that is withheld does not come back out of the calendar of its source.
#[test]
fn a_date_is_withheld_in_both_calendars() {
    for field in ["published", "published_original"] {
        let source = format!(
            "[zz]\ntitle = \"Second\"\ntype = \"report\"\npublished = \"1987-03-11\"\n\
             published_original = {{ calendar = \"persian\", date = \"1365-12-20\" }}\nwithhold = [\"{field}\"]\n"
        );
        let sources = page(&with(&base(), "content/sources/more.toml", source), "a text [@zz]");
        assert_eq!(leaks(&sources), []);
        for (path, bytes) in build(&sources).value.output.iter() {
            let said = String::from_utf8_lossy(bytes);
            assert!(!said.contains("1987") && !said.contains("1365"), "{path}");
        }
    }
    // That of a meeting cannot be withheld alone, with or without the other.
    let meeting = "[zz]\ntitle = \"A walk\"\ndate = \"1987-03-11\"\nparticipants = [\"op\"]\n\
                   date_original = { calendar = \"persian\", date = \"1365-12-20\" }\nwithhold = [\"date\"]\n";
    let sources = with(&base(), "content/meetings.toml", meeting);
    let site = build(&sources);
    assert!(text(&sources, &site).contains("`date` cannot be withheld alone"), "{}", text(&sources, &site));
}

/// As everywhere, one of a list stands alone.
#[test]
fn a_single_field_is_withheld_without_a_list() {
    let person = "[zz]\nname = \"Jo\"\nnote = \"A note of some length for the editors.\"\ncite = \"s ¶1\"\nwithhold = \"note\"\n";
    let sources = with(&base(), "content/people/more.toml", person);
    assert_eq!(leaks(&sources), []);
    assert!(
        build(&sources)
            .value
            .output
            .iter()
            .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("A note of some"))
    );
}
