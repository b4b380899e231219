## The sheet that goes back with devices (PDF)

sheet-title = Return sheet
sheet-lead = Print this sheet and put a copy into every box that you send back.
sheet-rma = RMA number
sheet-order = Demo order number
sheet-carrier = Carrier
sheet-customer = Customer
sheet-partner = Partner
sheet-device-ends = Device end date
sheet-due = Last day for the return
sheet-steps = How to send the devices back
sheet-contact = Questions: { $contact }
sheet-devices = { $count ->
    [one] What goes back: { $count } device
   *[other] What goes back: { $count } devices
}
sheet-tick = Tick each device as you pack it. Its serial number must be the one printed here.
sheet-device = Device
sheet-serial = Serial number
sheet-received = received on { $date }
sheet-page = Page { $page } of { $pages }

## Pages

nav-devices = Devices
nav-shipments = Shipments
nav-longer = Devices for longer
nav-returns = Returns

devices-title = Devices
devices-views = Views
devices-search = Customer, order number or serial number
devices-tab-all = All
devices-tab-requested = Requested
devices-tab-approved = To be shipped
devices-tab-shipped = Shipped
devices-tab-returned = Back
devices-tab-open = To be sent back
devices-tab-overdue = Overdue
devices-tab-complete = Complete
devices-no-match = Nothing matches
    .text = Try another view, or other words.
devices-none = No devices yet
    .text = Devices are asked for with a trial, or later on its page.
devices-none-here = No devices have been asked for.
devices-partner-lead = What your customers have on loan, what is due and what is overdue.
devices-control-lead = What you have on loan, until when, and how it goes back.
devices-control-none = No devices on loan
    .text = When devices are shipped to you, they appear here with their dates.

label-trial-administrator = Trial administrator
address-state = State or province
address-state-hint = For addresses in the United States, Canada and Australia.
device-order = Demo order number
device-carrier = Carrier
device-tracking = Tracking number
device-shipped-on = Shipped on
device-asked = Asked for
device-poe-at = PoE at the site
device-poe-none = No: phones come without power supplies
device-ends = Device end date
device-ends-later = Device end date: set when they are shipped
device-return-opens = Returns accepted from
device-return-due = Last day for the return
device-trial-ends = Trial’s expiry date
device-two-dates = The device end date and the trial’s expiry date are two dates: when the trial is extended or converted, the device end date stays.
device-two-dates-ahead = The trials team sets a device end date when it ships, at most { $days } days ahead. It is not the trial’s expiry date.
device-note = Message: { $note }
device-decision = Reason given: { $reason }
device-serials = { $count ->
    [one] { $count } serial number
   *[other] { $count } serial numbers
}
device-came = back on { $date }
device-came-of = { $came } of { $all } back
device-rma = RMA number
device-way = How it goes back: { $carrier }
device-ask = Questions and pick-up: { $contact }
device-sheet = Return sheet (PDF)
device-agreement = The agreement about the devices (EULA)
device-agreement-ask = Please ask { $contact } for the agreement about the devices (EULA).
device-is-requested = Waiting for the trials team
device-is-approved = Will be shipped
device-is-refused = Not approved
device-is-withdrawn = Withdrawn
device-is-out = On loan
device-is-due = Send back by { $date }
device-is-overdue = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
device-is-back = All back
device-open-return = Begin the return
device-longer = Keep for longer
device-longer-hint = The trials team decides. At most { $days } more days are possible, until { $date }.
device-longer-days = More days
device-longer-contact = Questions: { $contact }.
device-longer-ask = Ask for it
device-longer-line = { $days ->
    [one] { $days } more day: on loan until { $date }
   *[other] { $days } more days: on loan until { $date }
}
device-longer-range = Enter a whole number from 1 to { $days }: { $date } is the last day possible.
device-longer-waits = A request for more days is waiting for the trials team. You can ask again after its decision.
device-longer-pending = Waiting
device-longer-approved = Approved
device-longer-refused = Refused
device-longer-withdrawn = No longer needed
device-label = Label or packaging lost?
device-label-hint = Ask for a new return label, once a day at most.
device-label-last = Last asked for on { $date }.
device-label-ask = Ask for a new label
device-request = Ask for devices
device-request-title = Ask for devices
device-request-lead = The trials team approves and ships them. Types that were shipped in this trial before cannot be shipped again.
device-request-reason = The trials team reads it.
device-request-button = Send the request
device-gone-shipped = Shipped: { $count }
device-gone-asked = Asked for: { $count }
device-serial-fault = { $serial }: { $text }

shipments-title = Shipments
shipments-lead = What partners ask you to ship, and what you shipped.
shipments-none = Nothing to ship
    .text = Requests for devices arrive here.
