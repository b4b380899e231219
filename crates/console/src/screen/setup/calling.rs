//! Locations and numbers: entered, ordered, taken away (SETUP-2).

use super::{Common, Way, sample};
use crate::{
    Console,
    screen::{
        cursor, place,
        start::{Choice, zones},
    },
    template::View,
    web::{Failure, Fields, Signed},
    words::Words,
};
use app::{
    PageRequest,
    setup::{SetupView, location::LocationView, number::NumberView},
};
use domain::{
    ids::LocationId,
    location::Place,
    program::{Availability, Program},
    setup::NumbersCase,
};
use serde::Serialize;

/// Numbers of a page.
const A_PAGE: usize = 100;
/// Locations that are offered, at most.
const MOST: usize = 500;
/// The fields of an address's lines; those after the second are shown where they hold something.
pub(super) const LINES: [&str; 5] = ["lines", "line2", "line3", "line4", "line5"];

/// What is there, as it was read.
#[derive(Debug, Default)]
pub(crate) struct Places {
    locations: Vec<LocationView>,
    numbers: Vec<NumberView>,
    /// The cursor of the next page of numbers.
    next: Option<String>,
    /// The location whose form is shown filled.
    chosen: Option<String>,
    /// Makes an order that is sent twice one order.
    key: String,
}

/// The values of `setup/calling.html`.
#[derive(Serialize)]
pub(crate) struct CallingStep {
    #[serde(flatten)]
    common: Common,
    /// Set-up waits for the numbers.
    first: bool,
    needed: u32,
    missing: u32,
    running: bool,
    locations: Vec<LocationLine>,
    /// Where numbers can ring.
    choices: Vec<Choice>,
    numbers: Vec<NumberLine>,
    more: Option<String>,
    form: LocationForm,
    typed_numbers: String,
    providers: Vec<Choice>,
    /// The name of the one that is connected.
    provider: Option<String>,
    left: Option<u32>,
    count: String,
    key: String,
}

impl View for CallingStep {
    const TEMPLATE: &'static str = "setup/calling.html";
}

#[derive(Serialize)]
struct LocationLine {
    id: String,
    name: String,
    address: String,
    numbers: u32,
    version: i64,
}

#[derive(Serialize)]
struct NumberLine {
    id: String,
    number: String,
    location: String,
    ordered: bool,
    /// The day on which it is free again.
    rests: Option<String>,
}

/// A location's form.
#[derive(Default, Serialize)]
struct LocationForm {
    /// Empty for a new one.
    id: String,
    version: i64,
    name: String,
    line1: String,
    line2: String,
    /// What the address has besides.
    lines: Vec<MoreLine>,
    city: String,
    postal_code: String,
    countries: Vec<Choice>,
    zones: Vec<Choice>,
}

/// A line of an address after the second.
#[derive(Serialize)]
struct MoreLine {
    name: &'static str,
    number: usize,
    text: String,
}

pub(super) async fn places(console: &Console, signed: &Signed, way: &Way, query: &Fields) -> Result<Places, Failure> {
    let request = |after, limit| PageRequest { after, limit };
    let all = request(None, MOST);
    let locations = console.app.locations(&signed.actor, &way.customer, &all).await?.items;
    let part = request(query.get("after").and_then(place), A_PAGE);
    let numbers = console.app.numbers(&signed.actor, &way.customer, &part).await?;
    Ok(Places {
        locations,
        next: numbers.next.as_ref().and_then(cursor),
        numbers: numbers.items,
        chosen: query.owned("location"),
        key: console.secret(),
    })
}

pub(super) fn page(
    words: &Words,
    common: Common,
    view: &SetupView,
    program: &Program,
    found: &Places,
    typed: Option<&Fields>,
) -> CallingStep {
    let of = |name: &str| typed.and_then(|fields| fields.owned(name));
    let calling = view.calling.as_ref();
    let chosen = of("location_id");
    let choice = |one: &LocationView| {
        let value = one.id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
        Choice {
            chosen: chosen.as_ref() == Some(&value),
            name: i18n::tame(&one.place.name),
            value,
        }
    };
    let connected = calling.and_then(|calling| calling.provider.as_ref());
    let providers = calling.map(|calling| calling.providers.as_slice()).unwrap_or_default();
    let offered = providers.iter().map(|(id, name)| Choice {
        value: id.clone(),
        name: i18n::tame(name),
        chosen: connected == Some(id),
    });
    let named = |(id, name): &(String, String)| (connected == Some(id)).then(|| i18n::tame(name));
    CallingStep {
        first: calling.is_some_and(|calling| calling.case == NumbersCase::First),
        needed: calling.map_or(0, |calling| calling.numbers_needed),
        missing: calling.map_or(0, |calling| calling.numbers_missing),
        running: calling.is_some_and(|calling| calling.running),
        locations: found
            .locations
            .iter()
            .map(|one| location(words, program, one))
            .collect(),
        choices: found.locations.iter().map(choice).collect(),
        numbers: found.numbers.iter().map(|one| number(words, found, one)).collect(),
        more: found.next.clone(),
        form: location_form(words, program, view, found, typed),
        typed_numbers: of("numbers").unwrap_or_default(),
        providers: offered.collect(),
        provider: providers.iter().find_map(named),
        left: calling.and_then(|calling| calling.orderable_left),
        count: of("count").unwrap_or_default(),
        key: found.key.clone(),
        common,
    }
}

