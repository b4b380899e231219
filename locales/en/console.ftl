# The pages of the console. Values: names of companies, people and products are placed, never written here.

skip = Skip to the content
any = Any
choose = Please choose
optional = optional
continue = Continue
change = Change
save = Save
leave = Leave as it is
yes = Yes
no = No
sentences = { $first } { $second }
before = Before
after = After
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
licences = { $count ->
    [one] { $count } licence
   *[other] { $count } licences
}
when-stamp = { $date }, { $time }
when-in = { $days ->
    [0] today
    [1] tomorrow
   *[other] in { $days } days
}
when-ago = { $days ->
    [1] yesterday
   *[other] { $days } days ago
}
pager-label = Pages
pager-first = First page
pager-next = Next page
faults-title = { $count ->
    [one] One thing to correct
   *[other] { $count } things to correct
}

nav-label = Main menu
nav-customers = Customers
nav-start = Start a trial
nav-overview = Overview
nav-subscriptions = Subscriptions
nav-requests = Requests
nav-approvals = Approvals
menu-settings = Language and appearance
menu-language = Language
menu-theme = Appearance
theme-auto = System
theme-light = Light
theme-dark = Dark
sign-out = Sign out
foot-support = Help and contact
foot-legal = Legal notice

demo-label = Demo
demo-tag = Demo
demo-clock = Test clock
demo-clock-hint = Everything that falls due on the way is done: emails leave, trials end.
demo-clock-signed-out = Choose who you are first; then you can move the clock.
demo-day = + 1 day
demo-week = + 1 week
demo-next = Next event
demo-date = Go to a date
demo-go = Go
demo-mailbox = Mailbox
demo-who = Who am I?
demo-who-title = Continue as

role-vendor-administrator = Vendor administrator
role-trials-team = Trials team
role-order-desk = Order desk
role-auditor = Auditor
role-sales-full-administrator = Sales full administrator
role-sales-administrator = Sales administrator
role-help-desk = Help desk
role-full-administrator = Full administrator
role-user-administrator = User administrator
role-read-only-administrator = Read-only administrator
role-user = User

label-email = Email address
label-password = Password
label-company = Company name
label-customer = Customer
customer-erased = Former customer
label-administrator = Administrator’s email address
label-vertical = Line of business
label-country = Country with the most users
label-country-short = Country
label-region = Data stored in
label-region-short = Region
label-zone = Time zone
label-access = Partner’s access
label-service = Service
label-services = Services
label-licences = Licences
label-quantity = Licences per service
label-duration = Length of the trial
label-status = Status
label-ends = Ends
label-cancelled = Cancelled
label-assigned = Looked after by
label-starts = Starts
label-grace = Grace until
label-asked = Requested
label-site = Meetings site
label-site-zone = Time zone of the site
label-devices = Devices
label-extensions = Extended so far
label-extension-asked = Extension waiting for approval
label-reference = Reference
label-reason = Reason
label-partner = Partner
label-language = Language of emails

sign-in-title = Sign in
sign-in-lead = Welcome. Sign in to manage trials, or to see the ones your company runs.
sign-in-by-link = A partner has sent your company a request. Sign in to read it; opening this page decides nothing.
sign-in-button = Sign in
sign-in-wrong = Address and password do not match. Check both and try again.
sign-in-closed = Was your organization closed? Its accounts have moved to the free plan and no longer open anything here.
sign-in-wait = { $seconds ->
    [one] Too many attempts. Wait one second, then try again.
   *[other] Too many attempts. Wait { $seconds } seconds, then try again.
}
company-title = Which company?
company-lead = Your address belongs to several. You can change later by signing in again.

welcome-title = Welcome
welcome-heading = Your trial is ready
welcome-lead = Your partner has prepared everything. Three things are good to know.
welcome-1 = Sign in with the address to which the email came. If you have no password yet, your partner or your own administrator can help.
    .title = Sign in
welcome-2 = The overview shows what you can try, for how long, what happens next, and whom to ask.
    .title = Look around
welcome-3 = You are told a week before the end and on the last day. Nothing turns into an order by itself.
    .title = No surprises
welcome-go = Open the overview
welcome-help = Questions? The partner named in the email will answer them.
welcome-demo = In this demo, choose “Who am I?” at the top to continue as anyone.

