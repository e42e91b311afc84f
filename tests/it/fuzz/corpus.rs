//! The texts that inputs are made of: what the repository holds of each notation, small texts that hold its rare parts,
//! and what was found before.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::mutate::Pool;
use super::words::{self, ODD};
use crate::import::{exported, others};
use crate::pictures::from_a_telephone;
use crate::support::sources;

/// A text that is longer is taken in pieces.
const PIECE: usize = 4096;

/// The corpus of a target.
pub fn pool(target: &str) -> Pool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ending = |ending: &str| {
        let files = below(&root.join("content")).into_iter().chain(below(&root.join("tests/it")));
        let found = files.filter(|path| path.extension().is_some_and(|found| found == ending));
        found.flat_map(|path| pieces(&fs::read(path).unwrap())).collect::<Vec<_>>()
    };
    let seeds = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    let import = |format: &str, texts: &[&str]| {
        let mut entries = seeds(texts);
        entries.extend(exports(format));
        (entries, [words::JSON, words::DATES].concat())
    };
    let (entries, words): (Vec<Vec<u8>>, Vec<&str>) = match target {
        "dates" | "calendars" => {
            let vectors =
                include_str!("../edtf_vectors.txt").lines().filter_map(|line| line.split('|').nth(1));
            let vectors = vectors.map(|text| text.trim().replace('␠', " ").into_bytes());
            (vectors.chain(seeds(words::DATE_SEEDS)).collect(), words::DATES.to_vec())
        }
        "citations" => (seeds(words::CITATION_SEEDS), words::CITATIONS.to_vec()),
        "queries" => (seeds(words::QUERY_SEEDS), [words::QUERIES, words::DATES].concat()),
        "figures" => (seeds(words::FIGURE_SEEDS), words::FIGURES.to_vec()),
        "names" => (names(root), words::NAMES.to_vec()),
        "markdown" => (ending("md"), [words::MARKDOWN, words::TOML].concat()),
        "records" => (records(root), [words::TOML, words::MARKDOWN, words::DATES].concat()),
        "settings" => {
            let files = below(&root.join("tests/it")).into_iter().chain([root.join("site.toml")]);
            let files = files.filter(|path| path.ends_with("site.toml"));
            let entries = files.map(|path| fs::read(path).unwrap()).chain(seeds(words::SETTINGS_SEEDS));
            (entries.collect(), [words::SETTINGS, words::TOML].concat())
        }
        "bibliographies" => {
            let entries = ending("bib").into_iter().chain(seeds(&[others::BIBLIOGRAPHY]));
            (entries.collect(), words::BIBTEX.to_vec())
        }
        "strings" => {
            let folder = root.join("templates/strings");
            let texts = below(&folder).into_iter().flat_map(|path| pieces(&fs::read(path).unwrap()));
            (texts.collect(), words::TOML.to_vec())
        }
        "templates" => {
            let texts =
                below(&root.join("templates")).into_iter().filter(|path| path.extension().unwrap() == "html");
            (texts.flat_map(|path| pieces(&fs::read(path).unwrap())).collect(), words::TEMPLATES.to_vec())
        }
        "dossiers" | "sites" => {
            let mut entries = dossiers(&root.join("tests/it/problems"));
            entries.extend(ending("md"));
            entries.extend(records(root));
            (entries, [words::MARKDOWN, words::TOML, words::FILES, words::DATES].concat())
        }
        "drawings" => {
            (ending("svg").into_iter().chain(seeds(words::DRAWING_SEEDS)).collect(), words::DRAWINGS.to_vec())
        }
        "pictures" => (photographs(), words::PICTURES.to_vec()),
        "searches" => {
            let entries = photographs().into_iter().chain(seeds(words::SEARCH_SEEDS)).chain(ending("svg"));
            (entries.collect(), [words::SEARCHES, words::PICTURES, words::DRAWINGS].concat())
        }
        "import_bibtex" => {
            let (mut entries, _) = import("bibliography", &[others::BIBLIOGRAPHY]);
            entries.retain(|entry| entry.windows(4).any(|part| part == b".bib"));
            entries.extend(seeds(&[others::BIBLIOGRAPHY]));
            (entries, words::BIBTEX.to_vec())
        }
        "import_csv" => (import("csv", words::TABLE_SEEDS).0, [words::TABLES, words::DATES].concat()),
        "import_followthemoney" => import("followthemoney", &[others::ENTITIES]),
        "import_json" => import("json", words::JSON_SEEDS),
        "import_popolo" => import("popolo", &[others::POPOLO]),
        "import_timelinejs" => import("timelinejs", &[others::TIMELINE]),
        "import_wikidata" => (entities(), [words::JSON, words::WIKIDATA].concat()),
        _ => panic!("{target} has no corpus"),
    };
    let words = words.iter().chain(ODD).map(|word| word.as_bytes().to_vec()).collect();
    Pool { found: found(root, target), entries, words }
}

