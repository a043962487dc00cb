//! What is on the desk: which screen, which match, what is being worked on beside it. No Bevy and no drawing here, so that
//! tests can play through the panels alone.

mod action;
mod choosing;
mod news;
mod played;
mod viewing;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use super::library::Listed;
pub use action::{Action, Overlay, Proposal, Screen, Tab};
pub use news::{NewsFilter, NewsKind};
pub use played::Played;
pub use viewing::Viewing;

use super::hints::{self, Hints};
use super::library::files_below;
use super::settings::Settings;
use super::texts::say;
use crate::game::seat_of;
use crate::level::{Level, shipped};
use crate::order::Orders;
use crate::play::{
    Difficulty, Draft, Programme, Save, Session, Shelf, Task, TaskState, forecast, futures, worth_of_orders,
};
use crate::strategy;

/// The last turn being watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    /// Seconds since it began.
    pub clock: f32,
}

/// Seconds that a walk lasts.
pub const WALK: f32 = 5.2;

type Begun = Result<Session, String>;
type Loaded = Result<Resumed, String>;

/// What a save turned out to be.
enum Resumed {
    /// A match to be gone on with, and the first turn that now comes out differently.
    Played(Box<Session>, Option<u32>),
    /// A match between strategies: it can be watched.
    Watched(Programme),
}

/// Everything on the desk.
pub struct Desk {
    /// Settings.
    pub settings: Settings,
    /// Screen.
    pub screen: Screen,
    /// Window over it.
    pub overlay: Option<Overlay>,
    /// Levels.
    pub levels: Vec<Listed>,
    /// What is searched for.
    pub search: String,
    /// The level chosen, by its place.
    pub chosen: usize,
    /// The seat chosen.
    pub seat: usize,
    /// The strategies in all seats, by platform, where the match is to be watched and no seat is taken.
    pub cast: Option<Vec<String>>,
    /// How hard it is to be.
    pub difficulty: Difficulty,
    /// Seed, where one is given.
    pub seed: Option<u64>,
    /// The match.
    pub played: Option<Played>,
    /// The walk, while it is watched.
    pub watch: Option<Watch>,
    /// The match being watched.
    pub viewing: Option<Viewing>,
    /// What is to be read of the news.
    pub news: NewsFilter,
    /// The tab of levers.
    pub tab: Tab,
    /// The offer being composed.
    pub proposal: Option<Proposal>,
    /// The article that is open, by its key.
    pub article: Option<String>,
    /// How far the tutorial is.
    pub hints: Hints,
    /// Something to be told.
    pub message: Option<String>,
    /// Saves.
    pub shelf: Shelf,
    /// Whether the window is to close.
    pub quit: bool,
    /// Seconds since files of levels were looked at.
    unseen: f32,
    beginning: Option<Task<Begun>>,
    loading: Option<Task<Loaded>>,
    raising: Option<viewing::Raising>,
}

impl Desk {
    /// An empty desk with the shipped levels on it.
    pub fn new(settings: Settings, shelf: Shelf) -> Self {
        let mut levels: Vec<Listed> = shipped().map(Listed::shipped).collect();
        // The folder to begin with stands first.
        let folder = |name: &str| name.split_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        let first = folder(Level::default_name());
        levels.sort_by_key(|listed| folder(&listed.name) != first);
        let place = |wanted: &dyn Fn(&Listed) -> bool| levels.iter().position(wanted);
        // A newcomer begins with a tutorial.
        let leads = |listed: &Listed| listed.level.as_ref().is_ok_and(|level| !level.tutorial.is_empty());
        let tutorial = settings.hints.then(|| place(&leads)).flatten();
        let default = || place(&|level: &Listed| level.name == Level::default_name());
        let chosen = tutorial.or_else(default).unwrap_or(0);
        Self {
            settings,
            screen: Screen::Browser,
            overlay: None,
            levels,
            search: String::new(),
            chosen,
            seat: 0,
            cast: None,
            difficulty: Difficulty::default(),
            seed: None,
            played: None,
            watch: None,
            viewing: None,
            news: NewsFilter::default(),
            tab: Tab::Prices,
            proposal: None,
            article: None,
            hints: Hints::default(),
            message: None,
            shelf,
            quit: false,
            unseen: 0.0,
            beginning: None,
            loading: None,
            raising: None,
        }
    }

