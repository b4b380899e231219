//! A form with a file (RFC 7578): its fields and the file, read whole, within bounds.

use super::{Failure, Fields, form};
use crate::Console;
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::header,
};
use domain::refusal::Code;

/// Octets of a file, and what stands around it.
const LARGEST: usize = 11 * 1024 * 1024;
/// Parts of a form.
const PARTS: usize = 20;

/// What was posted, and the file with it; empty where none was chosen.
pub(crate) struct Upload {
    pub(crate) fields: Fields,
    pub(crate) file: Vec<u8>,
}

impl FromRequest<Console> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, console: &Console) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        form::check_origin(&parts, console)?;
        let said = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let Some(boundary) = said.and_then(boundary) else {
            return Err(Failure::forged());
        };
        let octets = to_bytes(body, LARGEST)
            .await
            .map_err(|_| Failure::code(Code::TooLarge))?;
        let (fields, file) = split(&octets, &boundary).ok_or_else(|| Failure::code(Code::Malformed))?;
        let fields = Fields::of(fields);
        form::check_token(&parts, &fields)?;
        Ok(Self { fields, file })
    }
}

/// What stands between the parts.
fn boundary(kind: &str) -> Option<String> {
    let mut parts = kind.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let named = parts.find_map(|part| part.strip_prefix("boundary="))?;
    let name = named.trim_matches('"');
    (!name.is_empty() && name.len() <= 70).then(|| format!("--{name}"))
}

/// Fields by name, and the octets of the part that is a file.
type Parts = (Vec<(String, String)>, Vec<u8>);

fn split(octets: &[u8], boundary: &str) -> Option<Parts> {
    let (mut fields, mut file) = (Vec::new(), Vec::new());
    let mark = boundary.as_bytes();
    let mut rest = octets.get(find(octets, mark)? + mark.len()..)?;
    for _ in 0..PARTS {
        if rest.starts_with(b"--") {
            return Some((fields, file));
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head = find(rest, b"\r\n\r\n")?;
        let (about, body) = (rest.get(..head)?, rest.get(head + 4..)?);
        let end = find(body, format!("\r\n{boundary}").as_bytes())?;
        let value = body.get(..end)?;
        let about = std::str::from_utf8(about).ok()?;
        let name = parameter(about, "name")?;
        match parameter(about, "filename") {
            Some(_) => file = value.to_vec(),
            None => fields.push((name, String::from_utf8_lossy(value).into_owned())),
        }
        rest = body.get(end + 2 + mark.len()..)?;
    }
    None
}

/// A parameter of `Content-Disposition`.
fn parameter(about: &str, name: &str) -> Option<String> {
    let line = about
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let (_, found) = line.split_once(&format!("; {name}=\""))?;
    Some(found.split('"').next().unwrap_or_default().to_owned())
}

fn find(octets: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(octets, wanted)
}

#[cfg(test)]
mod tests {
    use super::{boundary, split};

    #[test]
    fn a_file_is_found_among_the_fields() {
        let mark = boundary("multipart/form-data; boundary=\"x1\"");
        assert_eq!(mark.as_deref(), Some("--x1"));
        let body = b"--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nt\r\n--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\nemail\r\n--x\r\n\r\n--x1--\r\n";
        let (fields, file) = split(body, "--x1").expect("parts");
        assert_eq!(fields, [("csrf".to_owned(), "t".to_owned())]);
        assert_eq!(file, b"email\r\n--x\r\n");
        for cut in 0..body.len() - 4 {
            assert_eq!(split(&body[..cut], "--x1"), None, "cut at {cut}");
        }
        for wrong in [
            "text/plain; boundary=x",
            "multipart/form-data",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(boundary(wrong), None, "{wrong}");
        }
    }
}
