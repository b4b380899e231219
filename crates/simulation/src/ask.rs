//! What people ask for, at random: sensible mostly, and sometimes not.

use crate::{
    chance::Chance,
    world::{REGIONS, STRANGERS, Sight, World},
};
use app::order::{PlaceOrder, SetUp};
use domain::{
    ids::{ApprovalId, DeviceExtensionId, HoldId, OrderId, OrgId, PersonId, RequestId, ReturnId, ShipmentId, TrialId},
    organization::AccessLevel,
    trial::{CustomerInput, Edit, Extend, MeetingsInput, Origin, ShipWish, ShipmentRequest, StartInput, State, Trial},
};

pub(crate) mod devices;
pub(crate) mod orders;

/// Something that is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    Start(Box<StartInput>),
    Extend(TrialId, Extend),
    Edit(TrialId, Edit),
    Cancel(TrialId),
    Convert(TrialId),
    Resend(TrialId),
    Details(TrialId, Option<MeetingsInput>),
    Remind(TrialId),
    Correct(TrialId, String),
    Accept(RequestId, bool, bool),
    Decline(RequestId),
    Decide(ApprovalId, bool),
    Hold(OrgId),
    Lift(HoldId),
    Access(OrgId, OrgId, Option<AccessLevel>, bool),
    Remove(OrgId),
    Assign(OrgId, PersonId, String),
    /// DEV, EXT-4.
    Request(TrialId, Box<ShipmentRequest>),
    DecideShipment(ShipmentId, bool),
    Ship(ShipmentId, Box<ShipWish>),
    PutRight(ShipmentId, String, String),
    Longer(ShipmentId, i64),
    DecideLonger(DeviceExtensionId, bool),
    OpenReturn(ShipmentId),
    Receive(ReturnId, Vec<String>),
    Label(ReturnId),
    /// CONV.
    Place(Box<PlaceOrder>),
    SetUp(OrderId, Box<SetUp>),
    Send(OrderId, Option<String>),
    Close(OrderId),
}

impl Ask {
    /// What it is called in a trace.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Ask::Start(_) => "start",
            Ask::Extend(..) => "extend",
            Ask::Edit(..) => "edit",
            Ask::Cancel(_) => "cancel",
            Ask::Convert(_) => "convert",
            Ask::Resend(_) => "resend",
            Ask::Details(..) => "details",
            Ask::Remind(_) => "remind",
            Ask::Correct(..) => "correct",
            Ask::Accept(..) => "accept",
            Ask::Decline(_) => "decline",
            Ask::Decide(..) => "decide",
            Ask::Hold(_) => "hold",
            Ask::Lift(_) => "lift",
            Ask::Access(..) => "access",
            Ask::Remove(_) => "remove",
            Ask::Assign(..) => "assign",
            Ask::Request(..) => "request devices",
            Ask::DecideShipment(..) => "decide devices",
            Ask::Ship(..) => "ship",
            Ask::PutRight(..) => "put a serial right",
            Ask::Longer(..) => "keep longer",
            Ask::DecideLonger(..) => "decide longer",
            Ask::OpenReturn(_) => "open a return",
            Ask::Receive(..) => "receive",
            Ask::Label(_) => "a label",
            Ask::Place(_) => "order",
            Ask::SetUp(..) => "set up",
            Ask::Send(..) => "send again",
            Ask::Close(_) => "close",
        }
    }

    /// Whether it is a POST, which may carry an idempotency key.
    pub(crate) fn takes_key(&self) -> bool {
        !matches!(self, Ask::Edit(..) | Ask::Access(..) | Ask::Lift(_) | Ask::Assign(..))
    }

    /// The trial that it is about.
    pub(crate) fn trial(&self) -> Option<TrialId> {
        match self {
            Ask::Extend(id, _)
            | Ask::Edit(id, _)
            | Ask::Cancel(id)
            | Ask::Convert(id)
            | Ask::Resend(id)
            | Ask::Details(id, _)
            | Ask::Remind(id)
            | Ask::Request(id, _)
            | Ask::Correct(id, _) => Some(id.clone()),
            Ask::Accept(id, ..) | Ask::Decline(id) => Some(id.trial()),
            _ => None,
        }
    }
}

