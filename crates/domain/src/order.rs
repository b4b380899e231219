//! Orders (CONV): what was bought, and who sets it up. No personal text: people stand in it by id.

use crate::{
    ids::{OrderId, OrgId, PersonId, TrialId},
    program::Program,
    refusal::{Code, FieldError, Refusal},
    time::end_of,
    trial::Trial,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Nobody orders more of one thing at once.
pub const QUANTITY_MAX: u32 = 1_000_000;
/// CONV-2: the email leaves at most so often in an hour.
pub const SENDINGS_PER_HOUR: usize = 5;

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Names its region, too: the trial's, else that of the contact's company.
    pub id: OrderId,
    /// Whose customer it is.
    pub partner: OrgId,
    /// Who placed it.
    pub placed_by: PersonId,
    /// For which company: a tier 1 partner, a distributor (CONV-1), the vendor.
    pub ordered_by: OrgId,
    /// The trial for which it was placed (CONV-4).
    #[serde(default)]
    pub trial: Option<TrialId>,
    /// Whose trial that is.
    #[serde(default)]
    pub customer: Option<OrgId>,
    /// In whose record it stands without a trial: the contact's company, as it was when it was placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<OrgId>,
    /// Services by id, with their quantities.
    pub services: Vec<(String, u32)>,
    /// CONV-6: new devices by type, with their quantities.
    #[serde(default)]
    pub devices: Vec<(String, u32)>,
    /// CONV-2: who sets it up.
    pub contact: Contact,
    /// When the email left in the hour before it left last, the first one first.
    pub sendings: Vec<Timestamp>,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The civil day of that.
    pub placed_on: Date,
    /// IANA zone in which its days are counted: the trial's customer's, else the contact's.
    pub zone: String,
    /// CONV-7: unless it is mapped it closes at the end of this day.
    pub closes_on: Date,
    /// Where it stands.
    pub state: OrderState,
    /// To what it was to be mapped, and was not as far as anybody knew: looked at once more before it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_up: Option<Mapped>,
}

/// CONV-2: who sets an order up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub person: PersonId,
    /// As whom.
    pub role: ContactRole,
}

/// CONV-3: as whom somebody sets an order up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactRole {
    /// 'I am the partner'.
    PartnerAdministrator,
    /// 'I am the customer's administrator'.
    CustomerAdministrator,
}

impl ContactRole {
    /// The role's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ContactRole::PartnerAdministrator => "partner_administrator",
            ContactRole::CustomerAdministrator => "customer_administrator",
        }
    }

    /// The role of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PartnerAdministrator, Self::CustomerAdministrator]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

/// Where an order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrderState {
    /// Waits for its contact.
    Open,
    /// Is being mapped to something in another region: there it is seen whether it was.
    Mapping {
        /// To what.
        to: Mapped,
        /// Since when, real time.
        since: Timestamp,
        /// Who is at it: only he opens it again, or whoever finds him gone.
        #[serde(default)]
        token: String,
    },
    /// Mapped.
    Mapped {
        /// To what.
        to: Mapped,
        /// When.
        at: Timestamp,
    },
    /// CONV-7.
    Closed {
        /// When.
        at: Timestamp,
        /// Why.
        reason: ClosedOrder,
    },
}

/// To what an order was mapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// Whose services they are now.
    pub customer: OrgId,
    /// The trial that was converted; none for a customer that came to be by it (CONV-4).
    #[serde(default)]
    pub trial: Option<TrialId>,
}

/// Why an order closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedOrder {
    /// CONV-7: nobody mapped it in time.
    NotMapped,
    /// It is not wanted any more, or what it was for is over.
    Withdrawn,
}

impl ClosedOrder {
    /// The reason's stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            ClosedOrder::NotMapped => "not_mapped",
            ClosedOrder::Withdrawn => "withdrawn",
        }
    }
}

impl OrderState {
    /// The state's stable name; one that is being mapped is open to whoever looks.
    pub fn as_str(&self) -> &'static str {
        match self {
            OrderState::Open | OrderState::Mapping { .. } => "open",
            OrderState::Mapped { .. } => "mapped",
            OrderState::Closed { .. } => "closed",
        }
    }
}

impl Order {
    /// Whether it still waits for its contact.
    pub fn is_open(&self) -> bool {
        matches!(self.state, OrderState::Open | OrderState::Mapping { .. })
    }

