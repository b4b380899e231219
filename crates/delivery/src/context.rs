//! What the templates see: words only, already in the reader's language.

use crate::glance::{Row, rows};
use crate::letter::{Letter, RenderError};
use crate::wording::{Reader, Values, message};
use domain::notify::MessageKind;
use i18n::{Language, tame, text};
use serde::Serialize;

/// The values of `layout.mjml.j2` and `layout.txt.j2`.
#[derive(Debug, Serialize)]
pub(crate) struct Context {
    pub(crate) subject: String,
    kind: &'static str,
    language: &'static str,
    trial_id: String,
    heading: String,
    hello: String,
    lead: String,
    words: Option<Words>,
    next: Option<String>,
    note: Option<String>,
    steps_title: String,
    steps: Vec<String>,
    also: Vec<Link>,
    button: Option<Link>,
    link_instead: String,
    facts_title: String,
    rows: Vec<Row>,
    why: String,
    vendor: String,
    support: Option<Link>,
    legal: Option<Link>,
    colours: Colours,
}

/// A person's own words.
#[derive(Debug, Serialize)]
struct Words {
    title: String,
    lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Link {
    label: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Colours {
    button: String,
    on_button: &'static str,
}

impl Context {
    pub(crate) fn new(letter: &Letter<'_>) -> Result<Self, RenderError> {
        if letter.action_url.as_ref().is_some_and(|url| !web_address(url)) {
            return Err(RenderError::Link);
        }
        let (language, values, id) = (letter.language, Values::new(letter), message(letter));
        let part = |name: &str| format!("{id}.{name}");
        Ok(Context {
            subject: values.required(&part("subject"))?,
            kind: letter.kind.as_str(),
            language: language.as_str(),
            trial_id: letter.trial_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            heading: values.required(&part("heading"))?,
            hello: values
                .optional("email-hello")
                .map_or_else(|| values.required("email-hello-all"), Ok)?,
            lead: sentences(
                language,
                values.required(&part("lead"))?,
                values.optional(&part("when")),
            ),
            words: words(letter, &values)?,
            next: next(letter, &values, &part("next")),
            note: note(letter, &values, &part("note")),
            steps_title: text(language, "email-steps", &[]),
            steps: letter.devices.steps.iter().map(|step| tame(step)).collect(),
            also: also(letter),
            button: button(letter, &values, &part("button"))?,
            link_instead: text(language, "email-link-instead", &[]),
            facts_title: text(language, "email-facts", &[]),
            rows: rows(letter),
            why: values.required(&match letter.kind {
                MessageKind::Digest => "email-why-digest".to_owned(),
                MessageKind::ConversionHandedOver => "email-why-distributor".to_owned(),
                _ => format!("email-why-{}", Reader::of(letter).suffix()),
            })?,
            vendor: tame(&letter.brand.vendor_name),
            support: foot_link(letter, "email-support", letter.brand.support_url.as_ref()),
            legal: foot_link(letter, "email-legal", letter.brand.legal_url.as_ref()),
            colours: Colours::new(&letter.brand.colour),
        })
    }

    pub(crate) fn links(&self) -> Vec<String> {
        let others = [&self.support, &self.legal]
            .into_iter()
            .flatten()
            .map(|link| link.url.clone());
        let own = self.button.iter().chain(&self.also).map(|link| link.url.clone());
        own.chain(others).collect()
    }
}

fn foot_link(letter: &Letter<'_>, label: &str, url: Option<&String>) -> Option<Link> {
    let url = url.filter(|url| web_address(url) || url.starts_with("mailto:"))?;
    Some(Link {
        label: text(letter.language, label, &[]),
        url: url.clone(),
    })
}

fn button(letter: &Letter<'_>, values: &Values<'_>, id: &str) -> Result<Option<Link>, RenderError> {
    let Some(url) = letter.action_url.clone() else {
        return Ok(None);
    };
    let label = values.required(id)?;
    Ok(Some(Link { label, url }))
}

/// The one thing to do, for whoever can do it.
fn next(letter: &Letter<'_>, values: &Values<'_>, id: &str) -> Option<String> {
    let instead = match letter.kind {
        // DEV-4: nobody is sent to read an agreement that is no page: one asks for it first.
        MessageKind::DeviceShipped if agreement(letter).is_none() => "ask",
        // CONS-3: whoever cannot decide passes it on.
        MessageKind::ConsentRequest | MessageKind::ConsentResent if !letter.decides => "pass-on",
        // EXP-4: nobody is sent to a door that no longer opens.
        MessageKind::AccessEnded if letter.action_url.is_none() => "alone",
        _ => return values.optional(id),
    };
    let instead = values.optional(&format!("{id}-{instead}"));
    instead.or_else(|| values.optional(id))
}

/// DEV-4: who brings devices to a customer knows where the agreement is to be had.
fn note(letter: &Letter<'_>, values: &Values<'_>, id: &str) -> Option<String> {
    let note = values.optional(id);
    let partner = Reader::of(letter) == Reader::Partner;
    if letter.kind != MessageKind::DeviceShipped || agreement(letter).is_some() || !partner {
        return note;
    }
    let ask = values.optional("email-agreement-ask");
    match note {
        Some(note) => Some(sentences(letter.language, note, ask)),
        None => ask,
    }
}

fn agreement(letter: &Letter<'_>) -> Option<Link> {
    let url = letter.brand.agreement_url.as_ref();
    let url = url.filter(|_| letter.kind == MessageKind::DeviceShipped);
    foot_link(letter, "email-agreement", url)
}

/// What else one opens: the agreement (DEV-4), the sheet that goes with a return (DEV-7).
fn also(letter: &Letter<'_>) -> Vec<Link> {
    let sheet = letter.devices.sheet_url.as_ref();
    let sheet = foot_link(letter, "email-sheet", sheet);
    agreement(letter).into_iter().chain(sheet).collect()
}

/// One paragraph of two sentences; Chinese sets no space between them.
fn sentences(language: Language, first: String, second: Option<String>) -> String {
    match (second, language) {
        (None, _) => first,
        (Some(second), Language::ZhHant) => first + &second,
        (Some(second), Language::En | Language::Fr) => format!("{first} {second}"),
    }
}

/// Nothing that a mail program would run, or that could leave its attribute or its line.
pub(crate) fn web_address(url: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'`\\".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(plain)
}

/// Their line breaks stay, everything else becomes harmless.
fn words(letter: &Letter<'_>, values: &Values<'_>) -> Result<Option<Words>, RenderError> {
    let lines: Vec<String> = letter
        .line
        .unwrap_or_default()
        .lines()
        .map(tame)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let title = match letter.kind {
        MessageKind::ExpiryReminder
        | MessageKind::ExpiryNotice
        | MessageKind::ConsentRequest
        | MessageKind::ConsentResent
        | MessageKind::TrialStarted
        | MessageKind::Welcome => "email-words-partner",
        MessageKind::PurchaseWanted => "email-words-customer",
        _ => "email-words-reason",
    };
    Ok(Some(Words {
        title: values.required(title)?,
        lines,
    }))
}

const FALLBACK: &str = "#1f5fbf";

impl Colours {
    /// The vendor's colour, and black or white on it, whichever reads better.
    fn new(colour: &str) -> Self {
        let button = channels(colour).map_or(FALLBACK, |_| colour).to_owned();
        let on_button = if luminance(&button) > 0.179 {
            "#000000"
        } else {
            "#ffffff"
        };
        Colours { button, on_button }
    }
}

fn channels(colour: &str) -> Option<[u8; 3]> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// WCAG 2.2 relative luminance; above 0.179 black has more contrast than white.
fn luminance(colour: &str) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = channels(colour).unwrap_or_default().map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_can_be_read_in_every_colour() {
        assert_eq!(Colours::new("#ffe000").on_button, "#000000");
        assert_eq!(Colours::new("#102040").on_button, "#ffffff");
        for odd in ["red", "#12345", "#12345g", "#é1234", "#fff\";x", ""] {
            assert_eq!(Colours::new(odd).button, FALLBACK, "{odd}");
        }
    }

    #[test]
    fn sec_3_only_web_addresses_are_linked() {
        assert!(web_address("https://trials.example/requests/request_eu_1?token=a&b=c"));
        for odd in [
            "javascript:alert(1)",
            "https://x.example/\"onclick=",
            "https://x.example/ y",
            "",
            "ftp://x.example",
        ] {
            assert!(!web_address(odd), "{odd}");
        }
    }
}
