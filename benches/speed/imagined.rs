//! What imagination costs: an imagined market's opening, its world, and its turns. Nothing here but names that older builds have
//! too, so that `against.sh` can measure them with the same file.

use std::time::Instant;

use walled_gardens::game::{Match, Prepared, Setup};
use walled_gardens::level::Level;
use walled_gardens::strategy::{self, PlatformView};

/// Levels, from small to large.
pub const LEVELS: [&str; 4] = ["arena/duel", "arena/six", "arena/two_ecosystems", "history/china_2024"];
/// Turns in one timing.
const TURNS: u32 = 24;

/// What the CEO of the first seat knows after three months.
pub fn view(name: &str) -> PlatformView {
    let level = Level::find(name, &[], &strategy::vocabulary()).expect("is shipped");
    let prepared = Prepared::new(level);
    let mut setup = Setup::of(&prepared.level).expect("the level names known strategies");
    (setup.population.consumers, setup.population.merchants) = (20_000, 2_000);
    setup.population.measure_surplus = false;
    let mut game = Match::new(&prepared, setup);
    for _ in 0..3 {
        game.play_turn();
    }
    PlatformView::new(game.simulation(), 0, 24)
}

/// Microseconds on one thread: of the opening, of the world made from it, and of one of its turns.
pub fn measure(view: &PlatformView) -> [f64; 3] {
    let platforms = view.level.platforms.len();
    let micros = |begun: Instant| begun.elapsed().as_secs_f64() * 1e6;
    let begun = Instant::now();
    let market = view.imagine(7);
    let opening = micros(begun);
    let begun = Instant::now();
    let mut simulation = market.simulation();
    let world = micros(begun);
    let begun = Instant::now();
    for _ in 0..TURNS {
        simulation.turn(vec![Vec::new(); platforms]);
    }
    [opening, world, micros(begun) / f64::from(TURNS)]
}

/// Names of what [`measure`] measures.
pub const MEASURED: [&str; 3] = ["opening", "world", "turn"];