error-not-found =
    .title = Page not found
    .detail = It does not exist, or you have no access to it. Check the address, or start from your home page.
error-role-required =
    .title = Your role does not include this
    .detail = Somebody with another role in your company can do it: ask your administrator.
error-not-certified =
    .title = Your company’s certification has ended
    .detail = Only certified partners can work here. Trials that are running go on as planned.
error-forged =
    .title = This form is no longer valid
    .detail = You may have signed in or out in another window since it was shown. Open the page again and repeat your entry; nothing was changed.
error-lapsed = Please ask the vendor to renew the certification; then sign in again.
error-again = Try again
error-home = Go to my home page
error-reference = Reference for support:

done-extended = The trial has its new end date. The customer’s administrators have been told.
done-extension-asked = The extension has been requested. The trials team decides; you will hear by email.
done-unchanged = That was already the case. Nothing was changed.
done-edited = Saved.
done-cancelled = Done. Everyone concerned has been told.
done-reminded = The reminder is on its way.
done-resent = The request was sent again. Older links no longer work.
done-notes = Notes saved.
done-details = Details confirmed. The services are being provisioned.
done-corrected = Address corrected. The welcome goes out again; the old link no longer works.
done-accepted = You have accepted. The partner confirms the details next.
done-declined = You have declined. The partner has been told.
done-approved = Approved. The partner has been told.
done-refused = Refused. The partner has been told.
done-clock = The clock has moved. Everything that fell due is done.
done-signed-out = You are signed out.

status-pending-consent = Awaiting consent
status-pending-provisioning-details = Awaiting details
status-pending-approval = Awaiting approval
status-provisioning = Provisioning
status-active = Active
status-expires-soon = Ends soon
status-expired = Expired
status-purchased = Purchased
status-converted = Purchased
status-cancelled = Cancelled
status-to-be-deleted = To be deleted
status-declined = Declined
status-lapsed = Lapsed
status-removed = Removed
status-waiting = Waiting
status-awaiting-approval = Awaiting approval
status-provisioned = Ready
status-failed = Failed
status-suspended = Suspended
status-withdrawn = Withdrawn

wait-customer = { $days ->
    [one] customer · { $days } day
   *[other] customer · { $days } days
}
wait-you = { $days ->
    [one] your answer · { $days } day
   *[other] your answer · { $days } days
}
wait-partner = partner
wait-team = trials team
wait-left = { $days ->
    [0] last day
    [one] { $days } day left
   *[other] { $days } days left
}
wait-grace = { $days ->
    [0] last day of grace
    [one] { $days } day of grace
   *[other] { $days } days of grace
}

means-pending-consent = A full administrator of the customer has to accept. If nobody answers in time, the request lapses and the customer leaves your list.
means-pending-provisioning-details = The customer has accepted. Confirm the details; then the services are provisioned and the days begin to count.
means-pending-approval = The trials team decides first. You hear by email; until then no days are counted.
means-provisioning = The services are being set up. The days count from the day on which the last of them is ready.
means-active = The trial is running. It can be extended, changed, bought or cancelled; without any of these it ends on its date.
means-expired = The trial has ended and is in grace. It can still be extended or bought; after that access ends for good.
means-converted = The services were bought. Usage and settings were kept.
means-cancelled = The trial was cancelled. Its services have stopped.
means-declined = The request was declined or closed. A new one can be made at any time.
means-lapsed = Nobody answered in time. A new request can be made at any time.
means-removed = Access has ended and the data is gone. This cannot be undone.

tense-done = Done
tense-now = Now
tense-planned = Planned
tense-skipped = Skipped
tense-held = On hold
tense-due = Due
timeline-title = Timeline
timeline-now = Now
timeline-open = Once the trial has started
timeline-end-of = End of { $date }
timeline-at = { $date }, { $time }
timeline-to = Email to { $people }
timeline-zone = Days are counted in the customer’s time zone: { $zone }.

milestone-consent-lapses = Request lapses
    .short = Lapses
    .text = Without an answer by then the request is closed.
    .rule = counted from the first email
milestone-started = Trial starts
    .short = Start
    .rule = when the last service is ready
milestone-expiry-reminder = Reminder
    .short = Reminder
    .rule = 7 days before the end
