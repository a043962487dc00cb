//! A window that is driven by a file: for tests, and for pictures of every screen. A line is one step:
//!
//! ```text
//! click End turn        the control of that label, as a screen reader finds it
//! key Ctrl Z            a key, with modifiers before it
//! type some text        into what has the focus
//! hover Market share
//! point 640 400         the pointer is at a place of the window, in points
//! press 640 400         a click there
//! wheel 120             the wheel is turned by so many points, away from oneself
//! wait 1.5              seconds
//! idle                  until nothing is being worked out and nobody walks
//! shot FILE             a picture
//! frames FILE           how long frames took since the last such step: a line at the end of a file
//! quit
//! ```

use std::collections::VecDeque;
use std::io::Write;
use std::path::{Path, PathBuf};

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, save_to_disk};
use bevy_egui::egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, accesskit, vec2,
};
use bevy_egui::{
    EguiContext, EguiFullOutput, EguiInput, EguiPostUpdateSet, EguiPreUpdateSet, PrimaryEguiContext,
};

use super::pace::Scripted;
use super::resource::DeskResource;

/// Frames between two steps: a press is seen in one, its release in the next, and what it leads to in a third.
const FRAMES: u32 = 3;
/// Seconds after which a step that waits gives up.
const PATIENCE: f32 = 60.0;

/// One step.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Click(String),
    Hover(String),
    Point(Pos2),
    Press(Pos2),
    Wheel(f32),
    Key(Modifiers, Key),
    Type(String),
    Wait(f32),
    Idle,
    Shot(PathBuf),
    Frames(PathBuf),
    Quit,
}

/// What the window is to be driven by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    steps: VecDeque<(usize, Step)>,
}

/// A line that is no step.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line}: {what}")]
pub struct ScriptError {
    path: String,
    line: usize,
    what: String,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// The first line that is no step.
    pub fn read(path: &str, text: &str) -> Result<Self, ScriptError> {
        let mut steps = VecDeque::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: String| ScriptError { path: path.to_owned(), line: number + 1, what };
            steps.push_back((number + 1, step(line).map_err(wrong)?));
        }
        Ok(Self { steps })
    }

    /// A picture of the first screen, and then the end.
    pub fn picture(path: &Path) -> Self {
        let steps = [Step::Wait(0.5), Step::Idle, Step::Shot(path.to_owned()), Step::Quit];
        Self { steps: steps.into_iter().map(|step| (0, step)).collect() }
    }

    /// Takes a picture when all else is done, and then ends.
    pub fn then_picture(mut self, path: &Path) -> Self {
        self.steps.retain(|(_, step)| *step != Step::Quit);
        self.steps.extend(Self::picture(path).steps);
        self
    }

    fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// A place of the window, of two numbers.
fn place(text: &str) -> Result<Pos2, String> {
    let numbers: Option<Vec<f32>> = text.split_whitespace().map(|number| number.parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[x, y]) => Ok(Pos2::new(x, y)),
        _ => Err(format!("`{text}` is no place: two numbers are, from the left and from the top")),
    }
}

fn step(line: &str) -> Result<Step, String> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let needed = || if rest.is_empty() { Err(format!("`{verb}` of what?")) } else { Ok(rest.to_owned()) };
    Ok(match verb {
        "click" => Step::Click(needed()?),
        "hover" => Step::Hover(needed()?),
        "point" => Step::Point(place(rest)?),
        "press" => Step::Press(place(rest)?),
        "wheel" => Step::Wheel(rest.parse().map_err(|_| format!("`{rest}` is no number of points"))?),
        "type" => Step::Type(needed()?),
        "shot" => Step::Shot(PathBuf::from(needed()?)),
        "wait" => Step::Wait(rest.parse().map_err(|_| format!("`{rest}` is no number of seconds"))?),
        "idle" => Step::Idle,
        "frames" => Step::Frames(PathBuf::from(needed()?)),
        "quit" => Step::Quit,
        "key" => {
            let mut modifiers = Modifiers::NONE;
            let mut key = None;
            for word in needed()?.split_whitespace() {
                match word {
                    "Ctrl" => modifiers |= Modifiers::COMMAND | Modifiers::CTRL,
                    "Shift" => modifiers |= Modifiers::SHIFT,
                    "Alt" => modifiers |= Modifiers::ALT,
                    name => {
                        key = Some(Key::from_name(name).ok_or_else(|| format!("there is no key `{name}`"))?);
                    }
                }
            }
            Step::Key(modifiers, key.ok_or("which key?")?)
        }
        _ => {
            return Err(format!(
                "`{verb}` is no step: click, hover, point, press, wheel, key, type, wait, idle, shot, frames, quit"
            ));
        }
    })
}

/// The script at work.
#[derive(Resource)]
struct Driver {
    script: Script,
    /// Controls by label, as they were drawn last.
    labels: Vec<(String, Rect)>,
    release: Option<Pos2>,
    pause: u32,
    waited: f32,
    begun: bool,
    /// Seconds of each frame since they were last asked for.
    frames: Vec<f32>,
}

/// Lets a script drive an app; an empty one changes nothing.
pub(super) fn add(app: &mut App, script: Script) {
    if script.is_empty() {
        return;
    }
    let driver = Driver {
        script,
        labels: Vec::new(),
        release: None,
        pause: 30,
        waited: 0.0,
        begun: false,
        frames: Vec::new(),
    };
    app.insert_resource(driver)
        .insert_resource(Scripted)
        .add_systems(
            PreUpdate,
            drive.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
        )
        .add_systems(
            PostUpdate,
            note.after(EguiPostUpdateSet::EndPass).before(EguiPostUpdateSet::ProcessOutput),
        );
}

