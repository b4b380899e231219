//! `/program`.

use crate::{
    Api,
    caller::Caller,
    guard::Call,
    http::{ClientLanguage, DryRun, Problem},
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    program::Program,
    refusal::{Code, FieldError, Refusal},
};
use i18n::Language;
use serde_json::{Map, Value, json};
use serde_path_to_error::Segment;

/// Members whose names people read: in the caller's language under `name`, in all languages under `names`.
const NAMED: [&str; 2] = ["regions", "verticals"];

fn shown(program: &Program, language: Language) -> Value {
    let mut value = serde_json::to_value(program).unwrap_or_default();
    for item in named(&mut value) {
        if let Some(names) = item.remove("name") {
            item.insert(
                "name".to_owned(),
                names.get(language.as_str()).cloned().unwrap_or_default(),
            );
            item.insert("names".to_owned(), names);
        }
    }
    value
}

fn named(value: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let lists = value.as_object_mut().into_iter().flat_map(|program| {
        program
            .iter_mut()
            .filter(|(key, _)| NAMED.contains(&key.as_str()))
            .filter_map(|(_, list)| list.as_array_mut())
    });
    lists.flatten().filter_map(Value::as_object_mut)
}

/// A step of a JSON pointer.
fn step(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    }
}

fn read(mut value: Value) -> Result<Program, Refusal> {
    for item in named(&mut value) {
        let names = item.remove("names").or_else(|| {
            let one = item.get("name")?.as_str()?.to_owned();
            Some(json!({"en": one, "fr": one, "zh-Hant": one}))
        });
        if let Some(names) = names {
            item.insert("name".to_owned(), names);
        }
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path: String = error.path().iter().map(step).collect();
        let field = FieldError::new(path, Code::ProgramInvalid).with("value", error.inner());
        Refusal {
            errors: vec![field],
            ..Refusal::new(Code::ProgramInvalid)
        }
    })
}

/// The program under which new trials start.
#[utoipa::path(get, path = "/api/v1/program", tag = "program", responses((status = OK, body = Object)))]
pub(crate) async fn read_program(
    State(api): State<Api>,
    Caller(actor): Caller,
    ClientLanguage(language): ClientLanguage,
) -> Result<Json<Value>, Problem> {
    let program = api.app.read_program(&actor).await?;
    Ok(Json(shown(&program, language)))
}

/// PROG-1: checks a version against running trials and publishes it.
#[utoipa::path(post, path = "/api/v1/program", tag = "program", params(DryRun), request_body = Object, responses(
    (status = CREATED, body = Object), (status = OK, description = "A dry run.", body = Object),
))]
pub(crate) async fn publish_program(
    State(api): State<Api>,
    ClientLanguage(language): ClientLanguage,
    Call { actor, guard, body }: Call<Value>,
) -> Result<Response, Problem> {
    app::policy::allow(&actor, app::policy::Action::PublishProgram, api.app.clock.now())?;
    let body = body.finish()?;
    let publishing = async {
        let published = api.app.publish_program(&actor, read(body)?, guard.dry_run).await?;
        Ok(Program::clone(&published))
    };
    let published = api.app.once(&actor, guard.idem.as_ref(), publishing).await?;
    let status = if guard.dry_run {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(shown(&published, language))).into_response())
}
