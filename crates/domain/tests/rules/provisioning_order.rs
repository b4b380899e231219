//! PROV-2: what changes ask of an external provisioner, and what its answers make of an order.

use crate::{
    edit::quantity,
    given::example,
    support::{day, ids, utc},
    world::World,
};
use domain::{
    ids::TrialId,
    organization::Purchase,
    refusal::Code,
    trial::{
        Act, Answer, CancelledBy, Change, Edit, Extend, Outcome, Provisioning, ProvisioningOrderState, ServiceState,
        State, Trial, TrialEvent, asked, number_told, sparing,
    },
};

/// What a change asked, told from the trial as it was before.
fn asks(world: &mut World, act: impl FnOnce(&mut World) -> Change) -> Vec<(Act, String)> {
    let before = world.trial.clone();
    let change = act(world);
    asked(Some(&before), &change.events)
}

fn pair(act: Act, service: &str) -> (Act, String) {
    (act, service.to_owned())
}

/// A trial of two services, both provisioned.
fn running() -> World {
    let mut world = example().external().start();
    for service in world.trial.service_ids() {
        world.must(|trial, at| trial.provisioned(&service, Outcome::Done, at));
    }
    world
}

fn all(world: &World, act: Act) -> Vec<(Act, String)> {
    world.trial.service_ids().into_iter().map(|id| (act, id)).collect()
}

#[test]
fn prov_2_a_start_asks_for_each_service_once() {
    let world = example().external().start();
    assert_eq!(asked(None, &world.first.events), all(&world, Act::Provision));
    let embedded = example().start();
    assert_eq!(
        asked(None, &embedded.first.events),
        all(&embedded, Act::Provision),
        "who answers at once was asked all the same; nobody else is told"
    );
}

#[test]
fn prov_2_an_edit_withdraws_what_goes_and_asks_for_what_comes() {
    let mut world = running();
    let services = world.trial.service_ids();
    let (gone, kept) = services.split_first().expect("services");
    let wish = |services: &[String]| Edit {
        services: Some(services.to_vec()),
        ..Edit::default()
    };
    let edit = |world: &mut World, wish: &Edit| world.must(|trial, at| trial.edit(wish, |_| Vec::new(), &[], at));
    assert_eq!(
        asks(&mut world, |world| edit(world, &wish(kept))),
        [pair(Act::Withdraw, gone)]
    );
    assert_eq!(
        asks(&mut world, |world| edit(world, &wish(&services))),
        [pair(Act::Provision, gone)]
    );
    let asked_anew = all(&world, Act::Provision);
    assert_eq!(
        asks(&mut world, |world| edit(world, &quantity(7))),
        asked_anew,
        "EDIT-1: another quantity"
    );
    assert_eq!(asks(&mut world, |world| edit(world, &quantity(7))), []);
    // What was asked and not answered is withdrawn, too.
    assert_eq!(
        asks(&mut world, |world| edit(world, &wish(kept))),
        [pair(Act::Withdraw, gone)]
    );
}

#[test]
fn canc_2_what_was_asked_is_withdrawn_and_nothing_else() {
    let cancel = |world: &mut World| world.must(|trial, at| trial.cancel(CancelledBy::Partner, None, true, at));
    let mut world = running();
    let services = all(&world, Act::Withdraw);
    assert_eq!(asks(&mut world, cancel), services);
    let mut half = example().external().start();
    let first = half.trial.service_ids().remove(0);
    half.must(|trial, at| trial.provisioned(&first, Outcome::Failed, at));
    let services = all(&half, Act::Withdraw);
    assert_eq!(
        asks(&mut half, cancel),
        services,
        "also what failed half-way, or is under way"
    );
    let mut request = example().external().asked().start();
    assert_eq!(asks(&mut request, cancel), [], "nothing was asked before consent");
    // CANC-2: when its organization closes later, all was withdrawn.
    let closed = TrialEvent::OrganizationClosed {
        at: utc("2027-06-01T00:00:00Z"),
        users: 3,
    };
    assert_eq!(asked(Some(&world.trial), &[closed]), []);
}

#[test]
fn exp_3_grace_suspends_what_the_program_says_and_an_extension_resumes_it() {
    let mut world = running();
    let suspended = world.trial.service_ids().remove(0);
    let expired = TrialEvent::Expired {
        at: world.now,
        suspended: ids(&[suspended.as_str()]),
    };
    assert_eq!(
        asked(Some(&world.trial), std::slice::from_ref(&expired)),
        [pair(Act::Suspend, &suspended)]
    );
    world.trial.apply(&expired);
    let at = domain::time::plus_days(world.term().ends_on, 3);
    world.now = world.local(&format!("{at}T12:00"));
    let extend = |world: &mut World| world.must(|trial, at| trial.extend(&Extend::default(), at));
    assert_eq!(asks(&mut world, extend), [pair(Act::Resume, &suspended)], "EXT-3");
    let removed = TrialEvent::Removed {
        at: world.now,
        organization_closed: true,
        users: 1,
    };
    assert_eq!(
        asked(Some(&world.trial), &[expired, removed]),
        all(&world, Act::Withdraw),
        "EXP-4: the last word counts"
    );
}

