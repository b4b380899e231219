# Orders (CONV): what falls due, what is recorded, what is refused. The words of pages and emails stand in commerce.ftl
# and email.ftl.

milestone-order-reminder = Reminder of the order
    .short = Order reminder
    .rule = while the order is not set up
milestone-order-closes = Order closes
    .short = Order closes
    .text = An order that nobody has set up by then is closed. A new one can be placed while the trial lasts.
    .rule = 30 days after the order

audience-person = { $count ->
    [one] { $count } person who sets the order up
   *[other] { $count } people who set the order up
}

email-kind-order-set-up = Set up your service
email-kind-order-reminder = Reminder of an order
email-kind-order-closed = Order closed
email-kind-converted = Services bought
email-kind-conversion-handed-over = Conversion handed to the distributor
email-kind-purchase-wanted = Customer wants to buy

event-order-placed = Order placed
event-order-redirected = Order sent again
event-order-closed = Order closed
event-conversion-handed-over = Conversion handed to the distributor
event-purchase-wanted = Customer wants to buy
event-order-bought = Bought by an order, without a trial
event-organization-founded = Organization made by an order

problem-loss-not-yours = The order has fewer licences than are in use. Whose licence goes is decided by the partner whose customer it is, or by the customer: send them the order to set up, or ask for a larger one.
    .title = Not yours to decide

problem-order-open = There is an open order for this trial already: set it up, or withdraw it first.
    .title = Order already placed

problem-no-partner = No partner runs a trial with your company now: ask the vendor whom to buy from.
    .title = No partner to tell

problem-unknown-contact = Nobody with this address has a sales role at the partner or decides for the customer: name a sales administrator of the partner, or a full administrator of the customer.
    .title = Contact not known

problem-contact-role = This person is not what was said: choose the other role, or another person.
    .title = Role does not fit

problem-not-confirmed = The customer’s information is not confirmed yet: check it, then confirm it.
    .title = Not confirmed
