//! What a company does before the public: it answers events and the regulator, and binds its merchants.

use crate::sim::rules::antitrust::open_enough;
use crate::sim::rules::possible::{answer_to, binder, judged};
use crate::sim::state::chronicle::Chosen;
use crate::sim::state::events::Event;
use crate::sim::state::files::{Stage, Wall};
use crate::sim::turn::dealings::Dealings;

impl Dealings<'_> {
    pub(super) fn choose(&mut self, me: usize, event: &str, choice: &str) -> Result<(), String> {
        let (event, choice) = answer_to(self.level, me, event, choice)?;
        if !self.chronicle.waiting_for(me).any(|waiting| waiting.event == event) {
            let id = &self.level.events[event].id;
            return Err(format!("`{id}` does not wait for an answer of yours"));
        }
        if self.answers.iter().any(|answer| (answer.event, answer.by) == (event, me)) {
            return Err(format!("`{}` is answered already", self.level.events[event].id));
        }
        self.answers.push(Chosen { event, by: me, choice, turn: self.turn });
        Ok(())
    }

    pub(super) fn bind(&mut self, me: usize, on: bool) -> Result<(), String> {
        binder(self.level, me)?;
        let exclusive = &mut self.policies[me].prices.exclusive;
        if *exclusive == on {
            let now = if on { "bound already" } else { "free to list anywhere already" };
            return Err(format!("your merchants are {now}"));
        }
        *exclusive = on;
        self.news.push(Event::Bound { by: me, on });
        Ok(())
    }

    /// Complies with a decision, or contests it. Whoever complies stops what is forbidden at once.
    pub(super) fn plead(&mut self, me: usize, contest: bool) -> Result<(), String> {
        let regulator = judged(self.level)?;
        let stage = self.files.0.get(me).map(|file| file.stage);
        let decided = matches!(stage, Some(Stage::Decided { .. }));
        // What is forbidden can still be stopped all at once.
        let forbidden = matches!(stage, Some(Stage::Remedy { .. })) && !contest;
        if !decided && !forbidden {
            return Err("there is no decision against you to be answered".into());
        }
        if self.pleas.iter().any(|(platform, _)| *platform == me) {
            return Err("the decision is answered already".into());
        }
        if decided {
            self.pleas.push((me, contest));
        }
        if !contest {
            let prices = &mut self.policies[me].prices;
            if std::mem::take(&mut prices.exclusive) {
                self.news.push(Event::Bound { by: me, on: false });
            }
            let fees = prices.consumer_fees.cells_mut().iter_mut();
            fees.for_each(|fee| *fee = fee.min(regulator.fee_tolerance));
            let ended = self.negotiations.strike_fronts(self.level, &mut self.services, me);
            self.news.extend(ended.into_iter().map(|agreement| Event::Expired { agreement }));
            for Wall { service, to } in self.files.0[me].walls.clone() {
                let counterpart = &mut self.services[service].counterparts[to];
                counterpart.granted = counterpart.granted.max(open_enough(self.level, service));
                self.news.push(Event::Opened { by: me, to, service });
            }
        }
        Ok(())
    }
}
