//! What is told of a month, in sentences.

use super::figures::{choice, figure, label};
use super::joined::within;
use super::metrics::opinion;
use super::moves::prices;
use super::news::event;
use super::services::service_price;
use super::time::{month, months};
use crate::form::{self, Form, form};
use crate::texts::{of_level, say, text};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Figure, GoalChange, Label, Place, Story};
use walled_gardens_engine::sim::ChoiceTerm;
use walled_gardens_engine::sim::state::engineering::Goal;

/// A story, as whoever runs a company reads it; of all alike where nobody does.
pub fn story(level: &Level, me: Option<usize>, story: &Story) -> String {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let percent = |part: f64| Form::Percent.write(part);
    let yuan = |amount: f64| Form::Yuan.write(amount);
    let people = |count: f64| Form::Count.write(count.abs());
    match story {
        Story::Between(known) => event(level, known).1,
        Story::RanOut { agreement, with } => say!("news-ran-out", number = agreement, whom = name(*with)),
        Story::RunsOut { agreement, with, turn } => {
            say!("news-runs-out", number = agreement, whom = name(*with), month = month(level, *turn))
        }
        Story::Prices { by, moves, won } => prices(level, me, *by, moves, *won),
        Story::FirstPlace { place, by, from, .. } => first(level, me, *place, *by, *from),
        Story::Overtaken { by, whom } if Some(*by) == me => say!("news-you-overtake", whom = name(*whom)),
        Story::Overtaken { by, .. } => say!("news-overtaken", who = name(*by)),
        Story::Swing { place, from, to, .. } => {
            let (place, from, to) = (self::place(level, *place), percent(*from), percent(*to));
            let key = if story.topic().up { "news-swing-up" } else { "news-swing-down" };
            crate::texts::with(key, &[("place", place), ("from", from), ("to", to)])
        }
        Story::Share { mark, from, to } if to > from => {
            say!("news-share-up", mark = whole(*mark), to = percent(*to))
        }
        Story::Share { mark, to, .. } => say!("news-share-down", mark = whole(*mark), to = percent(*to)),
        Story::Crowd { from, to, people: count, mostly } => {
            crowd(level, me, (*from, *to), &people(*count), *mostly)
        }
        Story::People { net } if *net > 0.0 => say!("news-people-came", people = people(*net)),
        Story::People { net } => say!("news-people-left", people = people(*net)),
        Story::Commons { net } if *net > 0.0 => say!("news-commons-came", people = people(*net)),
        Story::Commons { net } => say!("news-commons-left", people = people(*net)),
        Story::Merchants { of, net, listed } => {
            let (who, shops, all) = (name(*of), people(*net), people(*listed));
            if *net > 0.0 {
                say!("news-merchants-came", who = who, shops = shops, all = all)
            } else {
                say!("news-merchants-left", who = who, shops = shops, all = all)
            }
        }
        Story::Earns { profit } if *profit > 0.0 => say!("news-earns", yuan = yuan(*profit)),
        Story::Earns { profit } => say!("news-loses", yuan = yuan(-profit)),
        Story::Record { figure, high, was, is } => record(*figure, *high, *was, *is),
        Story::Missed { figure, expected, found, mostly } => {
            missed(level, *figure, (*expected, *found), *mostly)
        }
        Story::Goal { objective, turn } => goal(&of_level(&level.objectives[*objective].title), *turn),
        _ => standing(level, me, story),
    }
}

/// A whole number of percent.
fn whole(part: f64) -> String {
    form::percent_to(part, 0)
}

/// The name of a place.
fn place(level: &Level, place: Place) -> String {
    match place {
        Place::Everywhere => say!("all-sales"),
        Place::Category(category) => of_level(&level.categories[category].name),
        Place::Region(region) => of_level(&level.regions[region].name),
    }
}

fn first(level: &Level, me: Option<usize>, place: Place, by: usize, from: usize) -> String {
    let (who, whom) = (of_level(&level.platforms[by].name), of_level(&level.platforms[from].name));
    let place = self::place(level, place);
    match me {
        Some(me) if me == by => say!("news-you-are-first", place = place, whom = whom),
        Some(me) if me == from => say!("news-first-lost", place = place, who = who),
        _ => say!("news-first", place = place, who = who, whom = whom),
    }
}

fn crowd(
    level: &Level,
    me: Option<usize>,
    (from, to): (usize, usize),
    people: &str,
    mostly: Option<ChoiceTerm>,
) -> String {
    let (who, whom) = (of_level(&level.platforms[from].name), of_level(&level.platforms[to].name));
    let told = match me {
        Some(me) if me == from => say!("news-crowd-lost", people = people, whom = whom),
        Some(me) if me == to => say!("news-crowd-won", people = people, who = who),
        _ => say!("news-crowd", people = people, who = who, whom = whom),
    };
    match mostly {
        Some(term) => say!("because-of", what = told, why = within(&choice(term))),
        None => say!("full-stop", what = told),
    }
}

fn record(of: Figure, high: bool, was: f64, is: f64) -> String {
    let (was, is) = (form(of).write(was), form(of).write(is));
    let key = match (of, high) {
        (Figure::Profit, true) => "record-profit-high",
        (Figure::Profit, false) => "record-profit-low",
        (Figure::Users, true) => "record-buyers-high",
        (Figure::Users, false) => "record-buyers-low",
        (Figure::Cash, true) => "record-cash-high",
        (Figure::Cash, false) => "record-cash-low",
        (Figure::Value | Figure::Share, true) => "record-value-high",
        (Figure::Value | Figure::Share, false) => "record-value-low",
    };
    crate::texts::with(key, &[("was", was), ("now", is)])
}

