//! What people ask for about orders: from a trial, from outside, to be set up, sent again, closed.

use super::{Ask, NEW};
use crate::{
    chance::Chance,
    world::{Sight, World},
};
use app::order::{NewOrganization, PlaceOrder, SetUp, WantedContact};
use domain::{
    ids::{OrderId, PersonId, TrialId},
    order::{ContactRole, Order},
    trial::{CustomerInput, Trial},
};

fn convertible(trial: &Trial) -> bool {
    matches!(trial.status().as_str(), "active" | "expired")
}

/// The address of a trial's administrator.
fn address(sight: &Sight, trial: &Trial) -> Option<String> {
    let people = sight.people.get(&trial.customer)?;
    let found = people.iter().find(|person| person.id == trial.administrator)?;
    Some(found.email.clone())
}

/// Services of an order: those of a trial, some of them, with few licences, or others besides.
fn services(chance: &mut Chance, trial: Option<&Trial>) -> Vec<(String, i64)> {
    let mut lines: Vec<(String, i64)> = Vec::new();
    let few = chance.percent(30);
    for service in trial.iter().flat_map(|trial| &trial.services) {
        if chance.percent(80) {
            let quantity = if few { 1 } else { i64::from(service.quantity) };
            lines.push((service.id.clone(), quantity));
        }
    }
    if lines.is_empty() || chance.percent(25) {
        let other = chance.of(["messaging", "calling", "contact-center"]);
        if !lines.iter().any(|(id, _)| id == other) {
            lines.push((other.to_owned(), chance.between(1, 3)));
        }
    }
    lines
}

fn contact(chance: &mut Chance, email: Option<String>) -> WantedContact {
    WantedContact {
        email: email.filter(|_| chance.percent(30)),
        role: None,
    }
}

/// CONV-7: for one trial; by its partner, or, as if it knew no trial, by the order desk.
pub(crate) fn place(chance: &mut Chance, sight: &Sight, world: &World, trial: &Trial) -> Option<(PersonId, Ask)> {
    let (_, sellers) = world.partners.iter().find(|(id, _)| *id == trial.partner)?;
    let desk = chance.percent(15);
    let wish = PlaceOrder {
        trial: Some(trial.id.clone()).filter(|_| !desk),
        trial_admin_email: address(sight, trial).filter(|_| desk),
        services: services(chance, Some(trial)),
        contact: contact(chance, address(sight, trial)),
        partner: desk.then(|| trial.partner.clone()),
        ..PlaceOrder::default()
    };
    let by = if desk { world.vendor.get(2) } else { sellers.first() };
    Some((by?.clone(), Ask::Place(Box::new(wish))))
}

/// An order that says nothing of any trial.
fn outside(chance: &mut Chance, sight: &Sight, world: &World) -> Option<(PersonId, Ask)> {
    let (partner, sellers) = chance.one(&world.partners)?;
    let desk = chance.percent(20);
    let trials = sight.trials.iter().map(|record| &record.trial);
    let trials: Vec<&Trial> = trials.filter(|trial| trial.partner == *partner).collect();
    let trial = chance.one(&trials).copied();
    let people = trial.and_then(|trial| sight.people.get(&trial.customer));
    let customers = people.and_then(|people| people.first()).map(|one| one.email.clone());
    let seller = chance.one(sellers)?.clone();
    let mut who = contact(chance, customers.filter(|_| !desk));
    if desk {
        // The order desk names whom it asks; these come of their own accord.
        who.email = Some(
            if *partner == world.partners.first()?.0 {
                "full@aube.example"
            } else {
                "full@bright.example"
            }
            .to_owned(),
        );
    }
    let like = trial.filter(|_| chance.percent(60));
    let wish = PlaceOrder {
        services: services(chance, like),
        contact: who,
        partner: desk.then(|| partner.clone()),
        ..PlaceOrder::default()
    };
    let by = if desk { world.vendor.get(2)?.clone() } else { seller };
    Some((by, Ask::Place(Box::new(wish))))
}

