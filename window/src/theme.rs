//! The night plan: every size and shape of the window, and how egui is dressed. Colours are in [`palette`](super::palette).

use std::sync::Arc;

use bevy_egui::egui::style::ScrollAnimation;
use bevy_egui::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Shadow,
    Stroke, Style, TextStyle, Theme, Vec2, vec2,
};

pub use super::palette::{hex, palette};

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

/// Outlines, dealt to platforms in the order of the level, as colours are.
const OUTLINES: [Outline; 8] = [
    outline(6, 0.0),
    outline(4, PI / 4.0),
    outline(4, 0.0),
    outline(3, PI / 2.0),
    outline(0, 0.0),
    outline(5, PI / 2.0),
    outline(8, PI / 8.0),
    outline(3, -PI / 2.0),
];

/// A platform's colour.
pub fn colour(platform: usize) -> Color32 {
    let colours = &palette().platforms;
    colours[platform % colours.len()]
}

/// A platform's outline.
pub fn platform_outline(platform: usize) -> Outline {
    // The second eight bear the same colours on other outlines, so that no two of sixteen are alike.
    let shift = platform / OUTLINES.len();
    OUTLINES[(platform + 3 * shift) % OUTLINES.len()]
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
    RichText::new(text).family(semibold()).color(palette().text)
}

/// The title of a screen.
pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).family(semibold()).size(20.0).color(palette().text)
}

/// A caption above something.
pub fn caption(text: impl Into<String>) -> RichText {
    let text: String = text.into();
    RichText::new(text.to_uppercase())
        .family(semibold())
        .size(11.0)
        .extra_letter_spacing(0.66)
        .color(palette().text2)
}

/// Small text.
pub fn small(text: impl Into<String>) -> RichText {
    RichText::new(text).small().color(palette().text2)
}

/// Fonts: Latin with Vietnamese, semibold, and Chinese behind both.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let files: [(&str, &'static [u8]); 4] = [
        ("regular", include_bytes!("../../assets/fonts/WGSans-Regular.otf")),
        ("semibold", include_bytes!("../../assets/fonts/WGSans-SemiBold.otf")),
        ("chinese", include_bytes!("../../assets/fonts/noto-gb1.otf")),
        ("chinese bold", include_bytes!("../../assets/fonts/noto-bold.otf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let tail = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |own: &[&str]| {
        own.iter().map(|&name| name.to_owned()).chain(tail.iter().cloned()).collect::<Vec<_>>()
    };
    fonts.families.insert(FontFamily::Proportional, family(&["regular", "chinese"]));
    // The bold face has the letters of our texts; what people type beyond them is in the regular one.
    fonts.families.insert(semibold(), family(&["semibold", "chinese bold", "chinese"]));
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
    // A bar has room of its own, and is to be seen before anybody scrolls: there is more below.
    spacing.scroll.floating_allocated_width = 8.0;
    spacing.scroll.dormant_handle_opacity = 0.5;
    spacing.scroll.dormant_background_opacity = 0.15;
    // What is scrolled to is there at once: a click soon after is on what it was meant for.
    style.scroll_animation = ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    let visuals = &mut style.visuals;
    visuals.panel_fill = palette().panel;
    visuals.window_fill = palette().raised;
    visuals.extreme_bg_color = palette().extreme;
    visuals.code_bg_color = palette().extreme;
    visuals.faint_bg_color = palette().faint;
    visuals.window_stroke = Stroke::new(1.0, palette().stroke);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.weak_text_color = Some(palette().weak);
    visuals.warn_fg_color = palette().warn;
    visuals.error_fg_color = palette().bad;
    visuals.hyperlink_color = palette().accent;
    visuals.selection.bg_fill = palette().selected;
    visuals.selection.stroke = Stroke::new(1.5, palette().text);
    visuals.slider_trailing_fill = true;
    visuals.disabled_alpha = 0.6;
    let shadow = Shadow { offset: [0, 6], blur: 16, spread: 0, color: Color32::from_black_alpha(115) };
    (visuals.window_shadow, visuals.popup_shadow) = (shadow, shadow);
    let widgets = &mut visuals.widgets;
    for (widget, fill, line) in [
        (&mut widgets.noninteractive, palette().panel, palette().line),
        (&mut widgets.inactive, palette().raised, palette().raised),
        (&mut widgets.hovered, palette().hover, palette().stroke),
        (&mut widgets.active, palette().selected, palette().accent),
        (&mut widgets.open, palette().hover, palette().stroke),
    ] {
        (widget.bg_fill, widget.weak_bg_fill) = (fill, fill);
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, palette().text);
        widget.corner_radius = CornerRadius::same(6);
        widget.expansion = 0.0;
    }
    // egui calls keyboard focus active.
    widgets.active.bg_stroke = Stroke::new(2.0, palette().accent);
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
