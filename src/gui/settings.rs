//! Settings, kept in the user's configuration folder.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What a player can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Factor on every size.
    pub text_size: f32,
    /// Dots jump instead of walking, and beads stand still.
    pub reduced_motion: bool,
    /// Speed of the walk.
    pub speed: f32,
    /// Whether levels with a tutorial show what to do next.
    pub hints: bool,
    /// Size of the window, in points.
    pub window: (f32, f32),
    /// Where it is kept; nowhere for tests.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            text_size: 1.0,
            reduced_motion: false,
            speed: 1.0,
            hints: true,
            window: (1280.0, 800.0),
            file: None,
        }
    }
}

/// The smallest and the largest text.
pub const TEXT_SIZES: std::ops::RangeInclusive<f32> = 0.8..=1.6;

impl Settings {
    /// The settings that were kept last; the usual ones where there are none, or none that read.
    pub fn kept() -> Self {
        let Some(file) = folder("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("settings.ron"))
        else {
            return Self::default();
        };
        let read = std::fs::read_to_string(&file).ok().and_then(|text| ron::from_str::<Self>(&text).ok());
        let mut settings = read.unwrap_or_default();
        let sane = |size: f32, range: std::ops::RangeInclusive<f32>| {
            if size.is_finite() { size.clamp(*range.start(), *range.end()) } else { *range.start() }
        };
        settings.text_size = sane(settings.text_size, TEXT_SIZES);
        settings.speed = sane(settings.speed, 0.25..=8.0);
        settings.window =
            (sane(settings.window.0, 640.0..=7_680.0), sane(settings.window.1, 480.0..=4_320.0));
        settings.file = Some(file);
        settings
    }

    /// Keeps them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new()).map_err(std::io::Error::other)?;
        crate::play::write_whole(file, text.as_bytes())
    }
}

/// The program's folder of a kind, by the variable that names it or its usual place below the home.
pub fn folder(variable: &str, usual: &str) -> Option<PathBuf> {
    let stated = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(usual));
    // Elsewhere than on Unix there is one folder for both.
    let other = std::env::var_os("APPDATA").map(PathBuf::from);
    stated.or(home).or(other).map(|folder| folder.join("walled-gardens"))
}
