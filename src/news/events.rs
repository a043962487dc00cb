//! What happened between companies, in a few words each.

use crate::level::Level;
use crate::order::{Objection, Reason};
use crate::play::amounts;
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;

/// What changed; nothing of what was only talked about, nor of services opened and closed.
pub(crate) fn change(level: &Level, event: &Event) -> Option<String> {
    let name = |platform: usize| level.platforms[platform].name.as_str();
    let money = |fen: i128| amounts::yuan(fen as f64 / 100.0);
    match *event {
        Event::Accepted { by, of, agreement } => {
            Some(format!("{} and {} agree (no. {agreement})", name(of), name(by)))
        }
        Event::NoticeGiven { by, to, agreement } => {
            Some(format!("{} gives {} notice of no. {agreement}", name(by), name(to)))
        }
        Event::Broken { by, to, agreement } => {
            Some(format!("{} breaks no. {agreement} with {}", name(by), name(to)))
        }
        Event::Expired { agreement } => Some(format!("no. {agreement} runs out")),
        Event::Blocked { by, to } => Some(format!("{} blocks {}", name(by), name(to))),
        Event::Integrated { platform, goal: Goal::Service(service, _) } => {
            Some(format!("{} has built in {}", name(platform), level.services[service].name))
        }
        Event::Integrated { platform, goal: Goal::Data(of) } => {
            Some(format!("{} reads the data of {}", name(platform), name(of)))
        }
        Event::Warned { platform } => Some(format!("the regulator warns {}", name(platform))),
        Event::Probed { platform } => Some(format!("the regulator probes {}", name(platform))),
        Event::Dropped { platform } => Some(format!("the regulator lets {} be", name(platform))),
        Event::Decided { platform, fine, remedy } => {
            let fine = amounts::yuan(fine as f64 / 100.0);
            let stop = if remedy { " and must stop" } else { "" };
            Some(format!("{} is fined {fine}{stop}", name(platform)))
        }
        Event::Complied { platform } => Some(format!("{} complies", name(platform))),
        Event::Contested { platform } => Some(format!("{} contests the decision", name(platform))),
        Event::Defied { platform, fine } => {
            let fine = amounts::yuan(fine as f64 / 100.0);
            Some(format!("{} goes on and is fined {fine} more", name(platform)))
        }
        Event::Bound { by, on: true } => Some(format!("{} binds its merchants", name(by))),
        Event::Bound { by, on: false } => Some(format!("{} lets its merchants list anywhere", name(by))),
        Event::ClosedDown { service } => Some(format!("{} closes down", level.services[service].name)),
        Event::Distressed { platform, .. } => Some(format!("{} has less than no cash", name(platform))),
        Event::Administered { platform, until } => {
            Some(format!("an administrator runs {} until turn {until}", name(platform)))
        }
        Event::Sold { service, by, of, price } => {
            let (what, price) = (&level.services[service].name, amounts::yuan(price as f64 / 100.0));
            Some(format!("{} buys {what} of {} for {price}", name(by), name(of)))
        }
        Event::Rescued { platform } => Some(format!("{} can pay again", name(platform))),
        Event::WoundUp { platform, debt } => {
            let debt = amounts::yuan(debt as f64 / 100.0);
            Some(format!("{} closes, and its creditors lose {debt}", name(platform)))
        }
        Event::Entered { platform } => Some(format!("{} enters the market", name(platform))),
        Event::Issued { by, fen } => Some(format!("{} issues shares for {}", name(by), money(fen))),
        Event::Listed { by, service, fen } => {
            let what = &level.services[service].name;
            Some(format!("{} lists a part of {what} for {}", name(by), money(fen)))
        }
        Event::CalledOff { by, service } => {
            let what = service.map_or("its shares", |service| level.services[service].name.as_str());
            Some(format!("{} calls off the sale of {what}", name(by)))
        }
        Event::BoughtStake { by, of, fen } => {
            Some(format!("{} buys shares of {} for {}", name(by), name(of), money(fen)))
        }
        Event::SoldStake { by, of, fen } => {
            Some(format!("{} sells shares of {} for {}", name(by), name(of), money(fen)))
        }
        Event::Happened { event } => Some(level.events[event].title.clone()),
        Event::Chose { by, event, choice } => {
            let event = &level.events[event];
            Some(format!("{}: {} ({})", name(by), event.choices[choice].text, event.title))
        }
        _ => None,
    }
}

/// Why an offer is refused.
fn objection(why: Objection) -> &'static str {
    match why {
        Objection::Costs(reason) => match reason {
            Reason::Sales => "it would cost sales",
            Reason::Service => "it would cost fees of a service",
            Reason::Habit => "it would cost habitual users of a wallet",
            Reason::Referrals => "it would cost too much for referred sales",
            Reason::Engineering => "it would cost too many engineers",
            Reason::Safety => "it would lose what is safe to stay open",
            Reason::Payment => "too much is asked for",
            Reason::Fraud => "more people would be cheated",
            Reason::Front => "a third company would be lost",
            Reason::Shares => "the shares are not worth their price",
            Reason::Room => "a carrier would have more parcels than room",
        },
        Objection::BringsNothing => "it brings nothing",
        Objection::TooLittle => "it brings too little",
        Objection::Promised => "it has promised somebody not to",
        Objection::Grudge => "what was done to it is not forgotten",
        Objection::Feared => "who asks is not to become any stronger",
        Objection::ShutsOut => "it shuts nobody out",
        Objection::KeepsToItself => "it shares nothing with anybody",
        Objection::NotInterested => "it considers no offers",
    }
}

/// Anything that happened.
pub(crate) fn event(level: &Level, event: &Event) -> String {
    let name = |platform: usize| level.platforms[platform].name.as_str();
    let service = |number: usize| level.services[number].name.as_str();
    match *event {
        Event::Offered { by, to } => format!("{} makes {} an offer", name(by), name(to)),
        Event::Refused { by, of, because } => {
            let why = because.map(|why| format!(": {}", objection(why))).unwrap_or_default();
            format!("{} refuses the offer of {}{why}", name(by), name(of))
        }
        Event::Countered { by, of } => format!("{} answers {} with another proposal", name(by), name(of)),
        Event::Lapsed { by, of } => {
            format!("{} leaves the offer of {} without an answer", name(by), name(of))
        }
        Event::Opened { by, to, service: number } => {
            format!("{} opens {} to {}", name(by), service(number), name(to))
        }
        Event::Closed { by, to, service: number } | Event::Withdrawn { by, to, service: number } => {
            format!("{} closes {} to {}", name(by), service(number), name(to))
        }
        _ => change(level, event).unwrap_or_else(|| event.kind().to_owned()),
    }
}
