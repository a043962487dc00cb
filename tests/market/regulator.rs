//! The regulator: it counts deeds, warns, probes and judges, and what it forbids must stop.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::history::Replay;
use walled_gardens::order::{Access, Answer, Deal, Term};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::state::files::Stage;
use walled_gardens::sim::{Flow, Order, Orders, Outcome};

use crate::{prepared, setup};

const LEVEL: &str = "systems/s13_antitrust";

/// What came of every turn when a platform orders this by turn, the opening first, and what it was refused.
fn played(prepared: &Prepared, seat: usize, orders: &[(u32, Orders)]) -> (Vec<Outcome>, Vec<String>) {
    let mut setup = setup(prepared, "passive");
    (setup.population.consumers, setup.population.merchants) = (1_500, 500);
    let mut plan = vec![Orders::new(); setup.turns as usize];
    orders.iter().for_each(|(turn, orders)| plan[*turn as usize - 1].clone_from(orders));
    setup.seats[seat] = Seat::Recorded("plan".into(), plan);
    let mut game = Match::new(prepared, setup);
    let (mut outcomes, mut refused) = (vec![game.simulation().outcome().clone()], Vec::new());
    while !game.is_over() {
        let record = game.play_turn();
        assert_eq!(game.simulation().ledger().sum(), 0);
        outcomes.push(record.outcome);
        refused.extend(record.refusals[seat].iter().map(|refusal| refusal.reason.clone()));
    }
    (outcomes, refused)
}

fn bind() -> Orders {
    vec![Order::Exclusivity { on: true }]
}

/// Turns after which a kind of news about a company came.
fn turns_of(outcomes: &[Outcome], kind: &str) -> Vec<u32> {
    let told = |outcome: &&Outcome| outcome.news.iter().any(|event| event.kind() == kind);
    outcomes.iter().filter(told).map(|outcome| outcome.turn).collect()
}

fn fines(outcomes: &[Outcome], platform: usize) -> Vec<(u32, i128)> {
    let fine = |outcome: &Outcome| (outcome.turn, -outcome.flows[platform][Flow::Fines as usize]);
    outcomes.iter().map(fine).filter(|(_, fine)| *fine != 0).collect()
}

#[test]
fn a_dominant_company_that_binds_merchants_is_fined_four_hundredths_of_its_years_revenue_to_the_fen() {
    let (outcomes, _) = played(&prepared(LEVEL, &[]), 0, &[(1, bind()), (9, vec![Order::Comply])]);
    let (warned, probed) = (turns_of(&outcomes, "warned"), turns_of(&outcomes, "probed"));
    assert_eq!((warned, probed), (vec![2], vec![5]));
    assert_eq!(turns_of(&outcomes, "decided"), [8]);
    let taken = |outcome: &Outcome| -> i128 {
        let flows = Flow::ALL.into_iter().filter(|flow| flow.is_revenue());
        flows.map(|flow| outcome.flows[0][flow as usize].max(0)).sum()
    };
    let year: i128 = outcomes[1..=8].iter().map(taken).sum();
    assert_eq!(fines(&outcomes, 0), [(9, (year as f64 * 0.04).round() as i128)]);
    assert!(outcomes[9].news.contains(&Event::Bound { by: 0, on: false }), "whoever complies stops");
    assert_eq!(turns_of(&outcomes, "dropped"), [9]);
}

#[test]
fn what_goes_on_costs_more_each_month_until_it_stops() {
    let free = vec![Order::Exclusivity { on: false }];
    let (outcomes, _) = played(&prepared(LEVEL, &[]), 0, &[(1, bind()), (16, free)]);
    let fines = fines(&outcomes, 0);
    let turns: Vec<u32> = fines.iter().map(|(turn, _)| *turn).collect();
    // Decided after 8, in force in 9, to be stopped by 12: the months from 13 to 15 are paid a month later each.
    assert_eq!(turns, [9, 14, 15, 16], "{fines:?}");
    assert!(fines[1].1 < fines[2].1 && fines[2].1 < fines[3].1, "{fines:?}");
}

#[test]
fn whoever_contests_pays_later_and_more_where_the_file_bears_it_out_and_nothing_where_it_does_not() {
    let contested = |changes: &[&str]| {
        let orders = [(1, bind()), (9, vec![Order::Contest, Order::Exclusivity { on: false }])];
        played(&prepared(LEVEL, changes), 0, &orders).0
    };
    let lost = contested(&[]);
    let (complied, _) = played(&prepared(LEVEL, &[]), 0, &[(1, bind()), (9, vec![Order::Comply])]);
    let (fine, more) = (fines(&complied, 0)[0], fines(&lost, 0)[0]);
    assert_eq!((fine.0, more.0), (9, 14), "contested for four months");
    assert!((more.1 as f64 / fine.1 as f64 - 4.0 / 3.0).abs() < 1e-6, "{fine:?} {more:?}");
    // With a short memory what was done has lapsed by then.
    let won = contested(&["regulator.memory=6", "regulator.appeal_months=6"]);
    assert_eq!(fines(&won, 0), []);
}

