//! Services: wallets, carriers and apps. What a level file may say of them, and what is known once it is checked.

mod kinds;
mod listed;
mod raw;

pub use kinds::{
    App, Carrier, CarrierSupply, Counterpart, Delivery, IntegrationStep, MAX_APPS, MAX_CARRIERS, MAX_WALLETS,
    Service, ServiceKind, Speed, Step, Wallet,
};
pub use raw::{RawApp, RawCarrier, RawCommon, RawIntegrationStep, RawService, RawWallet};
