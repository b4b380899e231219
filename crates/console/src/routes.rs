//! The table of contents: every page and every form.

use crate::{
    Console, assets,
    screen::{
        access, account, acting, approvals, code, control, customer, customers, demo, design, devices, door,
        exceptions, export, forgot, home, mailbox, moves, order, partners, passkey, prove, provisioning, purchase,
        record, removal, request, set_up, setup, sign_in,
        single_sign_on::{enter, settings},
        start, subscriptions, team, trial, usage, users,
    },
    web::{Failure, wrap},
};
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn router(console: Console) -> Router {
    let pages = for_everyone()
        .merge(for_accounts())
        .merge(for_partners())
        .merge(about_people())
        .merge(about_users())
        .merge(setting_up())
        .merge(lending())
        .merge(buying());
    let pages = if console.settings.demo {
        pages.merge(for_demo())
    } else {
        pages
    };
    let pages = pages
        .fallback(missing)
        .method_not_allowed_fallback(missing)
        .with_state(console.clone());
    wrap(pages, &console).route("/assets/{name}", get(assets::asset))
}

fn for_everyone() -> Router<Console> {
    Router::new()
        .route("/", get(home::home))
        .route("/welcome", get(home::welcome))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-in/company", get(sign_in::companies).post(sign_in::choose))
        .route("/sign-in/passkey", post(passkey::sign_in))
        .route("/sign-in/passkey/begin", post(passkey::begin_sign_in))
        .route("/sign-in/single-sign-on", get(enter::show).post(enter::begin))
        .route("/sign-in/single-sign-on/back", get(enter::back))
        .route("/account/passkeys", get(passkey::list).post(passkey::change))
        .route("/account/passkeys/begin", post(passkey::begin))
        .route("/settings/single-sign-on", get(settings::show).post(settings::save))
        .route(
            "/settings/single-sign-on/remove",
            get(settings::ask_remove).post(settings::remove),
        )
        .route("/sign-out", post(sign_in::sign_out))
        .route("/preferences", post(home::preferences))
        .route("/requests", get(request::list))
        .route("/requests/{id}", get(request::show))
        .route("/requests/{id}/accept", post(request::accept))
        .route("/requests/{id}/decline", post(request::decline))
        .route("/control/overview", get(control::overview))
        .route("/control/subscriptions", get(subscriptions::show))
        .route(
            "/control/trials/{id}/cancel",
            get(trial::cancel::show_control).post(trial::cancel::cancel_control),
        )
        .route("/control/trials/{id}/removal", get(removal::show_control))
        .route(
            "/vendor/removals",
            get(removal::next::list).post(removal::next::place_hold),
        )
        .route("/vendor/removals/holds/{id}", post(removal::next::lift_hold))
        .route("/vendor/approvals", get(approvals::list))
        .route("/vendor/exceptions", get(exceptions::list).post(exceptions::grant))
        .route(
            "/vendor/exceptions/{customer}/{id}/take-back",
            post(exceptions::take_back),
        )
        .route("/vendor/approvals/{id}", post(approvals::decide))
        .route("/vendor/provisioning", get(provisioning::list))
        .route("/vendor/provisioning/{id}", post(provisioning::answer))
}

fn for_accounts() -> Router<Console> {
    Router::new()
        .route("/sign-in/code", get(code::show).post(code::give))
        .route("/forgot", get(forgot::show).post(forgot::send))
        .route("/door/{secret}", get(door::show).post(door::open))
        .route("/door/{secret}/again", post(door::again))
        .route("/prove", get(prove::show).post(prove::prove))
        .route("/prove/again", post(prove::again))
        .route("/prove/passkey", post(prove::by_passkey))
        .route("/account", get(account::show).post(account::save))
        .route(
            "/account/password",
            get(account::password::show).post(account::password::change),
        )
        .route("/account/code", get(account::code::show).post(account::code::act))
        .route("/account/sessions", post(account::end_sessions))
        .route("/account/tokens", get(account::tokens::ask).post(account::tokens::make))
        .route("/account/tokens/end", post(account::tokens::end))
}