#[test]
fn the_same_deed_by_a_small_company_and_one_that_stops_in_time_are_not_fined() {
    let (small, _) = played(&prepared(LEVEL, &[]), 2, &[(1, bind())]);
    assert_eq!(turns_of(&small, "warned"), [0u32; 0]);
    let free = vec![Order::Exclusivity { on: false }];
    let (stopped, _) = played(&prepared(LEVEL, &[]), 0, &[(1, bind()), (4, free)]);
    assert_eq!((turns_of(&stopped, "warned"), turns_of(&stopped, "dropped")), (vec![2], vec![5]));
    assert_eq!(fines(&stopped, 0), []);
}

#[test]
fn an_answer_to_no_decision_is_refused_and_so_is_what_cannot_bind_anybody() {
    let orders = [(1, vec![Order::Comply, Order::Contest]), (2, [bind(), bind()].concat())];
    let (_, refused) = played(&prepared(LEVEL, &[]), 0, &orders);
    assert!(
        refused[0].contains("no decision against you") && refused[1].contains("no decision"),
        "{refused:?}"
    );
    assert!(refused[2].contains("bound already"), "{refused:?}");
    let (_, refused) =
        played(&prepared("tutorial/two-gardens", &["setup.turns=2"]), 0, &[(1, vec![Order::Contest])]);
    assert!(refused[0].contains("no regulator here"), "{refused:?}");
    let (_, refused) =
        played(&prepared("arena/duel", &["setup.turns=2", "setup.merchants=0"]), 0, &[(1, bind())]);
    assert!(refused.is_empty() || refused[0].contains("nobody to bind"), "{refused:?}");
}

#[test]
fn a_company_under_probe_plays_on_the_same_after_its_match_was_judged_and_replayed() {
    let prepared = prepared(LEVEL, &[]);
    let hashes = |judged: bool| {
        let mut setup = setup(&prepared, "random");
        (setup.population.consumers, setup.population.merchants, setup.turns) = (1_500, 500, 9);
        setup.seats[0] = Seat::Recorded("plan".into(), vec![bind()]);
        let mut game = Match::new(&prepared, setup);
        let mut replay = Replay::new(&prepared.level, game.setup());
        let mut probed = false;
        while !game.is_over() {
            if judged {
                game.judge();
            }
            let orders = game.play_turn().orders;
            replay.push(orders, game.simulation().state_hash());
            probed |= matches!(game.simulation().files().0[0].stage, Stage::Probed { .. });
        }
        assert!(probed && replay.verify("a replay").expect("plays").is_none());
        replay.hashes
    };
    assert_eq!(hashes(false), hashes(true));
}

/// Tower owns a wallet, which both others take.
const WALLET: &str = "services=[Wallet(id: \"pay\", owner: \"tower\", held: 0.8, accepted_by: [\"tower\", \"market\", \"stall\"]), Wallet(id: \"bank\", held: 0.9, accepted_by: [\"tower\", \"market\", \"stall\"])]";

#[test]
fn a_wall_that_a_dominant_company_raised_must_come_down() {
    let shut = |to: &str| vec![Order::Close { service: "pay".into(), to: Some(to.into()) }];
    let stern = ["reference=[]", WALLET, "regulator.blocking=9", "regulator.memory=20"];
    let walls = |orders: &[(u32, Orders)]| played(&prepared(LEVEL, &stern), 0, orders).0;
    let complied = walls(&[(1, shut("market")), (8, vec![Order::Comply])]);
    let decided = turns_of(&complied, "decided");
    assert_eq!(decided, [7], "warned after 1, probed after 4");
    assert!(complied[7].news.iter().any(|event| matches!(event, Event::Decided { remedy: true, .. })));
    assert!(complied[8].news.contains(&Event::Opened { by: 0, to: 1, service: 0 }), "it opens again");
    assert_eq!(turns_of(&complied, "dropped"), [8]);
    // Whoever leaves it standing pays every month after the time is up.
    let defied = walls(&[(1, shut("market"))]);
    assert_eq!(turns_of(&defied, "defied").first(), Some(&12), "in force in 8, to be down by 11");
    // A wall that came down by itself is none.
    let open = vec![Order::Open { service: "pay".into(), to: Some("market".into()), access: Access::Native }];
    let opened = walls(&[(1, shut("market")), (6, open)]);
    assert!(opened[7].news.iter().any(|event| matches!(event, Event::Decided { remedy: false, .. })));
}

