//! The window: Bevy draws the market, egui says what it means. Panels are plain functions over the desk; only this file
//! and [`scene`] know Bevy.

pub mod articles;
mod chords;
pub mod desk;
pub mod form;
pub mod hints;
mod keys;
mod library;
mod overlays;
mod pace;
pub mod palette;
pub mod panels;
mod reader;
mod resource;
pub mod scene;
pub mod screens;
mod script;
pub mod settings;
mod sound;
pub mod texts;
pub mod theme;
pub mod widgets;
pub mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::window::{ExitCondition, PresentMode, WindowResolution};
use bevy::winit::WinitSettings;
use bevy_egui::egui;
use bevy_egui::{EguiContexts, EguiPlugin, EguiPreUpdateSet, EguiPrimaryContextPass};

use desk::{Desk, Screen};
use palette::Colours;
use resource::DeskResource;
use scene::{Scene, ScenePlugin};
pub use script::{Script, ScriptError};
use settings::Settings;
use sound::SoundPlugin;
use walled_gardens_engine::play::{Language, Programme, Shelf};

/// What the window opens with.
#[derive(Default)]
pub struct Request {
    /// A level by name or file; the browser where none is named.
    pub level: Option<String>,
    /// Seats by id: several where several people play at one machine.
    pub seats: Vec<String>,
    /// Whether strategies are to have all seats of it.
    pub watch: bool,
    /// A match to be watched instead.
    pub programme: Option<Programme>,
    /// A seed.
    pub seed: Option<u64>,
    /// Inputs to be given, and pictures to be taken.
    pub script: Script,
    /// Size of the window in points, where it is not to be that of the settings.
    pub size: Option<(f32, f32)>,
    /// Folder for saves, where it is not to be the user's.
    pub saves: Option<PathBuf>,
    /// Language of this run, where it is not to be that of the settings.
    pub language: Option<Language>,
}

/// There is no display, or nothing that could draw on it.
#[derive(Debug, thiserror::Error)]
#[error("no window can be opened here ({0})")]
pub struct NoWindow(String);

/// Opens the window and stays until it is closed.
///
/// # Errors
/// There is no display, or nothing that could draw on it; nothing was opened then.
pub fn open(mut request: Request) -> Result<(), NoWindow> {
    let display = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !display("DISPLAY") && !display("WAYLAND_DISPLAY") {
        return Err(NoWindow(texts::text("no-display")));
    }
    let desk = desk(&mut request);
    // What draws reports by panicking that it cannot; nobody is to see more of that than a line.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let built = catch_unwind(AssertUnwindSafe(|| build(desk, request)));
    std::panic::set_hook(usual);
    match built {
        Ok(mut app) => {
            app.run();
            Ok(())
        }
        Err(reason) => Err(NoWindow(first_words(reason.as_ref()))),
    }
}

/// The first sentence of what was panicked with.
fn first_words(reason: &(dyn std::any::Any + Send)) -> String {
    let text = reason.downcast_ref::<String>().map(String::as_str).or(reason.downcast_ref::<&str>().copied());
    let text = text.unwrap_or_default().lines().next().unwrap_or_default();
    text.split(['!', ':']).next().unwrap_or_default().trim().chars().take(120).collect()
}

/// The desk as it is asked for.
fn desk(request: &mut Request) -> Desk {
    let mut settings = Settings::kept();
    settings.window = request.size.unwrap_or(settings.window);
    settings.asked = request.language;
    texts::speak(settings.language());
    let usual = settings::folder("XDG_DATA_HOME", ".local/share").map(|folder| folder.join("saves"));
    let saves = request.saves.clone().or(usual).unwrap_or_else(|| PathBuf::from("saves"));
    let mut desk = Desk::new(settings, Shelf::at(saves));
    if let Some(folder) = settings::folder("XDG_DATA_HOME", ".local/share") {
        desk.list_folder(&folder.join("levels"));
    }
    desk.catalogue();
    desk.seed = request.seed;
    if let Some(programme) = request.programme.take() {
        desk.raise(programme);
    } else if let Some(level) = &request.level {
        desk.find(level, &request.seats);
        desk.screen = Screen::Briefing;
        if request.watch {
            desk.spectate();
        }
    }
    desk
}

