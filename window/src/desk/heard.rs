//! What is to be heard when a month is over: of what concerns the player alone.

use walled_gardens_engine::play::{Position, waiting};
use walled_gardens_engine::sim::Outcome;
use walled_gardens_engine::sim::state::events::Event;

/// A sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sound {
    /// A month is over.
    Month,
    /// Something was opened, or is built in at last.
    Gate,
    /// Something was closed or blocked.
    Wall,
    /// There is more cash than there ever was.
    Coin,
    /// Something waits for an answer.
    Bell,
}

/// The sounds of the last month, in the order in which they are heard, each once; none before the first.
pub fn heard(position: &Position) -> Vec<Sound> {
    let (Some(me), true) = (position.person(), position.played() > 0) else { return Vec::new() };
    let now = position.now();
    let mine = |event: &&Event| [event.by(), event.towards()].contains(&Some(me));
    let mut sounds = vec![Sound::Month];
    sounds.extend(now.news.iter().filter(mine).filter_map(of));
    let cash = |outcome: &Outcome| outcome.cash[me];
    let most = position.outcomes().take(position.played() as usize).map(cash).fold(f64::MIN, f64::max);
    if cash(now) > most {
        sounds.push(Sound::Coin);
    }
    if !waiting(position).is_empty() {
        sounds.push(Sound::Bell);
    }
    sounds.sort_unstable();
    sounds.dedup();
    sounds
}

/// How an event sounds.
fn of(event: &Event) -> Option<Sound> {
    match event {
        Event::Opened { .. } | Event::Integrated { .. } | Event::Accepted { .. } => Some(Sound::Gate),
        Event::Closed { .. } | Event::Blocked { .. } | Event::Broken { .. } => Some(Sound::Wall),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use walled_gardens_engine::play::{Difficulty, PlayedTurn, Session};

    #[test]
    fn what_befell_the_player_is_heard_once_and_what_befell_others_is_not() {
        let session = Session::begin("tutorial/four-gardens", Some("jade"), Some(1), Difficulty::Gentle);
        let mut session = session.expect("plays");
        assert_eq!(heard(&session.position()), [], "nothing has happened yet");
        session.end_turn(None);
        let mut position = session.position();
        let (me, other) = (position.me, (position.me + 1) % 4);
        let third = (position.me + 2) % 4;
        let opened = |by, to| Event::Opened { by, to, service: 0 };
        let mut after = |news: Vec<Event>, cash: f64| {
            let mut turn = PlayedTurn::clone(&session.turns()[0]);
            turn.record.outcome.news = news;
            turn.record.outcome.cash[me] = cash * session.opening().cash[me];
            position.turns = vec![Arc::new(turn)];
            heard(&position)
        };
        assert_eq!(after(vec![opened(other, third)], 0.9), [Sound::Month]);
        assert_eq!(after(vec![opened(other, me), opened(me, other)], 0.9), [Sound::Month, Sound::Gate]);
        assert_eq!(
            after(vec![Event::Blocked { by: other, to: me }], 1.1),
            [Sound::Month, Sound::Wall, Sound::Coin]
        );
    }
}
