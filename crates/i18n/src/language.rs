//! Which languages there are, and how one is chosen from what a person or a browser says.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A language in which every text exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Traditional Chinese, as written in Taiwan.
    ZhHant,
}

/// Headers longer than this are not read to their end.
const HEADER_LIMIT: usize = 1000;

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Language; 3] = [Language::En, Language::Fr, Language::ZhHant];

    /// The nearest language to a BCP 47 tag (`fr-CA`, `zh-TW`), in any case; `None` where nothing is near.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut subtags = tag.trim().split(['-', '_']);
        let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let primary = subtags.next()?.to_ascii_lowercase();
        let rest: Vec<String> = subtags.map(str::to_ascii_lowercase).collect();
        if tag.len() > 60 || !rest.iter().all(|part| well_formed(part)) {
            return None;
        }
        match primary.as_str() {
            "en" => Some(Language::En),
            "fr" => Some(Language::Fr),
            "zh" if traditional(&rest) => Some(Language::ZhHant),
            _ => None,
        }
    }

    /// The BCP 47 tag: `en`, `fr`, `zh-Hant`.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::ZhHant => "zh-Hant",
        }
    }

    /// The language's own name, as a list of languages shows it.
    pub fn native_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Fr => "Français",
            Language::ZhHant => "繁體中文",
        }
    }

    /// The best language for an `Accept-Language` header; English where the header is empty, odd or asks for others.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(u32, Self)> = None;
        for range in header
            .bytes()
            .take(HEADER_LIMIT)
            .collect::<Vec<_>>()
            .split(|b| *b == b',')
        {
            let Some((quality, language)) = std::str::from_utf8(range).ok().and_then(wish) else {
                continue;
            };
            if quality > 0 && best.is_none_or(|(most, _)| quality > most) {
                best = Some((quality, language));
            }
        }
        best.map_or(Language::En, |(_, language)| language)
    }
}

/// A Chinese tag without script or place says too little; simplified readers are better served in English.
fn traditional(subtags: &[String]) -> bool {
    match subtags.first().map(String::as_str) {
        Some("hant") => true,
        Some("hans") => false,
        _ => subtags
            .iter()
            .any(|part| matches!(part.as_str(), "hant" | "tw" | "hk" | "mo")),
    }
}

/// One element of the header: its weight in thousandths and the language it means.
fn wish(range: &str) -> Option<(u32, Language)> {
    let mut parts = range.split(';');
    let language = Language::parse(parts.next()?)?;
    let quality = match parts.next() {
        None => 1000,
        Some(parameter) => thousandths(
            parameter
                .trim()
                .strip_prefix(['q', 'Q'])?
                .trim_start()
                .strip_prefix('=')?,
        )?,
    };
    Some((quality, language))
}

/// RFC 9110 qvalue: 0 to 1 with at most three digits.
fn thousandths(value: &str) -> Option<u32> {
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Language::parse(&tag).ok_or_else(|| serde::de::Error::custom("not a language of this system: en, fr, zh-Hant"))
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Fr, ZhHant};

    #[test]
    fn tags_find_their_nearest_language() {
        for (tag, language) in [
            ("en", Some(En)),
            ("EN", Some(En)),
            ("en-GB", Some(En)),
            ("en_US", Some(En)),
            ("fr-CA", Some(Fr)),
            ("FR", Some(Fr)),
            ("zh-Hant", Some(ZhHant)),
            ("zh-hant", Some(ZhHant)),
            ("zh-TW", Some(ZhHant)),
            ("zh-HK", Some(ZhHant)),
            ("zh-Hant-TW", Some(ZhHant)),
            ("ZH-hant-hk", Some(ZhHant)),
            ("zh", None),
            ("zh-CN", None),
            ("zh-Hans-TW", None),
            ("de", None),
            ("", None),
            ("english", None),
            ("fr-", None),
            ("en-<script>", None),
            ("-", None),
            ("*", None),
        ] {
            assert_eq!(Language::parse(tag), language, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(Language::parse(language.as_str()), Some(language));
        }
    }

    #[test]
    fn a_browser_gets_what_it_likes_best() {
        for (header, language) in [
            ("", En),
            ("fr", Fr),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Fr),
            ("de, fr;q=0.5", Fr),
            ("en;q=0.2, zh-TW;q=0.9", ZhHant),
            ("fr;q=0, en;q=0.1", En),
            ("fr;q=0", En),
            ("fr ; q = 0.7 ,en; q=.9", Fr),
            ("fr;q=2", En),
            ("fr;q=0.1234", En),
            ("fr;q=-1", En),
            (",,,;;;q=,=", En),
            ("zh-CN,zh;q=0.9", En),
            ("*", En),
            ("en, fr", En),
            ("fr, en", Fr),
            ("fr\r\nX: y", En),
            ("\u{0}é,fr", Fr),
            ("fr;q=1.000", Fr),
        ] {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
        assert_eq!(Language::from_accept_language(&format!("{},fr", "é".repeat(600))), En);
    }
}
