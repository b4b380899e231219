//! Which message of `email.ftl` speaks for a letter, and with which values.

use crate::letter::{Letter, RenderError};
use domain::notify::{Audience, DeviceFacts, MessageKind};
use i18n::Arg;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// How readers are spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    Customer,
    Consent,
    Users,
    Partner,
    Team,
    Person,
    /// Whoever sets an order up (CONV-2), of whichever company.
    Contact,
}

impl Reader {
    pub(crate) fn of(letter: &Letter<'_>) -> Self {
        match letter.audience {
            Audience::Person if letter.kind.is_of_order() => Reader::Contact,
            Audience::CustomerAdministrators => Reader::Customer,
            Audience::ConsentRecipients => Reader::Consent,
            Audience::CustomerUsers => Reader::Users,
            Audience::PartnerAdministrators => Reader::Partner,
            Audience::TrialsTeam => Reader::Team,
            Audience::Person => Reader::Person,
        }
    }

    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Reader::Customer => "customer",
            Reader::Consent => "consent",
            Reader::Users => "users",
            Reader::Partner => "partner",
            Reader::Team => "team",
            Reader::Person => "person",
            Reader::Contact => "contact",
        }
    }
}

/// The stem of the message: its kind and, where it matters, what was decided.
fn stem(letter: &Letter<'_>) -> &'static str {
    // An order from outside does not say whose trial it is.
    let outside = letter.trial_id.is_none();
    let outcome = letter.facts.outcome.as_deref().unwrap_or_default();
    let about_devices = letter.facts.devices.is_some();
    match letter.kind {
        MessageKind::ConsentRequest => "consent-request",
        MessageKind::ConsentResent => "consent-resent",
        MessageKind::ConsentAccepted => "consent-accepted",
        MessageKind::ConsentDeclined if outcome == "services_taken" => "consent-taken",
        MessageKind::ConsentDeclined if outcome == "organization_closed" => "consent-closed",
        MessageKind::ConsentDeclined => "consent-declined",
        MessageKind::ConsentLapsed => "consent-lapsed",
        MessageKind::TrialStarted => "trial-started",
        MessageKind::Welcome => "welcome",
        MessageKind::ProvisioningFailed => "provisioning-failed",
        MessageKind::ExpiryReminder => "expiry-reminder",
        MessageKind::ExpiryNotice if letter.facts.late => "expiry-notice-late",
        MessageKind::ExpiryNotice => "expiry-notice",
        MessageKind::AccessEnded if letter.facts.organization_closed => "access-ended-closed",
        MessageKind::AccessEnded => "access-ended",
        MessageKind::Extended => "extended",
        MessageKind::ServicesChanged => "services-changed",
        MessageKind::Cancelled => "cancelled",
        MessageKind::ApprovalRequested if about_devices => "device-extension-requested",
        MessageKind::ApprovalRequested => "approval-requested",
        MessageKind::ApprovalDecided if about_devices && outcome == "refused" => "shipment-refused",
        MessageKind::ApprovalDecided if about_devices => "shipment-approved",
        MessageKind::ApprovalDecided if outcome == "refused" => "approval-refused",
        MessageKind::ApprovalDecided => "approval-approved",
        MessageKind::AccessRequested if outcome == "move" => "move-requested",
        MessageKind::AccessRequested => "access-requested",
        MessageKind::AccessChanged if outcome == "granted" => "access-granted",
        MessageKind::AccessChanged if outcome == "not_granted" => "access-not-granted",
        MessageKind::AccessChanged if outcome == "full" => "access-changed-full",
        MessageKind::AccessChanged if outcome == "withdrawn" => "access-changed-withdrawn",
        MessageKind::AccessChanged => "access-changed-provisioning",
        MessageKind::Invitation => "invitation",
        MessageKind::PasswordReset => "password-reset",
        MessageKind::OrderSetUp if outside => "order-set-up-outside",
        MessageKind::OrderSetUp => "order-set-up",
        MessageKind::OrderReminder if outside => "order-reminder-outside",
        MessageKind::OrderReminder => "order-reminder",
        MessageKind::OrderClosed if outside && outcome == "withdrawn" => "order-withdrawn-outside",
        MessageKind::OrderClosed if outside => "order-closed-outside",
        MessageKind::OrderClosed if outcome == "withdrawn" => "order-withdrawn",
        MessageKind::OrderClosed => "order-closed",
        MessageKind::Converted => "converted",
        MessageKind::PurchaseWanted => "purchase-wanted",
        MessageKind::ConversionHandedOver => "conversion-handed-over",
        MessageKind::Digest => "digest",
        MessageKind::ShipmentRequested if outcome == "label" => "label-requested",
        // DEV-3: phones come without power supplies.
        MessageKind::ShipmentRequested if without_poe(letter) => "shipment-requested-no-poe",
        MessageKind::ShipmentRequested => "shipment-requested",
        MessageKind::DeviceShipped => "device-shipped",
        MessageKind::DeviceExtensionApproved => "device-extension-approved",
        MessageKind::DeviceExtensionRefused => "device-extension-refused",
        MessageKind::ReturnOpen if due_earlier(letter) => "return-due",
        MessageKind::ReturnOpen => "return-open",
        MessageKind::ReturnOverdue if letter.erased => "return-overdue-erased",
        MessageKind::ReturnOverdue => "return-overdue",
        MessageKind::ReturnReceived if still_out(letter) => "return-partly",
        MessageKind::ReturnReceived => "return-received",
        MessageKind::ReturnMismatch => "return-mismatch",
    }
}

/// CANC-2: due before the loan's own end, which means nothing any more.
pub(crate) fn due_earlier(letter: &Letter<'_>) -> bool {
    let devices = letter.facts.devices.as_ref();
    devices.is_some_and(|devices| devices.return_due_on.is_some() && devices.return_due_on < devices.device_ends_on)
}

/// DEV-8: only a part of a return came.
fn still_out(letter: &Letter<'_>) -> bool {
    let devices = letter.facts.devices.as_ref();
    devices.is_some_and(|devices| devices.missing > 0)
}

/// DEV-7: whether it says how devices go back.
pub(crate) fn shows_the_way(kind: MessageKind, facts: &DeviceFacts) -> bool {
    match kind {
        MessageKind::ReturnOpen | MessageKind::ReturnOverdue => true,
        kind => kind == MessageKind::ReturnReceived && facts.missing > 0,
    }
}

fn without_poe(letter: &Letter<'_>) -> bool {
    let devices = letter.facts.devices.as_ref();
    devices.is_some_and(|devices| devices.site_has_poe == Some(false))
}

/// Who else is spoken to in nearly the same way, where a kind was not written for these readers.
fn nearest(reader: Reader) -> [Reader; 7] {
    use Reader::{Consent, Contact, Customer, Partner, Person, Team, Users};
    match reader {
        Customer => [Customer, Consent, Users, Partner, Team, Person, Contact],
        Consent => [Consent, Customer, Users, Partner, Team, Person, Contact],
        Users => [Users, Customer, Consent, Partner, Team, Person, Contact],
        Partner => [Partner, Team, Customer, Consent, Users, Person, Contact],
        Team => [Team, Partner, Customer, Consent, Users, Person, Contact],
        Person => [Person, Users, Customer, Consent, Partner, Team, Contact],
        Contact => [Contact, Person, Partner, Customer, Team, Consent, Users],
    }
}

/// The letter's message id, without attribute.
pub(crate) fn message(letter: &Letter<'_>) -> String {
    let id = |reader: Reader| format!("email-{}-{}", stem(letter), reader.suffix());
    let mut ids = nearest(Reader::of(letter)).into_iter().map(id);
    let exists = |id: &String| i18n::has(i18n::Language::En, &format!("{id}.subject"));
    ids.find(exists).unwrap_or_else(|| id(Reader::Partner))
}

/// The values that any message may place.
pub(crate) struct Values<'l> {
    letter: &'l Letter<'l>,
    args: Vec<(&'static str, Arg)>,
}

impl<'l> Values<'l> {
    pub(crate) fn new(letter: &'l Letter<'l>) -> Self {
        let facts = letter.facts;
        let names = |names: &[String]| i18n::list(letter.language, names);
        let failed = if letter.removed.is_empty() {
            &letter.services
        } else {
            &letter.removed
        };
        let mut args: Vec<(&'static str, Arg)> = vec![
            ("customer", letter.customer_name.as_str().into()),
            ("partner", letter.partner_name.as_str().into()),
            ("vendor", letter.brand.vendor_name.as_str().into()),
            ("services", names(&letter.services).into()),
            (
                "count",
                match letter.kind {
                    MessageKind::Digest => letter.gathered.len(),
                    _ => letter.services.len(),
                }
                .into(),
            ),
            ("failed", names(failed).into()),
            ("failures", failed.len().into()),
        ];
        let mut day = |name, date: Option<Date>| args.extend(date.map(|date| (name, Arg::from(civil(letter, date)))));
        day("ends", facts.ends_on);
        day("grace", facts.grace_ends_on);
        day("closes", facts.closes_on);
        args.extend(facts.deadline.map(|at| ("deadline", Arg::from(moment(letter, at)))));
        args.extend(facts.days_left.map(|days| ("days", Arg::from(days))));
        args.extend(facts.duration_days.map(|days| ("duration", Arg::from(days))));
        args.extend(letter.actor_name.as_deref().map(|name| ("actor", Arg::from(name))));
        args.extend(letter.recipient_name.as_deref().map(|name| ("name", Arg::from(name))));
        args.extend(devices(letter));
        Values { letter, args }
    }

    /// A text that must be there.
    pub(crate) fn required(&self, id: &str) -> Result<String, RenderError> {
        self.optional(id).ok_or_else(|| RenderError::Incomplete {
            kind: self.letter.kind.as_str(),
            message: id.to_owned(),
            language: self.letter.language,
        })
    }

    /// A text that is left out where one of its values is not known.
    pub(crate) fn optional(&self, id: &str) -> Option<String> {
        i18n::complete(self.letter.language, id, &self.args)
    }
}

/// What messages about devices place.
fn devices(letter: &Letter<'_>) -> Vec<(&'static str, Arg)> {
    let Some(facts) = letter.facts.devices.as_deref() else {
        return Vec::new();
    };
    let names = &letter.devices;
    let total: u32 = names.lines.iter().map(|(_, quantity)| quantity).sum();
    let mut args: Vec<(&'static str, Arg)> = vec![
        ("devices", counted(letter).into()),
        ("total", total.into()),
        ("missing", facts.missing.into()),
        ("came", facts.serials.len().into()),
        ("late", facts.days_overdue.unwrap_or(0).into()),
        ("foreign", facts.foreign.into()),
    ];
    let mut day = |name, date: Option<Date>| args.extend(date.map(|date| (name, Arg::from(civil(letter, date)))));
    day("loan", facts.device_ends_on);
    day("previous", facts.previous_device_ends_on);
    day("opens", facts.return_opens_on);
    day("due", facts.return_due_on);
    let words = [
        ("order", &facts.order_number),
        ("rma", &facts.rma),
        ("carrier", &names.carrier),
        ("contact", &names.contact),
    ];
    args.extend(
        words
            .into_iter()
            .filter_map(|(name, word)| Some((name, Arg::from(word.as_ref()?)))),
    );
    args.extend(facts.days.map(|days| ("more", Arg::from(days))));
    args.extend(facts.days_overdue.map(|days| ("overdue", Arg::from(days))));
    args
}

/// Types with how many of each, as one reads them.
pub(crate) fn counted(letter: &Letter<'_>) -> String {
    let one = |(name, quantity): &(String, u32)| {
        let quantity = i18n::number(letter.language, i64::from(*quantity));
        format!("{quantity} × {name}")
    };
    let lines: Vec<String> = letter.devices.lines.iter().map(one).collect();
    i18n::list(letter.language, &lines)
}

/// A civil day of the customer in words; its zone is named where the reader's clocks show another day's end.
pub(crate) fn civil(letter: &Letter<'_>, date: Date) -> String {
    match end_of_day(date, &letter.customer_zone) {
        Some(end) if differs(letter, end) => i18n::date_in(letter.language, date, &letter.customer_zone),
        _ => i18n::date(letter.language, date),
    }
}

/// An instant as the reader's clocks show it.
pub(crate) fn moment(letter: &Letter<'_>, at: Timestamp) -> String {
    i18n::instant(letter.language, at, &letter.zone)
}

/// Whether the reader's and the customer's clocks show different times then.
pub(crate) fn differs(letter: &Letter<'_>, at: Timestamp) -> bool {
    letter.zone.to_offset(at) != letter.customer_zone.to_offset(at)
}

/// The first instant of the next day (TIME-2).
pub(crate) fn end_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    start_of_day(date.checked_add(1.day()).ok()?, zone)
}

pub(crate) fn start_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(date.to_zoned(zone.clone()).ok()?.timestamp())
}
