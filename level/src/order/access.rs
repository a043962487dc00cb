//! How far somebody is let in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far an app lets people into a shop, from nothing to being part of it; wallets and carriers are `Blocked` or
/// `Native`, which means in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Access {
    /// Not at all.
    Blocked,
    /// Adverts, whose links lead nowhere.
    Advert,
    /// Links that jump into the shop.
    Jump,
    /// The shop inside the app.
    MiniProgram,
    /// One and the same.
    Native,
}

impl Access {
    /// As far as there is.
    pub(super) fn whole() -> Self {
        Self::Native
    }
}
