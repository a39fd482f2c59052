//! The search for tiles: `InListPassiveTarget` and `InAutoPoll` (PN532 user manual UM0701, 7.3.5 and 7.3.13).

use std::time::{Duration, Instant};

use super::field::{Field, Presence, Wanted};

/// Unit of `InAutoPoll`'s period (UM0701, 7.3.13).
const PERIOD_UNIT: Duration = Duration::from_millis(150);

/// Target types of `InAutoPoll` that mean ISO 14443 type A: generic, Mifare (any tile, no RATS) and ISO 14443-4A.
const GENERIC: u8 = 0x00;
const MIFARE: u8 = 0x10;
const ISO_DEP: u8 = 0x20;

/// A search that is under way.
#[derive(Debug)]
pub(super) struct Search {
    /// When the attempt that runs, or the slot it stands in, began.
    begun: Instant,
    how: How,
}

#[derive(Debug)]
enum How {
    /// `InListPassiveTarget`: attempt after attempt.
    List { wanted: Option<Wanted>, left: Option<u32> },
    /// `InAutoPoll`: one attempt at the start of each type's period.
    Poll { types: Vec<u8>, index: usize, rounds_left: Option<u8>, period: Duration, tried: bool },
}

/// What one step of a search came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Find {
    /// These tiles; the search is over.
    Tiles(Vec<Presence>),
    /// No tile; the search is over.
    Nothing,
    /// No tile yet.
    GoOn,
}

impl Search {
    /// Reads `InListPassiveTarget`'s parameters; `attempts` counts RF attempts, `None` is for ever.
    pub(super) fn list(begun: Instant, parameters: &[u8], attempts: Option<u32>) -> Option<Self> {
        let wanted = match *parameters {
            [most @ 1..=2, 0x00, ref uid @ ..] if matches!(uid.len(), 0 | 4 | 8 | 12) => {
                Some(Wanted { most: usize::from(most), cascaded_uid: uid.to_vec(), iso_dep: false })
            }
            // FeliCa 212 and 424, ISO 14443 type B, Jewel: no such tile is ever here.
            [1..=2, 0x01..=0x04, ..] => None,
            _ => return None,
        };
        Some(Self { begun, how: How::List { wanted, left: attempts } })
    }

    /// Reads `InAutoPoll`'s parameters.
    pub(super) fn poll(begun: Instant, parameters: &[u8]) -> Option<Self> {
        let [rounds @ 1..=0xFF, period @ 1..=0x0F, ref types @ ..] = *parameters else { return None };
        if !(1..=15).contains(&types.len()) {
            return None;
        }
        let how = How::Poll {
            types: types.to_vec(),
            index: 0,
            rounds_left: (rounds != 0xFF).then_some(rounds),
            period: PERIOD_UNIT * u32::from(period),
            tried: false,
        };
        Some(Self { begun, how })
    }

    /// When its step ends; an RF attempt takes `attempt`.
    pub(super) fn deadline(&self, attempt: Duration) -> Instant {
        match self.how {
            How::Poll { tried: true, period, .. } => self.begun + period,
            _ => self.begun + attempt,
        }
    }

    /// Ends the step that was due at `end`.
    pub(super) fn next(&mut self, end: Instant, field: &mut Field) -> Find {
        match &mut self.how {
            How::List { wanted, left } => {
                let found = wanted.as_ref().map_or_else(Vec::new, |wanted| field.select(wanted, self.begun));
                if !found.is_empty() {
                    return Find::Tiles(found);
                }
                if let Some(left) = left {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        return Find::Nothing;
                    }
                }
                self.begun = end;
            }
            How::Poll { types, index, tried: tried @ false, .. } => {
                *tried = true;
                let wanted = match types[*index] {
                    kind @ (GENERIC | MIFARE | ISO_DEP) => {
                        Wanted { most: 2, cascaded_uid: Vec::new(), iso_dep: kind == ISO_DEP }
                    }
                    _ => return Find::GoOn,
                };
                let found = field.select(&wanted, self.begun);
                if !found.is_empty() {
                    return Find::Tiles(found);
                }
            }
            How::Poll { types, index, rounds_left, tried, .. } => {
                *tried = false;
                self.begun = end;
                *index = (*index + 1) % types.len();
                if let (0, Some(left)) = (*index, rounds_left) {
                    *left -= 1;
                    if *left == 0 {
                        return Find::Nothing;
                    }
                }
            }
        }
        Find::GoOn
    }

    /// Reply code and number of targets.
    pub(super) fn head(&self, targets: usize) -> Vec<u8> {
        let code = match self.how {
            How::List { .. } => 0x4B,
            How::Poll { .. } => 0x61,
        };
        vec![code, u8::try_from(targets).unwrap_or(u8::MAX)]
    }

    /// What stands before each target's data of `length` bytes: type and length in `InAutoPoll`, else nothing.
    pub(super) fn target_head(&self, is_iso_dep: bool, length: usize) -> Vec<u8> {
        match &self.how {
            How::List { .. } => Vec::new(),
            How::Poll { types, index, .. } => {
                let kind = match types[*index] {
                    GENERIC if is_iso_dep => ISO_DEP,
                    GENERIC => MIFARE,
                    named => named,
                };
                vec![kind, u8::try_from(length).unwrap_or(u8::MAX)]
            }
        }
    }

    /// Whether ISO-DEP targets are asked for their ATS, given what `SetParameters` said for `InListPassiveTarget`.
    pub(super) fn wants_ats(&self, automatic: bool) -> bool {
        match &self.how {
            How::List { .. } => automatic,
            How::Poll { types, index, .. } => types[*index] != MIFARE,
        }
    }
}
