//! The command of a bot, as it is written: `python3 bot.py`, and in brackets its parameters.

use std::collections::BTreeMap;
use std::path::Path;

use crate::level::nearest;

/// What a bot is started by, and what its seat is given.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandLine {
    /// As it is written, without needless blanks: what records call it.
    pub name: String,
    /// The program and its arguments.
    pub words: Vec<String>,
    /// Its parameters.
    pub parameters: BTreeMap<String, f64>,
    /// Why it cannot be started, where there is no such program.
    pub missing: Option<CommandError>,
}

/// Why a text is no command.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CommandError {
    /// There is nothing.
    #[error("`cmd:{0}`: expected a program, such as `cmd:python3 bot.py`")]
    Empty(String),
    /// A quotation that does not end.
    #[error("`cmd:{0}`: a quotation is not closed; expected words as in a shell")]
    Unclosed(String),
    /// Not `name: value`.
    #[error("`cmd:{command}`: `{text}`: expected `name: number`, such as `(aggression: 0.5)`")]
    Parameter {
        /// The command.
        command: String,
        /// What stands there.
        text: String,
    },
    /// Given more than once.
    #[error("`cmd:{command}`: {name} is given twice")]
    Twice {
        /// The command.
        command: String,
        /// The parameter.
        name: String,
    },
    /// No such program.
    #[error("`cmd:{command}`: there is no program `{program}`{hint}")]
    Program {
        /// The command.
        command: String,
        /// The program.
        program: String,
        /// What may be meant.
        hint: String,
    },
    /// A file that is no program.
    #[error(
        "`cmd:{command}`: `{program}` cannot be executed; expected a program (`chmod +x`), or one that runs it, such as `python3 {program}`"
    )]
    NotExecutable {
        /// The command.
        command: String,
        /// The program.
        program: String,
    },
}

impl CommandLine {
    /// Reads what stands after `cmd:`, of a program that is there.
    ///
    /// # Errors
    /// It is no command, or there is no such program.
    pub fn read(text: &str) -> Result<Self, CommandError> {
        let read = Self::named(text)?;
        read.missing.clone().map_or(Ok(read), Err)
    }

    /// Reads what stands after `cmd:`, also of a program that is gone: what it once did is on record.
    ///
    /// # Errors
    /// It is no command.
    pub fn named(text: &str) -> Result<Self, CommandError> {
        let written = text.trim();
        let (command, listed) = parted(written);
        let words = shlex::split(command).ok_or_else(|| CommandError::Unclosed(written.to_owned()))?;
        if words.first().is_none_or(String::is_empty) {
            return Err(CommandError::Empty(written.to_owned()));
        }
        let parameters = parameters(written, listed)?;
        let (words, missing) = match found(written, words.clone()) {
            Ok(words) => (words, None),
            Err(error) => (words, Some(error)),
        };
        let listed: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let brackets = if listed.is_empty() { String::new() } else { format!(" ({})", listed.join(", ")) };
        Ok(Self { name: format!("cmd:{}{brackets}", command.trim()), words, parameters, missing })
    }
}

/// The command and the parameters in brackets at its end, if it ends in any.
fn parted(text: &str) -> (&str, &str) {
    let listed = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match listed {
        // A bracket within a word is the command's own.
        Some((command, listed)) if command.is_empty() || command.ends_with(char::is_whitespace) => {
            (command.trim_end(), listed)
        }
        _ => (text, ""),
    }
}

fn parameters(command: &str, listed: &str) -> Result<BTreeMap<String, f64>, CommandError> {
    let mut given = BTreeMap::new();
    for part in listed.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let wrong = || CommandError::Parameter { command: command.to_owned(), text: part.to_owned() };
        let (name, value) = part.split_once(':').ok_or_else(wrong)?;
        let value: f64 =
            value.trim().parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(wrong)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(wrong());
        }
        if given.insert(name.to_owned(), value).is_some() {
            return Err(CommandError::Twice { command: command.to_owned(), name: name.to_owned() });
        }
    }
    Ok(given)
}

/// The words, those that name files of the caller's folder made absolute: the bot is started in another one.
fn found(command: &str, mut words: Vec<String>) -> Result<Vec<String>, CommandError> {
    for word in words.iter_mut().skip(1) {
        *word = absolute(word);
    }
    let program = words[0].clone();
    let command = || command.to_owned();
    if program.contains('/') {
        words[0] = absolute(&program);
        let path = Path::new(&words[0]);
        if !path.is_file() {
            let hint = hint(&program);
            return Err(CommandError::Program { command: command(), program, hint });
        }
        if !executable(path) {
            return Err(CommandError::NotExecutable { command: command(), program });
        }
        return Ok(words);
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let known = std::env::split_paths(&folders).map(|folder| folder.join(&program));
    match { known }.find(|path| path.is_file() && executable(path)) {
        Some(path) => {
            words[0] = path.to_string_lossy().into_owned();
            Ok(words)
        }
        None => {
            let here = Path::new(&program).is_file();
            let hint = if here { format!("; did you mean `./{program}`?") } else { " in PATH".to_owned() };
            Err(CommandError::Program { command: command(), program, hint })
        }
    }
}

/// A word as it is, or the absolute path of the file that it names.
fn absolute(word: &str) -> String {
    let path = Path::new(word);
    let absolute = path.exists().then(|| std::path::absolute(path).ok()).flatten();
    absolute.and_then(|path| path.into_os_string().into_string().ok()).unwrap_or_else(|| word.to_owned())
}

/// A file beside the one that is missing, of nearly the same name.
fn hint(program: &str) -> String {
    let path = Path::new(program);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let known = nearest(&name, names.iter().map(String::as_str));
    known.map(|known| format!("; did you mean `{}`?", folder.join(known).display())).unwrap_or_default()
}

#[cfg(unix)]
fn executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn executable(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        CommandLine::read(text).expect_err(text).to_string()
    }

    #[test]
    fn a_command_is_named_as_it_is_written() {
        let read = CommandLine::read(" sh -c 'exit 3' (b: 2, a:0.5) ").expect("is one");
        assert_eq!(read.name, "cmd:sh -c 'exit 3' (a: 0.5, b: 2)");
        assert_eq!(read.words[1..], ["-c", "exit 3"]);
        assert_eq!(read.parameters, BTreeMap::from([("a".to_owned(), 0.5), ("b".to_owned(), 2.0)]));
        assert!(read.words[0].starts_with('/'), "it is started in another folder");
        let own = CommandLine::read("sh -c 'f(x)'").expect("is one");
        assert_eq!((own.parameters.len(), own.words[2].as_str()), (0, "f(x)"));
    }

    #[test]
    fn files_of_the_callers_folder_are_made_absolute() {
        let read = CommandLine::read("sh Cargo.toml --flag nothing.here").expect("is one");
        assert!(Path::new(&read.words[1]).is_absolute() && read.words[1].ends_with("Cargo.toml"));
        assert_eq!(read.words[2..], ["--flag", "nothing.here"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        assert!(refused("").contains("expected a program"));
        assert!(refused("sh 'x").contains("not closed"));
        assert!(refused("sh (a: much)").contains("expected `name: number`"));
        assert!(refused("sh (a: 1, a: 2)").contains("twice"));
        assert!(refused("no-such-program x").contains("in PATH"));
        assert!(refused("./src/lib.rs").contains("cannot be executed"));
        assert!(refused("./Cargo.tml").contains("did you mean `./Cargo.toml`?"));
    }
}
