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
