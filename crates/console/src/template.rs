//! Templates: embedded, one environment for each language so that parts and pages speak it, values escaped.

use crate::{assets, frame::Frame, screen};
use i18n::{Arg, Language};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior,
    syntax::SyntaxConfig,
    value::{Kwargs, Serde, Value},
};
use rust_embed::RustEmbed;
use serde::Serialize;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../templates/console"]
struct Files;

/// A screen: what its template sees.
pub(crate) trait View: Serialize {
    /// Its template.
    const TEMPLATE: &'static str;
}

#[derive(Serialize)]
struct Whole<'a, V> {
    frame: &'a Frame,
    page: &'a V,
}

static ENVIRONMENTS: LazyLock<[Result<Environment<'static>, String>; 3]> =
    LazyLock::new(|| Language::ALL.map(|language| environment(language).map_err(|error| format!("{error:#}"))));

fn environment(language: Language) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_function("t", move |id: &str, values: Kwargs| text(language, id, &values));
    environment.add_function("has_text", move |id: &str| i18n::has(language, id));
    environment.add_function("number", move |number: i64| i18n::number(language, number));
    environment.add_global("asset", Value::from(Serde(&assets::urls())));
    for path in Files::iter() {
        let Some(file) = Files::get(&path) else { continue };
        environment.add_template_owned(path.into_owned(), String::from_utf8_lossy(&file.data).into_owned())?;
    }
    Ok(environment)
}

/// `t("id", name=value)`.
fn text(language: Language, id: &str, values: &Kwargs) -> Result<String, Error> {
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let arg = match value.as_str() {
            Some(text) => Arg::from(text),
            None => Arg::Number(i64::try_from(value)?),
        };
        args.push((name, arg));
    }
    let missing = || {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("no text {id}, or not all of its values"),
        )
    };
    i18n::complete(language, id, &args).ok_or_else(missing)
}

/// A page in words.
pub(crate) fn render<V: View>(language: Language, frame: &Frame, page: &V) -> Result<String, Error> {
    let environment = ENVIRONMENTS[language as usize]
        .as_ref()
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.clone()))?;
    environment
        .get_template(V::TEMPLATE)?
        .render(Value::from(Serde(Whole { frame, page })))
}

/// Every page with made-up values, in a language: its template's name and what it gives, for tests that read them.
pub fn samples(language: Language) -> Vec<(&'static str, Result<String, String>)> {
    screen::samples(language)
}

/// The names of all templates, and their sources.
pub fn sources() -> Vec<(String, String)> {
    let source = |path: &str| Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    Files::iter()
        .filter_map(|path| Some((path.to_string(), source(&path)?)))
        .collect()
}
