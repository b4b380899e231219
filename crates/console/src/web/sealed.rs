//! What travels in an address and is nobody else's to read: answers with names and addresses in them.

use crate::Console;
use app::Actor;
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _,
    aead::{Aead as _, Nonce},
};
use data_encoding::BASE64URL_NOPAD;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

const NONCE: usize = 12;

/// `what` it is and whose make the key: nothing is opened as something else, or by somebody else.
fn cipher(console: &Console, actor: &Actor, what: &str) -> Option<ChaCha20Poly1305> {
    let owned = console.app.stores.directory.digest(what, actor.id().as_str());
    ChaCha20Poly1305::new_from_slice(&Sha256::digest(owned.as_bytes())).ok()
}

/// As it stands in the address.
pub(crate) fn seal<T: Serialize>(console: &Console, actor: &Actor, what: &str, value: &T) -> String {
    let mut octets = [0u8; NONCE];
    (console.settings.randomness)(&mut octets);
    let nonce = Nonce::<ChaCha20Poly1305>::from(octets);
    let plain = serde_json::to_vec(value).unwrap_or_default();
    let sealed = cipher(console, actor, what)
        .and_then(|cipher| cipher.encrypt(&nonce, plain.as_slice()).ok())
        .unwrap_or_default();
    BASE64URL_NOPAD.encode(&[octets.as_slice(), &sealed].concat())
}

/// Back from the address; none where it was somebody else's, or is none.
pub(crate) fn open<T: DeserializeOwned>(console: &Console, actor: &Actor, what: &str, text: Option<&str>) -> Option<T> {
    let octets = BASE64URL_NOPAD.decode(text?.as_bytes()).ok()?;
    let (nonce, sealed) = octets.split_at_checked(NONCE)?;
    let nonce = Nonce::<ChaCha20Poly1305>::try_from(nonce).ok()?;
    let plain = cipher(console, actor, what)?.decrypt(&nonce, sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}
