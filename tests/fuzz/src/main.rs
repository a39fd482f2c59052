//! The fuzz target `reply`: any bytes as a reply of the service.

#![no_main]

mod reply;

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    reply::try_out(input);
});
