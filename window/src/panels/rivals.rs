//! Rivals: what is publicly known of each, what it thinks of this company and is thought of by it, and what they did to
//! each other.

use bevy_egui::egui::{Align, Id, Label, Layout, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::balance::gain;
use super::credit;
use crate::desk::Played;
use crate::form::{self, Form};
use crate::texts::{of_level, say, text};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::order::Access;
use walled_gardens_engine::play::{Figure, Position, share, users};
use walled_gardens_engine::sim::Prices;
use walled_gardens_engine::sim::state::events::Event;
use walled_gardens_engine::sim::state::loans::LoanFigures;
use walled_gardens_engine::sim::state::relations::{Deed, deeds};

/// The panel.
pub fn show(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    widgets::heading(ui, &say!("rivals"), &say!("what-everybody-knows"));
    let mut picked = ui.data(|data| data.get_temp::<Option<usize>>(looked_at())).flatten();
    let sought = ui.data_mut(|data| data.remove_temp::<usize>(looked_at().with("sought")));
    for other in position.view.others() {
        widgets::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.spacing_mut().interact_size.y = 18.0;
            if sought == Some(other) {
                ui.scroll_to_cursor(Some(Align::Min));
            }
            if head(ui, position, other, picked == Some(other)) {
                picked = (picked != Some(other)).then_some(other);
            }
            facts(ui, position, other);
            judged(ui, position, other);
            opinions(ui, position, other);
            if picked == Some(other) {
                details(ui, position, other);
            }
        });
    }
    ui.data_mut(|data| data.insert_temp(looked_at(), picked));
    for (newcomer, known) in position.level.platforms.iter().enumerate() {
        if newcomer != position.me && !position.is_here(newcomer) {
            ui.horizontal(|ui| {
                widgets::mark(ui, newcomer);
                ui.label(theme::strong(of_level(&known.name)));
                let when = words::opens(&position.view.level, newcomer);
                ui.label(theme::small(when).color(theme::palette().weak));
            });
        }
    }
}

/// Where egui remembers which rival's card is open.
fn looked_at() -> Id {
    Id::new("rival that is looked at")
}

/// Opens a rival's card, and scrolls to it.
pub(super) fn look_at(ui: &Ui, rival: usize) {
    ui.data_mut(|data| {
        data.insert_temp(looked_at(), Some(rival));
        data.insert_temp(looked_at().with("sought"), rival);
    });
}

/// Name and share; whether it was clicked.
fn head(ui: &mut Ui, position: &Position, rival: usize, open: bool) -> bool {
    let level = &position.level;
    let name = &of_level(&level.platforms[rival].name);
    ui.horizontal(|ui| {
        widgets::mark(ui, rival);
        let sign = if open { "−" } else { "+" };
        let label = Label::new(theme::strong(format!("{name}  {sign}"))).sense(Sense::click());
        let response = ui.add(label);
        let all = say!("all-about", whom = name);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, all.clone()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if level.platforms[rival].shop.is_none() {
                ui.label(theme::small(say!("no-shop")));
                return;
            }
            let (now, before) = (share(position.now(), rival), share(position.before(), rival));
            let change = now.total - before.total;
            if change.abs() >= 5e-4 {
                ui.label(widgets::change(Form::Percent, change));
            }
            let text = theme::strong(Form::Percent.write(now.total));
            widgets::number(ui, level, text, Form::Percent, &say!("share-of", who = name), &now);
        });
        response.on_hover_text(all).clicked()
    })
    .inner
}

/// A name and a number after it.
fn fact(ui: &mut Ui, name: String, value: String) {
    ui.label(theme::small(name).color(theme::palette().weak));
    ui.label(theme::small(value).color(theme::palette().text));
    ui.add_space(6.0);
}

fn facts(ui: &mut Ui, position: &Position, rival: usize) {
    let (level, public) = (&position.level, &position.view.public);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
        if let Some(prices) = &public.prices[rival] {
            let users = users(position.now(), rival);
            ui.label(theme::small(words::figure(Figure::Users)).color(theme::palette().weak));
            let text = theme::small(Form::Count.write(users.total)).color(theme::palette().text);
            let name = say!("buyers-of", who = of_level(&level.platforms[rival].name));
            widgets::number(ui, level, text, Form::Count, &name, &users);
            ui.add_space(6.0);
            fact(ui, say!("trust"), form::percent(public.trust[rival]));
            if public.ai[rival] > 0.0 {
                fact(ui, say!("metric-ai"), form::percent(public.ai[rival]));
            }
            asks(ui, prices);
            lends(ui, prices, &public.loans[rival]);
        }
        if let Some(books) = &public.books {
            fact(ui, say!("cash"), form::yuan(books[rival].cash));
            fact(ui, say!("profit"), form::yuan(books[rival].profit));
        }
    });
}

/// What is thought of it, and how far the regulator has gone: the tab beside this one tells why.
fn judged(ui: &mut Ui, position: &Position, rival: usize) {
    let level = &position.level;
    let opinion = words::opinion(position.now().public_opinion[rival]);
    let opinion = level.market.moves_opinion().then_some(opinion);
    let file = &position.view.public.files.0[rival];
    let stage = level.regulator.as_ref().map(|_| {
        let (how, much) = (words::stage(level, file.stage), form::decimal(file.attention(), 1));
        say!("regulator-and-weight", how = how, much = much)
    });
    let told: Vec<String> = opinion.into_iter().chain(stage).collect();
    if !told.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
            fact(ui, say!("tab-public"), told.join(" · "));
        });
    }
}

