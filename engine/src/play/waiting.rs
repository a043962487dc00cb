//! What waits for the player: offers, agreements that run out, events, the regulator's letters, and sales at which it may bid.

use super::position::Position;
use crate::order::Order;
use crate::sim::state::files::Stage;

/// Something that waits for the player.
#[derive(Clone, Debug, PartialEq)]
pub enum Waiting {
    /// An offer, which lapses at the end of the month.
    Offer {
        /// Whose, by platform.
        from: usize,
    },
    /// A decision of the regulator's, which takes effect unless it is contested this month.
    Decision {
        /// The fine, in fen.
        fine: i128,
    },
    /// An event of the level that asks, by its place in it.
    Event {
        /// Which.
        event: usize,
        /// The last turn in which it can be answered.
        until: u32,
    },
    /// An agreement that ends by itself this month or the next.
    RunsOut {
        /// Its number.
        agreement: u32,
        /// With whom.
        with: usize,
        /// Its last turn.
        until: u32,
    },
    /// A service of a company that an administrator runs: sealed bids are taken.
    Sale {
        /// Which service.
        service: usize,
    },
    /// The regulator has warned the player: what stops in time counts half.
    Warning {
        /// The last turn before it may probe.
        until: u32,
    },
    /// The regulator probes the player.
    Probe {
        /// After which turn it decides.
        until: u32,
    },
}

impl Waiting {
    /// Whether it is lost at the end of the coming month unless the plan answers it; `turn` is that month's.
    pub fn lapses(&self, turn: u32) -> bool {
        match *self {
            Self::Offer { .. } | Self::Decision { .. } => true,
            Self::Event { until, .. } | Self::RunsOut { until, .. } => until <= turn,
            Self::Sale { .. } | Self::Warning { .. } | Self::Probe { .. } => false,
        }
    }
}

/// What waits for the player, the most urgent first; nothing for whoever has nothing to order.
pub fn waiting(position: &Position) -> Vec<Waiting> {
    let (view, me) = (&position.view, position.me);
    if position.is_over()
        || position.person().is_none()
        || !view.level.platforms[me].here
        || !view.solvent(me)
    {
        return Vec::new();
    }
    let negotiations = &view.public.ecosystem.negotiations;
    let offers = negotiations.offers.iter().filter(|offer| offer.to == me);
    let mut all: Vec<Waiting> = offers.map(|offer| Waiting::Offer { from: offer.from }).collect();
    let stage = view.public.files.0.get(me).map(|file| file.stage);
    let regulator = view.level.regulator.as_ref();
    if let Some(Stage::Decided { fine, .. }) = stage {
        all.push(Waiting::Decision { fine });
    }
    let events = view.public.chronicle.waiting_for(me);
    all.extend(events.map(|one| Waiting::Event { event: one.event, until: one.until }));
    all.extend(negotiations.agreements.iter().filter_map(|agreement| {
        let with = agreement.partner_of(me)?;
        // Its months count from the coming one on.
        let until = view.turn + agreement.months.max(1) - 1;
        (until <= view.turn + 1 && until < position.length).then_some(Waiting::RunsOut {
            agreement: agreement.number,
            with,
            until,
        })
    }));
    all.extend(view.for_sale().into_iter().map(|(lot, _)| Waiting::Sale { service: lot.service }));
    match (stage, regulator) {
        (Some(Stage::Warned { since }), Some(regulator)) => {
            all.push(Waiting::Warning { until: (since + regulator.grace).max(view.turn) });
        }
        (Some(Stage::Probed { until }), _) => all.push(Waiting::Probe { until }),
        _ => {}
    }
    all.sort_by_key(|one| !one.lapses(view.turn));
    all
}

/// Whether a plan answers it.
pub fn answered(position: &Position, waiting: &Waiting, orders: &[Order]) -> bool {
    let level = &position.level;
    let id = |platform: usize| level.platforms[platform].id.as_str();
    let answers = |order: &Order| match (waiting, order) {
        (Waiting::Offer { from }, Order::Answer { from: whose, .. }) => id(*from) == whose,
        (Waiting::Decision { .. }, Order::Comply | Order::Contest) => true,
        (Waiting::Event { event, .. }, Order::Choose { event: which, .. }) => {
            level.events[*event].id == *which
        }
        (Waiting::RunsOut { with, .. }, Order::Offer { to, .. }) => id(*with) == to,
        (Waiting::RunsOut { with, .. }, Order::Answer { from, .. }) => id(*with) == from,
        (Waiting::RunsOut { agreement, .. }, Order::End { agreement: which, .. }) => agreement == which,
        (Waiting::Sale { service }, Order::Bid { service: which, .. }) => {
            level.services[*service].id == *which
        }
        _ => false,
    };
    orders.iter().any(answers)
}