fn build(desk: Desk, request: Request) -> App {
    let (width, height) = desk.settings.window;
    let window = Window {
        title: texts::text("title"),
        name: Some("walled-gardens".into()),
        resolution: WindowResolution::new(width as u32, height as u32),
        present_mode: PresentMode::AutoVsync,
        ..default()
    };
    let windows = WindowPlugin {
        primary_window: Some(window),
        exit_condition: ExitCondition::OnPrimaryClosed,
        ..default()
    };
    // Whoever plays is told by the game; a graphics driver's chatter helps nobody.
    let log =
        LogPlugin { filter: "error,wgpu=off,naga=off".into(), level: bevy::log::Level::ERROR, ..default() };
    let mut app = App::new();
    app.add_plugins(DefaultPlugins.set(windows).set(log))
        .add_plugins((EguiPlugin::default(), ScenePlugin, SoundPlugin))
        .insert_resource(ClearColor(ground()))
        .insert_resource(WinitSettings::continuous())
        .insert_resource(DeskResource(desk))
        .add_systems(EguiPrimaryContextPass, frame)
        .add_systems(
            PreUpdate,
            pace::keep.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(
            PreUpdate,
            reader::answer.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
        );
    chords::add(&mut app);
    if request.size.is_none() {
        app.add_systems(Last, remember);
    }
    script::add(&mut app, request.script);
    app
}

/// What is behind everything.
fn ground() -> Color {
    let [red, green, blue, _] = theme::palette().ground.to_array();
    Color::srgb_u8(red, green, blue)
}

/// Keeps the size of the window when it is left.
fn remember(
    mut desk: ResMut<DeskResource>,
    mut exits: MessageReader<AppExit>,
    window: Query<&Window>,
    mut size: Local<(f32, f32)>,
) {
    if let Ok(window) = window.single() {
        *size = (window.width(), window.height());
    }
    if exits.read().next().is_some() && *size != (0.0, 0.0) {
        desk.0.settings.window = *size;
        // Nobody is there any more to be told that it could not be kept.
        let _ = desk.0.settings.keep();
    }
}

/// One frame: what has been worked out since the last, then everything drawn over the scene.
fn frame(
    mut contexts: EguiContexts,
    mut desk: ResMut<DeskResource>,
    mut scene: ResMut<Scene>,
    time: Res<Time<Real>>,
    mut exit: MessageWriter<AppExit>,
    mut clear: ResMut<ClearColor>,
    mut dressed: Local<Option<Colours>>,
) -> Result {
    let context = contexts.ctx_mut()?;
    let desk = &mut desk.0;
    let colours = desk.settings.colours;
    if *dressed != Some(colours) {
        palette::choose(colours);
        clear.0 = ground();
        let first = dressed.replace(colours).is_none();
        theme::dress(context);
        if first {
            // Fonts are there from the next frame on.
            return Ok(());
        }
    }
    if context.zoom_factor() != desk.settings.text_size {
        context.set_zoom_factor(desk.settings.text_size);
    }
    // People do not jump where a frame was long in coming.
    let longest = if desk.watch.is_some() { 0.1 } else { f32::MAX };
    desk.tick(time.delta_secs().min(longest));
    let place = context.content_rect();
    let builder = egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(place);
    let mut root = egui::Ui::new(context.clone(), egui::Id::new("root"), builder);
    let map = screens::show(&mut root, desk, &scene.layout);
    if scene.map != map {
        scene.map = map;
    }
    if desk.quit {
        exit.write(AppExit::Success);
    }
    Ok(())
}
