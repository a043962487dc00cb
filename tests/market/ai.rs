//! Artificial intelligence: money that needs data, whose it is, and what others see of it.

use walled_gardens::game::{Match, Seat};
use walled_gardens::order::{Deal, Order, Orders, Term};
use walled_gardens::sim::rules::ai;
use walled_gardens::sim::{Flow, Outcome};
use walled_gardens::strategy::PlatformView;
use walled_gardens::strategy::worth::worth;

use crate::{prepared, setup};

const SMALL: &[&str] = &["setup.consumers=1000", "setup.merchants=300", "setup.turns=12"];

/// A duel as it stands after so many turns, with what the first platform ordered in some of them, and how it came there.
fn duel(turns: u32, orders: &[(u32, Orders)]) -> (Match, Vec<Outcome>) {
    let prepared = prepared("arena/duel", SMALL);
    let mut setup = setup(&prepared, "passive");
    let mut plan = vec![Orders::new(); turns as usize];
    orders.iter().for_each(|(turn, orders)| plan[*turn as usize - 1].clone_from(orders));
    setup.seats[0] = Seat::Recorded("orders".into(), plan);
    let mut game = Match::new(&prepared, setup);
    let outcomes = (0..turns).map(|_| game.play_turn().outcome).collect();
    (game, outcomes)
}

fn budget(amount: f64) -> Orders {
    vec![Order::AiBudget { amount }]
}

#[test]
fn where_nobody_spends_ai_does_nothing_and_costs_nothing() {
    let (game, outcomes) = duel(4, &[]);
    for outcome in &outcomes {
        assert_eq!(outcome.ai, [0.0, 0.0]);
        assert_eq!(outcome.flow(0, Flow::Ai), 0.0);
    }
    let company = game.simulation().company(0);
    assert_eq!((company.stocks.ai, company.policy.budgets.ai), (0.0, 0.0));
}

#[test]
fn it_is_paid_every_month_out_of_profit_builds_up_and_fades() {
    let amount = 4e6;
    let (_, outcomes) = duel(12, &[(1, budget(amount)), (8, budget(0.0))]);
    let (_, without) = duel(12, &[]);
    assert_eq!(outcomes[0].flow(0, Flow::Ai), -amount);
    assert!((without[0].profit[0] - outcomes[0].profit[0] - amount).abs() < 1.0, "nobody feels it yet");
    assert_eq!(outcomes[7].flow(0, Flow::Ai), 0.0);
    // Felt from the month after it was paid for on.
    assert_eq!(outcomes[0].ai[0], 0.0);
    assert!(outcomes[1..8].windows(2).all(|pair| pair[0].ai[0] < pair[1].ai[0]));
    assert!(outcomes[8..].windows(2).all(|pair| pair[0].ai[0] > pair[1].ai[0]));
    assert!(outcomes.iter().all(|outcome| outcome.ai[1] == 0.0), "the other has none");
}

#[test]
fn what_is_no_budget_is_refused_with_its_reason() {
    let prepared = prepared("history/china_2024", SMALL);
    let refused = |platform: &str, amount: f64| {
        let mut setup = setup(&prepared, "passive");
        let me = prepared.level.platforms.iter().position(|known| known.id == platform).expect("is there");
        setup.seats[me] = Seat::Recorded("orders".into(), vec![budget(amount)]);
        let turn = Match::new(&prepared, setup).play_turn();
        turn.refusals[me].first().map(|refusal| refusal.reason.clone()).unwrap_or_default()
    };
    assert!(refused("tencent", 1e6).contains("without a shop"));
    assert!(refused("jd", -1.0).contains("from 0 up"));
    assert!(refused("jd", f64::NAN).contains("from 0 up"));
    assert!(refused("jd", f64::INFINITY).contains("from 0 up"));
    assert!(refused("jd", 1e15).contains("in cash"));
    assert_eq!(refused("jd", 1e6), "");
}

#[test]
fn everybody_sees_what_it_does_and_nobody_else_what_is_spent() {
    let (game, outcomes) = duel(6, &[(1, budget(4e6)), (5, budget(1e6))]);
    let last = outcomes.last().expect("six turns");
    let [own, rival] = [0, 1].map(|me| PlatformView::new(game.simulation(), me, 12));
    assert!(last.ai[0] > 0.01);
    assert_eq!((own.public.ai[0], rival.public.ai[0]), (last.ai[0], last.ai[0]));
    assert_eq!((own.own.policy.budgets.ai, rival.own.policy.budgets.ai), (1e6, 0.0));
    assert!(rival.public.books.is_none());
    // What it does tells roughly what is behind it, and nothing of what is spent now.
    let imagined = rival.imagine(3);
    let opening = imagined.opening();
    assert!((opening.ai(&rival.level)[0] - last.ai[0]).abs() < 1e-9);
    let guessed = &opening.companies[0];
    assert_eq!(guessed.policy.budgets.ai, guessed.stocks.ai);
    assert!((guessed.stocks.ai / own.own.stocks.ai - 1.0).abs() < 0.3, "{guessed:?}");
}

#[test]
fn data_are_worth_more_to_whoever_has_ai_to_learn_from_them() {
    let deal = Deal { gives: Vec::new(), asks: vec![Term::Data], months: 12, notice: 0, penalty: 0.0 };
    let worth_of_data = |orders: &[(u32, Orders)]| {
        let (game, _) = duel(6, orders);
        worth(&PlatformView::new(game.simulation(), 0, 12), 0, 1, &deal).sums().0
    };
    let (with, without) = (worth_of_data(&[(1, budget(8e6))]), worth_of_data(&[]));
    assert!(with > 1.05 * without && without > 0.0, "{with} {without}");
}

#[test]
fn its_effect_is_the_rule_applied_to_what_the_company_has() {
    let (game, outcomes) = duel(3, &[(1, budget(4e6))]);
    let (company, level) = (game.simulation().company(0), game.simulation().level().clone());
    let (mut game, felt) = (game, outcomes.last().expect("three turns").ai[0]);
    let next = game.play_turn().outcome.ai[0];
    assert_eq!(next, ai::effect(&level, company.stocks.ai, company.stocks.data));
    assert!(next > felt);
}
