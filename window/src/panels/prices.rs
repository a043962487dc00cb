//! Prices: what the platform asks of merchants and buyers, and its coupons.

use bevy_egui::egui::{ComboBox, Ui};

use super::credit;
use super::lever::lever;
use crate::desk::{Action, Played};
use crate::form;
use crate::panels::gates::toggle;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::{Level, MAX_RATE};
use walled_gardens_engine::order::{Audience, Order};
use walled_gardens_engine::sim::Prices;

/// Where a price holds: kept by egui from frame to frame. Nothing means everywhere.
#[derive(Clone, Copy, Debug, Default)]
struct Scope {
    category: Option<usize>,
    region: Option<usize>,
    audience: Audience,
}

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let level = &played.position.level;
    if level.platforms[played.position.me].shop.is_none() {
        ui.label(theme::small(say!("no-shop-no-prices")));
        return;
    }
    let prices = &played.rehearsal.policy.prices;
    let id = ui.id().with("scope");
    let mut scope = ui.data(|data| data.get_temp::<Scope>(id).unwrap_or_default());
    pick(ui, &say!("in-category"), level.categories.iter().map(|c| of_level(&c.name)), &mut scope.category);
    let category = scope.category.map(|place| level.categories[place].id.clone());
    let rate = mean(scope.category, &prices.take_rates);
    let hint = say!("take-rate-meaning");
    lever(ui, &say!("take-rate"), &hint, rate, 0.15, &percent, |rate| {
        out.push(Action::Order(Order::TakeRate { category: category.clone(), rate }));
    });
    let load = prices.advert_load;
    lever(ui, &say!("advert-load"), &say!("advert-load-meaning"), load, MAX_RATE, &percent, |load| {
        out.push(Action::Order(Order::AdvertLoad { load }));
    });
    ui.separator();
    pick(ui, &say!("in-region"), level.regions.iter().map(|r| of_level(&r.name)), &mut scope.region);
    let region = scope.region.map(|place| level.regions[place].id.clone());
    let fee = mean_of(level, scope, |region, category| prices.consumer_fees[[region, category]]);
    lever(ui, &say!("consumer-fee"), &say!("consumer-fee-meaning"), fee, 0.15, &percent, |rate| {
        let order = Order::ConsumerFee { region: region.clone(), category: category.clone(), rate };
        out.push(Action::Order(order));
    });
    coupon(ui, level, prices, &mut scope, out);
    ui.separator();
    let fee = prices.membership_fee;
    lever(ui, &say!("membership-fee"), &say!("membership-fee-meaning"), fee, 50.0, &form::yuan, |fee| {
        out.push(Action::Order(Order::MembershipFee { fee }));
    });
    let fee = prices.merchant_fee;
    lever(ui, &say!("merchant-fee"), &say!("merchant-fee-meaning"), fee, 200.0, &form::yuan, |fee| {
        out.push(Action::Order(Order::MerchantFee { fee }));
    });
    let bound = played.position.view.own.policy.prices.exclusive;
    let name = if bound { say!("free-merchants") } else { say!("bind-merchants") };
    toggle(ui, played, &name, &say!("exclusivity-meaning"), Order::Exclusivity { on: !bound }, out);
    credit::show(ui, played, out);
    ui.data_mut(|data| data.insert_temp(id, scope));
}

fn coupon(ui: &mut Ui, level: &Level, prices: &Prices, scope: &mut Scope, out: &mut Vec<Action>) {
    let depth = mean_of(level, *scope, |region, category| prices.coupons[[region, category]].depth);
    let category = scope.category.map(|place| level.categories[place].id.clone());
    let region = scope.region.map(|place| level.regions[place].id.clone());
    let order = |audience: Audience, depth: f64| Order::Coupon {
        region: region.clone(),
        category: category.clone(),
        audience,
        depth,
    };
    lever(ui, &say!("coupon"), &say!("coupon-meaning"), depth, 0.3, &percent, |depth| {
        out.push(Action::Order(order(scope.audience, depth)));
    });
    let audiences =
        [Audience::Switchers, Audience::Everyone].map(|audience| (audience, words::audience(audience)));
    if let Some(chosen) = widgets::choices(ui, &audiences, scope.audience) {
        scope.audience = chosen;
        if depth > 0.0 {
            out.push(Action::Order(order(chosen, depth)));
        }
    }
}

fn percent(rate: f64) -> String {
    form::percent_to(rate, 2)
}

fn mean(place: Option<usize>, rates: &[f64]) -> f64 {
    place.map_or_else(|| rates.iter().sum::<f64>() / rates.len().max(1) as f64, |place| rates[place])
}

fn mean_of(level: &Level, scope: Scope, value: impl Fn(usize, usize) -> f64) -> f64 {
    let range = |place: Option<usize>, all: usize| place.map_or(0..all, |place| place..place + 1);
    let (mut sum, mut count) = (0.0, 0.0);
    for region in range(scope.region, level.regions.len()) {
        for category in range(scope.category, level.categories.len()) {
            sum += value(region, category);
            count += 1.0;
        }
    }
    sum / f64::max(count, 1.0)
}

/// One of several, or all of them; absent where there is one alone.
pub(super) fn pick(
    ui: &mut Ui,
    label: &str,
    names: impl Iterator<Item = String>,
    chosen: &mut Option<usize>,
) {
    let names: Vec<String> = names.collect();
    if names.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        ui.label(theme::small(label));
        let all = say!("all");
        let shown = chosen.map_or(all.as_str(), |place| &names[place]);
        ComboBox::from_id_salt(label).width(ui.available_width() - 8.0).selected_text(shown).show_ui(
            ui,
            |ui| {
                ui.selectable_value(chosen, None, all.as_str());
                for (place, name) in names.iter().enumerate() {
                    ui.selectable_value(chosen, Some(place), name);
                }
            },
        );
    });
}