milestone-expiry-notice = Notice on the last day
    .short = Last day
    .rule = on the day itself
milestone-expires = Trial ends, grace begins
    .short = End
    .text = Buying or extending remains possible during grace.
    .rule = when the last day is over
milestone-removed = Grace ends, access ends
    .short = End of grace
    .text = Licences, site and calling settings are gone for good. Without any other service the organization is closed.
    .rule = when grace is over
milestone-access-ended-notice = Users are told that access has ended
    .short = Users told
    .rule = the morning after
milestone-numbers-released = Phone numbers are released
    .short = Numbers
    .text = Until then nobody else can have them.
    .rule = when they are no longer reserved

audience-customer-administrators = { $count ->
    [one] { $count } administrator of the customer
   *[other] { $count } administrators of the customer
}
audience-consent-recipients = { $count ->
    [one] { $count } person at the customer
   *[other] { $count } people at the customer
}
audience-customer-users = { $count ->
    [one] { $count } user
   *[other] { $count } users
}
audience-partner-administrators = { $count ->
    [one] { $count } person at the partner
   *[other] { $count } people at the partner
}
audience-trials-team = { $count ->
    [one] { $count } person of the trials team
   *[other] { $count } people of the trials team
}

why-not-owned = The customer has bought this already.
why-not-tried-by-other-partner = Another partner is running a trial of this here.
why-not-tried-by-you = You are running a trial of this here already: extend or edit that one.
why-not-cooldown = Tried here before; another trial has to wait.
why-not-unavailable = Not available for this customer.
why-not-needs-approval = The trials team approves first.
why-not-from = Possible from { $date }.
service-requires = Needs { $services }, added automatically.
service-site = Asks for a meetings site.
service-devices = Asks which devices to ship, or why none are needed.
service-numbers = Comes with phone numbers, which stay reserved for a while after the end.
service-approval = The trials team approves first.
service-suspended = Stops when grace begins.
service-quantity = { $quantity ->
    [one] Always { $quantity } licence.
   *[other] Always { $quantity } licences.
}
service-duration = Sets the length of the whole trial: { $days } days.
service-added = added because another service needs it

customers-title = Customers
customers-views = Views
customers-all = All
customers-search = Search by name
customers-apply = Apply
customers-count = { $count ->
    [one] { $count } customer
   *[other] { $count } customers
}
customers-first = No customers yet
    .text = Start a trial, and its customer appears here.
customers-none = No customer matches
    .text = No customer matches the search and the filters together. Widen them, or clear them all.
customers-clear = Clear search and filters
customers-unavailable = Some customers are missing from this list for the moment: no answer from { $regions }. Try again shortly.
ends-expires-in-30-days = Within 30 days
ends-expires-in-60-days = Within 60 days
ends-to-be-deleted = Organization closes within 7 days

customer-add = Add a trial
customer-remove = Remove from my list
customer-trials = Trials
customer-no-trials = No trial of yours yet.
customer-purchased = Purchased
customer-since = since { $date }
customer-about = About the customer
customer-tags = Tags
customer-tags-label = Your tags
customer-tags-hint = Up to five, separated by commas. Only your company sees them.
trial-days = { $from } to { $to }
trial-asked-on = requested on { $date }
access-full = Full administrator
access-provisioning = Provisioning administrator
remove-title = Remove this customer?
remove-lead = The open request to { $customer } is withdrawn, its links stop working, and the customer leaves your list. You can ask again later.
remove-keep = Keep the request
remove-button = Withdraw and remove

start-title = Start a trial
start-progress = Steps
start-for = For { $customer }
start-step-customer = Customer
start-step-existing = Organization
start-step-services = Services
start-step-length = Licences and length
start-step-site = Meetings site
start-step-devices = Devices
start-step-answers = Review
start-customer-title = Which customer?
start-existing-title = This organization was found
start-services-title = Which services?
start-length-title = How many licences, for how long?
start-site-title = Which meetings site?
start-devices-title = Which devices?
start-answers-title = Check your answers
start-customer-lead = For a customer that you already have, open its page and choose “Add a trial”.
start-email-hint = The person who will administer the trial. If the address belongs to an organization, that organization is asked first.
start-vertical-hint = If the exact one is missing, take the nearest.
start-country-hint = It determines where the customer’s data is stored, and cannot be changed later. With several sites, choose the country with the most users: the nearest region answers them fastest. A country that is not listed is not supported.
start-region-group = Data stored in: { $region }
start-region-told = The data will be stored in: { $region }
start-language-hint = The customer’s emails and pages begin in this language.
start-acknowledge = I confirm that the customer is in a supported location.
start-why-region = Why the country matters
    .text = Each region keeps its customers’ data in a store of its own. The country you choose decides which one, for good: names, people and trials never leave it.