shipment-title = Shipment for { $customer }
shipment-no-poe = The site has no PoE, and phones come without power supplies. Please agree with { $partner } on how they get power.
shipment-return = Return { $rma }
shipment-decide = Approve the request?
shipment-reason-hint = The partner reads it.
shipment-ship = Enter the shipment
shipment-order-hint = D and digits.
shipment-serials = Serial numbers
shipment-serials-hint = One on each line, as the scanner writes them: exactly as many as are shipped.
shipment-ends-hint = Not the trial’s expiry date ({ $trial }). If it leaves today, { $latest } is the last day possible.
shipment-ship-button = Shipped: tell the customer
shipment-correct = Correct a serial number
shipment-correct-lead = When a serial number was typed wrongly at shipping, put it right here before the device comes back.
shipment-correct-from = Typed at shipping
shipment-correct-to = On the device
shipment-correct-hint = As its label shows it.
shipment-correct-one = { $serial } · { $device }
shipment-correct-button = Correct

longer-title = Devices for longer
longer-lead = Requests to keep devices longer. Nobody approves their own.
longer-none = Nothing waits
    .text = Requests to keep devices longer arrive here.
longer-what = { $days ->
    [one] { $days } more day
   *[other] { $days } more days
}
longer-who = { $customer } · { $partner } · { $order }
longer-out = On loan in all
longer-limit = The last day possible is { $date }: { $days ->
    [one] { $days } more day
   *[other] { $days } more days
}.
longer-over = Approving would pass this limit: the request is then closed as refused, with the limit as the reason.
longer-own = You asked for this yourself: somebody else decides.

returns-title = Returns
returns-lead = What is to be sent back, what is overdue and what came back, the next one due first.
returns-none = Nothing to send back
    .text = Returns appear here from the day on which they are accepted.
return-title = Return { $rma }
return-receive = Receive devices
return-receive-hint = Paste or scan, one on each line. Those that are right are taken; each wrong one is named.
return-receive-button = Receive
return-taken = { $count ->
    [one] { $count } device received.
   *[other] { $count } devices received.
}
return-wrong = { $count ->
    [one] { $count } was not received
   *[other] { $count } were not received
}
return-wrong-unknown = It does not belong to this shipment.
return-wrong-foreign = It belongs to another shipment.
return-wrong-repeated = It was received before, or is here twice.
return-wrong-look-alike = One of this shipment looks like it: O and 0, or I and 1.
return-mend-unknown = Check the label on the device. If it is right, put the device aside: the partner is told.
return-mend-foreign = Look it up, and receive it with its own return.
return-mend-repeated = There is nothing to do.
return-mend-look-alike = Read the label once more and type it exactly as it is there.
return-shipment = The shipment
return-label-asked = A new return label was asked for on { $date }.

lookup-open = Look up devices
lookup-title = Look up devices
lookup-lead = By the demo order number; or without it, by the customer.
lookup-by-order = By order number
lookup-by-customer = Without it
lookup-button = Look up
lookup-org = Organization id
lookup-org-hint = Together with the administrator’s email, or with the serial numbers of all of its devices.
lookup-serials-hint = All of them, one on each line: with only some, nothing is found.
lookup-none = Nothing found
    .text = Check the number, the address and that the serial numbers are complete.

done-shipment-approved = The request is approved; the partner has been told. Now enter what is shipped.
done-shipment-refused = The request is refused; the partner has been told.
done-shipment-shipped = The shipment is entered; the customer and the partner have been told.
done-longer-approved = The device end date has moved; the customer and the partner have been told.
done-longer-refused = The request is refused; the partner has been told.
done-longer-too-long = So many days are not possible: the limit from shipping would be passed.
done-serial-corrected = The serial number is corrected.
done-longer-asked = The trials team has been asked. The device end date stays until it decides.
done-label-asked = The trials team has been asked for a new label.
done-label-today = A label was already asked for today.
done-devices-asked = The trials team has been asked for the devices.
done-device-not-now = That is not possible as things stand.
done-return-opened = The return has begun. Here is how the devices go back.
done-return-not-yet = Returns are not accepted yet.

timeline-open-lent = Once the devices are shipped

extend-devices-out = { $count ->
    [one] { $count } device is on loan: its device end date does not move.
   *[other] { $count } devices are on loan: their device end date does not move.
}
cancel-devices-out = { $count ->
    [one] { $count } device on loan falls due: last day for the return is { $date }.
   *[other] { $count } devices on loan fall due: last day for the return is { $date }.
}
cancel-devices-wanted = Devices that were not shipped yet will not be shipped.

problem-font-missing = The file cannot be made: a font is missing on the server. The operator has to install one for Chinese.
    .title = A font is missing

email-kind-shipment-requested = Devices requested
email-kind-device-shipped = Devices on their way
email-kind-device-extension-approved = Longer loan approved
email-kind-device-extension-refused = Longer loan refused
email-kind-return-open = Devices can go back
email-kind-return-overdue = Devices overdue
email-kind-return-received = Devices received
email-kind-return-mismatch = Return does not match
