# Orders as people meet them: from the trial, by the distributor, at the order desk, by the contact, and the wish to buy.
nav-orders = Orders
trial-convert = Convert to a paid order
customer-order = Order { $reference }
order-placed-of = { $name }, { $company }
conversion-line = { $service }: { $licences }
trial-order-open = Open
trial-order = An order was placed on { $date }. It waits to be set up until the end of { $closes }, and nothing of the trial is removed before.
trial-wanted = The customer has said on { $date } that it would like to buy.
trial-handed = This trial was handed to your distributor on { $date }.

status-order-open = Awaiting set-up
status-order-mapping = Being set up
status-order-mapped = Set up
status-order-closed = Closed
status-order-withdrawn = Withdrawn
status-order-asked = To be ordered
wait-contact = { $days ->
    [0] contact · last day
    [one] contact · { $days } day
   *[other] contact · { $days } days
}
means-order-open = The provisioning contact has the email ‘Set up your service’ and has not answered it yet. If nobody does by the end of { $date }, the order closes and the trial takes its course.
means-order-open-outside = The provisioning contact has the email ‘Set up your service’ and has not answered it yet. If nobody does by the end of { $date }, the order closes and nothing is bought.
means-order-mapping = The services are being set up. This takes a moment.
means-order-mapped = The order is set up: its services belong to the customer.
means-order-closed = Nobody set the order up in time, so it was closed. A new one can be placed while the trial can still be converted.
means-order-withdrawn = The order was withdrawn before it was set up. A new one can be placed while the trial can still be converted.

order-services = Services to buy
order-services-hint = The number of licences of each service. A service without a number is not ordered.
order-service-tried = On trial: { $licences }
order-service-assigned = { $assigned ->
    [0] On trial: { $licences }, none assigned
    [one] On trial: { $licences }, { $assigned } assigned
   *[other] On trial: { $licences }, { $assigned } assigned
}
order-service-not-tried = Not on trial
order-service-owned = Bought already: { $licences }. What you order is added.
order-devices = Devices to buy
order-devices-hint = Optional. The devices of the trial are on loan and go back in any case; order new ones here.
order-devices-none = Optional. No device of this trial has to go back.
order-devices-any = Optional. Whatever is lent for a trial goes back; order new devices here.
order-contact = Provisioning contact
order-contact-hint = This person gets the email ‘Set up your service’ and says where the services belong.
order-contact-me = I am, as the partner
order-contact-me-about = Recommended: { $email }. You know the trial, so nothing is missed.
order-contact-handed = The partner that handed it to you
order-contact-handed-about = Recommended: { $partner } knows the customer and sets the order up.
order-contact-distributor = I am
order-contact-distributor-about = { $email }. You see no names of the customer’s people; where somebody would lose a licence you cannot set it up.
order-contact-colleague = Someone with a sales role at the partner
order-contact-colleague-about = Enter the address below.
order-contact-customer = A full administrator of the customer
order-contact-customer-about = Enter the address below. The administrator of the trial is the surest choice.
order-contact-customer-known = Enter the address below. { $email } administers the trial and is the surest choice.
order-contact-email = Email address of the contact
order-contact-email-hint = Only if it is somebody other than you.
order-contact-email-needed = It has to belong to somebody who can sign in here.
order-contact-customer-unknown = This address is none of the customer’s full administrators. Check it, or choose somebody else.
order-contact-colleague-unknown = Nobody with this address has a sales role at the partner. Check it, or choose somebody else.
order-fault = { $what }: { $fault }
order-contact-as = This person is
order-as-partner = a partner’s administrator
order-as-customer = a full administrator of the customer

convert-title = Convert to a paid order
convert-lead = Check what { $customer } is to buy. Nothing is ordered before you have seen what changes.
convert-lead-grace = The trial of { $customer } has expired. It can be converted until the end of { $date }; an order placed by then keeps everything until it is set up.
convert-check = Check
convert-answers = Is this the order?
convert-answers-lead = For { $customer }. Nothing is ordered before the last button.
convert-checked = What changes
convert-warning = Somebody would lose a licence that is in use. Whoever sets the order up has to agree to that, one by one.
conversion-warning = Somebody would lose a licence that is in use. That is for { $partner } or the customer to decide: let one of them set the order up, or order more.
convert-place = Place the order
convert-dates = The devices on loan go back: their end date is { $devices }, and buying does not move it. The trial itself ends on { $ends }.
convert-dates-over = The devices on loan go back: their end date is { $devices }, and buying does not move it. The trial itself ended on { $ends }.
convert-dates-unknown = The devices on loan go back on their own date, and buying does not move it. The trial itself ends on { $ends }.
convert-dates-unknown-over = The devices on loan go back on their own date, and buying does not move it. The trial itself ended on { $ends }.
convert-next = What happens next
convert-next-email = { $contact } gets the email ‘Set up your service’ and enters the email address of the trial’s administrator.
convert-next-confirm = The services are bought once that is confirmed. Until then nothing is removed.
convert-next-until = This has to happen by the end of { $date }. We remind the contact before; after that the order closes.

