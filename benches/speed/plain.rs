//! What the engine is measured against: the same arithmetic on plain slices, five platforms known to the compiler, no
//! world, no cells, no blocks of agents, written without a look at the engine's own loop.

use multiversion::multiversion;
use rayon::prelude::*;
use walled_gardens::sim::draw::{exp_poly, exp2_poly};

/// Platforms.
pub const P: usize = 5;
const BLOCK: usize = 64;
/// Consumers that one task of a parallel step takes.
const CHUNK: usize = 16_384;

#[inline(always)]
fn hash32(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// A number in [0, 1).
#[inline(always)]
fn uniform(agent: u32, key: u32) -> f32 {
    (hash32(agent ^ key) >> 8) as i32 as f32 * (1.0 / 16_777_216.0)
}

/// Runs exp, for any argument, over a buffer that stays in the first cache.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub fn exp_over(buffer: &mut [f32], rounds: usize) {
    for _ in 0..rounds {
        // Back to where it came from by one subtraction, so that values stay in range.
        buffer.iter_mut().for_each(|x| *x = exp_poly(*x) - 1.0);
    }
}

/// The same for 2ˣ of arguments that need no limits.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub fn exp2_over(buffer: &mut [f32], rounds: usize) {
    for _ in 0..rounds {
        buffer.iter_mut().for_each(|x| *x = exp2_poly(*x) - 1.0);
    }
}

/// a = b + s·c over columns far larger than the last cache.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
pub fn triad(a: &mut [f32], b: &[f32], c: &[f32]) {
    for ((a, b), c) in a.iter_mut().zip(b).zip(c) {
        *a = b + 3.0 * c;
    }
}

/// What is the same for everybody, in units of ln 2: a weight is two to the power of a utility.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub common: [f32; P],
    pub price_staying: [f32; P],
    pub price_switching: [f32; P],
    pub position: [f32; P],
    pub strength: f32,
    pub habit: f32,
}

/// The smallest market: sensitivity, last choice.
pub struct Small {
    pub sensitivity: Vec<f32>,
    pub last: Vec<u8>,
}

