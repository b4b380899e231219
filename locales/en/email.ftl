# Emails (NOTE-3). One message per kind and reader: subject, heading, lead (what happened), next (the one thing to do),
# note (what else is good to know), button. `when` is a second sentence of the lead. A when, next or note whose values
# are not known is left out.

email-hello = Hello { $name },
email-hello-all = Hello,
email-link-instead = If the button does not work, open this address:
email-facts = At a glance
email-support = Help and contact
email-legal = Legal notice

email-why-customer = You receive this email because you are an administrator of { $customer }.
email-why-consent = You receive this email because { $partner } addressed its request to you, or because you are a full administrator of { $customer }.
email-why-users = You receive this email because you had access to services on trial at { $customer }.
email-why-partner = You receive this email because you look after { $customer } at { $partner }.
email-why-team = You receive this email because you are on the trials team of { $vendor }.
email-why-person = You receive this email because it is about your own account at { $customer }.
email-why-contact = You receive this email because you placed this order for { $partner } or are the contact who sets it up.
email-why-distributor = You receive this email because you place orders for { $partner } at its distributor.

email-words-partner = { $partner } writes:
email-words-reason = Reason given:
email-words-customer = { $customer } writes:

email-row = { $label }: { $value }
email-label-customer = Customer
email-label-company = Company
email-label-partner = Partner
email-label-services = Services
email-label-added = Added
email-label-removed = Removed
email-label-failed = Not set up
email-label-taken = No longer available
email-label-quantity = Licences per service
email-label-duration = Length
email-label-ends = Ends on
email-label-ended = Expired on
email-label-cancelled = Cancelled on
email-label-previous = Previously
email-label-grace = Can be converted until
email-label-keep = Can be kept until
email-label-gone = Access ended on
email-label-open = Organization open until
email-label-deadline = Answer by
email-label-link = Link works until
email-label-access-until = Access until
email-label-actor = By
email-label-access = Access granted
email-label-at = When
email-label-reference = Reference
email-label-order-reference = Order
email-label-ordered = Ordered
email-label-closes = Set up by the end of
email-label-dropped = Licences taken
email-ordered = { $service } ({ $count })
email-dropped = { $service }: { $people }

email-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
email-end-of-day = To the end of that day; for you, until { $instant }
email-start-of-day = From the beginning of that day; for you, from { $instant }
email-there = There: { $instant }

email-access-full = Full administrator: sets up trial services, manages users and licences
email-access-provisioning = Provisioning administrator: sets up trial services only

email-consent-request-consent =
    .subject = { $partner } asks for your consent to a trial of { $services }
    .heading = { $partner } asks for your consent
    .lead = { $partner } would like { $customer } to try { $services } for { $duration } days.
    .next = Please accept or decline by { $deadline }. Nothing starts without a yes; if nobody answers, the request lapses by itself.
    .next-pass-on = Only a full administrator of { $customer } can accept or decline, by { $deadline }. Please tell one about this email: they have the request as well. Nothing starts without a yes; if nobody answers, the request lapses by itself.
    .note = Opening the page decides nothing. You sign in, see what is asked and choose how much access { $partner } is given; only a full administrator can decide. The link is yours alone, so please do not forward it.
    .button = Review the request

email-consent-resent-consent =
    .subject = Again: { $partner } asks for your consent to a trial of { $services }
    .heading = { $partner } still hopes for your answer
    .lead = { $partner } has sent its request again: it would like { $customer } to try { $services } for { $duration } days.
    .next = Please accept or decline by { $deadline }. Nothing starts without a yes; if nobody answers, the request lapses by itself.
    .next-pass-on = Only a full administrator of { $customer } can accept or decline, by { $deadline }. Please tell one about this email: they have the request as well. Nothing starts without a yes; if nobody answers, the request lapses by itself.
    .note = Please use this link: those in earlier emails no longer work. Opening the page decides nothing. You sign in, see what is asked and choose how much access { $partner } is given; only a full administrator can decide.
    .button = Review the request

