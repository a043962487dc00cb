//! Many matches at once for a host: `walled-gardens serve`. A [`Host`] answers lines; each match is at a table.

mod host;
mod levels;
mod rows;
mod saved;
mod setups;
mod table;

pub use host::Host;