/// CONV-3: what its contact says: the right address mostly.
pub(crate) fn set_up(chance: &mut Chance, sight: &Sight, order: &Order) -> (PersonId, Ask) {
    let trials = sight.trials.iter().map(|record| &record.trial);
    let meant: Vec<&Trial> = match &order.trial {
        Some(id) => trials.filter(|trial| trial.id == *id).collect(),
        None => trials
            .filter(|trial| trial.partner == order.partner && convertible(trial))
            .collect(),
    };
    let trial = chance.one(&meant).copied();
    let own: Vec<&domain::person::Person> = sight.people.values().flatten().collect();
    let email = match (trial, chance.below(100)) {
        (Some(trial), 0..=74) => address(sight, trial),
        (_, 75..=89) => chance.one(&own).map(|person| person.email.clone()),
        _ => Some(format!("first@new{}.example", chance.below(NEW))),
    };
    let create = trial.is_none() && chance.percent(60) || chance.percent(10);
    let wish = SetUp {
        role: Some(match order.contact.role {
            role if chance.percent(97) => role,
            _ => ContactRole::CustomerAdministrator,
        }),
        trial_admin_email: email,
        customer_confirmed: chance.percent(97),
        accept_reduced: chance.percent(60),
        create: create.then(|| new(chance)),
        ..SetUp::default()
    };
    (
        order.contact.person.clone(),
        Ask::SetUp(order.id.clone(), Box::new(wish)),
    )
}

/// CONV-4: a customer that is to come to be.
fn new(chance: &mut Chance) -> NewOrganization {
    let (country, zone) = chance.of([
        ("FR", "Europe/Paris"),
        ("US", "America/New_York"),
        ("LB", "Asia/Beirut"),
    ]);
    let text = |text: &str| Some(text.to_owned());
    NewOrganization(CustomerInput {
        name: text("Newcomer"),
        vertical: text("media"),
        country: text(country),
        time_zone: text(zone),
        language: text("en"),
        supported_location_acknowledged: Some(true),
        ..CustomerInput::default()
    })
}

fn about(chance: &mut Chance, sight: &Sight, world: &World, order: &Order) -> Option<(PersonId, Ask)> {
    let (_, sellers) = world.partners.iter().find(|(id, _)| *id == order.partner)?;
    let seller = sellers.first()?.clone();
    Some(match chance.below(100) {
        0..=69 => set_up(chance, sight, order),
        70..=84 => {
            let email = chance.percent(50).then(|| "sales@aube.example".to_owned());
            (seller, Ask::Send(order.id.clone(), email))
        }
        _ => (seller, Ask::Close(order.id.clone())),
    })
}

/// Somebody, and what he asks for about orders.
pub(super) fn ask(chance: &mut Chance, sight: &Sight, world: &World) -> Option<(PersonId, Ask)> {
    let open: Vec<&Order> = sight.orders.iter().filter(|order| order.is_open()).collect();
    if !open.is_empty() && chance.percent(50) {
        let order = chance.one(&open).copied()?;
        return about(chance, sight, world, order);
    }
    // What is over is asked about now and then, too.
    if chance.percent(5) {
        let order = chance.one(&sight.orders)?;
        return about(chance, sight, world, order);
    }
    if chance.percent(35) {
        return outside(chance, sight, world);
    }
    let all: Vec<&Trial> = sight.trials.iter().map(|record| &record.trial).collect();
    let ready: Vec<&Trial> = all.iter().filter(|trial| convertible(trial)).copied().collect();
    let trial = match chance.percent(94) {
        true => *chance.one(&ready)?,
        false => *chance.one(&all)?,
    };
    place(chance, sight, world, trial)
}

/// CONV-7: what people ask for at the very instant at which something about a trial or an order runs out.
pub(crate) fn last_minute(chance: &mut Chance, sight: &Sight, world: &World, brink: &Brink) -> Vec<(PersonId, Ask)> {
    let mut all = Vec::new();
    let order = match brink {
        Brink::Order(id) => sight.orders.iter().find(|order| order.id == *id),
        Brink::Trial(id) => sight
            .orders
            .iter()
            .find(|order| order.is_open() && order.trial.as_ref() == Some(id)),
    };
    if let Some(order) = order {
        all.push(set_up(chance, sight, order));
        if chance.percent(25) {
            all.extend(about(chance, sight, world, order));
        }
    }
    if let Brink::Trial(id) = brink
        && let Some(record) = sight.trials.iter().find(|record| record.trial.id == *id)
    {
        // One that was placed for no trial may become this one's.
        let others = sight
            .orders
            .iter()
            .filter(|order| order.is_open() && order.trial.is_none());
        let others: Vec<&Order> = others.filter(|order| order.partner == record.trial.partner).collect();
        if let Some(other) = chance.one(&others) {
            let (by, _) = set_up(chance, sight, other);
            let wish = SetUp {
                role: Some(other.contact.role),
                trial_admin_email: address(sight, &record.trial),
                customer_confirmed: true,
                accept_reduced: true,
                ..SetUp::default()
            };
            all.push((by, Ask::SetUp(other.id.clone(), Box::new(wish))));
        }
        if order.is_none() {
            all.extend(place(chance, sight, world, &record.trial));
        }
    }
    all
}

/// What is about to run out.
#[derive(Clone, Debug)]
pub(crate) enum Brink {
    Trial(TrialId),
    Order(OrderId),
}