email-consent-accepted-partner =
    .subject = { $customer } has accepted the trial of { $services }
    .heading = Your request was accepted
    .lead = { $customer } has agreed to the trial of { $services }.
    .next = Please confirm the provisioning details now, so that the trial can begin. Its days count only from the day on which the last service is ready.
    .button = Confirm the details

email-consent-declined-partner =
    .subject = { $customer } has declined the trial of { $services }
    .heading = Your request was declined
    .lead = { $customer } has declined the trial of { $services }. The request is closed, and the customer is no longer in your list.
    .next = You can still read the closed request.
    .button = View the request

email-consent-taken-partner =
    .subject = Request closed: { $services } for { $customer }
    .heading = Your request was closed
    .lead = The trial of { $services } that you requested for { $customer } is no longer possible: in the meantime these services have been taken. The request is closed, and the customer is no longer in your list.
    .next = You can still read the closed request, and ask for other services.
    .button = View the request

email-consent-closed-partner =
    .subject = Request closed: { $services } for { $customer }
    .heading = Your request was closed
    .lead = The trial of { $services } that you requested for { $customer } is no longer possible: the organization has been closed. The customer is no longer in your list.
    .next = You can still read the closed request.
    .button = View the request

email-consent-lapsed-partner =
    .subject = No answer from { $customer }: your trial request has lapsed
    .heading = Your request has lapsed
    .lead = No full administrator of { $customer } answered your request for a trial of { $services } in time. It is closed, and the customer is no longer in your list.
    .next = You can still read the closed request. If the customer is interested after all, send a new one.
    .button = View the request

email-trial-started-customer =
    .subject = Your trial of { $services } has started
    .heading = Your trial has started
    .lead = { $partner } has started a trial of { $services } for { $customer }.
    .when = It runs until the end of { $ends }.
    .next = Take a look at what is included and at who can use it.
    .note = We will remind you before the trial ends. A full administrator of your organization can cancel it at any time.
    .button = Open the trial

email-trial-started-partner =
    .subject = { $customer }: the trial of { $services } has started
    .heading = The trial has started
    .lead = The trial of { $services } for { $customer } has started.
    .when = It runs until the end of { $ends }.
    .next = Help your customer make a good start: look at what is still to be set up.
    .button = Open the trial

email-welcome-customer =
    .subject = Welcome: your trial of { $services } is ready
    .heading = Welcome to your trial
    .lead = { $partner } has set up a trial of { $services } for { $customer }, and you are its administrator.
    .when = It runs until the end of { $ends }.
    .next = Sign in for the first time below. You choose how you want to sign in from then on, and see what comes next.
    .note = The link works once, until { $deadline }. It is yours alone, so please do not forward it.
    .button = Sign in

email-provisioning-failed-partner =
    .subject = { $customer }: { $failed } could not be set up
    .heading = Something could not be set up
    .lead = { $failed } could not be set up for { $customer }. Whatever else the trial includes is not affected.
    .next = Open the trial to see the cause and what can be done about it.
    .button = Open the trial

email-provisioning-failed-team =
    .subject = Provisioning failed: { $failed } for { $customer }
    .heading = Provisioning has failed
    .lead = { $failed } could not be set up for { $customer }, a customer of { $partner }.
    .next = Please look into the cause and try again.
    .button = Open the trial

email-expiry-reminder-customer =
    .subject = { $days ->
        [0] Your trial of { $services } ends today
        [1] Your trial of { $services } ends tomorrow
       *[other] Your trial of { $services } ends in { $days } days
    }
    .heading = { $days ->
        [0] Your trial ends today
        [1] Your trial ends tomorrow
       *[other] Your trial ends in { $days } days
    }
    .lead = The trial of { $services } that { $partner } arranged for { $customer } runs until the end of { $ends }.
    .next = To keep your services without a break, choose ‘Purchase’ on the subscription page. { $partner } will then get in touch with you.
    .note = If you do nothing, the trial expires on that day. You can then still keep your services until the end of { $grace }; after that they are gone for good.
    .button = Purchase

