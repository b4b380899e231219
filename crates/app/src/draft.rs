//! START-10: half-filled starts, kept for their author alone. They bind nobody and nobody else sees them, so they stand
//! in no record of changes; a draft goes when its start succeeds, when its author discards it or leaves, and 30 days
//! after its last change.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    idempotency::{Held, Slot},
    page::{Place, newest_first, part},
    policy::{Action, allow},
};
use domain::{
    draft::{Draft, Home, KEPT_DAYS, LARGEST, MOST},
    ids::{DraftId, OrgId},
    refusal::{Code, Refusal},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Region, StoreError, region::draft::DraftRecord};

/// A draft as its author sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftView {
    /// Its id; none for one that a dry run would keep. It tells the region, so it changes when the country moves it.
    pub id: Option<DraftId>,
    /// What it says.
    pub draft: Draft,
    /// The customer of whom it speaks, by name: as it was typed, or an own one.
    pub customer_name: Option<String>,
    /// Where it lies.
    pub region: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was written last.
    pub updated_at: Timestamp,
    /// When it will be forgotten.
    pub forgotten_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}

/// What is written, and by which visit of its author: whoever goes back in a page and sends it again writes over himself,
/// another window does not.
#[derive(Clone, Debug, Default)]
pub struct DraftWish {
    /// What it says.
    pub draft: Draft,
    /// The visit; empty where there is none.
    pub writer: String,
}

fn kept() -> SignedDuration {
    SignedDuration::from_hours(24 * KEPT_DAYS)
}

