//! Asking and telling the directory: what does this address belong to, is this site free (START-5, 6).

use crate::{App, Error};
use domain::{
    ids::OrgId,
    refusal::{Code, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::{
    StoreError,
    directory::{Entry, EntryState, Reserve},
};

const LEASE: SignedDuration = SignedDuration::from_secs(40);
pub(crate) const PATIENCE: u32 = 120;

impl App {
    /// The organization to which an address belongs. One that is being written right now is waited for.
    pub(crate) async fn owner_of(&self, kind: &str, value: &str, holder: &str) -> Result<Option<OrgId>, Error> {
        for _ in 0..PATIENCE {
            let Some(entry) = self.stores.directory.find(kind, value).await? else {
                return Ok(None);
            };
            match entry.state {
                EntryState::Confirmed => return Ok(Some(entry.organization)),
                EntryState::Resting => return Ok(None),
                EntryState::Reserved => {}
            }
            if self.arrived(&entry).await? {
                return Ok(Some(entry.organization));
            }
            if entry.holder == holder || entry.until <= self.clock.real() {
                // What a crash left behind, or our own first try.
                self.stores.directory.drop_entry(&entry).await?;
                continue;
            }
            pause().await;
        }
        Err(StoreError::Unavailable("a reservation in the directory does not end".to_owned()).into())
    }

    /// Whether what is reserved came to its region: then the directory is still to be told so, or was told since it was
    /// looked at, and the entry is another one. What is there already says nothing: a customer that is corrected, or a
    /// request that names a site, holds neither address nor site before that is written.
    pub(crate) async fn arrived(&self, entry: &Entry) -> Result<bool, Error> {
        let Some(region) = self.stores.region(&entry.region) else {
            return Ok(false);
        };
        let (kind, digest) = (&entry.kind, &entry.digest);
        Ok(region.is_to_confirm(kind, digest, &entry.organization).await?)
    }

    /// START-5: whether a site name is free.
    pub(crate) async fn check_site(&self, site: &str) -> Result<(), Error> {
        match self.stores.directory.find("site", site).await? {
            Some(entry) if !self.is_free(&entry).await? => Err(taken(site)),
            Some(_) | None => Ok(()),
        }
    }

    /// START-5: a name whose rest is over, or whose holder died, can be taken again; one that somebody took since it was
    /// looked at stays his.
    pub(crate) async fn clear_site(&self, site: &str) -> Result<(), Error> {
        let Some(entry) = self.stores.directory.find("site", site).await? else {
            return Ok(());
        };
        if !self.is_free(&entry).await? {
            return Err(taken(site));
        }
        self.stores.directory.drop_entry(&entry).await?;
        Ok(())
    }

    pub(crate) async fn is_free(&self, entry: &Entry) -> Result<bool, Error> {
        Ok(match entry.state {
            EntryState::Confirmed => false,
            EntryState::Resting => entry.until <= self.clock.now(),
            EntryState::Reserved => entry.until <= self.clock.real() && !self.arrived(entry).await?,
        })
    }

    /// START-5: takes a site name for a trial. Taking it again for the same one does no harm; what its first try left is
    /// taken anew, so that it does not run out meanwhile.
    pub(crate) async fn take_site(&self, site: &str, organization: &OrgId, holder: &str) -> Result<(), Error> {
        if let Some(entry) = self.stores.directory.find("site", site).await? {
            let ours = entry.holder == holder && entry.organization == *organization;
            if ours && entry.state == EntryState::Confirmed {
                return Ok(());
            }
            let left = ours && entry.state == EntryState::Reserved;
            if !left && !self.is_free(&entry).await? {
                return Err(taken(site));
            }
            self.stores.directory.drop_entry(&entry).await?;
        }
        let wanted = Reserve {
            kind: "site",
            value: site,
            organization,
            holder,
            until: self.lease(),
        };
        match self.stores.directory.reserve(&[wanted]).await {
            Err(StoreError::Taken(_)) => Err(taken(site)),
            other => Ok(other?),
        }
    }

    pub(crate) fn lease(&self) -> Timestamp {
        let now = self.clock.real();
        now.checked_add(LEASE).unwrap_or(now)
    }

    /// Carries out what regions ask of the directory, and clears what crashes left there.
    ///
    /// # Errors
    /// When a store does not answer; what was not done is done later.
    pub async fn tend_directory(&self) -> Result<usize, Error> {
        let mut done = 0;
        for region in self.stores.regions.values() {
            loop {
                let tasks = region.directory_tasks(500).await?;
                if tasks.is_empty() {
                    break;
                }
                self.stores.directory.carry_out(&tasks).await?;
                let ids: Vec<String> = tasks.into_iter().map(|task| task.id).collect();
                region.drop_directory_tasks(&ids).await?;
                done += ids.len();
            }
        }
        Ok(done)
    }

    /// Clears reservations whose owner died, and rests that are over.
    ///
    /// # Errors
    /// When a store does not answer.
    pub async fn reclaim_directory(&self) -> Result<usize, Error> {
        let mut cleared = 0;
        for entry in self
            .stores
            .directory
            .stale(self.clock.real(), self.clock.now(), 200)
            .await?
        {
            if entry.state == EntryState::Reserved && self.arrived(&entry).await? {
                continue;
            }
            cleared += usize::from(self.stores.directory.drop_entry(&entry).await?);
        }
        Ok(cleared)
    }
}

pub(crate) fn taken(site: &str) -> Error {
    Refusal {
        errors: vec![domain::refusal::FieldError::new("/meetings/site", Code::SiteNameTaken).with("value", site)],
        ..Refusal::new(Code::SiteNameTaken)
    }
    .into()
}

#[expect(
    clippy::disallowed_methods,
    reason = "waits for another request that is just being written"
)]
pub(crate) async fn pause() {
    tokio::time::sleep(Duration::from_millis(25)).await;
}
