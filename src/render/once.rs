//! `once(component="row", root=root, row=row)`: what a component makes of its arguments, made once for all the
//! pages that show it. `once(component="row", root=root, each="row", of=rows)`: the same of each value of a list, one
//! after the other.
//!
//! Values that are the very same, which stand on many pages ([`Shared`](crate::view::page::Shared)), are told apart by
//! where they lie in memory, and kept so that nothing else can come to lie there; texts, numbers and flags by what
//! they are.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock, RwLock, Weak};

use rustc_hash::{FxHashMap, FxHasher};
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::limits::{Bounded, deeper};

pub const ONCE: &str = "once";

/// What a component can be given beside its arguments, as `@root`.
const IMPLICIT: &str = "root";

/// The argument that is another for each value of a list, and the list.
const EACH: &str = "each";
const OF: &str = "of";

/// What components made of their arguments.
#[derive(Default)]
pub struct Once {
    /// The templates, if no component sees more than its arguments.
    engine: OnceLock<Weak<Tera>>,
    /// By the hash of the arguments.
    made: RwLock<FxHashMap<u64, Vec<Made>>>,
}

struct Made {
    html: Value,
    /// Kept for the places of their values, too.
    arguments: Box<[(Key<'static>, Value)]>,
    /// The one beside these.
    item: Option<Value>,
}

impl Once {
    /// Makes it known in templates, where it gives nothing while there is nothing to be shared.
    pub fn register(self: &Arc<Self>, engine: &mut Tera) {
        let once = Arc::clone(self);
        engine.register_function(ONCE, move |arguments: Kwargs, _: &State| once.of(arguments));
    }

    /// Begins to share what the components of these templates make, unless one of them sees more of a page than its
    /// arguments.
    pub fn begin(&self, engine: &Arc<Tera>) {
        let sees_more = |name: &str| {
            let declared = engine.get_component_definition(name);
            declared.is_some_and(|component| {
                component.args().iter().any(|arg| arg.is_implicit() && arg.name() != IMPLICIT)
            })
        };
        if !engine.get_component_names().any(sees_more) {
            // Only ever set here, once for each set of templates.
            let _ = self.engine.set(Arc::downgrade(engine));
        }
    }

    /// Forgets what was made, since the pages to come show other values.
    pub fn forget(&self) {
        if let Ok(mut made) = self.made.write() {
            made.clear();
        }
    }

    /// The HTML of a component, or nothing: a component that fails is to be used in its place, where the error can
    /// say on which line.
    fn of(&self, given: Kwargs) -> TeraResult<Value> {
        let Some(engine) = self.engine.get().and_then(Weak::upgrade) else { return Ok(Value::none()) };
        let component: &str = given.must_get("component")?;
        let (mut each, mut list) = (None, None);
        let mut hasher = FxHasher::default();
        for (name, value) in given.iter() {
            match name.as_str() {
                Some(EACH) => each = value.as_str(),
                Some(OF) => list = value.as_array(),
                _ => hash(value, &mut hasher),
            }
        }
        let asked = Asked { engine: &engine, component, given: &given, hasher };
        let (Some(each), Some(list)) = (each, list) else {
            return Ok(self.made(&asked, None)?.unwrap_or_else(Value::none));
        };
        let mut all = String::new();
        for item in list {
            match self.made(&asked, Some((each, item)))?.as_ref().and_then(Value::as_str) {
                Some(html) => all.push_str(html),
                None => return Ok(Value::none()),
            }
        }
        Ok(Value::safe_string(&all))
    }

    /// What was made of these arguments, or is made now; nothing if it fails.
    fn made(&self, asked: &Asked, item: Option<(&str, &Value)>) -> TeraResult<Option<Value>> {
        let mut hasher = asked.hasher.clone();
        item.into_iter().for_each(|(_, value)| hash(value, &mut hasher));
        let hash = hasher.finish();
        if let Some(html) = self.known(hash, asked, item.map(|(_, value)| value)) {
            return Ok(Some(html));
        }
        let html = deeper(|| rendered(asked, item))?;
        Ok(html.inspect(|html| {
            let arguments = asked.arguments().map(|(name, value)| (name.clone(), value.clone())).collect();
            let item = item.map(|(_, value)| value.clone());
            if let Ok(mut all) = self.made.write() {
                all.entry(hash).or_default().push(Made { html: html.clone(), arguments, item });
            }
        }))
    }

    fn known(&self, hash: u64, asked: &Asked, item: Option<&Value>) -> Option<Value> {
        let made = self.made.read().ok()?;
        let is_it = |made: &&Made| {
            let is_item = match (&made.item, item) {
                (Some(one), Some(other)) => are_same(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            let mut others = asked.arguments();
            let is_same = |(name, value): &(Key<'static>, Value)| {
                others.next().is_some_and(|(other, given)| name == other && are_same(value, given))
            };
            is_item && made.arguments.iter().all(is_same) && others.next().is_none()
        };
        Some(made.get(&hash)?.iter().find(is_it)?.html.clone())
    }
}

/// A component that is asked for.
struct Asked<'a> {
    engine: &'a Tera,
    component: &'a str,
    given: &'a Kwargs,
    /// Has heard of its arguments.
    hasher: FxHasher,
}

impl Asked<'_> {
    /// What the component is given, but for the value of a list.
    fn arguments(&self) -> impl Iterator<Item = (&Key<'static>, &Value)> {
        self.given.iter().filter(|(name, _)| !matches!(name.as_str(), Some(EACH | OF)))
    }
}

fn rendered(asked: &Asked, item: Option<(&str, &Value)>) -> Option<Value> {
    let (mut own, mut implicit) = (Context::new(), Context::new());
    for (name, value) in asked.arguments() {
        match name.to_string() {
            name if name == "component" => {}
            name if name == IMPLICIT => implicit.insert_value(name, value.clone()),
            name => own.insert_value(name, value.clone()),
        }
    }
    if let Some((name, value)) = item {
        own.insert_value(name.to_owned(), value.clone());
    }
    let mut html = Vec::new();
    let write = Bounded::new(&mut html);
    asked
        .engine
        .render_component_with_implicits_to(asked.component, &own, &implicit, None, true, write)
        .ok()?;
    Some(Value::safe_string(std::str::from_utf8(&html).ok()?))
}

fn hash(value: &Value, hasher: &mut FxHasher) {
    match place(value) {
        Some(place) => place.hash(hasher),
        None => match value.as_str() {
            Some(text) => text.hash(hasher),
            // Flags and numbers, which tell few calls apart.
            None => value.is_truthy().hash(hasher),
        },
    }
}

fn are_same(one: &Value, other: &Value) -> bool {
    match (place(one), place(other)) {
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

/// Where a value of many parts lies.
fn place(value: &Value) -> Option<usize> {
    let map = value.as_map().map(|map| std::ptr::from_ref(map).addr());
    map.or_else(|| value.as_array().map(|array| array.as_ptr().addr()))
}
