//! Matches a second on the smallest arena, and what a tournament's runner adds to them.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::strategy;
use walled_gardens::tournament::{
    Done, Finish, Finishes, Folder, FolderError, Place, Plan, Tournament, Watcher, run,
};

use super::timing::{interval_of_median, median, rate, seconds};

/// The level that is played.
const LEVEL: &str = "arena/duel";
/// Who sits there, every second match the other way round.
const PLAYERS: [&str; 2] = ["follower", "passive"];
/// Blocks in one timing, of two matches each: short, so that both of a pair meet the same machine.
const BLOCKS: u32 = 100;
/// Pairs of timings for every round that the table is taken over.
const PAIRS: usize = 5;

/// Keeps every record, as the command does.
struct Keeper(Folder);

impl Watcher for Keeper {
    type Error = FolderError;

    fn round(&mut self, _: usize) {}

    fn finished(&mut self, place: Place, finish: &Finish) -> Result<(), FolderError> {
        self.0.add(place, finish)
    }
}

/// Seconds that a tournament's runner takes, every record written to the disk, and the records.
fn kept(tournament: &Tournament, threads: usize, out: &Path) -> (f64, Finishes) {
    let folder = Folder::create(out, tournament, None).expect("a new folder");
    let mut keeper = Keeper(folder);
    let mut finishes = Finishes::new();
    let done = Done::none(tournament, Some);
    let time = seconds(|| {
        finishes =
            run(tournament, done, None, threads, &mut keeper).expect("records can be written").finishes;
        // Writes what waits.
        drop(keeper);
    });
    (time, finishes)
}

/// Seconds that the same matches take in a loop that does nothing but play them and find who is worth how much, having
/// earned and sold how much: what whoever plays a match wants to know of it.
fn bare(setups: &[Setup], prepared: &Prepared, threads: usize) -> f64 {
    let next = AtomicUsize::new(0);
    seconds(|| {
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut game: Option<Match> = None;
                    while let Some(setup) = setups.get(next.fetch_add(1, Ordering::Relaxed)) {
                        match &mut game {
                            Some(game) => game.restart(prepared, setup.clone()),
                            None => game = Some(Match::new(prepared, setup.clone())),
                        }
                        game.as_mut().map(|game| std::hint::black_box(result(game)));
                    }
                });
            }
        });
    })
}

/// What both turned out to be worth, their profit and share.
fn result(game: &mut Match) -> [[f64; 2]; 3] {
    let mut profit = [0.0; 2];
    while !game.is_over() {
        let outcome = game.play_on();
        profit.iter_mut().zip(&outcome.profit).for_each(|(sum, yuan)| *sum += yuan);
    }
    let outcome = game.judge();
    [[0, 1].map(|seat| outcome.worth()[seat]), profit, [0, 1].map(|seat| outcome.share(seat))]
}

/// Whether both play the same matches: else no timing counts.
fn alike(setups: &[Setup], prepared: &Prepared, finishes: &Finishes) -> bool {
    let same = |(setup, finish): (&Setup, &Finish)| {
        let found = result(&mut Match::new(prepared, setup.clone()));
        found
            .iter()
            .zip([&finish.value, &finish.profit, &finish.share])
            .all(|(found, kept)| found == &kept[..])
    };
    setups.len() == finishes.len() && setups.iter().zip(finishes.values()).all(same)
}

/// The matches of a tournament, as they are set up: same seeds, same seats, same order.
fn setups(tournament: &Tournament) -> Vec<Setup> {
    let mut setup = Setup::of(&tournament.levels[0].level).expect("the level names known strategies");
    setup.population.measure_surplus = false;
    let played = |number: u32| {
        let mut setup = setup.clone();
        let block = walled_gardens::tournament::Block { level: 0, number: number / 2, lineup: Vec::new() };
        setup.population.seed = block.seed(tournament);
        let seat = |place: u32| {
            let name = PLAYERS[(place + number) as usize % 2];
            Seat::Strategy(strategy::strategy(name).expect("the strategy is registered"))
        };
        setup.seats = vec![seat(0), seat(1)];
        setup
    };
    (0..2 * BLOCKS).map(played).collect()
}

/// The lines of the table.
pub fn report(rounds: usize) -> String {
    let plan = Plan::of(vec![LEVEL.to_owned()], PLAYERS.map(str::to_owned).to_vec(), BLOCKS);
    let tournament = Tournament::new(plan).expect("the plan is sound");
    let (setups, prepared) = (setups(&tournament), &tournament.levels[0]);
    let scratch = tempfile::tempdir().expect("there is room for records");
    let (_, finishes) = kept(&tournament, 1, &scratch.path().join("alike"));
    assert!(alike(&setups, prepared, &finishes), "the bare loop plays other matches than the runner");
    let pairs = PAIRS * rounds;
    let size = &prepared.level.setup;
    let mut text = format!(
        "Matches: {LEVEL}, {} consumers, {} merchants, {} turns, {} against {}, worlds reused; {} at a time by a bare loop and by a \
         tournament's runner, every record kept, in turn, {pairs} pairs\n",
        size.consumers,
        size.merchants,
        size.turns,
        PLAYERS[0],
        PLAYERS[1],
        2 * BLOCKS
    );
    for threads in [1, 2] {
        let pair = |number: usize| {
            let out = scratch.path().join(format!("{threads}-{number}"));
            // Whoever comes first meets the caches that the last pair left; each does so as often.
            if number.is_multiple_of(2) {
                let bare = bare(&setups, prepared, threads);
                (bare, kept(&tournament, threads, &out).0)
            } else {
                let kept = kept(&tournament, threads, &out).0;
                (bare(&setups, prepared, threads), kept)
            }
        };
        let times: Vec<(f64, f64)> = (0..pairs).map(pair).collect();
        let per_second = |seconds: Vec<f64>| rate(f64::from(2 * BLOCKS) / median(seconds));
        let ratios: Vec<f64> = times.iter().map(|(bare, kept)| kept / bare).collect();
        let [low, high] = interval_of_median(ratios.clone());
        text += &format!(
            "  {threads} thread(s)   bare {}   kept {}   time of kept / bare {:.3}, 95% interval {low:.3} to {high:.3}\n",
            per_second(times.iter().map(|pair| pair.0).collect()),
            per_second(times.iter().map(|pair| pair.1).collect()),
            median(ratios),
        );
    }
    text
}
