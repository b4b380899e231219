//! Why something is not done: stable codes, and the fields that they speak of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident = $text:literal $status:literal,)*) => {
        /// Every stable code of a problem, with the status under which it is answered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the texts of locales/*/problem.ftl say what each means")]
        pub enum Code { $($name,)* }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as clients see it.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The HTTP status that goes with it when it stands for the whole answer.
            pub fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
        }
    };
}

codes! {
    Malformed = "malformed" 400,
    BadCursor = "bad_cursor" 400,
    UnknownParameter = "unknown_parameter" 400,
    InvalidHeader = "invalid_header" 400,
    Unauthorized = "unauthorized" 401,
    RoleRequired = "role_required" 403,
    NotCertified = "not_certified" 403,
    NotFullAdministrator = "not_full_administrator" 403,
    DistributorRequired = "distributor_required" 403,
    ScopeRequired = "scope_required" 403,
    Forbidden = "forbidden" 403,
    CompanySignIn = "company_sign_in" 403,
    NoAccount = "no_account" 403,
    EmailUnverified = "email_unverified" 403,
    NotFound = "not_found" 404,
    MethodNotAllowed = "method_not_allowed" 405,
    ServiceNotEligible = "service_not_eligible" 409,
    CustomerMismatch = "customer_mismatch" 409,
    SiteNameTaken = "site_name_taken" 409,
    QuantityBelowAssigned = "quantity_below_assigned" 409,
    ExtensionWouldShorten = "extension_would_shorten" 409,
    ExtensionLimit = "extension_limit" 409,
    DeviceTypeAlreadyShipped = "device_type_already_shipped" 409,
    LastWayIn = "last_way_in" 409,
    DomainTaken = "domain_taken" 409,
    LastFullAdministrator = "last_full_administrator" 409,
    NoExactMatch = "no_exact_match" 409,
    TrialNotConvertible = "trial_not_convertible" 409,
    ServicesChanged = "services_changed" 409,
    AlreadyDecided = "already_decided" 409,
    AllowanceUsed = "allowance_used" 409,
    DraftLimit = "draft_limit" 409,
    WrongStatus = "wrong_status" 409,
    LicensesExhausted = "licenses_exhausted" 409,
    ServiceNotHeld = "service_not_held" 409,
    CustomerClosed = "customer_closed" 409,
    NumberTaken = "number_taken" 409,
    NumberLimit = "number_limit" 409,
    NumbersRequired = "numbers_required" 409,
    ProviderRequired = "provider_required" 409,
    ProviderElsewhere = "provider_elsewhere" 409,
    LocationInUse = "location_in_use" 409,
    LabelElsewhere = "label_elsewhere" 409,
    OrderOpen = "order_open" 409,
    NoPartner = "no_partner" 409,
    LossNotYours = "loss_not_yours" 409,
    IdempotencyInProgress = "idempotency_in_progress" 409,
    ConsentExpired = "consent_expired" 410,
    LinkSuperseded = "link_superseded" 410,
    SignInOver = "sign_in_over" 410,
    VersionConflict = "version_conflict" 412,
    TooLarge = "too_large" 413,
    UnsupportedMediaType = "unsupported_media_type" 415,
    InvalidInput = "invalid_input" 422,
    IdempotencyKeyReused = "idempotency_key_reused" 422,
    Required = "required" 422,
    UnknownField = "unknown_field" 422,
    DuplicateKey = "duplicate_key" 422,
    WrongType = "wrong_type" 422,
    TooLong = "too_long" 422,
    TooShort = "too_short" 422,
    Breached = "breached" 422,
    WrongPassword = "wrong_password" 422,
    WrongCode = "wrong_code" 422,
    Empty = "empty" 422,
    InvalidCharacters = "invalid_characters" 422,
    InvalidEmail = "invalid_email" 422,
    MixedScript = "mixed_script" 422,
    InvalidCountry = "invalid_country" 422,
    RestrictedCountry = "restricted_country" 422,
    InvalidTimeZone = "invalid_time_zone" 422,
    InvalidLanguage = "invalid_language" 422,
    UnknownVertical = "unknown_vertical" 422,
    UnknownService = "unknown_service" 422,
    DuplicateService = "duplicate_service" 422,
    UnknownValue = "unknown_value" 422,
    QuantityOutOfRange = "quantity_out_of_range" 422,
    DurationNotOffered = "duration_not_offered" 422,
    DurationConflict = "duration_conflict" 422,
    ExtensionLength = "extension_length" 422,
    OwnOrganization = "own_organization" 422,
    NotAcknowledged = "not_acknowledged" 422,
    SiteRequired = "site_required" 422,
    InvalidSite = "invalid_site" 422,
    BlockWithoutService = "block_without_service" 422,
    DevicesRequired = "devices_required" 422,
    UnknownDeviceType = "unknown_device_type" 422,
    DeviceLimitExceeded = "device_limit_exceeded" 422,
    ConflictingFields = "conflicting_fields" 422,
    OutOfRange = "out_of_range" 422,
    ClockBackwards = "clock_backwards" 422,
    AddressTaken = "address_taken" 422,
    SerialMismatch = "serial_mismatch" 422,
    DuplicateAddress = "duplicate_address" 422,
    TooMany = "too_many" 422,
    NotUtf8 = "not_utf8" 422,
    NoHeader = "no_header" 422,
    UnknownColumn = "unknown_column" 422,
    MissingColumn = "missing_column" 422,
    RepeatedColumn = "repeated_column" 422,
    FieldCount = "field_count" 422,
    UnclosedQuote = "unclosed_quote" 422,
    StrayQuote = "stray_quote" 422,
    ControlCharacter = "control_character" 422,
    NoRows = "no_rows" 422,
    TooManyRows = "too_many_rows" 422,
    ProgramInvalid = "program_invalid" 422,
    InvalidId = "invalid_id" 422,
    InvalidDomain = "invalid_domain" 422,
    InvalidUrl = "invalid_url" 422,
    InvalidNumber = "invalid_number" 422,
    InvalidOrderNumber = "invalid_order_number" 422,
    NumberOfAnotherCountry = "number_of_another_country" 422,
    DuplicateNumber = "duplicate_number" 422,
    PasskeyRefused = "passkey_refused" 422,
    UnknownContact = "unknown_contact" 422,
    ContactRole = "contact_role" 422,
    NotConfirmed = "not_confirmed" 422,
    UnknownCustomer = "unknown_customer" 422,
    InvalidMetric = "invalid_metric" 422,
    InvalidDay = "invalid_day" 422,
    DuplicateFigure = "duplicate_figure" 422,
    PreconditionRequired = "precondition_required" 428,
    TooManyRequests = "too_many_requests" 429,
    Internal = "internal" 500,
    ProviderFailed = "provider_failed" 502,
    Unavailable = "unavailable" 503,
    FontMissing = "font_missing" 503,
}

