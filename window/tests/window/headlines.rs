//! The report's headline is the weightiest news of the month, and the next few stand below it; every kind has its sentence.

use std::collections::BTreeSet;

use egui_kittest::kittest::Queryable;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Figure, GoalChange, Label, Place, Price, PriceMove, Story, headlines};
use walled_gardens_engine::sim::ChoiceTerm;
use walled_gardens_engine::sim::state::events::Event;
use walled_gardens_engine::strategy::vocabulary;
use walled_gardens_window::desk::{Action, Screen};
use walled_gardens_window::words;

use super::{settle, window};

#[test]
fn a_report_begins_with_the_weightiest_news_and_the_map_tells_the_same() {
    let mut harness = window(Some(("tutorial/four-gardens", "lotus")));
    for _ in 0..2 {
        harness.state_mut().desk.act(Action::Go(Screen::Play));
        harness.state_mut().desk.act(Action::EndTurn);
        settle(&mut harness);
    }
    assert_eq!(harness.state().desk.screen, Screen::Report);
    let position = harness.state().desk.played.as_ref().expect("a match").position.clone();
    let told = headlines(&position);
    assert!(told.len() > 1, "{told:?}");
    let text = |place: usize| words::story(&position.level, Some(position.me), &told[place].story);
    harness.get_by_label(&format!("Month 2: {}", text(0)));
    harness.get_by_label(&text(1));
    harness.state_mut().desk.act(Action::Go(Screen::Play));
    harness.run_steps(4);
    let (first, second) = (harness.get_by_label(&text(0)).rect(), harness.get_by_label(&text(1)).rect());
    let strip = 800.0 - walled_gardens_window::theme::NEWS;
    assert!(strip < first.top() && first.top() < second.top(), "{first:?} {second:?}");
}

/// Two of each kind of story where there are two sides to it.
fn of_every_kind() -> Vec<Story> {
    let moved = |price, from, to| PriceMove { price, category: None, from, to, stake: 1.0 };
    let prices = [
        Price::Commission,
        Price::ConsumerFee,
        Price::Adverts,
        Price::Coupons,
        Price::Membership,
        Price::Listing,
        Price::MerchantLoans,
        Price::BuyerLoans,
    ];
    let mut all = vec![
        Story::Between(Event::Entered { platform: 1 }),
        Story::RanOut { agreement: 1, with: 1 },
        Story::RunsOut { agreement: 1, with: 1, turn: 3 },
        Story::Dropped { by: 1, service: 0 },
        Story::Overtaken { by: 0, whom: 1 },
        Story::Overtaken { by: 1, whom: 0 },
        Story::Crowd { from: 0, to: 1, people: 1e6, mostly: None },
        Story::Crowd { from: 1, to: 0, people: 1e6, mostly: Some(ChoiceTerm::Coupons) },
        Story::Crowd { from: 1, to: 2, people: 1e6, mostly: None },
        Story::Missed { figure: Figure::Profit, expected: 1.0, found: 2.0, mostly: None },
        Story::Missed { figure: Figure::Cash, expected: 1.0, found: 2.0, mostly: Some(Label::Cash) },
        Story::Opens { platform: 1 },
        Story::FirstWallet { service: 0, from: 1 },
        Story::WorthMost { by: 1, from: 2 },
        Story::Season { turn: 1, spending: 1.2 },
        Story::Dividend { by: 1, from: 0.1, to: 0.0 },
    ];
    for price in prices {
        for (from, to) in [(0.1, 0.2), (0.2, 0.1), (0.1, 0.0)] {
            let moves = vec![moved(price, from, to), moved(Price::Adverts, 0.1, 0.2)];
            all.push(Story::Prices { by: 1, moves, won: 1e6 });
        }
    }
    for turn in
        [GoalChange::Won, GoalChange::Lost, GoalChange::InDanger, GoalChange::InReach, GoalChange::Due(3)]
    {
        all.push(Story::Goal { objective: 0, turn });
    }
    for place in [Place::Everywhere, Place::Category(0), Place::Region(0)] {
        for (by, from) in [(0, 1), (1, 0), (1, 2)] {
            all.push(Story::FirstPlace { place, by, from, part: 0.5 });
        }
    }
    for (from, to) in [(0.5, 0.6), (0.6, 0.5)] {
        all.extend([
            Story::ServicePrice { service: 0, from, to, volume: 1.0 },
            Story::Ai { of: 1, from, to },
            Story::Trust { of: 1, from, to },
            Story::Opinion { of: 1, from, to },
            Story::Room { service: 0, from, to },
            Story::Budgets { by: 1, from, to },
            Story::Swing { place: Place::Category(0), from, to, sales: 1.0 },
            Story::Share { mark: 0.5, from, to },
            Story::OnFile { of: 1, from, to, warning: 3.0 },
            Story::Economy { from, to },
            Story::Crowded { service: 0, load: 2.0 * to, mine: 0.1 },
            Story::Habit { service: 0, from, to },
            Story::Worth { of: 0, from, to },
            Story::Worth { of: 1, from, to },
            Story::Dividend { by: 1, from, to },
            Story::Defaults { of: 1, from, to, owed: 1.0 },
            Story::People { net: to - from },
            Story::Commons { net: to - from },
            Story::Merchants { of: 1, net: to - from, listed: 1.0 },
            Story::Earns { profit: to - from },
        ]);
    }
    for figure in [Figure::Profit, Figure::Users, Figure::Cash, Figure::Value] {
        all.extend([true, false].map(|high| Story::Record { figure, high, was: 1.0, is: 2.0 }));
    }
    all
}

#[test]
fn every_kind_of_story_has_a_sentence_and_there_are_far_more_than_thirty() {
    let level = Level::find("history/china_2024", &[], &vocabulary()).expect("is shipped");
    let (mut kinds, mut told) = (BTreeSet::new(), BTreeSet::new());
    for story in of_every_kind() {
        for me in [Some(0), None] {
            let text = words::story(&level, me, &story);
            let key = ["news-", "move-", "record-", "deed-"].iter().any(|begins| text.contains(begins));
            assert!(!key && text.ends_with('.') && text.len() > 12, "{story:?}: {text}");
            told.insert(text);
        }
        kinds.insert(story.topic().kind);
    }
    assert!(kinds.len() >= 40, "{} kinds", kinds.len());
    assert!(told.len() >= 90, "{} sentences", told.len());
}