/// What would be lost at the end of the coming month because a plan does not answer it.
pub fn unanswered(position: &Position, orders: &[Order]) -> Vec<Waiting> {
    let turn = position.view.turn;
    let all = waiting(position).into_iter();
    all.filter(|one| one.lapses(turn) && !answered(position, one, orders)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Answer, Deal, Term};
    use crate::play::recorded::{against, pass};
    use crate::play::{Difficulty, Session};

    const ASKING: &str = "systems/s11_asking_and_refusing";

    /// Harbour, which offers North something that holds for so many months.
    fn offered(months: u32) -> Session {
        let deal = Deal {
            gives: vec![Term::NonBlocking],
            asks: vec![Term::Payment { amount: 1e6 }],
            months,
            notice: 0,
            penalty: 0.0,
        };
        let offer = Order::Offer { to: "north".to_owned(), deal };
        let mut session = against(ASKING, &["reference=[]"], "north", ("harbour", vec![vec![offer]]));
        pass(&mut session, 1);
        session
    }

    fn answer(answer: Answer) -> Order {
        Order::Answer { from: "harbour".to_owned(), answer }
    }

    #[test]
    fn an_offer_waits_for_a_month_and_any_answer_answers_it() {
        let mut session = offered(3);
        let position = session.position();
        let offer = Waiting::Offer { from: 2 };
        assert_eq!(waiting(&position), std::slice::from_ref(&offer));
        assert_eq!(unanswered(&position, &[]), [offer]);
        for answer in [answer(Answer::Accept), answer(Answer::Refuse)] {
            assert_eq!(unanswered(&position, &[answer]), []);
        }
        let other = Order::Answer { from: "south".to_owned(), answer: Answer::Accept };
        assert_eq!(unanswered(&position, &[other]).len(), 1, "that is another's");
        pass(&mut session, 1);
        assert_eq!(waiting(&session.position()), [], "it has lapsed");
    }

    #[test]
    fn an_agreement_waits_in_its_last_two_months_and_is_lost_with_the_last() {
        let mut session = offered(5);
        session.draft.set(answer(Answer::Accept));
        pass(&mut session, 1);
        let until = session.position().view.public.ecosystem.negotiations.agreements[0].months
            + session.position().view.turn
            - 1;
        let mut seen = Vec::new();
        while session.turns().len() < until as usize {
            let (position, turn) = (session.position(), session.position().view.turn);
            seen.push((until - turn, waiting(&position).len(), unanswered(&position, &[]).len()));
            pass(&mut session, 1);
        }
        assert_eq!(seen, [(3, 0, 0), (2, 0, 0), (1, 1, 0), (0, 1, 1)], "{until}");
        let ended = crate::play::headlines(&session.position());
        let over =
            |one: &crate::play::Headline| matches!(one.story, crate::play::Story::RanOut { with: 2, .. });
        assert!(ended.iter().any(over), "{ended:?}");
    }

    #[test]
    fn an_event_waits_until_its_last_month_and_lapses_with_that_alone() {
        let begun = Session::begin("arena/festivals", Some("kite"), Some(1), Difficulty::Fair);
        let mut session = begun.expect("plays");
        pass(&mut session, 3);
        let position = session.position();
        let [Waiting::Event { event, until }] = waiting(&position)[..] else { panic!("an event waits") };
        let lapses = until <= position.view.turn;
        assert_eq!(unanswered(&position, &[]).len(), usize::from(lapses));
        let at_its_end = Waiting::Event { event, until };
        assert!(at_its_end.lapses(until) && !at_its_end.lapses(until - 1));
        let known = &position.level.events[event];
        let choose = Order::Choose { event: known.id.clone(), choice: known.choices[0].id.clone() };
        assert!(answered(&position, &at_its_end, &[choose]));
    }

    #[test]
    fn what_an_administrator_sells_waits_for_bids_and_its_own_ceo_waits_for_nothing() {
        let changes = ["platforms.harbour.fixed_cost=3e8".to_owned()];
        let vocabulary = crate::strategy::vocabulary();
        let level =
            crate::level::Level::find("systems/s29_distress", &changes, &vocabulary).expect("is shipped");
        let until_administered = |seat: &str| {
            let begun = Session::begin_level(&level, Some(seat), Some(1), Difficulty::Fair);
            let mut session = begun.expect("plays");
            while session.view().public.insolvencies.administered(2).is_none() {
                session.end_turn(None);
            }
            session.position()
        };
        let position = until_administered("south");
        let sales: Vec<Waiting> = waiting(&position);
        let [Waiting::Sale { service }, ..] = sales[..] else { panic!("{sales:?}") };
        assert!(unanswered(&position, &[]).is_empty(), "nobody has to bid");
        let bid = Order::Bid { service: position.level.services[service].id.clone(), price: 1e6 };
        assert!(answered(&position, &sales[0], &[bid]));
        assert_eq!(waiting(&until_administered("harbour")), []);
    }
}
