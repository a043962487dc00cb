//! Loans: every fen has two sides, nobody lends what is not there, and outside funds bear what they promised.

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::sim::state::loans::Credit;
use walled_gardens::sim::{Account, Flow, Order, Orders, Outcome, Simulation, possible};
use walled_gardens::strategy::{PlatformView, strategy};

use crate::{play, prepared, setup};

const LEVEL: &str = "systems/s29_credit";
const SMALL: [&str; 3] = ["reference=[]", "setup.consumers=600", "setup.merchants=300"];

fn small(changes: &[&str]) -> Prepared {
    prepared(LEVEL, &[&SMALL, changes].concat())
}

fn loose(funds: f64) -> Orders {
    vec![
        Order::MerchantCredit { rate: 0.015, standard: 0.3 },
        Order::BuyerCredit { rate: 0.012, standard: 0.25 },
        Order::OutsideFunds { part: funds },
    ]
}

fn lending(prepared: &Prepared, orders: Vec<Orders>) -> Setup {
    let mut setup = setup(prepared, "passive");
    setup.seats[0] = Seat::Recorded("loans".into(), orders);
    setup
}

/// Plays a match, and looks at the world after every turn.
fn watched(prepared: &Prepared, setup: Setup, mut look: impl FnMut(&Simulation, &Outcome)) {
    let mut game = Match::new(prepared, setup);
    while !game.is_over() {
        let outcome = game.play_turn().outcome;
        assert_eq!(game.simulation().ledger().sum(), 0);
        look(game.simulation(), &outcome);
    }
}

#[test]
fn every_claim_has_its_debt_and_every_fen_of_cash_a_reason() {
    let prepared = small(&[]);
    let mut before = 2_000_000_000_000;
    let (mut lent, mut lost) = (false, false);
    watched(&prepared, lending(&prepared, vec![loose(0.4)]), |market, outcome| {
        let ledger = market.ledger();
        let book = &market.lending().0[0];
        let claims = ledger.balance(Account::Claims(0));
        assert_eq!(claims, book.owed() - book.funds());
        assert_eq!(ledger.balance(Account::FundClaims), book.funds());
        assert_eq!(ledger.balance(Account::Debts), -book.owed());
        let flows: i128 = outcome.flows[0].iter().sum();
        assert_eq!(ledger.balance(Account::Platform(0)) - before, flows, "cash is the sum of its flows");
        before = ledger.balance(Account::Platform(0));
        lent |= claims > 0 && book.funds() > 0;
        lost |= outcome.flow(0, Flow::Defaults) < 0.0 && outcome.flow(0, Flow::Recoveries) > 0.0;
    });
    assert!(lent && lost, "there were loans, funds and defaults in play");
}

#[test]
fn lending_costs_no_value_and_a_default_does() {
    let prepared = small(&[]);
    let (with, _) = play(&prepared, lending(&prepared, vec![loose(0.0)]));
    let first = &with[1];
    let lent = -first.flow(0, Flow::Loans);
    assert!(lent > 1e8, "{lent}");
    assert_eq!(first.loans[0].claims, lent, "what was lent is owed");
    let earned =
        first.flow(0, Flow::Interest) + first.flow(0, Flow::Defaults) + first.flow(0, Flow::Recoveries);
    assert!(earned.abs() < 0.02 * lent, "no part of what was lent is a cost: {earned} of {lent}");
    assert!(first.value[0] > first.cash[0] + first.loans[0].claims);
}

