//! Newcomers: when they enter, and what they may bring.

use super::scene::Scene;
use crate::Entry;
use crate::check::checker::Checker;
use crate::events::{Change, Effect, LevelEvent};
use crate::raw::{RawEntry, RawPlatform};

impl Checker<'_> {
    /// When each platform enters; nothing for those that are there from the start.
    pub(super) fn entries(
        &mut self,
        scene: &Scene,
        events: &[LevelEvent],
        risings: &mut usize,
    ) -> Vec<Option<Entry>> {
        let platforms = &scene.raw.platforms;
        if !platforms.is_empty() && platforms.iter().all(|platform| platform.enters.is_some()) {
            self.complain(
                "platforms",
                "everybody enters later".into(),
                "a shop that is there from the start",
            );
        }
        let all = platforms.iter().enumerate();
        all.map(|(index, platform)| self.entry(scene, events, (index, platform), risings)).collect()
    }

    fn entry(
        &mut self,
        scene: &Scene,
        events: &[LevelEvent],
        (index, platform): (usize, &RawPlatform),
        risings: &mut usize,
    ) -> Option<Entry> {
        let enters = platform.enters.as_ref()?;
        let (own, path) = (format!("platforms[{index}]"), format!("platforms[{index}].enters"));
        match &platform.shop {
            None => {
                let message = "a company without a shop has nothing to enter with".to_owned();
                self.complain(&path, message, "a `shop`, or no `enters`");
            }
            Some(shop) if shop.share.is_some() => {
                let message = "a newcomer has no share at the opening".to_owned();
                self.complain(
                    &format!("{own}.shop.share"),
                    message,
                    "no `share`; `appeal` says how good it is",
                );
            }
            Some(_) => {}
        }
        for (number, service) in scene.level.services.iter().enumerate() {
            if service.owner == Some(index) {
                let message = format!("`{}` enters later, and owns nothing before", platform.id);
                let at = format!("services[{number}].owner");
                self.complain(&at, message, "a platform that is there from the start");
            }
        }
        Some(match enters {
            RawEntry::Turn(turn) => Entry::Turn(self.whole(&path, *turn, 2..=scene.raw.setup.turns)),
            RawEntry::When(condition) => {
                Entry::When(self.condition(scene, &format!("{path}[0]"), condition, risings))
            }
            RawEntry::Event => {
                let lets_in = Effect::Change { change: Change::Enter { platform: index }, months: None };
                let by = |event: &LevelEvent| {
                    // Nobody is asked whether to come who is not there.
                    let choices = event.choices.iter().filter(|_| event.seat != Some(index));
                    let choices = choices.flat_map(|choice| &choice.effects);
                    event.effects.iter().chain(choices).any(|effect| *effect == lets_in)
                };
                if !events.iter().any(by) {
                    let message = format!("no event lets `{}` in", platform.id);
                    self.complain(&path, message, "an event with the effect `Enter`, or `Turn` or `When`");
                }
                Entry::Event
            }
        })
    }
}