const COUNTRIES: [(&str, &str); 8] = [
    ("FR", "Europe/Paris"),
    ("PT", "Atlantic/Azores"),
    ("LB", "Asia/Beirut"),
    ("US", "America/New_York"),
    ("BR", "America/Sao_Paulo"),
    ("CL", "America/Santiago"),
    ("US", "Pacific/Kiritimati"),
    // Under review (REG-3).
    ("VE", "America/Caracas"),
];
const SERVICES: [&[&str]; 10] = [
    &["messaging"],
    &["messaging", "meetings"],
    &["calling"],
    &["messaging", "calling"],
    &["meetings"],
    &["attendant-console"],
    &["contact-center", "messaging"],
    &["devices"],
    &["messaging", "devices"],
    &["devices", "calling"],
];
const SITES: [&str; 5] = ["alder", "birch", "cedar", "damson", "elder"];
/// Companies that do not exist yet, few enough that several partners come to the same.
pub(crate) const NEW: u64 = 14;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn meetings(chance: &mut Chance, zone: &str) -> MeetingsInput {
    MeetingsInput {
        site: text(chance.of(SITES)),
        time_zone: text(zone),
    }
}

fn start(chance: &mut Chance, sight: &Sight) -> Ask {
    let services = chance.of(SERVICES);
    let (mut country, mut zone) = chance.of(COUNTRIES);
    let mut id = None;
    let email = match chance.below(10) {
        0..=4 => Some(format!("first@new{}.example", chance.below(NEW))),
        5..=7 => {
            let (_, name, at, its) = chance.of(STRANGERS);
            (country, zone) = (at, its);
            Some(format!("{}@{name}.example", chance.of(["full", "second", "user"])))
        }
        _ => {
            let own: Vec<&OrgId> = sight.people.keys().collect();
            id = chance.one(&own).map(|id| id.to_string());
            None
        }
    };
    let form = id.is_none();
    let customer = CustomerInput {
        name: email.as_ref().map(|email| email.replace("first@", "")),
        vertical: form.then(|| "media".to_owned()),
        country: form.then(|| country.to_owned()),
        time_zone: form.then(|| zone.to_owned()),
        language: form.then(|| chance.of(["en", "fr", "zh-Hant"]).to_owned()),
        supported_location_acknowledged: form.then_some(true),
        admin_email: email,
        expect: None,
        id,
    };
    Ask::Start(Box::new(StartInput {
        customer: Some(customer),
        services: Some(services.iter().map(|id| (*id).to_owned()).collect()),
        license_quantity: Some(chance.between(1, 300)),
        duration_days: (!services.contains(&"attendant-console")).then(|| chance.of([30, 30, 30, 60, 90])),
        meetings: services.contains(&"meetings").then(|| meetings(chance, zone)),
        devices: services.contains(&"devices").then(|| devices::block(chance, country)),
    }))
}

/// What could be asked about a trial as it stands, most often.
fn about(chance: &mut Chance, trial: &Trial) -> Ask {
    let id = trial.id.clone();
    let odd = chance.percent(8);
    let dice = chance.below(100);
    match &trial.state {
        State::PendingConsent { .. } if !odd => match dice {
            0..=54 => Ask::Accept(id.request(), chance.percent(50), chance.percent(60)),
            55..=69 => Ask::Decline(id.request()),
            70..=89 => Ask::Resend(id),
            _ => Ask::Cancel(id),
        },
        State::PendingProvisioningDetails if !odd && dice < 80 => {
            let site = chance.percent(30).then(|| meetings(chance, "Europe/Paris"));
            let has = trial.services.iter().any(|service| service.id == "meetings");
            Ask::Details(id, site.filter(|_| has))
        }
        State::Active(_) | State::Expired(_) if !odd => running(chance, trial, dice),
        _ => match dice {
            0..=24 => Ask::Cancel(id),
            25..=49 => running(chance, trial, dice),
            50..=69 => Ask::Accept(id.request(), true, true),
            70..=84 => Ask::Resend(id),
            _ => Ask::Details(id, None),
        },
    }
}

fn running(chance: &mut Chance, trial: &Trial, dice: u64) -> Ask {
    let id = trial.id.clone();
    match dice {
        0..=39 => {
            let wish = Extend {
                days: text("30").and_then(|days| days.parse().ok()),
                allow_shorten: chance.percent(60),
                reason: None,
            };
            Ask::Extend(id, wish)
        }
        40..=59 => edit(chance, id),
        60..=79 => Ask::Remind(id),
        80..=85 if trial.origin == Origin::New => {
            Ask::Correct(id, format!("right{}@new{}.example", chance.below(3), chance.below(NEW)))
        }
        80..=92 => Ask::Cancel(id),
        93..=95 => Ask::Convert(id),
        _ => edit(chance, id),
    }
}

