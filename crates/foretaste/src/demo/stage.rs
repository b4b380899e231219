//! Where the cast acts: the system, the clock of its past, and who is who.

use super::cast::Someone;
use crate::{
    failure::{Failure, Outcome},
    wiring::System,
};
use app::{Actor, App};
use domain::ids::OrgId;
use jiff::{SignedDuration, Timestamp};
use std::{collections::BTreeMap, sync::Arc};

/// The stage.
pub(super) struct Stage {
    pub(super) app: Arc<App>,
    /// The real time at which the play began.
    pub(super) real: Timestamp,
    pub(super) cast: BTreeMap<String, OrgId>,
    deliver: api::Deliver,
}

impl Stage {
    pub(super) fn new(system: &System) -> Self {
        let app = Arc::clone(&system.app);
        Self {
            real: app.clock.real(),
            app,
            cast: BTreeMap::new(),
            deliver: system.deliver(),
        }
    }

    /// Somebody has a part from now on.
    pub(super) fn enters(&mut self, cast: &str, id: &OrgId) {
        self.cast.insert(cast.to_owned(), id.clone());
    }

    /// Lets the rules' time come to so long before the real one; what falls due on the way is done, and what the cast
    /// did before it is in the mail by then.
    pub(super) async fn at(&self, ago: SignedDuration) -> Outcome {
        (self.deliver)().await;
        let to = self
            .real
            .checked_sub(ago)
            .map_err(|error| Failure::of("the clock", error))?;
        self.app.set_clock(to, &*self.deliver).await?;
        Ok(())
    }

    /// The rules' time is the real one.
    pub(super) async fn today(&self) -> Outcome {
        (self.deliver)().await;
        self.app.set_clock(self.app.clock.real(), &*self.deliver).await?;
        Ok(())
    }

    /// One of a company's people, by the order in the cast.
    pub(super) async fn who(&self, people: &[Someone], domain: &str, place: usize) -> Outcome<Actor> {
        let someone = people.get(place).ok_or_else(|| Failure::new("nobody has that part"))?;
        let email = format!("{}@{domain}", someone.local);
        let found = self.app.find_people(&email).await?.into_iter().next();
        let person = found.ok_or_else(|| Failure::new("somebody of the cast is missing"))?;
        let region = self.app.stores.region(person.organization.region());
        let region = region.ok_or_else(|| Failure::new("a region has no store"))?;
        let organization = region.read().organization(&person.organization).await?;
        let organization = organization
            .ok_or_else(|| Failure::new("a company of the cast is missing"))?
            .value;
        let language = person.language.clone();
        Ok(Actor {
            person,
            organization,
            scopes: app::token::Scopes::all(),
            via: "command_line",
            request: None,
            from: None,
            language,
            acting: None,
        })
    }
}
