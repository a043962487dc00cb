//! Consumers: who left whom, for whom, and why.

use bevy_egui::egui::{
    Align, Align2, ComboBox, CornerRadius, FontId, Grid, Layout, Rect, Sense, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::course;
use crate::form::Form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Between, Label, People, Position, Why, flows, why};
use walled_gardens_engine::sim::ChoiceTerm;

/// What is asked: kept by egui from frame to frame.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// Months to look back.
    months: u32,
    people: People,
    /// From which garden to which, or to anywhere; nothing chosen yet: the largest crowd.
    flow: Option<(usize, Option<usize>)>,
}

/// Width below which what is asked stands on two lines.
const FILTERS: f32 = 780.0;
/// Width of a garden's name before its row.
const NAME: f32 = 108.0;
/// Height of a cell of the table of crowds.
const CELL: f32 = 26.0;
/// Months that can be looked back.
const MONTHS: [u32; 4] = [1, 3, 12, u32::MAX];

/// The part.
pub fn show(ui: &mut Ui, position: &Position) {
    let id = ui.id().with("asked");
    let usual = Asked { months: 1, people: People::default(), flow: None };
    let mut asked = ui.data(|data| data.get_temp(id)).unwrap_or(usual);
    filters(ui, position, &mut asked);
    let people = flows(position, asked.people, asked.months);
    let (from, to) = asked.flow.unwrap_or_else(|| (largest(position, &people), None));
    let between = between(position, &people, from, to);
    super::parts::beside(ui, 0.53, |ui, second| {
        if second {
            widgets::card(ui, |ui| reasons(ui, position, &asked, &between, (from, to)));
            return;
        }
        if let Some(chosen) = table(ui, position, &people, (from, to)) {
            asked.flow = Some(chosen);
        }
        groups(ui, position, &asked, from, to);
        course::show(ui, position, asked.people, from, to);
    });
    ui.data_mut(|data| data.insert_temp(id, asked));
}

/// Whose months are looked at.
fn filters(ui: &mut Ui, position: &Position, asked: &mut Asked) {
    let level = &position.level;
    let name = |months: u32| match months {
        1 => say!("last-month-alone"),
        u32::MAX => say!("whole-match"),
        months => say!("last-months", count = months),
    };
    let choose = |ui: &mut Ui, asked: &mut Asked| {
        let months = MONTHS.map(|months| (months, name(months)));
        if let Some(months) = widgets::choices(ui, &months, asked.months) {
            asked.months = months;
        }
    };
    let whom = |ui: &mut Ui, asked: &mut Asked| {
        let regions: Vec<String> = level.regions.iter().map(|region| of_level(&region.name)).collect();
        pick(ui, &say!("all-regions"), &regions, &mut asked.people.region);
        let segments: Vec<String> =
            (0..level.consumer_segments.len()).map(|segment| words::segment(level, segment)).collect();
        pick(ui, &say!("all-people"), &segments, &mut asked.people.segment);
    };
    if ui.available_width() < FILTERS {
        choose(ui, asked);
        ui.horizontal(|ui| whom(ui, asked));
        return;
    }
    ui.horizontal(|ui| {
        ui.allocate_ui(vec2(420.0, 32.0), |ui| choose(ui, asked));
        whom(ui, asked);
    });
}

/// One of several or all of them; absent where there is one alone.
fn pick(ui: &mut Ui, all: &str, names: &[String], chosen: &mut Option<usize>) {
    if names.len() < 2 {
        return;
    }
    let shown = chosen.map_or(all, |place| &names[place]);
    ComboBox::from_id_salt(all).width(150.0).selected_text(shown).show_ui(ui, |ui| {
        ui.selectable_value(chosen, None, all);
        for (place, name) in names.iter().enumerate() {
            ui.selectable_value(chosen, Some(place), name);
        }
    });
}

