//! Frames on the wire: the PN532's normal, extended, ACK, NACK and error frames (PN532 user manual UM0701, 6.2.1),
//! and the checksum that ISO 14443-3 type A puts on the air.

/// Says "command understood" (UM0701, 6.2.1.3).
pub(super) const ACK: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];

/// The application-level error frame for a command the chip does not know (UM0701, 6.2.1.5).
pub(super) const SYNTAX_ERROR: [u8; 8] = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];

/// Frame identifier of what the host says to the chip.
pub(super) const FROM_HOST: u8 = 0xD4;

/// Frame identifier of what the chip says to the host.
pub(super) const FROM_CHIP: u8 = 0xD5;

/// Longest content of a frame in bytes, identifier included (UM0701, 6.2.1.2: extended frames).
const LONGEST: usize = 265;

/// What a host can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Host ACK: gives up the running command, or confirms a new line speed.
    Ack,
    /// Host NACK: asks for the last reply again.
    Nack,
    /// A command: its code and parameters, without the frame identifier.
    Command(Vec<u8>),
    /// A sound frame that is not meant for the chip (wrong frame identifier).
    Foreign,
}

/// One frame from a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HostFrame {
    /// What it says.
    pub(super) said: Said,
    /// Its bytes from the start code 00 FF to the checksum.
    pub(super) bytes: Vec<u8>,
}

/// Puts `content` (without identifier) into a normal frame, or an extended one where it is longer than 254 bytes.
pub(super) fn encode(identifier: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len() + 1;
    let mut frame = vec![0x00, 0x00, 0xFF];
    match u8::try_from(length) {
        Ok(short) if short < 0xFF => frame.extend([short, short.wrapping_neg()]),
        _ => {
            let [high, low] = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
            frame.extend([0xFF, 0xFF, high, low, high.wrapping_add(low).wrapping_neg()]);
        }
    }
    frame.push(identifier);
    frame.extend_from_slice(content);
    frame.extend([sum(content).wrapping_add(identifier).wrapping_neg(), 0x00]);
    frame
}

/// Finds frames in a stream of bytes that may arrive in any pieces, with any rubbish between them.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    buffer: Vec<u8>,
}

enum Step {
    Found { until: usize, said: Said },
    Skip(usize),
    More,
}

impl Decoder {
    /// Takes the next bytes and gives the frames they complete. Damaged frames vanish, as on the real chip.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<HostFrame> {
        self.buffer.extend_from_slice(bytes);
        let mut frames = Vec::new();
        loop {
            match step(&self.buffer) {
                Step::Found { until, said } => {
                    frames.push(HostFrame { said, bytes: self.buffer[..until].to_vec() });
                    self.buffer.drain(..until);
                }
                Step::Skip(count) => {
                    self.buffer.drain(..count);
                }
                Step::More => return frames,
            }
        }
    }

    /// Forgets a frame that was begun and not finished.
    pub(super) fn clear(&mut self) {
        self.buffer.clear();
    }

    /// Whether a frame was begun and not finished.
    pub(super) fn is_mid_frame(&self) -> bool {
        self.buffer.len() > 1
    }
}

fn step(buffer: &[u8]) -> Step {
    let Some(start) = buffer.windows(2).position(|pair| pair == [0x00, 0xFF]) else {
        let keep = usize::from(buffer.last() == Some(&0x00));
        return if buffer.len() > keep { Step::Skip(buffer.len() - keep) } else { Step::More };
    };
    if start > 0 {
        return Step::Skip(start);
    }
    let (head, length) = match buffer[2..] {
        [0x00, 0xFF, ..] => return Step::Found { until: 4, said: Said::Ack },
        [0xFF, 0x00, ..] => return Step::Found { until: 4, said: Said::Nack },
        [0xFF, 0xFF, high, low, check, ..] if high.wrapping_add(low).wrapping_add(check) == 0 => {
            (7, usize::from(u16::from_be_bytes([high, low])))
        }
        [0xFF, 0xFF, _, _, _, ..] => return Step::Skip(1),
        [0xFF, 0xFF, ..] | [] | [_] => return Step::More,
        [length, check, ..] if length.wrapping_add(check) == 0 => (4, usize::from(length)),
        _ => return Step::Skip(1),
    };
    if !(1..=LONGEST).contains(&length) {
        return Step::Skip(1);
    }
    let Some(content) = buffer.get(head..=head + length) else { return Step::More };
    if sum(content) != 0 {
        return Step::Skip(1);
    }
    let said = match content[..length] {
        [FROM_HOST, ref command @ ..] => Said::Command(command.to_vec()),
        _ => Said::Foreign,
    };
    Step::Found { until: head + length + 1, said }
}

/// The bits that rise while `byte` goes over the wire (start bit low, eight data bits, stop bit high): a sleeping chip
/// wakes after five of them (UM0701, 7.2.11 `PowerDown`, wake-up by the serial line).
pub(super) fn rising_edges(byte: u8) -> u32 {
    let levels = (u16::from(byte) << 1) | 0x200;
    (levels & !(levels << 1)).count_ones()
}

