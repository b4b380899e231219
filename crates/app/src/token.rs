//! Tokens: of a person, or of a service account of an organization. They carry scopes and an end, are shown once, and are
//! kept as digests. All instants are of the real clock.

use crate::{
    Actor, App, Error, Guard, Page, PageRequest,
    act::check_version,
    actor::PREFIX,
    idempotency::Held,
    page::{Place, instant_key, part},
    policy::{Action, allow},
};
use domain::{
    ids::PersonId,
    person::Person,
    refusal::{Code, FieldError},
    text,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use store::{region::Token, sha256};

/// A token ends after so many days, unless it is told otherwise.
pub const DAYS: i64 = 90;
/// And after so many at the latest.
pub const MOST_DAYS: i64 = 366;

/// Tokens and sessions are made and ended, never changed: each has this version.
pub const VERSION: i64 = 1;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// To read what the person may read.
    Read,
    /// To read what a provisioner is asked, and to answer; nothing else (PROV-2).
    Provisioning,
    /// To report what customers use; nothing else (USE-1).
    Usage,
    /// To read, and to change trials, customers, and what waits for a decision.
    Trials,
    /// To read, and to change people, a customer's users as well, partners, and who has access.
    People,
    /// Everything that the person may do.
    All,
}

impl Scope {
    /// All scopes, the narrowest first.
    pub const ALL: [Scope; 6] = [
        Scope::Read,
        Scope::Provisioning,
        Scope::Usage,
        Scope::Trials,
        Scope::People,
        Scope::All,
    ];

    /// The scope's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Provisioning => "provisioning",
            Scope::Usage => "usage",
            Scope::Trials => "trials",
            Scope::People => "people",
            Scope::All => "all",
        }
    }

    /// The scope of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// The scope that an action takes, by the action's name: what is nobody else's takes all.
    pub fn of(action: Action) -> Self {
        let (noun, deed) = action.as_str().split_once('.').unwrap_or_default();
        match (noun, deed) {
            (_, deed) if deed.ends_with("read") => Scope::Read,
            ("provisioning", _) => Scope::Provisioning,
            ("usage", _) => Scope::Usage,
            // Who can make administrators can do more than what is about trials.
            ("customer", deed) if deed.starts_with("users.") => Scope::People,
            (
                "trial" | "customer" | "request" | "approval" | "hold" | "exception" | "draft" | "order" | "purchase",
                _,
            )
            | ("shipment" | "device_extension" | "return" | "device", _) => Scope::Trials,
            ("people" | "partner" | "access" | "handover", _) => Scope::People,
            _ => Scope::All,
        }
    }
}

/// What somebody may do by the way on which he comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Everything: who is signed in, and who stands at the command line.
    pub fn all() -> Self {
        Self(vec![Scope::All])
    }

    /// From stable names with a blank between them; what is none opens nothing.
    pub(crate) fn parse(names: &str) -> Self {
        Self(names.split_whitespace().filter_map(Scope::parse).collect())
    }

    /// Whether they allow an action.
    pub fn open(&self, action: Action) -> bool {
        let provisions = matches!(action, Action::ReadProvisioning | Action::SettleProvisioning);
        (provisions && self.0.contains(&Scope::Provisioning)) || self.allow(Scope::of(action))
    }

    /// Whether they allow what takes a scope. All but those of a provisioner and of a reporter read everything.
    fn allow(&self, scope: Scope) -> bool {
        let reads = |one: &Scope| !matches!(one, Scope::Provisioning | Scope::Usage);
        let held = self.0.contains(&Scope::All) || self.0.contains(&scope);
        held || (scope == Scope::Read && self.0.iter().any(reads))
    }

    /// Their stable names.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().map(|scope| scope.as_str()).collect()
    }
}

/// A token as those who may end it see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TokenView {
    /// What it is called; opens nothing.
    pub id: String,
    /// What its owner calls it.
    pub label: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// The last day on which it was used, in UTC.
    pub last_used_on: Option<Date>,
}

/// What somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct NewToken {
    /// What its owner calls it.
    pub label: Option<String>,
    /// What it may be used for, by stable names.
    pub scopes: Vec<String>,
    /// Days after which it ends.
    pub days: Option<i64>,
}

/// A token that was just made.
#[derive(Clone, Debug)]
pub struct Made {
    /// What is kept of it.
    pub view: TokenView,
    /// The token, shown once; none in a dry run.
    pub token: Option<String>,
}

