# The start of a trial, its details and its changes.

start-again = This trial has started
    .text = It was started with these very answers, and starts only once.
start-again-asked = This request has been sent
    .text = It was sent with these very answers, and is sent only once.
start-again-new = Start another trial
start-told-mend = Correct the address
start-own-organization = This address belongs to your own organization. A trial cannot be started for it: correct the address, or place an order for your organization.
start-answers-own-hint = The services are provisioned and the customer’s administrators are told. You can cancel at any time.
setup-later-own = You or the customer’s administrators can do it at any time. They are told that the trial has started.
why-not-required = Needs { $services }, which cannot be tried here.
service-numbers-open = No number is needed to begin: numbers can be added at any time.
service-numbers-first = Here set-up needs the numbers: one for each calling user and two for each location, from an approved provider.
wait-full-administrator = { $days ->
    [one] waits for a full administrator · { $days } day
   *[other] waits for a full administrator · { $days } days
}
audience-customer-administrators-some = the customer’s administrators
audience-customer-users-some = the customer’s users
audience-consent-recipients-some = those at the customer who are asked

details-zone-own = The trial’s days are counted in the customer’s own time zone ({ $zone }), which stays.

edit-leaving = What goes with it
edit-leaving-named = { $service }: { $people } will lose the licence
edit-leaving-counted = { $count ->
    [one] { $service }: one person will lose the licence
   *[other] { $service }: { $count } people will lose the licence
}
edit-leaving-numbers = { $count ->
    [one] One phone number is given up and kept for the customer until { $date }
   *[other] { $count } phone numbers are given up and kept for the customer until { $date }
}
edit-leaving-lent = { $count ->
    [one] One lent device stays until it is due back on { $date }
   *[other] { $count } lent devices stay until they are due back on { $date }
}
edit-leaving-nothing = Nobody has a licence of it, and nothing else goes with it
edit-nothing-left = A trial keeps one service at least. To stop all of them, cancel the trial.

email-label-numbers-until = Phone numbers kept until
email-label-site-until = Site name reserved until

setup-list-finished-open = { $count ->
    [one] Set-up is finished. One step is still open: fill it in whenever you like.
   *[other] Set-up is finished. { $count } steps are still open: fill them in whenever you like.
}
