//! What a person says about itself: name, language, zone, theme.

use crate::{App, Error, people::still_open};
use domain::{
    person::Person,
    refusal::{Code, FieldError},
    text,
};

/// The languages that pages and emails speak.
const LANGUAGES: [&str; 3] = ["en", "fr", "zh-Hant"];
/// How pages look.
const THEMES: [&str; 3] = ["auto", "light", "dark"];
/// Attempts when others change the same person at the same time.
const ATTEMPTS: usize = 6;

/// What is to stand from now on; what is not said stays.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// As spoken to.
    pub name: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// An IANA zone.
    pub zone: Option<String>,
    /// `auto`, `light` or `dark`.
    pub theme: Option<String>,
    /// NOTE-4: one email a day instead of single reminders.
    pub digest: Option<bool>,
}

impl App {
    /// Changes what the person of a session says about itself.
    ///
    /// # Errors
    /// `unauthorized`, wrong input.
    pub async fn change_profile(&self, secret: &str, profile: &Profile) -> Result<Person, Error> {
        let name = checked(profile)?;
        let (_, person) = self.signed_in(secret).await?;
        let mut result = Err(Error::not_found());
        for _ in 0..ATTEMPTS {
            let tx = self.region(person.id.region())?.begin().await?;
            tx.lock(&person.organization).await?;
            still_open(&tx, &person.organization).await?;
            let mut found = tx.read().person(&person.id).await?.ok_or_else(Error::not_found)?;
            let value = &mut found.value;
            let put = |field: &mut String, given: &Option<String>| {
                if let Some(given) = given {
                    given.clone_into(field);
                }
            };
            put(&mut value.name, &name);
            put(&mut value.language, &profile.language);
            put(&mut value.zone, &profile.zone);
            put(&mut value.theme, &profile.theme);
            value.digest = profile.digest.unwrap_or(value.digest);
            let done = async {
                tx.put_person(&found).await?;
                self.note_own(&tx, &found.value, "profile_changed").await?;
                Ok::<_, Error>(tx.commit().await?)
            };
            result = done.await.map(|()| found.value);
            match &result {
                Err(error) if error.is_race() => {}
                _ => break,
            }
        }
        result
    }
}

/// The name as it is kept.
fn checked(profile: &Profile) -> Result<Option<String>, Error> {
    let mut errors = Vec::new();
    let mut wrong = |pointer: &str, code| errors.push(FieldError::new(pointer, code));
    let name = match profile.name.as_deref().map(text::name) {
        Some(Err(code)) => {
            wrong("/name", code);
            None
        }
        Some(Ok(name)) => Some(name),
        None => None,
    };
    if profile
        .language
        .as_deref()
        .is_some_and(|given| !LANGUAGES.contains(&given))
    {
        wrong("/language", Code::InvalidLanguage);
    }
    if profile
        .zone
        .as_deref()
        .is_some_and(|given| !crate::load::is_zone(given))
    {
        wrong("/time_zone", Code::InvalidTimeZone);
    }
    if profile.theme.as_deref().is_some_and(|given| !THEMES.contains(&given)) {
        wrong("/theme", Code::UnknownValue);
    }
    if errors.is_empty() {
        Ok(name)
    } else {
        Err(errors.into())
    }
}