start-told-nobody = No organization uses { $email } yet: a new one will be created.
start-told-region = Its data will be stored in { $region }, because the country is { $country }.
start-told-review = For this country the trials team approves first.
start-told-existing = { $customer } exists already: its administrators are asked before anything starts.
start-told-own = { $customer } is your customer: the trial starts without asking, and its administrators are told.
start-services-none = Choose at least one service.
start-existing-lead = The address { $email } belongs to:
start-existing-text = If this is your customer, go on: its full administrators are asked for their consent. If not, the address is mistyped: go back and correct it.
start-existing-yes = Yes, ask this organization
start-existing-no = No, correct the address
start-quantity-hint = One quantity for all services except devices, from { $min } to { $max }.
start-length-ends = starting today, it ends on { $date }
start-length-if = accepted and ready today, it would end on { $date }
start-length-asked = The days begin to count when the customer has accepted and everything is provisioned.
start-length-fixed = { $service } always runs { $days } days; this sets the whole trial’s length.
start-length-own = { $service } has its own quantity: { $quantity }.
start-site-lead = The name becomes part of the address of every meeting. It has to be free in all regions.
start-site-later = You can name the site now or after the customer has accepted.
start-site-hint = Lower-case letters, digits and hyphens, for example the company’s name.
start-site-check = Check and continue
start-future = Your trial so far
start-future-hint = As if it started today. It follows your answers.
start-future-whole = Everything that will happen
start-future-whole-hint = Every date and every email, from the rules that will carry it out.
start-answers-country = { $country }, data stored in { $region }
start-answers-site = { $site } ({ $zone })
start-answers-later = later, after consent
start-answers-service = { $service }: { $reason }
start-answers-mend = Correct this
start-answers-start = Start the trial
start-answers-ask = Send the request
start-answers-start-hint = The services are provisioned and the customer’s administrators are told. You can cancel at any time.
start-answers-ask-hint = Nothing starts before a full administrator of the customer has accepted.

device-what = Shipping
device-ship = Ship devices from the vendor
device-ship-text = On loan, for { $days } days at most. The device end date is a date of its own, not the trial’s expiry date.
device-skip-registration-only = Nothing to ship, registration licences only
device-skip-partner-supplies = We supply the devices ourselves
device-skip-customer-has = The customer has devices
device-skip-test-only = This is a test, not a real request
device-types = Devices to ship
device-once = Each type ships once in a trial: more of the same type later is not possible.
device-max = at most { $max }
device-poe = no power supply in the box
device-poe-ask = Does the site have Power over Ethernet (PoE)?
device-poe-hint = Phones come without power supplies. Without PoE, the trials team is told together with the request. Questions: { $contact }.
device-to = Ship to
device-registrations = Registration licences
device-registrations-hint = At least as many as devices shipped.
device-count = { $count } × { $device }
address-name = Recipient
address-line1 = Street
address-line2 = Address, second line
address-postal-code = Postcode
address-city = Town or city
address-phone = Phone number for the carrier

started-title = Done
started-active =
    .title = The trial is running
started-asked = { $customer } has been asked. Nothing starts before a full administrator has accepted.
    .title = The request is on its way
started-approval = The trials team decides first about the trial for { $customer }. You will hear by email.
    .title = Sent to the trials team
started-provisioning = The services for { $customer } are being set up. The days count once all are ready.
    .title = The services are being set up
started-ends = { $customer } can begin now. The trial runs to the end of { $date }.
started-until = An answer is possible until { $date }.
started-open = Open the trial
setup-title = Set up now?
setup-now = Now
    .text = Go through profile, site, numbers and users step by step. You can leave at any step and go on later.
setup-now-button = Set up now
setup-later = Later
    .text = You or the customer’s administrator can do it at any time. The customer’s administrators are told by email.
