//! What a seat may order now: the kinds, their bounds, and what they can be about.

use serde_json::{Value, json};

use super::dealings::dealings;
use super::shares::shares;
use super::terms::{Legal, Number, any_of};
use crate::strategy::PlatformView;

/// What a seat may order now and what would change anything, as far as cash goes. An offer's deal is for the seat to think of.
pub fn legal(view: &PlatformView) -> Vec<Legal> {
    if !view.level.platforms[view.me].here || !view.solvent(view.me) {
        return Vec::new();
    }
    let mut all = prices(view);
    all.extend(budgets(view));
    all.extend(dealings(view));
    all.extend(answers(view));
    all.extend(shares(view));
    all
}

fn places(view: &PlatformView) -> (Vec<Value>, Vec<Value>) {
    let regions = any_of(view.level.regions.iter().map(|region| &region.id));
    let categories = any_of(view.level.categories.iter().map(|category| &category.id));
    (regions, categories)
}

fn prices(view: &PlatformView) -> Vec<Legal> {
    let mut all = Vec::new();
    if !view.has_shop() {
        return all;
    }
    let (regions, categories) = places(view);
    let everywhere = || [("region", regions.clone()), ("category", categories.clone())];
    let [region, category] = everywhere();
    let audience = ("audience", vec![json!("Switchers"), json!("Everyone")]);
    all.push(Legal::of("TakeRate").about([("category", categories.clone())]));
    all.push(Legal::of("ConsumerFee").about(everywhere()));
    all.push(Legal::of("Coupon").about([region, category, audience]));
    all.extend(["AdvertLoad", "MembershipFee", "MerchantFee", "OutsideFunds"].map(Legal::of));
    let standard =
        Number { field: "standard", unit: "part of borrowers who get nothing", least: 0.0, most: Some(1.0) };
    let merchants = view.level.setup.merchants > 0;
    for kind in
        ["MerchantCredit", "BuyerCredit"].into_iter().filter(|kind| merchants || *kind == "BuyerCredit")
    {
        let mut loans = Legal::of(kind);
        loans.numbers.push(standard.clone());
        all.push(loans);
    }
    if merchants && view.level.shops().len() > 1 {
        let on = !view.own.policy.prices.exclusive;
        all.push(Legal::of("Exclusivity").about([("on", vec![json!(on)])]));
    }
    all
}

fn budgets(view: &PlatformView) -> Vec<Legal> {
    let mut all = vec![Legal::of("EngineeringBudget")];
    if !view.has_shop() {
        return all;
    }
    let (regions, categories) = places(view);
    all.extend(["BrandBudget", "GovernanceBudget", "AiBudget", "InvitationBudget"].map(Legal::of));
    all.push(Legal::of("CategoryBudget").about([("category", categories)]));
    all.push(Legal::of("MarketingBudget").about([("region", regions.clone())]));
    all.push(Legal::of("StoreBudget").about([("region", regions)]));
    let level = &view.level;
    let apps = level.apps().iter().map(|&(app, _)| &level.services[app]).collect::<Vec<_>>();
    let theirs = apps.iter().filter(|app| app.owner != Some(view.me));
    let theirs: Vec<Value> = theirs.map(|app| json!(app.id)).collect();
    if !theirs.is_empty() {
        all.push(Legal::of("VisitBudget").about([("service", theirs)]));
    }
    all
}

/// Answers to events and to the regulator, and bids. Offers are answered among dealings.
fn answers(view: &PlatformView) -> Vec<Legal> {
    let mut all = Vec::new();
    let mut choose = Legal::of("Choose");
    for waiting in view.public.chronicle.waiting_for(view.me) {
        let event = &view.level.events[waiting.event];
        let choices = event.choices.iter().map(|choice| json!(choice.id)).collect();
        choose = choose.about([("event", vec![json!(event.id)]), ("choice", choices)]);
    }
    if !choose.targets.is_empty() {
        all.push(choose);
    }
    if view.is_decided_against() || view.is_forbidden_something() {
        all.push(Legal::of("Comply"));
    }
    if view.is_decided_against() {
        all.push(Legal::of("Contest"));
    }
    for (lot, _) in view.for_sale() {
        let service = vec![json!(view.level.services[lot.service].id)];
        all.push(Legal::of("Bid").about([("service", service)]).within(lot.least, None));
    }
    all
}
