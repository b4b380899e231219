### Usage as a picture (USE-1), the daily digest and bounced addresses (NOTE-4).

problem-unknown-customer = There is no such customer, or it neither tries nor has bought this service.
    .title = Not a customer of this service
problem-invalid-metric = Name what was counted in lower-case letters, digits and _, beginning with a letter, at most 40 characters: active_users.
    .title = Not a metric’s name
problem-invalid-day = Write the day as YYYY-MM-DD.
    .title = Not a day
problem-duplicate-figure = This figure is in the report twice: keep one.
    .title = Reported twice

scope-usage = Usage
    .text = For a service that reports what customers use: nothing else.

event-usage-reported = Usage reported

## Usage as a picture

nav-usage = Usage
usage-title = Usage
usage-hint = The last 30 days. A day without a report is a gap, not a zero.
usage-none = No figures yet. They appear here as soon as a service reports its first day.
usage-more = More is counted than fits on this page. All of it can be read through the API.
usage-of = { $service }: { $metric }
usage-metric-active-users = active users
usage-metric-messages = messages
usage-metric-meetings = meetings
usage-metric-meeting-minutes = meeting minutes
usage-metric-participants = participants
usage-metric-calls = calls
usage-metric-call-minutes = call minutes
usage-metric-devices = devices
chart-about = { $value } on { $date }, the latest day reported. At most { $highest } in a day.
chart-numbers = The numbers
chart-day = Day
chart-value = Figure

## The daily digest

email-kind-digest = Daily digest
email-digest-partner =
    .subject = { $count ->
        [one] A trial of your customers ends soon
       *[other] { $count } trials of your customers end soon
    }
    .heading = Your trials today
    .lead = { $count ->
        [one] This trial ends soon, or has just ended.
       *[other] These trials end soon, or have just ended.
    }
    .next = Talk to your customers now, so that nothing is interrupted. You can convert a trial into an order, or extend it.
    .button = Open your customers
email-why-digest = You receive this email once a day instead of single reminders. You can change that in your account.
email-digest-ends = { $days ->
    [0] ends today, { $ends }
    [1] ends tomorrow, { $ends }
   *[other] ends in { $days } days, on { $ends }
}
email-digest-ended = ended on { $ends }

account-digest = One email a day
account-digest-hint = Instead of a reminder for each trial that ends: all of them in one email at 9 in the morning.

## Bounced addresses

bounced = Emails to this address come back
bounced-person = Emails to this address come back. If it is mistyped, remove this person and invite them again at the right address. This notice goes away as soon as an email arrives.
bounced-ours = The customer’s administrator gets no email: since { $date } everything sent to { $email } has come back. Please correct the address.
bounced-theirs = Emails to an administrator of this customer have come back since { $date }. Please ask the customer to check the address.