fn for_partners() -> Router<Console> {
    Router::new()
        .route("/partner/customers", get(customers::list))
        .route("/partner/customers/{id}", get(customer::show))
        .route("/partner/customers/{id}/tags", post(customer::tags))
        .route(
            "/partner/customers/{id}/remove",
            get(customer::ask_remove).post(customer::remove),
        )
        .route("/partner/start", get(start::begin))
        .route("/partner/start/started", get(start::started))
        .route("/partner/drafts/{id}", get(start::resume))
        .route("/partner/drafts/{id}/discard", post(start::discard))
        .route("/partner/start/{step}", get(start::show).post(start::save))
        .route("/partner/trials/{id}", get(trial::show))
        .route(
            "/partner/trials/{id}/extend",
            get(trial::extend::show).post(trial::extend::extend),
        )
        .route(
            "/partner/trials/{id}/edit",
            get(trial::edit::show).post(trial::edit::edit),
        )
        .route(
            "/partner/trials/{id}/cancel",
            get(trial::cancel::show).post(trial::cancel::cancel),
        )
        .route(
            "/partner/trials/{id}/details",
            get(trial::details::show).post(trial::details::confirm),
        )
        .route(
            "/partner/trials/{id}/remind",
            get(trial::remind::show).post(trial::remind::remind),
        )
        .route("/partner/trials/{id}/removal", get(removal::show))
        .route("/partner/customers/{id}/usage", get(usage::show_of))
        .route("/control/usage", get(usage::show_own))
        .route("/partner/trials/{id}/resend", post(trial::remind::resend))
        .route("/partner/trials/{id}/notes", post(trial::edit::notes))
        .route("/partner/trials/{id}/administrator", post(trial::edit::administrator))
}

/// Who is there, who may do what, who did what.
fn about_people() -> Router<Console> {
    use access::{answer, change};
    use moves::{begin, decide};
    use partners::{add, edit};
    use team::{invite, person, remove};
    Router::new()
        .route("/team", get(team::list))
        .route("/team/invite", get(invite::show).post(invite::invite))
        .route(
            "/team/service-account",
            get(invite::show_service).post(invite::make_service),
        )
        .route("/team/{id}", get(person::show))
        .route("/team/{id}/roles", post(person::roles))
        .route("/team/{id}/disabled", post(person::disable))
        .route("/team/{id}/invite", post(person::invite_again))
        .route("/team/{id}/remove", get(remove::show).post(remove::remove))
        .route("/vendor/partners", get(partners::list))
        .route("/vendor/partners/add", get(add::show).post(add::add))
        .route("/vendor/partners/{id}", get(edit::show).post(edit::edit))
        .route(
            "/vendor/partners/{id}/people",
            get(partners::people::show).post(partners::people::act),
        )
        .route("/control/access", get(access::show))
        .route("/control/access/{partner}", get(change::show).post(change::change))
        .route("/control/access/requests/{id}", post(answer::decide))
        .route("/control/access/move", get(begin::show).post(begin::begin))
        .route("/control/access/moves/{id}", get(decide::show).post(decide::decide))
        .route("/control/export", get(export::own))
        .route("/partner/handovers", get(moves::list))
        .route("/partner/handovers/{id}", get(decide::show).post(decide::decide))
        .route(
            "/partner/customers/{id}/move",
            get(begin::show_partner).post(begin::begin_partner),
        )
        .route("/partner/customers/{id}/access", post(answer::ask))
        .route("/partner/customers/{id}/assigned", post(customer::assign))
        .route("/partner/customers/{id}/export", get(export::of_customer))
        .route("/partner/customers/{id}/enter", post(acting::enter))
        .route("/acting/leave", post(acting::leave))
        .route("/record", get(record::show))
        .route("/record/file", get(record::file))
}

