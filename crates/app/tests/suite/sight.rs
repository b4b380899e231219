//! Cedar decides about one thing; lists are scoped by one relation in SQL. Both say the same, for everybody, on generated
//! worlds.

use crate::support::{World, asks, world};
use app::{
    AccessChange, Actor, Error, Guard, PageRequest,
    customer::{CustomerFilter, CustomerPatch},
    found::NewPerson,
    handover::Move,
    trial::TrialFilter,
};
use domain::{
    ids::{OrgId, PersonId, TrialId},
    organization::{AccessLevel, Allowance, Kind, Partner},
    person::Role::{self, *},
};
use store::region::trial::TrialSort;

/// Chances from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

const DESKS: [Role; 5] = [
    SalesFullAdministrator,
    SalesAdministrator,
    SalesAdministrator,
    ReadOnlyAdministrator,
    HelpDesk,
];

struct Crowd {
    partners: Vec<Vec<Actor>>,
    bosses: Vec<Actor>,
    others: Vec<Actor>,
    customers: Vec<OrgId>,
    trials: Vec<TrialId>,
}

fn person(email: &str, role: Role) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: "Kim".to_owned(),
        language: "en".to_owned(),
        zone: "Europe/Paris".to_owned(),
        roles: vec![role],
        licenses: Vec::new(),
    }
}

async fn crowd(world: &World, dice: &mut Dice) -> Crowd {
    let mut crowd = Crowd {
        partners: Vec::new(),
        bosses: vec![world.who("boss@lumen.example").await],
        others: Vec::new(),
        customers: Vec::new(),
        trials: Vec::new(),
    };
    for name in ["bise", "crique", "dune"] {
        let kind = Kind::Partner(Partner {
            tier: 1,
            distributor: None,
            certified_until: "2099-01-01T00:00:00Z".parse().ok(),
            allowance: Allowance::default(),
        });
        let emails: Vec<String> = (0..DESKS.len())
            .map(|number| format!("p{number}@{name}.example"))
            .collect();
        let people: Vec<NewPerson> = emails
            .iter()
            .zip(DESKS)
            .map(|(email, role)| person(email, role))
            .collect();
        world.app.found("eu", name, kind, &people).await.unwrap();
        let mut desk = Vec::new();
        for email in &emails {
            desk.push(world.who(email).await);
        }
        crowd.partners.push(desk);
    }
    let vendor: Vec<NewPerson> = [("va", VendorAdministrator), ("au", Auditor), ("od", OrderDesk)]
        .map(|(local, role)| person(&format!("{local}@vendor.example"), role))
        .to_vec();
    world.app.found("eu", "Vendor", Kind::Vendor, &vendor).await.unwrap();
    for local in ["va", "au", "od"] {
        crowd.others.push(world.who(&format!("{local}@vendor.example")).await);
    }
    for number in 0..8 {
        let seller = &crowd.partners[dice.below(3)][dice.below(3)];
        let email = format!("it@c{number}.example");
        let begun = world
            .app
            .start_trial(seller, &asks(&email, &["messaging"], None), &Guard::default())
            .await
            .unwrap();
        crowd.customers.push(begun.trial.trial.customer.clone());
        crowd.trials.push(begun.trial.trial.id.clone());
        crowd.bosses.push(world.who(&email).await);
    }
    crowd
}