#[test]
fn conv_7_what_was_bought_in_grace_goes_on() {
    let mut world = running();
    let suspended = world.trial.service_ids().remove(0);
    world.trial.apply(&TrialEvent::Expired {
        at: world.now,
        suspended: ids(&[suspended.as_str()]),
    });
    let state = |world: &World| world.trial.services[0].state;
    assert_eq!(state(&world), ServiceState::Suspended);
    let bought = asks(&mut world, |world| world.must(|trial, at| trial.convert(at)));
    assert_eq!(bought, [pair(Act::Resume, &suspended)], "only what rested is asked for");
    assert_eq!(state(&world), ServiceState::Provisioned, "CONV-7");
}

#[test]
fn prov_2_what_was_bought_while_it_was_being_provisioned_takes_its_answer() {
    for (outcome, state) in [
        (Outcome::Done, ServiceState::Provisioned),
        (Outcome::Failed, ServiceState::Failed),
    ] {
        let mut world = example().external().start();
        let services = world.trial.service_ids();
        let (first, last) = (services[0].clone(), services[1].clone());
        world.must(|trial, at| trial.provisioned(&last, Outcome::Failed, at));
        world.must(|trial, at| trial.provisioned(&first, Outcome::Done, at));
        let again = asks(&mut world, |world| world.must(|trial, _| Ok(trial.retried(&last))));
        assert_eq!(again, [], "the order that failed is called again, no other");
        world.must(|trial, at| trial.convert(at));
        assert_eq!(world.trial.provisioning(false), Some(Provisioning::Provisioning));
        let before = world.trial.state.clone();
        world.must(|trial, at| trial.provisioned(&last, outcome, at));
        assert_eq!(world.trial.services[1].state, state, "PROV-2");
        assert_eq!(world.trial.state, before, "CONV-7: nothing else");
    }
}

#[test]
fn prov_2_what_is_asked_again_has_not_failed_any_more() {
    let mut world = example().external().start();
    let last = world.trial.service_ids().remove(1);
    assert!(world.trial.retried(&last).is_empty(), "nothing failed");
    world.must(|trial, at| trial.provisioned(&last, Outcome::Failed, at));
    assert_eq!(world.trial.provisioning(false), Some(Provisioning::Unable));
    world.must(|trial, _| Ok(trial.retried(&last)));
    assert_eq!(world.trial.provisioning(false), Some(Provisioning::Provisioning));
    let failed = world.must(|trial, at| trial.provisioned(&last, Outcome::Failed, at));
    assert_eq!(
        failed.messages.len(),
        1,
        "it fails again, and the partner is told again"
    );
}

#[test]
fn exp_3_what_is_provisioned_only_in_grace_rests_as_well() {
    let (mut world, last) = (example().external().start(), "calling");
    for service in &mut world.program.services {
        service.suspended_in_grace = service.id == last;
    }
    world.must(|trial, at| trial.provisioned("messaging", Outcome::Done, at));
    world.must(|trial, at| trial.provisioned(last, Outcome::Failed, at));
    world.must(|trial, _| Ok(trial.retried(last)));
    let until = domain::time::plus_days(world.term().ends_on, 3);
    world.pass_to(world.local(&format!("{until}T12:00")));
    assert_eq!(world.status(), domain::trial::Status::Expired);
    let asked = asks(&mut world, |world| {
        world.must(|trial, at| trial.provisioned(last, Outcome::Done, at))
    });
    assert_eq!(asked, [pair(Act::Suspend, last)], "EXP-3");
    assert_eq!(world.trial.services[1].state, ServiceState::Suspended);
    let convert = |world: &mut World| world.must(|trial, at| trial.convert(at));
    assert_eq!(asks(&mut world, convert), [pair(Act::Resume, last)], "CONV-7");
    assert_eq!(world.trial.services[1].state, ServiceState::Provisioned);
}

#[test]
fn prov_2_the_same_answer_changes_nothing_and_a_contradiction_is_refused() {
    use ProvisioningOrderState::{Done, Failed, Manual, Open, Void};
    let becomes = |state: ProvisioningOrderState, answer: Answer| match state.answered(answer) {
        Ok(next) => Some(next),
        Err(refusal) => {
            assert_eq!(refusal.code, Code::WrongStatus);
            None
        }
    };
    let table = [
        (
            Open,
            [Some(Some(Done)), Some(Some(Failed)), Some(Some(Open)), Some(Some(Open))],
        ),
        (
            Manual,
            [Some(Some(Done)), Some(Some(Failed)), Some(Some(Open)), Some(Some(Open))],
        ),
        (Failed, [Some(Some(Done)), Some(None), None, Some(Some(Open))]),
        (Done, [Some(None), None, None, None]),
        (Void, [Some(None), Some(None), Some(None), None]),
    ];
    for (state, outcomes) in table {
        let answers = [Answer::Done, Answer::Failed, Answer::NotYet, Answer::Again];
        assert_eq!(answers.map(|answer| becomes(state, answer)), outcomes, "{state:?}");
    }
    for act in Act::ALL {
        assert_eq!(Act::parse(act.as_str()), Some(act));
    }
    for state in ProvisioningOrderState::ALL {
        assert_eq!(ProvisioningOrderState::parse(state.as_str()), Some(state));
    }
}

