# Emails about lent devices (DEV, EXT-4). The device end date is never called anything else, so that nobody takes it for
# the trial’s expiry date.

email-label-devices = Devices
email-label-poe = Power over Ethernet
email-label-order = Demo order number
email-label-rma = RMA number
email-label-serials = Serial numbers
email-label-missing = Still out
email-label-received = Received
email-label-wrong = Not of this shipment
email-label-carrier = Carrier
email-label-tracking = Tracking number
email-label-shipped = Shipped on
email-label-loan-ends = Device end date
email-label-loan-before = Device end date before
email-label-return-opens = Returns accepted from
email-label-return-due = Last day for the return
email-label-trial-ends = Trial’s expiry date
email-poe-yes = Available at the site
email-poe-no = Not available at the site: phones come without power supplies
email-serials-more = { $count } more
email-steps = How to send the devices back
email-sheet = Print the return sheet (PDF)
email-agreement = Read the agreement about the devices (EULA)
email-agreement-ask = The agreement about the devices (EULA) is to be had from { $contact }.

email-shipment-requested-team =
    .subject = Devices to ship: { $devices } for { $customer }
    .heading = Devices are requested
    .lead = { $partner } asks for { $devices } for the trial at { $customer }.
    .next = Please approve or refuse the request. Once it is approved, enter the shipment.
    .button = Open the request

email-shipment-requested-no-poe-team =
    .subject = Devices to ship, no PoE at the site: { $devices } for { $customer }
    .heading = Devices are requested for a site without PoE
    .lead = { $partner } asks for { $devices } for the trial at { $customer }. The site has no Power over Ethernet, and phones come without power supplies.
    .next = Please agree with { $partner } on how the phones get power, then approve or refuse the request.
    .button = Open the request

email-label-requested-team =
    .subject = New return label: { $rma } for { $customer }
    .heading = A return label is missing
    .lead = { $partner } asks for a new return label for { $customer }: the label or the packaging of order { $order } is lost.
    .next = Please send a new label for { $rma }.
    .button = Open the shipment

email-device-extension-requested-team =
    .subject = Longer loan requested: { $more } more days for { $customer }
    .heading = Devices are to stay longer
    .lead = { $partner } asks that { $customer } may keep { $devices } (order { $order }) for { $more } more days.
    .when = The device end date is now { $loan }.
    .next = Please approve or refuse it. Until then nothing changes.
    .button = Review the request

email-shipment-approved-partner =
    .subject = Approved: { $devices } for { $customer }
    .heading = Your request for devices was approved
    .lead = The trials team of { $vendor } will ship { $devices } to { $customer }.
    .next = There is nothing you need to do. You will hear from us when they are on their way.
    .button = Open the trial

email-shipment-refused-partner =
    .subject = Not approved: { $devices } for { $customer }
    .heading = Your request for devices was not approved
    .lead = The trials team of { $vendor } has refused to ship { $devices } to { $customer }. The trial itself goes on.
    .next = You can ask for these devices again, or let the customer use devices of its own.
    .button = Open the trial

email-device-shipped-customer =
    .subject = On their way to you: { $devices }
    .heading = Your devices are on their way
    .lead = { $vendor } has shipped { $devices } to { $customer } with { $carrier }, under demo order number { $order }.
    .when = They are lent to you until the device end date, { $loan }.
    .next = Please read the agreement about the devices before you set them up, and keep the boxes, and whatever comes in them, for the way back.
    .next-ask = Please ask { $contact } for the agreement about the devices (EULA) and read it before you set them up. Keep the boxes, and whatever comes in them, for the way back.
    .note = The device end date is not the expiry date of your trial: extending or buying the trial does not move it. Returns are accepted from { $opens }; the last day is { $due }.
    .button = See my devices

email-device-shipped-partner =
    .subject = { $customer }: { $devices } on their way
    .heading = Devices are on their way to your customer
    .lead = { $vendor } has shipped { $devices } to { $customer } with { $carrier }, under demo order number { $order }.
    .when = They are lent until the device end date, { $loan }.
    .next = The administrators of { $customer } have the same dates. If the devices are needed for longer, ask the trials team in good time.
    .note = The device end date is not the expiry date of the trial: extending or converting the trial does not move it. Returns are accepted from { $opens }; the last day is { $due }.
    .button = Open the trial

email-device-extension-approved-customer =
    .subject = You may keep the devices longer: new device end date { $loan }
    .heading = The devices may stay longer
    .lead = { $customer } may keep { $devices } for { $more } more days.
    .when = The device end date is now { $loan }.
    .next = There is nothing you need to do. Returns are accepted from { $opens }; the last day is { $due }.
    .note = The expiry date of your trial stays as it is.
    .button = See my devices

email-device-extension-approved-partner =
    .subject = Approved: { $customer } may keep devices for { $more } more days
    .heading = The devices may stay longer
    .lead = The trials team of { $vendor } has approved your request: { $customer } may keep { $devices } for { $more } more days.
    .when = The device end date is now { $loan }.
    .next = There is nothing you need to do. Returns are accepted from { $opens }; the last day is { $due }.
    .note = The expiry date of the trial stays as it is.
    .button = Open the trial

email-device-extension-refused-partner =
    .subject = Not approved: devices of { $customer } for { $more } more days
    .heading = The devices may not stay longer
    .lead = The trials team of { $vendor } has refused your request for { $more } more days with { $devices } at { $customer }.
    .when = The device end date stays { $loan }.
    .next = Please remind your customer: returns are accepted from { $opens }, and the last day is { $due }.
    .button = Open the trial

