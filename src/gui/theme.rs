//! The night plan: every colour, size and duration of the window, in one place.

use std::sync::Arc;

use bevy_egui::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Shadow,
    Stroke, Style, TextStyle, Theme, Vec2, vec2,
};

/// A colour from its hexadecimal notation.
pub const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// Behind everything.
pub const GROUND: Color32 = hex(0x0D1718);
/// Lines of the map, and what gardens are mixed over.
pub const GRID: Color32 = hex(0x122021);
/// Rails, tracks, fields of text.
pub const EXTREME: Color32 = hex(0x0B1314);
/// Panels.
pub const PANEL: Color32 = hex(0x152123);
/// Every other row.
pub const FAINT: Color32 = hex(0x192729);
/// Cards and buttons.
pub const RAISED: Color32 = hex(0x1D2B2E);
/// Under the pointer.
pub const HOVER: Color32 = hex(0x27383B);
/// Chosen.
pub const SELECTED: Color32 = hex(0x31464A);
/// Separators.
pub const LINE: Color32 = hex(0x2B3C3F);
/// Outlines.
pub const STROKE: Color32 = hex(0x3A4D50);
/// Text.
pub const TEXT: Color32 = hex(0xEDEFE6);
/// Text that explains.
pub const TEXT2: Color32 = hex(0xB4C0BB);
/// Text that may be overlooked.
pub const WEAK: Color32 = hex(0x96A6A1);
/// You, and what to do next: the only accent.
pub const ACCENT: Color32 = hex(0xF3E6C4);
/// Text on the accent.
pub const INK: Color32 = hex(0x1A2324);
/// Better; always with a sign besides.
pub const GOOD: Color32 = hex(0x86D9B4);
/// Worse; likewise.
pub const BAD: Color32 = hex(0xF5A58C);
/// Beware; likewise.
pub const WARN: Color32 = hex(0xF2D675);
/// Rails of a payment bridge.
pub const PAYMENT: Color32 = hex(0xF3E6C4);
/// Planks of a logistics bridge.
pub const LOGISTICS: Color32 = hex(0xC8A97A);
/// Chevrons of a traffic bridge.
pub const TRAFFIC: Color32 = hex(0xA9C3CF);
/// Braid of a data bridge.
pub const DATA: Color32 = hex(0xC3B5E6);

/// A gold medal.
pub const GOLD: Color32 = hex(0xF2C94C);
/// A silver medal.
pub const SILVER: Color32 = hex(0xD5DCE2);
/// A bronze medal.
pub const BRONZE: Color32 = hex(0xC98A54);
/// Height of the top bar.
pub const TOP: f32 = 56.0;
/// Width of the left panel.
pub const LEFT: f32 = 296.0;
/// Width of the right panel.
pub const RIGHT: f32 = 348.0;
/// Height of the news.
pub const NEWS: f32 = 128.0;
/// Height of the turns of a match that is watched.
pub const TIMELINE: f32 = 64.0;
/// Edge of a panel.
pub const MARGIN: i8 = 16;

/// The outline of a garden, which is also its platform's mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// Corners; a circle has none.
    pub corners: u32,
    /// Turned by so much, in radians.
    pub turn: f32,
}

const PI: f32 = std::f32::consts::PI;
const fn outline(corners: u32, turn: f32) -> Outline {
    Outline { corners, turn }
}

/// Colours and outlines, dealt to platforms in the order of the level. Okabe and Ito's palette, evened out on this ground.
const IDENTITIES: [(u32, Outline); 8] = [
    (0xE69F00, outline(6, 0.0)),
    (0xE8683A, outline(4, PI / 4.0)),
    (0xD283B4, outline(4, 0.0)),
    (0x62BDF2, outline(3, PI / 2.0)),
    (0x1FAF74, outline(0, 0.0)),
    (0xF0E442, outline(5, PI / 2.0)),
    (0x5B8DEF, outline(8, PI / 8.0)),
    (0xB9C1BD, outline(3, -PI / 2.0)),
];

/// A platform's colour.
pub fn colour(platform: usize) -> Color32 {
    hex(IDENTITIES[platform % IDENTITIES.len()].0)
}

/// A platform's outline.
pub fn platform_outline(platform: usize) -> Outline {
    // The second eight bear the same colours on other outlines, so that no two of sixteen are alike.
    let shift = platform / IDENTITIES.len();
    IDENTITIES[(platform + 3 * shift) % IDENTITIES.len()].1
}

/// A colour mixed in sRGB: so much of the first over the second.
pub fn mix(over: Color32, part: f32, under: Color32) -> Color32 {
    let channel =
        |over: u8, under: u8| (f32::from(under) + (f32::from(over) - f32::from(under)) * part).round() as u8;
    Color32::from_rgb(
        channel(over.r(), under.r()),
        channel(over.g(), under.g()),
        channel(over.b(), under.b()),
    )
}

/// The family of semibold text.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Semibold text of body size.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).family(semibold()).color(TEXT)
}

/// The title of a screen.
pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).family(semibold()).size(20.0).color(TEXT)
}

/// A caption above something.
pub fn caption(text: impl Into<String>) -> RichText {
    let text: String = text.into();
    RichText::new(text.to_uppercase()).family(semibold()).size(11.0).extra_letter_spacing(0.66).color(TEXT2)
}

/// Small text.
pub fn small(text: impl Into<String>) -> RichText {
    RichText::new(text).small().color(TEXT2)
}

