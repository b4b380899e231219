//! Passwords: Argon2id with OWASP's parameters, away from the threads that answer, and few at once: each takes 19 MiB.

use crate::Error;
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use domain::{
    refusal::{Code, FieldError},
    text,
};
use std::sync::LazyLock;
use subtle::ConstantTimeEq as _;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Octets of a salt.
pub(crate) const SALT: usize = 16;
/// How many are computed at once.
const AT_ONCE: usize = 2;
/// How many may wait; with two at once that is a matter of seconds.
const WAITING: usize = 64;

/// Characters, at least.
pub(crate) const SHORTEST: usize = 8;
/// Octets, at most.
const LONGEST: usize = 1024;
/// Octets of a hash.
const HASH: usize = 32;
/// Blocks of 1 KiB that are asked of the system at a time. More than an allocator keeps for the next time, so that what
/// one sign-in took is given back; only what is used is ever there.
const ASKED: usize = 33 * 1024;

/// Where costly work waits for its turn.
#[derive(Debug)]
pub(crate) struct Queue {
    turns: Semaphore,
    room: Semaphore,
}

impl Queue {
    pub(crate) fn new() -> Self {
        Self {
            turns: Semaphore::new(AT_ONCE),
            room: Semaphore::new(AT_ONCE + WAITING),
        }
    }

    /// REL-7: a place to wait at, to be taken before anything is counted or written: who is turned away has not tried.
    pub(crate) fn room(&self) -> Result<Room<'_>, Error> {
        let place = self.room.try_acquire().map_err(|_| Error::Busy)?;
        Ok(Room {
            turns: &self.turns,
            _place: place,
        })
    }
}

/// A place in the queue.
#[derive(Debug)]
pub(crate) struct Room<'q> {
    turns: &'q Semaphore,
    _place: SemaphorePermit<'q>,
}

/// What stands in for the hash of an address that nobody has.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hashed("nobody", [0; SALT]).ok());

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}

fn params() -> Result<Params, Error> {
    Params::new(19 * 1024, 2, 1, Some(HASH)).map_err(failed)
}

fn computed(given: &str, salt: &[u8], params: Params) -> Result<[u8; HASH], Error> {
    let count = params.block_count();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut memory: Vec<Block> = Vec::with_capacity(ASKED.max(count));
    memory.resize(count, Block::new());
    let mut hash = [0; HASH];
    argon2
        .hash_password_into_with_memory(given.as_bytes(), salt, &mut hash, &mut memory)
        .map_err(failed)?;
    Ok(hash)
}

fn hashed(given: &str, salt: [u8; SALT]) -> Result<String, Error> {
    let hash = computed(given, &salt, params()?)?;
    let whole = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params()?).map_err(failed)?,
        salt: Some(Salt::new(&salt).map_err(failed)?),
        hash: Some(Output::new(&hash).map_err(failed)?),
    };
    Ok(whole.to_string())
}

fn is_right(given: &str, hash: &str) -> bool {
    let Ok(known) = PasswordHash::new(hash) else {
        return false;
    };
    let (Some(salt), Some(output), Ok(params)) = (&known.salt, &known.hash, Params::try_from(&known)) else {
        return false;
    };
    let Ok(computed) = computed(given, salt.as_ref(), params) else {
        return false;
    };
    output.as_bytes().ct_eq(&computed).into()
}

/// Whether a hash was made with weaker means than today's: it is made anew when its password is at hand.
pub(crate) fn is_outdated(hash: &str) -> bool {
    let today = params().and_then(|params| ParamsString::try_from(&params).map_err(failed));
    match (PasswordHash::new(hash), today) {
        (Ok(known), Ok(today)) => known.algorithm != Algorithm::Argon2id.ident() || known.params != today,
        _ => true,
    }
}

/// Whether it may be a password at all: no rules of composition, any characters.
pub(crate) fn check(given: &str) -> Result<String, Error> {
    let given = text::secret(given);
    if given.is_empty() {
        return Err(Error::field("/password", Code::Required));
    }
    if given.chars().count() < SHORTEST {
        let fault = FieldError::new("/password", Code::TooShort).with("min", SHORTEST);
        return Err(vec![fault].into());
    }
    if given.len() > LONGEST {
        let fault = FieldError::new("/password", Code::TooLong).with("max", LONGEST);
        return Err(vec![fault].into());
    }
    Ok(given)
}

/// The hash of a password, to be kept.
pub(crate) async fn hash(room: &Room<'_>, given: &str, salt: [u8; SALT]) -> Result<String, Error> {
    let given = check(given)?;
    apart(room, move || hashed(&given, salt)).await?
}

/// Whether a password is the one of a hash; without one it takes as long and is not.
pub(crate) async fn verify(room: &Room<'_>, given: &str, hash: Option<String>) -> Result<bool, Error> {
    let given = text::secret(given);
    apart(room, move || {
        let known = hash.is_some();
        let Some(hash) = hash.or_else(|| NOBODY.clone()) else {
            return false;
        };
        let short = given.len() <= LONGEST;
        let right = is_right(&given, &hash);
        known && short && right
    })
    .await
}

pub(crate) async fn apart<T: Send + 'static>(
    room: &Room<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let _turn = room
        .turns
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
        let queue = Queue::new();
        let few = queue.room().expect("room");
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

    #[tokio::test]
    async fn sec_2_the_same_characters_are_the_same_password_however_they_are_put_in() {
        let queue = Queue::new();
        let few = queue.room().expect("room");
        let hash = hash(&few, "cafe\u{301} au lait", [7; SALT]).await.expect("a hash");
        let typed = verify(&few, "caf\u{e9} au lait", Some(hash)).await;
        assert!(typed.expect("an answer"));
    }

    #[test]
    fn sec_2_a_password_has_a_length_and_no_other_rule() {
        for fine in [
            "aaaaaaaa",
            "\u{5bc6}\u{78bc}\u{5bc6}\u{78bc}\u{5bc6}\u{78bc}\u{5bc6}\u{78bc}",
            &"x".repeat(LONGEST),
        ] {
            assert!(check(fine).is_ok(), "{fine}");
        }
        for (wrong, code) in [
            ("", Code::Required),
            ("seven77", Code::TooShort),
            (&"x".repeat(LONGEST + 1), Code::TooLong),
        ] {
            let Err(Error::Refused(refusal)) = check(wrong) else {
                panic!("{wrong} was taken");
            };
            assert_eq!(refusal.errors[0].code, code, "{wrong}");
        }
    }

    #[test]
    fn sec_2_a_hash_of_weaker_means_is_made_anew() {
        let today = hashed("correct horse", [7; SALT]).expect("a hash");
        assert!(!is_outdated(&today));
        assert!(is_outdated(&today.replace("m=19456", "m=4096")));
        assert!(is_outdated(&today.replace("argon2id", "argon2i")));
        assert!(is_outdated("nothing"));
    }

    #[tokio::test]
    async fn sec_2_rel_7_who_finds_no_room_to_wait_is_turned_away() {
        let queue = Queue::new();
        let all: Vec<Room<'_>> = (0..AT_ONCE + WAITING).map(|_| queue.room().expect("room")).collect();
        assert!(matches!(queue.room(), Err(Error::Busy)));
        let right = verify(&all[0], "correct horse", None).await;
        assert!(!right.expect("an answer"), "who waits has his turn");
        drop(all);
        assert!(queue.room().is_ok());
    }
}
