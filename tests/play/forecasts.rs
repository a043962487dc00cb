//! Forecasts: what they know, and the report that holds them against the outcome.

use walled_gardens::game::{Match, Prepared};
use walled_gardens::level::Level;
use walled_gardens::order::Order;
use walled_gardens::play::{
    self, Band, Difficulty, Figure, Forecast, Futures, Record, Session, Subject, forecast, report,
};
use walled_gardens::sim::{in_month, with_spending};

use crate::{CHINA, FOUR, adds_up, begin, coupon, play};

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
    let futures = Futures::believed(&view, &[future]);
    let forecast = forecast(&view, &now, &futures, None, &Record::default());
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

/// Ends a month with its forecast.
fn end(session: &mut Session) {
    let expected = session.forecast(&session.draft.orders().to_vec());
    session.end_turn(Some(expected));
}

/// The figures of the last month that came out below their bands, of those that were forecast.
fn below(session: &Session) -> Vec<Figure> {
    let report = report(session.turns(), session.me()).expect("a turn was played");
    let below = report.lines.iter().filter(|line| line.found.total < line.band.low);
    below.map(|line| line.figure).collect()
}

#[test]
fn what_is_built_in_one_month_is_not_expected_to_be_paid_for_in_the_next() {
    let mut session = begin(CHINA, Some("jd"));
    end(&mut session);
    let number = session.view().own_services().into_iter().find_map(|number| {
        let room = session.view().public.ecosystem.services[number].capacity?;
        Some((number, room))
    });
    let (number, room) = number.expect("JD has a fleet");
    let service = session.level().services[number].id.clone();
    session.draft.set(Order::Capacity { service, parcels: 1.3 * room });
    end(&mut session);
    let profit = |session: &Session| session.now().profit[session.me()];
    let (before, built) = (session.turns()[0].record.outcome.profit[session.me()], profit(&session));
    assert!(built < before - 1e9, "building costs: {before} {built}");
    end(&mut session);
    let forecast = session.turns()[2].forecast.as_ref().expect("was made");
    let band = forecast.figures.iter().find(|one| one.figure == Figure::Profit).expect("is forecast").band;
    assert!(band.covers(profit(&session)), "{band:?} {}", profit(&session));
}

#[test]
fn after_a_price_rise_not_everything_comes_out_below_the_forecast() {
    let mut session = begin(CHINA, Some("jd"));
    end(&mut session);
    session.draft.set(Order::TakeRate { category: None, rate: 0.06 });
    end(&mut session);
    for _ in 0..2 {
        end(&mut session);
        assert!(below(&session).len() < 5, "{:?}", below(&session));
    }
}

#[test]
fn a_forecast_looks_one_month_ahead_three_and_a_year_but_not_beyond_the_last() {
    let mut session = begin(FOUR, Some("jade"));
    let months = |session: &Session| {
        let forecast = session.forecast(&Vec::new());
        forecast.later.iter().map(|horizon| horizon.months).collect::<Vec<_>>()
    };
    assert_eq!(months(&session), [3, 12]);
    play(&mut session, 18);
    assert_eq!(months(&session), [3, 6], "the match has 24 months");
    play(&mut session, 4);
    assert_eq!(months(&session), [2]);
    play(&mut session, 1);
    assert!(months(&session).is_empty());
}

#[test]
fn the_further_ahead_the_wider_a_band_is() {
    let session = begin(FOUR, Some("jade"));
    let forecast = session.forecast(&Vec::new());
    let wide = |months: u32, figure: Figure| {
        let band = band(&forecast, months, figure);
        band.high - band.low
    };
    for figure in [Figure::Share, Figure::Profit, Figure::Users, Figure::Cash, Figure::Value] {
        let [month, quarter, year] = [1, 3, 12].map(|months| wide(months, figure));
        assert!(month < quarter && quarter < year, "{figure:?}: {month} {quarter} {year}");
    }
}

/// A figure's band so many months ahead.
fn band(forecast: &Forecast, months: u32, figure: Figure) -> Band {
    let mut bands = forecast.bands(months).into_iter();
    let found = bands.find(|(subject, _)| *subject == Subject::Figure(figure));
    found.map(|(_, band)| band).expect("is forecast")
}

