//! CONV-1, 2, 5, 7, 8: orders of a trial, and what becomes of its services.

use crate::{
    given::{example, given},
    support::{PARIS, local, org, person, program},
    world::World,
};
use domain::{
    ids::{OrderId, PersonId},
    notify::{Audience, MessageKind},
    order::{
        ClosedOrder, Contact, ContactRole, Difference, Holder, Holders, Order, OrderState, check_lines, difference,
    },
    refusal::Code,
    time::{civil_day, plus_days},
    trial::{Act, Buy, CancelledBy, ServiceState, State, Status, Trial, TrialEvent, asked},
};
use jiff::ToSpan as _;

pub(crate) fn order(world: &World, tail: &str, services: &[(&str, u32)]) -> Order {
    let placed_on = civil_day(world.now, &world.zone);
    Order {
        id: OrderId::new("eu", tail),
        partner: org("partner"),
        placed_by: person("seller"),
        ordered_by: org("partner"),
        trial: Some(world.trial.id.clone()),
        customer: Some(world.trial.customer.clone()),
        company: None,
        services: lines(services),
        devices: Vec::new(),
        contact: Contact {
            person: person("contact"),
            role: ContactRole::PartnerAdministrator,
        },
        sendings: vec![world.now],
        placed_at: world.now,
        placed_on,
        zone: PARIS.to_owned(),
        closes_on: plus_days(placed_on, 30),
        state: OrderState::Open,
        given_up: None,
    }
}

pub(crate) fn lines(services: &[(&str, u32)]) -> Vec<(String, u32)> {
    services
        .iter()
        .map(|(id, quantity)| ((*id).to_owned(), *quantity))
        .collect()
}

pub(crate) fn place(world: &mut World, services: &[(&str, u32)]) -> Order {
    let order = order(world, "1", services);
    world.must(|trial, at| trial.place_order(&order, at));
    order
}

fn holders(of: &[(&str, &[&str])]) -> Holders {
    let one = |name: &&str| Holder {
        person: person(name),
        name: (*name).to_owned(),
    };
    of.iter()
        .map(|(service, names)| ((*service).to_owned(), names.iter().map(one).collect()))
        .collect()
}

fn names(holders: &[Holder]) -> Vec<&str> {
    holders.iter().map(|one| one.name.as_str()).collect()
}

fn ids(lines: &[domain::order::DifferenceLine]) -> Vec<&str> {
    lines.iter().map(|line| line.service.as_str()).collect()
}

pub(crate) fn buy(world: &mut World, order: &Order, difference: &Difference, accept: bool) {
    world.must(|trial, at| trial.convert_by(&bought(order, difference, accept, &person("contact")), at));
}

fn bought<'b>(order: &'b Order, difference: &'b Difference, accept: bool, by: &'b PersonId) -> Buy<'b> {
    Buy {
        order: &order.id,
        services: &order.services,
        difference,
        accept_reduced: accept,
        held: false,
        by,
    }
}

#[test]
fn conv_5_what_is_kept_lost_new_and_fewer_is_told_apart() {
    let world = given(&["messaging", "meetings", "calling"], PARIS, example().now).form(|form| {
        form.meetings = Some(domain::trial::MeetingsInput {
            site: Some("site".to_owned()),
            time_zone: None,
        });
    });
    let world = world.start();
    let has = holders(&[("messaging", &["ana", "bob", "cid"]), ("calling", &["ana", "dan"])]);
    let wanted = lines(&[("messaging", 2), ("meetings", 500), ("devices", 3)]);
    let found = difference(&world.trial, &wanted, |_| 0, &has);
    assert_eq!(ids(&found.kept), ["meetings"], "CONV-5");
    assert_eq!(ids(&found.lost), ["calling"], "CONV-5");
    assert_eq!(ids(&found.new), ["devices"], "CONV-5");
    assert_eq!(ids(&found.fewer), ["messaging"], "CONV-5");
    assert_eq!(names(&found.fewer[0].surplus), ["cid"], "CONV-5: who got it last");
    assert_eq!(
        names(&found.lost[0].surplus),
        ["ana", "dan"],
        "CONV-5: nobody is left out"
    );
    assert_eq!(
        (found.fewer[0].trial, found.fewer[0].ordered, found.fewer[0].assigned),
        (Some(100), Some(2), 3)
    );
    assert!(found.takes());
    assert_eq!(
        found,
        difference(&world.trial, &wanted, |_| 0, &has),
        "CONV-5: always the same"
    );
    let owned = difference(&world.trial, &wanted, |_| 3, &has);
    assert!(!owned.takes(), "CONV-5: what was bought before stays");
}

