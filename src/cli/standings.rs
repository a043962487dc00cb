//! The end of a story: who stands where, what services carry, and what the winner's lead is made of.

use std::io::Write;

use anyhow::Result;

use super::story::from_to;
use super::tables::{Table, change, count, percent, yuan};
use crate::game::{Match, rank, winner};
use crate::level::Level;
use crate::level::services::ServiceKind;
use crate::sim::metrics::metric;
use crate::sim::metrics::{OfService, Scope};
use crate::sim::{Flow, Hindsight, Outcome};

/// Reasons named at most.
const REASONS: usize = 3;

/// Prints standings by value, and the reason for the winner's lead.
pub(super) fn standings(out: &mut impl Write, game: &Match, opening: &Outcome) -> Result<()> {
    let level = game.simulation().level();
    let outcome = game.simulation().outcome();
    let mut order: Vec<usize> = outcome.platforms().collect();
    let worth = outcome.worth();
    order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]));
    let mut table = Table::new(&[
        "#",
        "<platform",
        "<strategy",
        "worth",
        "value",
        "cash",
        "profit/month",
        "share of sales",
        "users",
        "fees",
    ]);
    for &platform in &order {
        let shop = level.platforms[platform].shop.is_some();
        let only = |text: String| if shop { text } else { "–".to_owned() };
        table.row([
            rank(outcome, platform).to_string(),
            level.platforms[platform].name.clone(),
            game.setup().seats[platform].name().to_owned(),
            yuan(worth[platform]),
            yuan(outcome.value[platform]),
            yuan(outcome.cash[platform]),
            yuan(outcome.profit[platform]),
            only(from_to(opening.share(platform), outcome.share(platform))),
            only(count(outcome.user_count(platform))),
            only(percent(outcome.take_rate(platform))),
        ]);
    }
    write!(out, "\n{table}")?;
    if let Some(Hindsight { months: months @ 1.., .. }) = outcome.in_hindsight {
        let later = if months == 1 { "1 month".to_owned() } else { format!("{months} months") };
        writeln!(out, "Worth: value {later} later, everybody carrying on; by it companies are ranked.")?;
    }
    writeln!(out)?;
    if !level.services.is_empty() {
        writeln!(out, "{}", services(level, outcome))?;
    }
    let name = |platform: usize| level.platforms[platform].name.as_str();
    match (winner(outcome), order.get(1)) {
        (Some(first), Some(&second)) => {
            let lead = worth[first] - worth[second];
            let cash = outcome.in_hindsight.as_ref().map_or(&outcome.cash, |later| &later.cash);
            let cash = cash[first] - cash[second];
            writeln!(
                out,
                "{} wins by {} over {}: {} in profits to come, {} in cash.",
                name(first),
                yuan(lead),
                name(second),
                change(lead - cash),
                change(cash),
            )?;
            writeln!(
                out,
                "Profit of the last month, against {}: {}.",
                name(second),
                reasons(outcome, first, second)
            )?;
        }
        (Some(only), None) => writeln!(out, "{} had nobody to beat.", name(only))?,
        (None, _) => writeln!(out, "Nobody wins: the leaders are worth exactly the same.")?,
    }
    Ok(())
}

/// What each service carried in the last month.
fn services(level: &Level, outcome: &Outcome) -> Table {
    let mut table = Table::new(&["<service", "<owner", "use", "profit/month"]);
    for (number, service) in level.services.iter().enumerate() {
        let scope = Scope { service: Some(OfService::of(level, number)), ..Scope::MARKET };
        let value = |name: &str| metric(name).and_then(|metric| (metric.of)(outcome, scope)).unwrap_or(0.0);
        let used = match service.kind {
            ServiceKind::Wallet(_) => format!("{} of payments", percent(value("wallet_share"))),
            ServiceKind::Carrier(_) => format!("{} parcels", count(value("parcels"))),
            ServiceKind::App(_) => format!("{} referred", yuan(value("referred"))),
        };
        let owner = service.owner.map_or("–", |owner| level.platforms[owner].name.as_str());
        table.row([service.name.clone(), owner.to_owned(), used, yuan(value("service_profit"))]);
    }
    table
}

/// The largest differences between two companies' flows, in words.
fn reasons(outcome: &Outcome, first: usize, second: usize) -> String {
    let total = outcome.profit[first] - outcome.profit[second];
    let mut terms: Vec<(Flow, f64)> = Flow::ALL
        .into_iter()
        .filter(|flow| flow.is_operating())
        .map(|flow| (flow, outcome.flow(first, flow) - outcome.flow(second, flow)))
        .filter(|(_, difference)| difference.abs() > 0.01)
        .collect();
    if terms.is_empty() {
        return "no difference".to_owned();
    }
    terms.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let named: f64 = terms.iter().take(REASONS).map(|term| term.1).sum();
    let mut words: Vec<String> = terms
        .iter()
        .take(REASONS)
        .map(|(flow, yuan)| format!("{} {}", flow.words(), change(*yuan)))
        .collect();
    if terms.len() > REASONS {
        words.push(format!("all else {}", change(total - named)));
    }
    format!("{} = {}", change(total), words.join(", "))
}
