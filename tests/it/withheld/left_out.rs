//! What names a withheld record in a field is left out, so that the site can be made; what is written in a text is not.

use dossier::source::Sources;

use super::{leaks, sources, with};

fn base() -> Sources {
    sources(&[
        ("site.toml", "title = \"T\"\n"),
        ("content/people.toml", "[ada]\nname = \"Ada Berg\"\n"),
        (
            "content/groups.toml",
            "[desk]\nname = \"The Desk\"\ntype = \"other\"\n[vornholm]\nname = \"Vornholm Circle\"\ntype = \"other\"\nwithhold = true\n",
        ),
        (
            "content/places.toml",
            "[pier]\nname = \"Pier\"\n[xanthebridge]\nname = \"Xanthebridge\"\nwithhold = true\n",
        ),
        ("content/sources.toml", "[s]\ntitle = \"A source\"\ntype = \"report\"\n"),
    ])
}

#[test]
fn fields_that_name_a_withheld_record_are_left_out() {
    let role = "roles = [{ role = \"head\", of = \"desk\", place = \"xanthebridge\", cite = \"s ¶1\" }]";
    let meeting =
        |fields: &str| format!("[m]\ntitle = \"A walk\"\ndate = \"2023\"\ncite = \"s ¶1\"\n{fields}\n");
    let event =
        |fields: &str| format!("[e]\ntitle = \"A walk\"\ndate = \"2023\"\ncite = \"s ¶1\"\n{fields}\n");
    let source = |fields: &str| format!("[s]\ntitle = \"A source\"\ntype = \"report\"\n{fields}\n");
    for (path, text) in [
        ("people", format!("[ada]\nname = \"Ada Berg\"\n{role}\n")),
        ("meetings", meeting("participants = [\"ada\"]\nplace = \"xanthebridge\"")),
        ("meetings", meeting("participants = [{ who = \"ada\", for = \"vornholm\" }]")),
        ("meetings", meeting("participants = [{ who = \"ada\", from_place = \"xanthebridge\" }]")),
        ("events", event("place = \"xanthebridge\"")),
        ("events", event("involved = [\"ada\", \"vornholm\"]")),
        ("places", "[pier]\nname = \"Pier\"\nin = \"xanthebridge\"\n[xanthebridge]\nname = \"Xanthebridge\"\nwithhold = true\n".to_owned()),
        ("sources", source("by = \"groups/vornholm\"\nauthor = [\"groups/vornholm\"]")),
    ] {
        assert_eq!(leaks(&with(&base(), &format!("content/{path}.toml"), text.clone())), [], "{text}");
    }
    // A publisher is a text, whatever it looks like.
    assert_ne!(leaks(&with(&base(), "content/sources.toml", source("publisher = \"groups/vornholm\""))), []);
}

#[test]
fn one_degree_of_a_position_is_withheld_with_the_other() {
    for field in ["lat", "lon"] {
        let place =
            format!("[pier]\nname = \"Pier\"\nlat = 51.4711\nlon = 9.2233\nwithhold = [\"{field}\"]\n");
        let sources = with(&base(), "content/places.toml", place);
        assert_eq!(leaks(&sources), []);
        for (path, bytes) in crate::support::build(&sources).value.output.iter() {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("51.47") && !text.contains("9.2233"), "{path}");
        }
    }
}
