//! Who may do what: the policies of `policies/` say it, and this is the one place that asks them.

mod rules;

pub use rules::{POLICIES, Question, SCHEMA, Thing, permits, roles};

use crate::{Actor, Error, token::Scope};
use domain::{
    ids::OrgId,
    organization::AccessLevel,
    person::Role,
    refusal::{Code, Refusal},
};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Everything that can be asked of the system.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];

            /// The action's name in the policies and in the table of roles.
            pub fn as_str(self) -> &'static str {
                match self { $(Action::$name => $text,)* }
            }
        }
    };
}

actions! {
    /// See the program.
    ReadProgram = "program.read",
    /// PROG-1.
    PublishProgram = "program.publish",
    /// START-6.
    LookUp = "customer.lookup",
    /// ELIG.
    AskEligibility = "customer.eligibility",
    /// ORG-2.
    StartTrial = "trial.start",
    /// See trials.
    ReadTrial = "trial.read",
    /// EXT, EDIT, EXP-6, CONS-4, PROV-1, START-11.
    ManageTrial = "trial.manage",
    /// CANC-1.
    CancelTrial = "trial.cancel",
    /// CONS: see requests.
    ReadRequest = "request.read",
    /// CONS-2.
    DecideRequest = "request.decide",
    /// LIST-1.
    ReadCustomer = "customer.read",
    /// ORG-10, CONS-4.
    ManageCustomer = "customer.manage",
    /// ORG-3.
    AssignCustomer = "customer.assign",
    /// ORG-4: of a partner, with full access.
    ReadUsers = "customer.users.read",
    /// SETUP-3: of a partner, with full access.
    ManageLicenses = "customer.users.manage",
    /// SETUP-1: see how far a customer's set-up is.
    ReadSetup = "customer.setup.read",
    /// SETUP-1, SETUP-2: set up trial services: site, locations, numbers.
    ManageSetup = "customer.setup.manage",
    /// ORG-4, SETUP-1: the company's own profile.
    ManageProfile = "customer.profile.manage",
    /// SETUP-2: connect a provider, and order numbers from it.
    OrderNumbers = "customer.numbers.order",
    /// CONS-8.
    ChangeAccess = "access.change",
    /// START-2, REG-3.
    ReadApprovals = "approval.read",
    /// START-2, REG-3.
    DecideApproval = "approval.decide",
    /// PROV-2: see what the provisioner is asked.
    ReadProvisioning = "provisioning.read",
    /// PROV-2: answer it, ask again, or do it by hand.
    SettleProvisioning = "provisioning.settle",
    /// DEV: see devices that are asked for, on loan, and back.
    ReadShipments = "shipment.read",
    /// DEV-1, DEV-2: ask for devices.
    RequestShipment = "shipment.request",
    /// DEV-4: approve, refuse, ship.
    DecideShipment = "shipment.decide",
    /// EXT-4: ask to keep devices longer.
    AskDeviceExtension = "device_extension.ask",
    /// EXT-4: decide about that.
    DecideDeviceExtension = "device_extension.decide",
    /// DEV-6: open a return.
    OpenReturn = "return.open",
    /// DEV-7: ask for a new return label.
    RequestLabel = "return.label",
    /// DEV-8: take devices back, serial by serial.
    ReceiveReturn = "return.receive",
    /// DEV-9: find devices without their order number.
    LookUpDevices = "device.lookup",
    /// ELIG-4: see which rests were lifted.
    ReadExceptions = "exception.read",
    /// ELIG-4: lift a rest or limit for one trial.
    ManageExceptions = "exception.manage",
    /// START-10: one's own half-filled starts.
    KeepDrafts = "draft.manage",
    /// USE-1: see what a customer uses.
    ReadUsage = "usage.read",
    /// USE-1: report it.
    ReportUsage = "usage.report",
    /// EXP-9.
    ReadHolds = "hold.read",
    /// EXP-9.
    ManageHolds = "hold.manage",
    /// NOTE-1.
    ReadNotifications = "notification.read",
    /// ORG-5: see the people of an organization.
    ReadPeople = "people.read",
    /// ORG-5: invite, change and remove people; user administrators plain users only.
    ManageUsers = "people.manage",
    /// ORG-6: see the people of other companies.
    ReadPeopleOfOthers = "people.others.read",
    /// ORG-6: the way back where nobody of a company can be reached; it takes a reason.
    ManagePeopleOfOthers = "people.others.manage",
    /// ORG-6.
    ReadPartners = "partner.read",
    /// ORG-6: certification, tier, distributor, allowance.
    ManagePartners = "partner.manage",
    /// ORG-3: ask a customer for access.
    RequestAccess = "access.request",
    /// ORG-3: see such requests.
    ReadAccessRequests = "access.request.read",
    /// ORG-3: answer them.
    DecideAccess = "access.request.decide",
    /// ORG-8: act for a customer.
    ActFor = "customer.act_for",
    /// ORG-11: see moves to another partner.
    ReadHandovers = "handover.read",
    /// ORG-11: begin and answer one.
    DecideHandover = "handover.decide",
    /// AUD-1: the record of changes.
    ReadRecord = "record.read",
    /// AUD-1: the record of one's own organization.
    ReadOwnRecord = "record.own.read",
    /// Everything kept about a customer.
    ExportCustomer = "customer.export",
    /// What waits for oneself.
    ReadTasks = "task.read",
    /// SEC-2: one's own tokens and sessions.
    ManageAccount = "account.manage",
    /// SEC-2: sessions of one's organization, and tokens of its service accounts.
    AdministerAccounts = "account.administer",
    /// SEC-2: how the people of one's own company sign in.
    ManageSingleSignOn = "single_sign_on.manage",
    /// SEC-2: whose a domain is.
    ConfirmDomains = "single_sign_on.confirm",
    /// CONV-1, 2, 7: see orders.
    ReadOrders = "order.read",
    /// CONV-1: order from a trial, or from outside.
    PlaceOrder = "order.place",
    /// CONV-2, 7: send an order again, to somebody else, close it.
    ManageOrder = "order.manage",
    /// CONV-3: set up what was ordered.
    SetUpOrder = "order.set_up",
    /// CONV-1: convert for a tier 2 partner.
    ReadConversions = "conversion.read",
    /// CONV-8.
    WantPurchase = "purchase.want",
    /// TIME-4, demo and test servers only.
    UseTestClock = "test_clock.use",
}