#[test]
fn prov_2_the_status_of_provisioning_names_the_most_pressing() {
    let mut world = example().external().asked().start();
    assert_eq!(world.trial.provisioning(false), None, "before consent nothing is asked");
    world = world.accepted();
    assert_eq!(world.trial.provisioning(false), Some(Provisioning::PendingDetails));
    world = world.confirmed();
    assert_eq!(world.trial.provisioning(false), Some(Provisioning::Provisioning));
    assert_eq!(world.trial.provisioning(true), Some(Provisioning::Manual));
    let services = world.trial.service_ids();
    world.must(|trial, at| trial.provisioned(&services[0], Outcome::Failed, at));
    assert_eq!(world.trial.provisioning(true), Some(Provisioning::Unable));
    for service in &services {
        world.must(|trial, at| trial.provisioned(service, Outcome::Done, at));
    }
    assert_eq!(world.trial.provisioning(false), Some(Provisioning::Provisioned));
    assert!(
        world
            .trial
            .services
            .iter()
            .all(|one| one.state == ServiceState::Provisioned)
    );
    let pressing = [
        Provisioning::Provisioned,
        Provisioning::Provisioning,
        Provisioning::PendingDetails,
        Provisioning::Manual,
        Provisioning::Unable,
    ];
    assert!(pressing.is_sorted(), "a customer's is the most pressing of its trials'");
}

fn bought(service: &str, quantity: u32) -> Purchase {
    Purchase {
        service: service.to_owned(),
        quantity,
        partner: None,
        since: day("2027-01-01"),
    }
}

#[test]
fn prov_2_what_the_customer_has_by_something_else_stays() {
    let world = running();
    let service = world.trial.service_ids().remove(0);
    let spared = |act: Act, purchases: &[Purchase], others: &[&Trial]| {
        sparing(vec![pair(act, &service)], purchases, others, &world.program)
    };
    let mut other = world.trial.clone();
    other.id = TrialId::new("eu", "other");
    let has = [bought(&service, 5)];
    // Bought, or run by another trial: it goes on, with the number that is left; and it is not paused.
    for (purchases, others) in [(&has[..], &[][..]), (&[][..], &[&other][..])] {
        assert_eq!(
            spared(Act::Withdraw, purchases, others),
            [pair(Act::Provision, &service)]
        );
        assert_eq!(spared(Act::Suspend, purchases, others), []);
        assert_eq!(spared(Act::Resume, purchases, others), [pair(Act::Resume, &service)]);
    }
    // An older name is the same service.
    let old = world.program.services.iter().find(|one| !one.also_known_as.is_empty());
    let old = old.expect("a service with an older name");
    let asked = vec![pair(Act::Withdraw, &old.id)];
    let kept = sparing(asked, &[bought(&old.also_known_as[0], 1)], &[], &world.program);
    assert_eq!(kept, [pair(Act::Provision, &old.id)], "ELIG-1");
    // What rests in another trial's grace rests; what never came to be, or is over, keeps nothing.
    other.services[0].state = ServiceState::Suspended;
    assert_eq!(spared(Act::Withdraw, &[], &[&other]), [pair(Act::Suspend, &service)]);
    for state in [ServiceState::Waiting, ServiceState::Failed, ServiceState::Withdrawn] {
        other.services[0].state = state;
        assert_eq!(spared(Act::Withdraw, &[], &[&other]), [pair(Act::Withdraw, &service)]);
    }
    other = world.trial.clone();
    other.apply(&TrialEvent::Removed {
        at: world.now,
        organization_closed: false,
        users: 0,
    });
    assert_eq!(spared(Act::Withdraw, &[], &[&other]), [pair(Act::Withdraw, &service)]);
}

#[test]
fn prov_2_the_number_told_is_all_that_the_customer_has() {
    let world = running();
    let trial = &world.trial;
    let service = trial.service_ids().remove(0);
    let told =
        |purchases: &[Purchase], trials: &[&Trial]| number_told(&service, &trial.id, purchases, trials, &world.program);
    assert_eq!(told(&[], &[trial]), Some(100));
    let has = [bought(&service, 5), bought(&service, 7), bought("other", 9)];
    assert_eq!(told(&has, &[trial]), Some(112));
    let mut other = trial.clone();
    other.id = TrialId::new("eu", "other");
    other.services[0].state = ServiceState::Failed;
    assert_eq!(
        told(&has, &[trial, &other]),
        Some(112),
        "what failed elsewhere is not there"
    );
    other.services[0].state = ServiceState::Suspended;
    assert_eq!(told(&has, &[trial, &other]), Some(212));
    // What was bought of a trial is a purchase from then on, and not counted twice.
    let mut over = trial.clone();
    over.state = State::Converted {
        term: world.term().clone(),
        at: world.now,
    };
    assert_eq!(told(&has, &[&over]), Some(12));
    assert_eq!(told(&[], &[&over]), None);
}