/// Fonts: Latin with Vietnamese, semibold, and Chinese behind both.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 3] = [
        ("regular", include_bytes!("../../assets/fonts/WGSans-Regular.otf")),
        ("semibold", include_bytes!("../../assets/fonts/WGSans-SemiBold.otf")),
        ("chinese", include_bytes!("../../assets/fonts/noto-gb1.otf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let tail = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| {
        let own = [first.to_owned(), "chinese".to_owned()];
        own.into_iter().chain(tail.iter().cloned()).collect::<Vec<_>>()
    };
    fonts.families.insert(FontFamily::Proportional, family("regular"));
    fonts.families.insert(semibold(), family("semibold"));
    fonts
}

/// Dresses egui: fonts and style.
pub fn dress(context: &Context) {
    context.set_fonts(fonts());
    context.set_theme(Theme::Dark);
    context.all_styles_mut(style);
}

fn style(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Heading, FontId::new(16.0, semibold())),
        (TextStyle::Body, FontId::proportional(14.0)),
        (TextStyle::Button, FontId::proportional(14.0)),
        (TextStyle::Small, FontId::proportional(12.0)),
        (TextStyle::Monospace, FontId::monospace(13.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.button_padding = vec2(12.0, 6.0);
    spacing.interact_size = vec2(40.0, 32.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(8);
    spacing.slider_rail_height = 4.0;
    style.animation_time = 0.12;
    style.interaction.selectable_labels = false;
    let visuals = &mut style.visuals;
    visuals.panel_fill = PANEL;
    visuals.window_fill = RAISED;
    visuals.extreme_bg_color = EXTREME;
    visuals.code_bg_color = EXTREME;
    visuals.faint_bg_color = FAINT;
    visuals.window_stroke = Stroke::new(1.0, STROKE);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.weak_text_color = Some(WEAK);
    visuals.warn_fg_color = WARN;
    visuals.error_fg_color = BAD;
    visuals.hyperlink_color = ACCENT;
    visuals.selection.bg_fill = SELECTED;
    visuals.selection.stroke = Stroke::new(1.5, TEXT);
    visuals.slider_trailing_fill = true;
    visuals.disabled_alpha = 0.6;
    let shadow = Shadow { offset: [0, 6], blur: 16, spread: 0, color: Color32::from_black_alpha(115) };
    (visuals.window_shadow, visuals.popup_shadow) = (shadow, shadow);
    let widgets = &mut visuals.widgets;
    for (widget, fill, line) in [
        (&mut widgets.noninteractive, PANEL, LINE),
        (&mut widgets.inactive, RAISED, RAISED),
        (&mut widgets.hovered, HOVER, STROKE),
        (&mut widgets.active, SELECTED, ACCENT),
        (&mut widgets.open, HOVER, STROKE),
    ] {
        (widget.bg_fill, widget.weak_bg_fill) = (fill, fill);
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, TEXT);
        widget.corner_radius = CornerRadius::same(6);
        widget.expansion = 0.0;
    }
    // egui calls keyboard focus active.
    widgets.active.bg_stroke = Stroke::new(2.0, ACCENT);
}

/// Points of an outline of radius 1 round the origin, y upwards: one formula for gardens, marks and chart symbols.
pub fn points(outline: Outline, count: usize) -> Vec<Vec2> {
    let angle = |point: usize| point as f32 / count as f32 * std::f32::consts::TAU;
    (0..count).map(|point| Vec2::angled(angle(point)) * radius(outline, angle(point))).collect()
}

/// Distance of an outline from its middle in a direction: a polygon with rounded corners, as a p-norm.
pub fn radius(outline: Outline, angle: f32) -> f32 {
    let Outline { corners, turn } = outline;
    let (power, scale) = match corners {
        0 => return 1.0,
        3 => (5, 0.86),
        4 => (8, 0.93),
        5 => (12, 0.955),
        _ => (12, 0.97),
    };
    let side = |side: u32| {
        let normal = turn + (PI + side as f32 * 2.0 * PI) / corners as f32;
        (angle - normal).cos().max(0.0).powi(power)
    };
    let sum: f32 = (0..corners).map(side).sum();
    scale / libm::powf(sum, 1.0 / power as f32)
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
    fn text_can_be_read_on_every_ground_that_it_stands_on() {
        for ground in [GROUND, EXTREME, PANEL, FAINT, RAISED, HOVER] {
            for text in [TEXT, TEXT2, WEAK, ACCENT, GOOD, BAD, WARN] {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}: {}", contrast(text, ground));
            }
        }
        for text in [TEXT, TEXT2, ACCENT] {
            assert!(contrast(text, SELECTED) >= 4.5, "{text:?}");
        }
        assert!(contrast(INK, ACCENT) >= 4.5);
    }

    #[test]
    fn sixteen_platforms_have_sixteen_marks() {
        let marks: Vec<_> = (0..16).map(|platform| (colour(platform), platform_outline(platform))).collect();
        for (place, mark) in marks.iter().enumerate() {
            assert!(!marks[..place].contains(mark), "{place}");
        }
    }

    #[test]
    fn outlines_stay_within_their_circle_and_reach_towards_it() {
        for platform in 0..8 {
            let lengths = points(platform_outline(platform), 360).into_iter().map(Vec2::length);
            let (least, most) = lengths.fold((f32::MAX, 0.0f32), |(a, b), x| (a.min(x), b.max(x)));
            assert!(least > 0.5 && most > 0.95 && most < 1.6, "{platform}: {least} to {most}");
        }
    }
}
