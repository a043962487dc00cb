//! Palettes: every colour of the window, each palette a table, and which one is in use.

use std::sync::atomic::{AtomicU8, Ordering};

use bevy_egui::egui::Color32;
use serde::{Deserialize, Serialize};

/// A colour from its hexadecimal notation.
pub const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// Every colour, by what it is for.
#[derive(Debug, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Lines of the map, and what gardens are mixed over.
    pub grid: Color32,
    /// Rails, tracks, fields of text.
    pub extreme: Color32,
    /// Panels.
    pub panel: Color32,
    /// Every other row.
    pub faint: Color32,
    /// Cards and buttons.
    pub raised: Color32,
    /// Under the pointer.
    pub hover: Color32,
    /// Chosen.
    pub selected: Color32,
    /// Separators.
    pub line: Color32,
    /// Outlines.
    pub stroke: Color32,
    /// Text.
    pub text: Color32,
    /// Text that explains.
    pub text2: Color32,
    /// Text that may be overlooked.
    pub weak: Color32,
    /// You, and what to do next: the only accent.
    pub accent: Color32,
    /// Text on the accent.
    pub ink: Color32,
    /// Better; always with a sign besides.
    pub good: Color32,
    /// Worse; likewise.
    pub bad: Color32,
    /// Beware; likewise.
    pub warn: Color32,
    /// Rails of a payment bridge.
    pub payment: Color32,
    /// Planks of a logistics bridge.
    pub logistics: Color32,
    /// Chevrons of a traffic bridge.
    pub traffic: Color32,
    /// Braid of a data bridge.
    pub data: Color32,
    /// A gold medal.
    pub gold: Color32,
    /// A silver medal.
    pub silver: Color32,
    /// A bronze medal.
    pub bronze: Color32,
    /// Platforms, in the order of the level; always with an outline besides.
    pub platforms: [Color32; 8],
}

/// The night plan, with Okabe and Ito's colours for platforms, evened out on this ground.
pub const NIGHT: Palette = Palette {
    ground: hex(0x0D1718),
    grid: hex(0x122021),
    extreme: hex(0x0B1314),
    panel: hex(0x152123),
    faint: hex(0x192729),
    raised: hex(0x1D2B2E),
    hover: hex(0x27383B),
    selected: hex(0x31464A),
    line: hex(0x2B3C3F),
    stroke: hex(0x3A4D50),
    text: hex(0xEDEFE6),
    text2: hex(0xB4C0BB),
    weak: hex(0x96A6A1),
    accent: hex(0xF3E6C4),
    ink: hex(0x1A2324),
    good: hex(0x86D9B4),
    bad: hex(0xF5A58C),
    warn: hex(0xF2D675),
    payment: hex(0xF3E6C4),
    logistics: hex(0xC8A97A),
    traffic: hex(0xA9C3CF),
    data: hex(0xC3B5E6),
    gold: hex(0xF2C94C),
    silver: hex(0xD5DCE2),
    bronze: hex(0xC98A54),
    platforms: [
        hex(0xE69F00),
        hex(0xE8683A),
        hex(0xD283B4),
        hex(0x62BDF2),
        hex(0x1FAF74),
        hex(0xF0E442),
        hex(0x5B8DEF),
        hex(0xB9C1BD),
    ],
};

/// High contrast: black grounds, bright texts and lines, and Tol's light colours for platforms, which differ under every
/// kind of colour blindness and are all bright.
pub const CONTRAST: Palette = Palette {
    ground: hex(0x000000),
    grid: hex(0x0A0A0A),
    extreme: hex(0x000000),
    panel: hex(0x0A0A0A),
    faint: hex(0x141414),
    raised: hex(0x1A1A1A),
    hover: hex(0x262626),
    selected: hex(0x383838),
    line: hex(0x6E6E6E),
    stroke: hex(0x9C9C9C),
    text: hex(0xFFFFFF),
    text2: hex(0xE4E4E4),
    weak: hex(0xCACACA),
    accent: hex(0xFFEFA8),
    ink: hex(0x000000),
    good: hex(0x7DE8C0),
    bad: hex(0xFFB59E),
    warn: hex(0xFFE04D),
    payment: hex(0xFFEFA8),
    logistics: hex(0xE0BC82),
    traffic: hex(0xBFE0F0),
    data: hex(0xD8CCFF),
    gold: hex(0xFFD84D),
    silver: hex(0xE6ECF0),
    bronze: hex(0xE5A56B),
    platforms: [
        hex(0xEE8866),
        hex(0x99DDFF),
        hex(0xEEDD88),
        hex(0xFFAABB),
        hex(0x44BB99),
        hex(0x77AADD),
        hex(0xBBCC33),
        hex(0xDDDDDD),
    ],
};

/// A palette that can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colours {
    /// The night plan.
    #[default]
    Night,
    /// High contrast.
    Contrast,
}

impl Colours {
    /// Every palette.
    pub const ALL: [Self; 2] = [Self::Night, Self::Contrast];

    /// Its table.
    pub const fn table(self) -> &'static Palette {
        match self {
            Self::Night => &NIGHT,
            Self::Contrast => &CONTRAST,
        }
    }
}

static IN_USE: AtomicU8 = AtomicU8::new(0);

/// Puts a palette in use.
pub fn choose(colours: Colours) {
    IN_USE.store(colours as u8, Ordering::Relaxed);
}

/// Which palette is in use.
pub fn chosen() -> Colours {
    Colours::ALL
        .into_iter()
        .find(|colours| *colours as u8 == IN_USE.load(Ordering::Relaxed))
        .unwrap_or_default()
}

/// The palette in use.
pub fn palette() -> &'static Palette {
    chosen().table()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_ground_that_it_stands_on_in_every_palette() {
        for (colours, least) in [(Colours::Night, 4.5), (Colours::Contrast, 7.0)] {
            let p = colours.table();
            let readable = |text: Color32, ground: Color32| {
                let found = contrast(text, ground);
                assert!(found >= least, "{colours:?}: {text:?} on {ground:?}: {found}");
            };
            for ground in [p.ground, p.extreme, p.panel, p.faint, p.raised, p.hover] {
                for text in [p.text, p.text2, p.weak, p.accent, p.good, p.bad, p.warn] {
                    readable(text, ground);
                }
            }
            for text in [p.text, p.text2, p.accent] {
                readable(text, p.selected);
            }
            readable(p.ink, p.accent);
        }
    }

    #[test]
    fn marks_and_bridges_stand_out_and_no_two_platforms_share_a_colour() {
        for colours in Colours::ALL {
            let p = colours.table();
            let drawn = [p.payment, p.logistics, p.traffic, p.data, p.gold, p.silver, p.bronze];
            for colour in p.platforms.into_iter().chain(drawn) {
                for ground in [p.ground, p.grid, p.panel, p.raised, p.extreme] {
                    assert!(contrast(colour, ground) >= 3.0, "{colours:?}: {colour:?} on {ground:?}");
                }
            }
            for (place, colour) in p.platforms.iter().enumerate() {
                assert!(!p.platforms[..place].contains(colour));
            }
        }
    }

    #[test]
    fn a_palette_that_is_chosen_is_in_use() {
        // Only asked of the tables: other tests draw at the same time.
        assert_eq!(Colours::default().table(), &NIGHT);
        assert!(Colours::ALL.iter().enumerate().all(|(place, colours)| *colours as usize == place));
    }
}
