//! A block's columns, as the step works on them.

use bevy::prelude::*;

use crate::sim::state::consumers::{
    Bought, ConsumerBlock, Known, LastChoice, PriceSensitivity, Taste, Wallets,
};

/// A block's columns, borrowed for a step.
pub(in crate::sim) struct BlockColumns<'a> {
    pub block: &'a mut ConsumerBlock,
    pub sensitivity: &'a [f32],
    pub taste: &'a [f32],
    pub known: &'a mut [u16],
    pub bought: &'a mut [u16],
    pub last: &'a mut [u8],
    pub wallets: &'a mut [u16],
}

impl<'a> BlockColumns<'a> {
    pub(in crate::sim) fn of(
        block: Mut<'a, ConsumerBlock>,
        sensitivity: &'a PriceSensitivity,
        taste: &'a Taste,
        known: Mut<'a, Known>,
        bought: Mut<'a, Bought>,
        last: Mut<'a, LastChoice>,
        wallets: Mut<'a, Wallets>,
    ) -> Self {
        Self {
            block: block.into_inner(),
            sensitivity: &sensitivity.0,
            taste: &taste.0,
            known: &mut known.into_inner().0,
            bought: &mut bought.into_inner().0,
            last: &mut last.into_inner().0,
            wallets: &mut wallets.into_inner().0,
        }
    }
}