fn edit(chance: &mut Chance, id: TrialId) -> Ask {
    let services = chance.percent(70).then(|| {
        let wanted = chance.of([
            &["messaging"] as &[&str],
            &["messaging", "calling"],
            &["calling", "contact-center"],
            &["contact-center"],
            &["messaging", "devices"],
        ]);
        wanted.iter().map(|id| (*id).to_owned()).collect()
    });
    let quantity = (services.is_none() || chance.percent(30)).then(|| chance.between(1, 900));
    let edit = Edit {
        services,
        license_quantity: quantity,
        notes: None,
    };
    Ask::Edit(id, edit)
}

/// Something for the vendor, or about a whole customer.
fn around(chance: &mut Chance, sight: &Sight, world: &World) -> Option<(PersonId, Ask)> {
    let (team, admin) = (world.vendor.first()?.clone(), world.vendor.get(1)?.clone());
    match chance.below(10) {
        0..=3 => {
            let approval = chance.one(&sight.approvals)?;
            Some((team, Ask::Decide(approval.id.clone(), chance.percent(70))))
        }
        4 => {
            let customers: Vec<&OrgId> = sight.people.keys().collect();
            Some((admin, Ask::Hold((*chance.one(&customers)?).clone())))
        }
        5..=7 => {
            let open: Vec<_> = sight.holds.iter().filter(|hold| hold.lifted_at.is_none()).collect();
            Some((admin, Ask::Lift(chance.one(&open)?.id.clone())))
        }
        8 => {
            let trial = &chance.one(&sight.trials)?.trial;
            let (partner, people) = chance.one(&world.partners)?;
            let _ = partner;
            Some((people.first()?.clone(), Ask::Remove(trial.customer.clone())))
        }
        _ => {
            let trial = &chance.one(&sight.trials)?.trial;
            let person = sight.people.get(&trial.customer)?.first()?.id.clone();
            let level = chance.of([
                None,
                Some(AccessLevel::FullAdministrator),
                Some(AccessLevel::ProvisioningAdministrator),
            ]);
            let cancel = level.is_none() && chance.percent(50);
            let ask = Ask::Access(trial.customer.clone(), trial.partner.clone(), level, cancel);
            Some((person, ask))
        }
    }
}

/// Somebody gets a licence of a service that the customer tries, or tried until just now.
fn assign(chance: &mut Chance, sight: &Sight) -> Option<(PersonId, Ask)> {
    let trial = &chance.one(&sight.trials)?.trial;
    let service = chance.one(&trial.services)?.id.clone();
    let people = sight.people.get(&trial.customer)?;
    let person = chance.one(people)?.id.clone();
    Some((
        people.first()?.id.clone(),
        Ask::Assign(trial.customer.clone(), person, service),
    ))
}

/// Somebody, and what he asks for.
pub(crate) fn anything(chance: &mut Chance, sight: &Sight, world: &World) -> Option<(PersonId, Ask)> {
    let dice = chance.below(100);
    if dice < 30 || sight.trials.is_empty() {
        let (_, people) = chance.one(&world.partners)?;
        return Some((chance.one(people)?.clone(), start(chance, sight)));
    }
    if dice < 45 {
        return around(chance, sight, world);
    }
    if dice < 55 {
        return assign(chance, sight);
    }
    let of_devices = sight.trials.iter().any(|record| !record.trial.shipments.is_empty());
    if dice < 70 && of_devices {
        return devices::ask(chance, sight, world);
    }
    if dice < 78 {
        return orders::ask(chance, sight, world);
    }
    let open: Vec<&Trial> = sight
        .trials
        .iter()
        .map(|record| &record.trial)
        .filter(|trial| trial.status().is_open())
        .collect();
    // What is over is asked about now and then, too.
    let trial = match chance.percent(94) {
        true => *chance.one(&open)?,
        false => &chance.one(&sight.trials)?.trial,
    };
    let ask = about(chance, trial);
    let person = asks(chance, sight, world, trial, &ask)?;
    Some((person, ask))
}

/// Who asks that: the right one mostly.
fn asks(chance: &mut Chance, sight: &Sight, world: &World, trial: &Trial, ask: &Ask) -> Option<PersonId> {
    let of_customer = matches!(ask, Ask::Accept(..) | Ask::Decline(_)) || chance.percent(4);
    if of_customer {
        let people = sight.people.get(&trial.customer)?;
        let full = if chance.percent(90) {
            people.first()
        } else {
            people.last()
        };
        return Some(full?.id.clone());
    }
    let right = chance.percent(95);
    let (_, people) = world.partners.iter().find(|(id, _)| (*id == trial.partner) == right)?;
    let person = if chance.percent(70) {
        people.first()
    } else {
        people.last()
    };
    Some(person?.clone())
}

const _: () = assert!(REGIONS.len() == 2, "the countries above lie in these");
