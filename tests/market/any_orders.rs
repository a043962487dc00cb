//! Whatever is ordered, no market breaks.

use proptest::prelude::*;
use walled_gardens::game::{Match, Seat};
use walled_gardens::level::shipped;
use walled_gardens::order::{Access, Answer, Deal, Term};
use walled_gardens::sim::{Audience, Order, Orders, Outcome};

use crate::{prepared, setup};

/// Any order at all: ids that exist and do not, numbers legal, illegal and absurd.
fn any_order() -> impl Strategy<Value = Order> {
    let category =
        || prop::option::of(prop::sample::select(vec!["apparel", "electronics", "goods", "nonsense"]));
    let region = || prop::option::of(prop::sample::select(vec!["city", "tier-1", "tier-4", "moon"]));
    let rate = || prop_oneof![4 => 0.0..0.5, 1 => -1.0..2.0, 1 => prop::num::f64::ANY];
    let amount = || prop_oneof![4 => 0.0..1e9, 1 => 0.0..1e13, 1 => prop::num::f64::ANY];
    let audience = || prop_oneof![Just(Audience::Switchers), Just(Audience::Everyone)];
    let owned = |id: Option<&str>| id.map(str::to_owned);
    prop_oneof![
        (category(), rate()).prop_map(move |(c, rate)| Order::TakeRate { category: owned(c), rate }),
        (region(), category(), rate()).prop_map(move |(r, c, rate)| Order::ConsumerFee {
            region: owned(r),
            category: owned(c),
            rate
        }),
        (region(), category(), audience(), rate()).prop_map(move |(r, c, audience, depth)| Order::Coupon {
            region: owned(r),
            category: owned(c),
            audience,
            depth
        }),
        rate().prop_map(|load| Order::AdvertLoad { load }),
        (-2000.0..2000.0).prop_map(|fee| Order::MembershipFee { fee }),
        (-2000.0..2000.0).prop_map(|fee| Order::MerchantFee { fee }),
        amount().prop_map(|amount| Order::BrandBudget { amount }),
        (category(), amount())
            .prop_map(move |(c, amount)| Order::CategoryBudget { category: owned(c), amount }),
        (region(), amount()).prop_map(move |(r, amount)| Order::MarketingBudget { region: owned(r), amount }),
        amount().prop_map(|amount| Order::GovernanceBudget { amount }),
        amount().prop_map(|amount| Order::AiBudget { amount }),
        (prop_oneof![4 => 0.0..0.03, 1 => prop::num::f64::ANY], rate())
            .prop_map(|(rate, standard)| Order::MerchantCredit { rate, standard }),
        (prop_oneof![4 => 0.0..0.03, 1 => prop::num::f64::ANY], rate())
            .prop_map(|(rate, standard)| Order::BuyerCredit { rate, standard }),
        rate().prop_map(|part| Order::OutsideFunds { part }),
        any_dealing(),
    ]
}

/// Any order between companies, about services and platforms that exist and that do not.
fn any_dealing() -> impl Strategy<Value = Order> {
    let service = || {
        let ids = vec![
            "north-pay",
            "harbour-pay",
            "fleet",
            "budget",
            "crowd",
            "chat",
            "square",
            "south-pay",
            "ether",
        ];
        prop::sample::select(ids).prop_map(str::to_owned)
    };
    let platform = || {
        let ids = vec!["north", "south", "harbour", "amber", "fern", "alibaba", "jd", "tencent", "nobody"];
        prop::sample::select(ids).prop_map(str::to_owned)
    };
    let number = || prop_oneof![4 => 0.0..1e8, 1 => 0.0..0.3, 1 => -1.0..2.0, 1 => prop::num::f64::ANY];
    let access = || {
        prop::sample::select(vec![
            Access::Blocked,
            Access::Advert,
            Access::Jump,
            Access::MiniProgram,
            Access::Native,
        ])
    };
    let term = || {
        prop_oneof![
            (service(), access(), prop::option::of(number()))
                .prop_map(|(service, access, price)| Term::Service { service, access, price }),
            Just(Term::Data),
            Just(Term::NonBlocking),
            Just(Term::Insight),
            platform().prop_map(|against| Term::Front { against }),
            number().prop_map(|amount| Term::Payment { amount }),
            (number(), number()).prop_map(|(part, price)| Term::NewShares { part, price }),
            (platform(), number(), number()).prop_map(|(of, part, price)| Term::Stake { of, part, price }),
        ]
    };
    let deal = move || {
        let terms = move || prop::collection::vec(term(), 0..3);
        (terms(), terms(), 0u32..30, 0u32..5, number())
            .prop_map(|(gives, asks, months, notice, penalty)| Deal { gives, asks, months, notice, penalty })
    };
    prop_oneof![
        (service(), number()).prop_map(|(service, amount)| Order::VisitBudget { service, amount }),
        number().prop_map(|amount| Order::InvitationBudget { amount }),
        number().prop_map(|amount| Order::StoreBudget { region: None, amount }),
        number().prop_map(|amount| Order::EngineeringBudget { amount }),
        (service(), number()).prop_map(|(service, parcels)| Order::Capacity { service, parcels }),
        (service(), number()).prop_map(|(service, price)| Order::Bid { service, price }),
        (service(), prop::option::of(platform()), number())
            .prop_map(|(service, to, price)| Order::ServicePrice { service, to, price }),
        (service(), prop::option::of(platform()), access()).prop_map(|(service, to, access)| Order::Open {
            service,
            to,
            access
        }),
        (service(), prop::option::of(platform())).prop_map(|(service, to)| Order::Close { service, to }),
        platform().prop_map(|platform| Order::Block { platform }),
        service().prop_map(|service| Order::Adopt { service }),
        service().prop_map(|service| Order::Drop { service }),
        service().prop_map(|service| Order::Abort { service }),
        (platform(), deal()).prop_map(|(to, deal)| Order::Offer { to, deal }),
        (
            platform(),
            prop_oneof![Just(Answer::Accept), Just(Answer::Refuse), deal().prop_map(Answer::Counter)]
        )
            .prop_map(|(from, answer)| Order::Answer { from, answer }),
        (1u32..6, any::<bool>()).prop_map(|(agreement, at_once)| Order::End { agreement, at_once }),
        any_trade(),
    ]
}