/// One field that is wrong, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// RFC 6901 pointer into the body.
    pub pointer: String,
    /// What is wrong with it.
    pub code: Code,
    /// Values for the text: what is allowed, the bounds.
    #[serde(default)]
    pub values: Vec<(String, String)>,
}

impl FieldError {
    /// An error at a pointer.
    pub fn new(pointer: impl Into<String>, code: Code) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            values: Vec::new(),
        }
    }

    /// The same with a value for its text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }
}

/// A service that cannot be tried, and why (ELIG).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceReason {
    /// The service's id.
    pub service: String,
    /// `owned`, `tried_by_other_partner`, `tried_by_you`, `cooldown`, `unavailable`.
    pub reason: String,
    /// The first day on which it could be.
    pub possible_from: Option<Date>,
}

/// What the rules refuse, with everything the answer says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The fields, where input is at fault.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// The services, where they are at fault.
    #[serde(default)]
    pub services: Vec<ServiceReason>,
    /// More members of the answer (`current_ends_on` …), and values for its text.
    #[serde(default)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Refusal {
    /// A refusal by its code alone.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            errors: Vec::new(),
            services: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }

    /// Wrong input. The code is the field's own where clients branch on it, else `invalid_input`.
    pub fn input(errors: Vec<FieldError>) -> Self {
        let named = [
            Code::OwnOrganization,
            Code::RestrictedCountry,
            Code::QuantityOutOfRange,
            Code::ExtensionLength,
            Code::DeviceLimitExceeded,
            Code::SerialMismatch,
            Code::ClockBackwards,
        ];
        let only = errors
            .first()
            .map(|first| first.code)
            .filter(|code| named.contains(code));
        let same = only.filter(|code| errors.iter().all(|error| error.code == *code));
        Self {
            errors,
            ..Self::new(same.unwrap_or(Code::InvalidInput))
        }
    }

    /// Wrong input in one field.
    pub fn field(pointer: &str, code: Code) -> Self {
        Self::input(vec![FieldError::new(pointer, code)])
    }

    /// The same with one more member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// ELIG: services that cannot be tried.
    pub fn services(code: Code, services: Vec<ServiceReason>) -> Self {
        Self {
            services,
            ..Self::new(code)
        }
    }
}
