//! Random markets: sound, playable, worth playing, and the same for whoever names the same settings.

use std::collections::BTreeSet;

use walled_gardens::experiment::review;
use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Level, RandomMarket, Size};
use walled_gardens::play::Difficulty;
use walled_gardens::play::objectives::{Medal, medal, progress};
use walled_gardens::sim::Outcome;
use walled_gardens::strategy;

use crate::objectives::{is_to_be_won, standing_still};

/// The market of a seed, of another size and number of rivals with each.
fn market(seed: u64, turns: u32) -> RandomMarket {
    let (rivals, size) = (1 + (seed % 7) as u32, Size::ALL[(seed / 7 % 3) as usize]);
    RandomMarket { rivals, turns, seed, size }
}

fn read(market: &RandomMarket) -> Level {
    Level::from_text("random.ron", &market.text(), &strategy::vocabulary())
        .unwrap_or_else(|error| panic!("{market:?}: {error}"))
}

/// A match of few people and so many months.
fn few(level: &Level, turns: u32, seats: Vec<Seat>) -> Setup {
    let mut setup = Setup { turns, seats, ..Setup::of(level).expect("plays") };
    setup.population.consumers = setup.population.consumers.min(1_000).max(level.least_consumers());
    setup.population.merchants = setup.population.merchants.min(300);
    setup
}

/// Claims that nothing holds yet, and that shares are wanted from one to six points beyond the opening: further than luck carries, and
/// no further than a plan. Where somebody comes later, everybody else has less to win and something to hold.
fn begins_where_the_market_does(level: &Level, seat: usize, opening: &Outcome) {
    if level.platforms.iter().any(|platform| platform.enters.is_some()) {
        return;
    }
    for one in progress(level, seat, &[opening]) {
        let missing = one.missing.expect("is measured");
        let title = &one.objective.title;
        assert!(missing > 0.0, "{}: {title} holds", level.id);
        let is_near = (0.009..0.06).contains(&missing);
        assert!(one.objective.measure.metric != "share" || is_near, "{}: {title}: {missing}", level.id);
    }
}

#[test]
fn every_random_market_is_sound_and_played_and_every_seat_has_something_to_win() {
    for seed in 0..63 {
        let market = market(seed, [24, 6, 60, 12][(seed % 4) as usize]);
        let level = read(&market);
        review("random.ron", &level).unwrap_or_else(|error| panic!("{market:?}: {error}"));
        assert_eq!((&level.id, level.setup.seed), (&market.id(), seed));
        assert_eq!((level.platforms.len(), level.setup.turns), (market.rivals as usize + 1, market.turns));
        let seats = Difficulty::Fair.seats(&level, &[], seed).expect("strategies take the seats");
        let setup = few(&level, 6, seats);
        let prepared = Prepared::new(level);
        let mut game = Match::new(&prepared, setup);
        let opening = game.simulation().outcome().clone();
        for seat in 0..prepared.level.platforms.len() {
            let own = prepared.level.objectives.iter().filter(|objective| objective.seat == seat);
            assert!((2..=3).contains(&own.count()), "{market:?}: {seat}");
            is_to_be_won(&prepared.level, seat, &opening);
            begins_where_the_market_does(&prepared.level, seat, &opening);
        }
        while !game.is_over() {
            game.play_turn();
        }
    }
}

#[test]
fn whoever_stands_still_is_not_ruined_and_wins_no_gold() {
    for seed in 0..21 {
        let level = read(&market(seed, 24));
        let setup = few(&level, 24, Vec::new());
        let (level, outcomes) = standing_still(level, setup);
        let outcomes: Vec<_> = outcomes.iter().collect();
        for seat in 0..level.platforms.len() {
            let won = medal(&progress(&level, seat, &outcomes));
            assert!(won < Some(Medal::Gold), "seed {seed}: {seat}");
        }
        let cash = &outcomes[24].cash_in_fen;
        assert!(cash.iter().all(|cash| *cash > 0), "seed {seed}: {cash:?}");
    }
}

#[test]
fn the_same_settings_are_the_same_bytes_on_every_machine() {
    let mut hasher = blake3::Hasher::new();
    for seed in 0..63 {
        assert_eq!(market(seed, 24).text(), market(seed, 24).text());
        hasher.update(market(seed, 24).text().as_bytes());
    }
    // Whoever draws otherwise gives everybody other markets by the names that they have shared.
    assert_eq!(
        hasher.finalize().to_hex().as_str(),
        "f86483427165435a822f9f316a7043459d36a14a6b991ed027e5acd1810558fc"
    );
}

#[test]
fn a_longer_match_is_of_the_same_companies() {
    for seed in 0..21 {
        let companies = |turns: u32| {
            let level = read(&market(seed, turns));
            let shop = |shop: &walled_gardens::level::Shop| (shop.share, shop.category_strength.clone());
            level
                .platforms
                .iter()
                .map(|p| (p.id.clone(), p.cash, p.shop.as_ref().map(shop)))
                .collect::<Vec<_>>()
        };
        assert_eq!(companies(24), companies(48), "seed {seed}");
    }
}

#[test]
fn seeds_give_markets_that_differ_in_kind() {
    let levels: Vec<Level> =
        (0..40).map(|seed| read(&RandomMarket { rivals: 4, turns: 24, seed, size: Size::Usual })).collect();
    let some = |what: &str, has: &dyn Fn(&Level) -> bool| {
        let count = levels.iter().filter(|level| has(level)).count();
        assert!((4..=36).contains(&count), "{what}: {count} of 40");
    };
    let share = |level: &Level, platform: usize| {
        level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.share)
    };
    let largest =
        |level: &Level| (0..level.platforms.len()).map(|platform| share(level, platform)).fold(0.0, f64::max);
    some("the first is the largest", &|level| share(level, 0) >= largest(level));
    some("a giant", &|level| largest(level) > 0.38);
    some("a newcomer", &|level| level.platforms.iter().any(|platform| platform.enters.is_some()));
    some("a company without a shop", &|level| level.platforms.iter().any(|platform| platform.shop.is_none()));
    some("a regulator", &|level| level.regulator.is_some());
    some("festivals", &|level| level.text.contains("seasons: {"));
    some("lean months", &|level| level.text.contains("economy: ("));
    some("shares of each other", &|level| level.text.contains("owners: {"));
    let all = |of: &dyn Fn(&Level) -> String| levels.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!(all(&|level| level.text.clone()), 40);
    assert!(all(&|level| level.title.clone()) >= 30, "{}", all(&|level| level.title.clone()));
    assert_eq!(all(&|level| level.summary.clone()), 40);
}

#[test]
fn settings_beyond_their_range_count_as_the_nearest() {
    let beyond = RandomMarket { rivals: 99, turns: 0, seed: u64::MAX, size: Size::Large };
    let nearest = RandomMarket { rivals: 7, turns: 6, ..beyond };
    assert_eq!((beyond.text(), beyond.id()), (nearest.text(), nearest.id()));
    assert_eq!(read(&beyond).id, format!("random/large-7-6-{}", u64::MAX));
}