/// The files in a folder and below it, in order.
fn below(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

/// What was found before: it runs first.
fn found(root: &Path, target: &str) -> Vec<Vec<u8>> {
    let folder = root.join("tests/it/fuzz/found").join(target);
    if !folder.exists() {
        return Vec::new();
    }
    below(&folder).into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A text in pieces that end where a line ends.
fn pieces(text: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = vec![Vec::new()];
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if pieces.last().unwrap().len() + line.len() > PIECE {
            pieces.push(Vec::new());
        }
        pieces.last_mut().unwrap().extend_from_slice(line);
    }
    pieces
}

/// A file as a part of an input.
fn part(path: &str, bytes: &[u8]) -> Vec<u8> {
    let mut part = format!("=== {path}\n").into_bytes();
    part.extend_from_slice(bytes);
    if !bytes.ends_with(b"\n") {
        part.push(b'\n');
    }
    part
}

/// The dossiers in a folder, each as one input.
fn dossiers(folder: &Path) -> Vec<Vec<u8>> {
    let mut inputs = BTreeMap::<String, Vec<u8>>::new();
    for path in below(folder) {
        let below = path.strip_prefix(folder).unwrap().to_str().unwrap();
        let (case, path_in_it) = below.split_once('/').unwrap();
        if path_in_it.starts_with("content/") || path_in_it == "site.toml" {
            inputs.entry(case.to_owned()).or_default().extend(part(path_in_it, &fs::read(&path).unwrap()));
        }
    }
    inputs.into_values().filter(|input| input.len() < 2 * PIECE).collect()
}

/// The tables of records of the demonstration and of dossiers among the tests.
fn records(root: &Path) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    for path in below(root) {
        let name = path.to_str().unwrap();
        let Some((_, inside)) = name.rsplit_once("content/") else { continue };
        let is_here = path.starts_with(root.join("content")) || path.starts_with(root.join("tests/it"));
        if is_here && inside.ends_with(".toml") {
            let text = fs::read(&path).unwrap();
            entries.extend(pieces(&text).iter().map(|piece| part(&format!("content/{inside}"), piece)));
        }
    }
    entries
}

