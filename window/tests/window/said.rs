//! What is said in figures: money in yuan however little it is, and months only where there are some.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use walled_gardens_engine::level::set;
use walled_gardens_engine::order::{Access, Deal, Term};
use walled_gardens_window::desk::{Action, Proposal, Screen, Tab};
use walled_gardens_window::words;

use super::painted::painted;
use super::{Window, enter, orders, settle, window};

const USUAL: Vec2 = Vec2::new(1_280.0, 800.0);
/// Less than a yuan, as it is typed and as it is written.
const LITTLE: [(&str, &str); 3] = [("0.05", "¥0.05"), ("0.5", "¥0.50"), ("0.99", "¥0.99")];
/// How numbers begin that are parts of something, or parcels.
const PARTS: [&str; 14] = [
    "Commission",
    "Advert load",
    "Consumer fee",
    "Coupon",
    "Interest to",
    "Merchants refused",
    "Buyers refused",
    "Outside funds",
    "Dividend",
    "New shares",
    "Shares of",
    "Listing of",
    "Stake in",
    "Room of",
];

/// The names of the numbers that are money.
fn money(harness: &Harness<Window>) -> Vec<String> {
    let fields = harness.query_all_by_role(Role::SpinButton).filter_map(|node| node.accesskit_node().label());
    let names = fields.filter_map(|label| label.strip_suffix(", in figures").map(str::to_owned));
    names.filter(|name| !PARTS.iter().any(|part| name.starts_with(part))).collect()
}

/// What is painted of a number.
fn shown(harness: &Harness<Window>, name: &str) -> String {
    let label = format!("{name}, in figures");
    let place: Rect = harness.get_by_role_and_label(Role::SpinButton, &label).rect();
    let mut texts = painted(harness, USUAL).into_iter();
    // What lies behind it is painted before it.
    let last = texts.rfind(|text| place.expand(1.0).contains(text.place.center()));
    last.map(|text| text.text).unwrap_or_default()
}

/// Types little into every number of what is shown that is money; how many there were.
fn little(harness: &mut Harness<Window>) -> usize {
    let names = money(harness);
    for name in &names {
        for (typed, written) in LITTLE {
            enter(harness, name, typed);
            let shown = shown(harness, name);
            assert!(
                shown.starts_with(written) && !shown.contains('%'),
                "{name}: {typed} is shown as {shown}"
            );
        }
    }
    names.len()
}

/// Orders stand on the plan with yuan alone.
fn stand_in_yuan(harness: &Harness<Window>) {
    let played = harness.state().desk.played.as_ref().expect("a match");
    for order in orders(harness) {
        let (what, much) = words::order(&played.position.level, &order);
        assert_eq!(much, "¥0.99", "{what}");
    }
    let lines = harness.query_all_by_label("¥0.99").count();
    assert!(lines > 0 || orders(harness).is_empty(), "what was ordered stands on the plan");
}

#[test]
fn less_than_a_yuan_is_money_in_every_lever_that_is_money() {
    let mut harness = window(Some(("history/china_2024", "jd")));
    for (tab, least) in [(Tab::Prices, 2), (Tab::Invest, 8)] {
        harness.state_mut().desk.act(Action::Tab(tab));
        harness.run_steps(4);
        let all = little(&mut harness);
        assert!(all >= least, "{tab:?}: {all}");
    }
    stand_in_yuan(&harness);
    // The price of a carrier, for one and for everybody.
    let mut harness = window(Some(("history/china_2024", "jd")));
    harness.state_mut().desk.act(Action::Tab(Tab::Links));
    harness.run_steps(4);
    for whom in ["Pinduoduo", "everybody"] {
        harness.get_by_label(&format!("JD Logistics to {whom}")).click();
        harness.run_steps(4);
        assert_eq!(little(&mut harness), 1, "{whom}");
    }
    stand_in_yuan(&harness);
}

