//! ORG-11: what of a trial goes along when its customer moves to another partner.

use crate::{
    given::{example, given},
    support::{PARIS, org, person},
    world::before,
};
use domain::{
    refusal::Code,
    trial::{CancelledBy, Status, plan},
};

#[test]
fn org_11_what_runs_goes_on_under_the_new_partner() {
    let running = example().start();
    let mut grace = example().start();
    grace.pass_to(before(grace.local("2027-03-17T00:00")));
    let waiting = given(&["contact-center"], PARIS, example().now).start();
    for mut world in [running, grace, waiting] {
        let (old, status) = (world.trial.clone(), world.status());
        let dates = plan(&world.trial, &world.program, &world.zone);
        let (to, taker) = (org("taker"), person("taker"));
        world.must(|trial, at| trial.hand_over(&to, &taker, false, at));
        assert_eq!((&world.trial.partner, &world.trial.started_by), (&to, &taker), "ORG-11");
        assert_eq!(world.status(), status, "ORG-11: {status:?} stays");
        assert_eq!(
            plan(&world.trial, &world.program, &world.zone),
            dates,
            "ORG-11: no date moves"
        );
        let back = domain::trial::Trial {
            partner: old.partner.clone(),
            started_by: old.started_by.clone(),
            ..world.trial.clone()
        };
        assert_eq!(back, old, "ORG-11: nothing else changes");
    }
}

#[test]
fn org_11_a_request_is_withdrawn_and_what_is_over_stays() {
    let (to, taker) = (org("taker"), person("taker"));
    let mut asked = example().asked().start();
    asked.must(|trial, at| trial.hand_over(&to, &taker, false, at));
    assert_eq!(
        asked.status(),
        Status::Cancelled,
        "ORG-11: nobody accepts a request of who has gone"
    );
    let mut cancelled = example().start();
    cancelled.must(|trial, at| trial.cancel(CancelledBy::Customer, None, true, at));
    let mut converted = example().start();
    converted.must(|trial, at| trial.convert(at));
    for world in [cancelled, converted] {
        let refused = world
            .trial
            .hand_over(&to, &taker, false, &world.at())
            .map_err(|refusal| refusal.code);
        assert_eq!(refused, Err(Code::WrongStatus), "ORG-11: {:?}", world.status());
    }
    let own = example().start();
    let refused = own.trial.hand_over(&own.trial.partner, &taker, false, &own.at());
    assert_eq!(
        refused.map_err(|refusal| refusal.code),
        Err(Code::WrongStatus),
        "ORG-11: to itself"
    );
}
