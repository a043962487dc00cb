//! Settings, kept in the user's configuration folder.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::palette::Colours;
use walled_gardens_engine::level::Spans;
use walled_gardens_engine::play::Language;

/// What a player can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language chosen; that of the system where none is.
    pub language: Option<Language>,
    /// The language of this run alone, which counts first and is not kept.
    #[serde(skip)]
    pub asked: Option<Language>,
    /// The system's language, as far as it is known.
    #[serde(skip)]
    pub system: Language,
    /// Factor on every size.
    pub text_size: f32,
    /// Dots jump instead of walking, and beads stand still.
    pub reduced_motion: bool,
    /// Colours of everything.
    pub colours: Colours,
    /// Speed of the walk.
    pub speed: f32,
    /// Whether anything is heard.
    pub sound: bool,
    /// Whether levels with a tutorial show what to do next.
    pub hints: bool,
    /// Steps done of each level's tutorial, by the level's id.
    pub tutorials: BTreeMap<String, usize>,
    /// Size of the window when it was left, in points.
    pub window: (f32, f32),
    /// Where it is kept; nowhere for tests.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            asked: None,
            system: Language::default(),
            text_size: 1.0,
            reduced_motion: false,
            colours: Colours::default(),
            speed: 1.0,
            sound: true,
            hints: true,
            tutorials: BTreeMap::new(),
            window: (1280.0, 800.0),
            file: None,
        }
    }
}

/// What a file of settings may state.
const FIELDS: [&str; 9] =
    ["language", "text_size", "reduced_motion", "colours", "speed", "sound", "hints", "tutorials", "window"];
/// The smallest and the largest text.
pub const TEXT_SIZES: RangeInclusive<f32> = 0.8..=1.6;
/// The slowest and the fastest walk.
pub const SPEEDS: RangeInclusive<f32> = 0.5..=8.0;
/// The narrowest and the widest window.
const WIDTHS: RangeInclusive<f32> = 640.0..=7_680.0;
/// The lowest and the highest window.
const HEIGHTS: RangeInclusive<f32> = 480.0..=4_320.0;

impl Settings {
    /// The settings that were kept last; the usual ones where there are none, or none that read.
    pub fn kept() -> Self {
        let system = sys_locale::get_locales().find_map(|locale| Language::of_locale(&locale));
        let kept = folder("XDG_CONFIG_HOME", ".config")
            .map_or_else(Self::default, |folder| Self::read(folder.join("settings.ron")));
        Self { system: system.unwrap_or_default(), ..kept }
    }

    /// The settings of a file, which is also where they will be kept. What makes no sense in it is made to.
    pub fn read(file: PathBuf) -> Self {
        let read = std::fs::read_to_string(&file).map(|text| Self::of_text(&text)).unwrap_or_default();
        let usual = Self::default();
        Self {
            text_size: sane(read.text_size, &TEXT_SIZES, usual.text_size),
            speed: sane(read.speed, &SPEEDS, usual.speed),
            window: (
                sane(read.window.0, &WIDTHS, usual.window.0),
                sane(read.window.1, &HEIGHTS, usual.window.1),
            ),
            file: Some(file),
            ..read
        }
    }

    /// The language to speak: that of this run, or else the one chosen, or the system's.
    pub fn language(&self) -> Language {
        self.asked.or(self.language).unwrap_or(self.system)
    }

    /// What a text sets; what of it does not read stays as usual, and takes nothing else with it.
    fn of_text(text: &str) -> Self {
        ron::from_str(text).unwrap_or_else(|_| {
            let spans = Spans::scan(text);
            let stated = |name: &&str| Some(format!("{name}: {}", text.get(spans.get(name)?)?));
            let reads = |one: &String| ron::from_str::<Self>(&format!("({one})")).is_ok();
            let sound: Vec<String> = FIELDS.iter().filter_map(stated).filter(reads).collect();
            ron::from_str(&format!("({})", sound.join(", "))).unwrap_or_default()
        })
    }

    /// Keeps them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new()).map_err(std::io::Error::other)?;
        walled_gardens_engine::play::write_whole(file, text.as_bytes())
    }
}

/// A number within its range; the usual one where it is none at all.
fn sane(number: f32, range: &RangeInclusive<f32>, usual: f32) -> f32 {
    if number.is_finite() { number.clamp(*range.start(), *range.end()) } else { usual }
}

/// The program's folder of a kind, by the variable that names it or its usual place below the home.
pub fn folder(variable: &str, usual: &str) -> Option<PathBuf> {
    let stated = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(usual));
    // Elsewhere than on Unix there is one folder for both.
    let other = std::env::var_os("APPDATA").map(PathBuf::from);
    stated.or(home).or(other).map(|folder| folder.join("walled-gardens"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_kept_and_nonsense_is_made_sense_of() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.ron");
        let usual = Settings { file: Some(file.clone()), ..Settings::default() };
        assert_eq!(Settings::read(file.clone()), usual, "there is no file yet");
        let own = Settings {
            language: Some(Language::Vietnamese),
            colours: Colours::Contrast,
            text_size: 1.3,
            window: (1_600.0, 900.0),
            reduced_motion: true,
            sound: false,
            tutorials: BTreeMap::from([("tutorial/first-game".to_owned(), 4)]),
            ..usual.clone()
        };
        own.keep().expect("is kept");
        assert_eq!(Settings::read(file.clone()), own);
        let text = "(text_size: 99.0, speed: NaN, window: (-3.0, 1e9), colours: Contrast)";
        std::fs::write(&file, text).expect("is written");
        let read = Settings::read(file.clone());
        assert_eq!((read.text_size, read.speed, read.window), (1.6, 1.0, (640.0, 4_320.0)));
        let kept = ron::ser::to_string(&own).expect("encodes");
        for field in FIELDS {
            let place = Spans::scan(&kept).get(field).expect("every field is kept");
            let mut text = kept.clone();
            text.replace_range(place, "wrong");
            std::fs::write(&file, text).expect("is written");
            let one = |settings: &Settings| {
                let Settings {
                    language,
                    text_size,
                    reduced_motion,
                    colours,
                    speed,
                    sound,
                    hints,
                    tutorials,
                    window,
                    ..
                } = settings.clone();
                [
                    format!("{language:?}"),
                    format!("{text_size}"),
                    format!("{reduced_motion}"),
                    format!("{colours:?}"),
                    format!("{speed}"),
                    format!("{sound}"),
                    format!("{hints}"),
                    format!("{tutorials:?}"),
                    format!("{window:?}"),
                ]
            };
            let (read, own, usual) = (one(&Settings::read(file.clone())), one(&own), one(&usual));
            for (number, other) in FIELDS.iter().enumerate() {
                let wanted = if *other == field { &usual } else { &own };
                assert_eq!(read[number], wanted[number], "{other} where {field} is wrong");
            }
        }
        std::fs::write(&file, "no settings at all").expect("is written");
        assert_eq!(Settings::read(file), usual);
    }
}
