//! Where a new level goes to.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

/// Where a level goes to.
#[derive(Args)]
pub(super) struct Place {
    /// The file to write, such as mine.ron; standard output when absent
    path: Option<PathBuf>,
}

impl Place {
    /// Writes a level there, and never over what is there.
    pub(super) fn put(&self, text: &str, out: &mut impl Write) -> Result<()> {
        let Some(path) = &self.path else { return Ok(out.write_all(text.as_bytes())?) };
        let name = path.display();
        let mut file = match File::create_new(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("{name} is there already; expected a path where nothing is")
            }
            Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
        };
        fill(&mut file, path, text).with_context(|| format!("cannot write {name}"))
    }
}

/// Fills a file that was made for it; one that cannot be filled is taken away again.
fn fill(file: &mut File, path: &Path, text: &str) -> std::io::Result<()> {
    file.write_all(text.as_bytes()).inspect_err(|_| {
        // What is left is no level, and what could not be written is what is told.
        let _ = std::fs::remove_file(path);
    })
}
