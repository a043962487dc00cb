//! What is told of a month, in a few words each.

use super::events::event;
use crate::level::Level;
use crate::level::services::ServiceKind;
use crate::play::amounts::{count, percent, yuan};
use crate::play::{Figure, GoalChange, Place, Price, PriceMove, Story};
use crate::sim::state::engineering::Goal;

/// A story to whoever runs a company; to nobody where nobody does.
pub(crate) fn story(level: &Level, me: Option<usize>, story: &Story) -> String {
    let name = |platform: usize| level.platforms[platform].name.as_str();
    match story {
        Story::Between(known) => event(level, known),
        Story::RanOut { agreement, with } => {
            format!("agreement {agreement} with {} has run out", name(*with))
        }
        Story::RunsOut { agreement, with, turn } => {
            format!("agreement {agreement} with {} runs out after turn {turn}", name(*with))
        }
        Story::Prices { by, moves, won } => {
            let told: Vec<String> = moves.iter().map(|one| moved(level, one)).collect();
            let went = match me {
                _ if won.abs() < 1.0 => String::new(),
                Some(_) if *won > 0.0 => format!(": net {} of your people went there", count(*won)),
                Some(_) => format!("; net {} of its people came to you", count(-won)),
                None => format!(": net {} people came", count(*won)),
            };
            format!("{}: {}{went}", name(*by), told.join(", "))
        }
        Story::FirstPlace { place, by, from, .. } => {
            format!("{} passes {} in {}", name(*by), name(*from), self::place(level, *place))
        }
        Story::Overtaken { by, whom } => format!("{} passes {} in all sales", name(*by), name(*whom)),
        Story::Swing { place, from, to, .. } => {
            let place = self::place(level, *place);
            format!("your share of {place}: {} → {}", percent(*from), percent(*to))
        }
        Story::Share { mark, to, from } => {
            let side = if to > from { "above" } else { "below" };
            format!("your share is {side} {:.0}% for the first time: {}", 100.0 * mark, percent(*to))
        }
        Story::Crowd { from, to, people, .. } => {
            format!("net {} went from {} to {}", count(*people), name(*from), name(*to))
        }
        Story::People { net } => format!("{} people call you their first shop", signed(*net)),
        Story::Commons { net } => format!("{} people buy on a platform", signed(*net)),
        Story::Merchants { of, net, .. } => format!("{} shops list with {}", signed(*net), name(*of)),
        Story::Record { figure, high, was, is } => {
            let side = if *high { "highest" } else { "lowest" };
            let (is, was) = (written(*figure, *is), written(*figure, *was));
            format!("{side} {} so far: {is}, after {was}", figure_name(*figure))
        }
        Story::Earns { profit } => {
            format!("you {} again: {}", if *profit > 0.0 { "earn" } else { "lose money" }, yuan(*profit))
        }
        Story::Missed { figure, expected, found, .. } => {
            let (found, expected) = (written(*figure, *found), written(*figure, *expected));
            format!("{} came out at {found}, forecast at {expected}", figure_name(*figure))
        }
        Story::Goal { objective, turn } => {
            let title = &level.objectives[*objective].title;
            match turn {
                GoalChange::Won => format!("objective met: {title}"),
                GoalChange::Lost => format!("objective lost: {title}"),
                GoalChange::InDanger => format!("objective in danger: {title}"),
                GoalChange::InReach => format!("objective in reach: {title}"),
                GoalChange::Due(left) => format!("objective due in {left}: {title}"),
            }
        }
        _ => standing(level, story),
    }
}

