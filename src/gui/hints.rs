//! The tutorial: which step of a level's a newcomer is at, and where the control is that it speaks of.

use std::sync::Arc;

use bevy_egui::egui::{Context, FullOutput, Plugin, Pos2, Rect, accesskit};

use super::desk::{Desk, Screen};
use super::settings::Settings;
use super::texts::say;
use crate::level::{Level, Step, Until};
use crate::order::Order;

/// How far a newcomer is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// The level whose tutorial it is. Kept here, since panels are drawn while the match is off the desk.
    level: Option<Arc<Level>>,
    /// Steps done.
    done: usize,
}

impl Hints {
    /// The player has read what a step says.
    pub fn next(&mut self) {
        self.done += 1;
    }
}

/// The step that is to be shown: its place from 1, and the level that has it.
pub fn current(desk: &Desk) -> Option<(usize, Arc<Level>)> {
    let level = desk.hints.level.as_ref().filter(|_| desk.settings.hints && desk.screen != Screen::Watch)?;
    (desk.hints.done < level.tutorial.len()).then(|| (desk.hints.done + 1, Arc::clone(level)))
}

/// Sees which steps have been done since the last frame.
pub fn follow(desk: &mut Desk) {
    // Whoever watches a match learns nothing of the tutorial's, and forgets nothing.
    if desk.screen == Screen::Watch {
        return;
    }
    let Some(level) = level(desk) else {
        desk.hints = Hints::default();
        return;
    };
    let before = desk.hints.level.as_ref();
    // Two levels may have one name: it is another tutorial where it has other steps.
    let same = before.is_some_and(|before| before.id == level.id && before.tutorial == level.tutorial);
    let done = match same && desk.screen != Screen::Browser {
        true => desk.hints.done,
        // Who has been through it has been through it.
        false if is_finished(&desk.settings, &level) => level.tutorial.len(),
        false => 0,
    };
    desk.hints = Hints { level: Some(Arc::clone(&level)), done };
    // Whoever ends a month without having done what was said before is not told of it any more.
    let turns = |step: &Step| matches!(step.until, Until::Turns(_)) && is_done(step, desk);
    let past = level.tutorial.iter().rposition(turns).map_or(0, |place| place + 1);
    desk.hints.done = desk.hints.done.max(past);
    while level.tutorial.get(desk.hints.done).is_some_and(|step| is_done(step, desk)) {
        desk.hints.done += 1;
    }
    remember(desk, &level);
}

/// Keeps how far a newcomer is: what was done is not to be done again after a restart.
fn remember(desk: &mut Desk, level: &Level) {
    let done = desk.hints.done;
    if done <= desk.settings.tutorials.get(&level.id).copied().unwrap_or(0) {
        return;
    }
    desk.settings.tutorials.insert(level.id.clone(), done);
    if let Err(error) = desk.settings.keep() {
        desk.message = Some(say!("settings-not-kept", reason = error));
    }
}

/// Whether a level's tutorial has been gone through.
pub(super) fn is_finished(settings: &Settings, level: &Level) -> bool {
    !level.tutorial.is_empty()
        && settings.tutorials.get(&level.id).is_some_and(|&done| done >= level.tutorial.len())
}

/// Goes on with the tutorial of a match that is loaded, where it was left.
pub(super) fn resume(desk: &mut Desk) {
    let Some(level) = level(desk) else { return };
    let done = desk.settings.tutorials.get(&level.id).copied().unwrap_or(0);
    desk.hints = Hints { level: Some(level), done };
}

/// The level on the screen.
fn level(desk: &Desk) -> Option<Arc<Level>> {
    let level = match desk.screen {
        Screen::Browser | Screen::Briefing => desk.chosen_level(),
        _ => desk.played.as_ref().map(|played| &played.position.level),
    };
    level.filter(|level| !level.tutorial.is_empty()).map(Arc::clone)
}

fn is_done(step: &Step, desk: &Desk) -> bool {
    let played = desk.played.as_ref();
    match &step.until {
        Until::Next => false,
        Until::Open(place) => is_open(place, desk),
        Until::Order(kind) => has_ordered(desk, |order| order.kind() == kind),
        Until::Amount { order: kind, from, to } => has_ordered(desk, |order| {
            order.kind() == kind && order.number().is_some_and(|number| (*from..=*to).contains(&number))
        }),
        Until::Turns(turns) => played.is_some_and(|played| played.position.played() >= *turns),
    }
}

/// Whether such an order is in the plan, or was given.
fn has_ordered(desk: &Desk, is_such: impl Fn(&Order) -> bool) -> bool {
    desk.played.as_ref().is_some_and(|played| {
        let me = played.position.me;
        let given = played.position.turns.iter().flat_map(|turn| &turn.record.orders[me]);
        played.draft.orders().iter().chain(given).any(is_such)
    })
}

/// Whether a place of [`PLACES`](crate::level::PLACES) is open. Whoever is beyond a briefing has seen it.
fn is_open(place: &str, desk: &Desk) -> bool {
    let planning = desk.screen == Screen::Play && desk.watch.is_none() && !desk.is_busy();
    match place {
        "briefing" => desk.screen != Screen::Browser,
        "play" => planning,
        "report" => desk.screen == Screen::Report,
        "end" => desk.screen == Screen::End,
        tab => planning && format!("{:?}", desk.tab).eq_ignore_ascii_case(tab),
    }
}

/// Finds a control by its label in what a screen reader is told, so that no panel need say where its controls are.
#[derive(Default)]
pub struct Finder {
    wanted: Option<String>,
    found: Option<Rect>,
}

impl Finder {
    /// Where the control of a label was in the last frame; in the first frame nowhere.
    pub fn find(context: &Context, label: Option<&str>) -> Option<Rect> {
        let finder = context.plugin_or_default::<Self>();
        let mut finder = finder.lock();
        if finder.wanted.as_deref() != label {
            (finder.wanted, finder.found) = (label.map(str::to_owned), None);
        }
        finder.found
    }
}

impl Plugin for Finder {
    fn debug_name(&self) -> &'static str {
        "hints"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        self.found = self.wanted.as_ref().and_then(|wanted| {
            let update = output.platform_output.accesskit_update.as_ref()?;
            let controls = || update.nodes.iter().map(|(_, node)| node).filter(|node| is_control(node));
            let named = |node: &&accesskit::Node| node.label() == Some(wanted);
            let begins = |node: &&accesskit::Node| {
                node.label().is_some_and(|label| label.starts_with(wanted.as_str()))
            };
            controls().find(named).or_else(|| controls().find(begins)).and_then(place)
        });
    }
}

fn is_control(node: &accesskit::Node) -> bool {
    use accesskit::Role;
    matches!(node.role(), Role::Button | Role::Slider | Role::CheckBox | Role::RadioButton | Role::Link)
}

fn place(node: &accesskit::Node) -> Option<Rect> {
    let bounds = node.bounds()?;
    let corner = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
    Some(Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1)))
}
