//! Orders given before: from a replay, or from a RON list such as
//! `[(turn: 1, orders: [TakeRate(rate: 0.02)]), (turn: 6, orders: [AdvertLoad(load: 0.0)])]`.

use std::path::Path;

use serde::Deserialize;

use super::{Replay, ReplayError};
use crate::level::{LevelError, MAX_TURNS, ReadError, parse, read_text};
use crate::sim::{Order, Orders};

/// Why recorded orders cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is a replay, but not a sound one.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// Its text is not a list of orders.
    #[error(transparent)]
    Text(#[from] LevelError),
    /// A turn that no match has.
    #[error("{path}: turn {turn} is out of range: turns count from 1 to {MAX_TURNS}")]
    Turn {
        /// The file.
        path: String,
        /// The turn.
        turn: u32,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "turn of orders")]
struct TurnOrders {
    turn: u32,
    orders: Vec<Order>,
}

/// Orders by turn for one platform: of the same seat in a replay, or the only ones in a RON list.
///
/// # Errors
/// The file cannot be read, or is neither.
pub fn recorded_orders(path: &Path, platform: usize) -> Result<Vec<Orders>, OrdersError> {
    let name = path.display().to_string();
    // A replay is binary: its first bytes tell, and a missing file is reported by `read_text` below.
    let begin = || {
        let mut magic = [0; 8];
        std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut magic))?;
        Ok::<_, std::io::Error>(magic)
    };
    if path.is_file() && begin().is_ok_and(|magic| Replay::is_one(&magic)) {
        return Ok(Replay::read(path)?.orders_of(platform));
    }
    let text = read_text(path)?;
    let list: Vec<TurnOrders> = parse(&name, &text)?;
    let mut by_turn = Vec::new();
    for entry in list {
        if entry.turn == 0 || entry.turn > MAX_TURNS {
            return Err(OrdersError::Turn { path: name, turn: entry.turn });
        }
        let turn = entry.turn as usize;
        if by_turn.len() < turn {
            by_turn.resize(turn, Orders::new());
        }
        by_turn[turn - 1].extend(entry.orders);
    }
    Ok(by_turn)
}