#[test]
fn conv_5_nothing_assigned_goes_without_having_been_named_and_accepted() {
    let mut world = example().start();
    let order = place(&mut world, &[("messaging", 1)]);
    let has = holders(&[("messaging", &["ana", "bob"]), ("calling", &["cid"])]);
    let found = difference(&world.trial, &order.services, |_| 0, &has);
    let by = person("contact");
    let refusal = world.refused(|trial, at| trial.convert_by(&bought(&order, &found, false, &by), at));
    assert_eq!(refusal.code, Code::QuantityBelowAssigned, "CONV-5");
    assert_eq!(refusal.extra["surplus"]["messaging"][0], "bob", "CONV-5: by name");
    assert_eq!(refusal.extra["surplus"]["calling"][0], "cid", "CONV-5: by name");
    buy(&mut world, &order, &found, true);
    let TrialEvent::Converted { surplus, services, .. } = &world.events[world.events.len() - 1] else {
        panic!("converted: {:?}", world.events)
    };
    assert_eq!(*services, order.services, "CONV-5: exactly what was ordered");
    let expected = [
        ("calling".to_owned(), vec![person("cid")]),
        ("messaging".to_owned(), vec![person("bob")]),
    ];
    assert_eq!(*surplus, expected, "CONV-5: exactly those who were named");
    let told = world.mails(MessageKind::Converted);
    assert_eq!(told.len(), 2, "CONV-5: both sides");
    assert!(
        told.iter().all(|sent| sent.message.facts.surplus == expected),
        "CONV-5: named in the email"
    );
}

#[test]
fn conv_5_services_not_ordered_are_withdrawn_and_new_ones_asked_for() {
    let mut world = example().external().start();
    for service in ["messaging", "calling"] {
        world.must(|trial, at| trial.provisioned(service, domain::trial::Outcome::Done, at));
    }
    let order = place(&mut world, &[("messaging", 40), ("devices", 5)]);
    let before = world.trial.clone();
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    let seen = world.events.len();
    buy(&mut world, &order, &found, false);
    let asks = asked(Some(&before), &world.events[seen..]);
    let asks: Vec<(Act, &str)> = asks.iter().map(|(act, id)| (*act, id.as_str())).collect();
    let expected = [
        (Act::Provision, "messaging"),
        (Act::Withdraw, "calling"),
        (Act::Provision, "devices"),
    ];
    assert_eq!(asks, expected, "CONV-5, PROV-2: another quantity, gone, new");
    let state = |id: &str| {
        world
            .trial
            .services
            .iter()
            .find(|one| one.id == id)
            .map(|one| (one.state, one.quantity))
    };
    assert_eq!(state("messaging"), Some((ServiceState::Provisioned, 40)));
    assert_eq!(state("calling").map(|it| it.0), Some(ServiceState::Withdrawn));
    assert_eq!(state("devices"), Some((ServiceState::Provisioning, 5)));
    assert_eq!(
        Trial::fold(&world.events),
        Some(world.trial.clone()),
        "CONV-7: the record folds to it"
    );
}

#[test]
fn exp_5_calling_that_nobody_bought_leaves_numbers_that_rest_15_days_from_that_day() {
    let mut world = example().start();
    world.pass_to(world.local("2027-03-20T12:00"));
    // The clocks change on the 28th.
    let mut world = World {
        now: local("2027-03-10T12:00", PARIS),
        ..given(&["messaging", "calling"], PARIS, local("2027-02-20T09:00", PARIS)).start()
    };
    world.work();
    let order = place(&mut world, &[("messaging", 100)]);
    world.pass_to(world.local("2027-03-20T23:59"));
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    buy(&mut world, &order, &found, false);
    let (_, at) = world.around(domain::trial::MilestoneKind::NumbersReleased);
    assert_eq!(at, local("2027-04-05T00:00", PARIS), "EXP-5: over a clock change");
    world.pass_to(at - 1.microsecond());
    let released = |world: &World| {
        world
            .done
            .iter()
            .filter(|(_, kind)| kind.as_str() == "numbers_released")
            .count()
    };
    assert_eq!(released(&world), 0, "EXP-5: to nobody before");
    world.pass_days(90);
    assert_eq!(released(&world), 1, "EXP-5: once");
    assert_eq!(world.status(), Status::Converted, "CONV-7");
}

#[test]
fn conv_7_a_record_without_an_order_folds_as_before() {
    let mut world = example().start();
    world.must(|trial, at| trial.convert(at));
    let old = serde_json::json!({"type": "converted", "at": world.now});
    let event: TrialEvent = serde_json::from_value(old.clone()).expect("an old record");
    assert_eq!(world.events.last(), Some(&event), "CONV-7");
    assert_eq!(
        serde_json::to_value(&event).expect("JSON"),
        old,
        "CONV-7: written alike, too"
    );
    let quantities: Vec<u32> = world.trial.services.iter().map(|service| service.quantity).collect();
    assert_eq!(quantities, [100, 100], "CONV-7: all of it is bought");
    assert!(matches!(world.trial.state, State::Converted { .. }));
}

