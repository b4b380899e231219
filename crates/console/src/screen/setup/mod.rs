//! First-time set-up (SETUP-1): a list of steps, each a page of its own, for the customer and for its partner alike.

mod act;
mod calling;
mod steps;

pub(crate) use calling::samples as calling_samples;
pub(crate) use steps::samples as step_samples;

use crate::{
    Console,
    part::{Chip, Faults},
    screen::{form, id as known},
    template::View,
    web::{Failure, Fields, Form, Query, Signed},
    words::Words,
};
use app::{policy::Action, setup::SetupView};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ids::OrgId,
    setup::{NumbersCase, Step, StepState},
};
use serde::Serialize;

/// Which customer's set-up, and by which way one came.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    customer: OrgId,
    /// The address below which its pages are.
    base: String,
    /// The customer's own people.
    own: bool,
}

impl Way {
    fn own(signed: &Signed) -> Result<Self, Failure> {
        match signed.actor.is_customer() {
            true => Ok(Self {
                customer: signed.actor.org().clone(),
                base: "/control/setup".to_owned(),
                own: true,
            }),
            false => Err(Failure::not_found()),
        }
    }

    fn of(signed: &Signed, customer: &str) -> Result<Self, Failure> {
        let customer = known(OrgId::parse(customer).filter(|_| signed.actor.is_partner()))?;
        Ok(Self {
            base: format!("/partner/customers/{customer}/setup"),
            customer,
            own: false,
        })
    }

    fn step(&self, step: Step) -> String {
        format!("{}/{}", self.base, step.as_str())
    }
}

/// What every page of it has.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Common {
    base: String,
    customer: String,
    own: bool,
    faults: Faults,
    steps: Vec<Line>,
    /// The step that is shown, and the one after it.
    here: &'static str,
    next: String,
    /// ORG-4: whether the reader may set up, and whether the company's own matters, too.
    may: bool,
    may_whole: bool,
    version: i64,
}

/// A step in the list.
#[derive(Clone, Debug, Serialize)]
struct Line {
    id: &'static str,
    title: String,
    about: String,
    url: String,
    chip: Chip,
}

/// The values of `setup/list.html`.
#[derive(Serialize)]
pub(crate) struct List {
    #[serde(flatten)]
    common: Common,
    /// Whether somebody has finished it.
    finished: bool,
    left: usize,
}

impl View for List {
    const TEMPLATE: &'static str = "setup/list.html";
}

fn chip(words: &Words, state: StepState) -> Chip {
    let (tone, icon) = match state {
        StepState::Open => ("wait", "dot"),
        StepState::Done => ("good", "check-circle"),
        StepState::Later => ("calm", "clock"),
        StepState::NotNeeded => ("calm", "minus-circle"),
    };
    Chip {
        tone,
        icon,
        text: words.say(&format!("setup-state-{}", state.as_str().replace('_', "-"))),
        rest: None,
    }
}

/// The pages that are worth a visit, in their order.
fn wanted(view: &SetupView) -> impl Iterator<Item = (Step, StepState)> {
    view.steps
        .iter()
        .copied()
        .filter(|(_, state)| *state != StepState::NotNeeded)
}

fn common(words: &Words, way: &Way, view: &SetupView, here: Option<Step>, rights: (bool, bool)) -> Common {
    let line = |(step, state): (Step, StepState)| Line {
        id: step.as_str(),
        title: words.say(&format!("setup-step-{}", step.as_str())),
        about: words.say(&format!("setup-about-{}", step.as_str())),
        url: way.step(step),
        chip: chip(words, state),
    };
    let next = wanted(view)
        .map(|(step, _)| step)
        .find(|step| here.is_some_and(|here| *step > here));
    Common {
        base: way.base.clone(),
        customer: i18n::tame(&view.profile.name),
        own: way.own,
        faults: Faults::default(),
        steps: wanted(view).map(line).collect(),
        here: here.map_or("", Step::as_str),
        next: next.map_or_else(|| way.base.clone(), |step| way.step(step)),
        may: rights.0,
        may_whole: rights.1,
        version: view.version,
    }
}

/// What the reader may do here: set up, and change what is the company's own (ORG-4).
fn rights(console: &Console, signed: &Signed, view: &SetupView) -> (bool, bool) {
    let may = |action| crate::screen::may(console, &signed.actor, action);
    let sets_up = may(Action::ManageSetup);
    (sets_up, sets_up && view.users.is_some() && may(Action::ManageProfile))
}

fn list(words: &Words, way: &Way, view: &SetupView, rights: (bool, bool)) -> List {
    let left = wanted(view).filter(|(_, state)| matches!(state, StepState::Open | StepState::Later));
    List {
        left: left.count(),
        finished: view.finished_at.is_some(),
        common: common(words, way, view, None, rights),
    }
}

async fn listed(console: &Console, signed: &Signed, way: &Way) -> Result<Response, Failure> {
    let view = console.app.setup(&signed.actor, &way.customer).await?;
    let page = list(&signed.words, way, &view, rights(console, signed, &view));
    form(
        console,
        signed,
        signed.words.say("setup-list-title"),
        &Faults::default(),
        &page,
    )
}

