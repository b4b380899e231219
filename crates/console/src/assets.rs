//! Style, script and icons: ours, embedded, under names that change with their content.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use rust_embed::RustEmbed;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{io::Write as _, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "../../assets"]
struct Files;

struct Asset {
    name: String,
    kind: &'static str,
    octets: Vec<u8>,
    /// The same compressed. Assets alone are: they hold no secret that their length could tell.
    gzip: Vec<u8>,
}

/// Addresses that templates place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Urls {
    style: String,
    script: String,
    icons: String,
    mark: String,
}

struct Shelf {
    assets: Vec<Asset>,
    urls: Urls,
}

/// In this order: later rules may rest on earlier ones.
const STYLE: [&str; 6] = [
    "tokens.css",
    "base.css",
    "frame.css",
    "parts.css",
    "timeline.css",
    "screens.css",
];

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let read = |name: &str| Files::get(name).map(|file| file.data.into_owned()).unwrap_or_default();
    let style: Vec<u8> = STYLE.iter().flat_map(|name| read(name)).collect();
    let mut assets = Vec::new();
    let mut add = |stem: &str, ending: &str, kind: &'static str, octets: Vec<u8>| {
        let digest = HEXLOWER.encode(&Sha256::digest(&octets)[..6]);
        let name = format!("{stem}.{digest}.{ending}");
        let url = format!("/assets/{name}");
        let gzip = compressed(&octets);
        assets.push(Asset {
            name,
            kind,
            octets,
            gzip,
        });
        url
    };
    let urls = Urls {
        style: add("console", "css", "text/css; charset=utf-8", style),
        script: add("console", "js", "text/javascript; charset=utf-8", read("console.js")),
        icons: add("icons", "svg", "image/svg+xml; charset=utf-8", read("icons.svg")),
        mark: add("mark", "svg", "image/svg+xml; charset=utf-8", read("mark.svg")),
    };
    Shelf { assets, urls }
});

pub(crate) fn urls() -> Urls {
    SHELF.urls.clone()
}

fn compressed(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it did, the plain octets would still be there.
    let written = encoder.write_all(octets).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// Whether a browser reads gzip: all do, tools may not.
fn reads_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|one| {
            let (name, quality) = one.split_once(';').unwrap_or((one, ""));
            let quality = quality.trim().strip_prefix("q=").map(str::parse::<f32>);
            name.trim() == "gzip" && quality != Some(Ok(0.0))
        })
}

/// One of them; its name is its version, so it may be kept for good.
pub(crate) async fn asset(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let Some(asset) = SHELF.assets.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if asset.gzip.is_empty() || !reads_gzip(&asked) {
        return (headers, asset.octets.as_slice()).into_response();
    }
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    (headers, asset.gzip.as_slice()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_read_it() {
        for (asked, reads) in [
            ("gzip, deflate, br", true),
            ("br;q=1, gzip;q=0.8", true),
            ("gzip;q=0", false),
            ("br", false),
            ("x-gzip", false),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(asked))]);
            assert_eq!(reads_gzip(&headers), reads, "{asked}");
        }
        assert!(!reads_gzip(&HeaderMap::new()));
    }

    #[test]
    fn what_is_compressed_is_smaller() {
        for asset in &SHELF.assets {
            assert!(asset.gzip.len() < asset.octets.len(), "{}", asset.name);
            assert!(asset.gzip.starts_with(&[0x1f, 0x8b]), "{}", asset.name);
        }
    }
}
