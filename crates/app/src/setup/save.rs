//! What a step of the set-up knows is kept, and the rest stays (SETUP-1).

use super::{SetupView, Site, view::providers};
use crate::{
    Actor, App, Error, Guard,
    act::check_version,
    load::{customer_of, is_zone},
    policy::{Action, Tie, authorize},
};
use domain::{
    ids::OrgId,
    number::international,
    organization::Kind,
    refusal::{Code, FieldError},
    setup::{Setup, Step},
    text::{self, fold},
};
use store::{
    Tx,
    region::{Reads, Versioned, relationship::Line},
};

/// The languages in which a company can be written to.
const LANGUAGES: [&str; 3] = ["en", "fr", "zh-Hant"];
/// Addresses of pages are at most so many characters.
const WEBSITE: usize = 300;

/// What of a profile is to change; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct ProfilePatch {
    /// The company's name.
    pub name: Option<String>,
    /// Branch of business, by the program's id.
    pub vertical: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// IANA zone.
    pub time_zone: Option<String>,
    /// An `https` address; empty removes it.
    pub website: Option<String>,
    /// In E.164; empty removes it.
    pub phone: Option<String>,
}

/// What somebody did in a set-up; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct SetupPatch {
    /// Given, even empty, somebody has looked it through.
    pub profile: Option<ProfilePatch>,
    /// SETUP-2: the provider to connect, by the program's id; empty disconnects it.
    pub provider: Option<String>,
    /// All steps that are put off.
    pub later: Option<Vec<String>>,
    /// Finishes it.
    pub finished: bool,
}

impl App {
    /// SETUP-1: keeps what was entered; of a dry run with the set-up before.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden` for what needs full access (ORG-4), wrong input, `numbers_required`,
    /// `version_conflict`.
    pub async fn put_setup(
        &self,
        actor: &Actor,
        id: &OrgId,
        patch: &SetupPatch,
        guard: &Guard,
    ) -> Result<(SetupView, Option<SetupView>), Error> {
        let region = self.region(id.region())?;
        self.may_put(&region.read(), actor, id, patch).await?;
        let _moment = self.moment().await;
        let tx = region.begin().await?;
        tx.lock(id).await?;
        let site = self.may_put(&tx.read(), actor, id, patch).await?;
        let before = self.setup_view(&tx.read(), &site).await?;
        check_version(guard, before.version)?;
        let setup = tx.read().setup(id).await?;
        let providers = providers(&site, &tx.read().locations(id).await?);
        let (mut after, errors) = patched(&setup.value, patch, &site, &providers);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let renamed = match &patch.profile {
            Some(profile) => self.put_profile(&tx, &site, profile).await?,
            None => false,
        };
        if patch.finished {
            after.finish(&self.around_whole(&tx.read(), &site).await?, self.clock.now())?;
        }
        if after == setup.value && !renamed {
            return Ok((before, None));
        }
        let finished = after.finished_at != setup.value.finished_at;
        tx.put_setup(
            id,
            &Versioned {
                value: after,
                version: setup.version,
            },
        )
        .await?;
        let (name, body) = told(patch, finished);
        self.note(&tx, actor, id, name, body).await?;
        let site = self.may_put(&tx.read(), actor, id, patch).await?;
        let view = self.setup_view(&tx.read(), &site).await?;
        if guard.dry_run {
            tx.rollback().await?;
            return Ok((view, Some(before)));
        }
        tx.commit().await?;
        Ok((view, None))
    }

    /// ORG-4: the profile is the company's, and so is which provider it orders from.
    async fn may_put(&self, reads: &Reads<'_>, actor: &Actor, id: &OrgId, patch: &SetupPatch) -> Result<Site, Error> {
        let site = self.site(reads, actor, id, Action::ManageSetup).await?;
        let tie = Tie {
            customer: id,
            partner: Some(actor.org()).filter(|_| actor.is_partner()),
            level: site.level,
            looks_after: actor.is_partner() && reads.is_assigned(id, actor.id()).await?,
            granted: false,
        };
        for (asked, action) in [
            (patch.profile.is_some(), Action::ManageProfile),
            (patch.provider.is_some(), Action::OrderNumbers),
        ] {
            if asked {
                authorize(actor, action, &tie, self.clock.now())?;
            }
        }
        Ok(site)
    }

