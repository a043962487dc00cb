//! The ledger: last month's flows of the own company by name, which add up to its profit and to the change of its cash, and
//! how its figures went.

use bevy_egui::egui::{
    Align, Align2, Color32, CornerRadius, FontId, Layout, Pos2, Sense, Stroke, Ui, pos2, vec2,
};

use super::balance::gain;
use crate::desk::Played;
use crate::form::{Form, form};
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Figure, Part, Position, booked};

/// Height of the chart.
const CHART: f32 = 120.0;

/// The panel.
pub fn show(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    let turn = position.played();
    widgets::heading(ui, &say!("ledger"), &words::month(&position.level, turn));
    if turn == 0 {
        ui.label(theme::small(say!("nothing-booked")));
    } else {
        month(ui, position);
    }
    ui.separator();
    history(ui, position);
}

fn month(ui: &mut Ui, position: &Position) {
    let booked = booked(position.now(), position.me);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.spacing_mut().interact_size.y = 20.0;
    let sides = [(say!("received"), 1.0), (say!("paid"), -1.0)];
    for (number, (title, sign)) in sides.into_iter().enumerate() {
        let mut parts: Vec<Part> = booked.profit.parts.clone();
        parts.retain(|part| sign * part.amount > 0.0);
        parts.sort_by(|one, other| other.amount.abs().total_cmp(&one.amount.abs()));
        if number > 0 {
            ui.add_space(6.0);
        }
        let sum: f64 = parts.iter().map(|part| part.amount).sum();
        line(ui, theme::caption(title), sum, true);
        for part in parts {
            line(ui, theme::small(words::label(&position.level, part.label)), part.amount, false);
        }
    }
    ui.separator();
    line(ui, theme::strong(say!("profit")), booked.profit.total, true);
    for part in &booked.others {
        line(ui, theme::small(words::label(&position.level, part.label)), part.amount, false);
    }
    let plain = |ui: &mut Ui, name: String, yuan: f64| {
        ui.horizontal(|ui| {
            ui.set_height(20.0);
            ui.label(theme::small(name));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme::small(Form::Yuan.write(yuan)).color(theme::palette().text));
            });
        });
    };
    plain(ui, say!("cash-before"), booked.before);
    plain(ui, say!("cash-now"), booked.cash);
}

fn line(ui: &mut Ui, name: bevy_egui::egui::RichText, yuan: f64, strong: bool) {
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.label(name);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = Form::Yuan.write_change(yuan);
            let text = if strong {
                theme::strong(text).color(gain(yuan))
            } else {
                theme::small(text).color(theme::palette().text)
            };
            ui.label(text.size(13.0));
        });
    });
}

/// A figure over the months.
fn history(ui: &mut Ui, position: &Position) {
    let id = ui.id().with("history");
    let figures = Figure::of(&position.level, position.me);
    let mut figure = ui.data(|data| data.get_temp::<Figure>(id)).unwrap_or(Figure::Profit);
    let choices: Vec<_> = figures.iter().map(|&figure| (figure, words::figure(figure))).collect();
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.spacing_mut().interact_size.y = 28.0;
    ui.label(theme::caption(say!("over-time")));
    if let Some(chosen) = widgets::choices(ui, &choices, figure) {
        figure = chosen;
    }
    ui.data_mut(|data| data.insert_temp(id, figure));
    // The opening earned nothing: it is no month to compare with.
    let skipped = usize::from(matches!(figure, Figure::Profit | Figure::Value));
    let course: Vec<(u32, f64)> = position
        .outcomes()
        .skip(skipped)
        .map(|outcome| (outcome.turn, figure.read(outcome, position.me).total))
        .collect();
    if course.len() < 2 {
        ui.label(theme::small(say!("no-history")));
    } else {
        chart(ui, position, form(figure), &course);
    }
}

fn chart(ui: &mut Ui, position: &Position, form: Form, course: &[(u32, f64)]) {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), CHART), Sense::hover());
    let painter = ui.painter_at(place);
    painter.rect_filled(place, CornerRadius::same(4), theme::palette().extreme);
    let (least, most) = course.iter().fold((f64::MAX, f64::MIN), |(a, b), (_, x)| (a.min(*x), b.max(*x)));
    let span = (most - least).max(1e-12);
    let inner = place.shrink2(vec2(10.0, 20.0));
    let at = |number: usize, x: f64| -> Pos2 {
        let right = number as f32 / (course.len() - 1) as f32;
        pos2(
            inner.left() + right * inner.width(),
            inner.bottom() - ((x - least) / span) as f32 * inner.height(),
        )
    };
    if least < 0.0 && most > 0.0 {
        painter.hline(inner.x_range(), at(0, 0.0).y, Stroke::new(1.0, theme::palette().stroke));
    }
    let points: Vec<Pos2> = course.iter().enumerate().map(|(number, (_, x))| at(number, *x)).collect();
    painter.line(points.clone(), Stroke::new(2.0, theme::colour(position.me)));
    for &point in &points {
        painter.circle_filled(point, 2.5, theme::colour(position.me));
    }
    let text = |at: Pos2, align: Align2, text: String, colour: Color32| {
        painter.text(at, align, text, FontId::proportional(11.0), colour);
    };
    text(place.left_top() + vec2(6.0, 4.0), Align2::LEFT_TOP, form.write(most), theme::palette().text2);
    text(
        place.left_bottom() + vec2(6.0, -4.0),
        Align2::LEFT_BOTTOM,
        form.write(least),
        theme::palette().text2,
    );
    let Some(pointer) = response.hover_pos() else { return };
    let near = |point: &Pos2| (point.x - pointer.x).abs();
    let nearest = points.iter().enumerate().min_by(|one, other| near(one.1).total_cmp(&near(other.1)));
    let Some((number, &point)) = nearest else { return };
    painter.vline(point.x, inner.y_range(), Stroke::new(1.0, theme::palette().text2));
    painter.circle_filled(point, 4.0, theme::palette().accent);
    let (turn, x) = course[number];
    let shown = say!("month-and-event", month = words::month(&position.level, turn), what = form.write(x));
    text(place.right_top() + vec2(-6.0, 4.0), Align2::RIGHT_TOP, shown, theme::palette().text);
}
