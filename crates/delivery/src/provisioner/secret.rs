//! What calls are signed with, after the Standard Webhooks specification.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;

const PREFIX: &str = "whsec_";
/// Octets of a secret, by the specification.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret that both sides know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// Why a text is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be `whsec_` and 24 to 64 random octets in Base64")]
pub struct SecretError;

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

impl Secret {
    /// From its text.
    ///
    /// # Errors
    /// For any other text.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.trim().strip_prefix(PREFIX).ok_or(SecretError)?;
        let octets = BASE64.decode(encoded.as_bytes()).map_err(|_| SecretError)?;
        LENGTH
            .contains(&octets.len())
            .then_some(Self(octets))
            .ok_or(SecretError)
    }

    /// From random octets.
    pub fn new(octets: [u8; 32]) -> Self {
        Self(octets.to_vec())
    }

    /// The text that the other side is given.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }
}

/// The signature of a call: over its id, its time in seconds, and its body.
pub fn signature(secret: &Secret, id: &str, seconds: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&secret.0) else {
        // A key of any length will do for HMAC.
        return String::new();
    };
    for part in [id.as_bytes(), b".", seconds.as_bytes(), b".", body] {
        mac.update(part);
    }
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Secret, signature};

    /// The example of the specification.
    #[test]
    fn prov_2_calls_are_signed_as_the_specification_says() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let body = br#"{"test": 2432232314}"#;
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn prov_2_only_a_secret_of_some_length_is_one() {
        assert_eq!(Secret::parse(&Secret::new([7; 32]).text()), Ok(Secret::new([7; 32])));
        for wrong in [
            "",
            "whsec_",
            "whsec_c2hvcnQ=",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_not base64!",
        ] {
            assert!(Secret::parse(wrong).is_err(), "{wrong}");
        }
        let shown = format!("{:?}", Secret::new([7; 32]));
        assert_eq!(shown, "Secret(..)", "SEC-2: no secret in a log");
    }
}