/// Any order on shares.
fn any_trade() -> impl Strategy<Value = Order> {
    let ids = |ids: &[&str]| prop::sample::select(ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>());
    let service = || ids(&["north-pay", "harbour-pay", "fleet", "budget", "chat", "ether"]);
    let platform = || ids(&["north", "south", "harbour", "amber", "alibaba", "jd", "nobody"]);
    let number = || prop_oneof![4 => 0.0..1.0, 1 => 0.0..1e9, 1 => -1.0..2.0, 1 => prop::num::f64::ANY];
    prop_oneof![
        number().prop_map(|part| Order::Dividend { part }),
        (number(), number()).prop_map(|(part, least)| Order::Issue { part, least }),
        (service(), number(), number()).prop_map(|(service, part, least)| Order::List {
            service,
            part,
            least
        }),
        (platform(), number(), prop::option::of(number())).prop_map(|(of, part, most)| Order::Buy {
            of,
            part,
            most
        }),
        (platform(), number(), number()).prop_map(|(of, part, least)| Order::Sell { of, part, least }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_orders_whatever_break_a_market(turns in prop::collection::vec(prop::collection::vec(any_order(), 0..6), 1..8)) {
        for level in shipped() {
            let prepared = prepared(level.name, &["setup.consumers=300", "setup.merchants=90"]);
            let mut setup = setup(&prepared, "passive");
            setup.turns = turns.len() as u32 + 2;
            let seats = prepared.level.platforms.len();
            // Every seat gives the same orders, a turn apart.
            for seat in 0..seats {
                let mut orders: Vec<Orders> = turns.clone();
                orders.rotate_left(seat % turns.len());
                setup.seats[seat] = Seat::Recorded("any".into(), orders);
            }
            let given: usize = turns.iter().map(Vec::len).sum();
            let mut game = Match::new(&prepared, setup);
            let mut refused = 0;
            while !game.is_over() {
                let record = game.play_turn();
                refused += record.refusals[0].len();
                assert_eq!(game.simulation().ledger().sum(), 0);
                assert_sane(&record.outcome);
            }
            assert!(refused <= given);
        }
    }
}

fn assert_sane(outcome: &Outcome) {
    let shares: f64 = outcome.platforms().map(|platform| outcome.share(platform)).sum();
    assert!((shares - 1.0).abs() < 1e-9 || outcome.total() == 0.0, "shares sum to {shares}");
    let lists =
        [&outcome.profit, &outcome.cash, &outcome.value, &outcome.trust, &outcome.fraud, &outcome.lost];
    assert!(lists.into_iter().flatten().all(|value| value.is_finite()));
    let grids =
        [outcome.sales.cells(), outcome.offline.cells(), outcome.users.cells(), outcome.price.cells()];
    assert!(grids.into_iter().flatten().all(|&value| value.is_finite() && value >= 0.0));
    let variety = outcome.variety.cells().iter().chain(outcome.awareness.cells());
    assert!(variety.into_iter().all(|part| (0.0..=1.0 + 1e-9).contains(part)));
}
