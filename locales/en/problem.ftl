# Answers of the API and of forms: one sentence per code that names the mend, and a short title. A sentence with values
# has a `plain` one beside it for when they are not known.

problem-malformed = The request could not be read: send valid JSON, encoded as UTF-8.
    .title = Malformed request

problem-bad-cursor = This cursor belongs to another list, filter or person: start again from the first page.
    .title = Cursor not valid

problem-unknown-parameter = The parameter “{ $value }” is not known here: remove it or correct its name.
    .title = Unknown parameter
    .plain = A parameter is not known here: remove it or correct its name.

problem-invalid-header = The header “{ $value }” cannot be used as it was sent: correct its value.
    .title = Header not valid
    .plain = A header cannot be used as it was sent: correct its value.

problem-invalid-if-match = If-Match must hold the ETag that you last received for this resource.
    .title = If-Match not valid

problem-unauthorized = Sign in, or send a valid token: this one is missing, has ended or was withdrawn.
    .title = Sign-in needed

problem-role-required = Your role does not allow this: ask an administrator of your organization for the role it takes.
    .title = Role missing

problem-not-certified = Your company is not certified, or its certification has lapsed: ask the vendor to certify it. Running trials go on.
    .title = Certification missing

problem-not-full-administrator = Only a full administrator of the customer can decide this: ask one to sign in.
    .title = Full administrator needed

problem-distributor-required = A tier 2 partner converts trials through its distributor: hand the conversion over to it.
    .title = Your distributor converts

problem-scope-required = This token does not carry the scope that it takes: { $scope }. Make a token that does.
    .title = Scope missing
    .plain = This token does not carry the scope that it takes: make a token that does.

problem-forbidden = You may see this but not change it: ask someone with the right to do so.
    .title = Not allowed

problem-not-found = There is nothing here that you may see: check the address or the id.
    .title = Not found

problem-method-not-allowed = This address exists, but not for this method: see the Allow header for those it takes.
    .title = Method not allowed

problem-service-not-eligible = These services cannot be tried by this customer now: { $services }. Leave them out, or see the reason and date of each.
    .title = Service cannot be tried
    .plain = Some of these services cannot be tried by this customer now: leave them out, or see the reason and date of each.

problem-customer-mismatch = The address belongs to someone other than you expected: look the customer up again and confirm which one you mean.
    .title = Another customer than expected

problem-site-name-taken = The site name “{ $value }” is taken or still resting: choose another.
    .title = Site name taken
    .plain = This site name is taken or still resting: choose another.

problem-quantity-below-assigned = More licences are assigned than you want to keep: first take them back from the people named.
    .title = Fewer licences than assigned

problem-extension-would-shorten = Counted from today, the trial would end on { $date }, earlier than now: confirm that you want this.
    .title = The trial would become shorter
    .plain = Counted from today, the trial would end earlier than now: confirm that you want this.

problem-extension-limit = This trial has been extended as often as is allowed: ask the trials team, or convert it.
    .title = No further extension

problem-device-type-already-shipped = There is one shipment per device type and trial, and this type has been shipped: choose another type.
    .title = Device type already shipped

problem-last-full-administrator = An organization always keeps one full administrator: name another one first.
    .title = Last full administrator

problem-no-exact-match = No trial has an administrator with exactly this address: choose one of the candidates, or correct the address.
    .title = No exact match

problem-trial-not-convertible = This trial can no longer be converted: start a new trial, or place an order without it.
    .title = Trial cannot be converted

problem-services-changed = Since you were asked, these have become unavailable: { $services }. Accept without them, or decline.
    .title = Some services are no longer available
    .plain = Since you were asked, some services have become unavailable: accept without them, or decline.

problem-already-decided = Someone has decided this before you: open it again to see what was decided.
    .title = Already decided

problem-allowance-used = { $limit ->
    [partner] Your partner cannot run another trial just now: nothing has been decided, and you can still accept until the last day of the request. Ask the partner, or try again later.
    [active_trials] Your company may run { $of } trials at once, and does. By { $possible_from } one of them ends, unless it is extended: end or convert one before, or ask the vendor for more.
   *[other] Your company may start { $of } trials a month, and has done so. The next one is possible from { $possible_from }: wait until then, or ask the vendor for more.
  }
    .title = Allowance used up
    .plain = Your company has used its allowance of trials: wait for the next month or for a trial to end, or ask the vendor for more.

problem-wrong-status = As the trial stands, this cannot be done: go back to it to see where it stands and what is possible.
    .title = Not in this state

problem-idempotency-key-reused = This Idempotency-Key was sent with another body: use a new key for a new request.
    .title = Idempotency key reused

problem-idempotency-in-progress = The first request with this Idempotency-Key is still running: repeat it in a moment.
    .title = Still in progress

problem-consent-expired = The time to answer this request is over: ask the partner to send a new one.
    .title = Request has lapsed

problem-link-superseded = A newer email has replaced this link: use the link in the latest one.
    .title = Link replaced

problem-version-conflict = Someone has changed this since you loaded it: load it again and repeat your change.
    .title = Changed in the meantime

problem-precondition-required = This change needs to know what it is based on: send the ETag in If-Match.
    .title = If-Match needed

problem-too-large = The request is larger than allowed: send less at once.
    .title = Too large

problem-unsupported-media-type = Send JSON without compression, with Content-Type: application/json.
    .title = Media type not supported

problem-too-many-requests = That was too often in a short time: wait a while, then try again.
    .title = Too many requests

problem-unavailable = A part of the system cannot be reached: send the same again in a while.
    .title = Not available now