impl App {
    /// The tokens of a person that have not ended.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`.
    pub async fn tokens(&self, actor: &Actor, person: &PersonId) -> Result<Vec<TokenView>, Error> {
        self.keeper_of_tokens(actor, person).await?;
        let now = self.clock.real();
        let found = self.region(person.region())?.read().tokens_of(person, now).await?;
        Ok(found.into_iter().map(view).collect())
    }

    /// A part of them, the oldest first.
    ///
    /// # Errors
    /// As [`App::tokens`].
    pub async fn token_page(
        &self,
        actor: &Actor,
        person: &PersonId,
        page: &PageRequest,
    ) -> Result<Page<TokenView>, Error> {
        let all = self.tokens(actor, person).await?;
        let placed = |view: TokenView| (Place(instant_key(view.created_at), view.id.clone()), view);
        Ok(part(all.into_iter().map(placed).collect(), page))
    }

    /// Makes a token. Asked again under the same key, it is the same one.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`, wrong input.
    pub async fn make_token(
        &self,
        actor: &Actor,
        person: &PersonId,
        new: &NewToken,
        guard: &Guard,
    ) -> Result<Made, Error> {
        self.keeper_of_tokens(actor, person).await?;
        let (label, scopes, days) = checked(new)?;
        let region = self.region(person.region())?;
        let keyed = guard.idem.as_ref().map(|idem| idem.key.clone());
        // What is answered again is not kept: it can be made again from its id, by whoever has the key.
        let again = |id: &str| {
            keyed
                .as_ref()
                .map(|key| self.stores.keys.link(&format!("token {id} {key}")))
        };
        let whole = |tail: &str| format!("{PREFIX}_{}_{tail}", person.region());
        let slot = match self
            .hold_key::<TokenView>(actor, guard.idem.as_ref(), person.region())
            .await?
        {
            Held::Again(answer) => {
                let view = (*answer)?;
                let token = again(&view.id).map(|tail| whole(&tail));
                return Ok(Made { view, token });
            }
            Held::Fresh(slot) => slot,
        };
        if let Some(slot) = &slot {
            slot.is_about(actor.org());
        }
        let now = self.clock.real();
        let id = self.unique();
        let token = whole(&again(&id).unwrap_or_else(|| self.secret()));
        let kept = Token {
            digest: sha256(token.as_bytes()),
            id,
            person: person.clone(),
            label,
            created_at: now,
            expires_at: now.checked_add(SignedDuration::from_hours(24 * days)).ok(),
            scopes,
            used_on: None,
        };
        let made = view(kept.clone());
        let run = async {
            let tx = region.begin().await?;
            tx.add_token(&kept).await?;
            let about = serde_json::json!({"person": person, "token": kept.id, "scopes": made.scopes});
            self.note(&tx, actor, actor.org(), "token_made", about).await?;
            if let Some(slot) = &slot {
                slot.keep(&tx, &made).await?;
            }
            if guard.dry_run {
                tx.rollback().await?;
            } else {
                tx.commit().await?;
            }
            Ok(made)
        };
        let result = run.await;
        let view = self.settle(slot, result).await?;
        let token = (!guard.dry_run).then_some(token);
        Ok(Made { view, token })
    }

    /// Ends a token: on every server, with the next request. The token as it was.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `scope_required`, `version_conflict`.
    pub async fn revoke_token(
        &self,
        actor: &Actor,
        person: &PersonId,
        id: &str,
        guard: &Guard,
    ) -> Result<TokenView, Error> {
        let all = self.tokens(actor, person).await?;
        let found = all
            .into_iter()
            .find(|view| view.id == id)
            .ok_or_else(Error::not_found)?;
        check_version(guard, VERSION)?;
        let tx = self.region(person.region())?.begin().await?;
        if !tx.revoke_token(person, id, self.clock.real()).await? {
            return Err(Error::not_found());
        }
        let about = serde_json::json!({"person": person, "token": id});
        self.note(&tx, actor, actor.org(), "token_ended", about).await?;
        if guard.dry_run {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
        }
        Ok(found)
    }

    /// Somebody's own tokens, or those of a service account of the organization whose full administrator one is.
    async fn keeper_of_tokens(&self, actor: &Actor, person: &PersonId) -> Result<Person, Error> {
        let found = self.keeper_of(actor, person).await?;
        if found.id != *actor.id() && !found.service {
            return Err(Error::code(Code::Forbidden));
        }
        Ok(found)
    }