email-expiry-reminder-partner =
    .subject = { $days ->
        [0] { $customer }: trial of { $services } ends today
        [1] { $customer }: trial of { $services } ends tomorrow
       *[other] { $customer }: trial of { $services } ends in { $days } days
    }
    .heading = { $days ->
        [0] A trial ends today
        [1] A trial ends tomorrow
       *[other] A trial ends in { $days } days
    }
    .lead = The trial of { $services } for { $customer } runs until the end of { $ends }.
    .next = Talk to your customer now, so that nothing is interrupted. You can convert the trial into an order, or extend it.
    .note = Once expired, it can still be converted until the end of { $grace }.
    .button = Open the trial

email-expiry-notice-customer =
    .subject = Your trial of { $services } ends today
    .heading = Your trial ends today
    .lead = The trial of { $services } that { $partner } arranged for { $customer } ends today: it runs until the end of { $ends }.
    .next = To keep your services, choose ‘Purchase’ on the subscription page. { $partner } will then get in touch with you.
    .note = You can still do so until the end of { $grace }. After that the trial is gone for good and cannot be brought back.
    .button = Purchase

email-expiry-notice-late-customer =
    .subject = Your trial of { $services } expired on { $ends }
    .heading = Your trial has expired
    .lead = The trial of { $services } that { $partner } arranged for { $customer } expired on { $ends }.
    .next = You can still keep your services: choose ‘Purchase’ on the subscription page. { $partner } will then get in touch with you.
    .note = This is possible until the end of { $grace }. After that the trial is gone for good and cannot be brought back.
    .button = Purchase

email-expiry-notice-partner =
    .subject = { $customer }: trial of { $services } ends today
    .heading = A trial ends today
    .lead = The trial of { $services } for { $customer } ends today: it runs until the end of { $ends }.
    .next = Talk to your customer: you can convert the trial into an order, or extend it.
    .note = It can still be converted until the end of { $grace }; after that nothing can be brought back.
    .button = Open the trial

email-expiry-notice-late-partner =
    .subject = { $customer }: trial of { $services } expired on { $ends }
    .heading = A trial has expired
    .lead = The trial of { $services } for { $customer } expired on { $ends }.
    .next = Talk to your customer: the trial can still be converted into an order.
    .note = This is possible until the end of { $grace }; after that nothing can be brought back.
    .button = Open the trial

email-access-ended-users =
    .subject = You no longer have access to { $services }
    .heading = Your access to the trial has ended
    .lead = The trial of { $services } at { $customer } has ended, and with it your access to these services. What was in them is gone; nobody can bring it back.
    .next = Your account and the other services of { $customer } go on as before.
    .button = See my services

email-access-ended-closed-users =
    .subject = Your access through { $customer } has ended
    .heading = You now have a free account
    .lead = The trial of { $services } at { $customer } has ended, and its organization has been closed. Everything that belonged to it is gone: licences, administrator roles, and any site name or calling settings. Nobody can bring them back, or move you back to the organization.
    .next = Your account stays yours: it has moved to the free plan. You sign in there as before.
    .next-alone = Your account stays yours: it has moved to the free plan. There is nothing you need to do.
    .button = Sign in to the free plan

email-extended-customer =
    .subject = Your trial of { $services } now ends on { $ends }
    .heading = Your trial has a new end date
    .lead = { $partner } has changed the end date of the trial of { $services } for { $customer }: it now runs until the end of { $ends }.
    .next = There is nothing you need to do. The reminders follow the new date.
    .button = View the trial

