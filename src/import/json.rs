//! The JSON of a dossier, whole or of one record -> its records again.

use serde_json::Value;

use super::{Import, Input, Taken, problems};
use crate::diag::Diagnostic;
use crate::export::plain::Fields;
use crate::model::Kind;
use crate::source::SourceFile;

pub const IMPORT: Import = Import {
    name: "json",
    about: "the JSON of another dossier, or of one of its records",
    endings: &["json"],
    scheme: "",
    leaves_out: &[
        "`computed`, which follows from the records",
        "pictures and held copies, whose files are not in JSON",
    ],
    cites_itself: true,
    read,
};

fn read(input: &Input, taken: &mut Taken) -> Vec<Diagnostic> {
    input.files.iter().filter_map(|file| one(file, taken).err()).flatten().collect()
}

fn one(file: &SourceFile, taken: &mut Taken) -> Result<(), Vec<Diagnostic>> {
    taken.reads(file);
    let value = problems::whole(file)?;
    let Value::Object(mut whole) = value else {
        return Err(problems::not_of(file, "a dossier", "it holds no object"));
    };
    let single = whole.get("kind").and_then(Value::as_str).map(str::to_owned);
    if let Some(kind) = single {
        let kinds = Kind::RECORDS.into_iter().chain([Kind::Article]);
        let kind = kinds.into_iter().find(|known| known.singular() == kind);
        let kind =
            kind.ok_or_else(|| problems::not_of(file, "a dossier", "there is no such `kind` of records"))?;
        record(kind, whole, taken);
        return Ok(());
    }
    if !whole.contains_key("dossier") {
        let missing = "it has neither `dossier` nor `kind`, which those of `dossier export json` have";
        return Err(problems::not_of(file, "a dossier", missing));
    }
    if let Some(Value::Object(about)) = whole.remove("dossier") {
        taken.about = about;
    }
    for kind in Kind::RECORDS.into_iter().chain([Kind::Article]) {
        let Some(Value::Array(records)) = whole.remove(kind.plural()) else { continue };
        for value in records {
            match value {
                Value::Object(fields) => record(kind, fields, taken),
                other => taken.lose(kind.plural(), "record", other.to_string(), "no object"),
            }
        }
    }
    whole.remove("$schema");
    for (field, value) in whole {
        taken.lose(file.path.clone(), field, value.to_string(), "there is no kind of records of that name");
    }
    Ok(())
}

fn record(kind: Kind, mut fields: Fields, taken: &mut Taken) {
    let key = match fields.remove("key") {
        Some(Value::String(key)) => key,
        other => {
            let said = other.map_or_else(String::new, |value| value.to_string());
            taken.lose(kind.plural(), "key", said, "a record without a key");
            return;
        }
    };
    fields.remove("computed");
    fields.remove("kind");
    taken.keys.give_own(kind, &format!("{}/{key}", kind.plural()), &key);
    taken.say(kind, &key, fields);
}