/// A customer's users and licences: for itself, and for its partner.
fn about_users() -> Router<Console> {
    use users::{add, import, job};
    Router::new()
        .route("/control/users", get(users::list).post(users::change))
        .route("/control/users/add", get(add::show).post(add::add))
        .route("/control/users/import", get(import::show).post(import::begin))
        .route("/control/users/example.csv", get(import::example))
        .route("/control/users/jobs/{job}", get(job::show))
        .route("/control/users/jobs/{job}/file", get(job::file))
        .route("/partner/customers/{id}/users", get(users::list).post(users::change))
        .route("/partner/customers/{id}/users/add", get(add::show).post(add::add))
        .route(
            "/partner/customers/{id}/users/import",
            get(import::show).post(import::begin),
        )
        .route("/partner/customers/{id}/users/example.csv", get(import::example))
        .route("/partner/customers/{id}/users/jobs/{job}", get(job::show))
        .route("/partner/customers/{id}/users/jobs/{job}/file", get(job::file))
}

/// SETUP-1: by the customer, and by its partner.
fn setting_up() -> Router<Console> {
    Router::new()
        .route("/control/setup", get(setup::list_own))
        .route("/control/setup/{step}", get(setup::show_own).post(setup::save_own))
        .route("/partner/customers/{id}/setup", get(setup::list_of))
        .route(
            "/partner/customers/{id}/setup/{step}",
            get(setup::show_of).post(setup::save_of),
        )
}

/// DEV, EXT-4: lent devices, for the trials team, the partner and the customer.
fn lending() -> Router<Console> {
    use devices::{control, longer, look_up, partner, returns, sheet, shipments};
    Router::new()
        .route("/vendor/shipments", get(shipments::list))
        .route("/vendor/shipments/{id}", get(shipments::show).post(shipments::act))
        .route("/vendor/device-extensions", get(longer::list))
        .route("/vendor/device-extensions/{id}", post(longer::decide))
        .route("/vendor/returns", get(returns::list))
        .route("/vendor/returns/{id}", get(returns::show).post(returns::receive))
        .route("/vendor/device-lookup", get(look_up::show).post(look_up::by_customer))
        .route("/partner/devices", get(partner::list))
        .route("/partner/device-lookup", get(look_up::show).post(look_up::by_customer))
        .route(
            "/partner/trials/{id}/devices",
            get(partner::show_request).post(partner::request),
        )
        .route(
            "/partner/trials/{id}/devices/{shipment}",
            get(partner::back).post(partner::act),
        )
        .route("/control/devices", get(control::list))
        .route("/control/devices/{shipment}/return", post(control::open))
        .route("/returns/{id}/sheet.pdf", get(sheet::show))
}

/// CONV: from the wish to buy to what was bought.
fn buying() -> Router<Console> {
    use order::{close, conversion, convert, list, place, show};
    use set_up::{done, find, new_organization};
    Router::new()
        .route("/control/purchase", get(purchase::show).post(purchase::want))
        .route("/partner/trials/{id}/convert", get(convert::show).post(convert::act))
        .route(
            "/partner/conversions/{trial}",
            get(conversion::show).post(conversion::act),
        )
        .route("/partner/orders", get(list::partner))
        .route("/partner/orders/{id}", get(show::show))
        .route("/partner/orders/{id}/resend", post(show::resend))
        .route("/partner/orders/{id}/close", get(close::show).post(close::close))
        .route("/vendor/orders", get(list::vendor))
        .route("/vendor/orders/place", get(place::show).post(place::place))
        .route("/vendor/orders/{id}", get(show::show))
        .route("/vendor/orders/{id}/resend", post(show::resend))
        .route("/vendor/orders/{id}/close", get(close::show).post(close::close))
        .route("/orders/{id}/set-up", get(set_up::show).post(find::act))
        .route(
            "/orders/{id}/set-up/new-organization",
            get(new_organization::show).post(new_organization::create),
        )
        .route("/orders/{id}/done", get(done::show))
}

fn for_demo() -> Router<Console> {
    Router::new()
        .route("/design", get(design::show))
        .route("/demo/mailbox", get(mailbox::list))
        .route("/demo/mailbox/{id}", get(mailbox::show))
        .route("/demo/mailbox/{id}/html", get(mailbox::html))
        .route("/demo/clock", post(demo::clock))
        .route("/demo/person", post(demo::person))
}

async fn missing() -> Failure {
    Failure::not_found()
}
