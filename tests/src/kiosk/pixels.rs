//! Judges screenshots. What a page believes to have painted is no evidence; its pixels are.

use std::collections::HashSet;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// How far each channel may be off for two colours to count as the same.
const TOLERANCE: u8 = 6;
/// Fewer colours than this are no picture: text alone, with its smoothed edges, brings dozens.
const FEWEST_COLOURS: usize = 16;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub left: usize,
    /// Upper edge.
    pub top: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

/// A screenshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    pixels: Vec<Colour>,
}

impl Picture {
    /// A picture of this size from its red, green and blue bytes, row by row; none when there are not as many.
    pub fn from_bytes(width: usize, height: usize, bytes: &[u8]) -> Option<Self> {
        let (pixels, rest) = bytes.as_chunks();
        (pixels.len() == width * height && rest.is_empty()).then(|| Self { width, pixels: pixels.to_vec() })
    }

    /// The whole of it.
    pub fn whole(&self) -> Area {
        Area { left: 0, top: 0, width: self.width, height: self.pixels.len() / self.width }
    }

    /// Stores it as a PNG. Left to `ImageMagick`: unoptimised Rust takes seconds, and what is on the screen does not wait.
    pub async fn save(&self, path: &Path) -> anyhow::Result<()> {
        let Area { width, height, .. } = self.whole();
        let mut converter = Command::new("/usr/bin/convert")
            .args(["-size", &format!("{width}x{height}"), "-depth", "8", "rgb:-"])
            .arg(format!("png:{}", path.display()))
            .stdin(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("`convert` does not start; it is in the package imagemagick")?;
        let mut stdin = converter.stdin.take().context("no standard input")?;
        stdin.write_all(self.pixels.as_flattened()).await?;
        drop(stdin);
        if !converter.wait().await?.success() {
            bail!("cannot write {}", path.display());
        }
        Ok(())
    }

    /// How many colours there are in an area.
    pub fn distinct_colours(&self, area: Area) -> usize {
        self.rows(area).flatten().collect::<HashSet<_>>().len()
    }

    /// Which share of an area has a colour, 0 to 1.
    pub fn share_of(&self, colour: Colour, area: Area) -> f64 {
        share(self.rows(area).flatten().map(|pixel| same(*pixel, colour)))
    }

    /// Which share of all pixels differs from another picture, 0 to 1; 1 when the sizes differ.
    pub fn difference(&self, other: &Self) -> f64 {
        if self.whole() != other.whole() {
            return 1.0;
        }
        share(self.pixels.iter().zip(&other.pixels).map(|(one, two)| !same(*one, *two)))
    }

    /// Whether there is next to nothing on it.
    pub fn is_blank(&self) -> bool {
        let mut colours = HashSet::new();
        // Ends at the first few lines of text, long before all pixels are counted.
        !self.pixels.iter().any(|pixel| {
            colours.insert(pixel);
            colours.len() == FEWEST_COLOURS
        })
    }

    fn rows(&self, area: Area) -> impl Iterator<Item = &[Colour]> {
        let within = move |row: &'_ [Colour]| area.left.min(row.len())..(area.left + area.width).min(row.len());
        self.pixels.chunks(self.width).skip(area.top).take(area.height).map(move |row| &row[within(row)])
    }
}

pub(super) fn same(one: Colour, two: Colour) -> bool {
    (0..3).all(|channel| one[channel].abs_diff(two[channel]) <= TOLERANCE)
}

fn share(fits: impl Iterator<Item = bool>) -> f64 {
    let (hits, all) = fits.fold((0_u32, 0_u32), |(hits, all), fits| (hits + u32::from(fits), all + 1));
    f64::from(hits) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREEN: Colour = [10, 98, 72];
    const PAPER: Colour = [247, 244, 238];

    fn half_and_half() -> Picture {
        let row = [[GREEN; 20], [PAPER; 20]].concat();
        Picture { width: 40, pixels: row.repeat(20) }
    }

    #[test]
    fn shares_and_colours_of_an_area() {
        let picture = half_and_half();
        let is_about = |share: f64, expected: f64| (share - expected).abs() < 1e-9;
        assert!(is_about(picture.share_of(GREEN, picture.whole()), 0.5));
        assert!(is_about(picture.share_of([12, 96, 74], picture.whole()), 0.5), "a rounding error is no difference");
        let left = Area { width: 20, ..picture.whole() };
        assert!(is_about(picture.share_of(GREEN, left), 1.0));
        assert_eq!(picture.distinct_colours(left), 1);
        assert_eq!(picture.distinct_colours(picture.whole()), 2);
        assert_eq!(picture.distinct_colours(Area { left: 39, top: 19, width: 100, height: 100 }), 1, "cut at the edge");
    }

    #[test]
    fn two_flat_fields_are_blank_and_differ_by_what_changed() {
        let picture = half_and_half();
        assert!(picture.is_blank());
        let all_green = Picture { width: 40, pixels: vec![GREEN; 800] };
        assert!((picture.difference(&all_green) - 0.5).abs() < 1e-9);
        assert!(picture.difference(&picture.clone()) < 1e-9);
        assert!(picture.difference(&Picture { width: 1, pixels: vec![GREEN] }) > 0.99);
    }

    #[test]
    fn bytes_make_a_picture_only_when_there_are_enough() {
        assert_eq!(Picture::from_bytes(2, 1, &[1, 2, 3, 4, 5, 6]).map(|picture| picture.pixels[1]), Some([4, 5, 6]));
        assert_eq!(Picture::from_bytes(2, 1, &[1, 2, 3, 4, 5]), None);
    }
}