setup-later-button = Go to my customers

trial-heading = Trial for { $customer }
trial-extend = Extend
trial-edit = Edit
trial-remind = Remind
trial-cancel = Cancel the trial
trial-details = Confirm details
trial-resend = Send again
trial-facts = At a glance
trial-notes = Notes
trial-notes-label = For your company only
trial-no-notes = No notes.
trial-emails = Emails
trial-no-emails = Nothing has been sent yet.
trial-held = Removal has been on hold since { $when }. Until the hold is lifted, nothing irreversible happens.
back-to-trial = Back to the trial
correct-title = Is the administrator’s address wrong?
correct-text = It can be corrected until that person has signed in. The welcome goes out again, and the old link stops working.
correct-button = Correct the address

consent-title = Consent
consent-asked = Requested
consent-sent = Sent
consent-times = { $count ->
    [one] once
   *[other] { $count } times
}
consent-until = Open until
consent-given = Given
consent-wording = Wording
consent-wording-of = Version { $version }, { $language }
consent-reason = Reason for declining

email-state-sent = Delivered
email-state-pending = On its way
email-state-given-up = Not deliverable
email-line = { $kind }, to { $to }
email-kind-consent-request = Request for consent
email-kind-consent-resent = Request for consent, again
email-kind-consent-accepted = Request accepted
email-kind-consent-declined = Request declined
email-kind-consent-lapsed = Request lapsed
email-kind-trial-started = Trial started
email-kind-welcome = Welcome
email-kind-provisioning-failed = Provisioning failed
email-kind-expiry-reminder = Reminder before the end
email-kind-expiry-notice = Notice of the end
email-kind-access-ended = Access ended
email-kind-extended = New end date
email-kind-services-changed = Services changed
email-kind-cancelled = Trial cancelled
email-kind-approval-requested = Approval requested
email-kind-approval-decided = Approval decided
email-kind-access-changed = Access changed

extend-title = Extend the trial
extend-lead = An extension counts from today, not from the old end. See both before you decide.
extend-same = The end date stays the same.
extend-gains = { $days ->
    [one] One day gained
   *[other] { $days } days gained
}
extend-loses = { $days ->
    [one] The trial would end one day earlier
   *[other] The trial would end { $days } days earlier
}
extend-button = Extend to { $date }
extend-button-shorten = Shorten to { $date }
extend-shorten = Yes, the trial should end earlier than planned.
extend-table = Dates before and after
extend-what = Milestone
extend-none = none
extend-devices = The device end date stays: extending the trial does not move it.
extend-approval = The trials team decides about extensions.
extend-ask = Request the extension

edit-title = Edit services and licences
edit-lead = Services that are added end with the trial. You see what changes before it does.
edit-check = Check the changes
edit-changes = What changes
edit-nothing = Nothing: the trial is already like this.
edit-added = { $service } is added
edit-removed = { $service } is removed and stops at once
edit-quantity = Licences: { $before } becomes { $after }
edit-end = The end date stays. The customer’s administrators are told.
edit-button = Make these changes
edit-surplus = { $service } is assigned to more people than that. First take it from: { $people }.

cancel-title = Cancel this trial?
cancel-lead = This is what would happen, and when.
cancel-now = At once
cancel-services = { $services } stop for everyone.
cancel-request = The request for { $services } is closed.
cancel-site = The meetings site { $site } is given up. Its name stays reserved until { $date }.
cancel-numbers = Phone numbers are released.
cancel-organization = { $users ->
    [one] Left without services, the organization is closed with its { $users } person. This cannot be undone. A new trial or an order before then prevents it.
   *[other] Left without services, the organization is closed with its { $users } people. This cannot be undone. A new trial or an order before then prevents it.
}
cancel-users-told = Users are told that access has ended.
cancel-reason-hint = Goes with the email to those concerned.
cancel-keep = Keep the trial
cancel-button = Cancel the trial
withdraw-title = Withdraw this request?
withdraw-lead = The customer has not answered yet. This is what would happen.
withdraw-keep = Keep the request
withdraw-button = Withdraw the request

details-title = Confirm the details
details-lead = { $customer } has accepted { $services }. Confirm or complete what the services need; then everything is provisioned.
details-zone = The customer’s time zone
details-button = Confirm and provision

