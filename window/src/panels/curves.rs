//! A figure of every company over the months of a match, as curves.

use bevy_egui::egui::{Align2, FontId, Id, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Figure, Position};
use walled_gardens_engine::sim::Outcome;

/// What can be drawn.
const FIGURES: [Figure; 3] = [Figure::Value, Figure::Cash, Figure::Profit];
/// Height of the curves.
const HIGH: f32 = 200.0;
/// Room for amounts at the left, and for marks at the right.
const AMOUNTS: f32 = 72.0;
const MARKS: f32 = 20.0;

/// The card's contents: what is drawn is chosen above it; a month may be marked.
pub fn show(ui: &mut Ui, position: &Position, marked: Option<u32>) {
    widgets::heading(ui, &say!("curves"), &say!("curves-aside"));
    let id = Id::new("figure of curves");
    let mut figure = ui.data(|data| data.get_temp(id)).unwrap_or(FIGURES[0]);
    let all = FIGURES.map(|figure| (figure, words::figure(figure)));
    if let Some(chosen) = widgets::choices(ui, &all, figure) {
        figure = chosen;
        ui.data_mut(|data| data.insert_temp(id, chosen));
    }
    // Before the first month nobody's profits are known, nor what they are worth.
    let outcomes: Vec<&Outcome> = position.outcomes().skip(1).collect();
    if outcomes.is_empty() {
        ui.label(theme::small(say!("curves-none")));
        return;
    }
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), HIGH), Sense::hover());
    let place = Rect::from_min_max(whole.min + vec2(AMOUNTS, 6.0), whole.max - vec2(MARKS, 20.0));
    let here = |outcome: &Outcome, platform: usize| figure.read(outcome, platform).total;
    let platforms: Vec<usize> = position.now().platforms().collect();
    let numbers = outcomes.iter().flat_map(|outcome| platforms.iter().map(|&one| here(outcome, one)));
    let (low, high) = numbers.fold((0.0_f64, 1.0_f64), |(low, high), one| (low.min(one), high.max(one)));
    let last = (outcomes.len() - 1).max(1) as f32;
    let x = |month: usize| place.left() + place.width() * month as f32 / last;
    let y = |number: f64| place.bottom() - place.height() * ((number - low) / (high - low)) as f32;
    let p = theme::palette();
    let painter = ui.painter();
    painter.rect_filled(place, 4.0, p.extreme);
    let font = FontId::proportional(11.0);
    let amount = |number: f64| {
        painter.hline(place.x_range(), y(number), Stroke::new(1.0, p.text.gamma_multiply(0.25)));
        let at = pos2(place.left() - 6.0, y(number));
        painter.text(at, Align2::RIGHT_CENTER, form::yuan(number), font.clone(), p.text2);
    };
    amount(high);
    amount(0.0);
    if low < -0.1 * (high - low) {
        amount(low);
    }
    let month = |turn: u32, align: Align2| {
        let at = pos2(x(turn as usize - 1), place.bottom() + 3.0);
        painter.text(at, align, words::month(&position.level, turn), font.clone(), p.text2);
    };
    month(1, Align2::LEFT_TOP);
    if outcomes.len() > 1 {
        month(outcomes.len() as u32, Align2::RIGHT_TOP);
    }
    if let Some(turn) = marked.filter(|&turn| turn >= 1 && turn as usize <= outcomes.len()) {
        painter.vline(x(turn as usize - 1), place.y_range(), Stroke::new(1.5, p.accent));
    }
    for &platform in &platforms {
        let points: Vec<Pos2> = outcomes
            .iter()
            .enumerate()
            .map(|(month, outcome)| pos2(x(month), y(here(outcome, platform))))
            .collect();
        let wide = if position.person() == Some(platform) { 3.0 } else { 1.5 };
        let end = points[points.len() - 1];
        painter.add(Shape::line(points, Stroke::new(wide, theme::colour(platform))));
        widgets::paint_mark(painter, end + vec2(11.0, 0.0), 5.0, platform);
    }
    let Some(pointer) = response.hover_pos() else { return };
    let month = ((pointer.x - place.left()) / place.width() * last).round().clamp(0.0, last) as usize;
    let outcome = outcomes[month.min(outcomes.len() - 1)];
    painter.vline(x(month), place.y_range(), Stroke::new(1.0, p.accent));
    response.on_hover_ui(|ui| {
        ui.label(theme::strong(words::month(&position.level, outcome.turn)));
        let mut order = platforms.clone();
        order.sort_by(|&one, &other| here(outcome, other).total_cmp(&here(outcome, one)));
        for platform in order {
            ui.horizontal(|ui| {
                widgets::mark(ui, platform);
                ui.label(form::yuan(here(outcome, platform)));
            });
        }
    });
}