email-extended-partner =
    .subject = { $customer }: trial of { $services } now ends on { $ends }
    .heading = The trial has a new end date
    .lead = The trial of { $services } for { $customer } now runs until the end of { $ends }.
    .next = All reminders follow the new date; the device end date does not change.
    .button = Open the trial

email-services-changed-customer =
    .subject = Your trial has changed: { $services }
    .heading = Your trial has changed
    .lead = { $partner } has changed the trial for { $customer }. It now includes { $services }.
    .when = It runs until the end of { $ends }.
    .next = Take a look at what is included now. Services that were added end with the trial; those removed have stopped.
    .button = View the trial

email-services-changed-partner =
    .subject = { $customer }: the trial now includes { $services }
    .heading = The trial has changed
    .lead = The trial for { $customer } now includes { $services }.
    .when = It runs until the end of { $ends }.
    .next = Check that everything your customer needs is set up.
    .button = Open the trial

email-cancelled-customer =
    .subject = Your trial of { $services } has been cancelled
    .heading = Your trial has been cancelled
    .lead = The trial of { $services } that { $partner } arranged for { $customer } has been cancelled. Its services have stopped.
    .next = Please check what this means for your users, numbers and devices.
    .note = Your organization stays open until the end of { $grace }, ready for a new trial or an order.
    .button = See what happens next

email-cancelled-partner =
    .subject = { $customer }: the trial of { $services } has been cancelled
    .heading = A trial has been cancelled
    .lead = The trial of { $services } for { $customer } has been cancelled. Its services have stopped.
    .next = Please check whether devices are still to be returned.
    .note = The customer’s organization stays open until the end of { $grace }, ready for a new trial or an order.
    .button = Open the trial

email-cancelled-consent =
    .subject = { $partner } has withdrawn its request for a trial of { $services }
    .heading = The request has been withdrawn
    .lead = { $partner } no longer asks { $customer } for a trial of { $services }. Nothing was started.
    .next = There is nothing you need to do; the links sent to you no longer work.
    .button = View the request

email-approval-requested-team =
    .subject = Approval needed: { $services } for { $customer }
    .heading = A request awaits your decision
    .lead = { $partner } asks for your approval of the trial of { $services } for { $customer }.
    .next = Please approve or refuse it. Until then the request waits.
    .button = Review the request

email-approval-requested-partner =
    .subject = { $customer }: waiting for approval of { $services }
    .heading = Your request awaits approval
    .lead = The trial of { $services } for { $customer } needs the approval of { $vendor }. The trials team has been told.
    .next = There is nothing you need to do. You will hear from us as soon as it is decided.
    .button = Open the trial

email-approval-approved-partner =
    .subject = Approved: { $services } for { $customer }
    .heading = Your request was approved
    .lead = The trials team of { $vendor } has approved your request about the trial of { $services } for { $customer }.
    .next = Open the trial to see what comes next.
    .button = Open the trial

email-approval-refused-partner =
    .subject = Not approved: { $services } for { $customer }
    .heading = Your request was not approved
    .lead = The trials team of { $vendor } has refused your request about the trial of { $services } for { $customer }.
    .next = Open the trial to see what is possible instead.
    .button = Open the trial

email-access-changed-full-partner =
    .subject = { $customer } now gives you full access
    .heading = You now have full access
    .lead = { $customer } has made { $partner } a full administrator. You can set up services, and manage users and licences.
    .next = Open the customer to go on.
    .button = Open the customer

email-access-changed-provisioning-partner =
    .subject = { $customer } has changed your access
    .heading = You now have provisioning access
    .lead = { $customer } has made { $partner } a provisioning administrator. You can set up trial services, but no longer manage users, licences or settings.
    .next = Open the customer to see what you can do.
    .button = Open the customer

email-access-changed-withdrawn-partner =
    .subject = { $customer } has withdrawn your access
    .heading = Your access was withdrawn
    .lead = { $customer } has withdrawn the access of { $partner }. You can no longer act for this customer.
    .next = Your list shows whether running trials go on or were cancelled.
    .button = See my customers

