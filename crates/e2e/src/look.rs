//! How a round looks at the pages.

use i18n::Language;

/// One way to look at them; together the rounds see every language in both schemes, and each of the other pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) language: Language,
    pub(crate) dark: bool,
    /// Whether the browser runs scripts.
    pub(crate) script: bool,
    /// A phone's 320 px, else 1280.
    pub(crate) narrow: bool,
}

/// The width of a phone.
pub(crate) const NARROW: u32 = 320;
/// The width of a desk.
pub(crate) const WIDE: u32 = 1280;

impl Look {
    pub(crate) const ALL: [Look; 6] = [
        Look::new(Language::En, false, true, false),
        Look::new(Language::En, true, false, true),
        Look::new(Language::Fr, false, true, true),
        Look::new(Language::Fr, true, false, false),
        Look::new(Language::ZhHant, false, false, false),
        Look::new(Language::ZhHant, true, true, true),
    ];

    const fn new(language: Language, dark: bool, script: bool, narrow: bool) -> Self {
        Self {
            language,
            dark,
            script,
            narrow,
        }
    }

    /// `fr-dark`
    pub(crate) fn name(self) -> String {
        format!(
            "{}-{}",
            self.language.as_str(),
            if self.dark { "dark" } else { "light" }
        )
    }

    /// What else is special about it.
    pub(crate) fn said(self) -> String {
        let script = if self.script { "" } else { ", without script" };
        format!("{}, {} px{script}", self.name(), self.width())
    }

    pub(crate) fn width(self) -> u32 {
        if self.narrow { NARROW } else { WIDE }
    }
}
