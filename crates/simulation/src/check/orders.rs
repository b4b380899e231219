//! Orders (CONV): each becomes one thing at most, in time, and all that was bought is there; whoever had a licence of what
//! was bought has it still, unless he was named.

use super::{ROUND, held};
use crate::{
    ask::Ask,
    call::Answer,
    failure::Failure,
    model::{Life, orders::Bought},
    run::Run,
    world::Sight,
};
use domain::{
    ids::OrgId,
    order::{ClosedOrder, Difference, Mapped, Order, OrderState},
    trial::{Status, Trial},
};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use store::region::event::Event;

fn wrong(order: impl std::fmt::Display, what: &str) -> Failure {
    Failure::of("an order becomes one thing, once", format!("{order}: {what}"))
}

/// CONV-4: what each order has become, wherever that lies.
fn became(sight: &Sight) -> BTreeMap<&str, Vec<Mapped>> {
    let mut all: BTreeMap<&str, Vec<Mapped>> = BTreeMap::new();
    for record in &sight.trials {
        let trial = &record.trial;
        if let Some(order) = &trial.bought_by {
            all.entry(order.as_str()).or_default().push(Mapped {
                customer: trial.customer.clone(),
                trial: Some(trial.id.clone()),
            });
        }
    }
    for customer in &sight.customers {
        for (order, _) in customer
            .customer()
            .map(|facts| facts.orders.as_slice())
            .unwrap_or_default()
        {
            all.entry(order.as_str()).or_default().push(Mapped {
                customer: customer.id.clone(),
                trial: None,
            });
        }
    }
    all
}

