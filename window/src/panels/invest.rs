//! Investment: every budget a month, bound by cash; and what brings cash in, or buys parts of others.

use bevy_egui::egui::Ui;

use super::capital;
use super::lever::lever;
use super::prices::pick;
use crate::desk::{Action, Played};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::order::Order;

/// Where a budget is spent: kept by egui from frame to frame. Nothing means everywhere.
#[derive(Clone, Copy, Debug, Default)]
struct Scope {
    category: Option<usize>,
    region: Option<usize>,
}

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let (view, rehearsal) = (&played.position.view, &played.rehearsal);
    let level = &view.level;
    let budgets = &rehearsal.policy.budgets;
    let total = budgets.total();
    let cash = view.own.cash;
    widgets::heading(
        ui,
        &say!("investment"),
        &say!("of-cash", all = form::yuan(total), cash = form::yuan(cash)),
    );
    // Nobody spends a tenth of sales on one thing; who must can drag again.
    let usual = (0.03 * view.sales()).max(0.002 * cash).max(1.0);
    let id = ui.id().with("scope");
    let mut scope = ui.data(|data| data.get_temp::<Scope>(id).unwrap_or_default());
    let mut budget = |ui: &mut Ui, name: String, meaning: String, now: f64, order: &dyn Fn(f64) -> Order| {
        let most = usual.max(2.0 * now).min((cash - total + now).max(now));
        lever(ui, &name, &meaning, now, most, &form::yuan, |amount| {
            out.push(Action::Order(order(amount)));
        });
    };
    if view.has_shop() {
        let brand = |amount| Order::BrandBudget { amount };
        budget(ui, say!("brand"), say!("brand-meaning"), budgets.brand, &brand);
        let governance = |amount| Order::GovernanceBudget { amount };
        budget(ui, say!("governance"), say!("governance-meaning"), budgets.governance, &governance);
        let ai = |amount| Order::AiBudget { amount };
        budget(ui, say!("ai"), say!("ai-meaning"), budgets.ai, &ai);
        let does = view.public.ai[view.me];
        if does > 0.0 {
            ui.label(theme::small(say!("ai-does", part = form::percent(does))));
        }
        let invitations = |amount| Order::InvitationBudget { amount };
        if !level.apps().is_empty() {
            budget(ui, say!("invitations"), say!("invitations-meaning"), budgets.invitations, &invitations);
        }
        ui.separator();
        pick(
            ui,
            &say!("in-category"),
            level.categories.iter().map(|c| of_level(&c.name)),
            &mut scope.category,
        );
        let category = scope.category.map(|place| level.categories[place].id.clone());
        let order = |amount| Order::CategoryBudget { category: category.clone(), amount };
        let now = sum(scope.category, &budgets.categories);
        budget(ui, say!("category-strength"), say!("category-strength-meaning"), now, &order);
        ui.separator();
        pick(ui, &say!("in-region"), level.regions.iter().map(|r| of_level(&r.name)), &mut scope.region);
        let region = scope.region.map(|place| level.regions[place].id.clone());
        let order = |amount| Order::MarketingBudget { region: region.clone(), amount };
        budget(
            ui,
            say!("marketing"),
            say!("marketing-meaning"),
            sum(scope.region, &budgets.marketing),
            &order,
        );
        let order = |amount| Order::StoreBudget { region: region.clone(), amount };
        budget(ui, say!("stores"), say!("stores-meaning"), sum(scope.region, &budgets.stores), &order);
        for (place, (number, _)) in level.apps().into_iter().enumerate() {
            let service = &level.services[number];
            if service.owner != Some(view.me) {
                let order = |amount| Order::VisitBudget { service: service.id.clone(), amount };
                let name = say!("visits-from", what = of_level(&service.name));
                budget(ui, name, say!("visits-meaning"), budgets.visits[place], &order);
            }
        }
    } else {
        ui.label(theme::small(say!("no-shop-no-investment")));
    }
    if !level.services.is_empty() {
        let order = |amount| Order::EngineeringBudget { amount };
        budget(ui, say!("engineering"), say!("engineering-meaning"), budgets.engineering, &order);
    }
    ui.data_mut(|data| data.insert_temp(id, scope));
    capital::show(ui, played, out);
}

fn sum(place: Option<usize>, amounts: &[f64]) -> f64 {
    place.map_or_else(|| amounts.iter().sum(), |place| amounts[place])
}
