//! The match on the desk, and what is worked out about it beside the window.

use std::borrow::Cow;
use std::sync::Arc;

use crate::words;
use walled_gardens_engine::order::{Order, Orders};
use walled_gardens_engine::play::{
    Ahead, ChoiceWorth, Draft, Forecast, OrderWorth, Position, Report, Session, Task, TaskState, forecast,
    report, worth_of_choices,
};
use walled_gardens_engine::sim::Rehearsal;

/// The match being played.
pub struct Played {
    /// Where it stands.
    pub position: Position,
    /// The plan.
    pub draft: Draft,
    /// What the plan would do.
    pub rehearsal: Rehearsal,
    /// What it may bring.
    pub forecast: Option<Forecast>,
    /// The last turn's report.
    pub report: Option<Report>,
    /// What the last turn's orders were worth.
    pub worth: Option<Vec<OrderWorth>>,
    /// What choices of events that wait for the player change, as far as that is worked out.
    pub choices: Vec<ChoiceWorth>,
    /// The match itself; away while a turn is worked out.
    pub(super) session: Option<Session>,
    pub(super) resolving: Option<Task<Session>>,
    pub(super) forecasting: Option<Task<(Orders, Forecast, Arc<Ahead>)>>,
    pub(super) choosing: Option<Task<ChoiceWorth>>,
    /// Whether choices have been looked at in this turn.
    chosen: bool,
    pub(super) ahead: Option<Arc<Ahead>>,
    pub(super) forecast_for: Option<Orders>,
}

impl Played {
    pub(super) fn new(session: Session) -> Self {
        let position = session.position();
        let draft = session.draft.clone();
        let rehearsal = Session::rehearse(&position.view, draft.orders());
        let report = report(&position.turns, position.me);
        Self {
            position,
            draft,
            rehearsal,
            forecast: None,
            report,
            worth: None,
            choices: Vec::new(),
            choosing: None,
            chosen: false,
            session: Some(session),
            resolving: None,
            forecasting: None,
            ahead: None,
            forecast_for: None,
        }
    }

    pub(super) fn receive(&mut self, session: Session) {
        *self = Self::new(session);
    }

    pub(super) fn rehearse(&mut self) {
        self.rehearsal = Session::rehearse(&self.position.view, self.draft.orders());
    }

    /// Why an order could not be carried out if it were added to the plan; nothing where it could.
    pub fn objection(&self, order: &Order) -> Option<String> {
        let mut draft = self.draft.clone();
        draft.set(order.clone());
        let place = draft.orders().iter().position(|known| known == order)?;
        let reason = Session::rehearse(&self.position.view, draft.orders()).refused.swap_remove(place)?;
        Some(words::in_names(&self.position.level, &reason))
    }

    /// What is told of the match: while people walk nothing yet of the month that they walk in.
    pub fn told(&self, walking: bool) -> Cow<'_, Position> {
        match self.position.played().checked_sub(1) {
            Some(before) if walking => Cow::Owned(self.position.at(before)),
            _ => Cow::Borrowed(&self.position),
        }
    }

    /// Whether the month is being worked out. Asked of the match itself: panels are drawn while it is off the desk.
    pub fn is_resolving(&self) -> bool {
        self.resolving.is_some()
    }

    /// Whether the forecast shown is that of the plan.
    pub fn is_forecast_current(&self) -> bool {
        self.forecast_for.as_deref() == Some(self.draft.orders())
    }

    /// Whether it is being worked out what choices change.
    pub fn is_choosing(&self) -> bool {
        self.choosing.is_some()
    }

    /// Takes in what has been found out about choices, and starts on them once the plan is forecast: that is looked at first.
    pub(super) fn look_at_choices(&mut self) {
        if !self.chosen && self.forecast.is_some() && !self.position.is_over() {
            self.chosen = true;
            let view = Arc::clone(&self.position.view);
            if view.public.chronicle.waiting_for(view.me).next().is_some() {
                let work = move |tell: &dyn Fn(ChoiceWorth) -> bool| worth_of_choices(&view, tell);
                self.choosing = Task::telling("choices", work).ok();
            }
        }
        loop {
            match self.choosing.as_ref().map(Task::poll) {
                Some(TaskState::Done(worth)) => self.choices.push(worth),
                Some(TaskState::Failed) => self.choosing = None,
                Some(TaskState::Running) | None => break,
            }
        }
    }

    /// Starts the forecast of the plan if there is none yet and none is under way.
    pub(super) fn look_ahead(&mut self) {
        if self.forecasting.is_some() || self.is_forecast_current() || self.position.is_over() {
            return;
        }
        let Some(session) = &self.session else { return };
        let (view, ahead) = (Arc::clone(&self.position.view), self.ahead.clone());
        let (now, record, orders) =
            (session.now().clone(), session.record().clone(), self.draft.orders().to_vec());
        let work = move || {
            let ahead = ahead.unwrap_or_else(|| Arc::new(Ahead::of(&view)));
            let forecast = forecast(&view, &now, &ahead.futures(&orders), Some(ahead.usual()), &record);
            (orders, forecast, ahead)
        };
        self.forecasting = Task::start("forecast", work).ok();
    }
}
