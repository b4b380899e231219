# First-time set-up, locations and phone numbers.

problem-number-taken = { $value } is in use already: check the digits, or ask your provider for another number.
    .title = Number in use
    .plain = One of these numbers is in use already: check the digits, or ask your provider for another number.

problem-number-limit = At most { $max } new numbers can be ordered in a trial: order fewer, or enter numbers you already have.
    .title = Too many numbers
    .plain = That is more than can be ordered in a trial: order fewer, or enter numbers you already have.

problem-numbers-required = In this country the phone numbers come first. Still missing: { $missing }. Get them from an approved provider and enter them here.
    .title = Numbers come first
    .plain = In this country the phone numbers come first: get them from an approved provider and enter them here.

problem-provider-required = No provider of numbers is connected: connect one first.
    .title = No provider yet

problem-provider-elsewhere = Your provider has no numbers in the country of this location: connect another one, or enter numbers you already have.
    .title = Not in that country

problem-location-in-use = This location still has phone numbers: take them away first.
    .title = Location in use

problem-invalid-number = Write the number in international form, with digits only: +886223456789.
    .title = Not a phone number

problem-number-of-another-country = This is not a valid number of the location’s country: check the digits and the country.
    .title = Number of another country

problem-duplicate-number = You have entered this number already: each number once.
    .title = Entered twice

event-setup-changed = Set-up saved
event-setup-finished = Set-up finished
event-location-added = Location added
event-location-changed = Location changed
event-location-removed = Location removed
event-numbers-added = Phone numbers entered
event-number-removed = Phone number taken away
event-numbers-ordered = Phone numbers ordered

nav-setup = Set-up
setup-list-title = Set-up
setup-list-left = { $count ->
    [one] One step is left. Leave whenever you like: what you have entered is kept.
   *[other] { $count } steps are left. Leave whenever you like: what you have entered is kept.
}
setup-list-done = Everything is done but the last step: look over the summary and finish.
setup-list-finished = Set-up is finished. You can still change every step.
setup-list-hint = Partner and customer see the same list: whoever comes next goes on where the other stopped.
setup-read-only = You can read everything here. A full administrator changes it.
setup-needs-full = This takes full access: the customer’s full administrator does it, or gives your company full access.
setup-state-open = To do
setup-state-done = Done
setup-state-later = Later
setup-state-not-needed = Not needed
setup-step-profile = Company profile
setup-step-site = Meetings site
setup-step-calling = Locations and numbers
setup-step-users = Users and licences
setup-step-summary = Summary
setup-about-profile = Name, language, time zone, how to reach you
setup-about-site = The address at which you meet
setup-about-calling = Where you call from, and by which numbers
setup-about-users = Who takes part, and with which services
setup-about-summary = What is done, and what comes next
setup-guide-profile = Check what is known about the company. Emails go out in its language; days are counted in its time zone.
setup-guide-site = This is the address at which everyone will meet. It was chosen at the start of the trial.
setup-guide-calling-open = Add each place from which you call. Phone numbers can be added now or at any later time.
setup-guide-calling-first = Add each place from which you call, and its phone numbers. In this country set-up ends once the numbers are there: one for each person who calls, and two for each location. You get them from an approved provider.
setup-guide-users = Add the people who take part and give them licences. You can begin with a few and add more later.
setup-guide-summary = This is where things stand. Finish when you like; every step stays open for changes.
setup-save = Save and continue
setup-put-off = Later
setup-finish = Finish set-up
setup-back = Back to the list
setup-not-given = Not given
setup-website = Website
setup-website-hint = For example https://example.com
setup-phone = Phone number
setup-phone-hint = In international form, with digits only: +442079460958
setup-zone-hint = Trials that already run keep theirs.
setup-site-ready = The site is ready.
setup-site-waits = The site is being prepared. There is nothing for you to do.
setup-calling-waits = Calling is being prepared. Numbers can be entered as soon as it runs.
setup-locations = Locations
setup-no-locations = No location yet.
setup-location = Location
setup-location-name = What you call this place
setup-address-line = Address, line { $number }
setup-location-add = Add a location
setup-location-change = Change the location
setup-location-numbers = { $count ->
    [0] No numbers
    [one] One number
   *[other] { $count } numbers
}
setup-country-hint = Its phone numbers are of this country.
setup-remove = Remove
setup-numbers = Phone numbers
setup-no-numbers = No phone number yet.
setup-numbers-hint = One a line, in international form: +442079460958
setup-numbers-more = More numbers
setup-numbers-missing = { $count ->
    [one] One number is still missing.
   *[other] { $count } numbers are still missing.
}
setup-numbers-enough = All the numbers needed are there.
setup-number-fault = { $number } — { $fault }
setup-number-ordered = ordered
setup-number-rests = Taken away; given to nobody else before { $date }
setup-take-away = Take away
setup-enter-title = Enter numbers
setup-enter = Add these numbers
setup-order-title = Order numbers
setup-provider = Provider
setup-provider-hint = Approved providers that serve your country or those of your locations
setup-provider-none = None
setup-connect = Connect
setup-order-left = { $count ->
    [0] All the numbers that a trial allows have been ordered from { $provider }.
    [one] One more number can be ordered from { $provider } in this trial.
   *[other] { $count } more numbers can be ordered from { $provider } in this trial.
}
setup-count = How many
setup-order = Order
setup-users-count = { $people ->
    [one] One person
   *[other] { $people } people
}, { $licensed ->
    [0] none with a licence
   *[other] { $licensed } with licences
}
setup-licences = { $assigned } of { $quantity } licences assigned
setup-users-open = Users and licences
setup-next-title = What comes next
setup-next-profile = Complete the company profile
setup-next-site = See whether the site is ready
setup-next-calling = Add locations
setup-next-users = Add users and assign licences
setup-next-numbers = Add phone numbers
setup-next-first-meeting = Hold a first meeting at your site
setup-next-first-call = Make a first call from one of your numbers
setup-next-tell-users = Tell your users that they can begin
setup-left = { $count ->
    [one] One step of your set-up is left.
   *[other] { $count } steps of your set-up are left.
}
setup-go-on = Go on with set-up
setup-open = Set-up
setup-open-hint = Profile, site, locations and numbers, users
