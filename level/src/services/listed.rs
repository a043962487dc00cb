//! The services of a level, kind by kind.

use crate::contents::Level;
use crate::order::Access;
use crate::services::kinds::{App, Carrier, ServiceKind, Step, Wallet};

impl Level {
    /// Numbers and properties of the wallets; a wallet's place among them is its bit in consumers' masks.
    pub fn wallets(&self) -> Vec<(usize, &Wallet)> {
        self.of_kind(|kind| if let ServiceKind::Wallet(wallet) = kind { Some(wallet) } else { None })
    }

    /// Numbers and properties of the carriers.
    pub fn carriers(&self) -> Vec<(usize, &Carrier)> {
        self.of_kind(|kind| if let ServiceKind::Carrier(carrier) = kind { Some(carrier) } else { None })
    }

    /// Whether there are carriers at all.
    pub fn has_carriers(&self) -> bool {
        self.services.iter().any(|service| matches!(service.kind, ServiceKind::Carrier(_)))
    }

    /// Numbers and properties of the apps; an app's place among them is its bit in the masks of cells.
    pub fn apps(&self) -> Vec<(usize, &App)> {
        self.of_kind(|kind| if let ServiceKind::App(app) = kind { Some(app) } else { None })
    }

    /// Kinds of consumers that are told apart, one for each region, segment and set of apps: as many agents as there must be at least.
    pub fn least_consumers(&self) -> u32 {
        (self.regions.len() * self.consumer_segments.len() * (1 << self.apps().len())) as u32
    }

    fn of_kind<'a, T>(&'a self, kind: impl Fn(&'a ServiceKind) -> Option<&'a T>) -> Vec<(usize, &'a T)> {
        let services = self.services.iter().enumerate();
        services.filter_map(|(number, service)| Some((number, kind(&service.kind)?))).collect()
    }

    /// The sets of apps that people use together, as masks: each with the fraction of a region's people who use just these.
    pub fn app_sets(&self, region: usize) -> Vec<(u8, f64)> {
        let apps = self.apps();
        let fraction = |mask: u8| {
            let part = |(bit, (_, app)): (usize, &(usize, &App))| {
                let users = app.users[region];
                if mask >> bit & 1 == 1 { users } else { 1.0 - users }
            };
            apps.iter().enumerate().map(part).product()
        };
        (0..1u16 << apps.len()).map(|mask| (mask as u8, fraction(mask as u8))).collect()
    }

    /// The step of engineering that brings a service to this depth.
    pub fn step_to(&self, service: usize, depth: Access) -> Option<Step> {
        match (&self.services[service].kind, depth) {
            (ServiceKind::Wallet(_), Access::Native) => Some(Step::Wallet),
            (ServiceKind::Carrier(_), Access::Native) => Some(Step::Carrier),
            (ServiceKind::App(_), Access::Jump) => Some(Step::Jump),
            (ServiceKind::App(_), Access::MiniProgram) => Some(Step::MiniProgram),
            _ => None,
        }
    }
}
