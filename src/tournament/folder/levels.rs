//! The levels as they were played, kept beside the records: what a folder says can be played again from it alone, and what has
//! changed since can be said.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use crate::tournament::plan::Tournament;

/// Where they are kept.
pub(super) const LEVELS: &str = "levels";

/// Where a level's text is kept, by its place in the plan: ids may hold what no file name can.
fn kept(folder: &Path, number: usize, id: &str) -> PathBuf {
    let plain = |letter: char| if letter.is_alphanumeric() || "_-".contains(letter) { letter } else { '-' };
    folder.join(LEVELS).join(format!("{}-{}.ron", number + 1, id.chars().map(plain).collect::<String>()))
}

/// Keeps the texts that are not kept yet as they are.
pub(super) fn keep(folder: &Path, tournament: &Tournament) -> io::Result<()> {
    fs::create_dir_all(folder.join(LEVELS))?;
    // What a write that was cut off left is named after its file, behind a dot.
    for entry in fs::read_dir(folder.join(LEVELS))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            fs::remove_file(entry.path())?;
        }
    }
    for (number, prepared) in tournament.levels.iter().enumerate() {
        let path = kept(folder, number, &prepared.level.id);
        if fs::read(&path).is_ok_and(|text| text == prepared.level.text.as_bytes()) {
            continue;
        }
        let mut file = AtomicWriteFile::open(&path)?;
        file.write_all(prepared.level.text.as_bytes())?;
        file.commit()?;
    }
    Ok(())
}

/// Which levels are not what they were when a folder was begun, and where.
pub(super) fn changed(folder: &Path, tournament: &Tournament) -> Option<String> {
    let levels = tournament.levels.iter().zip(&tournament.plan.levels).enumerate();
    let said = levels.filter_map(|(number, (prepared, name))| {
        let path = kept(folder, number, &prepared.level.id);
        let text = fs::read_to_string(&path).ok()?;
        let now = &prepared.level.text;
        // Where one ends, the other goes on.
        let line = 1 + text.lines().zip(now.lines()).take_while(|(then, now)| then == now).count();
        (text != *now).then(|| {
            format!("{name} has changed since, from line {line} on: {} is as it was", path.display())
        })
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| said.join("; "))
}