email-return-open-customer =
    .subject = Please send back { $devices } by { $due }
    .heading = Your devices can go back now
    .lead = The loan of { $devices } to { $customer } ends on the device end date, { $loan }.
    .when = Returns are accepted from now on; the last day is { $due }.
    .next = Follow the steps below, and put the return sheet with { $rma } into every box.
    .note = This is about the devices only. The expiry date of your trial is another date.
    .button = See my devices

email-return-open-partner =
    .subject = { $customer }: devices go back by { $due }
    .heading = Devices can go back now
    .lead = The loan of { $devices } to { $customer } ends on the device end date, { $loan }.
    .when = Returns are accepted from now on; the last day is { $due }.
    .next = The administrators of { $customer } have the steps and the return sheet. Please see that the devices go back in time.
    .note = This is about the devices only. The expiry date of the trial is another date.
    .button = Open the trial

email-return-due-customer =
    .subject = Please send back { $devices } by { $due }
    .heading = Your devices are due earlier
    .lead = The trial of { $customer } was cancelled, so { $devices } should be sent back earlier than was planned.
    .when = Returns are accepted from now on; the last day is { $due }.
    .next = Follow the steps below, and put the return sheet with { $rma } into every box.
    .button = See my devices

email-return-due-partner =
    .subject = { $customer }: devices go back by { $due }
    .heading = Devices are due earlier
    .lead = The trial of { $customer } was cancelled, so { $devices } should be sent back earlier than was planned.
    .when = Returns are accepted from now on; the last day is { $due }.
    .next = The administrators of { $customer } have the steps and the return sheet. Please see that the devices go back in time.
    .button = Open the trial

email-return-overdue-customer =
    .subject = Overdue: please send back { $missing ->
        [one] { $missing } device
       *[other] { $missing } devices
    }
    .heading = Your devices are overdue
    .lead = { $missing ->
        [one] { $missing } device of order { $order } should have come back from { $customer } by { $due }.
       *[other] { $missing } devices of order { $order } should have come back from { $customer } by { $due }.
    }
    .next = Please send everything listed as still out now, with the return sheet for { $rma }. If it is already on its way, thank you: there is nothing more to do.
    .button = See my devices

email-return-overdue-partner =
    .subject = { $customer }: { $missing ->
        [one] { $missing } device is overdue
       *[other] { $missing } devices are overdue
    }
    .heading = Devices are overdue
    .lead = { $missing ->
        [one] { $missing } device of order { $order } should have come back from { $customer } by { $due }.
       *[other] { $missing } devices of order { $order } should have come back from { $customer } by { $due }.
    }
    .next = Please talk to your customer. The steps and the return sheet for { $rma } are on the trial’s page.
    .button = Open the trial

email-return-overdue-erased-partner =
    .subject = Overdue: { $rma }, { $missing ->
        [one] { $missing } device of order { $order }
       *[other] { $missing } devices of order { $order }
    }
    .heading = Devices of a former customer are overdue
    .lead = { $missing ->
        [one] { $missing } device of order { $order } should have come back by { $due }. The customer’s organization is closed and its data erased, so nobody there is reminded any more.
       *[other] { $missing } devices of order { $order } should have come back by { $due }. The customer’s organization is closed and its data erased, so nobody there is reminded any more.
    }
    .next = Please see to it that they come back, with the return sheet for { $rma } in every box. The steps are below.
    .button = Open the devices

email-return-partly-customer =
    .subject = { $came ->
        [one] { $came } device received, { $missing } still awaited
       *[other] { $came } devices received, { $missing } still awaited
    }
    .heading = Part of your return has arrived
    .lead = { $came ->
        [one] { $vendor } has received { $came } device of order { $order } from { $customer }. Still awaited: { $missing }.
       *[other] { $vendor } has received { $came } devices of order { $order } from { $customer }. Still awaited: { $missing }.
    }
    .when = { $late ->
        [0] The last day for the return is { $due }.
       *[other] The last day for the return was { $due }.
    }
    .next = Please send what is listed as still out, with the return sheet for { $rma }. If it is already on its way, thank you: there is nothing more to do.
    .button = See my devices

email-return-partly-partner =
    .subject = { $came ->
        [one] { $customer }: { $came } device received, { $missing } still awaited
       *[other] { $customer }: { $came } devices received, { $missing } still awaited
    }
    .heading = Part of a return has arrived
    .lead = { $came ->
        [one] { $vendor } has received { $came } device of order { $order } from { $customer }. Still awaited: { $missing }.
       *[other] { $vendor } has received { $came } devices of order { $order } from { $customer }. Still awaited: { $missing }.
    }
    .when = { $late ->
        [0] The last day for the return is { $due }.
       *[other] The last day for the return was { $due }.
    }
    .next = The administrators of { $customer } have the same list. Please see that the rest goes back, too.
    .button = Open the trial

email-return-received-customer =
    .subject = Thank you: your devices are back
    .heading = Everything is back
    .lead = { $vendor } has received all devices of order { $order } from { $customer }. The return { $rma } is complete.
    .next = There is nothing more to do. Keep this email as your receipt.
    .button = See my devices

email-return-received-partner =
    .subject = { $customer }: all devices are back
    .heading = Everything is back
    .lead = { $vendor } has received all devices of order { $order } from { $customer }. The return { $rma } is complete.
    .next = There is nothing more to do.
    .button = Open the trial

email-return-mismatch-partner =
    .subject = { $customer }: a device of another shipment came back
    .heading = Something in the return does not match
    .lead = In the return { $rma } from { $customer } there are serial numbers that do not belong to order { $order }. They were not accepted; everything else was.
    .next = Please find out with your customer which devices were sent by mistake, and where the ones listed as still out are.
    .button = Open the trial