#[test]
fn conv_2_the_contact_is_asked_again_or_somebody_else() {
    let mut world = example().start();
    let order = place(&mut world, &[("messaging", 10)]);
    let asked = world.mails(MessageKind::OrderSetUp);
    assert_eq!(asked.len(), 1, "CONV-2");
    assert_eq!(asked[0].message.audience, Audience::Person, "CONV-2: the contact alone");
    assert_eq!(asked[0].message.facts.order.as_ref(), Some(&order.id));
    assert_eq!(asked[0].message.facts.ordered, order.services);
    world.must(|trial, at| trial.send_order_again(&order.id, &person("other"), at));
    assert_eq!(
        world.trial.open_order().map(|mark| &mark.contact),
        Some(&person("other")),
        "CONV-2"
    );
    world.must(|trial, at| Ok(trial.close_order(ClosedOrder::Withdrawn, None, at).expect("open")));
    let over = world.refused(|trial, at| trial.send_order_again(&order.id, &person("other"), at));
    assert_eq!(over.code, Code::WrongStatus, "CONV-2: until it is mapped");
}

#[test]
fn conv_2_five_emails_an_hour() {
    let world = example().start();
    let mut order = order(&world, "1", &[("messaging", 10)]);
    for minute in 1..5 {
        order = order
            .send_again(None, world.now + minute.minutes())
            .expect("CONV-2: a few");
    }
    let over = order
        .send_again(None, world.now + 59.minutes())
        .expect_err("CONV-2: five an hour");
    assert_eq!(over.code, Code::TooManyRequests);
    assert!(
        order.send_again(None, world.now + 60.minutes()).is_ok(),
        "CONV-2: the first is an hour old"
    );
}

#[test]
fn conv_7_one_order_at_a_time() {
    let mut world = example().start();
    place(&mut world, &[("messaging", 10)]);
    let second = order(&world, "2", &[("calling", 10)]);
    let refusal = world.refused(|trial, at| trial.place_order(&second, at));
    assert_eq!(refusal.code, Code::OrderOpen, "CONV-7");
    assert_eq!(refusal.extra["order_id"], "order_eu_1", "CONV-7: it is named");
    world.must(|trial, at| Ok(trial.close_order(ClosedOrder::Withdrawn, None, at).expect("open")));
    world.must(|trial, at| trial.place_order(&second, at));
    assert_eq!(
        world.trial.open_order().map(|mark| mark.id.as_str()),
        Some("order_eu_2"),
        "CONV-7: a closed one frees"
    );
}

#[test]
fn conv_7_cancelling_and_handing_over_close_the_order() {
    let mut cancelled = example().start();
    place(&mut cancelled, &[("messaging", 10)]);
    cancelled.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let mut moved = example().start();
    place(&mut moved, &[("messaging", 10)]);
    moved.must(|trial, at| trial.hand_over(&org("other"), &person("taker"), false, at));
    for world in [cancelled, moved] {
        assert!(world.trial.open_order().is_none(), "CONV-7");
        let closed = world.mails(MessageKind::OrderClosed);
        assert_eq!(closed.len(), 1, "CONV-7: it is said");
        assert_eq!(closed[0].message.facts.outcome.as_deref(), Some("withdrawn"));
    }
}

#[test]
fn conv_1_a_conversion_is_handed_over_once() {
    let mut world = example().start();
    let hand = |world: &mut World| {
        world.must(|trial, at| trial.hand_conversion_over(&org("distributor"), &person("seller"), at))
    };
    assert!(!hand(&mut world).is_empty(), "CONV-1");
    let told = world.mails(MessageKind::ConversionHandedOver);
    assert_eq!(told.len(), 1, "CONV-1: the distributor hears of it");
    let facts = &told[0].message.facts;
    assert!(
        facts.ends_on.is_some() && facts.ends_on < facts.grace_ends_on,
        "CONV-1: until when"
    );
    assert!(hand(&mut world).is_empty(), "CONV-1: once");
    assert_eq!(world.mails(MessageKind::ConversionHandedOver).len(), 1, "CONV-1: once");
    world.must(|trial, at| trial.hand_over(&org("other"), &person("taker"), false, at));
    assert_eq!(world.trial.handed_over, None, "CONV-1: another partner asks for itself");
}

