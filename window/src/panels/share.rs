//! The market-share overlay: who leads, by total, category, region or side, now and over time; and who left whom.

use bevy_egui::egui::{
    Align, Align2, Color32, ComboBox, FontId, Layout, Mesh, Painter, Pos2, ScrollArea, Sense, Shape, Stroke,
    Ui, pos2, vec2,
};

use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Movement, Position, share};
use walled_gardens_engine::sim::Outcome;
use walled_gardens_engine::sim::state::outcome::ratio;

/// Height of a platform's mark beside its band, and of a band that has room for its name.
const MARK: f32 = 11.0;
const NAME: f32 = 16.0;

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
    let by = if chosen.cut == Cut::Side { say!("by-number") } else { say!("by-sales") };
    widgets::heading(ui, &say!("market-share"), &by);
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
        // The bar that scrolls lies over what is drawn, and must not hide the figures at the edge.
        ui.set_width(width - 10.0);
        bars(ui, position, chosen);
        ui.add_space(4.0);
        ui.label(theme::caption(say!("over-time")));
        areas(ui, position, chosen);
        concentration(ui, position, chosen);
        ui.separator();
        crowds(ui, position);
        ui.separator();
        online(ui, position);
    });
}

fn of_what(ui: &mut Ui, position: &Position, chosen: &mut Chosen) {
    let level = &position.level;
    let mut pick = |place: &mut usize, names: Vec<String>| {
        let width = ui.available_width();
        ComboBox::from_id_salt("of what").width(width).selected_text(&names[*place]).show_ui(ui, |ui| {
            for (number, name) in names.iter().enumerate() {
                ui.selectable_value(place, number, name);
            }
        });
    };
    match chosen.cut {
        Cut::Total => {}
        Cut::Category => {
            pick(&mut chosen.category, level.categories.iter().map(|c| of_level(&c.name)).collect());
        }
        Cut::Region => pick(&mut chosen.region, level.regions.iter().map(|r| of_level(&r.name)).collect()),
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
    let mut order = position.shops();
    order.sort_by(|&a, &b| part(now, chosen, b).total_cmp(&part(now, chosen, a)));
    let most = order.first().map_or(1.0, |&first| part(now, chosen, first)).max(1e-9);
    ui.spacing_mut().item_spacing.y = 6.0;
    for platform in order {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let share_now = part(now, chosen, platform);
            widgets::cell(ui, 116.0, 22.0, |ui| {
                widgets::mark(ui, platform);
                let name = of_level(&level.platforms[platform].name);
                let mine = position.person() == Some(platform);
                let text = if mine { theme::strong(name) } else { name.into() };
                ui.add(bevy_egui::egui::Label::new(text).truncate());
            });
            widgets::bar(ui, 56.0, share_now / most, theme::colour(platform));
            widgets::cell(ui, 34.0, 22.0, |ui| {
                let text = theme::strong(form::decimal(100.0 * share_now, 1));
                if chosen.cut == Cut::Total {
                    let name = say!("share-of", who = of_level(&level.platforms[platform].name));
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

/// Shares over time, stacked. The months played fill the width, however few: what is to come needs no room.
fn areas(ui: &mut Ui, position: &Position, chosen: Chosen) {
    let high = (0.16 * ui.ctx().content_rect().height()).clamp(112.0, 190.0);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width() - 24.0, high), Sense::hover());
    let p = theme::palette();
    let painter = ui.painter_at(place.expand2(vec2(24.0, 2.0)));
    painter.rect_filled(place, 4.0, p.extreme);
    let mut outcomes: Vec<&Outcome> = position.outcomes().collect();
    if let [opening] = outcomes[..] {
        // The opening alone is level.
        outcomes.push(opening);
    }
    let columns = outcomes.len() - 1;
    let x = |column: usize| place.left() + place.width() * column as f32 / columns as f32;
    let y = |sum: f64| place.bottom() - place.height() * sum as f32;
    let (mut below, mut edges, mut ends) = (vec![0.0; outcomes.len()], Vec::new(), Vec::new());
    for shop in position.level.shops() {
        let mut mesh = Mesh::default();
        let colour = theme::mix(theme::colour(shop), 0.8, p.panel);
        let mut edge = Vec::new();
        for (column, outcome) in outcomes.iter().enumerate() {
            let above = below[column] + part(outcome, chosen, shop);
            strip(&mut mesh, column, (x(column), y(below[column]), y(above)), colour);
            edge.push(pos2(x(column), y(above)));
            below[column] = above;
        }
        painter.add(Shape::mesh(mesh));
        edges.push(Shape::line(edge, Stroke::new(1.0, p.extreme)));
        let height = outcomes.last().map_or(0.0, |outcome| part(outcome, chosen, shop));
        ends.push((shop, y(below[columns] - 0.5 * height), height as f32 * place.height()));
    }
    painter.extend(edges);
    // Half of everything, to measure by.
    painter.hline(place.x_range(), y(0.5), Stroke::new(1.0, p.text.gamma_multiply(0.35)));
    for (shop, middle, high) in ends {
        legend(&painter, &position.level, shop, pos2(place.right(), middle), high);
    }
    months(ui, position, place.width());
    let Some(pointer) = response.hover_pos() else { return };
    let column = ((pointer.x - place.left()) / place.width() * columns as f32).round().max(0.0) as usize;
    let outcome = outcomes[column.min(columns)];
    painter.vline(x(column.min(columns)), place.y_range(), Stroke::new(1.0, p.accent));
    response.on_hover_ui(|ui| {
        ui.label(theme::strong(words::month(&position.level, outcome.turn)));
        for shop in position.shops() {
            ui.horizontal(|ui| {
                widgets::mark(ui, shop);
                ui.label(Form::Percent.write(part(outcome, chosen, shop)));
            });
        }
    });
}

/// Whose a band is, where it ends: its mark beside it and its name in it, as far as it is high enough.
fn legend(painter: &Painter, level: &Level, shop: usize, end: Pos2, high: f32) {
    if high >= 0.4 * MARK {
        widgets::paint_mark(painter, end + vec2(12.0, 0.0), 0.5 * high.min(MARK), shop);
    }
    if high >= NAME {
        let (font, name) = (FontId::new(12.0, theme::semibold()), of_level(&level.platforms[shop].name));
        painter.text(end - vec2(6.0, 0.0), Align2::RIGHT_CENTER, name, font, theme::palette().extreme);
    }
}

/// The first month and the last, below the areas.
fn months(ui: &mut Ui, position: &Position, width: f32) {
    widgets::cell(ui, width, 14.0, |ui| {
        ui.label(theme::small(words::month(&position.level, 0)).size(11.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if position.played() > 0 {
                ui.label(theme::small(words::month(&position.level, position.played())).size(11.0));
            }
        });
    });
}

/// Adds a column's cut to an area: where it is, and how low and high it reaches there.
fn strip(mesh: &mut Mesh, column: usize, (x, low, high): (f32, f32, f32), colour: Color32) {
    mesh.colored_vertex(pos2(x, low), colour);
    mesh.colored_vertex(pos2(x, high), colour);
    if column > 0 {
        let last = 2 * column as u32;
        mesh.add_triangle(last - 2, last - 1, last);
        mesh.add_triangle(last - 1, last, last + 1);
    }
}

/// Of what is shown: shares of a category, a region or a side have a concentration of their own.
fn concentration(ui: &mut Ui, position: &Position, chosen: Chosen) {
    let squares = position.level.shops().into_iter().map(|shop| part(position.now(), chosen, shop).powi(2));
    let index: f64 = squares.sum();
    ui.horizontal(|ui| {
        widgets::meaning(ui.label(theme::small(say!("concentration"))), "concentration");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(form::decimal(index, 3)));
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
            ui.label(theme::small(way(position, &turn.movement, from, to)).color(theme::palette().weak));
        });
    }
}

fn garden(ui: &mut Ui, position: &Position, place: usize) {
    if place < position.level.platforms.len() {
        widgets::mark(ui, place);
    } else {
        ui.label(theme::small("○").color(theme::palette().weak)).on_hover_text(say!("commons-meaning"));
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
        let meaning = words::stand_ins(&position.level);
        ui.label(theme::small(say!("people-online"))).on_hover_text(meaning);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::small(Form::Percent.write(ratio(online, people))).color(theme::palette().text));
        });
    });
    let width = ui.available_width();
    widgets::bar(ui, width, ratio(online, people), theme::palette().text2);
}