/// The same of how companies stand, of services, and of months to come.
fn standing(level: &Level, story: &Story) -> String {
    let name = |platform: usize| level.platforms[platform].name.as_str();
    let service = |number: usize| level.services[number].name.as_str();
    match story {
        Story::ServicePrice { service: number, from, to, .. } => {
            let asked = |price: f64| match level.services[*number].kind {
                ServiceKind::Carrier(_) => yuan(price),
                _ => format!("{:.2}%", 100.0 * price),
            };
            format!("{} asks {} ({} before)", service(*number), asked(*to), asked(*from))
        }
        Story::Dropped { by, service: number } => format!("{} stops using {}", name(*by), service(*number)),
        Story::Builds { by, goal, months } => {
            let what = match *goal {
                Goal::Service(number, _) => service(number).to_owned(),
                Goal::Data(whose) => format!("the data of {}", name(whose)),
            };
            format!("{} builds in {what}: {months} more at the least", name(*by))
        }
        Story::Ai { of, from, to } => format!("AI of {}: {} → {}", name(*of), percent(*from), percent(*to)),
        Story::Trust { of, from, to } => {
            format!("trust in {}: {} → {}", name(*of), percent(*from), percent(*to))
        }
        Story::Opinion { of, from, to } => {
            format!("what people think of {}: {from:+.2} → {to:+.2}", name(*of))
        }
        Story::Room { service: number, from, to } => {
            format!("room of {}: {} → {}", service(*number), count(*from), count(*to))
        }
        Story::Budgets { by, from, to } => {
            format!("{} spends {} a month ({} before)", name(*by), yuan(*to), yuan(*from))
        }
        Story::OnFile { of, to, warning, .. } => {
            format!("the regulator's file on {}: {to:.2} of {warning:.1}", name(*of))
        }
        Story::Season { turn, spending } => {
            format!("people spend {:+.0}% in turn {turn}", 100.0 * (spending - 1.0))
        }
        Story::Economy { from, to } => format!("the economy: {from:.2} → {to:.2}"),
        Story::Opens { platform } => format!("{} opens next month", name(*platform)),
        Story::Crowded { service: number, load, .. } => {
            format!("{} of the room of {} is used", percent(*load), service(*number))
        }
        Story::Habit { service: number, from, to } => {
            format!("habit of {}: {} → {}", service(*number), percent(*from), percent(*to))
        }
        Story::FirstWallet { service: number, from } => {
            format!("more is paid with {} than with {}", service(*number), service(*from))
        }
        Story::Worth { of, from, to } => {
            format!("{} is worth {} ({} before)", name(*of), yuan(*to), yuan(*from))
        }
        Story::WorthMost { by, from } => format!("{} is worth most, before {}", name(*by), name(*from)),
        Story::Dividend { by, to, .. } => format!("{} pays out {} of profits", name(*by), percent(*to)),
        Story::Defaults { of, from, to, .. } => {
            format!("defaults at {}: {} → {}", name(*of), percent(*from), percent(*to))
        }
        told => told.topic().kind.to_owned(),
    }
}

fn place(level: &Level, place: Place) -> &str {
    match place {
        Place::Everywhere => "all sales",
        Place::Category(category) => &level.categories[category].name,
        Place::Region(region) => &level.regions[region].name,
    }
}

fn moved(level: &Level, one: &PriceMove) -> String {
    let what = match one.price {
        Price::Commission => "commission",
        Price::ConsumerFee => "fee on buyers",
        Price::Adverts => "adverts",
        Price::Coupons => "coupons",
        Price::Membership => "membership fee",
        Price::Listing => "listing fee",
        Price::MerchantLoans => "loans to merchants",
        Price::BuyerLoans => "loans to buyers",
    };
    let written = |amount: f64| match one.price {
        Price::Membership | Price::Listing => yuan(amount),
        _ => percent(amount),
    };
    let on = one.category.map(|category| format!(" on {}", level.categories[category].name));
    format!("{what}{} {} → {}", on.unwrap_or_default(), written(one.from), written(one.to))
}

fn figure_name(figure: Figure) -> &'static str {
    match figure {
        Figure::Share => "share",
        Figure::Profit => "profit",
        Figure::Users => "buyers",
        Figure::Cash => "cash",
        Figure::Value => "value",
    }
}

fn written(figure: Figure, amount: f64) -> String {
    match figure {
        Figure::Share => percent(amount),
        Figure::Users => count(amount),
        Figure::Profit | Figure::Cash | Figure::Value => yuan(amount),
    }
}

/// A number of people or shops with its sign.
fn signed(number: f64) -> String {
    let sign = if number < 0.0 { '−' } else { '+' };
    format!("{sign}{}", count(number.abs()))
}
