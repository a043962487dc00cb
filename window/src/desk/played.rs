//! The match on the desk, and what is worked out about it beside the window.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::words;
use walled_gardens_engine::order::{Order, Orders};
use walled_gardens_engine::play::{
    Advice, Ahead, ChoiceWorth, Draft, Forecast, MonthWorth, OrderWorth, Position, Report, Session, Task,
    TaskState, advice, forecast, report, worth_of_choices, worth_of_months,
};
use walled_gardens_engine::sim::Rehearsal;

/// A forecast under way.
pub(super) struct Forecasting {
    task: Task<Told>,
    /// Of which orders.
    orders: Orders,
    /// Whether the coming month is told already.
    has_begun: bool,
    /// Whether anybody waits for it.
    wanted: Arc<AtomicBool>,
}

impl Drop for Forecasting {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

/// A forecast as it is told: of the coming month first, and once more with the later ones.
struct Told {
    forecast: Forecast,
    ahead: Arc<Ahead>,
    /// Whether it is all that is to be told.
    whole: bool,
}

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
    /// What is going wrong, as far as the last forecast that was whole could tell.
    pub advice: Vec<Advice>,
    /// The last turn's report.
    pub report: Option<Report>,
    /// What the orders of a turn were worth.
    pub worth: Option<(u32, Vec<OrderWorth>)>,
    /// What choices of events that wait for the player change, as far as that is worked out.
    pub choices: Vec<ChoiceWorth>,
    /// What each month came to in the end, as far as that is worked out; nothing before the end.
    pub months: Vec<MonthWorth>,
    /// The match itself; away while a turn is worked out.
    pub(super) session: Option<Session>,
    pub(super) resolving: Option<Task<Session>>,
    pub(super) forecasting: Option<Forecasting>,
    pub(super) choosing: Option<Task<ChoiceWorth>>,
    /// Whether choices have been looked at in this turn.
    chosen: bool,
    deciding: Option<Task<MonthWorth>>,
    /// Whether the match has been looked back at.
    looked_back: bool,
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
            advice: Vec::new(),
            report,
            worth: None,
            choices: Vec::new(),
            choosing: None,
            chosen: false,
            months: Vec::new(),
            deciding: None,
            looked_back: false,
            session: Some(session),
            resolving: None,
            forecasting: None,
            ahead: None,
            forecast_for: None,
        }
    }

    pub(super) fn receive(&mut self, session: Session) {
        // It stands until there is a forecast of the new month.
        let advice = std::mem::take(&mut self.advice);
        *self = Self { advice, ..Self::new(session) };
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
        Some(words::refusal(&self.position.level, &reason))
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

    /// Whether it is being worked out what months came to in the end.
    pub fn is_looking_back(&self) -> bool {
        self.deciding.is_some()
    }

    /// Takes in what has been found out about the months of a match that is over, and starts on them; not where several people see the end.
    pub(super) fn look_back(&mut self) {
        let ended = |session: &&Session| session.is_over() && !session.is_shared();
        if let Some(session) = self.session.as_ref().filter(ended).filter(|_| !self.looked_back) {
            self.looked_back = true;
            let again = session.again();
            let work = move |tell: &dyn Fn(MonthWorth) -> bool| worth_of_months(&again, tell);
            self.deciding = Task::telling("months", work).ok();
        }
        loop {
            match self.deciding.as_ref().map(Task::poll) {
                Some(TaskState::Done(month)) => self.months.push(month),
                Some(TaskState::Failed) => self.deciding = None,
                Some(TaskState::Running) | None => break,
            }
        }
    }

    /// Starts the forecast of the plan if there is none yet and none is under way. Who has changed the plan waits for no later months.
    pub(super) fn look_ahead(&mut self) {
        let orders = self.draft.orders();
        self.forecasting = self.forecasting.take().filter(|known| !known.has_begun || known.orders == orders);
        if self.forecasting.is_some() || self.is_forecast_current() || self.position.is_over() {
            return;
        }
        let Some(session) = &self.session else { return };
        let (view, ahead) = (Arc::clone(&self.position.view), self.ahead.clone());
        let (now, record, orders) = (session.now().clone(), session.record().clone(), orders.to_vec());
        let (wanted, of) = (Arc::new(AtomicBool::new(true)), orders.clone());
        let still = Arc::clone(&wanted);
        let work = move |tell: &dyn Fn(Told) -> bool| {
            let ahead = ahead.unwrap_or_else(|| Arc::new(Ahead::of(&view)));
            let near = ahead.month(&of);
            let told =
                |forecast: Forecast, whole: bool| tell(Told { forecast, ahead: Arc::clone(&ahead), whole });
            if told(forecast(&view, &now, &near, None, &record), false)
                && let Some(far) = ahead.year_while(&of, || still.load(Ordering::Relaxed))
            {
                told(forecast(&view, &now, &near, Some(&far), &record), true);
            }
        };
        let task = Task::telling("forecast", work).ok();
        self.forecasting = task.map(|task| Forecasting { task, orders, has_begun: false, wanted });
    }

    /// Takes in what has been told of the forecast. Until later months are known those of the plan before stay.
    pub(super) fn hear_forecast(&mut self) {
        while let Some(known) = &mut self.forecasting {
            match known.task.poll() {
                TaskState::Done(Told { forecast, ahead, whole }) => {
                    self.ahead = Some(ahead);
                    self.forecast = Some(match &self.forecast {
                        Some(before) if !whole => forecast.with_later_of(before),
                        _ => forecast,
                    });
                    known.has_begun = true;
                    if whole {
                        let told = self.forecast.as_ref();
                        self.advice = told.map_or_else(Vec::new, |told| advice(&self.position, told));
                        self.forecast_for = Some(std::mem::take(&mut known.orders));
                        self.forecasting = None;
                    }
                }
                TaskState::Failed => self.forecasting = None,
                TaskState::Running => break,
            }
        }
    }
}
