//! What lies over the drawn map: plaques, beads on bridges, legend.

use bevy_egui::egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::pointed;
use crate::desk::{Action, Desk, Played, WALK};
use crate::form::Form;
use crate::scene::layout::{Bridge, Garden, Kind, Layout};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Movement, Position};

/// Pixels between beads.
const BEADS: f32 = 18.0;
/// Pixels a second that beads move.
const PACE: f32 = 24.0;

/// Draws over the map, and answers what the pointer is on and does. What is clicked opens where there is a plan to order on.
pub fn show(
    ui: &mut Ui,
    desk: &Desk,
    position: &Position,
    plan: Option<&Played>,
    layout: &Layout,
    out: &mut Vec<Action>,
) {
    let map = ui.max_rect();
    let response = ui.allocate_rect(map, Sense::click_and_drag());
    let painter = ui.painter_at(map);
    let look = desk.look;
    let at = |place: Vec2| look.at(map, place);
    let time = if desk.settings.reduced_motion { 0.0 } else { ui.input(|input| input.time) as f32 };
    for bridge in &layout.bridges {
        beads(&painter, &at, bridge, time);
    }
    let mut said = vec![say!("still-outside", people = Form::Count.write(outside(position)))];
    for garden in &layout.gardens {
        let under = under(position, garden.platform);
        said.push(format!("{} {under}", of_level(&position.level.platforms[garden.platform].name)));
        plaque(&painter, &at, garden, position, under);
    }
    commons(&painter, map, position);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, said.join(", ")));
    legend(&painter, map, layout);
    if let Some(watch) = desk.watch {
        let done = (watch.clock / WALK).clamp(0.0, 1.0);
        let rail = Rect::from_min_max(
            pos2(map.left(), map.top()),
            pos2(map.left() + map.width() * done, map.top() + 3.0),
        );
        painter.rect_filled(rail, CornerRadius::ZERO, theme::palette().accent);
    }
    pointed::show(ui, &response, desk, position, plan, layout, out);
}

fn beads(painter: &Painter, at: &impl Fn(Vec2) -> Pos2, bridge: &Bridge, time: f32) {
    let colour = theme::colour(bridge.owner);
    match bridge.kind {
        Kind::Payment => along(bridge, BEADS, time * PACE, |place, _| {
            painter.circle_filled(at(place), 2.7, colour);
        }),
        Kind::Logistics => along(bridge, 30.0, time * PACE, |place, _| {
            let parcel = Rect::from_center_size(at(place), Vec2::splat(8.0));
            painter.rect(
                parcel,
                CornerRadius::same(1),
                colour,
                Stroke::new(1.0, theme::palette().ground),
                bevy_egui::egui::StrokeKind::Inside,
            );
        }),
        Kind::Traffic => along(bridge, 12.0, time * PACE, |place, way| {
            let (ahead, across) = (way * 4.6, way.rot90() * 4.6);
            let line = [place - ahead * 0.5 + across, place + ahead * 0.5, place - ahead * 0.5 - across];
            painter.add(bevy_egui::egui::Shape::line(
                line.map(at).to_vec(),
                Stroke::new(1.7, theme::palette().traffic),
            ));
        }),
        Kind::Data => along(bridge, 28.0, time * PACE, |place, _| {
            let corners = [vec2(0.0, -3.0), vec2(3.0, 0.0), vec2(0.0, 3.0), vec2(-3.0, 0.0)]
                .map(|corner| at(place + corner));
            painter.add(bevy_egui::egui::Shape::convex_polygon(corners.to_vec(), colour, Stroke::NONE));
        }),
        Kind::Blocked => {
            let middle = at(bridge.path[bridge.path.len() / 2]);
            painter.circle(middle, 9.0, theme::palette().ground, Stroke::new(1.5, theme::palette().bad));
            for way in [vec2(3.4, 3.4), vec2(3.4, -3.4)] {
                painter.line_segment([middle - way, middle + way], Stroke::new(1.7, theme::palette().bad));
            }
        }
    }
}

/// Calls for places along a bridge, so far apart, the first of them moved on.
fn along(bridge: &Bridge, apart: f32, moved: f32, mut draw: impl FnMut(Vec2, Vec2)) {
    let mut next = moved.rem_euclid(apart);
    let mut walked = 0.0;
    for step in bridge.path.windows(2) {
        let way = step[1] - step[0];
        let length = way.length();
        while next <= walked + length && length > 0.0 {
            draw(step[0] + way * ((next - walked) / length), way / length);
            next += apart;
        }
        walked += length;
    }
}

/// Who is at home where after the last month, and whoever is outside: everybody is in one place, so that they add up.
fn homes(position: &Position) -> &Movement {
    position.turns.last().map_or(&position.at_home, |turn| &turn.movement)
}

fn outside(position: &Position) -> f64 {
    homes(position).at_home(position.level.platforms.len())
}

/// What a plaque says under the name: who is at home there, or who holds its wallet where nobody can be.
fn under(position: &Position, platform: usize) -> String {
    let level = &position.view.level;
    let now = position.now();
    let me = position.person() == Some(platform);
    if !position.is_here(platform) {
        let when = words::opens(level, platform);
        return if me { say!("plaque-you", what = when) } else { when };
    }
    match &level.platforms[platform].shop {
        Some(_) => {
            let people = Form::Count.write(homes(position).at_home(platform));
            let people = say!("plaque-people", people = people);
            if me { say!("plaque-you", what = people) } else { people }
        }
        None => {
            let wallets = level.wallets().into_iter().enumerate();
            let mine = wallets.filter(|(_, (number, _))| level.services[*number].owner == Some(platform));
            let people = mine.map(|(place, _)| {
                (0..level.regions.len())
                    .map(|r| now.holders[[r, place]] * now.online[r] * now.people[r])
                    .sum::<f64>()
            });
            let most = people.fold(0.0, f64::max);
            let held = if most > 0.0 {
                say!("plaque-wallets", people = Form::Count.write(most))
            } else {
                say!("no-shop")
            };
            if me { say!("plaque-you", what = held) } else { held }
        }
    }
}