    /// In whose record it stands.
    pub fn record_of(&self) -> &OrgId {
        self.customer
            .as_ref()
            .or(self.company.as_ref())
            .unwrap_or(&self.partner)
    }

    /// CONV-7: that it can still be set up now: its last day has an end, whether or not the worker has come by.
    ///
    /// # Errors
    /// `wrong_status`.
    pub fn need_open_at(&self, now: Timestamp, zone: &TimeZone) -> Result<(), Refusal> {
        self.need_open()?;
        match now < end_of(self.closes_on, zone) {
            true => Ok(()),
            false => Err(Refusal::new(Code::WrongStatus).with("status", "closed")),
        }
    }

    /// Who maps it right now.
    pub fn mapping_token(&self) -> Option<&str> {
        match &self.state {
            OrderState::Mapping { token, .. } => Some(token),
            OrderState::Open | OrderState::Mapped { .. } | OrderState::Closed { .. } => None,
        }
    }

    /// The same, open again after it could not be mapped.
    #[must_use]
    pub fn reopened(&self) -> Order {
        let given_up = match &self.state {
            OrderState::Mapping { to, .. } => Some(to.clone()),
            OrderState::Open | OrderState::Mapped { .. } | OrderState::Closed { .. } => self.given_up.clone(),
        };
        Order {
            state: OrderState::Open,
            given_up,
            ..self.clone()
        }
    }

    /// CONV-2: the email goes out again, perhaps to somebody else.
    ///
    /// # Errors
    /// `wrong_status` once it is mapped or closed, `too_many_requests`.
    pub fn send_again(&self, contact: Option<Contact>, now: Timestamp) -> Result<Order, Refusal> {
        self.need_open()?;
        let hour_ago = now.checked_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
        let recent: Vec<Timestamp> = self.sendings.iter().copied().filter(|at| *at > hour_ago).collect();
        if let Some(first) = recent.first().filter(|_| recent.len() >= SENDINGS_PER_HOUR) {
            let wait = first.duration_since(hour_ago).as_secs().max(1);
            return Err(Refusal::new(Code::TooManyRequests).with("retry_after", wait));
        }
        let mut order = self.clone();
        // Only the last hour counts.
        order.sendings = recent;
        order.sendings.push(now);
        order.contact = contact.unwrap_or(order.contact);
        Ok(order)
    }

    /// CONV-7: it closes.
    ///
    /// # Errors
    /// `wrong_status` once it is mapped or closed.
    pub fn close(&self, reason: ClosedOrder, now: Timestamp) -> Result<Order, Refusal> {
        self.need_open()?;
        Ok(Order {
            state: OrderState::Closed { at: now, reason },
            ..self.clone()
        })
    }

    /// The same, mapped.
    #[must_use]
    pub fn mapped(&self, to: Mapped, at: Timestamp) -> Order {
        Order {
            state: OrderState::Mapped { to, at },
            ..self.clone()
        }
    }

    /// That it can still be sent, mapped, closed.
    ///
    /// # Errors
    /// `wrong_status`.
    pub fn need_open(&self) -> Result<(), Refusal> {
        match self.is_open() {
            true => Ok(()),
            false => Err(Refusal::new(Code::WrongStatus).with("status", self.state.as_str())),
        }
    }
}

/// What is ordered, checked all at once: at least one service, none twice, known ones, in whole numbers.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check_lines(
    services: &[(String, i64)],
    devices: &[(String, i64)],
    program: &Program,
) -> Result<(Lines, Lines), Vec<FieldError>> {
    let mut errors = Vec::new();
    if services.is_empty() {
        errors.push(FieldError::new("/services", Code::Empty));
    }
    let known: Vec<&str> = program.services.iter().map(|service| service.id.as_str()).collect();
    let types: Vec<&str> = program.device_types.iter().map(|one| one.id.as_str()).collect();
    let ordered = check(
        services,
        ("/services", "id"),
        (Code::UnknownService, &known),
        &mut errors,
    );
    let shipped = check(
        devices,
        ("/devices", "type"),
        (Code::UnknownDeviceType, &types),
        &mut errors,
    );
    if errors.is_empty() {
        Ok((ordered, shipped))
    } else {
        Err(errors)
    }
}

/// Things by id, with their quantities.
pub type Lines = Vec<(String, u32)>;