/// What may happen between companies; a refusal is no harm.
async fn stir(world: &World, crowd: &mut Crowd, dice: &mut Dice) {
    let (app, guard) = (&world.app, Guard::default());
    let number = dice.below(crowd.customers.len());
    let (customer, boss) = (crowd.customers[number].clone(), crowd.bosses[number + 1].clone());
    let partner = dice.below(3);
    let full = &crowd.partners[partner][0];
    match dice.below(5) {
        0 => {
            let mut wanted: Vec<String> = Vec::new();
            for who in &crowd.partners[partner][1..3] {
                wanted.extend((dice.below(2) == 0).then(|| who.id().0.clone()));
            }
            let patch = CustomerPatch {
                tags: None,
                assigned: Some(wanted),
            };
            let _ = app.patch_customer(full, &customer, &patch, &guard).await;
        }
        1 => {
            let change = AccessChange {
                level: [None, Some(AccessLevel::ProvisioningAdministrator)][dice.below(2)],
                cancel_trials: dice.below(2) == 0,
            };
            let _ = app.change_access(&boss, &customer, full.org(), &change, &guard).await;
        }
        2 => {
            let seller = &crowd.partners[partner][dice.below(3)];
            let asked = app
                .start_trial(
                    seller,
                    &asks(
                        &boss.person.email,
                        &["meetings"],
                        Some(&format!("s{}", dice.below(9_999))),
                    ),
                    &guard,
                )
                .await;
            crowd.trials.extend(asked.ok().and_then(|asked| asked.trial.id));
        }
        3 => {
            let wish = Move {
                customer: Some(customer.0),
                from: None,
                to: Some(full.org().0.clone()),
                reason: None,
            };
            if let Ok(moved) = app.begin_handover(&boss, &wish, &guard).await {
                let _ = app.decide_handover(full, &moved.id.unwrap(), true, &guard).await;
            }
        }
        _ => {
            let request = crowd.trials[dice.below(crowd.trials.len())].request();
            let _ = app
                .accept_request(&boss, &request, dice.below(2) == 0, true, None, &guard)
                .await;
        }
    }
}

fn everything() -> PageRequest {
    PageRequest {
        after: None,
        limit: 200,
    }
}

fn shown<T>(answer: &Result<T, Error>) -> bool {
    match answer {
        Ok(_) => true,
        Err(Error::Refused(_)) => false,
        Err(error) => panic!("{error:?}"),
    }
}

async fn compare(world: &World, crowd: &Crowd, seed: u64) {
    let people = crowd
        .partners
        .iter()
        .flatten()
        .chain(&crowd.bosses)
        .chain(&crowd.others);
    for who in people {
        let name = format!("seed {seed}: {} {:?}", who.person.email, who.person.roles);
        let listed = world
            .app
            .customers(who, &CustomerFilter::default(), &everything())
            .await;
        let listed: Vec<OrgId> = listed
            .map(|page| page.items.into_iter().map(|one| one.id).collect())
            .unwrap_or_default();
        let lumen = crowd.bosses[0].org();
        for id in crowd.customers.iter().chain([lumen]) {
            let seen = shown(&world.app.customer(who, id).await);
            assert_eq!(listed.contains(id), seen, "ORG-3, ORG-9: {name} {id}");
        }
        let filter = TrialFilter {
            statuses: Vec::new(),
            customer: None,
            service: None,
            region: None,
            ends_before: None,
            q: None,
            sort: TrialSort::CreatedAt,
            descending: false,
        };
        let trials = world.app.trials(who, &filter, &everything()).await;
        let trials: Vec<TrialId> = trials
            .map(|page| page.items.into_iter().filter_map(|one| one.id).collect())
            .unwrap_or_default();
        for id in &crowd.trials {
            let seen = shown(&world.app.trial(who, id).await);
            assert_eq!(trials.contains(id), seen, "ORG-3, ORG-9: {name} {id}");
        }
    }
}

#[tokio::test]
async fn org_9_lists_and_policies_see_the_same() {
    let mut looked_after = 0;
    for seed in 1..=6 {
        let (world, mut dice) = (world().await, Dice(seed));
        let mut crowd = crowd(&world, &mut dice).await;
        for _ in 0..4 {
            for _ in 0..8 {
                stir(&world, &mut crowd, &mut dice).await;
            }
            compare(&world, &crowd, seed).await;
        }
        let seller: &PersonId = crowd.partners[0][1].id();
        let region = world.app.stores.region("eu").unwrap();
        looked_after += region.read().looked_after_by(seller, 100).await.unwrap().len();
        assert!(world.app.verify().await.unwrap().flaws.is_empty(), "seed {seed}");
    }
    assert!(looked_after > 0, "the worlds are not empty");
}