/// ORG-1: an uncertified or lapsed partner's people can do nothing else than read that they are.
///
/// # Errors
/// `not_certified`.
pub fn certified(actor: &Actor, now: jiff::Timestamp) -> Result<(), Error> {
    match is_certified(actor, now) {
        true => Ok(()),
        false => Err(Error::code(Code::NotCertified)),
    }
}

fn is_certified(actor: &Actor, now: jiff::Timestamp) -> bool {
    let partner = actor.home().partner();
    partner.is_none_or(|partner| partner.is_certified(now))
}

/// Whether the person's roles allow an action at all.
///
/// # Errors
/// `not_certified` (ORG-1), `scope_required`, `not_full_administrator`, `role_required`, `forbidden` while acting for a customer (ORG-8).
pub fn allow(actor: &Actor, action: Action, now: jiff::Timestamp) -> Result<(), Error> {
    certified(actor, now)?;
    if !actor.scopes.open(action) {
        let scope = Scope::of(action);
        return Err(Refusal::new(Code::ScopeRequired).with("scope", scope.as_str()).into());
    }
    let asked = Question {
        thing: Thing::AT_BEST,
        ..Question::of(actor, action)
    };
    if rules::permits(&asked)? {
        return Ok(());
    }
    let own = Question {
        acting: false,
        ..asked.clone()
    };
    if asked.acting && rules::permits(&own)? {
        return Err(Error::code(Code::Forbidden));
    }
    let roles = rules::roles(action)?;
    let customer_only = roles == [Role::FullAdministrator];
    let cancelling = action == Action::CancelTrial && actor.is_customer();
    let code = if customer_only || cancelling {
        Code::NotFullAdministrator
    } else {
        Code::RoleRequired
    };
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
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
    /// ORG-3: whether the customer has granted this person access for a time.
    pub granted: bool,
}

/// Whether the person sees it at all; what one does not see is not there (ORG-9).
///
/// # Errors
/// When the policies cannot be read.
pub fn sees(actor: &Actor, tie: &Tie<'_>) -> Result<bool, Error> {
    rules::permits(&Question {
        action: rules::SEE,
        thing: Thing::of(actor, tie),
        ..Question::of(actor, Action::ReadCustomer)
    })
}

/// Both at once.
///
/// # Errors
/// `not_found` for what one does not see, `role_required` and the like for what one may not do, `forbidden` where the
/// access level is too low (ORG-4).
pub fn authorize(actor: &Actor, action: Action, tie: &Tie<'_>, now: jiff::Timestamp) -> Result<(), Error> {
    certified(actor, now)?;
    if !sees(actor, tie)? {
        return Err(Error::not_found());
    }
    allow(actor, action, now)?;
    let asked = Question {
        thing: Thing::of(actor, tie),
        ..Question::of(actor, action)
    };
    match rules::permits(&asked)? {
        true => Ok(()),
        false => Err(Error::code(Code::Forbidden)),
    }
}
