//! What is heard at the kiosk: a rhythm for each verdict, and its words. It adds to the picture and is never waited for;
//! a machine without a sound device works all the same.

pub mod audible;
mod loudspeaker;
mod output;
mod player;
pub mod rhythm;
mod volume;

pub use loudspeaker::Loudspeaker;
pub use output::probe;

/// Sound at one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// From -1 to 1.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

impl Samples {
    /// How long they last.
    pub fn duration(&self) -> std::time::Duration {
        let count = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        std::time::Duration::from_secs(1) * count / self.rate.max(1)
    }

    /// The same, louder or softer.
    fn amplified(mut self, gain: f32) -> Self {
        for sample in &mut self.samples {
            *sample *= gain;
        }
        self
    }
}