    /// Oneself, or somebody of the organization whose full administrator one is.
    pub(crate) async fn keeper_of(&self, actor: &Actor, person: &PersonId) -> Result<Person, Error> {
        let region = self.region(person.region())?;
        let found = region.read().person(person).await?.ok_or_else(Error::not_found)?.value;
        if found.organization != *actor.org() {
            return Err(Error::not_found());
        }
        let own = found.id == *actor.id();
        let action = if own {
            Action::ManageAccount
        } else {
            Action::AdministerAccounts
        };
        allow(actor, action, self.clock.now())?;
        Ok(found)
    }
}

fn checked(new: &NewToken) -> Result<(String, String, i64), Error> {
    let mut errors = Vec::new();
    let mut wrong = |pointer: &str, code| errors.push(FieldError::new(pointer, code));
    let label = match new.label.as_deref().map(text::name) {
        Some(Ok(label)) => label,
        Some(Err(code)) => {
            wrong("/label", code);
            String::new()
        }
        None => {
            wrong("/label", Code::Required);
            String::new()
        }
    };
    if new.scopes.is_empty() {
        wrong("/scopes", Code::Empty);
    }
    for (at, name) in new.scopes.iter().enumerate() {
        if Scope::parse(name).is_none() {
            wrong(&format!("/scopes/{at}"), Code::UnknownValue);
        }
    }
    let days = new.days.unwrap_or(DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        let fault = FieldError::new("/days", Code::OutOfRange);
        errors.push(fault.with("min", 1).with("max", MOST_DAYS));
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let mut scopes: Vec<Scope> = new.scopes.iter().filter_map(|name| Scope::parse(name)).collect();
    scopes.sort();
    scopes.dedup();
    Ok((label, Scopes(scopes).names().join(" "), days))
}

fn view(token: Token) -> TokenView {
    TokenView {
        scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
        id: token.id,
        label: token.label,
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_on: token.used_on,
    }
}

/// The day of an instant in UTC.
pub(crate) fn day_of(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::{Scope, Scopes};
    use crate::policy::Action;

    #[test]
    fn sec_2_a_token_does_what_its_scopes_say() {
        let may = |names: &str| {
            let scopes = Scopes::parse(names);
            Scope::ALL.map(|scope| scopes.allow(scope))
        };
        assert_eq!(may("read"), [true, false, false, false, false, false]);
        assert_eq!(may("provisioning"), [false, true, false, false, false, false]);
        assert_eq!(may("usage"), [false, false, true, false, false, false]);
        assert_eq!(may("trials"), [true, false, false, true, false, false]);
        assert_eq!(may("people"), [true, false, false, false, true, false]);
        assert_eq!(may("trials people"), [true, false, false, true, true, false]);
        assert_eq!(may("all"), [true; 6]);
        assert_eq!(may(""), [false; 6]);
        assert_eq!(may("everything"), [false; 6], "what is no scope opens nothing");
    }

    #[test]
    fn sec_2_the_token_of_a_provisioner_provisions_and_nothing_else() {
        let scopes = Scopes::parse("provisioning");
        let opened = Action::ALL.iter().filter(|action| scopes.open(**action));
        let opened: Vec<&str> = opened.map(|action| action.as_str()).collect();
        assert_eq!(opened, ["provisioning.read", "provisioning.settle"]);
        assert!(Scopes::parse("read").open(Action::ReadProvisioning));
        assert!(!Scopes::parse("read").open(Action::SettleProvisioning));
    }

    #[test]
    fn use_1_a_token_that_reports_usage_does_nothing_else() {
        let scopes = Scopes::parse("usage");
        let opened = Action::ALL.iter().filter(|action| scopes.open(**action));
        let opened: Vec<&str> = opened.map(|action| action.as_str()).collect();
        assert_eq!(opened, ["usage.report"], "USE-1");
        assert!(!Scopes::parse("trials people").open(Action::ReportUsage));
        assert!(Scopes::parse("read").open(Action::ReadUsage));
    }

    #[test]
    fn sec_2_reading_takes_less_than_changing() {
        for (action, scope) in [
            (Action::ReadTrial, Scope::Read),
            (Action::ReadUsers, Scope::Read),
            (Action::StartTrial, Scope::Trials),
            (Action::LookUp, Scope::Trials),
            (Action::ManageCustomer, Scope::Trials),
            (Action::ManageLicenses, Scope::People),
            (Action::DecideRequest, Scope::Trials),
            (Action::ManageHolds, Scope::Trials),
            (Action::SettleProvisioning, Scope::Provisioning),
            (Action::ChangeAccess, Scope::People),
            (Action::PublishProgram, Scope::All),
            (Action::ManageAccount, Scope::All),
            (Action::AdministerAccounts, Scope::All),
        ] {
            assert_eq!(Scope::of(action), scope, "{}", action.as_str());
        }
    }
}
