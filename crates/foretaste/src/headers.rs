//! SEC-2: headers that every answer carries, whoever made it. What a page or the API says of itself stands.

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::map_response,
    response::Response,
};

/// For answers that are no page: nothing in them is run, and nobody frames them.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];
/// A year, and every host below.
const STAY: &str = "max-age=31536000; includeSubDomains";

/// The outermost layer; browsers that come by `https` are told to stay with it.
pub(crate) fn wrap(router: Router, public_url: &str) -> Router {
    let secure = public_url.starts_with("https://");
    router.layer(map_response(move |mut answer: Response| async move {
        add(answer.headers_mut(), secure);
        answer
    }))
}

fn add(headers: &mut HeaderMap, secure: bool) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STAY));
    }
}
