//! The window's panels on what is between companies: services, deals, rivals; and the ledger. Controls are found by their
//! labels, as a screen reader finds them.

use std::sync::Arc;

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Key, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::{Access, Answer, Deal, Order, Term};
use walled_gardens_engine::play::{Difficulty, Session, Shelf, appraise, booked, guess};
use walled_gardens_engine::sim::state::negotiations::PendingOffer;
use walled_gardens_engine::strategy::vocabulary;
use walled_gardens_window::desk::{Action, Desk, Played, Tab};
use walled_gardens_window::scene::layout::Layout;
use walled_gardens_window::settings::Settings;
use walled_gardens_window::{screens, theme};

struct Window {
    desk: Desk,
    dressed: bool,
    _folder: tempfile::TempDir,
}

const ASKING: &str = "systems/s11_asking_and_refusing";
const CHINA: &str = "history/china_2024";

fn window(level: &str, seat: &str, tab: Tab) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { reduced_motion: true, speed: 8.0, ..Settings::default() };
    let mut desk = Desk::new(settings, Shelf::at(folder.path()));
    // Whoever holds the harbour opens to everybody at first.
    let harbour = "platforms.harbour.strategy=\"reciprocator\"".to_owned();
    let changes = if level == ASKING { vec![harbour] } else { Vec::new() };
    let level = Level::find(level, &changes, &vocabulary()).expect("is shipped");
    desk.open(Session::begin_level(&level, Some(seat), Some(3), Difficulty::Fair).expect("plays"));
    desk.act(Action::Tab(tab));
    let draw = |ui: &mut bevy_egui::egui::Ui, window: &mut Window| {
        if !window.dressed {
            theme::dress(ui.ctx());
            window.dressed = true;
            return;
        }
        window.desk.tick(0.05);
        screens::show(ui, &mut window.desk, &Layout::default());
    };
    let window = Window { desk, dressed: false, _folder: folder };
    let mut harness = Harness::builder().with_size(Vec2::new(1_280.0, 1_400.0)).build_ui_state(draw, window);
    harness.run_steps(4);
    harness
}

fn played<'a>(harness: &'a Harness<Window>) -> &'a Played {
    harness.state().desk.played.as_ref().expect("a match")
}

fn orders(harness: &Harness<Window>) -> Vec<Order> {
    played(harness).draft.orders().to_vec()
}

fn click(harness: &mut Harness<Window>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run_steps(4);
}

fn tick(harness: &mut Harness<Window>, label: &str) {
    harness.get_by_role_and_label(Role::CheckBox, label).click();
    harness.run_steps(4);
}

fn pull(harness: &mut Harness<Window>, label: &str) {
    harness.get_by_role_and_label(Role::Slider, label).focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(3);
}

