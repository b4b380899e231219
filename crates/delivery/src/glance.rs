//! The table of an email: the trial at a glance.

use crate::letter::Letter;
use crate::wording::{Reader, civil, counted, differs, due_earlier, end_of_day, moment, shows_the_way, start_of_day};
use domain::notify::MessageKind;
use i18n::{Arg, text};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// So many serial numbers stand in an email.
const SERIALS: usize = 20;

/// One line of the table.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    label: String,
    value: String,
    note: Option<String>,
    /// Label and value in one line, with the language's colon.
    line: String,
}

/// The rows, in the order in which they are read.
pub(crate) fn rows(letter: &Letter<'_>) -> Vec<Row> {
    let mut table = Table {
        letter,
        rows: Vec::new(),
    };
    if letter.kind == MessageKind::Digest {
        table.digest();
        return table.rows;
    }
    table.parties();
    table.scope();
    table.devices();
    table.dates();
    table.people();
    table.rows
}

struct Table<'l> {
    letter: &'l Letter<'l>,
    rows: Vec<Row>,
}

impl Table<'_> {
    fn row(&mut self, label: &str, value: String) {
        self.row_with_note(label, value, None);
    }

    fn row_with_note(&mut self, label: &str, value: String, note: Option<String>) {
        if !value.is_empty() {
            let (label, value) = (text(self.letter.language, label, &[]), i18n::tame(&value));
            let parts = [("label", Arg::from(&label)), ("value", Arg::from(&value))];
            let line = text(self.letter.language, "email-row", &parts);
            self.rows.push(Row {
                label,
                value,
                note,
                line,
            });
        }
    }

    /// NOTE-4: whose trial ends when, as true when it is sent.
    fn digest(&mut self) {
        let language = self.letter.language;
        for (customer, date, days) in &self.letter.gathered {
            let args = [
                ("ends", Arg::from(i18n::date(language, *date))),
                ("days", Arg::from(*days)),
            ];
            let words = match days {
                ..0 => "email-digest-ended",
                _ => "email-digest-ends",
            };
            let (label, value) = (i18n::tame(customer), text(language, words, &args));
            let parts = [("label", Arg::from(&label)), ("value", Arg::from(&value))];
            self.rows.push(Row {
                line: text(language, "email-row", &parts),
                note: None,
                label,
                value,
            });
        }
    }

    fn names(&mut self, label: &str, names: &[String]) {
        self.row(label, i18n::list(self.letter.language, names));
    }

    fn parties(&mut self) {
        let letter = self.letter;
        match Reader::of(letter) {
            // CONV-1: whose customer it is matters to a distributor.
            Reader::Partner if letter.kind != MessageKind::ConversionHandedOver => {
                self.row("email-label-customer", letter.customer_name.clone())
            }
            // Whose services they are is not known before an order from outside is set up.
            Reader::Contact if letter.trial_id.is_none() => {
                self.row("email-label-partner", letter.partner_name.clone())
            }
            Reader::Partner | Reader::Team | Reader::Contact => {
                self.row("email-label-customer", letter.customer_name.clone());
                self.row("email-label-partner", letter.partner_name.clone());
            }
            Reader::Person => self.row("email-label-company", letter.customer_name.clone()),
            Reader::Customer | Reader::Consent | Reader::Users => {
                self.row("email-label-company", letter.customer_name.clone());
                self.row("email-label-partner", letter.partner_name.clone());
            }
        }
    }

    fn scope(&mut self) {
        let letter = self.letter;
        match letter.facts.ordered.as_slice() {
            [] => self.names("email-label-services", &letter.services),
            ordered => self.ordered(ordered),
        }
        self.names("email-label-added", &letter.added);
        let gone = match letter.kind {
            MessageKind::ProvisioningFailed => "email-label-failed",
            MessageKind::ConsentAccepted | MessageKind::ConsentDeclined => "email-label-taken",
            _ => "email-label-removed",
        };
        self.names(gone, &letter.removed);
        let dropped: Vec<String> = letter.dropped.iter().map(|one| self.dropped(one)).collect();
        self.names("email-label-dropped", &dropped);
        self.day("email-label-numbers-until", letter.facts.numbers_until);
        self.day("email-label-site-until", letter.facts.site_until);
        if Reader::of(letter) == Reader::Users {
            return;
        }
        if let Some(quantity) = letter.facts.license_quantity {
            self.row("email-label-quantity", i18n::number(letter.language, quantity.into()));
        }
        if let Some(days) = letter.facts.duration_days {
            self.row(
                "email-label-duration",
                text(letter.language, "email-days", &[("days", days.into())]),
            );
        }
    }

    /// CONV-5: nobody loses a licence without being named.
    fn dropped(&self, (service, people): &(String, Vec<String>)) -> String {
        let language = self.letter.language;
        let people = i18n::list(language, people);
        text(
            language,
            "email-dropped",
            &[("service", service.into()), ("people", people.into())],
        )
    }

    /// What was ordered, each with its quantity.
    fn ordered(&mut self, ordered: &[(String, u32)]) {
        let language = self.letter.language;
        let line = |(name, (_, count)): (&String, &(String, u32))| {
            let count = i18n::number(language, (*count).into());
            text(
                language,
                "email-ordered",
                &[("count", count.into()), ("service", name.into())],
            )
        };
        let lines: Vec<String> = self.letter.services.iter().zip(ordered).map(line).collect();
        self.names("email-label-ordered", &lines);
    }

    fn devices(&mut self) {
        let letter = self.letter;
        let Some(facts) = letter.facts.devices.as_deref() else {
            return;
        };
        self.row("email-label-devices", counted(letter));
        let poe = facts
            .site_has_poe
            .map(|poe| if poe { "email-poe-yes" } else { "email-poe-no" });
        // DEV-3 is the trials team's matter.
        if let Some(poe) = poe.filter(|_| letter.kind == MessageKind::ShipmentRequested) {
            self.row("email-label-poe", text(letter.language, poe, &[]));
        }
        self.row("email-label-order", facts.order_number.clone().unwrap_or_default());
        self.row("email-label-rma", facts.rma.clone().unwrap_or_default());
        let serials = match letter.kind {
            MessageKind::ReturnOverdue | MessageKind::ReturnMismatch => "email-label-missing",
            MessageKind::ReturnReceived => "email-label-received",
            _ => "email-label-serials",
        };
        self.serials(serials, &facts.serials);
        self.serials("email-label-missing", &facts.awaited);
        self.serials("email-label-wrong", &facts.wrong);
        let carrier = if shows_the_way(letter.kind, facts) {
            &letter.devices.return_carrier
        } else {
            &letter.devices.carrier
        };
        self.row("email-label-carrier", carrier.clone().unwrap_or_default());
        self.row(
            "email-label-tracking",
            letter.devices.tracking.clone().unwrap_or_default(),
        );
        let shipped = facts.shipped_on.map(|date| i18n::date(letter.language, date));
        self.row("email-label-shipped", shipped.unwrap_or_default());
        self.day("email-label-loan-before", facts.previous_device_ends_on);
        self.day(
            "email-label-loan-ends",
            facts.device_ends_on.filter(|_| !due_earlier(letter)),
        );
        self.first_day("email-label-return-opens", facts.return_opens_on);
        self.day("email-label-return-due", facts.return_due_on);
    }

    /// Hardware's own numbers; a long list is cut short, the page has them all.
    fn serials(&mut self, label: &str, serials: &[String]) {
        let language = self.letter.language;
        let mut shown: Vec<String> = serials.iter().take(SERIALS).cloned().collect();
        if let more @ 1.. = serials.len().saturating_sub(SERIALS) {
            shown.push(text(language, "email-serials-more", &[("count", more.into())]));
        }
        self.row(label, i18n::list(language, &shown));
    }

    fn dates(&mut self) {
        let (kind, facts) = (self.letter.kind, self.letter.facts);
        // The day on which a cancelled trial would have ended says nothing any more.
        let ends_on = facts.ends_on.filter(|_| kind != MessageKind::Cancelled);
        self.day("email-label-closes", facts.closes_on);
        let cancelled = facts.cancelled_on.map(|date| i18n::date(self.letter.language, date));
        self.row("email-label-cancelled", cancelled.unwrap_or_default());
        let known = ends_on.or(facts.cancelled_on).or(facts.closes_on);
        if known.is_none() && facts.deadline.is_none() {
            self.row("email-label-at", moment(self.letter, self.letter.at));
        }
        if let Some(at) = facts.deadline {
            // ORG-9: a request that lapsed tells its partner nothing of the customer, its zone neither.
            let known = kind != MessageKind::ConsentLapsed;
            let there = (known && differs(self.letter, at)).then(|| {
                let there = i18n::instant(self.letter.language, at, &self.letter.customer_zone);
                text(self.letter.language, "email-there", &[("instant", there.into())])
            });
            let label = match kind {
                MessageKind::Welcome | MessageKind::Invitation | MessageKind::PasswordReset => "email-label-link",
                MessageKind::AccessChanged => "email-label-access-until",
                _ => "email-label-deadline",
            };
            self.row_with_note(label, moment(self.letter, at), there);
        }
        let over = facts.late || kind == MessageKind::AccessEnded;
        let ends = match facts.devices {
            // DEV-5: two dates, named apart.
            Some(_) => "email-label-trial-ends",
            None if over => "email-label-ended",
            None => "email-label-ends",
        };
        self.day(ends, ends_on);
        self.day("email-label-previous", facts.previous_ends_on);
        let reader = Reader::of(self.letter);
        let grace = match kind {
            MessageKind::Cancelled => "email-label-open",
            MessageKind::AccessEnded => "email-label-gone",
            MessageKind::ExpiryReminder | MessageKind::ExpiryNotice if reader == Reader::Customer => "email-label-keep",
            MessageKind::ExpiryReminder
            | MessageKind::ExpiryNotice
            | MessageKind::PurchaseWanted
            | MessageKind::ConversionHandedOver => "email-label-grace",
            _ => return,
        };
        self.day(grace, facts.grace_ends_on);
    }

    /// A last day: what it is about ends with it.
    fn day(&mut self, label: &str, date: Option<Date>) {
        let end = date.and_then(|date| end_of_day(date, &self.letter.customer_zone));
        self.edge(label, date, end.map(|end| (end, "email-end-of-day")));
    }

    /// A first day: what it is about begins with it.
    fn first_day(&mut self, label: &str, date: Option<Date>) {
        let start = date.and_then(|date| start_of_day(date, &self.letter.customer_zone));
        self.edge(label, date, start.map(|start| (start, "email-start-of-day")));
    }

    /// A day, and what the reader's clocks show at its edge where they go otherwise.
    fn edge(&mut self, label: &str, date: Option<Date>, edge: Option<(Timestamp, &str)>) {
        let Some(date) = date else { return };
        let letter = self.letter;
        let note = edge.filter(|(at, _)| differs(letter, *at)).map(|(at, words)| {
            let args: [(&str, Arg); 1] = [("instant", moment(letter, at).into())];
            text(letter.language, words, &args)
        });
        self.row_with_note(label, civil(letter, date), note);
    }

    fn people(&mut self) {
        let letter = self.letter;
        let access = match (letter.kind, letter.facts.outcome.as_deref()) {
            (MessageKind::ConsentAccepted | MessageKind::AccessChanged, Some("full")) => Some("email-access-full"),
            (MessageKind::ConsentAccepted | MessageKind::AccessChanged, Some("provisioning")) => {
                Some("email-access-provisioning")
            }
            _ => None,
        };
        if let Some(access) = access {
            self.row("email-label-access", text(letter.language, access, &[]));
        }
        self.row("email-label-actor", letter.actor_name.clone().unwrap_or_default());
        let reference = match letter.kind.is_of_order() {
            true => "email-label-order-reference",
            false => "email-label-reference",
        };
        self.row(reference, letter.reference.clone());
    }
}
