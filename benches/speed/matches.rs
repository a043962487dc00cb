//! Matches a second on the smallest arena: what a tournament is made of.

use rayon::prelude::*;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::{Level, shipped};
use walled_gardens::strategy;
use walled_gardens::tournament::{
    Finish, Finishes, Folder, FolderError, Format, Plan, Tournament, Watcher, run,
};

use super::timing::{median, rate, seconds};

/// Matches in a round.
const MATCHES: u64 = 1_000;

/// Keeps every record, as the command does.
struct Keeper<'a>(&'a Tournament, Folder);

impl Watcher for Keeper<'_> {
    type Error = FolderError;

    fn round(&mut self, _: usize) {}

    fn finished(&mut self, finish: &Finish) -> Result<(), FolderError> {
        self.1.add(self.0, finish)
    }
}

/// Matches a second through a tournament's runner, every record written to the disk.
fn kept(level: &str, seats: [&str; 2], threads: usize) -> f64 {
    let plan = Plan {
        title: String::new(),
        format: Format::RoundRobin,
        levels: vec![level.to_owned()],
        strategies: seats.map(str::to_owned).to_vec(),
        others: Vec::new(),
        blocks: MATCHES as u32 / 2,
        seed: 1,
        turns: None,
        consumers: None,
        merchants: None,
    };
    let tournament = Tournament::new(plan).expect("the plan is sound");
    let scratch = tempfile::tempdir().expect("there is room for records");
    let folder = Folder::create(&scratch.path().join("out"), &tournament, None).expect("a new folder");
    let mut keeper = Keeper(&tournament, folder);
    let time = seconds(|| {
        run(&tournament, Finishes::new(), None, threads, &mut keeper).expect("records can be written");
    });
    MATCHES as f64 / time
}

/// The line of the table.
pub fn report(rounds: usize) -> String {
    let name = "arena/duel";
    let duel = shipped().find(|level| level.name == name).expect("the arena is shipped");
    let level = Level::from_text(duel.name, duel.text, &strategy::vocabulary()).expect("the level is sound");
    let prepared = Prepared::new(level);
    let mut setup = Setup::of(&prepared.level).expect("the level names known strategies");
    let seat = |name| Seat::Strategy(strategy::strategy(name).expect("the strategy is registered"));
    setup.seats = vec![seat("passive"), seat("follower")];
    setup.population.measure_surplus = false;
    let with_seed = |seed: u64| {
        let mut setup = setup.clone();
        setup.population.seed = seed;
        setup
    };
    let play_one = |threads: usize| {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let time = pool.install(|| {
            seconds(|| {
                (0..MATCHES).into_par_iter().for_each_init(
                    || Match::new(&prepared, with_seed(0)),
                    |game, seed| {
                        game.restart(&prepared, with_seed(seed));
                        std::hint::black_box(game.play_out());
                    },
                );
            })
        });
        MATCHES as f64 / time
    };
    let at = |threads| median((0..rounds.min(5)).map(|_| play_one(threads)).collect());
    let kept_at =
        |threads| median((0..rounds.min(5)).map(|_| kept(name, ["passive", "follower"], threads)).collect());
    let (bare, kept) = ([at(1), at(2)], [kept_at(1), kept_at(2)]);
    format!(
        "Matches: {} on one thread, {} on two: {name}, {} consumers, {} merchants, {} turns, passive against follower, worlds \
         reused. Through a tournament's runner, every record kept: {} and {} ({:.2} and {:.2} of these)",
        rate(bare[0]),
        rate(bare[1]),
        prepared.level.setup.consumers,
        prepared.level.setup.merchants,
        prepared.level.setup.turns,
        rate(kept[0]),
        rate(kept[1]),
        kept[0] / bare[0],
        kept[1] / bare[1],
    )
}
