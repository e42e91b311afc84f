//! What templates can call. Everything here is a pure function of its arguments and of the words of
//! the interface; nothing reaches into the dossier, the disk, the network or the clock.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::diag::did_you_mean;
use crate::view::strings::Strings;

/// `t(key="page.people.heading")`: a text of the interface. Other arguments fill its placeholders;
/// `n` also chooses the plural form. An unknown key is an error.
pub const T: &str = "t";

pub fn register(engine: &mut Tera, strings: &Arc<Strings>) {
    let strings = Arc::clone(strings);
    // Most texts have nothing to fill in, and stand on every page.
    let texts: FxHashMap<String, Value> =
        strings.keys().map(|key| (key.to_owned(), Value::from(strings.fill(key, &[])))).collect();
    engine.register_function(T, move |arguments: Kwargs, _: &State| {
        let key: &str = arguments.must_get("key")?;
        match texts.get(key).filter(|_| arguments.iter().nth(1).is_none()) {
            Some(text) => Ok(text.clone()),
            None => filled(&strings, key, &arguments).map(Value::from),
        }
    });
}

fn filled(strings: &Strings, key: &str, arguments: &Kwargs) -> TeraResult<String> {
    if !strings.contains(key) {
        let near = did_you_mean(key, strings.keys())
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Error::message(format!("there is no text `{key}` in the table of words{near}")));
    }
    let mut n = None;
    let mut values: Vec<(String, String)> = Vec::new();
    for (name, value) in arguments.iter() {
        let name = name.to_string();
        if name == "key" {
            continue;
        }
        if name == "n" {
            n = value.as_u64().and_then(|n| usize::try_from(n).ok());
        }
        values.push((name, value.to_string()));
    }
    let values: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(match n {
        Some(n) => strings.plural(key, n, &values),
        None => strings.fill(key, &values),
    })
}