    /// Writes the company's own facts; whether any changed.
    async fn put_profile(&self, tx: &Tx, site: &Site, patch: &ProfilePatch) -> Result<bool, Error> {
        let mut changed = site.customer.clone();
        let Kind::Customer(facts) = &mut changed.value.kind else {
            return Err(Error::not_found());
        };
        let mut errors = Vec::new();
        if let Some(name) = &patch.name {
            match text::name(name) {
                Ok(name) => changed.value.name = name,
                Err(code) => errors.push(FieldError::new("/profile/name", code)),
            }
        }
        if let Some(vertical) = &patch.vertical {
            match site.program.verticals.iter().any(|one| one.id == *vertical) {
                true => facts.vertical.clone_from(vertical),
                false => errors.push(FieldError::new("/profile/vertical", Code::UnknownVertical)),
            }
        }
        if let Some(language) = &patch.language {
            match LANGUAGES.contains(&language.as_str()) {
                true => facts.language.clone_from(language),
                false => {
                    let fault = FieldError::new("/profile/language", Code::InvalidLanguage);
                    errors.push(fault.with("allowed", LANGUAGES.join(", ")));
                }
            }
        }
        if let Some(zone) = &patch.time_zone {
            match is_zone(zone) {
                true => facts.zone.clone_from(zone),
                false => errors.push(FieldError::new("/profile/time_zone", Code::InvalidTimeZone)),
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        if changed.value == site.customer.value {
            return Ok(false);
        }
        customer_of(&changed.value)?;
        tx.put_organization(&changed).await?;
        self.call_it(tx, &changed.value.id, &changed.value.name).await?;
        Ok(true)
    }

    /// Lists find a customer by its name.
    async fn call_it(&self, tx: &Tx, id: &OrgId, name: &str) -> Result<(), Error> {
        let key = fold(name);
        tx.call_trials(id, &key).await?;
        for line in tx.read().relationships(id).await? {
            if line.name_key != key {
                let version = line.version + 1;
                let name_key = key.clone();
                tx.put_relationship(&Line {
                    name_key,
                    version,
                    ..line
                })
                .await?;
            }
        }
        Ok(())
    }
}

/// What the set-up is after it, and everything that is wrong with what was given.
fn patched(
    before: &Setup,
    patch: &SetupPatch,
    site: &Site,
    providers: &[(String, String)],
) -> (Setup, Vec<FieldError>) {
    let (mut after, mut errors) = (before.clone(), Vec::new());
    if let Some(profile) = &patch.profile {
        after.profile_seen = true;
        let mut keep =
            |field: &mut Option<String>, given: &Option<String>, pointer, check: fn(&str) -> Result<_, _>| {
                let Some(given) = given else { return };
                if given.trim().is_empty() {
                    *field = None;
                    return;
                }
                match check(given) {
                    Ok(checked) => *field = Some(checked),
                    Err(code) => errors.push(FieldError::new(pointer, code).with("max", WEBSITE)),
                }
            };
        keep(&mut after.website, &profile.website, "/profile/website", website);
        keep(&mut after.phone, &profile.phone, "/profile/phone", international);
    }
    if let Some(provider) = &patch.provider {
        if provider.is_empty() {
            after.provider = None;
        } else if site.has_calling() && providers.iter().any(|(id, _)| id == provider) {
            after.provider = Some(provider.clone());
        } else {
            errors.push(FieldError::new("/calling/provider", Code::UnknownValue));
        }
    }
    if let Some(later) = &patch.later {
        let mut steps = Vec::new();
        for (index, name) in later.iter().enumerate() {
            match Step::parse(name) {
                Some(step) if !steps.contains(&step) => steps.push(step),
                Some(_) => {}
                None => errors.push(FieldError::new(format!("/later/{index}"), Code::UnknownValue)),
            }
        }
        after.later = steps;
    }
    (after, errors)
}

/// A page's address, of which nothing but the address is kept.
fn website(given: &str) -> Result<String, Code> {
    let address = text::name(given)?;
    if address.chars().count() > WEBSITE {
        return Err(Code::TooLong);
    }
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let host = rest
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    let plain = |c: char| !c.is_whitespace() && !"<>\"'`\\{}|^@".contains(c);
    match host.contains('.') && !host.starts_with('.') && address.chars().all(plain) {
        true => Ok(address),
        false => Err(Code::InvalidUrl),
    }
}

fn told(patch: &SetupPatch, finished: bool) -> (&'static str, serde_json::Value) {
    let name = if finished { "setup_finished" } else { "setup_changed" };
    let body = serde_json::json!({
        "profile": patch.profile.is_some(), "provider": patch.provider, "later": patch.later,
    });
    (name, body)
}
