//! `once(component="row", root=root, row=row)`: what a component makes of its arguments, made once for all the
//! pages that show it.
//!
//! Values that are the very same, which stand on many pages ([`Shared`](crate::view::page::Shared)), are told apart by
//! where they lie in memory, and kept so that nothing else can come to lie there; texts, numbers and flags by what
//! they are.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock, RwLock, Weak};

use rustc_hash::{FxHashMap, FxHasher};
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

pub const ONCE: &str = "once";

/// What a component can be given beside its arguments, as `@root`.
const IMPLICIT: &str = "root";

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
    arguments: Kwargs,
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
    fn of(&self, arguments: Kwargs) -> TeraResult<Value> {
        let Some(engine) = self.engine.get().and_then(Weak::upgrade) else { return Ok(Value::none()) };
        let hash = hash(&arguments);
        if let Ok(made) = self.made.read()
            && let Some(made) = made
                .get(&hash)
                .and_then(|made| made.iter().find(|made| are_same(&made.arguments, &arguments)))
        {
            return Ok(made.html.clone());
        }
        let component: &str = arguments.must_get("component")?;
        let (mut own, mut implicit) = (Context::new(), Context::new());
        for (name, value) in arguments.iter() {
            match name.to_string() {
                name if name == "component" => {}
                name if name == IMPLICIT => implicit.insert_value(name, value.clone()),
                name => own.insert_value(name, value.clone()),
            }
        }
        let Ok(html) = engine.render_component_with_implicits(component, &own, &implicit, None, true) else {
            return Ok(Value::none());
        };
        let html = Value::safe_string(&html);
        if let Ok(mut made) = self.made.write() {
            made.entry(hash).or_default().push(Made { html: html.clone(), arguments });
        }
        Ok(html)
    }
}

fn hash(arguments: &Kwargs) -> u64 {
    let mut hasher = FxHasher::default();
    for (_, value) in arguments.iter() {
        match place(value) {
            Some(place) => place.hash(&mut hasher),
            None => match value.as_str() {
                Some(text) => text.hash(&mut hasher),
                // Flags and numbers, which tell few calls apart.
                None => value.is_truthy().hash(&mut hasher),
            },
        }
    }
    hasher.finish()
}

fn are_same(one: &Kwargs, other: &Kwargs) -> bool {
    let are_same = |one: &Value, other: &Value| match (place(one), place(other)) {
        (None, None) => one == other,
        (one, other) => one == other,
    };
    one.iter().count() == other.iter().count()
        && one
            .iter()
            .zip(other.iter())
            .all(|((name, value), (other, others))| name == other && are_same(value, others))
}

/// Where a value of many parts lies.
fn place(value: &Value) -> Option<usize> {
    let map = value.as_map().map(|map| std::ptr::from_ref(map).addr());
    map.or_else(|| value.as_array().map(|array| array.as_ptr().addr()))
}
