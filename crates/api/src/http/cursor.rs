//! Cursors of lists: a position that only we can write, for one caller and one filter and sort.

use super::Problem;
use data_encoding::BASE64URL_NOPAD;
use domain::refusal::Code;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Octets of the authentication tag.
const TAG: usize = 32;

/// Characters of a cursor; ours are far shorter.
const LONGEST: usize = 4096;

/// The cursor for a position. `scope` is the filter and the sort, in one canonical form.
pub fn encode(key: &[u8; 32], caller: &str, scope: &str, position: &Value) -> String {
    let position = position.to_string();
    let mut sealed = mac(key, caller, scope, position.as_bytes())
        .finalize()
        .into_bytes()
        .to_vec();
    sealed.extend_from_slice(position.as_bytes());
    BASE64URL_NOPAD.encode(&sealed)
}

/// The position of a cursor; 400 `bad_cursor` for every other key, caller or scope, and for anything else.
pub fn decode(key: &[u8; 32], caller: &str, scope: &str, cursor: &str) -> Result<Value, Problem> {
    open(key, caller, scope, cursor).ok_or_else(|| Problem::new(Code::BadCursor))
}

fn open(key: &[u8; 32], caller: &str, scope: &str, cursor: &str) -> Option<Value> {
    if cursor.len() > LONGEST {
        return None;
    }
    let sealed = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let (tag, position) = sealed.split_at_checked(TAG)?;
    // Compares in constant time.
    mac(key, caller, scope, position).verify_slice(tag).ok()?;
    serde_json::from_slice(position).ok()
}

/// Lengths stand in front, so that nothing of the caller can pass for scope.
fn mac(key: &[u8; 32], caller: &str, scope: &str, position: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(b"foretaste cursor 1");
    for part in [caller.as_bytes(), scope.as_bytes(), position] {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac
}