/// Gardens: the shops, and then the commons.
fn gardens(position: &Position) -> Vec<usize> {
    let mut gardens = position.shops();
    gardens.push(position.level.platforms.len());
    gardens
}

/// The garden that is looked at first: the player's own, or else the one that most left.
fn largest(position: &Position, people: &[Vec<f64>]) -> usize {
    let shops = position.shops();
    let left = |garden: usize| -> f64 {
        people[garden].iter().enumerate().filter(|&(to, _)| to != garden).map(|(_, people)| people).sum()
    };
    let most = shops.iter().copied().max_by(|&one, &other| left(one).total_cmp(&left(other)));
    if shops.contains(&position.me) { position.me } else { most.unwrap_or(0) }
}

/// The two sides that are compared.
fn between(position: &Position, people: &[Vec<f64>], from: usize, to: Option<usize>) -> Between {
    let platforms = position.level.platforms.len();
    let one = |garden: usize| if garden < platforms { vec![(garden, 1.0)] } else { Vec::new() };
    let to = match to {
        Some(to) => one(to),
        None => {
            let others = || (0..=platforms).filter(|&to| to != from);
            let all: f64 = others().map(|to| people[from][to]).sum();
            let went = others().filter(|&to| to < platforms && people[from][to] > 0.0);
            went.map(|to| (to, people[from][to] / all)).collect()
        }
    };
    Between { from: one(from), to }
}

/// Who went from each garden to each; the crowd clicked, if any.
fn table(
    ui: &mut Ui,
    position: &Position,
    people: &[Vec<f64>],
    chosen: (usize, Option<usize>),
) -> Option<(usize, Option<usize>)> {
    let gardens = gardens(position);
    widgets::heading(ui, &say!("who-left-whom"), &say!("rows-left-columns"));
    let width = ((ui.available_width() - NAME) / (gardens.len() + 1) as f32 - 3.0).clamp(40.0, 120.0);
    let moved = gardens.iter().flat_map(|&from| gardens.iter().map(move |&to| (from, to)));
    let most = moved.filter(|(from, to)| from != to).map(|(from, to)| people[from][to]).fold(1.0, f64::max);
    let mut clicked = None;
    ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
    ui.horizontal(|ui| {
        ui.add_space(NAME + 3.0);
        for &garden in &gardens {
            name(ui, position, garden, width);
        }
        widgets::cell(ui, width, 22.0, |ui| ui.label(theme::small(say!("anywhere"))));
    });
    for &from in &gardens {
        ui.horizontal(|ui| {
            name(ui, position, from, NAME);
            for &to in &gardens {
                if from == to {
                    ui.allocate_exact_size(vec2(width, CELL), Sense::hover());
                    continue;
                }
                let crowd = (from, Some(to));
                if cell(ui, position, crowd, people[from][to], most, width, chosen == crowd) {
                    clicked = Some(crowd);
                }
            }
            let all = gardens.iter().filter(|&&to| to != from).map(|&to| people[from][to]).sum();
            if cell(ui, position, (from, None), all, 0.0, width, chosen == (from, None)) {
                clicked = Some((from, None));
            }
        });
    }
    clicked
}

/// A garden's mark and name, as far as there is room for it.
fn name(ui: &mut Ui, position: &Position, garden: usize, width: f32) {
    widgets::cell(ui, width, 22.0, |ui| {
        if garden < position.level.platforms.len() {
            widgets::mark(ui, garden);
        }
        let name = words::garden(&position.level, garden);
        let text = if garden == position.me { theme::strong(name) } else { theme::small(name) };
        ui.add(bevy_egui::egui::Label::new(text.size(12.0)).truncate());
    });
}