fn check(
    lines: &[(String, i64)],
    (pointer, key): (&str, &str),
    (unknown, known): (Code, &[&str]),
    errors: &mut Vec<FieldError>,
) -> Lines {
    let mut checked = Lines::new();
    for (index, (id, quantity)) in lines.iter().enumerate() {
        let at = format!("{pointer}/{index}/{key}");
        if !known.contains(&id.as_str()) {
            let error = FieldError::new(at, unknown).with("value", id);
            errors.push(error.with("allowed", known.join(", ")));
        } else if checked.iter().any(|(other, _)| other == id) {
            errors.push(FieldError::new(at, Code::DuplicateService).with("service", id));
        }
        match u32::try_from(*quantity)
            .ok()
            .filter(|it| (1..=QUANTITY_MAX).contains(it))
        {
            Some(quantity) => checked.push((id.clone(), quantity)),
            None => errors.push(
                FieldError::new(format!("{pointer}/{index}/quantity"), Code::QuantityOutOfRange)
                    .with("min", 1)
                    .with("max", QUANTITY_MAX)
                    .with("value", quantity),
            ),
        }
    }
    checked
}

/// Who has a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// The name, or the address of somebody without one.
    pub name: String,
}

/// Who has the licences of each service: whoever may sign in first, then by address. The last ones lose theirs first.
pub type Holders = BTreeMap<String, Vec<Holder>>;

/// CONV-5: one service in the difference between a trial and an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceLine {
    /// The service's id.
    pub service: String,
    /// Licences in the trial.
    pub trial: Option<u32>,
    /// Licences in the order.
    pub ordered: Option<u32>,
    /// How many people have one.
    pub assigned: u32,
    /// Whose licence would go: those who may not sign in first, then the last by address.
    pub surplus: Vec<Holder>,
}

/// CONV-5: what differs between a trial and an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// In both, with enough licences.
    pub kept: Vec<DifferenceLine>,
    /// In the trial only.
    pub lost: Vec<DifferenceLine>,
    /// In the order only.
    pub new: Vec<DifferenceLine>,
    /// In both, with fewer licences than people have.
    pub fewer: Vec<DifferenceLine>,
}

impl Difference {
    /// Whether somebody would lose a licence.
    pub fn takes(&self) -> bool {
        self.reduced().next().is_some()
    }

    /// The services of which somebody would lose a licence.
    pub fn reduced(&self) -> impl Iterator<Item = &DifferenceLine> {
        self.lost
            .iter()
            .chain(&self.fewer)
            .filter(|line| !line.surplus.is_empty())
    }

    /// CONV-1: the same without anybody's name.
    #[must_use]
    pub fn unnamed(mut self) -> Self {
        for lines in [&mut self.kept, &mut self.lost, &mut self.new, &mut self.fewer] {
            for line in lines {
                line.surplus.clear();
            }
        }
        self
    }

    /// Who loses the licence of which service.
    pub fn surplus(&self) -> Vec<(String, Vec<PersonId>)> {
        let people = |line: &DifferenceLine| line.surplus.iter().map(|one| one.person.clone()).collect();
        self.reduced()
            .map(|line| (line.service.clone(), people(line)))
            .collect()
    }
}

/// CONV-5: what an order would make of a trial. `owned` says how many licences of a service the customer has by what it
/// bought before: those stay.
pub fn difference(
    trial: &Trial,
    ordered: &[(String, u32)],
    owned: impl Fn(&str) -> u32,
    holders: &Holders,
) -> Difference {
    let mut found = Difference::default();
    let line = |service: &str, trial: Option<u32>, ordered: Option<u32>| {
        let people = holders.get(service).map(Vec::as_slice).unwrap_or_default();
        let left = owned(service).saturating_add(ordered.unwrap_or(0));
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        DifferenceLine {
            service: service.to_owned(),
            trial,
            ordered,
            assigned: u32::try_from(people.len()).unwrap_or(u32::MAX),
            surplus: people.get(left..).unwrap_or_default().to_vec(),
        }
    };
    for service in &trial.services {
        let wanted = ordered
            .iter()
            .find(|(id, _)| *id == service.id)
            .map(|(_, quantity)| *quantity);
        let one = line(&service.id, Some(service.quantity), wanted);
        let group = match wanted {
            None => &mut found.lost,
            Some(_) if !one.surplus.is_empty() => &mut found.fewer,
            Some(_) => &mut found.kept,
        };
        group.push(one);
    }
    for (id, quantity) in ordered {
        if !trial.services.iter().any(|service| service.id == *id) {
            found.new.push(line(id, None, Some(*quantity)));
        }
    }
    found
}
