//! What effects of events move.

use crate::level::Level;
use crate::level::events::Effect;
use crate::sim::state::chronicle::{Chronicle, Lasting};
use crate::sim::state::files::{Files, OnFile, Wall};
use crate::sim::state::public::Public;

/// What effects move: what lasts, what people think, and what is on file.
pub(super) struct Moved<'a> {
    pub level: &'a Level,
    pub chronicle: &'a mut Chronicle,
    pub public: &'a mut Public,
    pub files: &'a mut Files,
}

impl Moved<'_> {
    /// Whom an effect moves; nobody who is not there yet.
    fn there(&self, of: Option<usize>, asked: Option<usize>) -> Option<usize> {
        of.or(asked).filter(|&platform| self.level.platforms[platform].here)
    }

    /// Brings effects about. What lasts does so from `first`, the next turn that is played, on; `asked` is who chose.
    pub fn bring_about(&mut self, effects: &[Effect], first: u32, asked: Option<usize>) {
        for effect in effects {
            match effect {
                Effect::Change { change, months } => {
                    let until = months.map(|months| first + months - 1);
                    self.chronicle.lasting.push(Lasting { change: change.clone(), until });
                }
                Effect::Pay { to, amount } => {
                    self.chronicle.owed.extend(to.or(asked).map(|platform| (platform, *amount)));
                }
                Effect::Flag { flag, up } => self.chronicle.flags[*flag] = *up,
                Effect::Opinion { of, by } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let opinion = &mut self.public.opinion[platform];
                    *opinion = (*opinion + by).clamp(-1.0, 1.0);
                }
                Effect::Attention { of, offence, weight } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let (turn, offence, weight) = (first - 1, *offence, *weight);
                    self.files.0[platform].deeds.push(OnFile { turn, offence, weight });
                }
                Effect::Remedy { of, months, open } => {
                    let Some(platform) = self.there(*of, asked) else { continue };
                    let there = |&other: &usize| other != platform && self.level.sells(other);
                    let others = self.level.shops().into_iter().filter(there);
                    let walls = others.flat_map(|to| open.iter().map(move |&service| Wall { service, to }));
                    self.files.0[platform].forbid(walls, first + months - 1);
                }
            }
        }
    }
}
