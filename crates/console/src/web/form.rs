//! What forms send: fields in their order, and the token that proves that the form was ours.

use super::{Failure, Visitor};
use crate::Console;
use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use domain::refusal::Code;
use std::convert::Infallible;
use subtle::ConstantTimeEq as _;

/// Fields by name, as often as they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields that were read elsewhere.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Self {
        let plain = |(name, value): (String, String)| match is_plain(&name) {
            true => (name, narrow(&value)),
            false => (name, value),
        };
        Self(fields.into_iter().map(plain).collect())
    }

    fn parse(octets: &[u8]) -> Self {
        let all = form_urlencoded::parse(octets).take(2_000);
        Self::of(
            all.map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The first value of a field, without white space around; none where it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The same, owned.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A secret as it was typed: white space belongs to it.
    pub(crate) fn secret(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// Whether a field was sent at all: boxes that are ticked, buttons that were pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// A whole number; what is none is left to the rules to refuse.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)
            .map(|text| text.replace([' ', '\u{a0}', '\u{202f}', ','], "").parse().unwrap_or(-1))
    }
}

/// Whether a field takes numbers, addresses and names of machines alone.
fn is_plain(name: &str) -> bool {
    let known = [
        "q",
        "quantity",
        "count",
        "days",
        "registrations",
        "site",
        "phone",
        "ship_phone",
        "postal_code",
        "ship_postal_code",
        "numbers",
        "code",
        "serials",
        "order_number",
        "order",
        "tracking",
        "org_id",
        "website",
        "domains",
        "shipped_on",
        "ends_on",
        "trials_per_month",
        "active_trials",
    ];
    known.contains(&name)
        || name == "email"
        || name.ends_with("_email")
        || name == "emails"
        || name.starts_with("device-")
}

/// Letters, digits and signs as wide as Chinese ones, as some keyboards write them, in their usual width.
fn narrow(text: &str) -> String {
    let one = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(one).collect()
}

/// What was posted.
#[derive(Clone, Debug)]
pub(crate) struct Form(pub(crate) Fields);

/// What stands in the address.
#[derive(Clone, Debug)]
pub(crate) struct Query(pub(crate) Fields);

const LARGEST: usize = 64 * 1024;

impl FromRequest<Console> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, console: &Console) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        check_origin(&parts, console)?;
        let octets = to_bytes(body, LARGEST)
            .await
            .map_err(|_| Failure::code(Code::TooLarge))?;
        let fields = Fields::parse(&octets);
        check_token(&parts, &fields)?;
        Ok(Self(fields))
    }
}

/// Refuses what a page of somebody else's posts.
pub(super) fn check_origin(parts: &Parts, console: &Console) -> Result<(), Failure> {
    if from_here(&parts.headers, console) {
        return Ok(());
    }
    tracing::info!(kind = "forged_form", by = "origin", "a form was refused");
    Err(Failure::forged())
}

/// Refuses a form that was not made for this visitor.
pub(super) fn check_token(parts: &Parts, fields: &Fields) -> Result<(), Failure> {
    let visitor = parts.extensions.get::<Visitor>().ok_or_else(Failure::internal)?;
    let given = fields.get("csrf").unwrap_or_default();
    let same: bool = given.as_bytes().ct_eq(visitor.csrf.as_bytes()).into();
    if visitor.csrf.is_empty() || !same {
        tracing::info!(kind = "forged_form", by = "token", "a form was refused");
        return Err(Failure::forged());
    }
    Ok(())
}

/// Whether the browser says that the form stood on a page of ours. A program says nothing; it has to know the token.
fn from_here(headers: &HeaderMap, console: &Console) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = said("origin") {
        let public = console.settings.public_url.trim_end_matches('/');
        let host = said(header::HOST.as_str()).unwrap_or_default();
        let own = origin
            .split_once("://")
            .is_some_and(|(_, rest)| rest == host && !console.is_secure());
        return own || origin.eq_ignore_ascii_case(origin_of(public));
    }
    said("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url
        .get(start..)
        .and_then(|rest| rest.find('/'))
        .map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, origin_of};

    #[test]
    fn fields_are_read_as_people_type_them() {
        let fields = Fields::parse("q=+a+&s=x&s=y&n=1%C2%A0000&e=".as_bytes());
        assert_eq!(fields.get("q"), Some("a"));
        assert_eq!(fields.all("s"), ["x", "y"]);
        assert_eq!(fields.number("n"), Some(1000));
        assert_eq!((fields.get("e"), fields.has("e"), fields.has("z")), (None, true, false));
    }

    #[test]
    fn ux_2_wide_digits_and_signs_are_read_where_only_plain_ones_make_sense() {
        let sent = "quantity=２００&admin_email=li＠a．example&name=（有限）公司&device-desk-phone=２";
        let fields = Fields::parse(sent.as_bytes());
        assert_eq!(
            (fields.number("quantity"), fields.number("device-desk-phone")),
            (Some(200), Some(2))
        );
        assert_eq!(fields.get("admin_email"), Some("li@a.example"));
        assert_eq!(
            fields.get("name"),
            Some("（有限）公司"),
            "a name stays as it was written"
        );
    }

    #[test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin_of("https://trials.example/base"), "https://trials.example");
        assert_eq!(origin_of("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
    }
}