problem-internal = Something went wrong on our side: try again, and give support the request id if it happens again.
    .title = Error on our side

problem-invalid-input = Some entries need correcting: see what is said about each.
    .title = Input to correct

problem-required = This is required: fill it in.
    .title = Required

problem-unknown-field = This field is not known: remove it or correct its name.
    .title = Unknown field

problem-duplicate-key = This field is given more than once: keep one.
    .title = Given twice

problem-wrong-type = This is not the kind of value expected here: see the API description.
    .title = Wrong type

problem-too-long = This is too long: shorten it to at most { $max } characters.
    .title = Too long
    .plain = This is too long: shorten it.

problem-too-short = This is too short: give at least { $min } characters.
    .title = Too short
    .plain = This is too short: make it longer.

problem-breached = Many people have used this password, and attackers try it first: choose another one.
    .title = Password too well known

problem-wrong-password = This is not your password: try again.
    .title = Wrong password

problem-wrong-code = This code is not right, or was used already: wait for the next one and type that.
    .title = Wrong code

problem-empty = This cannot be empty: choose or enter at least one.
    .title = Empty

problem-invalid-characters = This holds invisible or control characters: type it again without them.
    .title = Characters not allowed

problem-invalid-email = This is not an email address: write it like name@company.example.
    .title = Not an email address

problem-mixed-script = The domain mixes letters of different scripts that look alike: type it again.
    .title = Mixed scripts

problem-invalid-country = This is not a country of the program: give its two letters, like FR or TW.
    .title = Unknown country

problem-restricted-country = Trials cannot be offered in { $value }: choose the country in which most users are.
    .title = No trials there
    .plain = Trials cannot be offered in this country: choose the one in which most users are.

problem-invalid-time-zone = This is not a time zone: use a name like Europe/Paris or Asia/Taipei.
    .title = Unknown time zone

problem-invalid-language = This language is not offered: choose one of { $allowed }.
    .title = Language not offered
    .plain = This language is not offered: choose another.

problem-unknown-vertical = This line of business is not in the list. Choose the next best of { $allowed }.
    .title = Unknown line of business
    .plain = This line of business is not in the list: choose the next best one.

problem-unknown-service = The program has no such service: choose among { $allowed }.
    .title = Unknown service
    .plain = The program has no such service: choose another.

problem-duplicate-service = “{ $value }” is named more than once: keep one.
    .title = Service named twice
    .plain = A service is named more than once: keep one.

problem-unknown-value = This value is not known: use one of { $allowed }.
    .title = Unknown value
    .plain = This value is not known: choose one of those described.

problem-quantity-out-of-range = Choose a quantity from { $min } to { $max }.
    .title = Quantity out of range
    .plain = This quantity is not offered: choose one within the bounds.

problem-duration-not-offered = This length is not offered. Choose, in days: { $allowed }.
    .title = Length not offered
    .plain = This length is not offered: choose another.

problem-duration-conflict = Services with different fixed lengths cannot share a trial: start them in separate trials.
    .title = Lengths do not go together

problem-extension-length = An extension of this length is not offered. Choose, in days: { $allowed }.
    .title = Length not offered
    .plain = An extension of this length is not offered: choose another.

problem-own-organization = A trial cannot be started for your own organization: place an order for it instead.
    .title = Your own organization

problem-not-acknowledged = Confirm that the customer is in a supported location.
    .title = Acknowledgement missing

problem-site-required = Meetings need a site: give its name and time zone.
    .title = Meetings site missing

problem-invalid-site = Use lower-case letters, digits and hyphens only, and neither start nor end with a hyphen.
    .title = Site name not valid

problem-block-without-service = These details belong to a service that is not chosen: add the service, or leave the details out.
    .title = Details without their service

problem-devices-required = Choose the devices to ship, or give the reason to skip them.
    .title = Devices to choose

problem-unknown-device-type = The program has no such device: choose among { $allowed }.
    .title = Unknown device type
    .plain = The program has no such device: choose another.

problem-device-limit-exceeded = This is more than can be lent: at most { $max }.
    .title = More than can be lent
    .days = The loan can last until { $max } at the latest: choose an earlier day.
    .named = That is more than can be lent: at most { $max } of { $device }.
    .plain = This is more than can be lent: choose less.

problem-conflicting-fields = This cannot be given together with another entry: keep one of the two.
    .title = Fields exclude each other

problem-out-of-range = Choose a value from { $min } to { $max }.
    .title = Out of range
    .days = Choose a day from { $min } to { $max }.
    .plain = This value is out of range: choose one within the bounds.

problem-clock-backwards = The test clock cannot go back: give a later instant.
    .title = The clock only goes forwards

problem-address-taken = This address already belongs to another organization: use another one.
    .title = Address already in use

problem-serial-mismatch = { $reason ->
        [repeated] { $value } is in the list twice, or was received before: it counts once.
        [look_alike] { $value } looks like another number of this shipment (O and 0, I and 1): read it again on the device.
        [out] { $value } is on loan already: check the number on the device.
        [count] Enter one serial number for each device: { $expected } are expected, { $value } were given.
        [foreign] { $value } belongs to another shipment: it was not taken.
       *[unknown] Not shipped for this trial: { $value }. Check the number on the device.
    }
    .title = Serial number does not match
    .plain = A serial number was not shipped for this trial: check the number on the device.

problem-program-invalid = The program cannot be published with this: { $value }.
    .title = Program not valid
    .plain = The program file cannot be published: correct what is said about it line by line.

problem-invalid-id = This is not an id of the kind expected here: copy it from where it was shown.
    .title = Not an id
