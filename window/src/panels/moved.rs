//! Who moved: where people were at home before the month and after it, and the crowds between.

use bevy_egui::egui::{
    Align2, Color32, CornerRadius, FontId, Mesh, Rect, Sense, Shape, Stroke, Ui, pos2, vec2,
};

use crate::form::Form;
use crate::texts::{of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::play::Position;

/// Part of the picture of who moved that goes to those who did, at least: most people stay where they are.
const MOVERS: f64 = 0.3;

/// Who was at home where before the month and after it, and the crowds between: a picture so high.
pub fn show(ui: &mut Ui, position: &Position, high: f32) {
    widgets::heading(ui, &say!("who-moved"), &say!("main-garden"));
    ui.label(theme::small(say!("movers-are-wider")).color(theme::palette().weak));
    let Some(turn) = position.turns.last() else { return };
    let movement = &turn.movement;
    let level = &position.level;
    let mut gardens = level.shops();
    gardens.push(level.platforms.len());
    let before = |place: usize| -> f64 { movement.people[place].iter().sum() };
    let after = |place: usize| movement.at_home(place);
    // Nobody lives where nothing is bought, but for the commons.
    gardens.retain(|&place| before(place) + after(place) > 0.0);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let painter = ui.painter_at(place);
    let gap = 14.0;
    let height = f64::from(place.height() - gap * gardens.len() as f32);
    let total: f64 = gardens.iter().map(|&place| before(place)).sum::<f64>().max(1.0);
    let stayed: f64 = gardens.iter().map(|&place| movement.people[place][place]).sum();
    let moving = if stayed < total { (1.0 - stayed / total).max(MOVERS) } else { 0.0 };
    let (of_stayers, of_movers) =
        (height * (1.0 - moving) / stayed.max(1.0), height * moving / (total - stayed).max(1.0));
    let thick = |from: usize, to: usize| {
        (movement.people[from][to] * if from == to { of_stayers } else { of_movers }) as f32
    };
    let name =
        |garden: usize| level.platforms.get(garden).map_or_else(|| say!("commons"), |it| of_level(&it.name));
    let of_before = |garden: usize| format!("{}  {}", name(garden), Form::Count.write(before(garden)));
    let of_after = |garden: usize| Form::Count.write(after(garden));
    let of_change = |garden: usize| {
        let change = after(garden) - before(garden);
        let sign = if change > 0.0 { "▲" } else { "▼" };
        (change != 0.0).then(|| format!("{sign}{}", Form::Count.write(change.abs())))
    };
    let (light, strong) = (FontId::proportional(12.0), FontId::new(12.0, theme::semibold()));
    let wide = |text: String, font: &FontId| {
        painter.layout_no_wrap(text, font.clone(), theme::palette().text).size().x
    };
    let widest = |of: &dyn Fn(usize) -> f32| gardens.iter().map(|&garden| of(garden)).fold(0.0, f32::max);
    let beside = widest(&|garden| wide(of_before(garden), &light)) + 12.0;
    let beyond = widest(&|garden| {
        wide(of_after(garden), &strong) + of_change(garden).map_or(0.0, |change| 6.0 + wide(change, &light))
    }) + 24.0;
    let (left, right) = (place.left() + beside.max(140.0), place.right() - beyond.max(132.0));
    let left_of = |garden: usize| gardens.iter().map(|&end| thick(garden, end)).sum::<f32>();
    let right_of = |garden: usize| gardens.iter().map(|&start| thick(start, garden)).sum::<f32>();
    let top = |of: &dyn Fn(usize) -> f32, number: usize| {
        let above: f32 = gardens[..number].iter().map(|&place| of(place)).sum();
        place.top() + above + gap * number as f32
    };
    let crowds = crowds(&gardens, &thick, &|number| top(&left_of, number), &|number| top(&right_of, number));
    for crowd in crowds {
        let strength = if crowd.from == crowd.to { 0.22 } else { 0.85 };
        let colour = theme::mix(garden_colour(position, crowd.from), strength, theme::palette().raised);
        ribbon(&painter, (left + 8.0, crowd.start), (right - 8.0, crowd.end), crowd.thickness, colour);
    }
    for (number, &garden) in gardens.iter().enumerate() {
        let colour = garden_colour(position, garden);
        let bar = |x: f32, top: f32, height: f32| {
            let height = height.max(2.0);
            painter.rect_filled(
                Rect::from_min_size(pos2(x, top), vec2(8.0, height)),
                CornerRadius::same(2),
                colour,
            );
            top + 0.5 * height
        };
        let y = bar(left, top(&left_of, number), left_of(garden));
        let (at, dim) = (pos2(left - 8.0, y), theme::palette().text2);
        painter.text(at, Align2::RIGHT_CENTER, of_before(garden), light.clone(), dim);
        let y = bar(right - 8.0, top(&right_of, number), right_of(garden));
        let x = right + 8.0;
        if garden < level.platforms.len() {
            widgets::paint_mark(&painter, pos2(x + 4.0, y), 5.5, garden);
        }
        let (at, bright) = (pos2(x + 14.0, y), theme::palette().text);
        let end = painter.text(at, Align2::LEFT_CENTER, of_after(garden), strong.clone(), bright).right();
        if let Some(change) = of_change(garden) {
            let grew = after(garden) > before(garden);
            let colour = if grew { theme::palette().good } else { theme::palette().bad };
            painter.text(pos2(end + 6.0, y), Align2::LEFT_CENTER, change, light.clone(), colour);
        }
    }
}

fn garden_colour(position: &Position, garden: usize) -> Color32 {
    if garden < position.level.platforms.len() { theme::colour(garden) } else { theme::palette().weak }
}

/// A band that bends from one height to another.
fn ribbon(
    painter: &bevy_egui::egui::Painter,
    from: (f32, f32),
    to: (f32, f32),
    height: f32,
    colour: Color32,
) {
    let mut mesh = Mesh::default();
    let steps = 24;
    let at = |step: u32| {
        let t = step as f32 / steps as f32;
        let bend = t * t * (3.0 - 2.0 * t);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * bend)
    };
    if height < 1.5 {
        // Meshes have no soft edges: so thin a band would break up.
        let points = (0..=steps).map(|step| at(step).into()).collect();
        let strength = height.clamp(0.25, 1.0);
        painter.add(Shape::line(points, Stroke::new(1.2, colour.gamma_multiply(strength))));
        return;
    }
    for step in 0..=steps {
        let (x, y) = at(step);
        mesh.colored_vertex(pos2(x, y), colour);
        mesh.colored_vertex(pos2(x, y + height), colour);
        if step > 0 {
            let last = 2 * step;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// People who went from one garden to another, or stayed: where their band begins, ends, and how thick it is.
struct Crowd {
    from: usize,
    to: usize,
    start: f32,
    end: f32,
    thickness: f32,
}

/// Every crowd, those who stayed first: who moved lies over them.
fn crowds(
    gardens: &[usize],
    thick: &dyn Fn(usize, usize) -> f32,
    left: &dyn Fn(usize) -> f32,
    right: &dyn Fn(usize) -> f32,
) -> Vec<Crowd> {
    let mut starts: Vec<f32> = (0..gardens.len()).map(left).collect();
    let mut ends: Vec<f32> = (0..gardens.len()).map(right).collect();
    let mut crowds = Vec::new();
    for (row, &from) in gardens.iter().enumerate() {
        for (column, &to) in gardens.iter().enumerate() {
            let thickness = thick(from, to);
            if thickness > 0.0 {
                crowds.push(Crowd { from, to, start: starts[row], end: ends[column], thickness });
            }
            starts[row] += thickness;
            ends[column] += thickness;
        }
    }
    crowds.sort_by_key(|crowd| crowd.from != crowd.to);
    crowds
}