#[test]
fn a_purse_that_is_too_small_lends_what_is_in_it() {
    let prepared = small(&["platforms.north.cash=2e7", "platforms.north.fixed_cost=0"]);
    let none = [
        Order::BrandBudget { amount: 0.0 },
        Order::CategoryBudget { category: None, amount: 0.0 },
        Order::MarketingBudget { region: None, amount: 0.0 },
        Order::GovernanceBudget { amount: 0.0 },
    ];
    for funds in [0.0, 0.5] {
        let orders = [&none[..], &loose(funds)].concat();
        let (outcomes, _) = play(&prepared, lending(&prepared, vec![orders]));
        let loans = outcomes[1].loans[0];
        assert!(loans.granted > 0.0 && loans.granted < 0.1, "said so: {loans:?}");
        let own = loans.due * (1.0 - if loans.claims < loans.owed { funds } else { 0.0 });
        assert!(own <= 2.01e7 / (1.0 - funds), "{loans:?}");
        assert!(loans.buyers_lent < 0.1, "nobody has credit that was not granted");
    }
    let rich = small(&[]);
    let (outcomes, _) = play(&rich, lending(&rich, vec![loose(0.0)]));
    assert_eq!(outcomes[1].loans[0].granted, 1.0);
}

#[test]
fn outside_funds_share_a_downturns_losses_to_the_fen() {
    // Granted in one month in which funds join whatever they bear, and paid back in a downturn.
    let downturn = ["economy.path=[(1, 1.0), (2, 0.7)]", "setup.turns=8"];
    let (rate, standard) = (0.015, 0.35);
    let once = vec![
        Order::MerchantCredit { rate, standard },
        Order::BuyerCredit { rate, standard },
        Order::OutsideFunds { part: 0.5 },
    ];
    let stop = Order::MerchantCredit { rate, standard: 1.0 };
    let orders = vec![once, vec![stop, Order::BuyerCredit { rate, standard: 1.0 }]];
    let at = |share: &'static str| {
        let changes = [&downturn[..], &[share]].concat();
        let prepared = small(&changes);
        let mut sums = [0i128; 4];
        watched(&prepared, lending(&prepared, orders.clone()), |market, outcome| {
            let flow = |flow: Flow| outcome.flows[0][flow as usize];
            sums[0] += flow(Flow::Defaults);
            sums[1] += flow(Flow::Recoveries);
            sums[2] += flow(Flow::Interest);
            let ledger = market.ledger();
            sums[3] = ledger.balance(Account::Funds) + ledger.balance(Account::FundClaims);
        });
        sums
    };
    let (whole, half) = (at("market.fund_loss=1"), at("market.fund_loss=0.5"));
    // The same people default on the same loans: what funds do not bear the platform does.
    assert_eq!((whole[1], whole[2]), (half[1], half[2]));
    let shifted = whole[0] - half[0];
    assert!(shifted > 1_000_000, "{whole:?} {half:?}");
    assert_eq!(half[3] - whole[3], shifted, "to the fen");
    assert!(whole[3] < 0, "a downturn costs funds more than their interest brings: {whole:?}");
}

#[test]
fn where_nobody_lends_nothing_of_it_is_in_the_world() {
    let prepared = small(&["setup.turns=3"]);
    let nothing = vec![Order::MerchantCredit { rate: 0.0, standard: 1.0 }, Order::OutsideFunds { part: 0.0 }];
    let (_, plain) = play(&prepared, setup(&prepared, "passive"));
    let (_, asked) = play(&prepared, lending(&prepared, vec![nothing]));
    assert_eq!(plain, asked);
    let (_, lent) = play(&prepared, lending(&prepared, vec![loose(0.0)]));
    assert_ne!(plain, lent);
    // Once everything is paid back the market forgets that there were loans.
    let stop = vec![
        Order::MerchantCredit { rate: 0.0, standard: 1.0 },
        Order::BuyerCredit { rate: 0.0, standard: 1.0 },
        Order::OutsideFunds { part: 0.0 },
    ];
    let prepared = small(&["setup.turns=12"]);
    let mut left = Vec::new();
    watched(&prepared, lending(&prepared, vec![loose(0.2), stop]), |market, outcome| {
        left.push((outcome.loans[0].owed, market.lending().0.is_empty()));
    });
    assert!(left[1].0 > 0.0, "loans run on: {left:?}");
    assert_eq!(left[11], (0.0, true), "{left:?}");
}

