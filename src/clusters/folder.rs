//! The folder of a tournament that is played in parts:
//!
//! | | |
//! |---|---|
//! | `plan.ron` | what is played |
//! | `array.json` | in how many parts, and how each is played |
//! | `slurm.sh`, `hyperqueue.sh` | plays one part |
//! | `parts/0`, `parts/1` … | the parts |
//! | `logs/` | what each part's task said |
//! | `jobs.txt` | what was submitted |
//! | `whole/` | the tournament, once all parts are |

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::array::Array;
use super::engine::Engine;
use super::script::script;
use crate::tournament::{FolderError, Plan};

const PLAN: &str = "plan.ron";
const ARRAY: &str = "array.json";
const PARTS: &str = "parts";
const LOGS: &str = "logs";
const JOBS: &str = "jobs.txt";

/// Where all of it stands.
#[derive(Debug)]
pub struct ArrayFolder {
    path: PathBuf,
    /// How it is played.
    pub array: Array,
}

impl ArrayFolder {
    /// Whether a folder holds a tournament that is played in parts: what says so is written last.
    pub fn is_begun(path: &Path) -> bool {
        path.join(ARRAY).is_file()
    }

    /// Writes the plan and how it is played. Tells nobody of it yet.
    ///
    /// # Errors
    /// There is something there already, or it cannot be written.
    pub fn create(path: &Path, plan: &Plan, array: Array) -> Result<Self, FolderError> {
        let path = &std::path::absolute(path).map_err(io(path))?;
        let taken = |what: &str| FolderError::Taken { path: path.clone(), what: what.to_owned() };
        if path.exists() && !path.is_dir() {
            return Err(taken("this is a file; expected a folder"));
        }
        if Self::is_begun(path) {
            return Err(taken(
                "a tournament is here already; `--resume` goes on with it, or choose another folder",
            ));
        }
        if path.exists() {
            // What a beginning that was cut off left is nobody's.
            let own = |name: &str| [PLAN, PARTS, LOGS].contains(&name) || is_remains(name);
            for entry in fs::read_dir(path).map_err(io(path))? {
                if !own(&entry.map_err(io(path))?.file_name().to_string_lossy()) {
                    return Err(taken("the folder is not empty; choose another"));
                }
            }
        }
        for folder in [PARTS, LOGS] {
            fs::create_dir_all(path.join(folder)).map_err(io(path))?;
        }
        let folder = Self { path: path.clone(), array };
        let pretty = ron::ser::PrettyConfig::default();
        let plan =
            ron::ser::to_string_pretty(plan, pretty).map_err(|error| io(path)(io::Error::other(error)))?;
        folder.write(PLAN, &(plan + "\n"))?;
        let array = serde_json::to_string_pretty(&folder.array).map_err(|error| io(path)(error.into()))?;
        folder.write(ARRAY, &(array + "\n"))?;
        Ok(folder)
    }

    /// One that was begun.
    ///
    /// # Errors
    /// It was not, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let path = std::path::absolute(path).map_err(io(path))?;
        let file = path.join(ARRAY);
        let foreign = |what: String| FolderError::Foreign { path: file.clone(), what };
        let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => foreign(
                "there is no tournament in parts to go on with; a plan and --parts begin one".to_owned(),
            ),
            _ => io(&file)(error),
        })?;
        let array = serde_json::from_str(&text)
            .map_err(|error| foreign(format!("it does not say how parts are played: {error}")))?;
        Ok(Self { path, array })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its plan.
    pub fn plan(&self) -> PathBuf {
        self.path.join(PLAN)
    }

    /// A part's folder.
    pub fn part(&self, index: u32) -> PathBuf {
        self.path.join(PARTS).join(index.to_string())
    }

    /// Where all parts are put together.
    pub fn whole(&self) -> PathBuf {
        self.path.join("whole")
    }

    /// The script for an engine as it stands there: written where there is none, and left as somebody may have changed it.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn script(&self, engine: Engine) -> Result<String, FolderError> {
        let path = self.path.join(engine.script_name());
        if !path.exists() {
            self.write(&engine.script_name(), &script(engine, &self.array, &self.path.to_string_lossy()))?;
            make_executable(&path).map_err(io(&path))?;
        }
        fs::read_to_string(&path).map_err(io(&path))
    }

    /// Notes what was submitted, for whoever asks the engine about it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn note(&self, engine: Engine, job: &str, parts: &str) -> Result<(), FolderError> {
        let path = self.path.join(JOBS);
        let file = OpenOptions::new().append(true).create(true).open(&path);
        file.and_then(|mut file| writeln!(file, "{} job {job}: parts {parts}", engine.name()))
            .map_err(io(&path))
    }

    fn write(&self, name: &str, text: &str) -> Result<(), FolderError> {
        let path = self.path.join(name);
        let write = || {
            let mut file = AtomicWriteFile::open(&path)?;
            file.write_all(text.as_bytes())?;
            file.commit()
        };
        write().map_err(io(&path))
    }
}

fn io(path: &Path) -> impl Fn(io::Error) -> FolderError {
    move |error| FolderError::Io { path: path.to_owned(), error }
}

/// Whether a file is what a write that was cut off left.
fn is_remains(name: &str) -> bool {
    [PLAN, ARRAY].iter().any(|file| name.strip_prefix('.').is_some_and(|rest| rest.starts_with(file)))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_mode(permissions.mode() | 0o111);
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}