fn plaque(
    painter: &Painter,
    at: &impl Fn(Vec2) -> Pos2,
    garden: &Garden,
    position: &Position,
    under: String,
) {
    let platform = garden.platform;
    let name = of_level(&position.level.platforms[platform].name);
    let title = painter.layout_no_wrap(name, FontId::new(14.0, theme::semibold()), theme::palette().text);
    let line = painter.layout_no_wrap(under, FontId::proportional(12.0), theme::palette().text2);
    let width = (title.size().x + 20.0).max(line.size().x) + 20.0;
    let place = Rect::from_center_size(at(garden.middle), vec2(width, 42.0));
    let ground = Color32::from_rgba_unmultiplied(
        theme::palette().ground.r(),
        theme::palette().ground.g(),
        theme::palette().ground.b(),
        219,
    );
    if garden.empty {
        // What it says is on a sign in the ground.
        let post = Rect::from_center_size(place.center_bottom() + vec2(0.0, 8.0), vec2(3.0, 16.0));
        painter.rect_filled(post, CornerRadius::same(1), theme::colour(platform));
        let line = Stroke::new(1.0, theme::colour(platform));
        painter.rect(place, CornerRadius::same(8), ground, line, bevy_egui::egui::StrokeKind::Inside);
    } else {
        painter.rect_filled(place, CornerRadius::same(8), ground);
    }
    let left = place.center().x - 0.5 * (title.size().x + 20.0);
    widgets::paint_mark(painter, pos2(left + 6.0, place.top() + 13.0), 6.0, platform);
    painter.galley(pos2(left + 18.0, place.top() + 4.0), title, theme::palette().text);
    let x = place.center().x - 0.5 * line.size().x;
    painter.galley(pos2(x, place.top() + 23.0), line, theme::palette().text2);
}

fn commons(painter: &Painter, map: Rect, position: &Position) {
    let people = outside(position);
    let corner = map.left_top() + vec2(16.0, 14.0);
    let title =
        painter.layout_no_wrap(say!("commons"), FontId::new(12.0, theme::semibold()), theme::palette().text2);
    let text = say!("still-outside", people = Form::Count.write(people));
    let line = painter.layout_no_wrap(text, FontId::proportional(12.0), theme::palette().weak);
    // A wall may reach up to here: the words stay legible.
    let size = vec2(title.size().x.max(line.size().x), 16.0 + line.size().y);
    let back = Rect::from_min_size(corner, size).expand2(vec2(6.0, 4.0));
    painter.rect_filled(back, CornerRadius::same(6), theme::palette().ground.gamma_multiply(0.8));
    painter.galley(corner, title, theme::palette().text2);
    painter.galley(corner + vec2(0.0, 16.0), line, theme::palette().weak);
}

/// Says what the kinds of bridges that there are mean, along the lower edge.
fn legend(painter: &Painter, map: Rect, layout: &Layout) {
    let kinds = [Kind::Payment, Kind::Logistics, Kind::Traffic, Kind::Data, Kind::Blocked];
    let there: Vec<Kind> =
        kinds.into_iter().filter(|kind| layout.bridges.iter().any(|bridge| bridge.kind == *kind)).collect();
    let mut x = map.left() + 16.0;
    let y = map.bottom() - 14.0;
    // Whatever lies there while the map is looked at from nearer, the words stay legible.
    let foot = Rect::from_min_max(pos2(map.left(), map.bottom() - 28.0), map.right_bottom());
    painter.rect_filled(foot, CornerRadius::ZERO, theme::palette().ground.gamma_multiply(0.8));
    for kind in there {
        let (name, colour) = match kind {
            Kind::Payment => (say!("payment"), theme::palette().payment),
            Kind::Logistics => (say!("logistics"), theme::palette().logistics),
            Kind::Traffic => (say!("traffic"), theme::palette().traffic),
            Kind::Data => (say!("data"), theme::palette().data),
            Kind::Blocked => (say!("blocked"), theme::palette().bad),
        };
        let path = (0..=8).map(|step| vec2(step as f32 * 4.0, 0.0)).collect();
        let sample = Bridge { kind, owner: 7, user: 7, path, service: None };
        if matches!(kind, Kind::Payment | Kind::Logistics | Kind::Data) {
            painter.hline(x..=x + 32.0, y - 3.4, Stroke::new(1.2, colour));
            painter.hline(x..=x + 32.0, y + 3.4, Stroke::new(1.2, colour));
        }
        beads(painter, &|place| pos2(x, y) + place, &sample, 0.25);
        let end = painter.text(
            pos2(x + 40.0, y),
            Align2::LEFT_CENTER,
            name,
            FontId::proportional(12.0),
            theme::palette().text2,
        );
        x = end.right() + 20.0;
    }
    let dim = theme::palette().weak;
    let wall = painter.layout_no_wrap(say!("walls-meaning"), FontId::proportional(12.0), dim);
    if x + wall.size().x + 16.0 <= map.right() && layout.gardens.len() > 1 {
        let at = Align2::RIGHT_CENTER.anchor_size(pos2(map.right() - 16.0, y), wall.size());
        painter.galley(at.min, wall, dim);
    }
}
