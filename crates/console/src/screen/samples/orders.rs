//! Orders, their set-up, the wish to buy.

use super::{Collection, faults, world};
use crate::{
    part::Faults,
    screen::{
        order::{answers, close, conversion, convert, difference::DifferencePart, fields, hand, list, place, show},
        purchase,
        set_up::{self, Head, done, find, new_organization},
        start::Choice,
    },
    web::Fields,
    words::Words,
};
use app::order::{Candidate, ConversionView, CustomerCard, Foreseen, OrderView, PurchaseInterest};
use domain::{
    ids::{OrderId, OrgId, PersonId, TrialId},
    likeness::Likeness,
    order::{ClosedOrder, Contact, ContactRole, Difference, DifferenceLine, Holder, Mapped, Order, OrderState},
    program::Program,
    refusal::{Code, Refusal},
    time::plus_days,
    trial::Status,
};
use jiff::civil::date;

fn trial() -> TrialId {
    TrialId::new("eu", "01jd9k2m4v")
}

fn states() -> [OrderState; 5] {
    let to = || Mapped {
        customer: OrgId::new("eu", "2"),
        trial: Some(trial()),
    };
    let closed = |reason| OrderState::Closed {
        at: world::now(),
        reason,
    };
    [
        OrderState::Open,
        OrderState::Mapping {
            to: to(),
            since: world::now(),
            token: String::new(),
        },
        OrderState::Mapped {
            to: to(),
            at: world::now(),
        },
        closed(ClosedOrder::NotMapped),
        closed(ClosedOrder::Withdrawn),
    ]
}

/// One of a list.
pub(super) fn line(words: &Words, program: &Program) -> list::Line {
    let open = order(OrderState::Open, false);
    list::line(words, "/partner/orders", &open, program, world::now())
}

fn order(state: OrderState, outside: bool) -> OrderView {
    let placed_on = date(2027, 1, 4);
    OrderView {
        id: Some(OrderId::new("eu", "01jd9k2m4v")),
        order: Order {
            id: OrderId::new("eu", "01jd9k2m4v"),
            partner: OrgId::new("eu", "1"),
            placed_by: PersonId::new("eu", "1"),
            ordered_by: OrgId::new("eu", "1"),
            trial: (!outside).then(trial),
            customer: (!outside).then(|| OrgId::new("eu", "2")),
            company: None,
            services: vec![("messaging".to_owned(), 1200), ("calling".to_owned(), 3)],
            devices: vec![("desk-phone".to_owned(), 2)],
            contact: Contact {
                person: PersonId::new("eu", "1"),
                role: ContactRole::PartnerAdministrator,
            },
            sendings: vec![world::start()],
            placed_at: world::start(),
            placed_on,
            closes_on: plus_days(placed_on, 30),
            zone: "Europe/Paris".to_owned(),
            state,
            given_up: None,
        },
        partner_name: "Studio Nord & Fils <script>".to_owned(),
        ordered_by_name: "Distri & Co".to_owned(),
        placed_by_name: (!outside).then(|| "Ada <b>".to_owned()),
        customer: (!outside).then(|| (OrgId::new("eu", "2"), "Société Lumière <script>".to_owned())),
        contact_name: (!outside).then(|| "Ada <b>".to_owned()),
        contact_email: None,
        days_left: Some(12),
        version: 1,
    }
}

fn difference() -> Difference {
    let holder = |name: &str| Holder {
        person: PersonId::new("eu", name),
        name: "Lumière <script>".to_owned(),
    };
    let line = |service: &str, trial: Option<u32>, ordered: Option<u32>, surplus: usize| DifferenceLine {
        service: service.to_owned(),
        trial,
        ordered,
        assigned: 5,
        surplus: vec![holder("1"); surplus],
    };
    Difference {
        kept: vec![
            line("messaging", Some(1200), Some(1200), 0),
            line("devices", Some(10), Some(20), 0),
        ],
        lost: vec![line("meetings", Some(1200), None, 30)],
        new: vec![line("contact-center", None, Some(7), 0)],
        fewer: vec![line("calling", Some(1200), Some(3), 2)],
    }
}