/// One step; with what is wrong with it, and what was typed.
async fn shown(
    console: &Console,
    signed: &Signed,
    way: &Way,
    step: Step,
    tried: Option<(&Fields, Faults)>,
    query: &Fields,
) -> Result<Response, Failure> {
    let view = console.app.setup(&signed.actor, &way.customer).await?;
    if wanted(&view).all(|(wanted, _)| wanted != step) {
        return Ok(crate::web::see(&way.base));
    }
    let words = &signed.words;
    let mut common = common(words, way, &view, Some(step), rights(console, signed, &view));
    let typed = tried.as_ref().map(|(fields, _)| *fields);
    let faults = tried.as_ref().map(|(_, faults)| faults.clone()).unwrap_or_default();
    common.faults = faults.clone();
    let title = words.say(&format!("setup-step-{}", step.as_str()));
    let program = console.app.program()?;
    match step {
        Step::Profile => form(
            console,
            signed,
            title,
            &faults,
            &steps::profile(words, common, &view, &program, typed),
        ),
        Step::Site => form(console, signed, title, &faults, &steps::site(words, common, &view)),
        Step::Users => form(
            console,
            signed,
            title,
            &faults,
            &steps::users(words, common, &view, &program),
        ),
        Step::Summary => form(console, signed, title, &faults, &steps::summary(words, common, &view)),
        Step::Calling => {
            let places = calling::places(console, signed, way, query).await?;
            let page = calling::page(words, common, &view, &program, &places, typed);
            form(console, signed, title, &faults, &page)
        }
    }
}

pub(crate) async fn list_own(State(console): State<Console>, signed: Signed) -> Result<Response, Failure> {
    let way = Way::own(&signed)?;
    listed(&console, &signed, &way).await
}

pub(crate) async fn list_of(
    State(console): State<Console>,
    signed: Signed,
    Path(customer): Path<String>,
) -> Result<Response, Failure> {
    let way = Way::of(&signed, &customer)?;
    listed(&console, &signed, &way).await
}

pub(crate) async fn show_own(
    State(console): State<Console>,
    signed: Signed,
    Path(step): Path<String>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let way = Way::own(&signed)?;
    shown(&console, &signed, &way, known(Step::parse(&step))?, None, &query).await
}

pub(crate) async fn show_of(
    State(console): State<Console>,
    signed: Signed,
    Path((customer, step)): Path<(String, String)>,
    Query(query): Query,
) -> Result<Response, Failure> {
    let way = Way::of(&signed, &customer)?;
    shown(&console, &signed, &way, known(Step::parse(&step))?, None, &query).await
}

pub(crate) async fn save_own(
    State(console): State<Console>,
    signed: Signed,
    Path(step): Path<String>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let way = Way::own(&signed)?;
    act::act(&console, &signed, &way, known(Step::parse(&step))?, &fields).await
}

pub(crate) async fn save_of(
    State(console): State<Console>,
    signed: Signed,
    Path((customer, step)): Path<(String, String)>,
    Form(fields): Form,
) -> Result<Response, Failure> {
    let way = Way::of(&signed, &customer)?;
    act::act(&console, &signed, &way, known(Step::parse(&step))?, &fields).await
}

/// What of a customer's set-up is left, for the control hub's first page: how many steps, and where; nothing for those
/// who may not see it.
pub(crate) async fn left(console: &Console, signed: &Signed) -> Result<Option<(usize, &'static str)>, Failure> {
    let view = match console.app.setup(&signed.actor, signed.actor.org()).await {
        Ok(view) => view,
        Err(app::Error::Refused(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let open = wanted(&view).filter(|(_, state)| *state == StepState::Open).count();
    Ok((open > 0 && view.finished_at.is_none()).then_some((open, "/control/setup")))
}

/// For samples: a way and a set-up with everything, or with hardly anything.
pub(crate) fn sample(words: &Words, whole: bool) -> (Common, SetupView) {
    use app::setup::{CallingView, ProfileView, ServiceUse, SiteView, UsersView};
    let customer = OrgId::new("eu", "2");
    let state = |step: Step| match (step, whole) {
        (Step::Profile, true) => StepState::Done,
        (Step::Users, true) => StepState::Later,
        (Step::Site | Step::Calling, false) => StepState::NotNeeded,
        _ => StepState::Open,
    };
    let case = if whole { NumbersCase::First } else { NumbersCase::Open };
    let view = SetupView {
        steps: Step::ALL.map(|step| (step, state(step))).to_vec(),
        profile: ProfileView {
            name: "Lumière <script>".to_owned(),
            vertical: "media".to_owned(),
            language: "fr".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            country: "FR".to_owned(),
            website: whole.then(|| "https://lumiere.example/".to_owned()),
            phone: None,
        },
        site: whole.then(|| SiteView {
            name: Some("lumiere".to_owned()),
            time_zone: Some("Europe/Paris".to_owned()),
            ready: true,
        }),
        calling: Some(CallingView {
            case,
            providers: vec![("tata".to_owned(), "Tata <b>".to_owned())],
            provider: whole.then(|| "tata".to_owned()),
            locations: 1,
            numbers: 2,
            numbers_needed: if whole { 4 } else { 0 },
            numbers_missing: if whole { 2 } else { 0 },
            orderable_left: whole.then_some(8),
            running: true,
        }),
        users: whole.then(|| UsersView {
            people: 12,
            licensed: 3,
            services: vec![ServiceUse {
                service: "calling".to_owned(),
                assigned: 3,
                quantity: 100,
            }],
        }),
        next_steps: ["users", "numbers", "first_meeting", "first_call", "tell_users"]
            .map(str::to_owned)
            .to_vec(),
        finished_at: None,
        version: 3,
        customer: customer.clone(),
    };
    let way = Way {
        customer,
        base: "/control/setup".to_owned(),
        own: whole,
    };
    (common(words, &way, &view, Some(Step::Calling), (whole, whole)), view)
}

/// For samples.
pub(crate) fn sample_list(words: &Words, whole: bool) -> List {
    let (common, view) = sample(words, whole);
    List {
        left: 3,
        finished: whole && view.finished_at.is_none(),
        common,
    }
}
