//! Random draws without generator state: each is a hash of (seed, turn, purpose, item, agent), so that any order
//! of agents and any number of threads give the same world.

use multiversion::multiversion;

/// What a draw decides. Draws for different purposes are independent. New ones go to the end: the numbers are part of
/// every draw, and of every published table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// A consumer's sensitivity to price.
    PriceSensitivity = 1,
    /// A consumer's position of taste.
    Taste,
    /// Whether a consumer knows a platform (item) at the opening.
    KnownAtOpening,
    /// A consumer's last choice in a category (item) at the opening.
    ChoiceAtOpening,
    /// Whether a consumer learns of, or forgets, one of two shops (item: half the shop).
    Learn,
    /// Whether a consumer reconsiders a category (item).
    Reconsider,
    /// Which alternative a consumer chooses in a category (item).
    Choose,
    /// A merchant's size.
    MerchantSize,
    /// A merchant's margin.
    MerchantMargin,
    /// Whether a merchant could serve one more shop (item).
    MerchantReach,
    /// A merchant's lasting liking for a shop (item).
    MerchantLiking,
    /// A merchant's position of taste.
    MerchantTaste,
    /// A merchant's cost of a listing.
    MerchantEntry,
    /// Whether a merchant reconsiders its listings.
    ReconsiderListings,
    /// A strategy's own randomness (item: its seat).
    Strategy,
    /// Which wallets a consumer holds (item: wallet) and has the habit of (item: 255) at the opening.
    WalletAtOpening,
    /// Whether a consumer adopts or redraws a wallet, which, and where it was used (items).
    Wallet,
    /// Months left of a merchant's contracts at the opening.
    ContractAtOpening,
    /// A merchant's liking for a carrier at a shop (item: shop · 16 + carrier).
    CarrierLiking,
    /// Which of equal bids for a service (item) wins.
    Lot,
    /// By how much somebody misjudges another company (item: one of the pairs).
    Guess,
}

/// The key of one family of draws: one number for each agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    before: u32,
    between: u32,
}

impl Key {
    /// Key for a purpose in a turn of a match; `item` tells categories or platforms apart.
    pub fn new(seed: u64, turn: u32, purpose: Purpose, item: usize) -> Self {
        let place = (u64::from(turn) << 32) | ((purpose as u64) << 16) | item as u64;
        let mixed = mix64(mix64(seed) ^ place);
        Self { before: mixed as u32, between: (mixed >> 32) as u32 }
    }

    /// The 64 bits that identify this family, to seed a generator with.
    pub fn seed(self) -> u64 {
        (u64::from(self.between) << 32) | u64::from(self.before)
    }

    /// 32 random bits for an agent. Two rounds of a well-tested integer hash (Wellons, "lowbias32") with half of
    /// the key before and half between them: with a key in front alone, two turns would share their draws in
    /// permuted order.
    #[inline(always)]
    pub fn bits(self, agent: u32) -> u32 {
        let mut x = agent ^ self.before;
        x ^= x >> 16;
        x = x.wrapping_mul(0x7feb_352d).wrapping_add(self.between);
        x ^= x >> 15;
        x = x.wrapping_mul(0x846c_a68b);
        x ^ (x >> 16)
    }

    /// Bits for agents that follow each other: faster than one by one.
    pub fn fill(self, first: u32, bits: &mut [u32; DRAWN_AT_A_TIME]) {
        fill(self, first, bits);
    }

    /// A number in the open interval (0, 1): 23 bits and a half, so that neither end is ever reached.
    #[inline(always)]
    pub fn uniform(self, agent: u32) -> f32 {
        ((self.bits(agent) >> 9) as i32 as f32 + 0.5) * (1.0 / 8_388_608.0)
    }

    /// The same with 32 bits.
    pub fn uniform_fine(self, agent: u32) -> f64 {
        (f64::from(self.bits(agent)) + 0.5) / 4_294_967_296.0
    }

    /// A standard normal number.
    pub fn normal(self, agent: u32) -> f64 {
        normal_quantile(self.uniform_fine(agent))
    }
}

/// How many draws [`Key::fill`] makes.
pub const DRAWN_AT_A_TIME: usize = 64;

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn fill(key: Key, first: u32, bits: &mut [u32; DRAWN_AT_A_TIME]) {
    for (lane, bits) in bits.iter_mut().enumerate() {
        *bits = key.bits(first.wrapping_add(lane as u32));
    }
}

/// An event that happens with a given probability: 31 random bits below a bound, so that both never and always fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event(u32);

impl Event {
    /// Happens with this probability.
    pub fn with(probability: f64) -> Self {
        Self((probability.clamp(0.0, 1.0) * 2_147_483_648.0) as u32)
    }

    /// Whether it always happens.
    pub fn is_certain(self) -> bool {
        self.0 >= 1 << 31
    }

    /// The bound below which 31 random bits mean that it happens.
    #[inline(always)]
    pub fn bound(self) -> u32 {
        self.0
    }

    /// Whether it happens for an agent.
    #[inline(always)]
    pub fn happens(self, key: Key, agent: u32) -> bool {
        self.given(key.bits(agent))
    }

    /// Whether it happens when these bits are drawn.
    #[inline(always)]
    pub fn given(self, bits: u32) -> bool {
        bits >> 1 < self.0
    }
}

