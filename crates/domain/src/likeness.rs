//! CONV-4: what a mistyped address may have meant. It only ever proposes: nothing is taken for what it is like.

use crate::text::fold;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

/// Why something may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// A letter or two differ, or look alike, or something was added.
    SimilarAddress,
    /// An address of the same company, as it seems.
    SameDomain,
    /// The company is called like the address.
    SimilarName,
    /// Nothing speaks for it but that it is all there is.
    OnlyOne,
    /// Several have that very administrator.
    SameAdministrator,
}

impl Likeness {
    /// The reason's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Likeness::SimilarAddress => "similar_address",
            Likeness::SameDomain => "same_domain",
            Likeness::SimilarName => "similar_name",
            Likeness::OnlyOne => "only_one",
            Likeness::SameAdministrator => "same_administrator",
        }
    }
}

/// Addresses and names longer than this are not compared letter by letter.
const LONGEST: usize = 254;
/// Shorter words stand in anything.
const WORD: usize = 4;
/// So many letters may differ.
const APART: usize = 2;

/// Whether what was typed may have meant a company with that name and that administrator's address.
pub fn likeness(typed: &str, address: &str, name: &str) -> Option<Likeness> {
    let (typed, address) = (plain(typed), plain(address));
    let ((local, domain), (other_local, other_domain)) = (halves(&typed), halves(&address));
    let without_tag = |local: &str| local.split('+').next().unwrap_or_default().to_owned();
    let same_local = !local.is_empty() && without_tag(local) == without_tag(other_local);
    let near = |one: &str, other: &str| apart(one, other) <= APART;
    let same_domain = !domain.is_empty() && related(domain, other_domain);
    if near(&typed, &address) || (same_local && (same_domain || near(domain, other_domain))) {
        Some(Likeness::SimilarAddress)
    } else if same_domain {
        Some(Likeness::SameDomain)
    } else if called_like(domain, name) || (same_local && called_like(other_domain, name) && near(domain, other_domain))
    {
        Some(Likeness::SimilarName)
    } else {
        None
    }
}

/// As letters look, without what typing adds: white space, quotes, a full stop at the end.
fn plain(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    let folded: String = fold(&short).chars().map(digit).collect();
    // Accents are what one forgets first.
    let bare: String = folded.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let looks: String = skeleton(&bare).collect();
    let kept: String = looks
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !"\"'<>".contains(*c))
        .collect();
    kept.trim_matches('.').to_owned()
}

/// A digit of any script is that digit.
fn digit(c: char) -> char {
    let starts = [0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50, 0xFF10];
    let value = starts
        .iter()
        .find_map(|start| (c as u32).checked_sub(*start).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

fn halves(address: &str) -> (&str, &str) {
    address.rsplit_once('@').unwrap_or((address, ""))
}

/// Whether one domain is the other, or lies below it.
fn related(one: &str, other: &str) -> bool {
    let below =
        |low: &str, high: &str| high.contains('.') && low.strip_suffix(high).is_some_and(|rest| rest.ends_with('.'));
    one == other || below(one, other) || below(other, one)
}

/// Whether a word of a company's name stands in a domain, or the other way round.
fn called_like(domain: &str, name: &str) -> bool {
    let name = plain(name.replace(char::is_whitespace, "-").as_str());
    let whole = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    // The last label names nobody.
    let domain = domain.rsplit_once('.').map_or("", |(labels, _)| labels);
    let stands = |words: &str, other: &str| {
        let other = whole(other);
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.chars().count() >= WORD && other.contains(word))
    };
    stands(domain, &name) || stands(&name, domain)
}

/// How many letters differ (Levenshtein), or more than any limit where the lengths tell already.
fn apart(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > APART {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut last = row.first().copied().unwrap_or_default();
        row.first_mut().into_iter().for_each(|first| *first = index + 1);
        for place in 1..row.len() {
            let same = usize::from(other.get(place - 1) != Some(letter));
            let above = row.get(place).copied().unwrap_or_default();
            let left = row.get(place - 1).copied().unwrap_or_default();
            let best = (last + same).min(above + 1).min(left + 1);
            last = above;
            if let Some(here) = row.get_mut(place) {
                *here = best;
            }
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness};

    #[test]
    fn conv_4_a_mistyped_address_is_like_the_one_that_was_meant() {
        let like = |typed| likeness(typed, "claire@lumiere.example", "Société Lumière");
        for typed in [
            "Claire@Lumiere.example",
            "claire+trial@lumiere.example",
            "claire@lumiere.example.",
            "cl\u{0430}ire@lumiere.example",
            "claire@lumi\u{0435}re.example",
            "clare@lumiere.example",
            "claire@lumier.example",
            "claire @lumiere.example",
            "\"claire\"@lumiere.example",
            "claire@mail.lumiere.example",
        ] {
            assert_eq!(like(typed), Some(Likeness::SimilarAddress), "CONV-4: {typed}");
        }
        assert_eq!(like("direction@lumiere.example"), Some(Likeness::SameDomain));
        assert_eq!(like("claire@lumiere-paris.example"), Some(Likeness::SimilarName));
        assert_eq!(like("bob@other.example"), None);
        assert_eq!(like(""), None);
        assert_eq!(like("@"), None);
    }

    #[test]
    fn conv_4_digits_of_any_script_are_digits() {
        let found = likeness("team\u{0662}@lumiere.example", "team2@lumiere.example", "Other");
        assert_eq!(found, Some(Likeness::SimilarAddress));
    }

    #[test]
    fn conv_4_what_is_hostile_is_only_long() {
        let long = "a".repeat(1 << 20);
        assert_eq!(likeness(&long, "claire@lumiere.example", "Société Lumière"), None);
        assert_eq!(likeness("x@..", "claire@lumiere.example", "..."), None);
    }
}
