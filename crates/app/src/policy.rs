//! Who may do what: one table of actions and roles, one place that reads it.

use crate::{Actor, Error, token::Scope};
use domain::{
    ids::OrgId,
    organization::AccessLevel,
    person::Role::{self, *},
    refusal::{Code, Refusal},
};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal [$($role:ident),*],)*) => {
        /// Everything that can be asked of the system.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];

            /// The action's name in the table of roles.
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$name => $text,)* }
            }

            /// The roles that may, each within its own organization's sight.
            pub fn roles(self) -> &'static [Role] {
                match self { $(Action::$name => &[$($role),*],)* }
            }
        }
    };
}

actions! {
    /// See the program.
    ReadProgram = "program.read" [
        VendorAdministrator, TrialsTeam, OrderDesk, Auditor, SalesFullAdministrator, SalesAdministrator, HelpDesk,
        FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User
    ],
    /// PROG-1.
    PublishProgram = "program.publish" [VendorAdministrator],
    /// START-6.
    LookUp = "customer.lookup" [SalesFullAdministrator, SalesAdministrator],
    /// ELIG.
    AskEligibility = "customer.eligibility" [SalesFullAdministrator, SalesAdministrator],
    /// ORG-2.
    StartTrial = "trial.start" [SalesFullAdministrator, SalesAdministrator],
    /// See trials.
    ReadTrial = "trial.read" [
        VendorAdministrator, TrialsTeam, OrderDesk, Auditor, SalesFullAdministrator, SalesAdministrator, HelpDesk,
        FullAdministrator, UserAdministrator, ReadOnlyAdministrator
    ],
    /// EXT, EDIT, EXP-6, CONS-4, PROV-1, START-11.
    ManageTrial = "trial.manage" [SalesFullAdministrator, SalesAdministrator],
    /// CANC-1.
    CancelTrial = "trial.cancel" [SalesFullAdministrator, SalesAdministrator, FullAdministrator],
    /// CONS: see requests.
    ReadRequest = "request.read" [FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User],
    /// CONS-2.
    DecideRequest = "request.decide" [FullAdministrator],
    /// LIST-1.
    ReadCustomer = "customer.read" [
        VendorAdministrator, TrialsTeam, OrderDesk, Auditor, SalesFullAdministrator, SalesAdministrator, HelpDesk,
        FullAdministrator, UserAdministrator, ReadOnlyAdministrator
    ],
    /// ORG-10, CONS-4.
    ManageCustomer = "customer.manage" [SalesFullAdministrator, SalesAdministrator],
    /// ORG-3.
    AssignCustomer = "customer.assign" [SalesFullAdministrator],
    /// ORG-4: of a partner, with full access.
    ReadUsers = "customer.users.read" [
        Auditor, SalesFullAdministrator, SalesAdministrator, FullAdministrator, UserAdministrator, ReadOnlyAdministrator
    ],
    /// CONS-8.
    ChangeAccess = "access.change" [FullAdministrator],
    /// START-2, REG-3.
    ReadApprovals = "approval.read" [TrialsTeam, VendorAdministrator, Auditor],
    /// START-2, REG-3.
    DecideApproval = "approval.decide" [TrialsTeam],
    /// EXP-9.
    ReadHolds = "hold.read" [VendorAdministrator, TrialsTeam, OrderDesk, Auditor],
    /// EXP-9.
    ManageHolds = "hold.manage" [VendorAdministrator, TrialsTeam],
    /// NOTE-1.
    ReadNotifications = "notification.read" [
        VendorAdministrator, TrialsTeam, Auditor, SalesFullAdministrator, SalesAdministrator, FullAdministrator,
        ReadOnlyAdministrator
    ],
    /// SEC-2: one's own tokens and sessions.
    ManageAccount = "account.manage" [
        VendorAdministrator, TrialsTeam, OrderDesk, Auditor, SalesFullAdministrator, SalesAdministrator, HelpDesk,
        FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User
    ],
    /// SEC-2: sessions of one's organization, and tokens of its service accounts.
    AdministerAccounts = "account.administer" [VendorAdministrator, SalesFullAdministrator, FullAdministrator],
    /// TIME-4, demo and test servers only.
    UseTestClock = "test_clock.use" [
        VendorAdministrator, TrialsTeam, OrderDesk, Auditor, SalesFullAdministrator, SalesAdministrator, HelpDesk,
        FullAdministrator, UserAdministrator, ReadOnlyAdministrator, User
    ],
}

/// ORG-1: an uncertified or lapsed partner's people can do nothing else than read that they are.
///
/// # Errors
/// `not_certified`.
pub fn certified(actor: &Actor, now: jiff::Timestamp) -> Result<(), Error> {
    match actor.organization.partner() {
        Some(partner) if !partner.is_certified(now) => Err(Error::code(Code::NotCertified)),
        _ => Ok(()),
    }
}

/// Whether the person's roles allow an action at all.
///
/// # Errors
/// `not_certified` (ORG-1), `scope_required`, `not_full_administrator`, `role_required`.
pub fn allow(actor: &Actor, action: Action, now: jiff::Timestamp) -> Result<(), Error> {
    certified(actor, now)?;
    let scope = Scope::of(action);
    if !actor.scopes.allow(scope) {
        return Err(Refusal::new(Code::ScopeRequired).with("scope", scope.as_str()).into());
    }
    if action.roles().iter().any(|role| actor.has(*role)) {
        return Ok(());
    }
    let customer_only = action.roles() == [FullAdministrator];
    let cancelling = action == Action::CancelTrial && actor.is_customer();
    let code = if customer_only || cancelling {
        Code::NotFullAdministrator
    } else {
        Code::RoleRequired
    };
    let names: Vec<&str> = action.roles().iter().map(|role| role.as_str()).collect();
    Err(Refusal::new(code).with("roles", names).into())
}

/// What ties the person who asks to a customer.
#[derive(Clone, Debug)]
pub struct Tie<'a> {
    /// The customer.
    pub customer: &'a OrgId,
    /// The partner whose trial or relationship it is.
    pub partner: Option<&'a OrgId>,
    /// ORG-4: what the partner may do there; none without a relationship.
    pub level: Option<AccessLevel>,
    /// ORG-3: whether the person started something there or was assigned.
    pub looks_after: bool,
}

/// Whether the person sees it at all; what one does not see is not there (ORG-9).
pub fn sees(actor: &Actor, tie: &Tie<'_>) -> bool {
    if actor.is_vendor() {
        return true;
    }
    if actor.is_customer() {
        return tie.customer == actor.org();
    }
    // ORG-3: a sales administrator sees his own customers, everybody else at the partner sees all of them.
    let sees_all = [SalesFullAdministrator, ReadOnlyAdministrator, HelpDesk]
        .iter()
        .any(|role| actor.has(*role));
    tie.partner == Some(actor.org()) && (sees_all || tie.looks_after)
}

/// Both at once.
///
/// # Errors
/// `not_found` for what one does not see, `role_required` and the like for what one may not do.
pub fn authorize(actor: &Actor, action: Action, tie: &Tie<'_>, now: jiff::Timestamp) -> Result<(), Error> {
    certified(actor, now)?;
    if !sees(actor, tie) {
        return Err(Error::not_found());
    }
    allow(actor, action, now)?;
    // ORG-4: users, licences and settings need full access.
    let needs_full = action == Action::ReadUsers && actor.is_partner();
    if needs_full && tie.level != Some(AccessLevel::FullAdministrator) {
        return Err(Error::code(Code::Forbidden));
    }
    Ok(())
}
