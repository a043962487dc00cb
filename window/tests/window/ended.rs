//! The end of a match: what decided it, the best so far, and what to play next.

use egui_kittest::kittest::Queryable;
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::Bests;
use walled_gardens_window::desk::{Action, Screen};

use super::{settle, window};

#[test]
fn the_end_says_which_month_decided_it_what_was_best_and_what_to_play_next() {
    let mut harness = window(Some(("tutorial/first-game", "lotus")));
    let mut play = |orders: [Option<Order>; 2]| {
        let over = |harness: &egui_kittest::Harness<super::Window>| {
            harness.state().desk.played.as_ref().is_some_and(|played| played.position.is_over())
        };
        for month in 1.. {
            if over(&harness) {
                break;
            }
            if let Some(order) = orders.get(month - 1).cloned().flatten() {
                harness.state_mut().desk.act(Action::Order(order));
            }
            harness.state_mut().desk.act(Action::EndTurn);
            settle(&mut harness);
            harness.state_mut().desk.act(Action::Skip);
            harness.state_mut().desk.act(Action::Go(Screen::Play));
        }
        settle(&mut harness);
        assert_eq!(harness.state().desk.screen, Screen::End);
    };
    play([
        Some(Order::GovernanceBudget { amount: 4e7 }),
        Some(Order::MarketingBudget { region: None, amount: 1.2e8 }),
    ]);
    harness.get_by_label_contains("This is the best so far with this company.");
    harness.get_by_label("What decided it");
    harness.get_by_label("Month 1");
    harness.get_by_label("Month 2");
    harness.get_by_label_contains("Gold instead of Bronze");
    let kept = Bests::read(harness.state().desk.shelf.folder());
    assert_eq!(kept, harness.state().desk.bests);
    assert!(kept.best("tutorial/first-game", "lotus").is_some_and(|best| best.medal.is_some()));
    // What is to be played next is another level, which nobody has played; the briefing says what was best in this one.
    harness.get_by_label_contains("Next: ").click();
    harness.run_steps(4);
    let desk = &harness.state().desk;
    assert_eq!(desk.screen, Screen::Briefing);
    assert_ne!(desk.chosen_level().map(|level| level.id.as_str()), Some("tutorial/first-game"));
    harness.state_mut().desk.find("tutorial/first-game", &["lotus".to_owned()]);
    harness.run_steps(4);
    harness.get_by_label_contains("Best so far: Gold, place");
}
