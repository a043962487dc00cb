//! The tutorial: which step of a level's a newcomer is at, and where the control is that it speaks of.

use std::sync::Arc;

use bevy_egui::egui::{Context, FullOutput, Plugin, Pos2, Rect, accesskit};

use crate::desk::{Desk, Screen};
use walled_gardens_engine::level::Level;

/// The step that is to be shown: its place from 1, and the level that has it.
pub fn current(desk: &Desk) -> Option<(usize, Arc<Level>)> {
    let level = desk.hints.level.as_ref().filter(|_| desk.settings.hints && desk.screen != Screen::Watch)?;
    (desk.hints.done < level.tutorial.len()).then(|| (desk.hints.done + 1, Arc::clone(level)))
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

pub(super) fn place(node: &accesskit::Node) -> Option<Rect> {
    let bounds = node.bounds()?;
    let corner = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
    Some(Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1)))
}
