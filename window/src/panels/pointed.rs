//! What the pointer is on, on the map: what it is, what a click on it opens, and how the map is drawn along and brought nearer.

use bevy_egui::egui::{CursorIcon, Response, Ui, Vec2};

use super::deals::begun;
use super::{links, rivals};
use crate::desk::{Action, Desk, Look, Played, Tab};
use crate::form::Form;
use crate::scene::layout::{Bridge, Garden, Kind, Layout};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Position, all_of_both, appraise, guess};

/// How near a bridge the pointer is on it, and how near the way between two gardens it is in their gap.
const ON: f32 = 9.0;
const GAP: f32 = 16.0;
/// How many times as near a notch of the wheel brings the map, by points of it.
const NOTCH: f32 = 1.0 / 400.0;

/// What there is under the pointer.
enum Pointed<'a> {
    Garden(&'a Garden),
    Bridge(&'a Bridge),
    /// The ground between one's own garden and another's.
    Gap(usize),
}

/// Says what is under the pointer, and does what is done with it; without a plan there is nothing to be opened.
pub(super) fn show(
    ui: &Ui,
    response: &Response,
    desk: &Desk,
    position: &Position,
    plan: Option<&Played>,
    layout: &Layout,
    out: &mut Vec<Action>,
) {
    look(ui, response, desk.look, out);
    let Some(pointer) = response.hover_pos().filter(|_| !response.dragged()) else { return };
    let place = desk.look.place(response.rect, pointer);
    let Some(pointed) = pointed(layout, position, place, plan.is_some()) else { return };
    let response = response.clone().on_hover_ui_at_pointer(|ui| match pointed {
        Pointed::Garden(garden) => of_garden(ui, position, garden, plan.is_some()),
        Pointed::Bridge(bridge) => of_bridge(ui, position, bridge),
        Pointed::Gap(other) => of_gap(ui, position, other),
    });
    let Some(plan) = plan else { return };
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.clicked() {
        open(ui, plan, &pointed, out);
    }
}

/// The map is drawn along, brought nearer with the wheel, and shown as a whole again by a double click.
fn look(ui: &Ui, response: &Response, look: Look, out: &mut Vec<Action>) {
    let map = response.rect;
    let mut now = look;
    if response.dragged() {
        now = now.drawn(map, response.drag_delta());
    }
    if let Some(pointer) = response.hover_pos() {
        let times = ui.input(|input| libm::expf(input.smooth_scroll_delta.y * NOTCH) * input.zoom_delta());
        if times != 1.0 {
            now = now.nearer(map, pointer, times);
        }
    }
    if response.double_clicked() {
        now = Look::default();
    }
    if now != look {
        out.push(Action::Look(now));
    }
}

fn pointed<'a>(layout: &'a Layout, position: &Position, place: Vec2, plans: bool) -> Option<Pointed<'a>> {
    if let Some(garden) = layout.garden_at(place) {
        return Some(Pointed::Garden(garden));
    }
    let near = |bridge: &&Bridge| bridge.path.iter().any(|point| (*point - place).length() < ON);
    if let Some(bridge) = layout.bridges.iter().find(near) {
        return Some(Pointed::Bridge(bridge));
    }
    let own = layout.gardens.get(position.me).filter(|_| plans)?;
    let away = |other: &&Garden| {
        let way = other.middle - own.middle;
        let along = ((place - own.middle).dot(way) / way.length_sq().max(1.0)).clamp(0.0, 1.0);
        (own.middle + way * along - place).length()
    };
    let others = layout.gardens.iter().filter(|other| other.platform != own.platform && !other.empty);
    let nearest = others.min_by(|one, other| away(one).total_cmp(&away(other)))?;
    (away(&nearest) < GAP).then_some(Pointed::Gap(nearest.platform))
}