impl App {
    /// One's own drafts, the one written last first.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn drafts(&self, actor: &Actor, page: &PageRequest) -> Result<Page<DraftView>, Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        let mut down = Vec::new();
        // One that was moved while a server died may lie in two regions; the later one counts.
        let mut all: BTreeMap<String, DraftRecord> = BTreeMap::new();
        for region in self.stores.regions.values() {
            match region.read().drafts_of(actor.id()).await {
                Ok(found) => {
                    for one in found {
                        let key = tail(&one.id).to_owned();
                        if all.get(&key).is_none_or(|known| known.version < one.version) {
                            all.insert(key, one);
                        }
                    }
                }
                Err(StoreError::Unavailable(_)) => down.push(region.id().to_owned()),
                Err(error) => return Err(error.into()),
            }
        }
        let live = all.into_values().filter(|one| !self.is_forgotten(one));
        let place = |one: &DraftRecord| Place(newest_first(one.updated_at), one.id.0.clone());
        let found = part(live.map(|one| (place(&one), one)).collect(), page);
        let names = self.own_names(actor, &found.items).await?;
        let named = |one: DraftRecord| {
            let name = one.customer.as_ref().and_then(|id| names.get(id).cloned());
            let view = shown(one);
            DraftView {
                customer_name: name.or(view.customer_name),
                ..view
            }
        };
        Ok(Page {
            items: found.items.into_iter().map(named).collect(),
            next: found.next,
            unavailable_regions: down,
        })
    }

    /// ORG-9: the names of own customers, as long as they are own ones; asked once in each region.
    async fn own_names(&self, actor: &Actor, drafts: &[DraftRecord]) -> Result<BTreeMap<OrgId, String>, Error> {
        let mut places: BTreeMap<&str, Vec<OrgId>> = BTreeMap::new();
        for customer in drafts.iter().filter_map(|one| one.customer.as_ref()) {
            places.entry(customer.region()).or_default().push(customer.clone());
        }
        let mut names = BTreeMap::new();
        for (region, customers) in places {
            let reads = self.region(region)?.read();
            let own = reads.customers_among(&customers, actor.org()).await?;
            let found = reads.organizations(&own).await?;
            names.extend(found.into_iter().map(|one| (one.id, one.name)));
        }
        Ok(names)
    }

    /// Keeps what a visit to the form has filled in so far, in the draft with which it began or in its own. Where another
    /// visit has written that one since, it gets a draft of its own, and neither is lost; whether it did.
    ///
    /// # Errors
    /// `role_required`, wrong input, `draft_limit`.
    pub async fn save_visit(
        &self,
        actor: &Actor,
        begun_with: Option<(&DraftId, i64)>,
        wish: &DraftWish,
    ) -> Result<(DraftView, bool), Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        let guard = |version: i64| Guard {
            if_match: Some(vec![version]),
            ..Guard::default()
        };
        if let Some(mine) = self.draft_by(actor, begun_with.map(|(id, _)| id), &wish.writer).await? {
            let saved = self.change_draft(actor, &mine.id, wish, &guard(mine.version)).await?;
            return Ok((saved, false));
        }
        let mut apart = false;
        if let Some((id, version)) = begun_with {
            match self.change_draft(actor, id, wish, &guard(version)).await {
                Ok(saved) => return Ok((saved, false)),
                Err(Error::Refused(refusal)) if [Code::VersionConflict, Code::NotFound].contains(&refusal.code) => {
                    apart = true;
                }
                Err(error) => return Err(error),
            }
        }
        Ok((self.keep_draft(actor, wish, &Guard::default()).await?, apart))
    }

    /// The draft that a visit wrote last; it is looked for first where it was.
    async fn draft_by(
        &self,
        actor: &Actor,
        first: Option<&DraftId>,
        writer: &str,
    ) -> Result<Option<DraftRecord>, Error> {
        let mine = |one: &DraftRecord| one.writer == writer && !self.is_forgotten(one);
        if let Some(id) = first
            && let Some(found) = self.region(id.region())?.read().draft(id).await?
            && found.author == *actor.id()
            && mine(&found)
        {
            return Ok(Some(found));
        }
        for region in self.stores.regions.values() {
            let found = unless_down(region.read().drafts_of(actor.id()).await)?.unwrap_or_default();
            if let Some(one) = found.into_iter().find(|one| mine(one)) {
                return Ok(Some(one));
            }
        }
        Ok(None)
    }

    /// One of them.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn draft(&self, actor: &Actor, id: &DraftId) -> Result<DraftView, Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        Ok(shown(self.own_draft(actor, id).await?))
    }

    async fn own_draft(&self, actor: &Actor, id: &DraftId) -> Result<DraftRecord, Error> {
        let found = self.region(id.region())?.read().draft(id).await?;
        let mine = found.filter(|one| one.author == *actor.id() && !self.is_forgotten(one));
        mine.ok_or_else(Error::not_found)
    }

    fn is_forgotten(&self, one: &DraftRecord) -> bool {
        forgotten_at(one) <= self.clock.now()
    }

    /// Keeps a new draft.
    ///
    /// # Errors
    /// `role_required`, wrong input, `draft_limit`.
    pub async fn keep_draft(&self, actor: &Actor, wish: &DraftWish, guard: &Guard) -> Result<DraftView, Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        let home = self.home_of(actor, &wish.draft).await;
        let region = match &home {
            Ok((region, _)) => region.id().to_owned(),
            Err(_) => actor.id().region().to_owned(),
        };
        let slot = match self.hold_key(actor, guard.idem.as_ref(), &region).await? {
            Held::Again(answer) => return *answer,
            Held::Fresh(slot) => slot,
        };
        let own = wish.draft.input.customer.as_ref().and_then(|one| one.id.as_deref());
        if let (Some(slot), Some(own)) = (&slot, own.and_then(OrgId::parse)) {
            // EXP-9: the answer says what was filled in for that customer, and goes with it.
            slot.is_about(&own);
        }
        let result = match home {
            Ok(home) => self.keep_at(actor, wish, home, guard.dry_run, slot.as_ref()).await,
            Err(error) => Err(error),
        };
        self.settle(slot, result).await
    }

    async fn keep_at(
        &self,
        actor: &Actor,
        wish: &DraftWish,
        (region, customer): (&Region, Option<OrgId>),
        dry_run: bool,
        slot: Option<&Slot<'_>>,
    ) -> Result<DraftView, Error> {
        let mut kept = 0;
        for region in self.stores.regions.values() {
            // The limit guards against heaps, not against one too many: what cannot be counted just now does not stop it.
            kept += unless_down(region.read().count_drafts(actor.id()).await)?.unwrap_or(0);
        }
        if kept >= MOST as u64 {
            return Err(Refusal::new(Code::DraftLimit).with("limit", MOST).into());
        }
        let now = self.clock.now();
        let record = DraftRecord {
            id: DraftId::new(region.id(), &self.unique()),
            author: actor.id().clone(),
            customer,
            writer: wish.writer.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
            draft: wish.draft.clone(),
        };
        let mut view = shown(record.clone());
        if dry_run {
            view.id = None;
            return Ok(view);
        }
        let tx = region.begin().await?;
        tx.add_draft(&record).await?;
        if let Some(slot) = slot {
            slot.keep(&tx, &view).await?;
        }
        tx.commit().await?;
        Ok(view)
    }

    /// Where a draft lies; all faults at once.
    async fn home_of(&self, actor: &Actor, draft: &Draft) -> Result<(&Region, Option<OrgId>), Error> {
        let size = serde_json::to_vec(draft).map_or(usize::MAX, |body| body.len());
        if size > LARGEST {
            return Err(Refusal::new(Code::TooLarge).with("limit", LARGEST).into());
        }
        let program = self.program()?;
        let (region, customer) = match draft.home(&program)? {
            Home::Author => (actor.id().region().to_owned(), None),
            Home::Region(region) => (region, None),
            Home::Customer(id) => {
                let own = self.own_customer(actor, id.as_str(), "/customer/id").await?;
                (own.region().to_owned(), Some(own))
            }
        };
        let store = self.stores.region(&region);
        let store = store.ok_or_else(|| StoreError::Unavailable(format!("no store for {region}")))?;
        Ok((store, customer))
    }

    /// Writes a draft anew. A version that has passed is refused, unless the same visit wrote it last. Where the country
    /// moves it, it gets a new id.
    ///
    /// # Errors
    /// `role_required`, `not_found`, wrong input, `version_conflict`.
    pub async fn change_draft(
        &self,
        actor: &Actor,
        id: &DraftId,
        wish: &DraftWish,
        guard: &Guard,
    ) -> Result<DraftView, Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        let before = self.own_draft(actor, id).await?;
        let same_visit = !wish.writer.is_empty() && before.writer == wish.writer;
        if !same_visit {
            crate::act::check_version(guard, before.version)?;
        }
        let (region, customer) = self.home_of(actor, &wish.draft).await?;
        let after = DraftRecord {
            id: DraftId::new(region.id(), tail(id)),
            customer,
            writer: wish.writer.clone(),
            updated_at: self.clock.now(),
            version: before.version + 1,
            draft: wish.draft.clone(),
            ..before.clone()
        };
        if guard.dry_run {
            return Ok(shown(after));
        }
        match self.write_draft(region, &before, &after).await {
            Err(error) if error.is_race() => {
                let now = self.own_draft(actor, id).await?;
                Err(Refusal::new(Code::VersionConflict).with("version", now.version).into())
            }
            other => other.map(|()| shown(after)),
        }
    }

    /// Of two that move it, only one does: whoever drops the old one. What the other wrote is taken back.
    async fn write_draft(&self, region: &Region, before: &DraftRecord, after: &DraftRecord) -> Result<(), Error> {
        let tx = region.begin().await?;
        if before.id == after.id {
            tx.put_draft(after).await?;
            return Ok(tx.commit().await?);
        }
        // What a move left here that was interrupted is older than this one.
        tx.drop_draft(&after.id, &after.author, Some(after.version)).await?;
        tx.add_draft(after).await?;
        tx.commit().await?;
        let old = self.region(before.id.region())?.begin().await?;
        let mine = old.drop_draft(&before.id, &before.author, Some(before.version)).await?;
        old.commit().await?;
        if mine {
            return Ok(());
        }
        let back = region.begin().await?;
        back.drop_draft(&after.id, &after.author, Some(after.version)).await?;
        back.commit().await?;
        Err(StoreError::Conflict.into())
    }

    /// Discards a draft.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `version_conflict`.
    pub async fn discard_draft(&self, actor: &Actor, id: &DraftId, guard: &Guard) -> Result<DraftView, Error> {
        allow(actor, Action::KeepDrafts, self.clock.now())?;
        let found = self.own_draft(actor, id).await?;
        crate::act::check_version(guard, found.version)?;
        if !guard.dry_run {
            let tx = self.region(id.region())?.begin().await?;
            if !tx.drop_draft(id, actor.id(), Some(found.version)).await? {
                return Err(Refusal::new(Code::VersionConflict).into());
            }
            tx.commit().await?;
        }
        Ok(shown(found))
    }

    /// A draft has done its work. Where it lies in another region than its trial it goes after the start; if that fails
    /// it goes the next time, or is forgotten.
    pub(crate) async fn drop_started(&self, actor: &Actor, id: &DraftId) {
        let gone = async {
            let tx = self.region(id.region())?.begin().await?;
            tx.drop_draft(id, actor.id(), None).await?;
            Ok::<_, Error>(tx.commit().await?)
        };
        if let Err(error) = gone.await {
            tracing::warn!(%error, "a draft outlives its start");
        }
    }

    /// Erases what somebody who leaves has half filled.
    pub(crate) async fn erase_drafts_of(&self, author: &domain::ids::PersonId) -> Result<(), Error> {
        for region in self.stores.regions.values() {
            region.erase_drafts_of(author).await?;
        }
        Ok(())
    }

    /// Forgets what nobody touched for 30 days, unless time cannot be trusted (EXP-8).
    pub(crate) async fn forget_drafts(&self) -> Result<(), Error> {
        // Asked anew: a server that has just started has not ticked yet.
        if self.fuse_since().await?.is_some() {
            return Ok(());
        }
        let before = self.clock.now().checked_sub(kept()).unwrap_or(Timestamp::MIN);
        for region in self.stores.regions.values() {
            region.forget_drafts(before).await?;
        }
        Ok(())
    }
}

/// What a region answered; none where it is down, since the others go on.
fn unless_down<T>(answer: Result<T, StoreError>) -> Result<Option<T>, Error> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(StoreError::Unavailable(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What stays when it is moved.
fn tail(id: &DraftId) -> &str {
    id.as_str().rsplit('_').next().unwrap_or_default()
}

fn forgotten_at(one: &DraftRecord) -> Timestamp {
    one.updated_at.checked_add(kept()).unwrap_or(Timestamp::MAX)
}

fn shown(one: DraftRecord) -> DraftView {
    DraftView {
        forgotten_at: forgotten_at(&one),
        customer_name: one
            .draft
            .input
            .customer
            .as_ref()
            .and_then(|customer| customer.name.clone()),
        region: one.id.region().to_owned(),
        id: Some(one.id),
        draft: one.draft,
        created_at: one.created_at,
        updated_at: one.updated_at,
        version: one.version,
    }
}