pub(super) fn orders(all: &mut Collection<'_>, program: &Program) {
    listed(all, program);
    placed(all, program);
    setting_up(all, program);
    wanted(all, program);
}

fn listed(all: &mut Collection<'_>, program: &Program) {
    let (words, now) = (all.words, world::now());
    let conversion = conversion_view();
    for vendor in [true, false] {
        let base = if vendor { "/vendor/orders" } else { "/partner/orders" };
        let views = states().map(|state| order(state, vendor));
        let page = |whole: bool, filtered: bool| list::Orders {
            lead: "x".into(),
            base,
            vendor,
            place: vendor,
            tabs: list::tabs(words, base, "open"),
            filtered,
            orders: views
                .iter()
                .filter(|_| whole)
                .map(|view| list::line(words, base, view, program, now))
                .collect(),
            asked: [&conversion]
                .iter()
                .filter(|_| whole && !vendor)
                .map(|view| list::conversion(words, view, program))
                .collect(),
            first: whole.then(|| "/".to_owned()),
            next: whole.then(|| "/".to_owned()),
            unavailable: whole.then(|| "eu".to_owned()),
        };
        all.add(&page(true, false));
        all.add(&page(false, false));
        all.add(&page(false, true));
        for view in &views {
            let mut page = show::of(words, view, program, now, base);
            page.new = vendor;
            page.may_resend = true;
            page.may_close = true;
            page.redirecting = vendor;
            page.set_up = !vendor;
            page.faults = faults(words);
            page.difference = Some(DifferencePart::of(words, &difference(), program));
            all.add(&page);
        }
        for grace in [Some(date(2026, 12, 1)), Some(date(2027, 6, 1)), None] {
            all.add(&close::of(words, &views[0], grace, now, base));
        }
    }
}

fn conversion_view() -> ConversionView {
    ConversionView {
        trial: trial(),
        customer_name: "Société Lumière <script>".to_owned(),
        administrator_email: "it@lumiere.example".to_owned(),
        partner: (OrgId::new("eu", "3"), "Studio Sud <script>".to_owned()),
        services: vec![("messaging".to_owned(), 1200)],
        handed_at: world::start(),
        possible_until: Some(date(2027, 3, 16)),
        due_at: Some(world::now()),
        days_left: Some(70),
    }
}

fn placed(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let tried = [
        ("messaging".to_owned(), 1200, Some(1)),
        ("meetings".to_owned(), 1200, Some(0)),
        ("devices".to_owned(), 10, None),
    ];
    let bought = world::customer().purchased;
    let fields = |me: Option<&str>, lent| {
        let basis = fields::Basis {
            tried: &tried,
            bought: &bought,
            lent,
            me,
            administrator: me,
            ..fields::Basis::default()
        };
        fields::OrderFields::of(words, program, basis, None)
    };
    for status in [Status::Active, Status::Expired] {
        let seen = world::seen(program, status);
        let lent = Some(status == Status::Active);
        all.add(&convert::ConvertPage {
            order: fields(Some("ada@studio.example"), lent),
            ..convert::page(words, &seen, faults(words))
        });
        let named = serde_json::json!({"id": "org_eu_9", "name": "Distri <script>", "contact": "a@distri.example"});
        for told in [
            Refusal::new(Code::DistributorRequired).with("distributor", named),
            Refusal::new(Code::DistributorRequired),
        ] {
            let since = (status == Status::Expired).then(|| "x".to_owned());
            all.add(&hand::of(words, &seen, &told, since, Faults::default()));
        }
    }
    let view = conversion_view();
    all.add(&conversion::of(
        words,
        &view,
        program,
        "a@b.example",
        None,
        faults(words),
    ));
    all.add(&place::PlacePage {
        faults: faults(words),
        partners: vec![Choice {
            value: "org_eu_1".into(),
            name: "Studio <b>".into(),
            chosen: true,
        }],
        trial_admin_email: "it@lumiere.example".into(),
        order: fields(None, None),
    });
    answered(all, program);
}