#[test]
fn less_than_a_yuan_is_money_in_every_part_of_an_offer() {
    let mut harness = window(Some(("history/china_2024", "jd")));
    let level = harness.state().desk.played.as_ref().expect("a match").position.level.clone();
    let with = level.platforms.iter().position(|platform| platform.id == "alibaba").expect("is there");
    let open = |id: &str| Term::Service { service: id.to_owned(), access: Access::Native, price: None };
    let (gives, asks) = (vec![open("jd-logistics")], vec![open("cainiao")]);
    let deal = Deal { gives, asks, months: 12, notice: 3, penalty: 0.0 };
    harness.state_mut().desk.act(Action::Compose(Proposal { with, counter: false, deal }));
    harness.run_steps(4);
    // What lies behind the window is not what is looked at.
    harness.state_mut().desk.act(Action::Tab(Tab::Rivals));
    harness.run_steps(4);
    assert_eq!(little(&mut harness), 5, "two prices, two payments and what a breach costs");
    let deal = harness.state().desk.proposal.as_ref().expect("is composed").deal.clone();
    assert_eq!((deal.gives.len(), deal.asks.len(), deal.penalty), (2, 2, 0.99));
    let view = harness.state().desk.position().expect("is played").view.clone();
    let gives = deal.gives.iter().map(|term| ((view.me, with), term));
    for (parties, term) in gives.chain(deal.asks.iter().map(|term| ((with, view.me), term))) {
        let said = words::term(&view, term, parties);
        assert!(said.contains("¥0.99") && !said.contains('%'), "{said}");
        assert!(harness.query_all_by_label_contains(&said).count() > 0, "{said} is weighed");
    }
}

/// Everything that is said on a screen.
fn said(harness: &Harness<Window>) -> String {
    let all = harness.query_all_by_role(Role::Label);
    let all: Vec<String> = all.filter_map(|node| node.value().or(node.accesskit_node().label())).collect();
    all.join("\n")
}

#[test]
fn a_month_after_the_last_is_one_and_of_none_nothing_is_said() {
    let (alone, aims) = (
        (include_str!("../../../levels/tutorial/two-gardens.ron"), "1 month"),
        (include_str!("../../../levels/tutorial/first-game.ron"), "12 months"),
    );
    for (level, turns) in [alone, aims] {
        for (aftermath, later) in [(0, None), (1, Some("1 month later")), (2, Some("2 months later"))] {
            let mut harness = window(None);
            let folder = harness.state().folder.path().join("levels");
            std::fs::create_dir_all(&folder).expect("a folder");
            let text = set(level, &format!("setup.aftermath={aftermath}")).expect("is set");
            let text = if turns == "1 month" { set(&text, "setup.turns=1").expect("is set") } else { text };
            std::fs::write(folder.join("mine.ron"), text).expect("is written");
            harness.state_mut().desk.list_folder(&folder);
            harness.state_mut().desk.act(Action::Choose(0));
            let check = |harness: &Harness<Window>, what: &str| {
                let said = said(harness);
                for wrong in [" 0 month", " 1 months"] {
                    assert!(!said.replace('\n', " ").contains(wrong), "{what}, {aftermath}: {said}");
                }
                let told = ["month later", "months later"].iter().any(|words| said.contains(words));
                assert_eq!(told, later.is_some(), "{what}, {aftermath}: {said}");
                assert!(later.is_none_or(|later| said.contains(later)), "{what}: {said}");
                said
            };
            harness.state_mut().desk.act(Action::Go(Screen::Briefing));
            harness.run_steps(4);
            let briefing = check(&harness, "the briefing");
            assert!(briefing.contains(&format!("You decide for {turns}")), "{briefing}");
            if turns != "1 month" {
                continue;
            }
            harness.state_mut().desk.act(Action::Begin);
            settle(&mut harness);
            harness.state_mut().desk.act(Action::EndTurn);
            settle(&mut harness);
            // How the value was judged is said where it stands.
            harness.query_all_by_label_contains("Value ¥").next().expect("is there").hover();
            harness.run_steps(60);
            let judged = said(&harness);
            assert!(judged.contains("Profits to come are"), "{judged}");
            assert_eq!(judged.contains("after the last"), aftermath > 0, "{judged}");
            for wrong in [" 0 months", " 1 months"] {
                assert!(!judged.contains(wrong), "{judged}");
            }
            harness.remove_cursor();
            harness.state_mut().desk.act(Action::Go(Screen::End));
            harness.run_steps(4);
            let end = check(&harness, "the end");
            let columns = ["WORTH", "Worth"].iter().any(|title| end.lines().any(|line| line == *title));
            assert_eq!(columns, aftermath > 0, "{end}");
        }
    }
}
