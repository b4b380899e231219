//! Style, script and icons: ours, embedded, under names that change with their content.

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../assets"]
struct Files;

struct Asset {
    name: String,
    kind: &'static str,
    octets: Vec<u8>,
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
        assets.push(Asset { name, kind, octets });
        url
    };
    let urls = Urls {
        style: add("console", "css", "text/css; charset=utf-8", style),
        script: add("console", "js", "text/javascript; charset=utf-8", read("console.js")),
        icons: add("icons", "svg", "image/svg+xml", read("icons.svg")),
        mark: add("mark", "svg", "image/svg+xml", read("mark.svg")),
    };
    Shelf { assets, urls }
});

pub(crate) fn urls() -> Urls {
    SHELF.urls.clone()
}

/// One of them; its name is its version, so it may be kept for good.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
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
        HeaderValue::from_static("default-src 'none'"),
    );
    (headers, asset.octets.as_slice()).into_response()
}
