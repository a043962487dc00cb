//! The market-share overlay: who leads, by total, category, region or side, now and over time; and who left whom.

use bevy_egui::egui::{
    Align, Color32, ComboBox, Layout, Mesh, Rect, ScrollArea, Sense, Shape, Stroke, Ui, pos2, vec2,
};

use crate::gui::texts::say;
use crate::gui::widgets::Form;
use crate::gui::{theme, widgets, words};
use crate::play::{Movement, Position, share};
use crate::sim::Outcome;
use crate::sim::outcome::ratio;

/// What shares are taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Total,
    Category,
    Region,
    Side,
}

/// What the overlay shows: kept by egui from frame to frame.
#[derive(Clone, Copy, Debug)]
struct Chosen {
    cut: Cut,
    category: usize,
    region: usize,
    merchants: bool,
}

/// The overlay.
pub fn show(ui: &mut Ui, position: &Position) {
    let id = ui.id().with("cut");
    let first = Chosen { cut: Cut::Total, category: 0, region: 0, merchants: false };
    let mut chosen = ui.data(|data| data.get_temp(id).unwrap_or(first));
    widgets::heading(ui, &say!("market-share"), &say!("by-sales"));
    let cuts = [
        (Cut::Total, say!("cut-total")),
        (Cut::Category, say!("cut-category")),
        (Cut::Region, say!("cut-region")),
        (Cut::Side, say!("cut-side")),
    ];
    if let Some(cut) = widgets::choices(ui, &cuts, chosen.cut) {
        chosen.cut = cut;
    }
    of_what(ui, position, &mut chosen);
    ui.data_mut(|data| data.insert_temp(id, chosen));
    let width = ui.available_width();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_width(width - 4.0);
        bars(ui, position, chosen);
        ui.add_space(4.0);
        ui.label(theme::caption(say!("over-time")));
        areas(ui, position, chosen);
        concentration(ui, position);
        ui.separator();
        crowds(ui, position);
        ui.separator();
        online(ui, position);
    });
}

fn of_what(ui: &mut Ui, position: &Position, chosen: &mut Chosen) {
    let level = &position.level;
    let mut pick = |place: &mut usize, names: Vec<&str>| {
        let width = ui.available_width();
        ComboBox::from_id_salt("of what").width(width).selected_text(names[*place]).show_ui(ui, |ui| {
            for (number, name) in names.iter().enumerate() {
                ui.selectable_value(place, number, *name);
            }
        });
    };
    match chosen.cut {
        Cut::Total => {}
        Cut::Category => {
            pick(&mut chosen.category, level.categories.iter().map(|c| c.name.as_str()).collect());
        }
        Cut::Region => pick(&mut chosen.region, level.regions.iter().map(|r| r.name.as_str()).collect()),
        Cut::Side => {
            let sides = [(false, say!("side-buyers")), (true, say!("side-merchants"))];
            if let Some(side) = widgets::choices(ui, &sides, chosen.merchants) {
                chosen.merchants = side;
            }
        }
    }
}

/// A platform's part in an outcome.
fn part(outcome: &Outcome, chosen: Chosen, platform: usize) -> f64 {
    match chosen.cut {
        Cut::Total => outcome.share(platform),
        Cut::Category => outcome.category_share(chosen.category, platform),
        Cut::Region => outcome.region_share(chosen.region, platform),
        Cut::Side => {
            let count = |platform| {
                if chosen.merchants { outcome.merchant_count(platform) } else { outcome.user_count(platform) }
            };
            ratio(count(platform), outcome.platforms().map(count).sum())
        }
    }
}

fn bars(ui: &mut Ui, position: &Position, chosen: Chosen) {
    let level = &position.level;
    let (now, before) = (position.now(), position.before());
    let mut order = level.shops();
    order.sort_by(|&a, &b| part(now, chosen, b).total_cmp(&part(now, chosen, a)));
    let most = order.first().map_or(1.0, |&first| part(now, chosen, first)).max(1e-9);
    ui.spacing_mut().item_spacing.y = 6.0;
    for platform in order {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let share_now = part(now, chosen, platform);
            widgets::cell(ui, 116.0, 22.0, |ui| {
                widgets::mark(ui, platform);
                let name = level.platforms[platform].name.clone();
                let mine = position.person() == Some(platform);
                let text = if mine { theme::strong(name) } else { name.into() };
                ui.add(bevy_egui::egui::Label::new(text).truncate());
            });
            widgets::bar(ui, 56.0, share_now / most, theme::colour(platform));
            widgets::cell(ui, 34.0, 22.0, |ui| {
                let text = theme::strong(format!("{:.1}", 100.0 * share_now));
                if chosen.cut == Cut::Total {
                    let name = say!("share-of", who = level.platforms[platform].name);
                    widgets::number(ui, level, text, Form::Percent, &name, &share(now, platform));
                } else {
                    ui.label(text);
                }
            });
            let moved = share_now - part(before, chosen, platform);
            if position.played() > 0 && moved.abs() >= 0.000_5 {
                ui.label(widgets::change(Form::Percent, moved));
            }
        });
    }
}

