//! Passwords: Argon2id with OWASP's parameters, away from the threads that answer, and few at once: each takes 19 MiB.

use crate::Error;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use domain::refusal::Code;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Octets of a salt.
pub(crate) const SALT: usize = 16;
/// How many are computed at once.
pub(crate) const AT_ONCE: usize = 2;

/// Characters of a password, at least; octets, at most.
const SHORTEST: usize = 8;
const LONGEST: usize = 1024;

/// What stands in for the hash of an address that nobody has.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hashed("nobody", [0; SALT]).ok());

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hashed(given: &str, salt: [u8; SALT]) -> Result<String, Error> {
    let hash = argon2()?.hash_password_with_salt(given.as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| Error::Internal(error.to_string()))
}

/// The hash of a password, to be kept.
pub(crate) async fn hash(hashing: &Semaphore, given: &str, salt: [u8; SALT]) -> Result<String, Error> {
    if given.chars().count() < SHORTEST {
        return Err(Error::field("/password", Code::Empty));
    }
    if given.len() > LONGEST {
        return Err(Error::field("/password", Code::TooLong));
    }
    let given = given.to_owned();
    apart(hashing, move || hashed(&given, salt)).await?
}

/// Whether a password is the one of a hash; without one it takes as long and is not.
pub(crate) async fn verify(hashing: &Semaphore, given: &str, hash: Option<String>) -> Result<bool, Error> {
    let given: String = given.to_owned();
    apart(hashing, move || {
        let known = hash.is_some();
        let Some(hash) = hash.or_else(|| NOBODY.clone()) else {
            return false;
        };
        let Ok(parsed) = PasswordHash::new(&hash) else {
            return false;
        };
        let short = given.len() <= LONGEST;
        let right = argon2().is_ok_and(|argon2| argon2.verify_password(given.as_bytes(), &parsed).is_ok());
        known && short && right
    })
    .await
}

async fn apart<T: Send + 'static>(hashing: &Semaphore, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _place = hashing
        .acquire()
        .await
        .map_err(|error| Error::Internal(error.to_string()))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sec_2_only_the_password_itself_is_right() {
        let few = Semaphore::new(AT_ONCE);
        let hash = hash(&few, "correct horse", [7; SALT]).await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(
            verify(&few, "correct horse", Some(hash.clone()))
                .await
                .expect("an answer")
        );
        assert!(!verify(&few, "correct horse ", Some(hash)).await.expect("an answer"));
        assert!(!verify(&few, "nobody", None).await.expect("an answer"));
    }
}