    /// The level chosen, if it reads.
    pub fn chosen_level(&self) -> Option<&Arc<Level>> {
        self.levels.get(self.chosen)?.level.as_ref().ok()
    }

    /// Whether something is being worked on that the player waits for.
    pub fn is_busy(&self) -> bool {
        let resolving = self.played.as_ref().is_some_and(|played| played.resolving.is_some());
        self.beginning.is_some() || self.loading.is_some() || self.raising.is_some() || resolving
    }

    /// Whether a match is on its way to the desk, and no button says so.
    pub fn is_opening(&self) -> bool {
        let said = matches!(self.screen, Screen::Briefing | Screen::End);
        !said && (self.loading.is_some() || self.raising.is_some())
    }

    /// Whether anything at all is being worked on.
    pub fn is_working(&self) -> bool {
        let beside = |played: &Played| played.forecasting.is_some() || played.weighing.is_some();
        let shown = self.viewing.as_ref().is_some_and(Viewing::is_working);
        self.is_busy() || shown || self.played.as_ref().is_some_and(beside)
    }

    /// Whether what the orders were worth is being found out.
    pub fn is_weighing(&self) -> bool {
        self.played.as_ref().is_some_and(|played| played.weighing.is_some())
    }

    /// Chooses a level by name or file, and a seat by id; says so where there is none.
    pub fn find(&mut self, name: &str, seat: Option<&str>) {
        self.chosen = self.levels.iter().position(|listed| listed.name == name).unwrap_or_else(|| {
            // What is neither a file nor shipped is not listed.
            if !Path::new(name).is_file() {
                let found = Level::find(name, &[], &strategy::vocabulary());
                self.message = found.err().map(|error| error.to_string());
                return self.chosen;
            }
            self.levels.push(Listed::file(Path::new(name)));
            self.levels.len() - 1
        });
        let Some(level) = self.chosen_level() else { return };
        match seat.map_or(Ok(0), |seat| seat_of(level, seat)) {
            Ok(seat) => self.seat = seat,
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    /// Lists the levels below a folder, sound or not, before those that are listed already.
    pub fn list_folder(&mut self, folder: &Path) {
        let files = files_below(folder);
        self.chosen += files.len();
        self.levels.splice(0..0, files.iter().map(|path| Listed::file(path)));
    }

    /// Looks at the files of levels again, once a second while levels are chosen.
    fn refresh(&mut self, seconds: f32) {
        self.unseen += seconds;
        if self.unseen < 1.0 || !matches!(self.screen, Screen::Browser | Screen::Briefing) {
            return;
        }
        self.unseen = 0.0;
        self.levels.iter_mut().for_each(Listed::refresh);
        self.refresh_seat();
    }

    /// Does what a panel wants.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Go(screen) => self.go(screen),
            Action::Over(overlay) => self.overlay = overlay,
            Action::Read(article) => {
                self.article = article.or(self.article.take());
                self.overlay = Some(Overlay::Encyclopedia);
            }
            Action::Choose(place) => {
                if place != self.chosen {
                    (self.chosen, self.seat, self.cast) = (place, 0, None);
                }
            }
            Action::Seat(platform) => (self.seat, self.cast) = (platform, None),
            Action::Spectate => self.spectate(),
            Action::Cast(platform, strategy) => {
                if let Some(seat) = self.cast.as_mut().and_then(|cast| cast.get_mut(platform)) {
                    *seat = strategy;
                }
            }
            Action::Difficulty(difficulty) => self.difficulty = difficulty,
            Action::Begin => self.begin(),
            Action::Order(order) => self.plan(|draft| draft.set(order)),
            Action::Propose(proposal) => {
                (self.proposal, self.overlay) = (Some(proposal), Some(Overlay::Offer));
            }
            Action::Release(order) => self.plan(|draft| draft.release(&order)),
            Action::Remove(place) => self.plan(|draft| draft.remove(place)),
            Action::Undo => self.plan(|draft| {
                draft.undo();
            }),
            Action::Redo => self.plan(|draft| {
                draft.redo();
            }),
            Action::EndTurn => self.end_turn(),
            Action::Skip => self.finish_watching(),
            Action::WatchAgain => {
                self.screen = Screen::Play;
                self.watch = Some(Watch { clock: 0.0 });
            }
            Action::Speed(speed) => self.settings.speed = speed,
            Action::Weigh => self.weigh(),
            Action::Load(path) => self.load(path),
            Action::Save if self.screen == Screen::Watch => self.save_viewing(),
            Action::Save => self.save(),
            Action::Watch(path) => self.raise(Programme::File(path)),
            Action::WatchMatch => self.watch_match(),
            Action::Show(turn) => self.show_turn(turn),
            Action::Pause => self.pause(),
            Action::Again => self.again(),
            Action::AnotherCeo => self.another_ceo(),
            Action::News(filter) => self.news = filter,
            Action::Set(settings) => self.set(settings),
            Action::Tab(tab) => self.tab = tab,
            Action::NextHint => self.hints.next(),
            Action::Dismiss => self.message = None,
            Action::Quit => self.quit = true,
        }
    }

