//! Passwords that attackers try first: those on the lists that `zxcvbn` carries, what everybody knows about the person,
//! and the operator's own list. Nothing leaves the machine.

use crate::Error;
use sha1::{Digest as _, Sha1};
use std::{
    fs::File,
    io::{BufRead as _, BufReader, Seek as _, SeekFrom},
    path::Path,
};
use zxcvbn::zxcvbn;

/// What a list of words, a row of keys or a repetition gives is found below so many attempts.
const FEW: u64 = 1_000_000;
/// Octets of a line's digest, as hex.
const DIGEST: usize = 40;

/// Whether a password is, as a whole, a known one, or one of these words about the person. A password that only contains
/// one is not meant: there are no rules of composition.
pub(crate) fn is_common(given: &str, about: &[&str]) -> bool {
    let folded = given.to_lowercase();
    if about
        .iter()
        .any(|word| !word.is_empty() && folded == word.to_lowercase())
    {
        return true;
    }
    let measured = zxcvbn(given, about);
    // Of a longer password only the beginning is looked at.
    given.chars().count() <= 100 && measured.sequence().len() == 1 && measured.guesses() < FEW
}

/// Whether a password stands in a file of SHA-1 digests in the order of the digests ('HASH:COUNT' a line, as 'Have I Been
/// Pwned' offers). The file is searched by halves, never read whole: it may hold a thousand million lines.
pub(crate) fn is_listed(file: &Path, given: &str) -> Result<bool, Error> {
    let failed = |error: std::io::Error| Error::Internal(format!("the list of breached passwords: {error}"));
    let wanted = data_encoding::HEXUPPER.encode(&Sha1::digest(given.as_bytes()));
    let mut list = List::open(file).map_err(failed)?;
    list.holds(&wanted).map_err(failed)
}

struct List {
    file: BufReader<File>,
    size: u64,
}

impl List {
    fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(Self {
            file: BufReader::with_capacity(256, file),
            size,
        })
    }

    fn holds(&mut self, wanted: &str) -> std::io::Result<bool> {
        // Every line that begins before `low` is smaller; every one that begins at `high` or later is greater.
        let (mut low, mut high) = (0, self.size);
        while low < high {
            let middle = low + (high - low) / 2;
            let (start, digest) = self.line_from(middle)?;
            if start >= high || digest.is_empty() {
                high = middle;
                continue;
            }
            match digest.as_str().cmp(wanted) {
                std::cmp::Ordering::Equal => return Ok(true),
                std::cmp::Ordering::Less => low = start + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Ok(false)
    }

    /// The first line that begins there or later: where, and its digest; none behind the last line.
    fn line_from(&mut self, at: u64) -> std::io::Result<(u64, String)> {
        let mut start = at;
        let mut line = Vec::new();
        if at > 0 {
            // From within a line to its end; from a line's beginning, the end of the one before.
            self.file.seek(SeekFrom::Start(at - 1))?;
            start = at - 1 + self.file.read_until(b'\n', &mut line)? as u64;
            line.clear();
        } else {
            self.file.seek(SeekFrom::Start(0))?;
        }
        self.file.read_until(b'\n', &mut line)?;
        let digest = line.get(..DIGEST).map(String::from_utf8_lossy).unwrap_or_default();
        Ok((start, digest.to_ascii_uppercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn sec_2_a_known_password_is_refused_and_a_longer_one_is_not() {
        let about = ["ada@cordage.example", "Ada Lovelace", "Cordage", "Foretaste"];
        for known in [
            "password",
            "Password1",
            "12345678",
            "qwertyuiop",
            "iloveyou",
            "aaaaaaaa",
            "p@ssw0rd",
            "ADA@cordage.example",
            "ada lovelace",
            "cordage",
            "foretaste",
        ] {
            assert!(is_common(known, &about), "{known}");
        }
        for fine in [
            "correct horse battery",
            "password of the seven seas",
            "une corde bien tendue",
            "\u{6211}\u{7684}\u{8239}\u{5728}\u{6e2f}\u{53e3}\u{7b49}",
            &"password".repeat(20),
        ] {
            assert!(!is_common(fine, &about), "{fine}");
        }
    }

    fn list(passwords: &[String], end: &str) -> tempfile::NamedTempFile {
        let digest = |word: &String| data_encoding::HEXUPPER.encode(&Sha1::digest(word.as_bytes()));
        let mut lines: Vec<String> = passwords.iter().map(digest).collect();
        lines.sort();
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        for (count, line) in lines.iter().enumerate() {
            write!(file, "{line}:{}{end}", count * 97).expect("written");
        }
        file
    }

    #[test]
    fn sec_2_a_list_is_searched_by_halves_and_finds_each_of_its_lines() {
        for end in ["\n", "\r\n"] {
            for size in [1, 2, 3, 10, 257] {
                let words: Vec<String> = (0..size).map(|at| format!("word {at}")).collect();
                let file = list(&words, end);
                for word in &words {
                    assert!(is_listed(file.path(), word).expect("an answer"), "{word} of {size}");
                }
                for at in 0..50 {
                    let other = format!("other {at}");
                    assert!(!is_listed(file.path(), &other).expect("an answer"), "{other} of {size}");
                }
            }
        }
        assert!(!is_listed(list(&[], "\n").path(), "x").expect("an answer"));
        assert!(is_listed(Path::new("/nowhere/at/all"), "x").is_err());
    }
}
