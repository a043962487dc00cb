//! Money: none is spent that is not there, and none is too much for the ledger.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::level::Level;
use walled_gardens::sim::{Audience, Flow, Order};
use walled_gardens::strategy;

use crate::{play, prepared, setup};

#[test]
fn coupons_never_cost_more_than_there_is_cash() {
    let prepared = prepared("arena/duel", &["platforms.north.cash=1e6", "platforms.north.fixed_cost=0"]);
    let deep = Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth: 0.5 };
    let mut setup = setup(&prepared, "passive");
    setup.seats[0] = Seat::Recorded("coupons".into(), vec![vec![deep]]);
    let mut game = Match::new(&prepared, setup);
    let record = game.play_turn();
    let paid = -record.outcome.flow(0, Flow::Coupons);
    assert!((0.0..=1e6).contains(&paid), "{paid}");
    // An empty purse attracts nobody either: the promise is cut to what is there.
    assert!(record.outcome.share(0) < 0.52, "{}", record.outcome.share(0));
}

#[test]
fn the_opening_has_its_cash_on_the_books() {
    let prepared = prepared("arena/duel", &["platforms.north.cash=123456789.01"]);
    let game = Match::new(&prepared, setup(&prepared, "passive"));
    assert_eq!(game.simulation().outcome().cash_in_fen, [12_345_678_901, 100_000_000_000]);
}

#[test]
fn money_beyond_64_bits_is_refused_where_it_is_stated_and_fits_where_it_comes_about() {
    let room = |capacity: &str| {
        vec![format!(
            "services=[Carrier(id: \"k\", owner: \"north\", supply: Heavy, price: 6, capacity: {capacity}, \
             fixed_cost: 9000, used_by: [\"north\", \"south\"])]"
        )]
    };
    let find = |changes: &[String]| Level::find("tutorial/two-gardens", changes, &strategy::vocabulary());
    let refused = find(&room("1e13")).expect_err("¥9e16 a month").to_string();
    assert!(refused.contains("this room costs ¥9e16 a month"), "{refused}");
    // The largest that passes, for as long as a match may last: ¥1.08e16 in the end.
    let prepared = Prepared::new(find(&room("1e9")).expect("¥9e12 a month"));
    let mut setup = setup(&prepared, "passive");
    (setup.turns, setup.population.consumers, setup.population.merchants) = (1_200, 10, 10);
    let (outcomes, _) = play(&prepared, setup);
    let last = &outcomes[1_200];
    let lost = last.cash_in_fen[0] - outcomes[1_199].cash_in_fen[0];
    assert_eq!(lost, last.profit_in_fen(0));
    assert!(last.cash[0] < -1e16 && last.value[0] < last.value[1], "{:?}", last.cash);
}

#[test]
fn people_who_carry_parcels_are_not_to_be_had_for_any_price() {
    let services = "services=[Carrier(id: \"h\", owner: \"north\", used_by: [\"north\", \"south\", \"bamboo\"], supply: Heavy, price: 5, capacity: 2e7), \
                    Carrier(id: \"x\", supply: Crowd, price: 7)]";
    let struck = "events=[(id: \"a\", title: \"A\", when: Turn(1), effects: [Room(service: \"h\", factor: 0, months: 2)])]";
    let prepared = prepared("systems/s32_newcomer", &["reference=[]", services, struck]);
    let (outcomes, _) = play(&prepared, setup(&prepared, "passive"));
    for outcome in &outcomes {
        let overflow = -outcome.flow(0, Flow::Overflow);
        assert!(overflow <= 0.5 * outcome.gmv(0).max(1.0), "turn {}: {overflow}", outcome.turn);
    }
}
