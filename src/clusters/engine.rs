//! Engines: how parts are submitted to each.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

/// What spreads tasks over machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// Slurm, which clusters have.
    Slurm,
    /// HyperQueue, which needs no administrator.
    #[value(name = "hyperqueue", alias = "hq")]
    HyperQueue,
}

/// Why parts were not submitted.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The engine's command is not on this machine.
    #[error(
        "{engine}: there is no `{command}` in PATH; call this where {engine} is, or with --dry-run, which writes the script and submits nothing"
    )]
    Missing {
        /// The engine.
        engine: &'static str,
        /// Its command.
        command: &'static str,
    },
    /// The engine said no, or nothing that can be understood.
    #[error("{command}: {said}; what was written stays, and --resume submits it")]
    Refused {
        /// What was called.
        command: String,
        /// What it answered.
        said: String,
    },
}

impl Engine {
    /// What it is called here.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slurm => "slurm",
            Self::HyperQueue => "hyperqueue",
        }
    }

    /// What it is called on the command line.
    fn program(self) -> &'static str {
        match self {
            Self::Slurm => "sbatch",
            Self::HyperQueue => "hq",
        }
    }

    /// The words that submit parts, in the folder that has the script.
    pub fn words(self, parts: &[u32]) -> Vec<String> {
        let array = format!("--array={}", ranges(parts));
        let script = self.script_name();
        match self {
            Self::Slurm => vec![self.program().into(), "--parsable".into(), array, script],
            Self::HyperQueue => {
                let quiet = "--output-mode=quiet".into();
                vec![self.program().into(), quiet, "submit".into(), array, format!("./{script}")]
            }
        }
    }

    /// The file of its script.
    pub fn script_name(self) -> String {
        format!("{}.sh", self.name())
    }

    /// Whether its command is on this machine.
    ///
    /// # Errors
    /// It is not.
    pub fn is_there(self) -> Result<(), EngineError> {
        self.call(Path::new("."), &[self.program().to_owned(), "--version".to_owned()]).map(|_| ())
    }

    /// Submits parts of the tournament in a folder; the job's number. What its exit status says is believed in one case: that it said no.
    ///
    /// # Errors
    /// It is not there, refuses, or names no job.
    pub fn submit(self, folder: &Path, parts: &[u32]) -> Result<String, EngineError> {
        let words = self.words(parts);
        let output = self.call(folder, &words)?;
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        let (out, err) = (said(&output.stdout), said(&output.stderr));
        // Slurm puts the cluster's name behind the number where there are several.
        let job = out.lines().last().unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if output.status.success() && !job.is_empty() && job.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(job.to_owned());
        }
        let said = match [out.as_str(), &err].join("\n").trim() {
            "" => format!("it said nothing ({})", output.status),
            said => format!("no job was made ({}): {said}", output.status),
        };
        Err(EngineError::Refused { command: words.join(" "), said })
    }

    fn call(self, folder: &Path, words: &[String]) -> Result<Output, EngineError> {
        let called = Command::new(&words[0]).args(&words[1..]).current_dir(folder).output();
        called.map_err(|error| match error.kind() {
            ErrorKind::NotFound => EngineError::Missing { engine: self.name(), command: self.program() },
            _ => EngineError::Refused { command: words.join(" "), said: error.to_string() },
        })
    }
}

/// Numbers in order as engines read them, such as `0-3,7`.
pub fn ranges(numbers: &[u32]) -> String {
    let mut said: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match said.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => said.push((number, number)),
        }
    }
    let one = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    said.iter().map(one).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_in_as_few_words_as_engines_read() {
        assert_eq!(ranges(&[0, 1, 2, 3]), "0-3");
        assert_eq!(ranges(&[0, 2, 3, 7]), "0,2-3,7");
        assert_eq!((ranges(&[5]), ranges(&[])), ("5".to_owned(), String::new()));
    }
}