impl Small {
    /// One step of everybody; returns how many chose each platform.
    pub fn step(&mut self, row: &Row, key: u32, pool: Option<&rayon::ThreadPool>) -> [u32; P] {
        let Some(pool) = pool else {
            return choose_small(&self.sensitivity, &mut self.last, 0, key, row);
        };
        pool.install(|| {
            let columns = self.sensitivity.par_chunks(CHUNK).zip(self.last.par_chunks_mut(CHUNK)).enumerate();
            columns
                .map(|(number, (s, last))| choose_small(s, last, (number * CHUNK) as u32, key, row))
                .reduce(|| [0; P], |a, b| std::array::from_fn(|j| a[j] + b[j]))
        })
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
fn choose_small(sensitivity: &[f32], last: &mut [u8], first: u32, key: u32, row: &Row) -> [u32; P] {
    let mut counts = [0; P];
    let full = last.len() / BLOCK * BLOCK;
    let rest = last.len() - full;
    let mut tail = ([0.0; BLOCK], [0; BLOCK]);
    tail.0[..rest].copy_from_slice(&sensitivity[full..]);
    tail.1[..rest].copy_from_slice(&last[full..]);
    let groups = sensitivity.as_chunks().0.iter().zip(last.as_chunks_mut().0);
    for (group, (s, last)) in groups.enumerate() {
        small_block(s, last, BLOCK, first + (group * BLOCK) as u32, key, row, &mut counts);
    }
    small_block(&tail.0, &mut tail.1, rest, first + full as u32, key, row, &mut counts);
    last[full..].copy_from_slice(&tail.1[..rest]);
    counts
}

#[inline(always)]
fn small_block(
    sensitivity: &[f32; BLOCK],
    last: &mut [u8; BLOCK],
    counted: usize,
    first: u32,
    key: u32,
    row: &Row,
    counts: &mut [u32; P],
) {
    let (mut sum, mut cumulative, mut choice) = ([0f32; BLOCK], [[0f32; BLOCK]; P], [0i32; BLOCK]);
    for j in 0..P {
        for l in 0..BLOCK {
            let stay = if i32::from(last[l]) == j as i32 { row.habit } else { 0.0 };
            sum[l] += exp2_poly((-sensitivity[l]).mul_add(row.price_staying[j], row.common[j]) + stay);
        }
        cumulative[j] = sum;
    }
    for l in 0..BLOCK {
        let u = uniform(first + l as u32, key) * sum[l];
        for j in 0..P - 1 {
            choice[l] += i32::from(cumulative[j][l] <= u);
        }
    }
    for l in 0..BLOCK {
        last[l] = choice[l] as u8;
    }
    for (j, count) in counts.iter_mut().enumerate() {
        *count += choice[..counted].iter().filter(|&&c| c == j as i32).count() as u32;
    }
}

/// The market with every term: sensitivity, taste, known shops and a last choice for each category.
pub struct Full {
    pub sensitivity: Vec<f32>,
    pub taste: Vec<f32>,
    pub known: Vec<u16>,
    pub last: Vec<Vec<u8>>,
    /// By category.
    pub rows: Vec<Row>,
    /// Probability of learning of each platform, and of forgetting one.
    pub learning: [f32; P],
    pub forgetting: f32,
}

/// Who chose what, by category and alternative, and who bought where in any category.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub chosen: Vec<[u32; P + 1]>,
    pub users: [u32; P],
}

impl Full {
    /// One step of everybody: learning and forgetting, then a choice in every category.
    pub fn step(&mut self, key: u32, pool: Option<&rayon::ThreadPool>) -> Counts {
        let mut last: Vec<&mut [u8]> = self.last.iter_mut().map(Vec::as_mut_slice).collect();
        let mut tasks = Vec::new();
        let columns = self.sensitivity.chunks(CHUNK).zip(self.taste.chunks(CHUNK));
        for (number, ((s, t), k)) in columns.zip(self.known.chunks_mut(CHUNK)).enumerate() {
            let mine: Vec<&mut [u8]> = last
                .iter_mut()
                .map(|column| {
                    let (mine, rest) = std::mem::take(column).split_at_mut(s.len());
                    *column = rest;
                    mine
                })
                .collect();
            tasks.push((number, s, t, k, mine));
        }
        let (rows, learning, forgetting) = (&self.rows, &self.learning, self.forgetting);
        let run = |(number, s, t, k, mine): &mut (usize, &[f32], &[f32], &mut [u16], Vec<&mut [u8]>)| {
            choose_full(s, t, k, mine, (*number * CHUNK) as u32, key, rows, learning, forgetting)
        };
        let counts: Vec<Counts> = match pool {
            Some(pool) => pool.install(|| tasks.par_iter_mut().map(run).collect()),
            None => tasks.iter_mut().map(run).collect(),
        };
        let mut all = Counts { chosen: vec![[0; P + 1]; rows.len()], users: [0; P] };
        for counts in counts {
            for (all, one) in all.chosen.iter_mut().zip(counts.chosen) {
                (0..=P).for_each(|j| all[j] += one[j]);
            }
            (0..P).for_each(|j| all.users[j] += counts.users[j]);
        }
        all
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2+fma"))]
fn choose_full(
    sensitivity: &[f32],
    taste: &[f32],
    known: &mut [u16],
    last: &mut [&mut [u8]],
    first: u32,
    key: u32,
    rows: &[Row],
    learning: &[f32; P],
    forgetting: f32,
) -> Counts {
    let mut counts = Counts { chosen: vec![[0; P + 1]; rows.len()], users: [0; P] };
    let length = sensitivity.len();
    for start in (0..length).step_by(BLOCK) {
        let count = BLOCK.min(length - start);
        let (mut s, mut t, mut k) = ([0f32; BLOCK], [0f32; BLOCK], [0u16; BLOCK]);
        s[..count].copy_from_slice(&sensitivity[start..][..count]);
        t[..count].copy_from_slice(&taste[start..][..count]);
        k[..count].copy_from_slice(&known[start..][..count]);
        let mut bought = [0u16; BLOCK];
        for column in last.iter() {
            for (mask, &choice) in bought[..count].iter_mut().zip(&column[start..][..count]) {
                *mask |= 1u16.wrapping_shl(u32::from(choice));
            }
        }
        for j in 0..P {
            let shop_key = hash32(key ^ (j as u32 + 1));
            for l in 0..BLOCK {
                let u = uniform(first + (start + l) as u32, shop_key);
                let knows = k[l] >> j & 1 == 1;
                let after = if knows { u >= forgetting || bought[l] >> j & 1 == 1 } else { u < learning[j] };
                k[l] = k[l] & !(1 << j) | u16::from(after) << j;
            }
        }
        let mut now = [0u16; BLOCK];
        for (category, row) in rows.iter().enumerate() {
            let mut current = [P as u8; BLOCK];
            current[..count].copy_from_slice(&last[category][start..][..count]);
            let shop_key = hash32(key ^ (category as u32 + 101));
            full_block(&s, &t, &k, &mut current, first + start as u32, shop_key, row);
            for (j, total) in counts.chosen[category].iter_mut().enumerate() {
                *total += current[..count].iter().filter(|&&c| c == j as u8).count() as u32;
            }
            for l in 0..BLOCK {
                now[l] |= 1u16.wrapping_shl(u32::from(current[l]));
            }
            last[category][start..][..count].copy_from_slice(&current[..count]);
        }
        for (j, users) in counts.users.iter_mut().enumerate() {
            *users += now[..count].iter().map(|mask| u32::from(mask >> j & 1)).sum::<u32>();
        }
        for l in 0..BLOCK {
            k[l] |= now[l];
        }
        known[start..][..count].copy_from_slice(&k[..count]);
    }
    counts
}

#[inline(always)]
fn full_block(
    sensitivity: &[f32; BLOCK],
    taste: &[f32; BLOCK],
    known: &[u16; BLOCK],
    last: &mut [u8; BLOCK],
    first: u32,
    key: u32,
    row: &Row,
) {
    let (mut sum, mut cumulative, mut choice) = ([0f32; BLOCK], [[0f32; BLOCK]; P], [0i32; BLOCK]);
    for j in 0..P {
        for l in 0..BLOCK {
            let stays = i32::from(last[l]) == j as i32;
            let stay = if stays { row.habit } else { 0.0 };
            let price = if stays { row.price_staying[j] } else { row.price_switching[j] };
            let apart = (taste[l] - row.position[j]).abs();
            let back = 1.0 - apart;
            let way = if apart < back { apart } else { back };
            let utility = (-sensitivity[l]).mul_add(price, row.common[j]);
            let weight = exp2_poly((-row.strength).mul_add(way, utility) + stay);
            let knows = i32::from(known[l]) >> j & 1 == 1 || stays;
            sum[l] += if knows { weight } else { 0.0 };
        }
        cumulative[j] = sum;
    }
    let kept = exp2_poly(row.habit);
    for l in 0..BLOCK {
        sum[l] += if i32::from(last[l]) == P as i32 { kept } else { 1.0 };
        let u = uniform(first + l as u32, key) * sum[l];
        for j in 0..P {
            choice[l] += i32::from(cumulative[j][l] <= u);
        }
    }
    for l in 0..BLOCK {
        last[l] = choice[l] as u8;
    }
}