remind-title = Remind the customer
remind-lead = The administrators of { $customer } get the reminder with the end date again: { $date }.
remind-line = A line from you
remind-hint = Quoted in the email, with your company’s name.
remind-today = A reminder was sent today. The next one can leave tomorrow.
remind-button = Send the reminder

requests-title = Requests
requests-none = No requests
    .text = When a partner asks to run a trial with you, you will find it here.
request-title = { $partner } asks for a trial
request-lead = { $partner } would like { $company } to try the services below. Nothing starts without your consent, and it costs nothing.
request-until = Please answer by
request-services = What you would try
request-level = What may the partner do?
request-level-lead = You decide how much { $partner } may do in your organization. You can lower or withdraw it later.
level-provisioning = Provisioning administrator
level-full = Full administrator
level-unticked = If you leave the box empty
level-ticked = If you tick the box
level-can-trial = Set up and manage the trial’s services
level-can-users = Manage your users and licences
level-can-settings = Change your organization’s settings
level-cannot-users = Not manage your users and licences
level-cannot-settings = Not change your organization’s settings
request-full = Make { $partner } a full administrator
request-record = Your name, the time and these words are kept with the trial as evidence.
request-accept = Accept the trial
request-accept-rest = Accept without these services
request-gone = Since the request was made, these services have become unavailable:
request-gone-rest = You can accept the others.
request-decline-open = Decline instead
request-reason-hint = { $partner } reads it.
request-decline = Decline the request
request-home = Go to my home page
request-not-you = Only a full administrator of your company can answer. Please tell one of them.
request-is-open = This request is waiting for an answer.
request-is-lapsed = The time to answer has passed. The partner can ask again.
request-is-declined = This request was declined or closed.
request-is-cancelled = The partner has withdrawn this request, or the trial was cancelled.
request-is-accepted = This request was accepted.
superseded-title = A newer email replaces this link
superseded-lead = The request was sent again. Use the link in the latest email, or open the request from here.
superseded-open = Open the request

overview-title = Overview
overview-none = Nothing on trial
    .text = When your company tries something, you see here how long and what happens next.
overview-left = { $days ->
    [0] last day today
    [one] day left
   *[other] days left
}
overview-grace = { $days ->
    [0] last day of grace
    [one] day of grace left
   *[other] days of grace left
}
overview-partner = Your partner: { $partner }
overview-next = Next: { $what }, { $date }
overview-asked = { $partner } asks for a trial and waits for your answer.
overview-asked-open = Read the request
overview-purchase = Purchase
subscriptions-title = Subscriptions
subscriptions-tried = On trial
subscriptions-none = No trial is running.
subscriptions-grace = The trial has expired. Buy, or have your partner extend it, by the end of { $date }; after that access ends, and licences, site and calling settings are gone for good.
purchase-title = Purchase
purchase-text = Orders are placed by your partner, who also answers questions about prices. Usage and settings of the trial are kept. Please contact:

approvals-title = Approvals
approvals-count = { $count ->
    [0] Nothing is waiting
    [one] { $count } decision is waiting
   *[other] { $count } decisions are waiting
}
approvals-none = All caught up
    .text = Nothing is waiting for you. New requests appear here, and come by email.
approvals-who = { $partner } for { $customer }, { $country }
approvals-since = Waiting since { $date }
approvals-approve = Approve
approvals-refuse = Refuse
approval-country = Trial in { $country }
approval-country-why = The program lists this country for review before a first trial.
approval-service = Trial of { $service }
approval-service-why = The program asks for approval before this service is tried.
approval-extension = Extension by { $days } days
approval-extension-why = The program asks for approval before a trial is extended. The days count from the day of approval.

mailbox-title = Mailbox
mailbox-lead = Every email that left this demo, whoever it went to.
mailbox-to = To (whole address)
mailbox-none = No emails
    .text = Start a trial or move the clock; what is sent appears here.
mail-follow = Follow the link
mail-html = As it is shown
mail-text = As plain text

design-title = The parts
design-lead = Every part in every state, in this language and these colours.
design-colours = Colours
design-type = Type
design-icons = Icons
design-chips = Statuses
design-buttons = Buttons
design-form = Form
design-notices = Notices
design-empty = Kinds of empty
design-facts = Facts
