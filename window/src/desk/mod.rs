//! What is on the desk: which screen, which match, what is being worked on beside it. No Bevy and no drawing here, so that
//! tests can play through the panels alone.

mod action;
mod choosing;
mod drawing;
mod drawn;
mod ended;
mod heard;
mod hints;
mod levels;
mod look;
pub(crate) mod news;
mod notice;
mod overlays;
mod played;
mod round;
mod saves;
mod table;
mod tasks;
mod tutorial;
mod viewing;

use std::path::PathBuf;
use std::sync::Arc;

pub use super::library::Listed;
pub use action::{Action, Overlay, Proposal, Screen, Tab};
pub use drawn::{Drawn, any_seed};
pub use heard::Sound;
pub use look::Look;
pub use news::{NewsFilter, NewsKind};
pub use notice::Notice;
pub use played::Played;
pub use tasks::Viewing;

use tasks::{Loaded, Lost, Raising, answer};

use super::settings::Settings;
use super::texts::{say, speak};
use hints::{Hints, is_finished};
use walled_gardens_engine::level::{Level, shipped};
use walled_gardens_engine::play::{Bests, Difficulty, Kept, OrderWorth, Programme, Session, Shelf, Task};

/// The last turn being watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watch {
    /// Seconds since it began.
    pub clock: f32,
}

/// Seconds that a walk lasts.
pub const WALK: f32 = 5.2;

/// A match that begins, and what is to be said of it.
type Begun = Result<(Session, Option<String>), String>;