hand-title = Your distributor places this order
hand-lead = As a tier 2 partner you buy from { $distributor }. Hand the conversion over, and it gets this as a task.
hand-sees = { $distributor } sees the trial, its quantities, the customer’s name and the administrator’s email address; nothing else.
hand-button = Hand to { $distributor }
hand-done-title = With your distributor
hand-done = { $distributor } has had this as a task since { $date }. You are told when the services are bought.
hand-until = The trial can be converted until the end of { $date }.
hand-nobody = Your company has no certified distributor at the moment, so nobody can place this order. Please contact the vendor.
hand-distributor = Distributor
hand-contact = Contact
hand-what = To be converted

conversion-title = Order for { $customer }
conversion-lead = { $partner } has handed this conversion to you. Place the order, and the trial becomes a subscription.
conversion-about = The trial
conversion-sees = You see what the order needs, until it is done.
conversion-services = Services on trial
conversion-administrator = Administrator
conversion-until = Can be converted until

orders-title = Orders
orders-lead = Orders of your customers, and who still has to set them up.
orders-lead-vendor = Orders of all partners. An order that nobody sets up in time closes.
orders-views = Views
orders-view-open = Awaiting set-up
orders-view-nearing = Closing soon
orders-view-mapped = Set up
orders-view-closed = Closed
orders-none = No orders here
    .text = An order is placed from a trial: open the customer, then its trial, and choose ‘Convert to a paid order’.
orders-none-vendor = Nothing here
    .text = No order is in this state. New ones appear here by themselves.
orders-no-match = Nothing is closing soon
    .text = No open order closes within 10 days.
orders-all-open = Show all open orders
orders-asked = Handed to you
orders-asked-text = Conversions that partners of yours have handed to you.
order-whose = Customer
order-outside = Order from outside
order-placed = Placed
order-heading = Order for { $customer }
order-ordered = What was ordered
order-ordered-now = Will be ordered
order-about = About this order
order-placed-by = Placed by
order-closes = Closes at the end of
order-closed = Closed
order-mapped = Set up
order-trial-open = Open the trial
order-customer-open = Open the customer
order-set-up = Set up your service
order-contact-of = { $name } ({ $role })
order-contact-nobody = The contact is no longer here. Name someone else.
order-resend = Send the email again
order-redirect-open = Send it to someone else
order-redirect-hint = The link in the earlier email stops working.
order-redirect = Make this person the contact
order-close = Withdraw this order
order-close-title = Withdraw this order?
order-close-now = Nothing is bought. The link in the email stops working.
order-close-trial = The trial goes on by its own dates again.
order-close-grace = The trial’s grace is over. It ends for good with this order: access, licences, site and settings are gone.
order-close-reason = The contact can read it.
order-keep = Keep the order

place-open = Place an order for a partner
place-title = Place an order for a partner
place-lead = For orders that reach you by other ways. The partner’s contact sets it up as usual.
place-partner = For which partner
place-partner-hint = The partner whose customer it is.
place-email-hint = If you know whose trial it is: then nothing of it is removed before the order is set up.

set-up-over = Order { $reference } · { $partner }
set-up-step = Step { $step } of { $of }
set-up-who = Who are you?
set-up-lead = The order is for { $services }. Three questions, and the services are where they belong.
set-up-until = Please answer by the end of { $date }; after that the order closes.
set-up-who-needed = Please say who you are.
set-up-partner = I am the partner
set-up-partner-about = I work for { $partner } and set this up for a customer.
set-up-customer = I am the customer’s administrator
set-up-customer-about = I administer the organization that tried the services.
set-up-email = Whose trial is it?
set-up-email-lead = Enter the email address of the trial’s customer administrator. It decides which organization gets the services.
set-up-email-label = Email address of the trial’s customer administrator
set-up-email-hint = As it was given when the trial started. Nothing is bought yet.
set-up-find = Find the trial
set-up-back = Back
set-up-no-match = No trial was found for that address
set-up-no-match-lead = No trial that this order can carry on was started with { $email }. Nothing was changed, and no organization was created.
set-up-spelling = Check the spelling
set-up-spelling-hint = One letter too many or a different ending is enough to miss it.
set-up-candidates = Did you mean one of these?
set-up-candidates-hint = Trials that you may see and that look alike. Choosing one shows it before anything happens.
set-up-nobody = There is no similar trial that you may see. Ask whoever started the trial which address was given.
set-up-unlooked = Trials in { $regions } could not be looked at: no answer from there. Try again shortly before you decide.
candidate-similar-address = { $country } · similar address
candidate-same-domain = { $country } · same email domain
candidate-similar-name = { $country } · similar name
candidate-same-administrator = { $country } · the address is right, there are several trials
candidate-only-one = { $country } · the trial for which this order was placed
set-up-trial-administrator = Administrator of the trial
set-up-verify = Is everything right?
set-up-verify-lead = Check the customer and what changes. With the last button the trial becomes a subscription.
set-up-company = The customer
set-up-administrators = Administrators
set-up-losses = What would go
set-up-losses-hint = These licences are in use and not in the order. People who can no longer sign in lose theirs first, then those whose email addresses come last in alphabetical order. Tick each one that may go, or ask for a larger order.
set-up-loss-service = { $service } ends, although it is in use
set-up-loss-fewer = { $service }: fewer licences than are in use
set-up-loss-people = Lose the licence: { $people }
set-up-loss-more = { $count ->
    [one] and { $count } more person
   *[other] and { $count } more people
}
set-up-loss-unticked = Tick every loss that may happen. Otherwise leave the page: nothing has changed.
set-up-confirm = This is the right customer: { $customer }
set-up-confirm-needed = Please confirm that this is the right customer.
set-up-button = Set up the services
set-up-other = No, another customer
set-up-done = The services are set up
set-up-done-lead = { $customer } now has what was ordered.
set-up-bought = Bought
set-up-ended = Ended with the trial
set-up-lent = Devices that are lent for the trial still go back, by their own date.
set-up-told = The customer’s administrators and the partner get an email about it.
set-up-over-title = This order is no longer open
set-up-over-otherwise = If something is missing, please ask { $partner }.
set-up-go-subscriptions = See your subscriptions
set-up-go-customer = Open the customer
set-up-go-orders = See all orders