/// Shares over time, stacked.
fn areas(ui: &mut Ui, position: &Position, chosen: Chosen) {
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width() - 24.0, 128.0), Sense::hover());
    let painter = ui.painter_at(place.expand2(vec2(24.0, 2.0)));
    painter.rect_filled(place, 4.0, theme::EXTREME);
    let outcomes: Vec<&Outcome> = position.outcomes().collect();
    let shops = position.level.shops();
    // One month is a column as wide as the rest of the match leaves it, but never a sliver.
    let columns = (position.length as usize).min(outcomes.len().max(8)).max(1);
    let x = |turn: usize| place.left() + place.width() * (turn as f32 / columns as f32).min(1.0);
    let y = |sum: f64| place.bottom() - place.height() * sum as f32;
    let mut below = vec![0.0; outcomes.len()];
    for &shop in &shops {
        let mut mesh = Mesh::default();
        let colour = theme::mix(theme::colour(shop), 0.8, theme::PANEL);
        let mut edge = Vec::new();
        for (turn, outcome) in outcomes.iter().enumerate() {
            let above = below[turn] + part(outcome, chosen, shop);
            let next = if turn + 1 == outcomes.len() && outcomes.len() == 1 { x(columns) } else { x(turn) };
            strip(&mut mesh, turn, next, y(below[turn]), y(above), colour, x(turn), outcomes.len() == 1);
            edge.push(pos2(x(turn), y(above)));
            below[turn] = above;
        }
        painter.add(Shape::mesh(mesh));
        painter.add(Shape::line(edge, Stroke::new(1.0, theme::EXTREME)));
    }
    let mut sum = 0.0;
    let right = if outcomes.len() == 1 { place.right() } else { x(outcomes.len() - 1) };
    for &shop in &shops {
        let height = outcomes.last().map_or(0.0, |outcome| part(outcome, chosen, shop));
        let middle = pos2((right + 10.0).min(place.right() + 12.0), y(sum + 0.5 * height));
        if height > 0.03 {
            widgets::paint_mark(&painter, middle, 5.0, shop);
        }
        sum += height;
    }
    if let Some(pointer) = response.hover_pos() {
        let turn = (((pointer.x - place.left()) / place.width() * columns as f32).round() as usize)
            .min(outcomes.len() - 1);
        painter.vline(x(turn), place.y_range(), Stroke::new(1.0, theme::ACCENT));
        response.on_hover_ui(|ui| {
            ui.label(theme::strong(words::month(&position.level, turn as u32)));
            for &shop in &shops {
                ui.horizontal(|ui| {
                    widgets::mark(ui, shop);
                    ui.label(Form::Percent.write(part(outcomes[turn], chosen, shop)));
                });
            }
        });
    }
}

/// Adds a turn's cut to an area; a single turn fills the width.
fn strip(
    mesh: &mut Mesh,
    turn: usize,
    right: f32,
    low: f32,
    high: f32,
    colour: Color32,
    left: f32,
    single: bool,
) {
    if single {
        mesh.add_colored_rect(Rect::from_x_y_ranges(left..=right, high..=low), colour);
        return;
    }
    mesh.colored_vertex(pos2(left, low), colour);
    mesh.colored_vertex(pos2(left, high), colour);
    if turn > 0 {
        let last = 2 * turn as u32;
        mesh.add_triangle(last - 2, last - 1, last);
        mesh.add_triangle(last - 1, last, last + 1);
    }
}

fn concentration(ui: &mut Ui, position: &Position) {
    ui.horizontal(|ui| {
        ui.label(theme::small(say!("concentration"))).on_hover_text(say!("concentration-meaning"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(format!("{:.3}", position.now().hhi())));
        });
    });
}

/// The largest crowds of the last month.
fn crowds(ui: &mut Ui, position: &Position) {
    widgets::heading(ui, &say!("who-left-whom"), &say!("last-month"));
    let Some(turn) = position.turns.last() else {
        ui.label(theme::small(say!("nobody-yet")));
        return;
    };
    let crowds = turn.movement.crowds();
    if crowds.is_empty() {
        ui.label(theme::small(say!("nobody-moved")));
    }
    for (from, to, people) in crowds.into_iter().take(5) {
        ui.horizontal(|ui| {
            garden(ui, position, from);
            ui.label(theme::small("→"));
            garden(ui, position, to);
            ui.label(theme::strong(Form::Count.write(people)));
            ui.label(theme::small(way(position, &turn.movement, from, to)).color(theme::WEAK));
        });
    }
}

fn garden(ui: &mut Ui, position: &Position, place: usize) {
    if place < position.level.platforms.len() {
        widgets::mark(ui, place);
    } else {
        ui.label(theme::small("○").color(theme::WEAK)).on_hover_text(say!("commons-meaning"));
    }
}

/// What a crowd nets to, against those who went the other way.
fn way(_: &Position, movement: &Movement, from: usize, to: usize) -> String {
    let net = movement.people[from][to] - movement.people[to][from];
    if net >= 0.0 {
        say!("net-of-returns", people = Form::Count.write(net))
    } else {
        say!("others-came-back")
    }
}

fn online(ui: &mut Ui, position: &Position) {
    let now = position.now();
    let people: f64 = now.people.iter().sum();
    let online: f64 = now.people.iter().zip(&now.online).map(|(people, online)| people * online).sum();
    ui.horizontal(|ui| {
        ui.label(theme::small(say!("people-online")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(Form::Percent.write(ratio(online, people))).color(theme::TEXT));
        });
    });
    let width = ui.available_width();
    widgets::bar(ui, width, ratio(online, people), theme::TEXT2);
}