email-access-changed-full-customer =
    .subject = { $partner } now has full access to { $customer }
    .heading = Access has changed
    .lead = { $partner } is now a full administrator of { $customer }: it can set up services, and manage users and licences.
    .next = If this is not what you want, you can change it at any time.
    .button = Review partner access

email-access-changed-provisioning-customer =
    .subject = { $partner } now has provisioning access to { $customer }
    .heading = Access has changed
    .lead = { $partner } is now a provisioning administrator of { $customer }: it can set up trial services, but not manage users, licences or settings.
    .next = If this is not what you want, you can change it at any time.
    .button = Review partner access

email-access-changed-withdrawn-customer =
    .subject = { $partner } no longer has access to { $customer }
    .heading = Access has been withdrawn
    .lead = { $partner } can no longer act for { $customer }.
    .next = If this is not what you want, you can change it at any time.
    .button = Review partner access

email-invitation-person =
    .subject = { $customer } invites you
    .heading = You are invited
    .lead = { $customer } has opened an account for you in the trials of { $vendor }.
    .when = The invitation comes from { $actor }.
    .next = Open it below and choose how you want to sign in from then on.
    .note = The link works once, until { $deadline }. It is yours alone, so please do not forward it.
    .button = Open my account

email-password-reset-person =
    .subject = Choose a new password
    .heading = Choose a new password
    .lead = Somebody has asked for a new password for your account at { $customer }.
    .next = If it was you, choose one below. You are then signed out everywhere else.
    .note = The link works once, until { $deadline }. If it was not you, there is nothing you need to do: everything stays as it is.
    .button = Choose a new password

email-access-requested-customer =
    .subject = { $partner } asks for access to { $customer }
    .heading = May the help desk come in?
    .lead = { $actor } of the help desk of { $partner } asks to act in your control hub for one day.
    .next = Say yes only if you know why. What is done there is kept in your record of changes, and access ends by itself.
    .button = Answer the request

email-move-requested-customer =
    .subject = Should { $partner } look after { $customer }?
    .heading = Another partner for your company
    .lead = { $partner } would look after { $customer } from then on. Your trials go on unchanged, and your current partner no longer has access.
    .next = Nothing changes until you agree and { $partner } does, too.
    .button = Answer the request

email-move-requested-partner =
    .subject = { $customer } would like to move to you
    .heading = A customer would like to move to you
    .lead = { $customer } has agreed that { $partner } looks after it from now on, with the trials that are running.
    .next = Nothing changes until you agree.
    .button = Answer the request

email-access-granted-partner =
    .subject = { $customer } gives you access for one day
    .heading = You may come in
    .lead = { $customer } lets you act in its control hub for one day. What you do there is kept in its record of changes.
    .next = Open the customer to go in.
    .button = Open the customer

email-access-not-granted-partner =
    .subject = { $customer } gives no access
    .heading = No access this time
    .lead = { $customer } has declined your request for access. You still see the customer as before.
    .next = If you need it after all, talk to the customer and ask again.
    .button = Open the customer

email-order-set-up-contact =
    .subject = Set up your service: { $services } for { $customer }
    .heading = Set up your service
    .lead = { $partner } has ordered { $services } for { $customer }, and you are the one who sets it up.
    .next = Please do so by the end of { $closes }. You say who you are, give the email address of the trial’s customer administrator, and see what is kept before you confirm.
    .note = Opening the page changes nothing; you sign in first. Until you confirm, the trial and all that is in it stay as they are.
    .button = Set up your service

email-order-set-up-outside-contact =
    .subject = Set up your service: { $services }
    .heading = Set up your service
    .lead = { $partner } has placed an order for { $services }, and you are the one who sets it up.
    .next = Please do so by the end of { $closes }. Have the email address of the trial’s customer administrator at hand: it decides which organization gets the services.
    .note = Opening the page changes nothing; you sign in first, and see what is kept before you confirm.
    .button = Set up your service

