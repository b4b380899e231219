# Users, licences, and work in the background.

problem-licenses-exhausted = No licence of { $service } is left: { $assigned } of { $quantity } are assigned. Take one back, or ask for more.
    .title = No licence left
    .plain = No licence of this service is left: take one back, or ask for more.

problem-service-not-held = This company does not have { $service } now: leave it out.
    .title = Service not there
    .plain = This company does not have this service now: leave it out.

problem-customer-closed = This company’s organization was closed, so nothing more was done.
    .title = Organization closed

problem-duplicate-address = This address is there already: name each one once.
    .title = Address there already

problem-too-many = These are too many at once: at most { $max }.
    .title = Too many at once
    .plain = These are too many at once: send fewer.

problem-not-utf8 = Line { $line } is not encoded as UTF-8: save the file as “CSV UTF-8”.
    .title = Not UTF-8
    .plain = The file is not encoded as UTF-8: save it as “CSV UTF-8”.

problem-no-header = The file is empty: its first line names the columns.
    .title = No header

problem-unknown-column = Line { $line } names a column “{ $value }” that is not known. Known are: { $allowed }.
    .title = Unknown column
    .plain = A column of the first line is not known: correct its name or take it out.

problem-missing-column = The column “{ $value }” is missing in line { $line }: add it.
    .title = Column missing
    .plain = A column is missing in the first line: add it.

problem-repeated-column = The column “{ $value }” appears twice in line { $line }: keep one.
    .title = Column twice
    .plain = A column appears twice in the first line: keep one.

problem-field-count = Line { $line } has { $found } fields instead of { $expected }: check its commas and quotation marks.
    .title = Wrong number of fields
    .plain = A line has another number of fields than the first one: check its commas and quotation marks.

problem-unclosed-quote = A quotation mark in line { $line }, field { $column }, is never closed: close it.
    .title = Quotation mark open
    .plain = A quotation mark is never closed: close it.

problem-stray-quote = Line { $line }, field { $column }, has a quotation mark in its middle: put the whole field into quotation marks and double those within.
    .title = Quotation mark in the middle
    .plain = A field has a quotation mark in its middle: put the whole field into quotation marks and double those within.

problem-control-character = Line { $line }, field { $column }, holds a character that cannot be seen: take it out.
    .title = Invisible character
    .plain = A field holds a character that cannot be seen: take it out.

problem-no-rows = The file names its columns but nobody below them: add at least one row.
    .title = No rows

problem-too-many-rows = The file has more than { $max } rows: split it.
    .title = Too many rows
    .plain = The file has too many rows: split it.

event-users-added = Users added
event-user-changed = User or licences changed
event-user-import-started = Import of users started
event-users-imported = Users imported
event-user-import-stopped = Import of users stopped

nav-users = Users
done-users-added = The users were added.
done-licenses-given = The licences were given.
done-licenses-taken = The licences were taken back.

users-title = Users and licences
users-open = Users and licences
users-open-hint = Add people, give and take licences
users-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
users-licenses = Licences
users-of = { $assigned } of { $quantity }
users-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
users-none-left = None left
users-over = { $count ->
    [one] { $count } more than there are: take one back
   *[other] { $count } more than there are: take them back
}
users-no-licenses = There is no service whose licences could be given now.
users-search = Name or address
users-license = Licence
users-all = All people
users-without = Without any licence
users-none = None
users-nobody = Nobody matches
    .text = Nobody has this name, address or licence.
users-chosen = For those chosen above
users-which = Service
users-give = Give licence
users-take = Take licence
users-choose-people = Choose at least one person.
users-choose-service = Choose a service.
users-jobs = Your last imports
users-jobs-kept = An import stays here for 30 days after its end.

users-add-open = Add users
users-add-title = Add users
users-add-lead = Up to 25 people at once. Either all of them are added, or nobody.
users-add-person = Person { $number }
users-add-more = More at once:
users-add-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
users-add-licenses = Licences for all of them
users-add-next = Users get no email from us until their access ends. Administrators get an invitation.
users-add-button = Add
users-add-nobody = Enter at least one address.

users-import-open = Import a file
users-import-title = Import users
users-import-lead = { $count ->
    [one] A CSV file of up to { $count } row. It is processed in the background, row by row.
   *[other] A CSV file of up to { $count } rows. It is processed in the background, row by row.
}
users-import-file = CSV file
users-import-hint = UTF-8, with the names of the columns in its first line, at most 10 MiB.
users-import-next = A row that cannot be done does not hold up the others. Sending the same file again does no harm. Of people who are there already only name and licences change; role, language and time zone stay.
users-import-button = Import
users-import-check = Check only
users-import-none = Choose a file that is not empty.
users-import-format = What the file contains
users-import-example = Example file
users-column-email = The address. This column is required.
users-column-name = The name, up to 200 characters.
users-column-language = en, fr or zh-Hant; else the company’s.
users-column-time-zone = A zone such as Europe/Paris; else the company’s.
users-column-roles = user, unless another role is given. Several with semicolons between them.
users-column-licenses = Services, with semicolons between them. An empty cell changes nothing.
users-preview-title = What this file would do
users-preview-created = New
users-preview-updated = Changed
users-preview-unchanged = Unchanged
users-preview-failed = Cannot be done
users-preview-hint = Nothing has been done yet. Whether an address belongs to another company only shows in the import itself.

job-title = Import of users
job-is-queued = Waiting
job-is-running = Running
job-is-done = Done
job-is-failed = Failed
job-total = Rows
job-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
job-failed = { $count ->
    [one] { $count } could not be done
   *[other] { $count } could not be done
}
job-row = Row { $number }
job-progress = { $done } of { $total } rows
job-hint = This page looks again by itself. You can leave it: the import goes on.
job-succeeded = Done
job-file = Result as CSV
job-mend = What to mend
job-mend-hint = Rows are counted without the line of the column names. Mend them and send the file again.
job-all = All rows are done
    .text = There is nothing to mend.
job-to-users = To the users