/// `CRC_A` of ISO 14443-3 (initial value 0x6363), low byte first as it is sent.
pub(super) fn crc_a(data: &[u8]) -> [u8; 2] {
    let crc = data.iter().fold(0x6363_u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0x8408 } else { crc >> 1 })
    });
    crc.to_le_bytes()
}

/// Upper-case hex without separators.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]).map(|digit| DIGITS[usize::from(digit)]).collect()
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GET_FIRMWARE_VERSION: [u8; 9] = [0x00, 0x00, 0xFF, 0x02, 0xFE, 0xD4, 0x02, 0x2A, 0x00];

    fn said(decoder: &mut Decoder, bytes: &[u8]) -> Vec<Said> {
        decoder.push(bytes).into_iter().map(|frame| frame.said).collect()
    }

    #[test]
    fn a_normal_frame_is_the_manuals() {
        assert_eq!(encode(FROM_HOST, &[0x02]), GET_FIRMWARE_VERSION);
        let reply = encode(FROM_CHIP, &[0x03, 0x32, 0x01, 0x06, 0x07]);
        assert_eq!(hex(&reply), "0000FF06FAD50332010607E800");
    }

    #[test]
    fn the_length_decides_between_normal_and_extended_and_both_come_back() {
        for length in [1, 2, 253, 254, 255, 256, LONGEST - 1] {
            let content: Vec<u8> = (0..length).map(|index| u8::try_from(index % 256).unwrap()).collect();
            let frame = encode(FROM_HOST, &content);
            assert_eq!(frame[3..5] == [0xFF, 0xFF], length >= 254, "{length}");
            assert_eq!(said(&mut Decoder::default(), &frame), [Said::Command(content)], "{length}");
        }
    }

    #[test]
    fn acknowledgements_and_foreign_frames_are_told_apart() {
        let mut decoder = Decoder::default();
        assert_eq!(said(&mut decoder, &ACK), [Said::Ack]);
        assert_eq!(said(&mut decoder, &[0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00]), [Said::Nack]);
        assert_eq!(said(&mut decoder, &encode(FROM_CHIP, &[0x03])), [Said::Foreign]);
    }

    #[test]
    fn split_input_makes_the_same_frame() {
        for cut in 0..GET_FIRMWARE_VERSION.len() {
            let mut decoder = Decoder::default();
            let mut frames = said(&mut decoder, &GET_FIRMWARE_VERSION[..cut]);
            frames.extend(said(&mut decoder, &GET_FIRMWARE_VERSION[cut..]));
            assert_eq!(frames, [Said::Command(vec![0x02])], "cut at {cut}");
        }
        let mut decoder = Decoder::default();
        let frames: Vec<Said> = GET_FIRMWARE_VERSION.iter().flat_map(|byte| said(&mut decoder, &[*byte])).collect();
        assert_eq!(frames, [Said::Command(vec![0x02])]);
    }

    #[test]
    fn every_damaged_byte_is_noticed_and_the_next_frame_is_found() {
        // The last byte is the postamble, which the chip does not check; the first is preamble.
        for damaged in 1..GET_FIRMWARE_VERSION.len() - 1 {
            let mut bytes = GET_FIRMWARE_VERSION;
            bytes[damaged] ^= 0x10;
            let mut decoder = Decoder::default();
            let first = said(&mut decoder, &bytes);
            assert!(!first.contains(&Said::Command(vec![0x02])), "byte {damaged}: {first:?}");
            decoder.clear();
            assert_eq!(said(&mut decoder, &GET_FIRMWARE_VERSION), [Said::Command(vec![0x02])]);
        }
    }

    #[test]
    fn rubbish_before_a_frame_does_not_hide_it() {
        for rubbish in [&[0x55, 0x55, 0x00, 0x00][..], &[0x00; 14], &[0xFF; 7], b"hello", &[0x00, 0xFF, 0x13]] {
            let bytes = [rubbish, &GET_FIRMWARE_VERSION].concat();
            assert_eq!(said(&mut Decoder::default(), &bytes), [Said::Command(vec![0x02])], "{rubbish:02X?}");
        }
    }

    #[test]
    fn random_bytes_never_panic_nor_pile_up() {
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        let mut decoder = Decoder::default();
        for _ in 0..20_000 {
            let chunk: Vec<u8> = (0..seed % 40)
                .map(|_| {
                    seed ^= seed << 13;
                    seed ^= seed >> 7;
                    seed ^= seed << 17;
                    // Mostly bytes that mean something to the decoder.
                    [0x00, 0xFF, 0xD4, 0x01, seed.to_le_bytes()[2]][usize::try_from(seed % 5).unwrap()]
                })
                .collect();
            seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            decoder.push(&chunk);
            assert!(decoder.buffer.len() <= LONGEST + 8, "{}", decoder.buffer.len());
        }
    }

    #[test]
    fn wake_up_edges_and_air_checksum_are_the_documents() {
        assert_eq!([0x55, 0x00, 0xFF, 0xF0].map(rising_edges), [5, 1, 1, 1]);
        // ISO 14443-3, annex B: CRC_A of 00 00 is A0 1E, of 12 34 is 26 CF.
        assert_eq!(crc_a(&[0x00, 0x00]), [0xA0, 0x1E]);
        assert_eq!(crc_a(&[0x12, 0x34]), [0x26, 0xCF]);
    }
}