fn answered(all: &mut Collection<'_>, program: &Program) {
    let (words, trial) = (all.words, trial());
    for named in [true, false] {
        let foreseen = Foreseen {
            difference: if named { difference() } else { difference().unnamed() },
            takes: true,
            numbers: 3,
        };
        let source = answers::Source {
            trial: &trial,
            program,
            crumb: ("Lumière <script>".into(), "/".into()),
            title: words.say("convert-answers"),
            lead: "x".into(),
            action: "/x".into(),
            leave: "/".into(),
            dates: named.then(|| "x".to_owned()),
            handed_by: (!named).then(|| "Studio <b>".to_owned()),
        };
        let tried = order(OrderState::Open, false);
        all.add(&answers::of(words, source, &tried, &foreseen, "x".into()));
    }
}

fn setting_up(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    for outside in [true, false] {
        let view = order(OrderState::Open, outside);
        let head = |step| Head::of(words, &view, program, step);
        all.add(&set_up::WhoPage {
            head: head(1),
            faults: faults(words),
            role: if outside { "partner_administrator" } else { "" }.to_owned(),
        });
        all.add(&set_up::EmailPage {
            head: head(2),
            faults: faults(words),
            role: "customer_administrator".into(),
            email: "it@lumiere.example".into(),
        });
        let reasons = [
            Likeness::SimilarAddress,
            Likeness::SameDomain,
            Likeness::SimilarName,
            Likeness::OnlyOne,
            Likeness::SameAdministrator,
        ];
        let candidate = |reason| Candidate {
            trial: trial(),
            customer_name: "Lumière <script>".into(),
            country: "FR".into(),
            reason,
        };
        let down = ["us".to_owned()];
        let picks = reasons.map(|reason| find::pick(words, &candidate(reason), program));
        all.add(&find::CandidatesPage {
            head: head(2),
            said: "x".into(),
            role: "partner_administrator".into(),
            email: "x@lumiere.example".into(),
            candidates: if outside { picks.into() } else { Vec::new() },
            unlooked: find::unlooked(words, if outside { &down } else { &[] }, program),
            may_create: outside,
        });
        let card = CustomerCard {
            id: None,
            name: "Lumière <script>".into(),
            country: "FR".into(),
            administrators: 2,
            people: vec![
                ("Lumière <script>".into(), "IT@lumiere.example".into()),
                (String::new(), "ops@lumiere.example".into()),
            ],
            numbers: 1,
        };
        let found = if outside { difference() } else { Difference::default() };
        let said = ("partner_administrator", "it@lumiere.example");
        all.add(&find::verified(
            words,
            &view,
            (&card, &found),
            said,
            program,
            faults(words),
        ));
        let mut new = new_organization::of(
            words,
            &view,
            ContactRole::CustomerAdministrator,
            program,
            &Fields::default(),
            faults(words),
        );
        new.export = outside.then(|| "/control/export".to_owned());
        all.add(&new);
    }
    all.add(&set_up::closed(words, &order(states()[3].clone(), false)));
    let mapped = order(states()[2].clone(), false);
    let mut finished = done::of(words, &mapped, Some(&world::view(program, Status::Converted)), program);
    finished.lent = true;
    finished.ended = vec!["Webex Meetings".into()];
    finished.ways = vec![("x".into(), "/".into()), ("y".into(), "/y".into())];
    all.add(&finished);
}

fn wanted(all: &mut Collection<'_>, program: &Program) {
    let words = all.words;
    let trials = [world::view(program, Status::Active)];
    for changed in [true, false] {
        let interest = PurchaseInterest {
            changed,
            partners: vec![(OrgId::new("eu", "1"), "Studio <script>".into())],
            on: date(2027, 1, 5),
        };
        all.add(&purchase::of(words, &trials, &interest, program, None, faults(words)));
    }
    all.add(&purchase::PurchasePage::default());
    all.add(&purchase::PurchasePage {
        managers: Some("Studio <b>".to_owned()),
        ..purchase::PurchasePage::default()
    });
}
