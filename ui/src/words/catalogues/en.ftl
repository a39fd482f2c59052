# English, the catalogue that all others are measured by. British spelling; short and polite.
# A tile is the card, fob or sticker that a member holds to the reader.
# $count only chooses a form. What is shown comes written in the language's digits: $shown, $time, $duration.

invitation-up = Hold your tile to the reader
getting-ready = Getting ready
one-moment-please = One moment, please
one-moment = One moment
see-the-desk = Please see the desk
cannot-store = Taps cannot be stored
acknowledged = Tile read

# The word of each verdict, very large: as short as can be, and each different.
headline-checked-in = Welcome
headline-checked-out = Goodbye
headline-refused = Not checked in
headline-unknown-tile = Tile not known
headline-ambiguous-tile = Shared tile
headline-unusable-tile = Use your tile
headline-saved = Saved
headline-unavailable = Not recorded
headline-ambiguous-pin = Shared PIN
nothing-changed = Nothing changed

# $time may have its day before it: "Thu 21:10".
checked-in-at = Checked in at { $time }
checked-out-after = Checked out after { $duration }
here-since = You have been here since { $time }

refused-without-reason = No reason was given.
refused-inactive = Your membership is not active.
refused-archived = Your membership has ended.
refused-already-in = You are checked in already.
refused-already-out = You are checked out already.
refused-withheld = Please see the desk.

unknown-tile = No member has this tile, so you are not checked in.
ambiguous-tile = More than one member has this tile, so you are not checked in.
ambiguous-pin = More than one member has this PIN, so you are not checked in.
unusable-tile = A phone or this kind of card cannot check you in. Please hold the tile you were given to the reader.
unusable-place = This sticker stands for a place: touch it with your phone. To check in here, hold your own tile to the reader.
saved = Kept on this kiosk, not yet checked. It will be recorded when the connection is back.

unavailable-offline = There is no connection at the moment.
unavailable-signed-out = This kiosk is signed out.
unavailable-queue-full = There is no connection, and this kiosk cannot keep any more taps.
unavailable-no-member-data = This kiosk has not loaded the list of members yet.
unavailable-not-permitted = This kiosk is not permitted to record check-ins.
unavailable-journal = This kiosk could not store your tap.
unavailable-service = The check-in service gave no clear answer.
unavailable-out-of-order = This kiosk is out of order.

tile = Tile { $tile }
offer-check-in = Check in instead
offer-check-out = Check out instead
offer-try-again = Try again
offer-failed = That did not work
out-of-order = Out of order
being-set-up = This kiosk is being set up

reader-starting = Reader starting
reader-up = Reader ready
reader-down = Reader not connected
link-connecting = Connecting
link-online = Connected
link-offline = Offline: taps are saved here
link-signed-out = Signed out: ask staff
offline-without-saving = Offline: taps cannot be recorded
waiting = { $count ->
    [one] { $shown } tap waiting
   *[other] { $shown } taps waiting
}
waiting-since = { $count ->
    [one] { $shown } tap waiting since { $since }
   *[other] { $shown } taps waiting since { $since }
}
needs-staff = { $count ->
    [one] { $shown } tap needs staff
   *[other] { $shown } taps need staff
}
# For staff.
sign-in-ends-days = { $count ->
    [one] Sign-in ends in { $shown } day: staff, sign in again
   *[other] Sign-in ends in { $shown } days: staff, sign in again
}
sign-in-ends-hours = { $count ->
    [one] Sign-in ends in { $shown } hour: staff, sign in again
   *[other] Sign-in ends in { $shown } hours: staff, sign in again
}
not-taken-over = New configuration not taken over: staff, see the log
storage-fails = Taps cannot be stored: ask staff
clock-behind = This tablet's clock is { $duration } slow
clock-ahead = This tablet's clock is { $duration } fast

# A duration stands inside other messages. The blanks before units do not break.
duration-none = less than a minute
duration-minutes = { $shown } min
duration-hours = { $shown } h
duration-hours-and-minutes = { $hoursShown } h { $minutesShown } min

passes-left = { $count ->
    [0] No passes left
    [one] { $shown } pass left
   *[other] { $shown } passes left
}
minutes-used = Used this period: { $duration }
pay-as-you-go = A pay-as-you-go pass was used for this visit
present = { $count ->
    [one] { $shown } in now
   *[other] { $shown } in now
}
charge-of-some-kind = Without a pass, a visit is charged
charge = Without a pass, a visit is charged as { $name }
charge-with-price = Without a pass, a visit is charged as { $name }, { $price }

closed = Closed
closed-opens = Opens { $when }
closed-taps-still-work = You can still tap in and out
renew-here = Renew here

preferences-open = Language
preferences-title = Language and display
preferences-language = Language
preferences-larger-text = Larger text
preferences-high-contrast = High contrast
preferences-speech = Speak verdicts
preferences-done = Done

pin-open = No tile? Use your PIN
pin-title = Enter your PIN
pin-name = Type your name
pin-who-are-you = Who are you?
pin-nobody = Nobody was found by that name
pin-pause = Please wait a moment, then try again
pin-wrong = That PIN is not right
pin-locked = Too many tries: wait { $duration }
pin-backspace = Delete last digit
pin-clear = Clear
pin-enter = Enter
pin-cancel = Cancel

staff-open = Staff
staff-pin-title = Staff PIN
configuration = configuration { $configuration }

# How a text is ended when all of a verdict is read aloud.
sentence = { $text }.
