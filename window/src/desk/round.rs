//! The round of a month: orders are planned, the month is worked out and watched, and what orders were worth is found out.

use std::sync::Arc;

use super::heard::{Sound, heard};
use super::tasks::{Lost, answer};
use super::{Action, Desk, Played, Screen, Watch};
use crate::texts::say;
use crate::words;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{
    Ahead, Best, Draft, Save, Session, Task, forecast, unanswered, worth_of_orders,
};
use walled_gardens_engine::sim::Rehearsal;

impl Desk {
    pub(super) fn plan(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(played) = &mut self.played
            && played.session.is_some()
        {
            change(&mut played.draft);
            played.rehearse();
        }
    }

    /// Adds an order. Who draws a lever back to where it stands has changed his mind: that is no order.
    pub(super) fn pull(&mut self, order: Order) {
        let changes_nothing = self.played.as_ref().is_some_and(|played| {
            let mut draft = played.draft.clone();
            draft.release(&order);
            let without = Session::rehearse(&played.position.view, draft.orders());
            draft.set(order.clone());
            let with = Session::rehearse(&played.position.view, draft.orders());
            let same = Rehearsal { refused: without.refused.clone(), ..with.clone() } == without;
            order.number().is_some() && with.refused.iter().all(Option::is_none) && same
        });
        self.plan(|draft| if changes_nothing { draft.release(&order) } else { draft.set(order) });
    }

    /// Puts the offer that is composed on the plan, as it is composed by now.
    pub(super) fn send(&mut self) {
        let Some((played, proposal)) = self.played.as_ref().zip(self.proposal.take()) else { return };
        let order = proposal.order(&played.position.level);
        self.forget(&proposal);
        self.over(None);
        self.pull(order);
    }

    pub(super) fn end_turn(&mut self) {
        if self.asks_first() {
            return;
        }
        let Some(played) = &mut self.played else { return };
        if played.position.is_over() || self.watch.is_some() {
            return;
        }
        let Some(mut session) = played.session.take() else { return };
        session.draft = std::mem::take(&mut played.draft);
        // What is forecast for other orders says nothing about these.
        let orders = session.draft.orders().to_vec();
        let known = played.forecast.take().filter(|_| played.forecast_for.as_ref() == Some(&orders));
        let ahead = played.ahead.take();
        (played.forecasting, played.choosing) = (None, None);
        if session.hand_over(known.clone()) {
            played.receive(session);
            played.advice.clear();
            self.leave_seat();
            return;
        }
        let task = Task::start("turn", move || {
            let expected = known.unwrap_or_else(|| {
                let view = session.view();
                let ahead = ahead.unwrap_or_else(|| Arc::new(Ahead::of(&view)));
                let (near, far) = (ahead.month(&orders), ahead.year(&orders));
                forecast(&view, session.now(), &near, Some(&far), session.record())
            });
            session.end_turn(Some(expected));
            session
        });
        match task {
            Ok(task) => played.resolving = Some(task),
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    /// Asks, once a month, where something would lapse with it that the plan does not answer.
    fn asks_first(&mut self) -> bool {
        let Some(played) = self.played.as_ref().filter(|played| played.session.is_some()) else {
            return false;
        };
        if self.watch.is_some() {
            return false;
        }
        let (position, turn) = (&played.position, played.position.view.turn);
        let month = Some((position.number, turn));
        if self.asked == month {
            self.message = None;
            return false;
        }
        let lapses = unanswered(position, played.draft.orders());
        if lapses.is_empty() {
            return false;
        }
        self.message = Some(words::lapses(&position.level, &lapses, turn));
        self.asked = month;
        true
    }

    pub(super) fn finish_watching(&mut self) {
        if self.watch.take().is_some() {
            self.screen = Screen::Report;
        }
    }

    pub(super) fn weigh(&mut self, turn: u32) {
        let known = |played: &Played| played.worth.as_ref().is_some_and(|(known, _)| *known == turn);
        let Some(played) = self.played.as_ref().filter(|played| !known(played)) else { return };
        let Some(session) = played.session.as_ref().filter(|_| self.weighing.is_none()) else { return };
        let again = session.again();
        self.weighing = self.start("worth", move || (turn, worth_of_orders(&again, turn)));
    }

    /// Sees what has been worked out about the match since the last frame.
    pub(super) fn tick_match(&mut self) {
        let Some(played) = &mut self.played else { return };
        if let Some(resolved) = answer(&mut played.resolving) {
            match resolved {
                Ok(session) => {
                    played.receive(session);
                    self.weighing = None;
                    self.sounds = heard(&played.position);
                    let ended = Best::of(&played.position).map(|best| (played.position.clone(), best));
                    let save = played.session.as_ref().map(Save::of);
                    self.forget_answers();
                    self.watch = Some(Watch { clock: 0.0 });
                    self.screen = Screen::Play;
                    if self.is_shared() {
                        // Whoever is at the machine now is not to hear what befell another.
                        self.sounds = vec![Sound::Month];
                        self.leave_seat();
                    }
                    if let Some(Err(error)) = save.map(|save| self.shelf.autosave(&save)) {
                        self.message = Some(say!("not-autosaved", reason = error));
                    }
                    if let Some((position, best)) = ended {
                        self.record_end(&position, best);
                    }
                    if std::mem::take(&mut self.save_due) {
                        self.act(Action::Save);
                    }
                }
                Err(Lost) => (self.message, self.save_due) = (Some(say!("turn-failed")), false),
            }
        }
        let Some(played) = &mut self.played else { return };
        played.hear_forecast();
        if let Some(Ok(worth)) = answer(&mut self.weighing) {
            played.worth = Some(worth);
        }
        played.look_ahead();
        played.look_at_choices();
        played.look_back();
    }
}
