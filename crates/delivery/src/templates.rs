//! From words to HTML and text: one layout for all emails, embedded, or the operator's own.

use crate::context::Context;
use crate::letter::{Letter, RenderError, Rendered};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, escape_formatter};
use mrml::prelude::render::RenderOptions;
use rust_embed::RustEmbed;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../templates/email"]
struct Files;

const HTML: &str = "layout.mjml.j2";
const TEXT: &str = "layout.txt.j2";

/// The layouts of emails, read and checked once.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

/// Why the layouts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplatesError {
    /// The operator's folder or a file in it cannot be read.
    #[error("cannot read the email template {path}: {source}")]
    Read {
        /// Folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A layout is missing from the binary.
    #[error("the email template {0} is missing")]
    Missing(&'static str),
    /// A layout is not a template.
    #[error("the email template is not valid: {0}")]
    Syntax(#[from] minijinja::Error),
}

impl Templates {
    /// The layouts; each of `layout.mjml.j2` and `layout.txt.j2` comes from the folder where it has one.
    pub fn new(folder: Option<PathBuf>) -> Result<Self, TemplatesError> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|name| {
            if name == HTML {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        environment.set_formatter(escaped);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        for name in [HTML, TEXT] {
            environment.add_template_owned(name, source(folder.as_deref(), name)?)?;
        }
        Ok(Templates { environment })
    }

    /// The letter in words, as HTML and as text.
    pub fn render(&self, letter: &Letter<'_>) -> Result<Rendered, RenderError> {
        let context = Context::new(letter)?;
        let values = Value::from(Serde(&context));
        let mjml = self.environment.get_template(HTML)?.render(values.clone())?;
        let text = self.environment.get_template(TEXT)?.render(values)?;
        let links = context.links();
        Ok(Rendered {
            html: html(&mjml)?,
            text,
            links,
            subject: context.subject,
        })
    }
}

/// The letter in words, with the embedded layouts.
pub fn render(letter: &Letter<'_>) -> Result<Rendered, RenderError> {
    static EMBEDDED: LazyLock<Result<Templates, TemplatesError>> = LazyLock::new(|| Templates::new(None));
    let templates = EMBEDDED
        .as_ref()
        .map_err(|error| RenderError::Layout(error.to_string()))?;
    templates.render(letter)
}

fn source(folder: Option<&Path>, name: &'static str) -> Result<String, TemplatesError> {
    if let Some(folder) = folder {
        let failed = |path: &Path, source| TemplatesError::Read {
            path: path.to_owned(),
            source,
        };
        std::fs::read_dir(folder).map_err(|error| failed(folder, error))?;
        let path = folder.join(name);
        match std::fs::read_to_string(&path) {
            Ok(source) => return Ok(source),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(&path, error)),
        }
    }
    let file = Files::get(name).ok_or(TemplatesError::Missing(name))?;
    Ok(String::from_utf8_lossy(&file.data).into_owned())
}

fn html(mjml: &str) -> Result<String, RenderError> {
    let failed = |error: &dyn std::error::Error| RenderError::Layout(error.to_string());
    let parsed = mrml::parse(mjml).map_err(|error| failed(&error))?;
    // No web fonts: opening an email must not call anyone.
    let options = RenderOptions {
        fonts: Default::default(),
        ..RenderOptions::default()
    };
    parsed.element.render(&options).map_err(|error| failed(&error))
}

/// As the engine's own, but slashes stay, so that addresses in the source are those that were given.
fn escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let Some(text) = value
        .as_str()
        .filter(|_| matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe())
    else {
        return escape_formatter(out, state, value);
    };
    for c in text.chars() {
        match c {
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '&' => out.write_str("&amp;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            other => out.write_char(other),
        }?;
    }
    Ok(())
}