/// What it lends on, what is owed to it and what defaults; nothing of whoever lends to nobody.
fn lends(ui: &mut Ui, prices: &Prices, loans: &LoanFigures) {
    let sides =
        [("order-merchant-credit", prices.credit.merchants), ("order-buyer-credit", prices.credit.buyers)];
    for (name, terms) in sides {
        if terms.lends() {
            let (rate, standard) = (form::percent(terms.rate), form::percent(terms.standard));
            fact(ui, text(name), say!("loan-terms", rate = rate, standard = standard));
        }
    }
    if let Some(standing) = credit::standing(loans) {
        fact(ui, say!("credit"), standing);
    }
}

/// Its prices: from the lowest to the highest where they differ.
fn asks(ui: &mut Ui, prices: &Prices) {
    let span = |rates: &mut dyn Iterator<Item = f64>| {
        let (least, most) = rates.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
        if form::percent(least) == form::percent(most) {
            form::percent(least)
        } else {
            say!("range", low = form::percent(least), high = form::percent(most))
        }
    };
    let deepest = prices.coupons.cells().iter().map(|coupon| coupon.depth).fold(0.0, f64::max);
    fact(ui, say!("take-rate"), span(&mut prices.take_rates.iter().copied()));
    fact(ui, say!("advert-load"), form::percent(prices.advert_load));
    fact(ui, say!("consumer-fee"), span(&mut prices.consumer_fees.cells().iter().copied()));
    if deepest > 0.0 {
        fact(ui, say!("coupons-up-to"), form::percent(deepest));
    }
}

/// What an opinion is, and how it comes about.
pub(super) fn meaning(level: &Level) -> String {
    let fades = form::percent(level.market.relation_decay);
    say!("opinion-meaning", fades = fades, kept = words::opinion(Deed::Kept.weight()))
}

fn opinions(ui: &mut Ui, position: &Position, rival: usize) {
    let relations = &position.view.public.ecosystem.relations.0;
    let meaning = meaning(&position.level);
    for (name, opinion) in [
        (say!("thinks-of-you"), relations[[rival, position.me]]),
        (say!("you-think-of-it"), relations[[position.me, rival]]),
    ] {
        let line = ui.horizontal(|ui| {
            widgets::cell(ui, 128.0, 18.0, |ui| ui.label(theme::small(name)));
            widgets::scale(ui, 92.0, opinion, gain(opinion));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme::strong(words::opinion(opinion)).size(12.0).color(gain(opinion)));
            });
        });
        line.response.on_hover_text(&meaning);
    }
}

/// What it has open to this company, and what they did to each other.
fn details(ui: &mut Ui, position: &Position, rival: usize) {
    let level = &position.view.level;
    let ecosystem = &position.view.public.ecosystem;
    ui.label(theme::caption(say!("its-gates-to-you")));
    let own = (0..level.services.len()).filter(|&service| level.services[service].owner == Some(rival));
    let mut any = false;
    for service in own {
        any = true;
        let counterpart = ecosystem.services[service].counterparts[position.me];
        let (sign, colour) = match counterpart.granted {
            Access::Blocked => ("×", theme::palette().bad),
            _ => ("•", theme::palette().good),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(sign).color(colour));
            let depth = words::access(counterpart.granted);
            ui.label(theme::small(say!(
                "use-name",
                what = of_level(&level.services[service].name),
                how = depth
            )));
        });
    }
    if !any {
        ui.label(theme::small(say!("owns-no-service")));
    }
    ui.label(theme::caption(say!("between-you")));
    let between = events(position, rival);
    if between.is_empty() {
        ui.label(theme::small(say!("nothing-between-you")));
    }
    for (turn, event) in between {
        let (_, text) = words::event(level, &event);
        let line = say!("month-and-event", month = words::month(level, turn), what = text);
        ui.label(theme::small(line).color(theme::palette().text));
        for (by, to, deed) in deeds(&event) {
            let of = |platform: usize| of_level(&level.platforms[platform].name);
            let much = words::opinion(deed.weight());
            ui.label(theme::small(say!("deed-moved", who = of(to), whom = of(by), much = much)));
        }
    }
}

/// What a rival and this company did to each other, the latest first.
fn events(position: &Position, rival: usize) -> Vec<(u32, Event)> {
    let me = position.me;
    let between = |event: &Event| {
        let pair = (event.by(), event.towards());
        pair == (Some(rival), Some(me)) || pair == (Some(me), Some(rival))
    };
    let turns = position.turns.iter().rev();
    let of_turn = |turn: &std::sync::Arc<walled_gardens_engine::play::PlayedTurn>| {
        let outcome = &turn.record.outcome;
        let news = outcome.news.iter().copied().filter(|event| between(event));
        news.map(|event| (outcome.turn, event)).collect::<Vec<_>>()
    };
    turns.flat_map(of_turn).collect()
}
