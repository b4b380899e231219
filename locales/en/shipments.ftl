# Devices: what is dated, what is recorded, what is refused (DEV, EXT-4).

milestone-device-return-opens = Devices can go back
    .short = Returns open
    .text = Customer and partner get the steps for the return.
    .rule = 14 days before the device end date
milestone-device-ends = Device end date
    .short = Device end
    .text = It is not the trial’s expiry date.
    .rule = when the last day of the loan is over
milestone-device-return-due = Devices are due back
    .short = Devices due
    .text = Whatever is not back by then is overdue.
    .rule = 14 days after the device end date
milestone-return-overdue = Reminder of overdue devices
    .short = Overdue
    .text = Only while a device is still out.
    .rule = 1, 7 and 14 days after, then every week

event-shipment-requested = Devices requested
event-shipment-decided = Device request decided
event-shipment-withdrawn = Device request withdrawn
event-devices-shipped = Devices shipped
event-device-extension-asked = Longer loan requested
event-device-extension-decided = Longer loan decided
event-return-opened = Return opened
event-devices-fall-due = Devices fall due
event-label-requested = New return label requested
event-overdue-reminded = Reminder of overdue devices sent
event-devices-received = Devices received
event-return-mismatched = Nothing in a parcel was right
event-serial-corrected = A serial number corrected

problem-label-elsewhere = There are no new return labels in this country: follow the way back by { $carrier }, which is shown with the return.
    .title = No new labels here
    .plain = There are no new return labels in this country: follow the way back that is shown with the return.
problem-invalid-order-number = A demo order number is a D followed by digits: D1234567.
    .title = Not a demo order number
