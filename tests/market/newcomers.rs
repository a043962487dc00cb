//! Companies that enter in mid-game: not there before, unknown and without merchants at first, then one like the others.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::history::Replay;
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Flow, Order, Orders, Outcome};
use walled_gardens::strategy::PlatformView;

use crate::{prepared, setup};

const LEVEL: &str = "systems/s32_newcomer";
const NEWCOMER: usize = 2;

/// What came of every turn when the newcomer orders this by turn, the opening first, and what it was refused.
fn played(prepared: &Prepared, orders: &[(u32, Orders)]) -> (Vec<Outcome>, Vec<Vec<String>>) {
    let mut setup = setup(prepared, "passive");
    (setup.population.consumers, setup.population.merchants) = (1_000, 300);
    let mut plan = vec![Orders::new(); setup.turns as usize];
    orders.iter().for_each(|(turn, orders)| plan[*turn as usize - 1].clone_from(orders));
    setup.seats[NEWCOMER] = Seat::Recorded("plan".into(), plan);
    let mut game = Match::new(prepared, setup);
    let (mut outcomes, mut refused) = (vec![game.simulation().outcome().clone()], vec![Vec::new()]);
    while !game.is_over() {
        let record = game.play_turn();
        assert_eq!(game.simulation().ledger().sum(), 0);
        outcomes.push(record.outcome);
        refused.push(record.refusals[NEWCOMER].iter().map(|refusal| refusal.reason.clone()).collect());
    }
    (outcomes, refused)
}

fn entered(outcomes: &[Outcome]) -> Vec<u32> {
    let told = |outcome: &&Outcome| outcome.news.contains(&Event::Entered { platform: NEWCOMER });
    outcomes.iter().filter(told).map(|outcome| outcome.turn).collect()
}

#[test]
fn a_newcomer_has_its_cash_and_nothing_else_until_its_first_turn() {
    let lever = || vec![Order::TakeRate { category: None, rate: 0.02 }];
    let (outcomes, refused) = played(&prepared(LEVEL, &[]), &[(6, lever()), (7, lever())]);
    assert_eq!(entered(&outcomes), [6], "told a month ahead");
    assert!(refused[6][0].contains("has not entered the market"), "{refused:?}");
    assert!(refused[7].is_empty(), "{refused:?}");
    for outcome in &outcomes[1..=6] {
        assert_eq!(outcome.flows[NEWCOMER].iter().filter(|flow| **flow != 0).count(), 0, "{}", outcome.turn);
        let there = [outcome.gmv(NEWCOMER), outcome.user_count(NEWCOMER), outcome.listed[[0, NEWCOMER]]];
        assert_eq!(there, [0.0; 3], "turn {}", outcome.turn);
        assert_eq!((outcome.awareness[[0, NEWCOMER]], outcome.value[NEWCOMER]), (0.0, 1e10));
    }
    let first = &outcomes[7];
    assert_eq!(first.flow(NEWCOMER, Flow::FixedCosts), -1e7);
    assert!(first.listed[[0, NEWCOMER]] > 0.0 && first.awareness[[0, NEWCOMER]] > 0.0);
    let last = outcomes.last().expect("thirty turns");
    assert!(last.share(NEWCOMER) > 0.02, "{}", last.share(NEWCOMER));
}

#[test]
fn what_comes_later_changes_nothing_before() {
    let until = |turn: u32| {
        let prepared = prepared(LEVEL, &[&format!("platforms.bamboo.enters=Turn({turn})"), "reference=[]"]);
        played(&prepared, &[]).0
    };
    let (soon, late) = (until(7), until(20));
    for (soon, late) in soon[..6].iter().zip(&late) {
        assert_eq!((&soon.sales, &soon.users, &soon.cash), (&late.sales, &late.users, &late.cash));
    }
    assert!(soon[7].sales != late[7].sales && late[19].gmv(NEWCOMER) == 0.0 && late[22].gmv(NEWCOMER) > 0.0);
}