/// Notes where every control is.
fn note(
    mut driver: ResMut<Driver>,
    contexts: Query<(&EguiContext, &EguiFullOutput), With<PrimaryEguiContext>>,
) {
    for (context, output) in &contexts {
        let mut context = context.clone();
        context.get_mut().enable_accesskit();
        let Some(output) = &output.0 else { continue };
        let Some(update) = &output.platform_output.accesskit_update else { continue };
        driver.labels = update.nodes.iter().filter_map(|(_, node)| label(node)).collect();
    }
}

fn label(node: &accesskit::Node) -> Option<(String, Rect)> {
    let bounds = node.bounds()?;
    let text = node.label().or(node.value())?.to_owned();
    let corner = |x: f64, y: f64| Pos2::new(x as f32, y as f32);
    Some((text, Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1))))
}

/// A press of the mouse, or its end.
fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Takes the next step.
fn drive(
    mut driver: ResMut<Driver>,
    desk: Res<DeskResource>,
    time: Res<Time<Real>>,
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    driver.frames.push(time.delta_secs());
    let Ok(mut input) = inputs.single_mut() else { return };
    if let Some(place) = driver.release.take() {
        input.events.push(button(place, false));
        return;
    }
    if driver.pause > 0 {
        driver.pause -= 1;
        return;
    }
    if !driver.begun {
        // Wherever the pointer happens to be, it points at nothing.
        input.events.push(Event::PointerGone);
        driver.begun = true;
    }
    let Some((line, step)) = driver.script.steps.front().cloned() else {
        // From here on the window keeps its own pace.
        return commands.remove_resource::<Scripted>();
    };
    driver.waited += time.delta_secs();
    let patient = driver.waited < PATIENCE;
    match step {
        Step::Click(label) | Step::Hover(label) if driver.find(&label).is_none() => {
            if patient {
                return;
            }
            let labels: Vec<&str> = driver.labels.iter().map(|(label, _)| label.as_str()).collect();
            error!("line {line}: there is no `{label}` among {labels:?}");
            exit.write(AppExit::error());
            return;
        }
        Step::Wait(seconds) if driver.waited < seconds => return,
        Step::Wait(_) => {}
        Step::Idle if patient && (desk.0.is_working() || desk.0.watch.is_some()) => return,
        Step::Idle => {}
        Step::Shot(path) => {
            commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path));
            driver.pause = 20;
        }
        Step::Frames(path) => {
            let mut frames = std::mem::take(&mut driver.frames);
            frames.sort_by(f32::total_cmp);
            let part = |part: f32| frames.get((part * frames.len() as f32) as usize).map_or(0.0, |s| 1e3 * s);
            let (median, slow) = (part(0.5), part(0.95));
            let text =
                format!("{} frames, median {median:.1} ms, one in twenty over {slow:.1} ms\n", frames.len());
            let file = std::fs::OpenOptions::new().create(true).append(true).open(&path);
            if let Err(wrong) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
                error!("line {line}: cannot write {}: {wrong}", path.display());
                exit.write(AppExit::error());
                return;
            }
        }
        Step::Quit => {
            exit.write(AppExit::Success);
        }
        by_hand => driver.act(by_hand, &mut input.events),
    }
    driver.script.steps.pop_front();
    driver.waited = 0.0;
    driver.pause += FRAMES;
}

impl Driver {
    /// The middle of the control of a label: one that is just so, or else one that begins so.
    fn find(&self, label: &str) -> Option<Pos2> {
        let exact = self.labels.iter().find(|(known, _)| known == label);
        let begins = || self.labels.iter().find(|(known, _)| known.starts_with(label));
        exact.or_else(begins).map(|(_, place)| place.center())
    }

    /// Does what a hand does with mouse and keys.
    fn act(&mut self, step: Step, events: &mut Vec<Event>) {
        match step {
            Step::Click(label) => {
                if let Some(place) = self.find(&label) {
                    self.press(place, events);
                }
            }
            Step::Press(place) => self.press(place, events),
            Step::Hover(label) => events.extend(self.find(&label).map(Event::PointerMoved)),
            Step::Point(place) => events.push(Event::PointerMoved(place)),
            Step::Wheel(points) => events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, points),
                phase: TouchPhase::Move,
                modifiers: Modifiers::NONE,
            }),
            Step::Key(modifiers, key) => {
                for pressed in [true, false] {
                    let (physical_key, repeat) = (None, false);
                    events.push(Event::Key { key, physical_key, pressed, repeat, modifiers });
                }
            }
            Step::Type(text) => events.push(Event::Text(text)),
            Step::Wait(_) | Step::Idle | Step::Shot(_) | Step::Frames(_) | Step::Quit => {}
        }
    }

    fn press(&mut self, place: Pos2, events: &mut Vec<Event>) {
        events.extend([Event::PointerMoved(place), button(place, true)]);
        self.release = Some(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_and_says_which_line_is_wrong() {
        let script =
            Script::read("x", "# a turn\nclick End turn\nkey Ctrl Z\nwait 0.5\nidle\nshot a.png\nquit\n");
        assert_eq!(script.expect("reads").steps.len(), 6);
        let wrong = Script::read("x", "click End turn\npush it\n").expect_err("is wrong");
        assert!(wrong.to_string().starts_with("x:2: `push` is no step"), "{wrong}");
        assert!(Script::read("x", "point 640 400\npress 1 2\nwheel -120\n").is_ok());
        for wrong in ["press it", "point 640", "point 1 2 3", "wheel much"] {
            assert!(Script::read("x", wrong).is_err(), "{wrong}");
        }
        assert!(Script::read("x", "key Wheel\n").is_err());
        assert!(Script::read("x", "click\n").is_err());
    }
}
