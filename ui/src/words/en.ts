// English. Everything the kiosk says.
import type { Words } from "./words";

export const en: Words = {
  invitation: {
    up: { headline: "Hold your tile to the reader", hint: null },
    starting: { headline: "Getting ready", hint: "One moment, please" },
    down: { headline: "Reader not connected", hint: "Please see the desk" },
  },
  cannotStore: { headline: "Taps cannot be stored", hint: "Please see the desk" },
  acknowledged: { headline: "Tile read", hint: "One moment" },
  headline: {
    checked_in: "Welcome",
    checked_out: "Goodbye",
    refused: "Not checked in",
    unknown_tile: "Tile not known",
    ambiguous_tile: "Shared tile",
    unusable_tile: "Use your tile",
    saved: "Saved",
    unavailable: "Not recorded",
  },
  nothingChanged: "Nothing changed",
  checkedInAt: (time) => `Checked in at ${time}`,
  checkedOutAfter: (duration) => `Checked out after ${duration}`,
  refused: {
    service_without_reason: "No reason was given.",
    inactive: "Your membership is not active.",
    archived: "Your membership has ended.",
    already_in: "You are checked in already.",
    already_out: "You are checked out already.",
  },
  unknownTile: "No member has this tile, so you are not checked in.",
  ambiguousTile: "More than one member has this tile, so you are not checked in.",
  unusableTile: "A phone or this kind of card cannot check you in. Please hold the tile you were given to the reader.",
  saved: "Kept on this kiosk, not yet checked. It will be recorded when the connection is back.",
  unavailable: {
    offline: "There is no connection at the moment.",
    signed_out: "This kiosk is signed out.",
    queue_full: "There is no connection, and this kiosk cannot keep any more taps.",
    no_member_data: "This kiosk has not loaded the list of members yet.",
    not_permitted: "This kiosk is not permitted to record check-ins.",
    journal: "This kiosk could not store your tap.",
    service: "The check-in service gave no clear answer.",
  },
  seeTheDesk: "Please see the desk",
  tile: (tile) => `Tile ${tile}`,
  offer: {
    check_in: "Check in instead",
    check_out: "Check out instead",
    try_again: "Try again",
  },
  offerTaken: "One moment",
  offerFailed: "That did not work",
  outOfOrder: { headline: "Out of order", hint: "Please see the desk" },
  reader: {
    starting: "Reader starting",
    up: "Reader ready",
    down: "Reader not connected",
  },
  link: {
    connecting: "Connecting",
    online: "Connected",
    offline: "Offline: taps are saved here",
    signed_out: "Signed out: ask staff",
  },
  offlineWithoutSaving: "Offline: taps cannot be recorded",
  waiting: (count, shown, since) => {
    const taps = count === 1 ? `${shown} tap waiting` : `${shown} taps waiting`;
    return since === null ? taps : `${taps} since ${since}`;
  },
  needsStaff: (count, shown) => (count === 1 ? `${shown} tap needs staff` : `${shown} taps need staff`),
  storageFails: "Taps cannot be stored: ask staff",
  clockBehind: (duration) => `This tablet's clock is ${duration} slow`,
  clockAhead: (duration) => `This tablet's clock is ${duration} fast`,
  duration: {
    none: "less than a minute",
    minutes: (minutes) => `${minutes}\u00a0min`,
    hours: (hours) => `${hours}\u00a0h`,
    hoursAndMinutes: (hours, minutes) => `${hours}\u00a0h\u00a0${minutes}\u00a0min`,
  },
};