/// What is exported of a small dossier comes from a format, too.
fn exports(format: &str) -> Vec<Vec<u8>> {
    let dossier = sources(&[
        (
            "content/people.toml",
            "[ada]\nname = \"Ada Berg\"\nnames = { fa = \"آدا برگ\", aka = [\"Aada\"] }\nborn = \"1961~\"\nroles = [{ role = \
             \"head\", of = \"grp\", from = \"2021\", cite = \"s ¶2\" }]\nids = { wikidata = \"Q1\" }\n[bo]\nname = \"Bo\"\n",
        ),
        (
            "content/groups.toml",
            "[grp]\nname = \"Grp\"\ntype = \"other\"\npart_of = \"big\"\n[big]\nname = \"Big\"\ntype = \"state\"\n",
        ),
        (
            "content/meetings.toml",
            "[m]\ndate = \"2023-06\"\nplace = \"port\"\nparticipants = [\"ada\", { who = \"bo\", for = \"grp\" }, { desc = \
             \"officials\", count = \"2..\" }]\ncite = \"s ¶1 citing 'an aide'\"\ndenied_by = { who = \"big\", words = \"No.\" }\n",
        ),
        (
            "content/events.toml",
            "[e]\ntitle = \"E\"\ndate = \"2023-06-18/2023-07-02\"\ninvolved = [\"bo\"]\n",
        ),
        ("content/places.toml", "[port]\nname = \"Port\"\nlat = 1.5\nlon = -2.5\n"),
        ("content/relations.toml", "[r]\nfrom = \"ada\"\nto = \"grp\"\ntype = \"owns\"\nsince = \"2020\"\n"),
        (
            "content/sources.toml",
            "[s]\ntitle = \"S\"\ntype = \"report\"\nby = \"groups/grp\"\npublished = \"2023-07\"\n",
        ),
        ("content/people/bo.md", "Bo met [[ada]] [@s ¶1].\n"),
    ]);
    let files = exported(format, &dossier);
    let small =
        files.iter().filter(|(path, bytes)| !path.ends_with(".schema.json") && bytes.len() < 3 * PIECE);
    let each: Vec<Vec<u8>> = small.map(|(path, bytes)| part(path, bytes)).collect();
    let all = each.concat();
    each.into_iter().chain([all]).collect()
}

/// Each entity of a file of Wikidata alone, and some together.
fn entities() -> Vec<Vec<u8>> {
    let whole: serde_json::Value = serde_json::from_str(include_str!("../import/selvara.json")).unwrap();
    let all: Vec<_> = whole["entities"].as_object().unwrap().iter().collect();
    let some = |entities: &[(&String, &serde_json::Value)]| {
        let map = entities.iter().map(|(id, entity)| ((*id).clone(), (*entity).clone()));
        serde_json::json!({ "entities": serde_json::Value::Object(map.collect()) }).to_string().into_bytes()
    };
    let each = all.chunks(1).chain(all.chunks(3)).map(some);
    each.filter(|entry| entry.len() < 3 * PIECE).collect()
}

/// Every spelling that the tables of names are held to.
fn names(root: &Path) -> Vec<Vec<u8>> {
    let list = fs::read_to_string(root.join("src/model/fold/names.txt")).unwrap();
    let lines: Vec<&str> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    lines.chunks(2).map(|pair| pair.join("\n").into_bytes()).collect()
}

/// A picture in each format, and what telephones write into one.
fn photographs() -> Vec<Vec<u8>> {
    let (width, height) = (12u32, 9u32);
    let pixels: Vec<u8> = (0..width * height).flat_map(|at| [at as u8, (at * 7) as u8, 90]).collect();
    let mut all: Vec<Vec<u8>> = (1..9).map(|orientation| from_a_telephone(16, 12, orientation)).collect();
    let mut small = Vec::new();
    let size = (width as u16, height as u16);
    jpeg_encoder::Encoder::new(&mut small, 80)
        .encode(&pixels, size.0, size.1, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    all.push(small);
    for (colour, data) in [(png::ColorType::Rgb, &pixels[..]), (png::ColorType::Grayscale, &pixels[..108])] {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.add_text_chunk("Author".to_owned(), "N. Ob".to_owned()).unwrap();
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        all.push(out);
    }
    let mut out = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut out);
    encoder.encode(&pixels, width, height, image_webp::ColorType::Rgb8).unwrap();
    all.push(out);
    let mut out = Vec::new();
    {
        let mut encoder = gif::Encoder::new(&mut out, 2, 2, &[0, 0, 0, 255, 255, 255]).unwrap();
        for colour in [0, 1] {
            encoder.write_frame(&gif::Frame::from_indexed_pixels(2, 2, vec![colour; 4], None)).unwrap();
        }
    }
    all.push(out);
    all
}