/// A crowd in the table: the larger, the more of the colour of the garden it left. Whether it was clicked.
fn cell(
    ui: &mut Ui,
    position: &Position,
    (from, to): (usize, Option<usize>),
    people: f64,
    most: f64,
    width: f32,
    chosen: bool,
) -> bool {
    let p = theme::palette();
    let (place, response) = ui.allocate_exact_size(vec2(width, CELL), Sense::click());
    let strength = if most > 0.0 { 0.34 * (people / most) as f32 } else { 0.0 };
    let colour = if from < position.level.platforms.len() { theme::colour(from) } else { p.weak };
    ui.painter().rect_filled(place, CornerRadius::same(4), theme::mix(colour, strength, p.raised));
    let text = if people > 0.0 { Form::Count.write(people) } else { say!("none") };
    ui.painter().text(place.center(), Align2::CENTER_CENTER, &text, FontId::proportional(12.0), p.text);
    if chosen || response.has_focus() || response.hovered() {
        widgets::ring(ui, place);
    }
    let there = to.map_or_else(|| say!("anywhere"), |to| words::garden(&position.level, to));
    let whole = say!("crowd-name", from = words::garden(&position.level, from), to = there, people = text);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, whole.clone()));
    response.on_hover_text(whole.clone()).clicked()
}

/// Who they are: the crowd by segment and region, and who came the other way.
fn groups(ui: &mut Ui, position: &Position, asked: &Asked, from: usize, to: Option<usize>) {
    let level = &position.level;
    let mut rows: Vec<(String, People)> = Vec::new();
    if level.consumer_segments.len() > 1 && asked.people.segment.is_none() {
        let of = |segment: usize| People { segment: Some(segment), ..asked.people };
        rows.extend((0..level.consumer_segments.len()).map(|s| (words::segment(level, s), of(s))));
    }
    if level.regions.len() > 1 && asked.people.region.is_none() {
        let of = |region: usize| People { region: Some(region), ..asked.people };
        rows.extend(level.regions.iter().enumerate().map(|(r, region)| (of_level(&region.name), of(r))));
    }
    rows.push((say!("all-together"), asked.people));
    ui.add_space(8.0);
    ui.spacing_mut().interact_size.y = 20.0;
    Grid::new("groups").num_columns(4).striped(true).spacing(vec2(22.0, 4.0)).show(ui, |ui| {
        ui.label(theme::caption(say!("who")));
        ["went", "came-back", "net-lost"].into_iter().for_each(|key| {
            ui.label(theme::caption(say!(key)));
        });
        ui.end_row();
        for (name, people) in rows {
            let flows = flows(position, people, asked.months);
            let ends = || (0..flows.len()).filter(|&end| end != from && to.is_none_or(|to| to == end));
            let went: f64 = ends().map(|end| flows[from][end]).sum();
            let back: f64 = ends().map(|end| flows[end][from]).sum();
            ui.label(theme::small(name).color(theme::palette().text));
            ui.label(theme::small(Form::Count.write(went)).color(theme::palette().text));
            ui.label(theme::small(Form::Count.write(back)).color(theme::palette().text));
            // A person of the sample more or less of kinds that stand for nearly equally many is nobody.
            let net = if (back - went).abs() < 1e-3 * went.max(back) { 0.0 } else { back - went };
            ui.label(widgets::change(Form::Count, net));
            ui.end_row();
        }
    });
}

/// Why: the terms of the choice between the two sides, those that changed most first.
fn reasons(
    ui: &mut Ui,
    position: &Position,
    asked: &Asked,
    between: &Between,
    (from, to): (usize, Option<usize>),
) {
    let level = &position.level;
    let there = to.map_or_else(|| say!("anywhere"), |to| words::garden(level, to));
    let title = say!("why-from-to", from = words::garden(level, from), to = there);
    ui.heading(title);
    ui.label(theme::small(say!("why-meaning")).color(theme::palette().weak));
    let found = why(position, asked.people, between, asked.months);
    ui.add_space(4.0);
    terms(ui, position, &found);
    let most = found.change.parts.iter().map(|part| part.amount.abs()).fold(0.0, f64::max);
    if position.played() > 0 && most < 5e-4 {
        ui.label(theme::small(say!("why-nothing-changed")));
    }
    let rivals = between.from.iter().chain(&between.to).any(|&(platform, _)| platform != position.me);
    if rivals {
        let secret = words::list(&ChoiceTerm::SECRET.map(words::choice));
        ui.label(theme::small(say!("why-secret", what = secret)).color(theme::palette().weak));
    }
}

