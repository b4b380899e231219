//! A device that makes passkeys, in software: what it signs is what a browser sends.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use data_encoding::BASE64URL_NOPAD;
use ring::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};

/// The host of the tests' `public_url`, and its origin.
const HOST: &str = "localhost";
const ORIGIN: &str = "http://localhost:8080";

/// What a device does; a test changes one thing.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    pub(crate) id: Vec<u8>,
    /// By what it knows the person.
    pub(crate) handle: String,
    pub(crate) counter: u32,
    /// Whether it asked its owner.
    pub(crate) verified: bool,
    pub(crate) host: &'static str,
    pub(crate) origin: &'static str,
}

fn coded(octets: &[u8]) -> String {
    BASE64URL_NOPAD.encode(octets)
}

/// CBOR: octets, with their length before them.
fn octets(kind: u8, octets: &[u8]) -> Vec<u8> {
    let length = octets.len();
    let mut out = match length {
        0..=23 => vec![kind | u8::try_from(length).unwrap()],
        24..=255 => vec![kind | 24, u8::try_from(length).unwrap()],
        _ => [vec![kind | 25], u16::try_from(length).unwrap().to_be_bytes().to_vec()].concat(),
    };
    out.extend_from_slice(octets);
    out
}

const BYTES: u8 = 0x40;
const TEXT: u8 = 0x60;

impl Device {
    /// A device without a passkey yet; `id` is what it will call it.
    pub(crate) fn new(id: u8) -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap(),
            id: vec![id; 32],
            handle: String::new(),
            counter: 1,
            verified: true,
            host: HOST,
            origin: ORIGIN,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = options["publicKey"]["challenge"].as_str().unwrap();
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false})
            .to_string()
            .into_bytes()
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        data.push(1 | if self.verified { 4 } else { 0 } | more);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    /// The key as COSE writes it: EC2, ES256, P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = (octets(BYTES, &point[1..33]), octets(BYTES, &point[33..]));
        [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21][..], &x, &[0x22], &y].concat()
    }

    /// Makes a passkey: what the browser sends.
    pub(crate) fn create(&mut self, options: &Value) -> String {
        assert_eq!(options["publicKey"]["rp"]["id"], HOST, "by the public_url");
        let wanted = &options["publicKey"]["authenticatorSelection"];
        assert_eq!(
            (&wanted["userVerification"], &wanted["residentKey"]),
            (&json!("required"), &json!("required"))
        );
        self.handle = options["publicKey"]["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(0x40);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.id);
        data.extend(self.public_key());
        let attestation = [
            vec![0xa3],
            octets(TEXT, b"fmt"),
            octets(TEXT, b"none"),
            octets(TEXT, b"attStmt"),
            vec![0xa0],
            octets(TEXT, b"authData"),
            octets(BYTES, &data),
        ]
        .concat();
        let client = self.client_data("webauthn.create", options);
        json!({
            "id": coded(&self.id), "rawId": coded(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {"attestationObject": coded(&attestation), "clientDataJSON": coded(&client)},
        })
        .to_string()
    }

    /// Proves that it has the passkey: what the browser sends.
    pub(crate) fn get(&mut self, options: &Value) -> String {
        assert_eq!(options["publicKey"]["rpId"], HOST, "by the public_url");
        assert_eq!(options["publicKey"]["userVerification"], "required");
        assert_eq!(options["publicKey"]["allowCredentials"], json!([]), "nobody is named");
        self.counter += 1;
        let (data, client) = (self.data(0), self.client_data("webauthn.get", options));
        let signed = [data.clone(), digest(&SHA256, &client).as_ref().to_vec()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": coded(&self.id), "rawId": coded(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "authenticatorData": coded(&data), "clientDataJSON": coded(&client),
                "signature": coded(signature.as_ref()), "userHandle": self.handle,
            },
        })
        .to_string()
    }
}