    fn go(&mut self, screen: Screen) {
        self.watch = None;
        // Nobody listens any more: its thread ends.
        self.viewing = self.viewing.take().filter(|_| screen == Screen::Watch);
        let over = self.played.as_ref().is_some_and(|played| played.position.is_over());
        self.screen = if screen == Screen::Play && over { Screen::End } else { screen };
    }

    fn set(&mut self, settings: Settings) {
        self.settings = settings;
        if let Err(error) = self.settings.keep() {
            self.message = Some(say!("settings-not-kept", reason = error));
        }
    }

    /// A task, or a message that there is none to be had.
    fn start<T: Send + 'static>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<Task<T>> {
        Task::start(name, work).map_err(|error| self.message = Some(error.to_string())).ok()
    }

    fn begin(&mut self) {
        let Some(listed) = self.levels.get(self.chosen) else { return };
        let Ok(level) = &listed.level else { return };
        if let Some(cast) = self.cast.clone() {
            let level = Arc::clone(level);
            return self.watch_level(level, cast);
        }
        let (level, seat) = (Arc::clone(level), level.platforms[self.seat].id.clone());
        let (seed, difficulty) = (self.seed, self.difficulty);
        self.beginning = self.start("opening", move || {
            Session::begin_level(&level, Some(&seat), seed, difficulty).map_err(|error| error.to_string())
        });
    }

    fn load(&mut self, path: PathBuf) {
        self.overlay = None;
        self.loading = self.start("loading", move || {
            let name = path.display().to_string();
            let save = Save::read(&path).map_err(|error| error.to_string())?;
            if !save.has_person() {
                return Ok(Resumed::Watched(Programme::Recorded(name, Box::new(save))));
            }
            let (session, differs) = save.resume(&name).map_err(|error| error.to_string())?;
            Ok(Resumed::Played(Box::new(session), differs))
        });
    }

    fn save(&mut self) {
        let Some(played) = &mut self.played else { return };
        let Some(session) = &mut played.session else { return };
        session.draft = played.draft.clone();
        let save = Save::of(session);
        let name = format!("{} {}", session.level().id, played.position.played());
        self.message = Some(match self.shelf.write(&name, &save) {
            Ok(path) => say!("saved-as", path = path.display()),
            Err(error) => say!("not-saved", reason = error),
        });
    }

    fn plan(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(played) = &mut self.played
            && played.session.is_some()
        {
            change(&mut played.draft);
            played.rehearse();
        }
    }

    fn end_turn(&mut self) {
        let Some(played) = &mut self.played else { return };
        if played.position.is_over() || self.watch.is_some() {
            return;
        }
        let Some(mut session) = played.session.take() else { return };
        session.draft = std::mem::take(&mut played.draft);
        // What is forecast for other orders says nothing about these.
        let orders = session.draft.orders().to_vec();
        let forecast = played.forecast.take().filter(|_| played.forecast_for.as_ref() == Some(&orders));
        let usual = played.usual.take();
        played.forecasting = None;
        let task = Task::start("turn", move || {
            let expected = forecast.unwrap_or_else(|| {
                let view = session.view();
                let usual = usual.unwrap_or_else(|| Arc::new(futures(&view, &Orders::new())));
                let now = session.now().clone();
                self::forecast(&view, &now, &futures(&view, &orders), Some(&usual), session.record())
            });
            session.end_turn(Some(expected));
            session
        });
        match task {
            Ok(task) => played.resolving = Some(task),
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    fn finish_watching(&mut self) {
        if self.watch.take().is_some() {
            self.screen = Screen::Report;
        }
    }

    fn weigh(&mut self) {
        let Some(played) = &mut self.played else { return };
        let Some(session) = &played.session else { return };
        let (again, turn) = (session.again(), played.position.played());
        match Task::start("worth", move || worth_of_orders(&again, turn)) {
            Ok(task) => played.weighing = Some(task),
            Err(error) => self.message = Some(error.to_string()),
        }
    }

    /// Sees what has been worked out since the last frame; `seconds` have passed.
    pub fn tick(&mut self, seconds: f32) {
        if let Some(watch) = &mut self.watch {
            watch.clock += seconds * self.settings.speed;
            if watch.clock > WALK || self.settings.reduced_motion && watch.clock > 0.5 * WALK {
                match self.screen {
                    Screen::Watch => self.watch = None,
                    _ => self.finish_watching(),
                }
            }
        }
        if let Some(begun) = answer(&mut self.beginning) {
            match begun {
                Ok(Ok(session)) => self.open(session),
                Ok(Err(error)) => self.message = Some(error),
                Err(Lost) => self.message = Some(say!("task-failed")),
            }
        }
        if let Some(loaded) = answer(&mut self.loading) {
            match loaded {
                Ok(Ok(Resumed::Played(session, differs))) => {
                    self.open(*session);
                    self.message = differs.map(|turn| say!("save-differs", turn = turn));
                }
                Ok(Ok(Resumed::Watched(programme))) => self.raise(programme),
                Ok(Err(error)) => self.message = Some(error),
                Err(Lost) => self.message = Some(say!("task-failed")),
            }
        }
        self.refresh(seconds);
        self.tick_match();
        self.tick_viewing();
        hints::follow(self);
    }

    fn tick_match(&mut self) {
        let Some(played) = &mut self.played else { return };
        if let Some(resolved) = answer(&mut played.resolving) {
            match resolved {
                Ok(session) => {
                    played.receive(session);
                    let save = played.session.as_ref().map(Save::of);
                    self.watch = Some(Watch { clock: 0.0 });
                    self.screen = Screen::Play;
                    if let Some(Err(error)) = save.map(|save| self.shelf.autosave(&save)) {
                        self.message = Some(say!("not-autosaved", reason = error));
                    }
                }
                Err(Lost) => self.message = Some(say!("turn-failed")),
            }
        }
        let Some(played) = &mut self.played else { return };
        if let Some(Ok((orders, forecast, usual))) = answer(&mut played.forecasting) {
            (played.forecast, played.forecast_for, played.usual) =
                (Some(forecast), Some(orders), Some(usual));
        }
        if let Some(Ok(worth)) = answer(&mut played.weighing) {
            played.worth = Some(worth);
        }
        played.look_ahead();
    }

    /// Puts a match on the desk.
    pub fn open(&mut self, session: Session) {
        let goes_on = |played: &Played| {
            let (old, setup) = (&played.position, session.setup());
            old.level.id == session.level().id && (old.seed, old.me) == (setup.population.seed, session.me())
        };
        if !self.played.as_ref().is_some_and(goes_on) {
            self.news = NewsFilter::default();
        }
        self.played = Some(Played::new(session));
        (self.watch, self.overlay, self.message, self.proposal) = (None, None, None, None);
        self.go(Screen::Play);
    }
}

/// The thread died.
struct Lost;

/// A task's answer, once there is one; the task is then over.
fn answer<T: Send + 'static>(task: &mut Option<Task<T>>) -> Option<Result<T, Lost>> {
    let answer = match task.as_ref()?.poll() {
        TaskState::Running => return None,
        TaskState::Done(answer) => Ok(answer),
        TaskState::Failed => Err(Lost),
    };
    *task = None;
    Some(answer)
}