/// Everything on the desk.
pub struct Desk {
    /// Settings.
    pub settings: Settings,
    /// Screen.
    pub screen: Screen,
    /// Window over it: the one in front.
    pub overlay: Option<Overlay>,
    /// Windows that lie below it, since it was opened from the last of them.
    below: Vec<Overlay>,
    /// Levels.
    pub levels: Vec<Listed>,
    /// What is searched for.
    pub search: String,
    /// Whether the levels for studies are listed, and not those to play.
    pub studies: bool,
    /// The level chosen, by its place.
    pub chosen: usize,
    /// The seat chosen.
    pub seat: usize,
    /// Seats that others at this machine take.
    pub guests: Vec<usize>,
    /// The strategies in all seats, by platform, where the match is to be watched and no seat is taken.
    pub cast: Option<Vec<String>>,
    /// How hard it is to be.
    pub difficulty: Difficulty,
    /// Seed, where one is given.
    pub seed: Option<u64>,
    /// The random market that is being set up.
    pub drawn: Option<Drawn>,
    /// The match.
    pub played: Option<Played>,
    /// The walk, while it is watched.
    pub watch: Option<Watch>,
    /// The match being watched.
    pub viewing: Option<Viewing>,
    /// From where the map is looked at.
    pub look: Look,
    /// What is to be read of the news.
    pub news: NewsFilter,
    /// The tab of levers.
    pub tab: Tab,
    /// The offer being composed.
    pub proposal: Option<Proposal>,
    /// What was composed so far and is on no plan, to each and as an answer to each.
    composed: Vec<Proposal>,
    /// The article that is open, by its key.
    pub article: Option<String>,
    /// How far the tutorial is.
    pub hints: Hints,
    /// Something to be told.
    pub message: Option<String>,
    /// Something that went well, and passes.
    pub notice: Option<Notice>,
    /// Saves.
    pub shelf: Shelf,
    /// The best that was reached so far.
    pub bests: Bests,
    /// The match that ended better than any before it of the same level and seat.
    pub record: Option<u64>,
    /// What is known of the files among them.
    pub kept: Vec<Kept>,
    /// What is to be heard, and was not played yet.
    pub sounds: Vec<Sound>,
    /// Whether the window is to close.
    pub quit: bool,
    /// What was done while a number was being typed, which counts first.
    pub(crate) waiting: Vec<Action>,
    /// The folder of the user's levels.
    folder: Option<PathBuf>,
    /// Files in it that are still to be read.
    coming: Vec<PathBuf>,
    /// Whether there are more of them than are listed.
    pub unlisted: bool,
    /// Seconds since files of levels were looked at.
    unseen: f32,
    beginning: Option<Task<Begun>>,
    loading: Option<Task<Loaded>>,
    cataloguing: Option<Task<Vec<Kept>>>,
    raising: Option<Raising>,
    /// What a turn's orders were worth, and which. Not with the match, which is off the desk while its panels are drawn.
    weighing: Option<Task<(u32, Vec<OrderWorth>)>>,
    /// Whether the match is to be saved once its month is worked out.
    save_due: bool,
    /// The match and the month of it whose end has been asked about, since something would lapse with it.
    asked: Option<(u64, u32)>,
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
        let is_new = |level: &Level| !level.tutorial.is_empty() && !is_finished(&settings, level);
        let leads = |listed: &Listed| listed.level.as_ref().is_ok_and(|level| is_new(level));
        let tutorial = settings.hints.then(|| place(&leads)).flatten();
        let default = || place(&|level: &Listed| level.name == Level::default_name());
        let chosen = tutorial.or_else(default).unwrap_or(0);
        Self {
            settings,
            screen: Screen::Browser,
            overlay: None,
            below: Vec::new(),
            levels,
            search: String::new(),
            studies: false,
            chosen,
            seat: 0,
            guests: Vec::new(),
            cast: None,
            difficulty: Difficulty::default(),
            seed: None,
            drawn: None,
            played: None,
            watch: None,
            viewing: None,
            look: Look::default(),
            news: NewsFilter::default(),
            tab: Tab::Prices,
            proposal: None,
            composed: Vec::new(),
            article: None,
            hints: Hints::default(),
            message: None,
            notice: None,
            bests: Bests::read(shelf.folder()),
            record: None,
            shelf,
            kept: Vec::new(),
            sounds: Vec::new(),
            quit: false,
            waiting: Vec::new(),
            folder: None,
            coming: Vec::new(),
            unlisted: false,
            unseen: 0.0,
            beginning: None,
            loading: None,
            cataloguing: None,
            raising: None,
            weighing: None,
            save_due: false,
            asked: None,
        }
    }

    /// The level chosen, if it reads.
    pub fn chosen_level(&self) -> Option<&Arc<Level>> {
        self.levels.get(self.chosen)?.level.as_ref().ok()
    }

    /// The level that is played, or else the one that is chosen.
    pub fn level(&self) -> Option<&Level> {
        let played = self.played.as_ref().map(|played| &played.position.level);
        played.or(self.chosen_level()).map(|level| &**level)
    }

    /// Whether something is being worked on that the player waits for.
    pub fn is_busy(&self) -> bool {
        let resolving = self.played.as_ref().is_some_and(Played::is_resolving);
        self.beginning.is_some() || self.loading.is_some() || self.raising.is_some() || resolving
    }

    /// Whether a match is on its way to the desk, and no button says so.
    pub fn is_opening(&self) -> bool {
        let said = matches!(self.screen, Screen::Briefing | Screen::End);
        !said && (self.loading.is_some() || self.raising.is_some())
    }

    /// Whether anything at all is being worked on.
    pub fn is_working(&self) -> bool {
        let beside = |played: &Played| {
            played.forecasting.is_some() || played.is_choosing() || played.is_looking_back()
        };
        let shown = self.viewing.as_ref().is_some_and(Viewing::is_working);
        self.is_busy() || shown || self.is_weighing() || self.played.as_ref().is_some_and(beside)
    }

    /// Whether something passes by itself: what is said in passing, or a walk that nobody moves in, or a match that goes on turn by turn.
    pub fn is_passing(&self) -> bool {
        let plays = self.viewing.as_ref().is_some_and(|viewing| viewing.playing);
        self.notice.is_some() || self.watch.is_some() || plays
    }

    /// Whether what the orders were worth is being found out.
    pub fn is_weighing(&self) -> bool {
        self.weighing.is_some()
    }

    /// Does what a panel wants.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Go(screen) => self.go(screen),
            Action::Over(overlay) => self.over(overlay),
            Action::Read(article) => {
                self.article = article.or(self.article.take());
                self.over(Some(Overlay::Encyclopedia));
            }
            Action::Studies(studies) => self.list_studies(studies),
            Action::Choose(place) => {
                if place != self.chosen {
                    (self.chosen, self.seat, self.cast) = (place, 0, None);
                    self.guests.clear();
                }
            }
            Action::Seat(platform) => {
                (self.seat, self.cast) = (platform, None);
                self.guests.retain(|&guest| guest != platform);
            }
            Action::Join(platform) => self.join(platform),
            Action::SitDown => self.sit_down(),
            Action::Spectate => self.spectate(),
            Action::Cast(platform, strategy) => {
                if let Some(seat) = self.cast.as_mut().and_then(|cast| cast.get_mut(platform)) {
                    *seat = strategy;
                }
            }
            Action::Difficulty(difficulty) => self.difficulty = difficulty,
            Action::Draw(market) => self.draw_market(market),
            Action::TakeDrawn => self.take_drawn(),
            Action::KeepDrawn => self.keep_drawn(),
            Action::Begin => self.begin(),
            Action::Order(order) => self.pull(order),
            Action::Compose(proposal) => self.compose(proposal),
            Action::Propose(proposal) => self.propose(proposal),
            Action::Send => self.send(),
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
            Action::Weigh(turn) => self.weigh(turn),
            Action::Load(path) => self.load(path),
            Action::Save => {
                if self.screen == Screen::Watch {
                    self.save_viewing();
                } else {
                    self.save();
                }
                self.over(self.overlay);
            }
            Action::Watch(path) => self.raise(Programme::File(path)),
            Action::WatchMatch => self.watch_match(),
            Action::Show(turn) => self.show_turn(turn),
            Action::Pause => self.pause(),
            Action::Again => self.again(),
            Action::AnotherCeo => self.another_ceo(),
            Action::NextLevel(place) => self.play_next(place),
            Action::Look(look) => self.look = look,
            Action::News(filter) => self.news = filter,
            Action::Set(settings) => self.set(settings),
            Action::Tab(tab) => self.open_tab(tab),
            Action::Answer(waiting) => {
                self.close_all();
                Tab::answering(&waiting).into_iter().for_each(|tab| self.open_tab(tab));
            }
            Action::NextHint => self.hints.next(),
            Action::Dismiss => self.message = None,
            Action::Quit => self.quit = true,
        }
    }

    /// Another tab of levers, if the level has it.
    fn open_tab(&mut self, tab: Tab) {
        if self.level().is_some_and(|level| Tab::of(level).any(|known| known == tab)) {
            self.tab = tab;
        }
    }

    fn go(&mut self, screen: Screen) {
        let of_match = |screen: Screen| matches!(screen, Screen::Play | Screen::Report | Screen::End);
        // Whoever comes back to a shared match may be somebody else.
        if of_match(screen) && self.is_shared() && !of_match(self.screen) && self.screen != Screen::Watch {
            return self.leave_seat();
        }
        match screen {
            Screen::Browser => self.catalogue(),
            Screen::SetUp => self.set_up(),
            _ => {}
        }
        self.watch = None;
        self.close_all();
        // Nobody listens any more: its thread ends.
        self.viewing = self.viewing.take().filter(|_| screen == Screen::Watch);
        let over = self.played.as_ref().is_some_and(|played| played.position.is_over());
        self.screen = if screen == Screen::Play && over { Screen::End } else { screen };
    }

    fn set(&mut self, settings: Settings) {
        let anew = settings.hints && !self.settings.hints;
        self.settings = settings;
        if anew {
            // Whoever wants hints again wants all of them.
            self.settings.tutorials.clear();
            self.hints = Hints::default();
        }
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
        let level = Arc::clone(level);
        let (people, seed, difficulty) = (self.people(), self.seed, self.difficulty);
        self.beginning = self.start("opening", move || {
            let seats: Vec<&str> =
                people.iter().filter_map(|&seat| Some(level.platforms.get(seat)?.id.as_str())).collect();
            let session = Session::begin_table(&level, &seats, seed, difficulty);
            session.map(|session| (session, None)).map_err(|error| error.to_string())
        });
    }

    /// Says something in passing.
    fn tell(&mut self, text: String) {
        self.notice = Some(Notice::now(text));
    }

    /// Sees what has been worked out since the last frame; `seconds` have passed.
    pub fn tick(&mut self, seconds: f32) {
        speak(self.settings.language());
        self.notice = self.notice.take().and_then(|notice| notice.later(seconds));
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
                Ok(Ok((session, words))) => {
                    self.open(session);
                    self.message = words;
                }
                Ok(Err(error)) => self.message = Some(error),
                Err(Lost) => self.message = Some(say!("task-failed")),
            }
        }
        self.tick_saves();
        self.refresh(seconds);
        self.tick_match();
        self.tick_viewing();
        self.follow_tutorial();
    }

    /// Puts a match on the desk.
    pub fn open(&mut self, session: Session) {
        let goes_on = |played: &Played| played.position.number == session.number();
        if !self.played.as_ref().is_some_and(goes_on) {
            (self.news, self.tab, self.article) = (NewsFilter::default(), Tab::Prices, None);
            self.look = Look::default();
        }
        (self.played, self.weighing) = (Some(Played::new(session)), None);
        (self.watch, self.message, self.proposal, self.save_due) = (None, None, None, false);
        self.composed.clear();
        self.go(Screen::Play);
        if self.is_shared() {
            self.leave_seat();
        }
    }
}
