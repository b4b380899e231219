//! The shape of a wire type, out of the schema that the documentation shows: what clients read is what is checked.

use serde_json::Value;
use std::any::{TypeId, type_name};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use utoipa::openapi::path::ParameterIn;
use utoipa::{IntoParams, ToSchema};

/// What a value may look like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Any,
    Null,
    Bool,
    Integer,
    Number,
    /// A text; where they are listed, one of these.
    Text(Option<Vec<String>>),
    List(Box<Shape>),
    Record(Record),
    /// A type by its name.
    Named(String),
    OneOf(Vec<Shape>),
}

/// Members by name, and the shape of others; `None` refuses them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) members: BTreeMap<String, Shape>,
    pub(super) required: Vec<String>,
    pub(super) rest: Option<Box<Shape>>,
}

/// A type with the types that it names.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) root: Shape,
    pub(super) named: HashMap<String, Shape>,
}

static BODIES: LazyLock<RwLock<HashMap<TypeId, Arc<Compiled>>>> = LazyLock::new(RwLock::default);
static PARAMETERS: LazyLock<RwLock<HashMap<TypeId, Arc<Compiled>>>> = LazyLock::new(RwLock::default);

/// The shape of a body, made once for each type.
pub(super) fn of_body<T: ToSchema + 'static>() -> Arc<Compiled> {
    cached::<T>(&BODIES, || {
        let mut components = Vec::new();
        T::schemas(&mut components);
        let named = components
            .into_iter()
            .map(|(name, schema)| (name, plain(&schema)))
            .collect();
        Compiled::new(&plain(&T::schema()), &named)
    })
}

/// The shape of the parameters of a query, as one record, made once for each type.
pub(super) fn of_params<T: IntoParams + 'static>() -> Arc<Compiled> {
    cached::<T>(&PARAMETERS, || {
        let mut record = Record::default();
        let documented = T::into_params(|| None)
            .iter()
            .all(|parameter| plain(parameter)["in"] == "query");
        debug_assert!(
            documented,
            "{} lacks #[into_params(parameter_in = Query)]",
            type_name::<T>()
        );
        for parameter in T::into_params(|| Some(ParameterIn::Query)) {
            let parameter = plain(&parameter);
            if parameter["in"] != "query" {
                continue;
            }
            let Some(name) = parameter["name"].as_str() else {
                continue;
            };
            record
                .members
                .insert(name.to_owned(), shape(&parameter["schema"], &HashMap::new()));
            if parameter["required"] == true {
                record.required.push(name.to_owned());
            }
        }
        Compiled {
            root: Shape::Record(record),
            named: HashMap::new(),
        }
    })
}

fn cached<T: 'static>(
    cache: &RwLock<HashMap<TypeId, Arc<Compiled>>>,
    make: impl FnOnce() -> Compiled,
) -> Arc<Compiled> {
    let id = TypeId::of::<T>();
    if let Some(found) = cache.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Arc::clone(found);
    }
    let made = Arc::new(make());
    Arc::clone(
        cache
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(id)
            .or_insert(made),
    )
}

fn plain(schema: &impl serde::Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

impl Compiled {
    fn new(root: &Value, components: &HashMap<String, Value>) -> Self {
        let named = components
            .iter()
            .map(|(name, schema)| (name.clone(), closed(shape(schema, components), schema)));
        Self {
            named: named.collect(),
            root: closed(shape(root, components), root),
        }
    }

    /// The shape behind its names. A name that nobody knows means anything.
    pub(super) fn resolve<'c>(&'c self, mut shape: &'c Shape) -> &'c Shape {
        for _ in 0..8 {
            match shape {
                Shape::Named(name) => shape = self.named.get(name).unwrap_or(&Shape::Any),
                _ => return shape,
            }
        }
        &Shape::Any
    }

    /// Whether nothing at all is enough: the empty body of an action.
    pub(super) fn allows_empty(&self) -> bool {
        matches!(self.resolve(&self.root), Shape::Record(record) if record.required.is_empty())
    }
}

/// A type without members has none; only where a member is said to be any object may it hold anything.
fn closed(shape: Shape, schema: &Value) -> Shape {
    match shape {
        Shape::Record(record) if record.members.is_empty() && schema.get("additionalProperties").is_none() => {
            Shape::Record(Record { rest: None, ..record })
        }
        other => other,
    }
}

fn shape(schema: &Value, components: &HashMap<String, Value>) -> Shape {
    if let Some(target) = schema["$ref"].as_str() {
        return Shape::Named(target.rsplit('/').next().unwrap_or_default().to_owned());
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return together(parts, components);
    }
    if let Some(parts) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return one_of(parts.iter().map(|part| shape(part, components)).collect());
    }
    match &schema["type"] {
        Value::String(kind) => typed(kind, schema, components),
        Value::Array(kinds) => one_of(
            kinds
                .iter()
                .filter_map(Value::as_str)
                .map(|kind| typed(kind, schema, components))
                .collect(),
        ),
        _ => listed(schema).map_or(Shape::Any, |texts| Shape::Text(Some(texts))),
    }
}

fn typed(kind: &str, schema: &Value, components: &HashMap<String, Value>) -> Shape {
    match kind {
        "null" => Shape::Null,
        "boolean" => Shape::Bool,
        "integer" => Shape::Integer,
        "number" => Shape::Number,
        "string" => Shape::Text(listed(schema)),
        "array" if schema["items"].is_object() => Shape::List(Box::new(shape(&schema["items"], components))),
        "array" => Shape::List(Box::new(Shape::Any)),
        "object" => Shape::Record(record(schema, components)),
        _ => Shape::Any,
    }
}

/// The texts of `enum` or `const`.
fn listed(schema: &Value) -> Option<Vec<String>> {
    let texts = |items: &[Value]| items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    match (&schema["enum"], &schema["const"]) {
        (Value::Array(items), _) => Some(texts(items)),
        (_, Value::String(only)) => Some(vec![only.clone()]),
        _ => None,
    }
}

fn record(schema: &Value, components: &HashMap<String, Value>) -> Record {
    let properties = schema["properties"].as_object();
    let members = properties
        .into_iter()
        .flatten()
        .map(|(name, part)| (name.clone(), shape(part, components)));
    let required = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned);
    let rest = match schema.get("additionalProperties") {
        Some(Value::Bool(true)) => Some(Box::new(Shape::Any)),
        Some(part @ Value::Object(_)) => Some(Box::new(shape(part, components))),
        Some(_) => None,
        None => properties.is_none().then(|| Box::new(Shape::Any)),
    };
    Record {
        members: members.collect(),
        required: required.collect(),
        rest,
    }
}

/// `allOf`, as flattened structs have it: one record of all members. What is no record makes it an open one.
fn together(parts: &[Value], components: &HashMap<String, Value>) -> Shape {
    if let [only] = parts {
        return shape(only, components);
    }
    let mut whole = Record::default();
    for part in parts {
        let mut part = shape(part, components);
        for _ in 0..8 {
            let Shape::Named(name) = &part else { break };
            let Some(schema) = components.get(name) else { break };
            part = closed(shape(schema, components), schema);
        }
        match part {
            Shape::Record(record) => {
                whole.members.extend(record.members);
                whole.required.extend(record.required);
                whole.rest = whole.rest.or(record.rest);
            }
            _ => whole.rest = Some(Box::new(Shape::Any)),
        }
    }
    Shape::Record(whole)
}

fn one_of(parts: Vec<Shape>) -> Shape {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Shape::OneOf(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() == 1 {
        flat.remove(0)
    } else {
        Shape::OneOf(flat)
    }
}
