//! Changing a person: what the person chooses, and what administrators decide.

use super::{PersonView, reason_of, still_open, within_reach};
use crate::{
    Actor, App, Error, Guard,
    policy::{self, Action},
};
use domain::{
    ids::PersonId,
    organization::Organization,
    person::Person,
    refusal::{Code, FieldError, Refusal},
    team, text,
};
use store::region::Versioned;

/// What is to change; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct PersonPatch {
    /// As spoken to.
    pub name: Option<String>,
    /// BCP 47: `en`, `fr`, `zh-Hant`.
    pub language: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// `auto`, `light`, `dark`.
    pub theme: Option<String>,
    /// NOTE-4: one email a day instead of single reminders.
    pub digest: Option<bool>,
    /// What the person may do; for administrators.
    pub roles: Option<Vec<String>>,
    /// Whether the person may not sign in; for administrators.
    pub disabled: Option<bool>,
    /// Why; needed for people of another company.
    pub reason: Option<String>,
}

impl PersonPatch {
    fn is_own_choice(&self) -> bool {
        self.roles.is_none() && self.disabled.is_none()
    }
}

/// The languages that people can choose.
const LANGUAGES: [&str; 3] = ["en", "fr", "zh-Hant"];
const THEMES: [&str; 3] = ["auto", "light", "dark"];

impl App {
    /// Changes a person; of a dry run with the person before.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `last_full_administrator` (ORG-5), wrong input, `version_conflict`.
    pub async fn patch_person(
        &self,
        actor: &Actor,
        id: &PersonId,
        patch: &PersonPatch,
        guard: &Guard,
    ) -> Result<(PersonView, Option<PersonView>), Error> {
        policy::allow(actor, Action::ManageAccount, self.clock.now())?;
        let seen = self.member(id).await?;
        let own = seen.value.id == *actor.id();
        let organization = if own && patch.is_own_choice() {
            actor.home().clone()
        } else {
            self.members_of(actor, &seen.value.organization, Action::ManageUsers)
                .await?
        };
        let reason = reason_of(actor, &organization, patch.reason.as_deref())?;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(&organization.id).await?;
        still_open(&tx, &organization.id).await?;
        let before = tx.read().person(id).await?.ok_or_else(Error::not_found)?;
        if let Some(known) = &guard.if_match
            && !known.contains(&before.version)
        {
            return Err(Refusal::new(Code::VersionConflict)
                .with("version", before.version)
                .into());
        }
        let after = self.patched(&organization, &before.value, patch)?;
        if !(own && patch.is_own_choice()) {
            within_reach(actor, &organization, &before.value.roles)?;
            within_reach(actor, &organization, &after.roles)?;
        }
        if after == before.value {
            return Ok((PersonView::of(before), None));
        }
        let rights = after.roles != before.value.roles || after.disabled_at != before.value.disabled_at;
        if rights {
            let people = tx.read().administrators_of(&organization.id).await?;
            team::keeps_full_administrator(&organization.kind, &people, id, Some(&after))?;
            // SEC-2a: what was opened under other rights ends.
            tx.end_sessions(id, self.clock.real()).await?;
        }
        tx.put_person(&Versioned {
            value: after.clone(),
            version: before.version,
        })
        .await?;
        let body = serde_json::json!({
            "person": id,
            "roles": (after.roles != before.value.roles).then_some(&after.roles),
            "disabled": (after.disabled_at != before.value.disabled_at).then_some(after.disabled_at.is_some()),
        });
        let words = reason.map(|reason| ("reason", reason));
        self.note_with(&tx, actor, &organization.id, "person_changed", body, words)
            .await?;
        let view = PersonView::of(Versioned {
            value: after,
            version: before.version + 1,
        });
        if guard.dry_run {
            tx.rollback().await?;
            return Ok((view, Some(PersonView::of(before))));
        }
        tx.commit().await?;
        Ok((view, None))
    }

    fn patched(&self, organization: &Organization, before: &Person, patch: &PersonPatch) -> Result<Person, Error> {
        let mut errors: Vec<FieldError> = Vec::new();
        let mut after = before.clone();
        let mut keep = |error: Error| {
            if let Error::Refused(refusal) = error {
                errors.extend(refusal.errors);
            }
        };
        match name_of(patch.name.as_deref()) {
            Ok(name) => after.name = name.unwrap_or(after.name),
            Err(error) => keep(error),
        }
        match language_of(patch.language.as_deref()) {
            Ok(language) => after.language = language.unwrap_or(after.language),
            Err(error) => keep(error),
        }
        match zone_of(patch.time_zone.as_deref()) {
            Ok(zone) => after.zone = zone.unwrap_or(after.zone),
            Err(error) => keep(error),
        }
        match patch.theme.as_deref() {
            None => {}
            Some(theme) if THEMES.contains(&theme) => theme.clone_into(&mut after.theme),
            Some(_) => {
                let error = FieldError::new("/theme", Code::UnknownValue).with("allowed", THEMES.join(", "));
                keep(Refusal::input(vec![error]).into());
            }
        }
        after.digest = patch.digest.unwrap_or(after.digest);
        if let Some(wanted) = &patch.roles {
            match team::roles(&organization.kind, wanted) {
                Ok(roles) => after.roles = roles,
                Err(refusal) => keep(refusal.into()),
            }
        }
        after.disabled_at = match patch.disabled {
            None => before.disabled_at,
            Some(false) => None,
            Some(true) => before.disabled_at.or(Some(self.clock.now())),
        };
        if errors.is_empty() {
            Ok(after)
        } else {
            Err(errors.into())
        }
    }
}

/// A name as it was given, checked.
pub(crate) fn name_of(given: Option<&str>) -> Result<Option<String>, Error> {
    let checked = given.map(|name| text::name(name).map_err(|code| Error::field("/name", code)));
    checked.transpose()
}

/// A language that there is.
pub(crate) fn language_of(given: Option<&str>) -> Result<Option<String>, Error> {
    match given {
        None => Ok(None),
        Some(language) if LANGUAGES.contains(&language) => Ok(Some(language.to_owned())),
        Some(_) => {
            let error = FieldError::new("/language", Code::InvalidLanguage).with("allowed", LANGUAGES.join(", "));
            Err(Refusal::input(vec![error]).into())
        }
    }
}

/// A zone that there is.
pub(crate) fn zone_of(given: Option<&str>) -> Result<Option<String>, Error> {
    match given {
        None => Ok(None),
        Some(zone) if crate::load::is_zone(zone) => Ok(Some(zone.to_owned())),
        Some(_) => Err(Error::field("/time_zone", Code::InvalidTimeZone)),
    }
}