/// A click: one's own garden opens the prices, another's what is known of it, a bridge its gate, and a gap an offer.
fn open(ui: &Ui, played: &Played, pointed: &Pointed, out: &mut Vec<Action>) {
    let me = played.position.me;
    match *pointed {
        Pointed::Garden(garden) if garden.platform == me => out.push(Action::Tab(Tab::Prices)),
        Pointed::Garden(Garden { platform: rival, .. }) => {
            rivals::look_at(ui, *rival);
            out.push(Action::Tab(Tab::Rivals));
        }
        Pointed::Bridge(&Bridge { owner, user, service: Some(service), .. }) if owner == me => {
            links::pick(ui, (service, Some(user)));
            out.push(Action::Tab(Tab::Links));
        }
        Pointed::Bridge(&Bridge { user, service: Some(_), .. }) if user == me => {
            links::show_uses(ui);
            out.push(Action::Tab(Tab::Links));
        }
        Pointed::Bridge(bridge) if [bridge.owner, bridge.user].contains(&me) => {
            out.push(Action::Tab(Tab::Deals));
        }
        Pointed::Bridge(bridge) => {
            rivals::look_at(ui, bridge.owner);
            out.push(Action::Tab(Tab::Rivals));
        }
        Pointed::Gap(other) => out.push(Action::Compose(begun(played, other))),
    }
}

fn of_garden(ui: &mut Ui, position: &Position, garden: &Garden, plans: bool) {
    let (level, now) = (&position.level, position.now());
    ui.horizontal(|ui| {
        widgets::mark(ui, garden.platform);
        ui.label(theme::strong(of_level(&level.platforms[garden.platform].name)));
    });
    if garden.empty {
        ui.label(theme::small(words::opens(level, garden.platform)));
    } else if level.platforms[garden.platform].shop.is_some() {
        let share = Form::Percent.write(now.share(garden.platform));
        ui.label(theme::small(say!("hover-share", share = share)));
        let buyers = Form::Count.write(now.user_count(garden.platform));
        ui.label(theme::small(say!("hover-buyers", people = buyers)));
        let shops = Form::Count.write(now.merchant_count(garden.platform));
        ui.label(theme::small(say!("hover-merchants", shops = shops)));
        let trust = Form::Percent.write(now.trust[garden.platform]);
        ui.label(theme::small(say!("hover-trust", trust = trust)));
        came(ui, position, garden.platform);
        let people = Form::Count.write(position.at_home.each);
        ui.label(theme::small(say!("hover-dots", people = people)).color(theme::palette().weak));
    }
    if plans {
        let opens = if garden.platform == position.me { say!("click-own") } else { say!("click-rival") };
        ui.label(theme::small(opens).color(theme::palette().weak));
    }
}

/// How many came over from there in the last month, and how many went there.
fn came(ui: &mut Ui, position: &Position, other: usize) {
    let Some(turn) = position.turns.last().filter(|_| position.person().is_some_and(|me| me != other)) else {
        return;
    };
    let people = &turn.movement.people;
    let (here, there) = (people[other][position.me], people[position.me][other]);
    let line = say!("hover-came", here = Form::Count.write(here), there = Form::Count.write(there));
    ui.label(theme::small(line));
}

fn of_bridge(ui: &mut Ui, position: &Position, bridge: &Bridge) {
    let level = &position.level;
    let what = bridge.service.map_or_else(|| say!("data"), |service| of_level(&level.services[service].name));
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let (owner, user) = (&name(bridge.owner), &name(bridge.user));
    ui.label(if bridge.kind == Kind::Blocked {
        say!("bridge-blocked", what = what, owner = owner, user = user)
    } else {
        say!("bridge-open", what = what, owner = owner, user = user)
    });
}

/// What would come of it if both opened to each other whatever they have and do not share yet.
fn of_gap(ui: &mut Ui, position: &Position, other: usize) {
    let who = &of_level(&position.level.platforms[other].name);
    ui.label(theme::strong(say!("gap", who = who)));
    let all = all_of_both(&position.view, other);
    match (!all.gives.is_empty() || !all.asks.is_empty()).then_some(all) {
        Some(all) => {
            let guess = guess(position, other, appraise(&position.view, position.me, other, &all));
            let [low, high] = guess.band().map(|worth| Form::Yuan.write_change(worth));
            let mine = Form::Yuan.write_change(guess.appraisal.mine.total);
            ui.label(theme::small(say!("gap-worth", mine = mine, who = who, low = low, high = high)));
        }
        None => {
            ui.label(theme::small(say!("gap-nothing")));
        }
    }
    ui.label(theme::small(say!("click-gap")).color(theme::palette().weak));
}
