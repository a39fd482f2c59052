// Builds the page's words from the messages of a catalogue: the only place that knows message names.
import type { Say } from "./say";
import type { Words } from "./words";

type Text =
  | "configuration"
  | "duration"
  | "hoursShown"
  | "minutesShown"
  | "name"
  | "price"
  | "shown"
  | "since"
  | "text"
  | "tile"
  | "time"
  | "when";

export function wordsFrom(say: Say<Text>): Words {
  return {
    invitation: {
      up: { headline: say("invitation-up"), hint: null },
      starting: { headline: say("getting-ready"), hint: say("one-moment-please") },
      down: { headline: say("reader-down"), hint: say("see-the-desk") },
    },
    cannotStore: { headline: say("cannot-store"), hint: say("see-the-desk") },
    acknowledged: { headline: say("acknowledged"), hint: say("one-moment") },
    headline: {
      checked_in: say("headline-checked-in"),
      checked_out: say("headline-checked-out"),
      refused: say("headline-refused"),
      unknown_tile: say("headline-unknown-tile"),
      ambiguous_tile: say("headline-ambiguous-tile"),
      unusable_tile: say("headline-unusable-tile"),
      saved: say("headline-saved"),
      unavailable: say("headline-unavailable"),
    },
    nothingChanged: say("nothing-changed"),
    checkedInAt: (time) => say("checked-in-at", { time }),
    checkedOutAfter: (duration) => say("checked-out-after", { duration }),
    refused: {
      service_without_reason: say("refused-without-reason"),
      inactive: say("refused-inactive"),
      archived: say("refused-archived"),
      already_in: say("refused-already-in"),
      already_out: say("refused-already-out"),
      withheld: say("refused-withheld"),
    },
    unknownTile: say("unknown-tile"),
    ambiguousTile: say("ambiguous-tile"),
    ambiguousPin: { headline: say("headline-ambiguous-pin"), reason: say("ambiguous-pin") },
    unusable: { random: say("unusable-tile"), invalid: say("unusable-tile"), place: say("unusable-place") },
    saved: say("saved"),
    unavailable: {
      offline: say("unavailable-offline"),
      signed_out: say("unavailable-signed-out"),
      queue_full: say("unavailable-queue-full"),
      no_member_data: say("unavailable-no-member-data"),
      not_permitted: say("unavailable-not-permitted"),
      journal: say("unavailable-journal"),
      service: say("unavailable-service"),
      out_of_order: say("unavailable-out-of-order"),
    },
    seeTheDesk: say("see-the-desk"),
    tile: (tile) => say("tile", { tile }),
    offer: {
      check_in: say("offer-check-in"),
      check_out: say("offer-check-out"),
      try_again: say("offer-try-again"),
    },
    offerTaken: say("one-moment"),
    offerFailed: say("offer-failed"),
    beingSetUp: { headline: say("being-set-up"), hint: say("see-the-desk") },
    outOfOrder: { headline: say("out-of-order"), hint: say("see-the-desk") },
    reader: { starting: say("reader-starting"), up: say("reader-up"), down: say("reader-down") },
    link: {
      connecting: say("link-connecting"),
      online: say("link-online"),
      offline: say("link-offline"),
      signed_out: say("link-signed-out"),
    },
    signInEnds: {
      days: (count, shown) => say("sign-in-ends-days", { count, shown }),
      hours: (count, shown) => say("sign-in-ends-hours", { count, shown }),
    },
    notTakenOver: say("not-taken-over"),
    offlineWithoutSaving: say("offline-without-saving"),
    waiting: (count, shown, since) =>
      since === null ? say("waiting", { count, shown }) : say("waiting-since", { count, shown, since }),
    needsStaff: (count, shown) => say("needs-staff", { count, shown }),
    storageFails: say("storage-fails"),
    clockBehind: (duration) => say("clock-behind", { duration }),
    clockAhead: (duration) => say("clock-ahead", { duration }),
    duration: {
      none: say("duration-none"),
      minutes: (count, shown) => say("duration-minutes", { count, shown }),
      hours: (count, shown) => say("duration-hours", { count, shown }),
      hoursAndMinutes: (hours, hoursShown, minutes, minutesShown) =>
        say("duration-hours-and-minutes", { hours, hoursShown, minutes, minutesShown }),
    },
    passesLeft: (count, shown) => say("passes-left", { count, shown }),
    minutesUsed: (duration) => say("minutes-used", { duration }),
    payAsYouGo: say("pay-as-you-go"),
    hereSince: (time) => say("here-since", { time }),
    present: (count, shown) => say("present", { count, shown }),
    charge: (name, price) => {
      if (name === null) return say("charge-of-some-kind");
      return price === null ? say("charge", { name }) : say("charge-with-price", { name, price });
    },
    closed: {
      headline: say("closed"),
      opens: (when) => say("closed-opens", { when }),
      tapsStillWork: say("closed-taps-still-work"),
    },
    renewHere: say("renew-here"),
    preferences: {
      open: say("preferences-open"),
      title: say("preferences-title"),
      language: say("preferences-language"),
      largerText: say("preferences-larger-text"),
      highContrast: say("preferences-high-contrast"),
      speech: say("preferences-speech"),
      done: say("preferences-done"),
    },
    pin: {
      open: say("pin-open"),
      title: say("pin-title"),
      name: say("pin-name"),
      whoAreYou: say("pin-who-are-you"),
      nobody: say("pin-nobody"),
      pause: say("pin-pause"),
      wrong: say("pin-wrong"),
      locked: (duration) => say("pin-locked", { duration }),
      backspace: say("pin-backspace"),
      clear: say("pin-clear"),
      enter: say("pin-enter"),
      cancel: say("pin-cancel"),
    },
    staff: {
      open: say("staff-open"),
      title: say("staff-pin-title"),
    },
    configuration: (configuration) => say("configuration", { configuration }),
    sentence: (text) => (endsASentence(text) ? text : say("sentence", { text })),
  };
}

/** Also behind an invisible isolation mark. */
function endsASentence(text: string): boolean {
  return /[.!?…。！？؟]\p{Cf}*$/u.test(text);
}