fn is_disabled(harness: &Harness<Window>, label: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

/// Ends the month and goes on to the next plan.
fn end_month(harness: &mut Harness<Window>, tab: Tab) {
    harness.state_mut().desk.act(Action::EndTurn);
    // Where something would lapse it asks once.
    if !harness.state().desk.played.as_ref().is_some_and(|played| played.is_resolving()) {
        harness.state_mut().desk.act(Action::EndTurn);
    }
    for _ in 0..8_000 {
        harness.run_steps(1);
        if !harness.state().desk.is_working() && harness.state().desk.watch.is_none() {
            harness.state_mut().desk.act(Action::Go(walled_gardens_window::desk::Screen::Play));
            harness.state_mut().desk.act(Action::Tab(tab));
            harness.run_steps(4);
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it does not settle");
}

fn deal(gives: Vec<Term>, asks: Vec<Term>) -> Deal {
    Deal { gives, asks, months: 12, notice: 3, penalty: 2e6 }
}

fn some(id: &str) -> Option<String> {
    Some(id.to_owned())
}

#[test]
fn gates_are_opened_closed_priced_and_blocked_to_one_and_to_all() {
    let mut harness = window(CHINA, "alibaba", Tab::Links);
    click(&mut harness, "Alipay to JD.com");
    click(&mut harness, "Open");
    let open = Order::Open { service: "alipay".into(), to: some("jd"), access: Access::Native };
    assert_eq!(orders(&harness), [open]);
    click(&mut harness, "Close");
    assert_eq!(orders(&harness), [], "back to how it stands is no order");
    pull(&mut harness, "Price to JD.com");
    let given = orders(&harness);
    assert!(
        matches!(&given[..], [Order::ServicePrice { to: Some(to), price, .. }] if to == "jd" && *price > 0.0)
    );
    click(&mut harness, "Alipay to Pinduoduo");
    click(&mut harness, "Block Pinduoduo");
    assert_eq!(orders(&harness)[1], Order::Block { platform: "pinduoduo".into() });
    click(&mut harness, "Block Pinduoduo");
    assert_eq!(orders(&harness).len(), 1, "what is on the plan comes off it");
    click(&mut harness, "Cainiao Express to everybody");
    click(&mut harness, "Open");
    let open = Order::Open { service: "cainiao".into(), to: None, access: Access::Native };
    assert_eq!(orders(&harness)[1], open);
}

#[test]
fn an_app_opens_by_degrees_and_a_fleet_has_room() {
    let mut harness = window(CHINA, "tencent", Tab::Links);
    click(&mut harness, "WeChat to Douyin");
    click(&mut harness, "links");
    let open = Order::Open { service: "wechat".into(), to: some("douyin"), access: Access::Jump };
    assert_eq!(orders(&harness), [open]);
    let mut harness = window(CHINA, "jd", Tab::Links);
    pull(&mut harness, "Room of JD Logistics");
    assert!(matches!(&orders(&harness)[..], [Order::Capacity { .. }]), "{:?}", orders(&harness));
}

#[test]
fn what_is_open_is_built_in_and_given_up_and_what_is_closed_says_why() {
    let mut harness = window(ASKING, "north", Tab::Links);
    click(&mut harness, "What your shop uses");
    click(&mut harness, "Harbour Pay: closed to you");
    assert!(is_disabled(&harness, "Build in"));
    harness.get_by_role_and_label(Role::Button, "Build in").hover();
    harness.run_steps(30);
    harness.get_by_label_contains("Harbour has not opened");
    // Whoever holds the harbour opens to everybody at first.
    end_month(&mut harness, Tab::Links);
    harness.get_by_label("Harbour Pay: open: in full");
    assert!(harness.get_all_by_label_contains("Worth to you").count() > 0);
    click(&mut harness, "Build in");
    assert_eq!(orders(&harness), [Order::Adopt { service: "harbour-pay".into() }]);
    assert!(harness.get_all_by_label_contains("months left").count() > 0);
    end_month(&mut harness, Tab::Links);
    click(&mut harness, "Give up");
    assert_eq!(orders(&harness), [Order::Abort { service: "harbour-pay".into() }]);
}

#[test]
fn an_offer_is_composed_with_its_worth_to_both_before_it_is_sent() {
    let mut harness = window(ASKING, "north", Tab::Deals);
    click(&mut harness, "Offer to Harbour …");
    assert!(is_disabled(&harness, "Put it on the plan"), "there is nothing in it");
    harness.get_by_label("there is nothing in the deal");
    tick(&mut harness, "Harbour Pay (now: closed)");
    pull(&mut harness, "You pay");
    pull(&mut harness, "Cost of a breach");
    pull(&mut harness, "Holds for");
    tick(&mut harness, "You close nothing that is open");
    let data = harness.get_by_role_and_label(Role::CheckBox, "What you know of your buyers");
    assert!(data.accesskit_node().is_disabled(), "a company without a shop has no use for them");
    let proposal = harness.state().desk.proposal.clone().expect("is composed");
    let view = &played(&harness).position.view;
    let exact = appraise(view, view.me, proposal.with, &proposal.deal);
    let worth = guess(&played(&harness).position, proposal.with, exact.clone()).appraisal;
    assert_eq!(worth.terms.len(), 3);
    assert!(worth.theirs.total != exact.theirs.total, "the other's is guessed");
    let line =
        |whom: &str, yuan: f64| format!("{whom} {}", walled_gardens_window::form::Form::Yuan.write(yuan));
    harness.get_by_label(&line("Worth to you", worth.mine.total));
    harness.get_by_label(&line("Worth to Harbour", worth.theirs.total));
    harness.get_by_label_contains("Harbour has answered nobody yet");
    harness.get_by_label_contains("you guess that it is worth");
    click(&mut harness, "Put it on the plan");
    let given = orders(&harness);
    let [Order::Offer { to, deal }] = &given[..] else { panic!("{given:?}") };
    assert_eq!((to.as_str(), deal.months, deal.asks.len(), deal.gives.len()), ("harbour", 13, 1, 2));
    assert!(deal.penalty > 0.0);
}

#[test]
fn offers_are_accepted_refused_and_countered() {
    let mut harness = window(ASKING, "harbour", Tab::Deals);
    let service = Term::Service { service: "harbour-pay".into(), access: Access::Native, price: None };
    let offered = deal(vec![Term::Payment { amount: 5e6 }], vec![service]);
    let match_ = harness.state_mut().desk.played.as_mut().expect("a match");
    let view = Arc::make_mut(&mut match_.position.view);
    view.public.ecosystem.negotiations.offers.push(PendingOffer { from: 0, to: 2, deal: offered.clone() });
    harness.run_steps(3);
    assert!(
        harness.query_all_by_label_contains("North Gate offers").count() == 2,
        "a card, and where it is answered"
    );
    let answer = |answer| Order::Answer { from: "north".into(), answer };
    click(&mut harness, "Accept");
    assert_eq!(orders(&harness), [answer(Answer::Accept)]);
    click(&mut harness, "Refuse");
    assert_eq!(orders(&harness), [answer(Answer::Refuse)]);
    click(&mut harness, "Counter …");
    pull(&mut harness, "It pays");
    click(&mut harness, "Put it on the plan");
    let given = orders(&harness);
    let [Order::Answer { answer: Answer::Counter(counter), .. }] = &given[..] else { panic!("{given:?}") };
    assert_eq!(counter.gives, offered.asks);
    assert!(matches!(counter.asks[..], [Term::Payment { amount }] if amount > 5e6), "{counter:?}");
}

#[test]
fn an_agreement_is_ended_with_notice_or_broken_for_its_penalty() {
    let mut harness = window(ASKING, "north", Tab::Deals);
    let match_ = harness.state_mut().desk.played.as_mut().expect("a match");
    let view = Arc::make_mut(&mut match_.position.view);
    let (level, ecosystem) = (Arc::clone(&view.level), &mut view.public.ecosystem);
    let terms = deal(vec![Term::NonBlocking], vec![Term::NonBlocking]);
    ecosystem.negotiations.conclude(&level, &mut ecosystem.services, (0, 1), &terms);
    harness.run_steps(3);
    harness.get_by_label_contains("notice 3 months, breach costs ¥2.00\u{a0}M");
    click(&mut harness, "End with notice");
    assert_eq!(orders(&harness), [Order::End { agreement: 1, at_once: false }]);
    click(&mut harness, "Break it: ¥2.00\u{a0}M");
    assert_eq!(orders(&harness), [Order::End { agreement: 1, at_once: true }]);
    // What was promised cannot be broken by a gate.
    harness.state_mut().desk.act(Action::Tab(Tab::Links));
    harness.state_mut().desk.act(Action::Undo);
    harness.run_steps(4);
    click(&mut harness, "North Pay to South Gate");
    assert!(is_disabled(&harness, "Block South Gate"));
}

#[test]
fn rivals_show_what_they_think_and_what_they_did() {
    let mut harness = window(ASKING, "north", Tab::Rivals);
    end_month(&mut harness, Tab::Rivals);
    click(&mut harness, "More about Harbour");
    harness.get_by_label("Harbour Pay: in full");
    harness.get_by_label("Month 1: Harbour opens its service Harbour Pay to North Gate.");
    assert_eq!(harness.get_all_by_label("Its opinion of you").count(), 2);
    assert_eq!(orders(&harness), [], "there is nothing to pull");
}

#[test]
fn the_ledger_names_every_flow_and_adds_up_to_the_cash() {
    let mut harness = window(ASKING, "north", Tab::Ledger);
    harness.get_by_label_contains("Nothing has been booked yet");
    end_month(&mut harness, Tab::Ledger);
    for label in ["Commissions", "Fixed costs", "Cash before", "Cash now"] {
        harness.get_by_label(label);
    }
    let position = &played(&harness).position;
    let booked = booked(position.now(), position.me);
    let sum: f64 = booked.profit.parts.iter().chain(&booked.others).map(|part| part.amount).sum();
    assert!((booked.before + sum - booked.cash).abs() < 0.01);
    assert!((booked.profit.sum() - booked.profit.total).abs() < 0.01);
    assert!((booked.before - position.opening.cash[position.me]).abs() < 0.01, "it goes on from the opening");
}

#[test]
fn an_event_is_a_card_whose_answer_is_an_order_with_its_terms_beside_it() {
    let mut harness = window("arena/festivals", "lantern", Tab::Prices);
    (0..3).for_each(|_| end_month(&mut harness, Tab::Prices));
    assert_eq!(played(&harness).position.played(), 3);
    assert!(harness.query_by_label("Sellers ask for a charter").is_some());
    assert!(harness.query_by_label("Lantern pays ¥60.0\u{a0}M").is_some());
    assert!(harness.query_by_label("nothing at once (if you do not answer)").is_some());
    click(&mut harness, "Pay for the charter");
    let grant = Order::Choose { event: "sellers".into(), choice: "grant".into() };
    assert_eq!(orders(&harness), [grant]);
    // One answer, whichever is clicked last; a click on it takes it back.
    click(&mut harness, "Not this year");
    let decline = Order::Choose { event: "sellers".into(), choice: "decline".into() };
    assert_eq!(orders(&harness), [decline]);
    click(&mut harness, "Not this year");
    assert_eq!(orders(&harness), []);
    click(&mut harness, "Pay for the charter");
    end_month(&mut harness, Tab::Prices);
    let refused = &played(&harness).position.view.refused;
    assert!(refused.is_empty(), "{refused:?}");
    assert!(harness.query_by_label("Sellers ask for a charter").is_none(), "it is answered");
}

#[test]
fn the_season_is_told_before_it_comes() {
    let mut harness = window("arena/festivals", "lantern", Tab::Prices);
    let season = |harness: &Harness<Window>| {
        let node = harness.query_by_label_contains("People spend this month")?.accesskit_node();
        node.value().or_else(|| node.label())
    };
    let told = season(&harness).expect("January is no usual month");
    assert!(told.contains("Groceries +25%"), "{told}");
    (0..5).for_each(|_| end_month(&mut harness, Tab::Prices));
    let told = season(&harness).expect("June is a festival");
    assert!(told.contains("Electronics +50%"), "{told}");
}

#[test]
fn a_decision_of_the_regulator_waits_for_its_answer() {
    let mut harness = window("systems/s13_antitrust", "tower", Tab::Prices);
    click(&mut harness, "Forbid merchants to list elsewhere");
    assert_eq!(orders(&harness), [Order::Exclusivity { on: true }]);
    (0..8).for_each(|_| end_month(&mut harness, Tab::Prices));
    assert!(harness.query_by_label("The regulator has decided").is_some());
    click(&mut harness, "Contest");
    click(&mut harness, "Comply");
    assert_eq!(orders(&harness), [Order::Comply]);
    end_month(&mut harness, Tab::Rivals);
    assert!(harness.query_by_label("The regulator has decided").is_none());
    assert!(played(&harness).position.view.refused.is_empty());
    assert!(!played(&harness).position.view.own.policy.prices.exclusive, "whoever complies stops");
}
