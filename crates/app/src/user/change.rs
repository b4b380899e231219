//! SETUP-3: one user's name and licences; many users' licences of one service; a user leaves.

use super::{UserView, add::refusal, enter::once_each, user_of};
use crate::{
    Actor, App, Error, Guard,
    act::check_version,
    people::{name_of, within_reach},
    policy::Action,
};
use domain::{
    ids::{OrgId, PersonId},
    license::Licenses,
    person::Person,
    refusal::FieldError,
    team,
};
use store::{
    Tx,
    region::{Versioned, directory_task::Action as Tell},
};

/// What is to change; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct UserPatch {
    /// As spoken to.
    pub name: Option<String>,
    /// All the services of which the person is to have a licence, by id.
    pub licenses: Option<Vec<String>>,
}

impl App {
    /// Changes a user; of a dry run with the user before.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, wrong input, `licenses_exhausted`, `service_not_held`,
    /// `version_conflict`.
    pub async fn patch_user(
        &self,
        actor: &Actor,
        id: &OrgId,
        person: &PersonId,
        patch: &UserPatch,
        guard: &Guard,
    ) -> Result<(UserView, Option<UserView>), Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let organization = self
            .customer_with_users(&tx.read(), actor, id, Action::ManageLicenses)
            .await?;
        let before = user_of(&tx.read(), id, person).await?;
        check_version(guard, before.version)?;
        let mut after = before.value.clone();
        if let Some(name) = name_of(patch.name.as_deref())?.filter(|name| *name != after.name) {
            within_reach(actor, &organization, &after.roles)?;
            after.name = name;
        }
        if let Some(wanted) = &patch.licenses {
            let mut licenses = self.licenses_of(&tx.read(), &organization).await?;
            after.licenses = relicensed(&mut licenses, &after, &once_each(wanted))?;
        }
        if after == before.value {
            return Ok((UserView::of(before), None));
        }
        let changed = Versioned {
            value: after,
            version: before.version,
        };
        self.write_changed(&tx, actor, &before.value, &changed).await?;
        let view = UserView::of(Versioned {
            version: before.version + 1,
            ..changed
        });
        if guard.dry_run {
            tx.rollback().await?;
            return Ok((view, Some(UserView::of(before))));
        }
        tx.commit().await?;
        self.rang();
        Ok((view, None))
    }

    async fn write_changed(
        &self,
        tx: &Tx,
        actor: &Actor,
        before: &Person,
        changed: &Versioned<Person>,
    ) -> Result<(), Error> {
        tx.put_person(changed).await?;
        let after = &changed.value;
        let without = |all: &[String], those: &[String]| -> Vec<String> {
            all.iter().filter(|id| !those.contains(id)).cloned().collect()
        };
        let body = serde_json::json!({
            "person": after.id,
            "renamed": (after.name != before.name).then_some(true),
            "given": without(&after.licenses, &before.licenses),
            "taken": without(&before.licenses, &after.licenses),
        });
        self.note(tx, actor, &after.organization, "user_changed", body).await
    }

    /// Gives several people a licence of a service, or takes it from them: all of them, or nobody. How many changed.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, `unknown_service`, `licenses_exhausted`, `service_not_held`.
    pub async fn license_users(
        &self,
        actor: &Actor,
        id: &OrgId,
        people: &[PersonId],
        service: &str,
        gives: bool,
    ) -> Result<usize, Error> {
        let _moment = self.moment().await;
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let organization = self
            .customer_with_users(&tx.read(), actor, id, Action::ManageLicenses)
            .await?;
        let mut licenses = self.licenses_of(&tx.read(), &organization).await?;
        let mut changed = 0;
        for person in people {
            let before = user_of(&tx.read(), id, person).await?;
            let mut wanted: Vec<String> = before.value.licenses.clone();
            wanted.retain(|one| one != service);
            if gives {
                wanted.push(service.to_owned());
            }
            let mut after = before.value.clone();
            after.licenses = relicensed(&mut licenses, &after, &wanted)?;
            if after != before.value {
                let version = before.version;
                self.write_changed(&tx, actor, &before.value, &Versioned { value: after, version })
                    .await?;
                changed += 1;
            }
        }
        tx.commit().await?;
        self.rang();
        Ok(changed)
    }

    /// Removes a user for good: address, name, licences and ways in go.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `forbidden`, `last_full_administrator` (ORG-5), `version_conflict`.
    pub async fn remove_user(
        &self,
        actor: &Actor,
        id: &OrgId,
        person: &PersonId,
        guard: &Guard,
    ) -> Result<UserView, Error> {
        let tx = self.region(id.region())?.begin().await?;
        tx.lock(id).await?;
        let organization = self
            .customer_with_users(&tx.read(), actor, id, Action::ManageLicenses)
            .await?;
        let found = user_of(&tx.read(), id, person).await?;
        check_version(guard, found.version)?;
        within_reach(actor, &organization, &found.value.roles)?;
        let people = tx.read().administrators_of(id).await?;
        team::keeps_full_administrator(&organization.kind, &people, person, None)?;
        if !found.value.email.is_empty() {
            let key = found.value.email.to_ascii_lowercase();
            let release = self.directory_task(Tell::Release, "email", &key, id);
            tx.tell_directory(&[release]).await?;
        }
        tx.remove_person(&found).await?;
        let body = serde_json::json!({"person": person});
        self.note(&tx, actor, id, "person_left", body).await?;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
            self.rang();
        }
        Ok(UserView::of(found))
    }
}

/// The licences that a person has then, in the order in which they came; the same where nothing changes.
fn relicensed(licenses: &mut Licenses, person: &Person, wanted: &[String]) -> Result<Vec<String>, Error> {
    let place = |(index, error): (usize, FieldError)| FieldError {
        pointer: format!("/licenses/{index}"),
        ..error
    };
    licenses
        .change(&person.licenses, wanted)
        .map_err(|errors| refusal(errors.into_iter().map(place).collect()))?;
    let kept = person.licenses.iter().filter(|id| wanted.contains(id));
    let new = wanted.iter().filter(|id| !person.licenses.contains(id));
    Ok(kept.chain(new).cloned().collect())
}
