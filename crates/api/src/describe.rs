//! What holds for every operation, written into the description once: keys, versions, problems.

use serde_json::json;
use utoipa::openapi::{
    Content, HttpMethod, OpenApi, PathItem, Ref, RefOr, Required, Response, ResponseBuilder,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    schema::{ObjectBuilder, Schema, Type},
};

/// The finished description.
pub(crate) fn complete(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), problem_schema());
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation
                .responses
                .responses
                .insert("default".to_owned(), RefOr::T(problem()));
            let parameters = operation.parameters.get_or_insert_default();
            if method == HttpMethod::Post {
                parameters.push(header(
                    "Idempotency-Key",
                    false,
                    "The same again for 24 hours, done once.",
                ));
            }
            let based = [HttpMethod::Put, HttpMethod::Patch, HttpMethod::Delete].contains(&method);
            let changes = based || (method == HttpMethod::Post && path.contains('{'));
            if changes {
                let required = method != HttpMethod::Post;
                parameters.push(header(
                    "If-Match",
                    required,
                    "The version (`ETag`) that the change is based on.",
                ));
            }
        }
    }
    document
}

fn operations(item: &mut PathItem) -> Vec<(HttpMethod, &mut Operation)> {
    let all = [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Patch, &mut item.patch),
        (HttpMethod::Delete, &mut item.delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
        .collect()
}

fn header(name: &str, required: bool, description: &str) -> RefOr<Parameter> {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(text()))
        .build();
    RefOr::T(parameter)
}

fn text() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn problem() -> Response {
    ResponseBuilder::new()
        .description("A problem (RFC 9457).")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build()
}

/// RFC 9457 with `code` and `errors`; more members by code.
fn problem_schema() -> RefOr<Schema> {
    let schema = json!({
        "type": "object",
        "description": "What went wrong: `code` for programs, `title` and `detail` in the language of the request.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "errors": {"type": "array", "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"}, "code": {"type": "string"}, "detail": {"type": "string"}
                }
            }},
            "services": {"type": "array", "items": {"type": "object"}}
        }
    });
    serde_json::from_value(schema).unwrap_or_else(|_| RefOr::T(text()))
}
