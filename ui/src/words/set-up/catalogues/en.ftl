# English words of the set-up, which all others are measured by. Read by staff, once, close to the screen.
# A tap is what a tile held to the reader makes. Roles have the service's own names, which are not translated.

title = Set up this kiosk
step-of = Step { $place } of { $all }
step-language = Language
step-sign-in = Sign in
step-location = Location
step-rights = Rights
step-reader = Reader
step-policy = Privacy and outages
step-staff-pin = Staff PIN
step-test-tap = Test tap
step-summary = Summary

lead-language = Choose the language of this kiosk. Members can switch to their own.
lead-sign-in = Sign in with the account that this kiosk will use at { $service }.
lead-location = Choose the location that this kiosk serves.
lead-rights = See whether the account has the roles that a kiosk needs.
lead-reader = Choose the reader, then hold any tile to it.
lead-policy = Choose what others may see, and what happens without a connection.
lead-staff-pin = The PIN keeps members who find this tablet out of the set-up.
lead-test-tap = Hold a member’s tile to the reader. Nothing is recorded.
lead-summary = Look through it once more. Nothing is kept until you finish.

missing-sign-in = Sign in to go on.
missing-location = Choose a location to go on.
missing-staff-pin = Choose a PIN to go on.
missing-summary = Something is still missing.

back = Back
next = Next
finish = Finish
leave = Leave the set-up
leave-ask = Leave? What you changed here is forgotten.
leave-yes = Leave
leave-no = Stay
one-moment = One moment

# What went wrong, and what to do.
problem-sign-in-refused = E-mail, password or code is not right.
todo-sign-in-refused = Check the e-mail and type the password again. If the account uses a code, type that too.
problem-code-needed = This account also needs a code.
todo-code-needed = Type the password again, and the six digits from the authenticator app.
problem-no-api = This account cannot use the service’s API.
todo-no-api = Ask an administrator to switch on “API access” for its user, or sign in with another account.
problem-account-inactive = This account is not active.
todo-account-inactive = Ask an administrator to activate it, or sign in with another account.
problem-must-reset-password = This account must choose a new password first.
todo-must-reset-password = Open { $service } in a browser, choose a new password, then sign in here.
problem-unreachable = There is no connection to { $service }.
todo-unreachable = Check the network cable or the Wi-Fi, then try again.
problem-gateway = The service did not answer as it should.
todo-gateway = If this network asks you to sign in on a web page, do that first. Else wait a few minutes and try again.
problem-throttled = The service is asked too often at the moment.
todo-throttled = Wait a minute, then try again.
problem-not-permitted = The account has no role for this.
todo-not-permitted = Have the roles added that are listed at the step “Rights”, then try again.
todo-taps-wait = Keep this location until they are recorded, then change it.
problem-pins-differ = The two PINs are not the same.
todo-pins-differ = Type a PIN, and the same once more.
weak-too-short = This PIN is too short.
weak-too-long = This PIN is too long.
weak-not-digits = A PIN has digits only.
weak-too-simple = This PIN is too easy to guess.
todo-weak = Take 6 to 12 digits, no row such as 123456 and no single digit repeated.
problem-key-store = Secrets cannot be kept on this machine now.
todo-key-store = Unlock the key store, or ask IT for help, then try again.
problem-configuration = The settings cannot be written. Nothing was changed.
todo-configuration = Ask IT to let Tapdesk write its settings, then try again.
problem-failed = That did not work.
todo-failed = Please try again.

sign-in-email = E-mail
sign-in-password = Password
sign-in-show-password = Show password
sign-in-code = Six-digit code
sign-in-code-hint = From the authenticator app
sign-in-keeps = The password is not kept.
signed-in-as = Signed in as { $email }
signed-in = Signed in
signed-in-kept = Since the last set-up
sign-in-again = Sign in again
sign-in-other = Use another account

location-looking = Looking for locations
location-none = This account sees no location. Ask an administrator to give it one, or sign in with another account.
location-waiting = { $count ->
    [one] { $shown } tap still waits to be recorded at the location so far.
   *[other] { $shown } taps still wait to be recorded at the location so far.
}

rights-needed = Needed
rights-nice = Nice to have
right-held = Has it
right-lacking = Lacks it
right-unknown = Not tried
rights-lacking = A role that is needed is lacking. You may go on, but check-ins will not work until the account has it.
rights-administrator = This account is a full administrator, which is more than a kiosk needs. An account with only these roles is safer.
rights-not-looked = The roles were not looked at yet.
rights-look = Look again
rights-try = Try the roles to write
rights-try-explained = Three empty requests are sent, which the service turns down: nothing is recorded.
rights-list = All a kiosk needs, to copy
rights-copy = Copy the list
rights-copied = Copied
rights-selected = Selected: now copy it

reader-first-usb = First USB reader
reader-other = Another connection
reader-other-hint = Such as pn532_uart:/dev/ttyUSB0:115200
reader-other-use = Use it
reader-starting = The reader is starting
reader-up = The reader is ready
reader-down = The reader does not work
reader-hold = Hold any tile to the reader
reader-read = Read: { $tile }
reader-random = Read, but it was a phone or a card that changes its number. Members need their own tile.
reader-count = { $count ->
    [one] Read { $shown } time
   *[other] Read { $shown } times
}

names-title = Names on the screen
names-first = First name
names-first-means = People nearby read the first name only.
names-full = Full name
names-full-means = People nearby read the whole name.
names-none = No name
names-none-means = The screen greets everybody without a name.
offline-title = Without a connection
offline-known = Keep taps of known tiles
offline-known-means = Known members are recorded later; all others go to the desk.
offline-all = Keep all taps
offline-all-means = Everybody is recorded later; staff sort out the tiles that nobody knows.
offline-none = Keep no taps
offline-none-means = Nobody can check in until the connection is back.

staff-pin-first = Type a PIN of 6 to 12 digits
staff-pin-again = Type it once more
staff-pin-typed = { $count ->
    [one] { $shown } digit
   *[other] { $shown } digits
}
staff-pin-backspace = Delete last digit
staff-pin-enter = Enter
staff-pin-missing = No PIN yet
staff-pin-kept = Staff have a PIN
staff-pin-new = A new PIN is set
staff-pin-keep = Keep the PIN
staff-pin-other = Choose another

test-wait = Waiting for a tile
test-looking = Looking it up
test-member-in = { $name } would be checked in
test-member-out = { $name } would be checked out
test-a-member-in = This member would be checked in
test-a-member-out = This member would be checked out
test-inactive = This member’s account is not active: they would be asked to see the desk.
test-unknown = No member has this tile.
test-ambiguous = More than one member has this tile.
test-unusable = This is a phone or a card that changes its number: it cannot be used as a tile.
test-trouble = The service could not be asked.
tile = Tile { $tile }

summary-change = Change
summary-rights-all = Has all that is needed
summary-rights-lacking = { $count ->
    [one] Lacks { $shown } role that is needed
   *[other] Lacks { $shown } roles that are needed
}
summary-rights-unknown = Not all were tried
summary-nothing = Nothing chosen
summary-tried = Tried with a tile
summary-not-tried = Not tried
summary-overridden = Set by the environment, which wins: { $keys }

keyboard-open = On-screen keyboard
keyboard-hide = Hide keyboard
keyboard-title = Keyboard
keyboard-shift = Capital letters
keyboard-backspace = Delete
keyboard-space = Space
keyboard-letters = Letters
keyboard-symbols = Digits and symbols
keyboard-more = More symbols
