//! Rivals answer with a reason, ask no twice, and run campaigns that end.

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::order::{Deal, Objection, Order, Reason, Term};
use walled_gardens::sim::Orders;
use walled_gardens::sim::state::events::Event;
use walled_gardens::strategy::{self, STRATEGIES};

fn played(name: &str, changes: &[&str], seats: &[(usize, Seat)], turns: u32) -> Vec<Vec<Event>> {
    let mut changes: Vec<String> = changes.iter().map(|&change| change.to_owned()).collect();
    changes.extend(["setup.consumers=400".to_owned(), "setup.merchants=120".to_owned()]);
    let level = Level::find(name, &changes, &strategy::vocabulary());
    let prepared = Prepared::new(level.unwrap_or_else(|error| panic!("{name}: {error}")));
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    for (platform, seat) in seats {
        setup.seats[*platform] = seat.clone();
    }
    setup.turns = turns;
    let mut game = Match::new(&prepared, setup);
    (0..turns).map(|_| game.play_turn().outcome.news.clone()).collect()
}

fn named(name: &str) -> Seat {
    Seat::Strategy(strategy::strategy(name).expect("a strategy of that name"))
}

/// What the second company answers to an offer of the first, and why.
fn answer(name: &str, deal: Deal) -> Option<Event> {
    let offer = Order::Offer { to: "west".into(), deal };
    let offers = Seat::Recorded("offers".into(), vec![vec![offer], Orders::new()]);
    let news = played("arena/two_ecosystems", &[], &[(0, offers), (1, named(name))], 2);
    news[1].iter().copied().find(|event| {
        event.by() == Some(1) && matches!(event, Event::Refused { .. } | Event::Accepted { .. })
    })
}

fn gift(amount: f64) -> Deal {
    Deal { gives: vec![Term::Payment { amount }], asks: Vec::new(), months: 12, notice: 2, penalty: 0.0 }
}

fn demand(amount: f64) -> Deal {
    Deal { gives: Vec::new(), asks: vec![Term::Payment { amount }], months: 12, notice: 2, penalty: 0.0 }
}

#[test]
fn whoever_refuses_says_why() {
    for strategy in STRATEGIES.iter().filter(|strategy| !strategy.searches() && strategy.name() != "random") {
        let found = answer(strategy.name(), demand(1e8));
        let Some(Event::Refused { because: Some(_), .. }) = found else {
            panic!("{} answers a demand with {found:?}", strategy.name());
        };
    }
    let because = |name: &str, deal: Deal| match answer(name, deal) {
        Some(Event::Refused { because, .. }) => because,
        _ => None,
    };
    assert_eq!(because("dealmaker", demand(1e8)), Some(Objection::Costs(Reason::Payment)));
    assert_eq!(because("closed-ecosystem", gift(1e8)), Some(Objection::KeepsToItself));
    assert_eq!(because("passive", gift(1e8)), Some(Objection::NotInterested));
    assert!(matches!(answer("dealmaker", gift(1e8)), Some(Event::Accepted { .. })), "a gift is no loss");
}

#[test]
fn a_dealmaker_that_was_refused_asks_others_before_it_asks_again() {
    let news = played("history/china_2024", &[], &[(5, named("dealmaker"))], 8);
    let asked: Vec<(usize, usize)> = news
        .iter()
        .enumerate()
        .flat_map(|(turn, events)| events.iter().map(move |event| (turn, *event)))
        .filter_map(|(turn, event)| match event {
            Event::Offered { by: 5, to } => Some((turn, to)),
            _ => None,
        })
        .collect();
    assert!(asked.len() >= 3, "{asked:?}");
    for (place, (turn, to)) in asked.iter().enumerate() {
        let again = asked[place + 1..].iter().find(|(_, other)| other == to);
        assert!(again.is_none_or(|(later, _)| later - turn >= 4), "{asked:?}");
    }
}

#[test]
fn a_rival_that_becomes_dearer_is_pounced_on_and_every_campaign_ends() {
    let changes = ["setup.consumers=8000".to_owned(), "setup.merchants=1200".to_owned()];
    let level = Level::find("arena/duel", &changes, &strategy::vocabulary());
    let prepared = Prepared::new(level.expect("is shipped"));
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    let dearer = Order::TakeRate { category: None, rate: 0.15 };
    setup.seats[0] = Seat::Recorded("dearer".into(), vec![vec![], vec![], vec![dearer]]);
    setup.seats[1] = named("campaigner(months: 2, rest: 12)");
    setup.turns = 8;
    let mut game = Match::new(&prepared, setup);
    let opened = game.simulation().company(1).policy.prices.clone();
    let mut campaigns = Vec::new();
    for _ in 0..8 {
        game.play_turn();
        let prices = game.simulation().company(1).policy.prices;
        let running = prices.coupons.cells().iter().any(|coupon| coupon.depth > 0.0);
        assert_eq!(running, prices.take_rates != opened.take_rates, "both at once or neither");
        campaigns.push(running);
    }
    let began = campaigns.iter().position(|running| *running);
    assert!(matches!(began, Some(3 | 4)), "after the rise of month 3: {campaigns:?}");
    let months = campaigns.iter().filter(|running| **running).count();
    assert_eq!(months, 2, "{campaigns:?}");
    assert!(campaigns.last().is_some_and(|running| !running));
}
