//! What consumers are told, what they have come to expect, and what they did.

use bevy::prelude::*;

use crate::level::MAX_PLATFORMS;
use crate::sim::choice::ChoiceRow;
use crate::sim::grid::Grid;
use crate::sim::state::consumers::ConsumerBlock;

/// What consumers know before they choose, and how: filled each turn from policies and supply.
#[derive(Resource, Clone, Debug)]
pub struct Market {
    /// By cell and category.
    pub rows: Grid<2, ChoiceRow>,
    /// Probability of learning of a shop this turn, by cell and shop.
    pub learning: Grid<2>,
    /// Fraction of people online, by region.
    pub online: Vec<f64>,
    /// Quality of deliveries by region, category and platform.
    pub delivery: Grid<3>,
}

/// What consumers did this turn, in agents.
#[derive(Resource, Clone, Debug)]
pub struct Choices {
    /// Agents who chose an alternative, by cell, category and alternative.
    pub chosen: Grid<3, u64>,
    /// Those of them who had chosen another one before, by cell, category and shop.
    pub switched: Grid<3, u64>,
    /// Agents who bought something, by cell and shop.
    pub users: Grid<2, u64>,
    /// Agents who bought last turn and no more, by cell and shop.
    pub lost: Grid<2, u64>,
    /// Agents who know the shop, by cell and shop.
    pub aware: Grid<2, u64>,
    /// Agents online, by cell.
    pub online: Vec<u64>,
    /// How those who bought at a shop pay there, by cell, shop and column (`payer_columns`); empty without wallets.
    pub payers: Grid<3, u64>,
    /// Agents online who hold each wallet, then those whose habit it is, by cell; empty without wallets.
    pub holders: Grid<2, u64>,
    /// Sum of expected utilities, of worths against offline times the cell's typical sensitivity to price (both in
    /// [`SURPLUS_UNIT`](crate::sim::choice::SURPLUS_UNIT)), and number of choices they were taken over, by cell and category;
    /// zero where not measured.
    pub surplus: Grid<3, i128>,
}

impl Choices {
    /// Nothing chosen yet.
    pub fn none([cells, categories, shops, wallets]: [usize; 4]) -> Self {
        Self {
            chosen: Grid::filled([cells, categories, shops + 1], 0),
            switched: Grid::filled([cells, categories, shops], 0),
            users: Grid::filled([cells, shops], 0),
            lost: Grid::filled([cells, shops], 0),
            aware: Grid::filled([cells, shops], 0),
            online: vec![0; cells],
            payers: Grid::filled([cells, shops, payer_columns(wallets)], 0),
            holders: Grid::filled([cells, 2 * wallets], 0),
            surplus: Grid::filled([cells, categories, 3], 0),
        }
    }

    pub(in crate::sim) fn clear(&mut self) {
        [&mut self.chosen, &mut self.switched].into_iter().for_each(|grid| grid.cells_mut().fill(0));
        let by_shop = [&mut self.users, &mut self.lost, &mut self.aware];
        by_shop.into_iter().for_each(|grid| grid.cells_mut().fill(0));
        self.online.fill(0);
        self.payers.cells_mut().fill(0);
        self.holders.cells_mut().fill(0);
        self.surplus.cells_mut().fill(0);
    }

    /// Adds what other agents did: whole numbers, so that the order does not matter.
    pub(in crate::sim) fn merge(&mut self, other: &Self) {
        fn add<T: Copy + std::ops::AddAssign>(sums: &mut [T], others: &[T]) {
            sums.iter_mut().zip(others).for_each(|(sum, &other)| *sum += other);
        }
        add(self.chosen.cells_mut(), other.chosen.cells());
        add(self.switched.cells_mut(), other.switched.cells());
        add(self.users.cells_mut(), other.users.cells());
        add(self.lost.cells_mut(), other.lost.cells());
        add(self.aware.cells_mut(), other.aware.cells());
        add(&mut self.online, &other.online);
        add(self.payers.cells_mut(), other.payers.cells());
        add(self.holders.cells_mut(), other.holders.cells());
        add(self.surplus.cells_mut(), other.surplus.cells());
    }

    pub(in crate::sim) fn add(&mut self, block: &ConsumerBlock, tally: &Tally) {
        let [_, categories, alternatives] = self.chosen.shape();
        let shops = alternatives - 1;
        let cell = block.cell;
        self.online[cell] += block.online as u64;
        for category in 0..categories {
            for alternative in 0..alternatives {
                let count = block.chosen[category * alternatives + alternative];
                self.chosen[[cell, category, alternative]] += u64::from(count);
            }
            for shop in 0..shops {
                self.switched[[cell, category, shop]] += u64::from(tally.switched[category * shops + shop]);
            }
            for (kind, sum) in tally.surplus[category].into_iter().enumerate() {
                self.surplus[[cell, category, kind]] += sum;
            }
        }
        for shop in 0..shops {
            self.users[[cell, shop]] += u64::from(tally.users[shop]);
            self.lost[[cell, shop]] += u64::from(tally.lost[shop]);
            self.aware[[cell, shop]] += u64::from(tally.aware[shop]);
            let columns = self.payers.shape()[2];
            for (column, &count) in tally.payers[shop * columns..][..columns].iter().enumerate() {
                self.payers[[cell, shop, column]] += u64::from(count);
            }
        }
        for (column, &count) in tally.holders.iter().enumerate() {
            self.holders[[cell, column]] += u64::from(count);
        }
    }
}

/// Columns of the counts of payers at a shop: who pays with each wallet out of habit, who could pay with each and has no
/// habit that is taken, and who has none that is.
pub(in crate::sim) fn payer_columns(wallets: usize) -> usize {
    if wallets > 0 { 2 * wallets + 1 } else { 0 }
}

/// What a typical buyer has come to expect of a shop's prices and adverts, in utility, by region, category and shop.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ExpectedTreatment(pub Grid<3>);

/// What a block's agents did, in whole numbers: adding blocks up gives the same in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::sim) struct Tally {
    pub switched: Vec<u32>,
    pub users: [u32; MAX_PLATFORMS],
    pub lost: [u32; MAX_PLATFORMS],
    pub aware: [u32; MAX_PLATFORMS],
    /// By shop, the columns that [`payer_columns`] counts.
    pub payers: Vec<u32>,
    /// Who holds each wallet, then whose habit it is.
    pub holders: Vec<u32>,
    pub surplus: Vec<[i128; 3]>,
}

impl Tally {
    /// Nothing counted yet, without giving memory back.
    pub fn clear(&mut self, categories: usize, shops: usize, wallets: usize) {
        fn zeros<T: Clone>(list: &mut Vec<T>, zero: T, length: usize) {
            list.clear();
            list.resize(length, zero);
        }
        zeros(&mut self.switched, 0, categories * shops);
        zeros(&mut self.surplus, [0; 3], categories);
        zeros(&mut self.payers, 0, payer_columns(wallets) * shops);
        zeros(&mut self.holders, 0, 2 * wallets);
    }
}