new-organization-open = It is none of these
new-organization-hint = Only where the customer has no organization here at all. It does not carry the trial over.
new-organization-title = Create a new organization
new-organization-lead = This cannot be undone. Please read what it means.
new-organization-now = A second organization is created, with the services of this order. It is empty.
new-organization-trial = No trial is carried over: users, settings and usage stay in the old organization, which ends on its own dates.
new-organization-region = The country decides for good where the data is kept.
new-organization-mail = The administrator gets an invitation by email.
new-organization-export = First take away what the trial holds:
new-organization-email = Email address of the first administrator
new-organization-email-hint = It must not belong to any organization yet.
new-organization-taken = This address belongs to an organization already. Take another one, or go back and enter it there to find its trial.
new-organization-country = It cannot be changed later.
new-organization-again = Type the company name again
new-organization-again-hint = So that this does not happen by accident.
new-organization-again-wrong = This is not the company name above.
new-organization-back = Back to the email address
new-organization-button = Create this organization
new-organization-when = For good

difference-title = What changes
difference-kept = Kept
difference-kept-text = Goes on as it is, with users and settings.
difference-lost = Lost
difference-lost-text = On trial, but not in the order. It stops when the order is set up.
difference-new = New
difference-new-text = In the order, but not on trial. It is set up as well.
difference-fewer = Fewer licences than in use
difference-fewer-text = The people named would lose theirs.
difference-fewer-unnamed = Somebody would lose theirs; whoever sets the order up sees who.
difference-numbers = { $count ->
    [one] With calling { $count } phone number goes. It rests for { $days } days, then it is released.
   *[other] With calling { $count } phone numbers go. They rest for { $days } days, then they are released.
}
difference-quantities = On trial { $before }, ordered { $after }
difference-lost-row = { $assigned ->
    [0] On trial { $before }, none assigned
   *[other] On trial { $before }, { $assigned } assigned
}
difference-fewer-row = Ordered { $after }, { $assigned } assigned
difference-people = Lose the licence: { $people }

purchase-lead = { $partners } places the order for you and answers questions about prices.
purchase-then-told = Your contacts at { $partners } get an email today.
purchase-then-nothing = This orders nothing and costs nothing.
purchase-then-kept = Usage and settings of the trial are kept when you buy.
purchase-which = What would you like to buy?
purchase-note = Message
purchase-note-hint = For example how many licences you need, or when we can call.
purchase-button = Purchase
purchase-nobody = No partner looks after a trial of yours at the moment. Please contact the vendor.
purchase-managed = { $partners } manages what you have bought: ask there about more licences or other services.
purchase-contact = { $name }, { $email }
cancel-handed = The conversion handed to the distributor leaves its list of tasks.
purchase-told = We told { $partner } on { $date }.
purchase-again = You can send it again tomorrow.
purchase-used = { $assigned } of { $quantity } in use
purchase-not-tried = A service that you have bought cannot be tried again.
customer-managed-by = Managed by { $partner }
purchase-wanted = { $customer } would like to buy. Told on { $date }.
order-waits = The order of { $partner } waits for you: please set up your service.
overview-ordered = Ordered by { $by } on { $date }. { $contact } still has to set the order up, by the end of { $closes }.
overview-ordered-open = Ordered by { $by } on { $date }. It still has to be set up, by the end of { $closes }.
overview-ended = Ended with the trial: { $services }
overview-closes = Organization closes
    .short = Closes

done-order-placed = The order is placed.
done-order-already = There is already an order for this trial: this one. Nothing was added.
done-order-already-other = There is already an order for this trial: this one, and not all of it is what you wanted. Nothing was added. If yours is the right one, withdraw this one and place yours.
done-order-resent = The email is on its way.
done-order-redirected = The email is on its way to the new contact.
done-order-closed = The order is withdrawn.
done-handed-over = Handed over. Your distributor has the task.
done-purchase-wanted = Your partner has been told.
done-purchase-known = Your partner was already told today.
