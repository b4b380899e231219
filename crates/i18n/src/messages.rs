//! Messages by id, in the three languages.

use crate::language::Language;
use crate::safe::{CLOSE, OPEN, space_out, tame};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ALL.map(bundle));

/// What is placed into a message: a text of any origin, made harmless, or a number, written as the language does.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A name, a date in words, a list.
    Text(String),
    /// A count; messages choose their plural by it.
    Number(i64),
    /// A word of ours that messages choose by and never show.
    Key(&'static str),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            fn from(number: $kind) -> Self {
                Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}

numbers!(i32, i64, u8, u16, u32, u64, usize);

/// The message of that id (`id` or `id.attribute`) with the arguments in their places. A message that the language lacks
/// comes in English; one that nobody knows comes as its id; a missing argument comes as its name in braces.
pub fn text(language: Language, id: &str, args: &[(&str, Arg)]) -> String {
    let values = values(args);
    let found = format(language, id, &values).or_else(|| format(Language::En, id, &values));
    finished(language, found.map_or_else(|| id.to_owned(), |(text, _)| text))
}

/// The message in that very language, only when it exists and all its arguments are given.
pub fn complete(language: Language, id: &str, args: &[(&str, Arg)]) -> Option<String> {
    let (text, whole) = format(language, id, &values(args))?;
    whole.then(|| finished(language, text))
}

/// Whether the language itself has the message (`id` or `id.attribute`).
pub fn has(language: Language, id: &str) -> bool {
    pattern(&BUNDLES[language as usize], id).is_some()
}

fn finished(language: Language, text: String) -> String {
    if language == Language::ZhHant {
        space_out(&text)
    } else {
        text
    }
}

fn values<'a>(args: &[(&'a str, Arg)]) -> FluentArgs<'a> {
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        let value = match arg {
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Key(key) => FluentValue::from(*key),
            Arg::Text(text) => FluentValue::from(tame(text)),
        };
        values.set(*name, value);
    }
    values
}

/// The text, and whether nothing was missing in it.
fn format(language: Language, id: &str, args: &FluentArgs<'_>) -> Option<(String, bool)> {
    let bundle = &BUNDLES[language as usize];
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern(bundle, id)?, Some(args), &mut errors)
        .into_owned();
    Some((text, errors.is_empty()))
}

fn pattern<'b>(bundle: &'b Bundle, id: &str) -> Option<&'b fluent_syntax::ast::Pattern<&'b str>> {
    match id.split_once('.') {
        None => bundle.get_message(id)?.value(),
        Some((id, attribute)) => Some(bundle.get_message(id)?.get_attribute(attribute)?.value()),
    }
}

/// Files are checked by this crate's tests; at run time whatever can be read of them is used.
fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(language.as_str().parse().into_iter().collect());
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| in_words(Language::En, value),
        Language::Fr => |value, _| in_words(Language::Fr, value),
        Language::ZhHant => |value, _| in_words(Language::ZhHant, value),
    }));
    let folder = format!("{}/", language.as_str());
    for path in Files::iter().filter(|path| path.starts_with(&folder)) {
        let Some(file) = Files::get(&path) else { continue };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// How a value is placed. Chinese marks it here, not before: messages choose by values as they were given.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers are ever placed, see Arg"
)]
fn in_words(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::String(text) if language == Language::ZhHant => Some(format!("{OPEN}{text}{CLOSE}")),
        FluentValue::Number(number) if language == Language::ZhHant => Some(format!(
            "{OPEN}{}{CLOSE}",
            crate::words::number(language, number.value as i64)
        )),
        FluentValue::Number(number) => Some(crate::words::number(language, number.value as i64)),
        _ => None,
    }
}
