//! The protocol by which bots and hosts talk to the program: JSON, one object a line. `docs/protocol.md` tells it, and
//! `docs/protocol.schema.json` is made of these types.

mod answers;
mod dealings;
mod guest;
mod legal;
mod reading;
mod requests;
mod schema;
mod shares;
mod terms;
mod version;

pub use answers::{
    ActionTemplate, Answer, Closed, Described, Failure, Feature, Judged, JudgedMatch, Observed, Played,
    SeatFigures, Standing, State, Turns, Vectors, Worth,
};
pub(crate) use dealings::is_legal;
pub use guest::{Begin, Decided, End, FromBot, Hello, Ready, ToBot, Turn};
pub use legal::legal;
pub use reading::{Misread, read_object};
pub use requests::{
    Copied, Describe, Judge, MatchOrders, MatchSetup, Observe, One, Request, Reset, Restore, RewardName, Step,
};
pub use schema::schema;
pub use terms::{Legal, Number, Target};
pub use version::{VERSION, program};