fn missed(level: &Level, of: Figure, (expected, found): (f64, f64), mostly: Option<Label>) -> String {
    let (what, expected, now) = (figure(of), form(of).write(expected), form(of).write(found));
    let told = say!("news-missed", what = what, expected = expected, now = now);
    match mostly {
        Some(part) => say!("because-of", what = told, why = within(&label(level, part))),
        None => say!("full-stop", what = told),
    }
}

fn goal(title: &str, turn: GoalChange) -> String {
    match turn {
        GoalChange::Won => say!("news-goal-won", what = title),
        GoalChange::Lost => say!("news-goal-lost", what = title),
        GoalChange::InDanger => say!("news-goal-in-danger", what = title),
        GoalChange::InReach => say!("news-goal-in-reach", what = title),
        GoalChange::Due(left) => say!("news-goal-due", what = title, long = months(left)),
    }
}

/// What a company's engineers build, and for how long still.
fn builds(level: &Level, by: usize, goal: Goal, left: u32) -> String {
    let who = of_level(&level.platforms[by].name);
    let what = match goal {
        Goal::Service(number, _) => of_level(&level.services[number].name),
        Goal::Data(whose) => say!("data-of", whom = of_level(&level.platforms[whose].name)),
    };
    match left {
        1 => say!("news-built-soon", who = who, what = what),
        _ => say!("news-builds", who = who, what = what, long = months(left)),
    }
}

/// The same of how companies stand, of services, and of months to come.
fn standing(level: &Level, me: Option<usize>, story: &Story) -> String {
    let name = |platform: usize| of_level(&level.platforms[platform].name);
    let service = |number: usize| of_level(&level.services[number].name);
    let percent = |part: f64| Form::Percent.write(part);
    let yuan = |amount: f64| Form::Yuan.write(amount);
    let up = story.topic().up;
    let with = |key: &str, values: &[(&'static str, String)]| crate::texts::with(key, values);
    let either = |rose: &'static str, fell: &'static str| if up { rose } else { fell };
    match story {
        Story::ServicePrice { service: number, from, to, .. } => {
            let asked = |price: f64| service_price(level, *number, price);
            say!("news-service-price", what = service(*number), from = asked(*from), to = asked(*to))
        }
        Story::Dropped { by, service: number } => {
            say!("news-stops-using", who = name(*by), what = service(*number))
        }
        Story::Builds { by, goal, months } => builds(level, *by, *goal, *months),
        Story::Ai { of, from, to } => {
            let values = [("who", name(*of)), ("from", percent(*from)), ("to", percent(*to))];
            with(either("news-ai-up", "news-ai-down"), &values)
        }
        Story::Trust { of, from, to } => {
            let values = [("who", name(*of)), ("from", percent(*from)), ("to", percent(*to))];
            with(either("news-trust-up", "news-trust-down"), &values)
        }
        Story::Opinion { of, to, .. } => {
            with(either("news-liked", "news-disliked"), &[("who", name(*of)), ("to", opinion(*to))])
        }
        Story::Room { service: number, from, to } => {
            let values = [
                ("what", service(*number)),
                ("from", Form::Count.write(*from)),
                ("to", Form::Count.write(*to)),
            ];
            with(either("news-room-built", "news-room-given-up"), &values)
        }
        Story::Budgets { by, from, to } => {
            let values = [("who", name(*by)), ("from", yuan(*from)), ("to", yuan(*to))];
            with(either("news-spends-more", "news-spends-less"), &values)
        }
        Story::OnFile { of, to, warning, .. } => {
            let (much, warning) = (form::decimal(*to, 2), form::decimal(*warning, 1));
            let values = [("who", name(*of)), ("much", much), ("warning", warning)];
            with(either("news-file-grows", "news-file-shrinks"), &values)
        }
        Story::Season { turn, spending } => {
            say!("news-season", month = month(level, *turn), change = super::events::changed_by(*spending))
        }
        Story::Economy { to, .. } => {
            with(either("news-economy-up", "news-economy-down"), &[("index", form::decimal(*to, 2))])
        }
        Story::Opens { platform } => say!("news-opens", who = name(*platform)),
        Story::Crowded { service: number, load, .. } => with(
            either("news-crowded", "news-room-again"),
            &[("what", service(*number)), ("load", whole(*load))],
        ),
        Story::Habit { service: number, from, to } => {
            let values = [("what", service(*number)), ("from", percent(*from)), ("to", percent(*to))];
            with(either("news-habit-up", "news-habit-down"), &values)
        }
        Story::FirstWallet { service: number, from } => {
            say!("news-first-wallet", what = service(*number), whom = service(*from))
        }
        Story::Worth { of, from, to } => {
            let change = super::events::changed_by(to / from);
            let values = [("who", name(*of)), ("change", change), ("to", yuan(*to))];
            let key = if Some(*of) == me { "news-your-worth" } else { "news-worth" };
            with(key, &values)
        }
        Story::WorthMost { by, from } => say!("news-worth-most", who = name(*by), whom = name(*from)),
        Story::Dividend { by, to, .. } if *to <= 0.0 => say!("news-dividend-none", who = name(*by)),
        Story::Dividend { by, to, .. } => with(
            either("news-dividend-up", "news-dividend-down"),
            &[("who", name(*by)), ("to", percent(*to))],
        ),
        Story::Defaults { of, from, to, .. } => {
            let values = [("who", name(*of)), ("from", percent(*from)), ("to", percent(*to))];
            with(either("news-defaults-up", "news-defaults-down"), &values)
        }
        _ => text("none"),
    }
}