fn terms(ui: &mut Ui, position: &Position, found: &Why) {
    let level = &position.level;
    let amount = |parts: &[walled_gardens_engine::play::Part], term| {
        let same = parts.iter().find(|part| part.label == Label::Choice(term));
        same.map_or(0.0, |part| part.amount)
    };
    let mut rows: Vec<(ChoiceTerm, f64, f64)> = ChoiceTerm::ALL
        .into_iter()
        .map(|term| (term, amount(&found.now.parts, term), amount(&found.change.parts, term)))
        .filter(|(_, now, change)| now.abs() >= 5e-5 || change.abs() >= 5e-5)
        .collect();
    // What changed most, and of what did not, what weighs most.
    let rank = |row: &(ChoiceTerm, f64, f64)| ((row.2.abs() / 5e-4).floor(), row.1.abs());
    rows.sort_by(|one, other| {
        let ((a, b), (c, d)) = (rank(other), rank(one));
        a.total_cmp(&c).then(b.total_cmp(&d))
    });
    let most = rows.iter().map(|row| row.2.abs()).fold(1e-3, f64::max);
    let bar = (ui.available_width() - 300.0).clamp(60.0, 260.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.spacing_mut().interact_size.y = 20.0;
    Grid::new("terms").num_columns(4).striped(true).spacing(vec2(14.0, 4.0)).show(ui, |ui| {
        super::parts::head(ui, "choice-term");
        right(ui, |ui| super::parts::head(ui, "choice-now"));
        right(ui, |ui| super::parts::head(ui, "choice-change"));
        ui.label("");
        ui.end_row();
        for (term, now, change) in rows {
            let label = ui.label(theme::small(words::choice(term)).color(theme::palette().text));
            widgets::meaning(label, words::choice_key(term));
            right(ui, |ui| {
                ui.label(theme::small(Form::Points.write(now)).color(theme::palette().text));
            });
            right(ui, |ui| {
                // Going is good for one side and bad for the other: the sign says which way, and no colour judges it.
                let text = widgets::change(Form::Points, change);
                ui.label(if change.abs() >= 5e-4 { text.color(theme::palette().text) } else { text });
            });
            balance(ui, bar, change / most);
            ui.end_row();
        }
        ui.label(theme::strong(say!("all-together")).size(12.0));
        for (key, explained) in [("choice-now", &found.now), ("choice-change", &found.change)] {
            right(ui, |ui| {
                let text = theme::strong(Form::Points.write(explained.total)).size(12.0);
                widgets::number(ui, level, text, Form::Points, &say!(key), explained);
            });
        }
        ui.label("");
        ui.end_row();
    });
}

fn right(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.with_layout(Layout::right_to_left(Align::Center), contents);
}

/// A bar from the middle: to the right for what draws people there.
fn balance(ui: &mut Ui, width: f32, part: f64) {
    let p = theme::palette();
    let (place, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    let middle = place.center();
    let end = middle.x + 0.5 * width * part.clamp(-1.0, 1.0) as f32;
    let colour = if part >= 0.0 { p.accent } else { p.traffic };
    let bar = Rect::from_x_y_ranges(middle.x.min(end)..=middle.x.max(end), middle.y - 4.0..=middle.y + 4.0);
    ui.painter().rect_filled(bar, CornerRadius::same(1), colour);
    let line = [pos2(middle.x, place.top()), pos2(middle.x, place.bottom())];
    ui.painter().line_segment(line, (1.0, p.stroke));
}
