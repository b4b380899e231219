//! The decisions of a start, in their order, and which of them a start has.

use super::draft::Draft;
use domain::program::Program;

/// One decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Customer,
    Existing,
    Services,
    Length,
    Site,
    Devices,
    Answers,
}

impl Step {
    pub(super) const ALL: [Step; 7] = [
        Step::Customer,
        Step::Existing,
        Step::Services,
        Step::Length,
        Step::Site,
        Step::Devices,
        Step::Answers,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Step::Customer => "customer",
            Step::Existing => "existing",
            Step::Services => "services",
            Step::Length => "length",
            Step::Site => "site",
            Step::Devices => "devices",
            Step::Answers => "answers",
        }
    }

    /// The fields of which its page speaks when they are wrong.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Step::Customer => &[
                "name",
                "admin_email",
                "vertical",
                "country",
                "language",
                "acknowledged",
                "id",
            ],
            Step::Existing | Step::Answers => &[],
            Step::Services => &["services"],
            Step::Length => &["quantity", "duration"],
            Step::Site => &["site", "site_zone"],
            Step::Devices => &[
                "devices",
                "ship_to",
                "ship_name",
                "ship_lines",
                "ship_postal_code",
                "ship_city",
                "ship_country",
                "ship_phone",
                "registrations",
            ],
        }
    }

    /// Whether this start has that step.
    pub(super) fn applies(self, draft: &Draft, program: &Program) -> bool {
        match self {
            Step::Customer | Step::Services | Step::Length | Step::Answers => true,
            Step::Existing => draft.is_request(),
            Step::Site => draft.asks(program, |service| service.site),
            Step::Devices => draft.asks(program, |service| service.devices),
        }
    }

    pub(super) fn is_answered(self, draft: &Draft) -> bool {
        match self {
            Step::Customer => draft.belongs.is_some(),
            Step::Existing => draft.confirmed,
            Step::Services => draft.services.is_some(),
            Step::Length => draft.quantity.is_some() && draft.duration.is_some(),
            Step::Site => draft.site.is_some(),
            Step::Devices => draft.devices.is_some(),
            Step::Answers => false,
        }
    }

    /// The first decision that is open.
    pub(super) fn next(draft: &Draft, program: &Program) -> Self {
        let mut steps = Step::ALL.into_iter();
        steps
            .find(|step| step.applies(draft, program) && !step.is_answered(draft))
            .unwrap_or(Step::Answers)
    }

    /// The step whose page speaks of a field.
    pub(super) fn of_field(field: &str) -> Option<Self> {
        Step::ALL.into_iter().find(|step| step.fields().contains(&field))
    }
}