#[test]
fn a_front_of_companies_that_are_dominant_together_is_a_deed_of_both_until_it_is_struck_out() {
    let front = || Term::Front { against: "stall".into() };
    let deal = Deal { gives: vec![front()], asks: vec![front()], months: 24, notice: 1, penalty: 0.0 };
    let offer = vec![Order::Offer { to: "market".into(), deal }];
    let answer = vec![Order::Answer { from: "tower".into(), answer: Answer::Accept }];
    let prepared = prepared(LEVEL, &["reference=[]", "regulator.collusion=0.5"]);
    let mut setup = setup(&prepared, "passive");
    (setup.population.consumers, setup.population.merchants) = (1_500, 500);
    let seat = |plan: Vec<Orders>| Seat::Recorded("plan".into(), plan);
    let comply = |turn: usize| {
        let mut plan = vec![Orders::new(); turn];
        plan.push(vec![Order::Comply]);
        plan
    };
    let mut first = comply(8);
    first[0] = offer;
    let mut second = comply(8);
    second[1] = answer;
    (setup.seats[0], setup.seats[1]) = (seat(first), seat(second));
    let mut game = Match::new(&prepared, setup);
    let mut outcomes = Vec::new();
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
    }
    let attention = |turn: usize, platform: usize| outcomes[turn - 1].attention[platform];
    assert_eq!([attention(1, 0), attention(2, 2)], [0.0; 2]);
    assert!(attention(2, 0) > 0.5 && attention(2, 1) > 0.5, "{:?}", outcomes[1].attention);
    let decided = |event: &&Event| matches!(event, Event::Decided { remedy: true, .. });
    assert_eq!(outcomes[7].news.iter().filter(decided).count(), 2, "{:?}", outcomes[7].news);
    assert_eq!(outcomes[8].agreements[0], 0.0, "whoever complies strikes it out");
    assert!(
        fines(&outcomes, 0).len() == 1 && fines(&outcomes, 1).len() == 1 && fines(&outcomes, 2).is_empty()
    );
}

#[test]
fn an_event_moves_opinion_and_files_and_orders_what_is_to_be_opened() {
    let event =
        |effects: &str| format!("events=[(id: \"a\", title: \"A\", when: Turn(2), effects: [{effects}])]");
    let with = |effects: &str| {
        played(&prepared(LEVEL, &["reference=[]", WALLET, "regulator.anger=0", &event(effects)]), 0, &[]).0
    };
    let disliked = with("Opinion(of: \"market\", by: -0.5)");
    // It is felt after the turn and fades like any other.
    assert_eq!(disliked[2].public_opinion[1], 0.0);
    assert!((disliked[3].public_opinion[1] + 0.5 * 0.92).abs() < 1e-9, "{:?}", disliked[3].public_opinion);
    let noted = with("Attention(of: \"market\", offence: Exclusivity, weight: 0.9)");
    assert_eq!((noted[3].attention[1], turns_of(&noted, "warned")), (0.9, vec![3]));
    // Everybody takes the wallet already: the order is met as soon as somebody looks.
    let met = with("Remedy(of: \"tower\", months: 2, open: [\"pay\"])");
    assert_eq!((turns_of(&met, "dropped"), fines(&met, 0)), (vec![3], vec![]));
    let closed = WALLET.replace("\"tower\", \"market\", \"stall\"]), Wallet", "\"tower\"]), Wallet");
    let changes = ["reference=[]", &closed, &event("Remedy(of: \"tower\", months: 2, open: [\"pay\"])")];
    let (unmet, _) = played(&prepared(LEVEL, &changes), 0, &[]);
    assert_eq!(turns_of(&unmet, "defied").first(), Some(&5), "in force from 3 on, to be met by 4");
}

#[test]
fn what_is_ordered_by_an_event_is_complied_with_and_counts_nobody_who_is_not_there() {
    let event = "events=[(id: \"a\", title: \"A\", when: Turn(2), effects: [Remedy(of: \"tower\", months: 2, open: [\"pay\"])])]";
    let closed = WALLET.replace("\"tower\", \"market\", \"stall\"]), Wallet", "\"tower\"]), Wallet");
    let changes = ["reference=[]", &closed, event];
    let orders = [(3, vec![Order::Comply]), (4, vec![Order::Comply])];
    let (outcomes, refused) = played(&prepared(LEVEL, &changes), 0, &orders);
    assert_eq!((turns_of(&outcomes, "dropped"), fines(&outcomes, 0)), (vec![3], vec![]));
    assert!(
        refused.len() == 1 && refused[0].contains("no decision"),
        "nothing is forbidden any more: {refused:?}"
    );
    // Any strategy does as much.
    let prepared_again = prepared(LEVEL, &changes);
    let mut game = Match::new(&prepared_again, setup(&prepared_again, "passive"));
    let mut outcomes = Vec::new();
    while !game.is_over() {
        outcomes.push(game.play_turn().outcome);
    }
    assert_eq!(fines(&outcomes, 0), []);
    // Whoever enters later is no shop that anything must be open to now.
    let later = [
        "reference=[]",
        &closed,
        event,
        "platforms.stall.enters=Turn(15)",
        "platforms.stall.shop=()",
        "platforms.tower.shop.share=0.72",
    ];
    let open = vec![Order::Open { service: "pay".into(), to: Some("market".into()), access: Access::Native }];
    let (outcomes, _) = played(&prepared(LEVEL, &later), 0, &[(3, open)]);
    assert_eq!((turns_of(&outcomes, "dropped"), fines(&outcomes, 0)), (vec![3], vec![]));
}