fn location(words: &Words, program: &Program, view: &LocationView) -> LocationLine {
    let place = &view.place;
    let mut parts: Vec<String> = place.lines.clone();
    parts.extend([format!("{} {}", place.postal_code, place.city).trim().to_owned()]);
    parts.push(words.country(&place.country, Some(program)));
    LocationLine {
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        name: i18n::tame(&place.name),
        address: i18n::tame(&parts.join(" · ")),
        numbers: view.numbers,
        version: view.version,
    }
}

fn number(words: &Words, found: &Places, view: &NumberView) -> NumberLine {
    let mut places = found.locations.iter();
    let there = places.find(|one| one.id.as_ref() == Some(&view.location));
    NumberLine {
        id: view.id.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
        number: view.number.clone(),
        location: there.map(|one| i18n::tame(&one.place.name)).unwrap_or_default(),
        ordered: view.ordered,
        rests: view.rests_until.map(|until| words.moment(until)),
    }
}

fn location_form(
    words: &Words,
    program: &Program,
    view: &SetupView,
    found: &Places,
    typed: Option<&Fields>,
) -> LocationForm {
    let typed = typed.filter(|fields| fields.get("act") == Some("location"));
    let wanted = typed.map_or(found.chosen.clone(), |fields| fields.owned("location"));
    let known = found
        .locations
        .iter()
        .find(|one| one.id.as_ref().map(LocationId::as_str) == wanted.as_deref());
    let of = |name: &str, known: fn(&Place) -> String, place: Option<&LocationView>| match typed {
        Some(fields) => fields.owned(name).unwrap_or_default(),
        None => place.map(|one| known(&one.place)).unwrap_or_default(),
    };
    let line = |at: usize| match typed {
        Some(fields) => LINES.get(at).and_then(|name| fields.owned(name)).unwrap_or_default(),
        None => known
            .and_then(|one| one.place.lines.get(at).cloned())
            .unwrap_or_default(),
    };
    let more = LINES.iter().enumerate().skip(2).map(|(at, name)| MoreLine {
        name,
        number: at + 1,
        text: line(at),
    });
    let country = of("country", |place| place.country.clone(), known);
    let country = if country.is_empty() {
        view.profile.country.clone()
    } else {
        country
    };
    let zone = of("time_zone", |place| place.zone.clone(), known);
    let home = known.is_none() && zone.is_empty();
    let zone = if home { view.profile.time_zone.clone() } else { zone };
    LocationForm {
        id: known
            .and_then(|one| one.id.as_ref())
            .map(|id| id.0.clone())
            .unwrap_or_default(),
        version: known.map_or(0, |one| one.version),
        name: of("location_name", |place| place.name.clone(), known),
        line1: line(0),
        line2: line(1),
        lines: more.filter(|one| !one.text.is_empty()).collect(),
        city: of("city", |place| place.city.clone(), known),
        postal_code: of("postal_code", |place| place.postal_code.clone(), known),
        countries: countries(words, program, &country),
        zones: zones(words, program, Some(&zone)),
    }
}

fn countries(words: &Words, program: &Program, current: &str) -> Vec<Choice> {
    let open = program.countries.iter().filter(|country| {
        matches!(country.availability, Availability::Supported | Availability::Review) || country.id == current
    });
    let mut all: Vec<Choice> = open
        .map(|country| Choice {
            name: words.country(&country.id, Some(program)),
            chosen: country.id == current,
            value: country.id.clone(),
        })
        .collect();
    i18n::sort_by_name(words.language, &mut all, |country| &country.name);
    all
}

/// For samples: without anything, and with everything.
pub(crate) fn samples(words: &Words, program: &Program, whole: bool) -> CallingStep {
    let (common, view) = sample(words, whole);
    let id = LocationId::new("eu", "1");
    let place = Place {
        name: "Siège <b>".to_owned(),
        lines: ["1 rue du Port", "Hôtel", "Cour <b>"].map(str::to_owned).to_vec(),
        city: "Nantes".to_owned(),
        postal_code: "44000".to_owned(),
        country: "FR".to_owned(),
        zone: "Europe/Paris".to_owned(),
    };
    let number = |tail: &str, rests: bool| NumberView {
        id: Some(domain::ids::NumberId::new("eu", tail)),
        number: format!("+3314020505{tail}"),
        location: id.clone(),
        ordered: rests,
        added_at: jiff::Timestamp::UNIX_EPOCH,
        rests_until: rests.then_some(jiff::Timestamp::UNIX_EPOCH),
    };
    let locations = vec![LocationView {
        id: Some(id.clone()),
        place,
        numbers: 0,
        version: 1,
    }];
    let found = match whole {
        true => Places {
            numbers: vec![number("1", false), number("2", true)],
            next: Some("x".to_owned()),
            chosen: Some(id.0.clone()),
            key: "k".to_owned(),
            locations,
        },
        false => Places::default(),
    };
    page(words, common, &view, program, &found, None)
}
