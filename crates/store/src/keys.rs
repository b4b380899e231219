//! Keys derived from the installation's one secret, and what is made with them.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Fills octets with randomness: a port, so that a simulation can give its own.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// All keys of an installation, and its source of randomness.
#[derive(Clone)]
pub struct Keys {
    random: Random,
    directory: [u8; 32],
    links: [u8; 32],
    cursors: [u8; 32],
    customers: [u8; 32],
    accounts: [u8; 32],
    providers: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Keys(..)")
    }
}

impl Keys {
    /// Derives them from the secret.
    pub fn derive(secret: &[u8], random: Random) -> Self {
        let source = Hkdf::<Sha256>::new(Some(b"foretaste"), secret);
        let key = |purpose: &str| {
            let mut out = [0; 32];
            // 32 octets are far below what HKDF can give.
            let _ = source.expand(purpose.as_bytes(), &mut out);
            out
        };
        Self {
            random,
            directory: key("directory"),
            links: key("links"),
            cursors: key("cursors"),
            customers: key("customers"),
            accounts: key("accounts"),
            providers: key("providers"),
        }
    }

    pub(crate) fn octets<const N: usize>(&self) -> [u8; N] {
        let mut octets = [0; N];
        (self.random)(&mut octets);
        octets
    }

    /// REG-2: the digest under which the directory finds something.
    pub fn digest(&self, kind: &str, value: &str) -> String {
        hex(&mac(&self.directory, &[kind.as_bytes(), b"\0", value.as_bytes()]))
    }

    /// CONS-7: the secret part of a link, made from its id where it is sent; only its digest is stored.
    pub fn link(&self, id: &str) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&mac(&self.links, &[id.as_bytes()]))
    }

    /// The key that authenticates cursors.
    pub fn cursors(&self) -> &[u8; 32] {
        &self.cursors
    }

    /// Wraps the key of one customer's personal texts.
    pub(crate) fn customers(&self) -> &[u8; 32] {
        &self.customers
    }

    /// Seals what one-time codes are made from.
    pub(crate) fn accounts(&self) -> &[u8; 32] {
        &self.accounts
    }

    /// Seals what is shared with providers of sign-ins.
    pub(crate) fn providers(&self) -> &[u8; 32] {
        &self.providers
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length is accepted.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// SHA-256 as lower-case hex: for tokens and links, which are random already.
pub fn sha256(value: &[u8]) -> String {
    hex(&Sha256::digest(value))
}

pub(crate) fn hex(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(octets)
}