#[test]
fn a_condition_an_event_or_a_choice_lets_one_in() {
    let by = |changes: &[&str]| {
        let mut all = vec!["reference=[]"];
        all.extend(changes);
        entered(&played(&prepared(LEVEL, &all), &[]).0)
    };
    let rich =
        "platforms.bamboo.enters=When(Metric(metric: \"cash\", of: \"north\", at_least: 20_300_000_000))";
    let (outcomes, _) = played(&prepared(LEVEL, &["reference=[]", rich]), &[]);
    let first = outcomes.iter().skip(1).find(|outcome| outcome.cash[0] >= 20.3e9).expect("it earns");
    assert_eq!(entered(&outcomes), [first.turn]);
    let door = "events=[(id: \"door\", title: \"A door\", when: Turn(3), effects: [Enter(\"bamboo\")])]";
    assert_eq!(by(&["platforms.bamboo.enters=Event", door]), [3]);
    assert_eq!(by(&[door]), [3], "sooner than its turn");
    let asked = "events=[(id: \"door\", title: \"A door\", seat: \"north\", when: Turn(3), choices: [
        (id: \"open\", text: \"Open it\", default: true, effects: [Enter(\"bamboo\")]), (id: \"shut\", text: \"Not now\")])]";
    assert_eq!(by(&["platforms.bamboo.enters=Event", asked]), [4], "when nobody has answered");
}

#[test]
fn an_imagined_market_lets_in_whoever_is_to_come() {
    let prepared = prepared(LEVEL, &[]);
    let mut game = Match::new(&prepared, setup(&prepared, "passive"));
    (0..4).for_each(|_| drop(game.play_turn()));
    let view = PlatformView::new(game.simulation(), 0, 30);
    assert!(view.others().eq([1]), "nobody deals with who is not there");
    assert!(view.public.prices[NEWCOMER].is_none());
    let market = view.imagine(3);
    assert_eq!(market.outcome_of(0, Orders::new(), 2).gmv(NEWCOMER), 0.0);
    assert!(market.outcome_of(0, Orders::new(), 8).gmv(NEWCOMER) > 0.0);
    // In its own first turn it knows that nobody knows it, and not that it is worth nothing.
    (4..6).for_each(|_| drop(game.play_turn()));
    let own = PlatformView::new(game.simulation(), NEWCOMER, 30);
    let later = own.imagine(3).outcome_of(NEWCOMER, Orders::new(), 18);
    assert!((0.01..0.2).contains(&later.share(NEWCOMER)), "{}", later.share(NEWCOMER));
}

#[test]
fn a_match_with_a_newcomer_is_the_same_on_any_number_of_threads_and_is_replayed() {
    let prepared = prepared(LEVEL, &[]);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads are to be had");
    let pool = std::sync::Arc::new(pool);
    let play = |threads: Option<std::sync::Arc<rayon::ThreadPool>>| {
        let mut setup = setup(&prepared, "dealmaker");
        (setup.turns, setup.population.threads) = (14, threads);
        let mut game = Match::new(&prepared, setup);
        let mut replay = Replay::new(&prepared.level, game.setup());
        while !game.is_over() {
            let orders = game.play_turn().orders;
            replay.push(orders, game.simulation().state_hash());
        }
        replay
    };
    let (one, two) = (play(None), play(Some(pool)));
    assert_eq!(one.hashes, two.hashes);
    assert!(one.verify("a replay").expect("plays").is_none());
}

#[test]
fn strategies_spend_on_a_newcomer_before_it_sells_anything() {
    let prepared = prepared(LEVEL, &["reference=[]"]);
    for name in ["populist", "dealmaker", "steady-investor", "coalition-builder"] {
        let mut setup = setup(&prepared, name);
        (setup.population.consumers, setup.population.merchants) = (1_000, 300);
        let mut game = Match::new(&prepared, setup);
        let last = game.play_out();
        assert!(last.share(NEWCOMER) > 0.01, "{name}: {}", last.share(NEWCOMER));
    }
}

#[test]
fn nobody_is_asked_or_judged_who_is_not_there() {
    let events = "events=[(id: \"q\", title: \"Q\", seat: \"bamboo\", when: Turn(2), choices: [(id: \"y\", text: \"Y\", default: true, \
                  effects: [Pay(amount: 1e6)]), (id: \"n\", text: \"N\")]), \
                  (id: \"a\", title: \"A\", when: Turn(2), effects: [Attention(of: \"bamboo\", offence: Fraud, weight: 1000)])]";
    let (outcomes, _) = played(&prepared(LEVEL, &["reference=[]", "regulator=()", events]), &[]);
    let of =
        |kind: &str| outcomes.iter().find(|outcome| outcome.news.iter().any(|event| event.kind() == kind));
    assert!(of("warned").is_none(), "nothing is noted of whom there is not");
    // The question waits until there is somebody to be asked, and then for the answer.
    assert_eq!(of("chosen").map(|outcome| outcome.turn), Some(8));
}