/// CONV-4, 7: at most one trial, one organization; and the order knows it, at the latest when all is settled.
pub(super) fn once(sight: &Sight, settled: bool) -> Result<(), Failure> {
    let became = became(sight);
    for order in &sight.orders {
        let found = became.get(order.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if found.len() > 1 {
            return Err(wrong(&order.id, &format!("it became {found:?}")));
        }
        match (&order.state, found.first()) {
            (OrderState::Mapped { to, .. }, one) if one != Some(to) => {
                return Err(wrong(&order.id, &format!("it is mapped to {to:?}, and became {one:?}")));
            }
            (OrderState::Mapping { .. }, _) if settled => return Err(wrong(&order.id, "nobody ends its mapping")),
            (OrderState::Mapping { to, .. }, Some(one)) if one != to => {
                return Err(wrong(
                    &order.id,
                    &format!("it is being mapped to {to:?}, and became {one:?}"),
                ));
            }
            // Between two regions the one follows the other.
            (OrderState::Open, Some(one)) if settled || order.given_up.as_ref() != Some(one) => {
                return Err(wrong(&order.id, &format!("it became {one:?}, and is open")));
            }
            (OrderState::Closed { .. }, Some(one)) => {
                return Err(wrong(&order.id, &format!("it is closed, and became {one:?}")));
            }
            _ => {}
        }
    }
    let known: BTreeSet<&str> = sight.orders.iter().map(|order| order.id.as_str()).collect();
    match became.keys().find(|id| !known.contains(*id)) {
        Some(id) => Err(wrong(id, "there is no such order")),
        None => Ok(()),
    }
}

/// Everything else about orders, from the lives of the trials.
pub(super) fn check(run: &Run, sight: &Sight, lives: &[(&Trial, Life)], settled: bool) -> Result<(), Failure> {
    for (trial, life) in lives {
        as_told(run, sight, trial, life)?;
    }
    for order in &sight.orders {
        in_time(run, order, settled)?;
    }
    adds_up(sight, lives)?;
    differences(run, lives)
}

/// CONV-7: the order of a trial and what the trial knows of it.
fn as_told(run: &Run, sight: &Sight, trial: &Trial, life: &Life) -> Result<(), Failure> {
    let open = life.orders.last.as_ref().filter(|mark| mark.is_open);
    for order in sight
        .orders
        .iter()
        .filter(|order| order.trial.as_ref() == Some(&trial.id))
    {
        let meant = open.is_some_and(|mark| mark.id == order.id.as_str());
        if order.is_open() != meant {
            return Err(wrong(
                &order.id,
                &format!("it is {}, and its trial is {}", order.state.as_str(), life.status),
            ));
        }
    }
    if open.is_some() != trial.open_order().is_some() {
        return Err(wrong(&trial.id, "it waits for no order, or for one that is none"));
    }
    // CONV-7: later than that only where the vendor keeps it.
    let late = life.orders.bought.as_ref().filter(|bought| bought.late);
    if let Some(bought) = late.filter(|bought| !held(run, sight, &trial.customer, bought.at)) {
        return Err(Failure::of(
            "nothing is bought too late",
            format!("{} at {}", trial.id, bought.at),
        ));
    }
    Ok(())
}

/// CONV-7: it closes at the end of its last day, not before and not after.
fn in_time(run: &Run, order: &Order, settled: bool) -> Result<(), Failure> {
    let zone = TimeZone::get(&order.zone).unwrap_or(TimeZone::UTC);
    let end = domain::time::end_of(order.closes_on, &zone);
    let late = |at: Timestamp| at > end.checked_add(ROUND).unwrap_or(end);
    match &order.state {
        OrderState::Closed {
            at,
            reason: ClosedOrder::NotMapped,
        } if *at < end => Err(wrong(&order.id, &format!("it closed at {at}, before {end}"))),
        // One that was begun in time may lie in another region.
        OrderState::Mapped { at, .. } if late(*at) => {
            Err(wrong(&order.id, &format!("it was mapped at {at}, after {end}")))
        }
        OrderState::Open if settled && run.world.clock.now() >= end => {
            Err(wrong(&order.id, &format!("it is open, and was to close at {end}")))
        }
        _ => Ok(()),
    }
}

/// CONV-5: a customer has what its orders say, and nothing else.
fn adds_up(sight: &Sight, lives: &[(&Trial, Life)]) -> Result<(), Failure> {
    let mut bought: BTreeMap<(&OrgId, &str), u64> = BTreeMap::new();
    for (trial, life) in lives.iter().filter(|(trial, _)| trial.status() == Status::Converted) {
        let by_order = life.orders.bought.as_ref().filter(|bought| bought.order.is_some());
        let services: Vec<(&str, u64)> = match by_order {
            Some(bought) => bought.services.iter().map(|(id, many)| (id.as_str(), *many)).collect(),
            None => trial
                .services
                .iter()
                .map(|one| (one.id.as_str(), u64::from(one.quantity)))
                .collect(),
        };
        for (service, many) in services {
            *bought.entry((&trial.customer, service)).or_default() += many;
        }
    }
    for customer in &sight.customers {
        let orders = customer
            .customer()
            .map(|facts| facts.orders.as_slice())
            .unwrap_or_default();
        for order in orders
            .iter()
            .filter_map(|(id, _)| sight.orders.iter().find(|order| order.id == *id))
        {
            for (service, many) in &order.services {
                *bought.entry((&customer.id, service)).or_default() += u64::from(*many);
            }
        }
    }
    let mut has: BTreeMap<(&OrgId, &str), u64> = BTreeMap::new();
    for customer in &sight.customers {
        let purchases = customer
            .customer()
            .map(|facts| facts.purchased.as_slice())
            .unwrap_or_default();
        for one in purchases {
            *has.entry((&customer.id, &one.service)).or_default() += u64::from(one.quantity);
        }
    }
    match has == bought {
        true => Ok(()),
        false => Err(Failure::of(
            "what was bought is there",
            format!("{has:?} instead of {bought:?}"),
        )),
    }
}

/// CONV-5: kept, fewer and lost are what was tried; kept, fewer and new are what was ordered.
fn differences(run: &Run, lives: &[(&Trial, Life)]) -> Result<(), Failure> {
    for call in &run.calls {
        let Some(Answer::Done {
            about: Some(record),
            difference: Some(difference),
            ..
        }) = &call.answer
        else {
            continue;
        };
        let life = lives.iter().find(|(trial, _)| trial.id.as_str() == record);
        let Some(bought) = life.and_then(|(_, life)| life.orders.bought.as_ref()) else {
            continue;
        };
        if !is_whole(difference, bought) {
            let what = format!("{record}: {difference:?} of {bought:?}");
            return Err(Failure::of("no service is left out of a difference", what));
        }
    }
    Ok(())
}

fn is_whole(difference: &Difference, bought: &Bought) -> bool {
    let both = || difference.kept.iter().chain(&difference.fewer);
    let tried: BTreeSet<String> = both()
        .chain(&difference.lost)
        .map(|line| line.service.clone())
        .collect();
    let ordered = both().chain(&difference.new);
    let mut ordered: Vec<(String, u64)> = ordered
        .map(|line| (line.service.clone(), u64::from(line.ordered.unwrap_or(0))))
        .collect();
    ordered.sort();
    let mut wanted = bought.services.clone();
    wanted.sort();
    let named: BTreeSet<(String, String)> = difference
        .surplus()
        .into_iter()
        .flat_map(|(service, people)| people.into_iter().map(move |id| (service.clone(), id.to_string())))
        .collect();
    tried == bought.tried && ordered == wanted && named == bought.surplus
}

/// What takes licences from people, or may.
const TAKES: [&str; 6] = [
    "cancelled",
    "removed",
    "organization_closed",
    "services_changed",
    "approval_decided",
    "converted",
];

/// CONV-5: whoever was given a licence of what was bought has it still, unless he was named.
pub(super) fn keeps_licenses(
    run: &Run,
    sight: &Sight,
    lives: &[(&Trial, Life)],
    rows: &[(String, Event)],
) -> Result<(), Failure> {
    for call in &run.calls {
        let (Ask::Assign(customer, person, service), Some(Answer::Done { text, .. })) = (&call.ask, &call.answer)
        else {
            continue;
        };
        let closed = sight.closings.iter().any(|closing| closing.customer == *customer);
        if text != "true" || closed {
            continue;
        }
        let after = |event: &Event| event.organization == *customer && event.at >= call.first;
        let mut took = false;
        for (record, event) in rows.iter().filter(|(_, event)| after(event)) {
            let parts = event.body.as_array().into_iter().flatten();
            let takes = parts.filter(|one| TAKES.contains(&one["type"].as_str().unwrap_or_default()));
            for one in takes {
                let life = lives.iter().find(|(trial, _)| trial.id.as_str() == record);
                let bought = life.and_then(|(_, life)| life.orders.bought.as_ref());
                let keeps = one["type"] == "converted"
                    && bought.is_some_and(|bought| {
                        let named = bought.surplus.contains(&(service.clone(), person.to_string()));
                        let has = bought.services.iter().any(|(id, _)| id == service);
                        !named && (has || bought.order.is_none())
                    });
                took |= !keeps;
            }
        }
        let people = sight.people.get(customer).map(Vec::as_slice).unwrap_or_default();
        let has = people
            .iter()
            .any(|one| one.id == *person && one.licenses.contains(service));
        if !took && !has {
            let what = format!("{person} had one of {service} since {}", call.first);
            return Err(Failure::of("no licence is lost", what));
        }
    }
    Ok(())
}

/// What stands about orders in the records of companies and customers.
pub(super) async fn rows(run: &Run, sight: &Sight) -> Result<Vec<(String, Event)>, Failure> {
    let names = [
        "order_placed",
        "order_redirected",
        "order_closed",
        "order_bought",
        "organization_founded",
    ];
    let customers = sight.customers.iter().map(|customer| &customer.id);
    let partners = run.world.partners.iter().map(|(id, _)| id);
    let mut rows = Vec::new();
    for id in customers.chain(partners) {
        let Some(region) = run.world.stores.region(id.region()) else {
            continue;
        };
        for name in names {
            let found = region.read().events_named(id, name).await?;
            // What belongs to a trial is told by that one's record.
            let own = found.into_iter().filter(|event| event.trial.is_none());
            rows.extend(own.map(|event| (id.to_string(), event)));
        }
    }
    Ok(rows)
}