#[test]
fn loans_and_defaults_are_the_same_on_any_number_of_threads() {
    let prepared = prepared("arena/six", &["setup.turns=8", "setup.consumers=3000", "setup.merchants=600"]);
    let on = |threads: usize| {
        let mut setup = setup(&prepared, "random(credit: 0.6)");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        setup.population.threads = (threads > 1).then(|| std::sync::Arc::new(pool));
        play(&prepared, setup)
    };
    let (outcomes, one) = on(1);
    assert!(outcomes[8].loans.iter().any(|loans| loans.defaulted > 0.0), "somebody lends");
    assert_eq!(one, on(3).1);
}

#[test]
fn what_an_analyst_imagines_owes_what_is_owed() {
    let prepared = small(&[]);
    let mut game = Match::new(&prepared, lending(&prepared, vec![loose(0.3)]));
    for _ in 0..4 {
        game.play_turn();
    }
    let view = PlatformView::new(game.simulation(), 1, 20);
    assert!(view.public.loans[0].owed > 1e8, "rivals know it");
    assert!(view.public.prices[0].as_ref().expect("a shop").credit != Credit::default());
    let mut imagined = view.imagine(5).simulation();
    let owed = imagined.lending().clone();
    assert_eq!(&owed, game.simulation().lending());
    assert_eq!(imagined.ledger().claims(0), game.simulation().ledger().claims(0));
    let next = imagined.turn(vec![Orders::new(); 2]).clone();
    let real = game.play_turn().outcome;
    assert_eq!(imagined.ledger().sum(), 0);
    let ratio = next.loans[0].owed / real.loans[0].owed;
    assert!((ratio - 1.0).abs() < 0.1, "{ratio}");
}

#[test]
fn what_cannot_be_lent_is_refused_with_its_reason() {
    let level = prepared(
        LEVEL,
        &["reference=[]", "platforms=[(id: \"north\", cash: 1e9), (id: \"harbour\", cash: 1e9, shop: None)]"],
    )
    .level;
    let no = |me: usize, order: Order, why: &str| {
        let reason = possible(&level, me, &order).expect_err("is refused");
        assert!(reason.contains(why), "{order}: {reason}");
    };
    let merchants = |rate, standard| Order::MerchantCredit { rate, standard };
    let buyers = |rate, standard| Order::BuyerCredit { rate, standard };
    no(0, merchants(-0.01, 0.5), "from 0 to 0.03");
    no(0, buyers(0.031, 0.5), "0.031");
    no(0, buyers(f64::NAN, 0.5), "NaN");
    no(0, merchants(0.01, 1.01), "a standard is from 0 to 1, not 1.01");
    no(0, buyers(0.01, -0.2), "a standard");
    no(0, buyers(0.01, f64::INFINITY), "inf");
    no(0, Order::OutsideFunds { part: 1.2 }, "outside funds");
    no(0, Order::OutsideFunds { part: f64::NAN }, "outside funds");
    no(1, buyers(0.01, 0.5), "without a shop");
    let shops_only = prepared(LEVEL, &["reference=[]", "setup.merchants=0"]).level;
    let reason = possible(&shops_only, 0, &merchants(0.01, 0.5)).expect_err("nobody to lend to");
    assert!(reason.contains("no merchants"), "{reason}");
}

#[test]
fn a_financier_raises_its_standards_and_brings_in_funds_before_a_downturn() {
    let prepared = small(&[]);
    let mut setup = setup(&prepared, "passive");
    setup.seats[0] = Seat::Strategy(strategy("financier").expect("exists"));
    let mut terms = Vec::new();
    watched(&prepared, setup, |market, _| terms.push(market.company(0).policy.prices.credit));
    let (calm, storm) = (terms[2], terms[14]);
    assert!(calm.merchants.lends() && calm.buyers.lends() && calm.funds == 0.0, "{calm:?}");
    assert!(storm.buyers.standard > calm.buyers.standard + 0.05, "{calm:?} {storm:?}");
    assert!(terms[8].funds > 0.5, "the fall is near: {:?}", terms[8]);
}
