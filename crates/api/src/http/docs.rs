//! `/docs`: the reference of the API for people. Scalar's own script comes out of its crate; nothing is fetched from
//! elsewhere, and the page's policy would not let it.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::LazyLock;

/// Scalar writes styles into the page and reads `/openapi.json` alone. It tries once whether text may run as script, and
/// does without.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Foretaste API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="app"></div>
<noscript><p>This page needs JavaScript. The description itself: <a href="/openapi.json">openapi.json</a>.</p></noscript>
<script src="/docs/scalar.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"#;

/// Everything that would call home is off.
const START: &str = r##"Scalar.createApiReference("#app", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
});
"##;

static SCRIPT: LazyLock<Bytes> =
    LazyLock::new(|| scalar_api_reference::get_asset("scalar.js").unwrap_or_default().into());

/// `/docs`, `/docs/start.js` and `/docs/scalar.js`.
pub fn routes() -> Router {
    Router::new()
        .route("/docs", get(page))
        .route("/docs/start.js", get(start))
        .route("/docs/scalar.js", get(script))
}

async fn page() -> Response {
    let mut answer = asset("text/html; charset=utf-8", Bytes::from_static(PAGE.as_bytes()));
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    answer
}

async fn start() -> Response {
    asset("text/javascript; charset=utf-8", Bytes::from_static(START.as_bytes()))
}

/// Five megabytes that change with the server's version only.
async fn script(headers: HeaderMap) -> Response {
    const TAG: HeaderValue = HeaderValue::from_static(concat!("\"", env!("CARGO_PKG_VERSION"), "\""));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| *tag == TAG);
    let mut answer = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => asset("text/javascript; charset=utf-8", SCRIPT.clone()),
    };
    answer.headers_mut().insert(header::ETAG, TAG);
    answer
}

fn asset(kind: &'static str, content: Bytes) -> Response {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")],
        content,
    )
        .into_response()
}