#[test]
fn conv_8_once_a_day_until_an_order_is_placed() {
    let mut world = example().start();
    let want = |world: &mut World| {
        world.must(|trial, at| Ok(trial.want_purchase(&person("boss"), &[], Some("now".to_owned()), at)))
    };
    assert!(!want(&mut world).is_empty(), "CONV-8");
    assert!(want(&mut world).is_empty(), "CONV-8: once a day");
    assert!(world.trial.waits_for_order(), "CONV-8: it is a task");
    world.pass_to(world.local("2027-01-16T00:00"));
    assert!(!want(&mut world).is_empty(), "CONV-8: the next civil day");
    assert_eq!(world.mails(MessageKind::PurchaseWanted).len(), 2);
    place(&mut world, &[("messaging", 10)]);
    assert!(!world.trial.waits_for_order(), "CONV-8: until an order is placed");
    let mut over = example().start();
    want(&mut over);
    over.pass_days(70);
    assert!(
        !over.trial.waits_for_order() && want(&mut over).is_empty(),
        "CONV-8: or the trial is over"
    );
}

#[test]
fn conv_1_everything_that_is_wrong_with_an_order_is_said_at_once() {
    let program = program();
    let wish = |lines: &[(&str, i64)]| lines.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect::<Vec<_>>();
    let services = wish(&[
        ("messaging", 0),
        ("telepathy", 5),
        ("calling", 1_000_001),
        ("meetings", 3),
        ("meetings", 1),
    ]);
    let errors = check_lines(&services, &wish(&[("hologram", 1), ("desk-phone", -1)]), &program).expect_err("wrong");
    let found: Vec<(&str, Code)> = errors
        .iter()
        .map(|error| (error.pointer.as_str(), error.code))
        .collect();
    let expected = [
        ("/services/0/quantity", Code::QuantityOutOfRange),
        ("/services/1/id", Code::UnknownService),
        ("/services/2/quantity", Code::QuantityOutOfRange),
        ("/services/4/id", Code::DuplicateService),
        ("/devices/0/type", Code::UnknownDeviceType),
        ("/devices/1/quantity", Code::QuantityOutOfRange),
    ];
    assert_eq!(found, expected, "CONV-1");
    let empty = check_lines(&[], &[], &program).expect_err("nothing");
    assert_eq!(
        (empty[0].pointer.as_str(), empty[0].code),
        ("/services", Code::Empty),
        "CONV-1"
    );
}

#[test]
fn elig_4_what_never_ran_and_was_not_bought_was_not_tried() {
    let mut world = example().external().start();
    for (service, outcome) in [
        ("messaging", domain::trial::Outcome::Done),
        ("calling", domain::trial::Outcome::Failed),
    ] {
        world.must(|trial, at| trial.provisioned(service, outcome, at));
    }
    let order = place(&mut world, &[("messaging", 40)]);
    let found = difference(&world.trial, &order.services, |_| 0, &Holders::new());
    buy(&mut world, &order, &found, false);
    let left: Vec<&str> = world.trial.services.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(left, ["messaging"], "ELIG-4: calling never ran");
}

#[test]
fn conv_8_in_grace_the_end_that_counts_is_that_of_grace() {
    let told = |instant: Option<&str>| {
        let mut world = example().start();
        if let Some(instant) = instant {
            world.pass_to(world.local(instant));
        }
        world.must(|trial, at| Ok(trial.want_purchase(&person("boss"), &[], None, at)));
        let facts = &world.mails(MessageKind::PurchaseWanted)[0].message.facts;
        (facts.ends_on, facts.grace_ends_on)
    };
    let ends = [told(None), told(Some("2027-02-15T00:00"))];
    let day = crate::support::day;
    let expected = [
        (Some(day("2027-02-14")), Some(day("2027-03-16"))),
        (None, Some(day("2027-03-16"))),
    ];
    assert_eq!(ends, expected, "CONV-8, EXP-6");
}

#[test]
fn org_11_the_email_about_a_closed_order_names_the_partner_whose_it_was() {
    let mut world = example().start();
    place(&mut world, &[("messaging", 40)]);
    world.must(|trial, at| trial.hand_over(&org("other"), &person("taker"), false, at));
    let told = world.mails(MessageKind::OrderClosed);
    assert_eq!(told[0].message.facts.partner, Some(org("partner")), "ORG-11");
}

#[test]
fn conv_4_an_order_that_is_opened_again_knows_what_may_have_happened() {
    let world = example().start();
    let order = order(&world, "1", &[("messaging", 40)]);
    let to = domain::order::Mapped {
        customer: org("elsewhere"),
        trial: None,
    };
    let mapping = Order {
        state: OrderState::Mapping {
            to: to.clone(),
            since: world.now,
            token: "one".to_owned(),
        },
        ..order.clone()
    };
    assert_eq!((mapping.mapping_token(), order.mapping_token()), (Some("one"), None));
    let again = mapping.reopened();
    assert_eq!(
        (&again.state, &again.given_up),
        (&OrderState::Open, &Some(to)),
        "CONV-4"
    );
    assert_eq!(
        again.reopened().given_up,
        again.given_up,
        "CONV-4: and does not forget it"
    );
}
