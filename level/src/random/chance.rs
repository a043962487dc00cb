//! Draws of whole numbers. Written out here, since what is drawn is shared by naming its seed: a crate may change how it draws.

/// A stream of draws (`SplitMix64`: Steele, Lea and Flood 2014).
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of a seed, and of what else tells one market from another.
    pub(super) fn new(seed: u64, what: u64) -> Self {
        let mut chance = Self(seed);
        Self(chance.bits() ^ what)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to below a count.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// From one number to another, both included.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below((most - least + 1) as usize) as u64
    }

    /// A multiple of a step from one number to another, both included.
    pub(super) fn by(&mut self, step: u64, least: u64, most: u64) -> u64 {
        step * self.between(least / step, most / step)
    }

    /// Whether something happens that does so many times in a hundred.
    pub(super) fn happens(&mut self, percent: u64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of several.
    pub(super) fn one_of<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.below(several.len())]
    }

    /// The same in another order.
    pub(super) fn shuffled<T: Copy>(&mut self, several: &[T]) -> Vec<T> {
        let mut shuffled = several.to_vec();
        for last in (1..shuffled.len()).rev() {
            let place = self.below(last + 1);
            shuffled.swap(last, place);
        }
        shuffled
    }
}