email-order-reminder-contact =
    .subject = Not set up yet: { $services } for { $customer }
    .heading = Please set up your service
    .lead = The order of { $services } that { $partner } placed for { $customer } is still waiting for you.
    .next = Please set it up by the end of { $closes }. After that the order closes and nothing is bought.
    .note = Opening the page changes nothing; you sign in first, and see what is kept before you confirm.
    .button = Set up your service

email-order-reminder-outside-contact =
    .subject = Not set up yet: your order of { $services }
    .heading = Please set up your service
    .lead = The order of { $services } that { $partner } placed is still waiting for you.
    .next = Please set it up by the end of { $closes }. After that the order closes and nothing is bought.
    .note = Opening the page changes nothing; you sign in first, and see what is kept before you confirm.
    .button = Set up your service

email-order-closed-contact =
    .subject = Closed: the order of { $services } for { $customer }
    .heading = The order was closed
    .lead = Nobody set up the order of { $services } for { $customer } in time. It is closed, and nothing was bought.
    .next = If the services are still wanted, a new order can be placed while the trial can be converted.
    .button = View the order

email-order-withdrawn-contact =
    .subject = Withdrawn: the order of { $services } for { $customer }
    .heading = The order was withdrawn
    .lead = The order of { $services } for { $customer } was withdrawn before it was set up. Nothing was bought.
    .next = There is nothing you need to do; the link sent to you no longer works.
    .button = View the order

email-order-closed-outside-contact =
    .subject = Closed: your order of { $services }
    .heading = The order was closed
    .lead = Nobody set up the order of { $services } from { $partner } in time. It is closed, and nothing was bought.
    .next = If the services are still wanted, please place a new order.
    .button = View the order

email-order-withdrawn-outside-contact =
    .subject = Withdrawn: the order of { $services }
    .heading = The order was withdrawn
    .lead = The order of { $services } from { $partner } was withdrawn before it was set up. Nothing was bought.
    .next = There is nothing you need to do; the link sent to you no longer works.
    .button = View the order

email-converted-customer =
    .subject = { $services } now belong to { $customer }
    .heading = Your services are bought
    .lead = The trial of { $customer } has become a subscription to { $services }. Users, settings and usage are kept.
    .next = Take a look at what you have bought, and at how many licences are in use.
    .note = { $partner } remains the one to ask. Devices on loan still go back on their own date.
    .button = See your subscriptions

email-converted-partner =
    .subject = { $customer } has bought { $services }
    .heading = The trial is converted
    .lead = { $customer } now has a subscription to { $services }. Usage of the trial is kept.
    .next = Open the trial to see what was kept, and what ended with it.
    .note = Devices on loan still go back on their own date.
    .button = Open the trial

email-conversion-handed-over-partner =
    .subject = { $partner } hands you a conversion: { $services } for { $customer }
    .heading = A conversion is handed over to you
    .lead = The trial of { $services } for { $customer } is to become an order. As a tier 2 partner, { $partner } orders through you, and has handed the conversion to you.
    .when = The trial runs until the end of { $ends }.
    .next = Please place the order: you choose services and quantities, and who sets them up.
    .note = This is possible until the end of { $grace }. The customer stays with { $partner }; you see what the order needs, until it is done.
    .button = Place the order

email-purchase-wanted-partner =
    .subject = { $customer } would like to buy { $services }
    .heading = Your customer would like to buy
    .lead = { $actor } of { $customer } has chosen ‘Purchase’ for { $services }.
    .when = The trial runs until the end of { $ends }.
    .next = Please get in touch, and convert the trial into a paid order.
    .note = It can be converted until the end of { $grace }. Nothing has been ordered yet.
    .button = Convert to a paid order