#[test]
fn a_festival_is_forecast_as_one() {
    let mut session = begin("arena/festivals", Some("kite"));
    while session.turns().len() < 8 {
        end(&mut session);
    }
    // In the ninth month and the tenth people spend little, in the eleventh nearly twice as much.
    let ahead = session.forecast(&Vec::new());
    let (month, quarter) = (band(&ahead, 1, Figure::Profit), band(&ahead, 3, Figure::Profit));
    assert!(quarter.middle > 1.3 * month.middle, "{month:?} {quarter:?}");
    let mut covered = 0;
    for _ in 0..3 {
        let expected = session.forecast(&Vec::new());
        session.end_turn(None);
        let (profit, band) = (session.now().profit[session.me()], band(&expected, 1, Figure::Profit));
        covered += usize::from(band.covers(profit));
        assert!(
            (band.middle / profit - 1.0).abs() < 0.1,
            "month {}: {band:?} {profit}",
            session.turns().len()
        );
    }
    let festival = session.now().profit[session.me()];
    // One band in five does not hold; what the calendar brings is known all the same.
    assert!(covered >= 2, "{covered}");
    assert!((quarter.middle / festival - 1.0).abs() < 0.15, "{quarter:?} {festival}");
}

#[test]
fn a_month_as_another_would_have_been_is_what_companies_are_judged_by() {
    let mut session = begin("arena/festivals", Some("kite"));
    play(&mut session, 3);
    let (level, now, me) = (session.level(), session.now(), session.me());
    let spending: Vec<f64> =
        (0..level.categories.len()).map(|category| level.spending(category, 11)).collect();
    let (moved, month) = (with_spending(now, &spending), in_month(level, now, me, 11));
    assert!((moved.gmv(me) - month.sales).abs() < 1.0, "{} {}", moved.gmv(me), month.sales);
    assert!((moved.profit[me] - month.profit).abs() < 1.0, "{} {}", moved.profit[me], month.profit);
    assert!(moved.gmv(me) > 1.5 * now.gmv(me));
    assert_eq!(moved.users, now.users, "who bought where stays as it was");
    assert_eq!(with_spending(now, &now.spending), *now);
}

#[test]
fn what_goes_on_after_a_price_rise_is_expected_to_go_on() {
    // Merchants learn of fees by degrees, and leave over months.
    let mut session = begin(CHINA, Some("jd"));
    end(&mut session);
    session.draft.set(Order::TakeRate { category: None, rate: 0.08 });
    for _ in 0..4 {
        end(&mut session);
    }
    let share = band(&session.forecast(&Vec::new()), 1, Figure::Share);
    let unaware = {
        let (view, ahead) = (session.view(), play::Ahead::of(&session.view()));
        let near = ahead.month(&Vec::new());
        band(&forecast(&view, session.now(), &near, None, &Record::default()), 1, Figure::Share)
    };
    end(&mut session);
    let found = session.now().share(session.me());
    let off = |band: Band| (band.middle - found).abs();
    assert!(off(share) < 0.7 * off(unaware), "{found}: {share:?} {unaware:?}");
}

#[test]
fn objectives_are_forecast_for_when_they_are_due() {
    let mut session = begin("tutorial/first-game", Some("lotus"));
    let due = |session: &Session| {
        let forecast = session.forecast(&Vec::new());
        forecast.due.iter().map(|due| (due.objective, due.months)).collect::<Vec<_>>()
    };
    assert_eq!(due(&session), [(0, 12), (1, 12), (2, 12)]);
    play(&mut session, 5);
    assert_eq!(due(&session), [(0, 7), (1, 7), (2, 7)]);
    let forecast = session.forecast(&Vec::new());
    // What measures the company's share is the figure's own forecast.
    let session_level = session.level();
    let objective = &session_level.objectives[2];
    assert_eq!(objective.measure.metric, "share");
    assert_eq!(forecast.due[2].now, session.now().share(session.me()));
    for due in &forecast.due {
        assert!(due.band.low < due.band.middle && due.band.middle < due.band.high, "{due:?}");
    }
}
