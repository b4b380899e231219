//! HTTP around the screens: who comes, by which form, and what is answered where it fails.

mod cookie;
mod failure;
mod form;
mod layers;
mod limits;
mod sealed;
mod upload;
mod visitor;

pub(crate) use cookie::{cleared, half as half_cookie, kept, session as session_cookie, signed_out};
pub(crate) use failure::{Failure, said, said_of};
pub(crate) use form::{Fields, Form, Query};
pub(crate) use layers::{FRAMES_OWN, wrap};
pub use limits::Limits;
pub(crate) use sealed::{open, seal};
pub(crate) use upload::Upload;
pub(crate) use visitor::{HALF, LANGUAGE, Signed, THEME, Visitor};

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// 303: what was posted is done, here is where it shows.
pub(crate) fn see(url: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, url.to_owned())]).into_response()
}

/// An address of our own below the root; anything else leads home, so that nobody is sent elsewhere.
pub(crate) fn local(url: Option<&str>) -> String {
    let fine = |url: &&str| {
        url.starts_with('/')
            && !url.starts_with("//")
            && url.len() < 4_000
            && url.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
    };
    url.filter(fine).unwrap_or("/").to_owned()
}

/// One value of an address.
pub(crate) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn sec_2_nobody_is_sent_elsewhere() {
        assert_eq!(local(Some("/partner/customers?q=a")), "/partner/customers?q=a");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "evil",
            "",
            "/a\r\nb",
            "/é",
        ] {
            assert_eq!(local(Some(elsewhere)), "/", "{elsewhere}");
        }
    }
}
