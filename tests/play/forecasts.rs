//! Forecasts: what they know, and the report that holds them against the outcome.

use walled_gardens::game::{Match, Prepared};
use walled_gardens::level::Level;
use walled_gardens::play::{self, Difficulty, Forecast, Record, Session, forecast, report};

use crate::{FOUR, adds_up, begin, coupon, play};

#[test]
fn a_forecast_on_a_true_clone_with_the_rivals_orders_is_the_outcome_exactly() {
    let mut session = begin(FOUR, Some("jade"));
    play(&mut session, 3);
    let (view, now) = (session.view(), session.now().clone());
    let past = session.replay().orders.clone();
    session.draft.set(coupon(0.05));
    session.end_turn(None);
    let orders = session.replay().orders[3].clone();
    // A clone: the same seed and all orders up to here, then everybody's of this turn.
    let prepared = Prepared::new(Level::clone(session.level()));
    let mut clone = Match::new(&prepared, session.setup().clone());
    for orders in past {
        clone.play_orders(orders);
    }
    let future = clone.play_orders(orders).outcome;
    let forecast = forecast(&view, &now, &[future], None, &Record::default());
    for figure in &forecast.figures {
        let found = figure.figure.read(session.now(), session.me()).total;
        assert_eq!(figure.band.middle, found, "{:?}", figure.figure);
    }
}

#[test]
fn a_forecast_tells_nothing_that_the_ceo_may_not_know() {
    let session = begin(FOUR, Some("jade"));
    let mut tampered = begin(FOUR, Some("jade"));
    play::tamper(&mut tampered, 0, 5e9, -1e8);
    let orders = vec![coupon(0.04)];
    assert_eq!(session.forecast(&orders), tampered.forecast(&orders));
    let other_seed = Session::begin(FOUR, Some("jade"), Some(6), Difficulty::Fair).expect("plays");
    let public = |session: &Session| session.forecast(&orders).turn;
    assert_eq!(public(&session), public(&other_seed));
}

#[test]
fn a_report_holds_each_figure_against_its_forecast_and_says_where_it_missed() {
    let mut session = begin(FOUR, Some("lotus"));
    session.draft.set(coupon(0.04));
    let expected: Forecast = session.forecast(&session.draft.orders().to_vec());
    session.end_turn(Some(expected));
    let report = report(session.turns(), session.me()).expect("a turn was played");
    assert_eq!(report.lines.len(), 5);
    for line in &report.lines {
        adds_up(&line.miss, "miss");
        assert_eq!(line.miss.total, line.found.total - line.band.middle);
        assert!(line.reason().is_some(), "{line:?}");
    }
}

#[test]
fn from_the_second_year_on_a_report_says_how_a_figure_stood_in_the_same_month_before() {
    let mut session = begin(FOUR, Some("lotus"));
    for turn in 1..=13 {
        let expected = session.forecast(&Vec::new());
        session.end_turn(Some(expected));
        let report = report(session.turns(), session.me()).expect("a turn was played");
        for line in &report.lines {
            let first = line.figure.read(&session.turns()[0].record.outcome, session.me()).total;
            assert_eq!(line.year_ago, (turn == 13).then_some(first), "{:?} in month {turn}", line.figure);
        }
    }
}
