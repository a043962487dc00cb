//! Orders given before: from a replay, or from a RON list such as
//! `[(turn: 1, orders: [TakeRate(rate: 0.02)]), (turn: 6, by: "north", orders: [AdvertLoad(load: 0.0)])]`.

use std::path::Path;

use super::{Replay, ReplayError};
use crate::level::{Level, LevelError, ReadError, read_plan, read_text};
use crate::order::{Orders, Plan};

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
    /// It orders for others alone.
    #[error("{path}: there are no orders by `{seat}`; they are by {others}")]
    NotBy {
        /// The file.
        path: String,
        /// Id of the platform whose orders were sought.
        seat: String,
        /// Whose orders there are.
        others: String,
    },
}

/// Orders of a file, by seat and turn. In a RON list each entry can say by whom it is; the others are by `seat`. Of a
/// replay it is the orders of `seat`.
///
/// # Errors
/// The file cannot be read, is neither, or names a platform that the level does not have.
pub fn plan_of_file(path: &Path, level: &Level, seat: usize) -> Result<Plan, OrdersError> {
    let name = path.display().to_string();
    // A replay is binary: its first bytes tell, and a missing file is reported by `read_text` below.
    let begin = || {
        let mut magic = [0; 8];
        std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut magic))?;
        Ok::<_, std::io::Error>(magic)
    };
    if path.is_file() && begin().is_ok_and(|magic| Replay::is_one(&magic)) {
        return Ok(Plan::from([(seat, Replay::read(path)?.orders_of(seat))]));
    }
    let text = read_text(path)?;
    Ok(read_plan(&name, &text, level, seat)?)
}

/// Orders of a file by turn, of one seat: those that name it and those that name nobody.
///
/// # Errors
/// As for [`plan_of_file`]; or all orders are by others.
pub fn recorded_orders(path: &Path, level: &Level, seat: usize) -> Result<Vec<Orders>, OrdersError> {
    let mut plan = plan_of_file(path, level, seat)?;
    match plan.remove(&seat) {
        Some(orders) => Ok(orders),
        None if plan.is_empty() => Ok(Vec::new()),
        None => {
            let id = |platform: usize| level.platforms[platform].id.clone();
            let others = plan.into_keys().map(id).collect::<Vec<_>>().join(", ");
            Err(OrdersError::NotBy { path: path.display().to_string(), seat: id(seat), others })
        }
    }
}
