//! Cookies: read, set, cleared. With `https` they carry `__Host-`, so that no other host can set them.

use crate::Console;
use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie.
pub(super) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The name of one of our cookies.
pub(super) fn name(console: &Console, plain: &str) -> String {
    if console.is_secure() {
        format!("__Host-{plain}")
    } else {
        plain.to_owned()
    }
}

fn set(console: &Console, plain: &str, value: &str, rest: &str) -> HeaderValue {
    let secure = if console.is_secure() { "; Secure" } else { "" };
    let line = format!(
        "{}={value}; Path=/; SameSite=Lax; HttpOnly{secure}{rest}",
        name(console, plain)
    );
    HeaderValue::try_from(line).unwrap_or(HeaderValue::from_static(""))
}

/// The session's cookie; it ends with the browser, and with the session.
pub(crate) fn session(console: &Console, secret: &str) -> HeaderValue {
    set(console, super::visitor::SESSION, secret, "")
}

/// Half of a sign-in; it ends after the ten minutes in which a code can be given.
pub(crate) fn half(console: &Console, secret: &str) -> HeaderValue {
    set(console, super::visitor::HALF, secret, "; Max-Age=600")
}

/// A choice that stays for a year.
pub(crate) fn kept(console: &Console, plain: &str, value: &str) -> HeaderValue {
    set(console, plain, value, "; Max-Age=31536000")
}

/// Ends what a browser keeps of somebody who signed out; what was chosen in it stays.
pub(crate) fn signed_out(console: &Console, headers: &mut HeaderMap) {
    headers.append(header::SET_COOKIE, cleared(console, super::visitor::SESSION));
    let kept = HeaderValue::from_static("\"cache\", \"storage\"");
    headers.insert("clear-site-data", kept);
}

/// Takes a cookie back.
pub(crate) fn cleared(console: &Console, plain: &str) -> HeaderValue {
    set(console, plain, "", "; Max-Age=0")
}