/// A finalizer of 64 bits (Steele, Lea and Flood 2014, `SplitMix`).
pub fn mix64(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Inverse of the standard normal distribution function (Acklam's rational approximation, relative error 1.2e-9).
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let polynomial = |terms: &[f64], x: f64| terms.iter().fold(0.0, |sum, term| sum * x + term);
    let tail = |p: f64| {
        let q = (-2.0 * libm::log(p)).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    };
    if p < 0.024_25 {
        tail(p)
    } else if p > 1.0 - 0.024_25 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    }
}

/// 2ˣ by splitting off the whole part and a polynomial of degree 5 (minimax of the relative error by Remez' exchange):
/// relative error below 2.5e-7, for |x| ≤ 126. Additions and fused multiplications only, so that every instruction set
/// gives the same bits; a processor without fused multiplication gets them slowly. Rounding by adding and subtracting
/// 1.5·2²³, since `round` is a library call on plain x86-64; the whole part is then added to the exponent.
#[inline(always)]
pub fn exp2_poly(x: f32) -> f32 {
    const MAGIC: f32 = 12_582_912.0;
    let shifted = x + MAGIC;
    let fraction = x - (shifted - MAGIC);
    let mut p = 1.327_647_2e-3_f32;
    for c in [9.675_541e-3, 5.550_713e-2, 2.402_212e-1, 6.931_469_4e-1, 1.000_000_1] {
        p = p.mul_add(fraction, c);
    }
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// exp by [`exp2_poly`]: relative error below 6e-6 for |x| < 87, clamped beyond.
#[inline(always)]
pub fn exp_poly(x: f32) -> f32 {
    exp2_poly((x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0))
}

/// Natural logarithm of a positive normal number by splitting off the exponent and a polynomial of degree 9 (the
/// coefficients of Cephes' `logf`): error below 2e-7 of the result or of 1, whichever is larger. Multiplications and
/// additions only.
#[inline(always)]
pub fn ln_poly(x: f32) -> f32 {
    // Subtracting the bits of √½ puts the mantissa into [√½, √2).
    const HALF_ROOT: u32 = 0x3f35_04f3;
    let shifted = x.to_bits().wrapping_sub(HALF_ROOT);
    let exponent = (shifted as i32 >> 23) as f32;
    let mantissa = f32::from_bits((shifted & 0x007f_ffff).wrapping_add(HALF_ROOT)) - 1.0;
    let mut p = 7.037_684e-2_f32;
    for c in [
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ] {
        p = p * mantissa + c;
    }
    let square = mantissa * mantissa;
    let rest = p * mantissa * square - 2.121_944_4e-4 * exponent - 0.5 * square;
    mantissa + rest + 0.693_359_4 * exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_uniform_and_independent_between_keys() {
        let keys = [Key::new(1, 1, Purpose::Choose, 0), Key::new(1, 2, Purpose::Choose, 0)];
        let n = 100_000;
        let mut quarters = [[0u32; 4]; 4];
        for agent in 0..n {
            let [a, b] = keys.map(|key| (key.uniform(agent) * 4.0) as usize);
            quarters[a][b] += 1;
        }
        // Chi-squared with 15 degrees of freedom stays below 37.7 in 999 of 1000 cases.
        let expected = f64::from(n) / 16.0;
        let chi_squared: f64 =
            quarters.iter().flatten().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
        assert!(chi_squared < 37.7, "{chi_squared}");
    }

    #[test]
    fn what_never_happens_never_does_and_what_always_happens_always_does() {
        let key = Key::new(3, 1, Purpose::Learn, 0);
        assert!((0..10_000).all(|agent| Event::with(1.0).happens(key, agent)));
        assert!(!(0..10_000).any(|agent| Event::with(0.0).happens(key, agent)));
        let often = (0..100_000).filter(|&agent| Event::with(0.3).happens(key, agent)).count();
        assert!((29_400..30_600).contains(&often), "{often}");
    }

    #[test]
    fn uniform_draws_stay_inside_the_open_interval() {
        let largest = (8_388_607.0_f32 + 0.5) * (1.0 / 8_388_608.0);
        for sum in [1.0_f32, 1.000_000_1, 1.999_999_9, 3.3, 17.0] {
            assert!(largest * sum < sum);
        }
    }

    #[test]
    fn the_normal_quantile_has_known_values() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959_963_985), (0.001, -3.090_232_306), (0.84134474606, 1.0)] {
            assert!((normal_quantile(p) - z).abs() < 1e-7, "{p}");
        }
    }

    #[test]
    fn the_other_polynomial_is_the_logarithm() {
        for step in -3_000..3_000 {
            let x = libm::exp(f64::from(step) / 37.0) as f32;
            let exact = libm::log(f64::from(x));
            assert!((f64::from(ln_poly(x)) - exact).abs() < 2e-7 * exact.abs().max(1.0), "{x}");
        }
    }

    #[test]
    fn powers_of_two_are_exact_to_three_units_in_the_last_place() {
        for step in -125_000..125_000 {
            let x = step as f32 / 1_000.0;
            let exact = libm::exp2(f64::from(x));
            assert!((f64::from(exp2_poly(x)) / exact - 1.0).abs() < 2.5e-7, "{x}");
        }
    }

    #[test]
    fn the_polynomial_is_the_exponential() {
        for step in -8_700..8_700 {
            let x = step as f32 / 100.0;
            let exact = libm::exp(f64::from(x));
            assert!((f64::from(exp_poly(x)) / exact - 1.0).abs() < 6e-6, "{x}");
        }
    }
}
