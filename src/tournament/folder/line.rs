//! Lines of a file of records: what they say, and a checksum of it.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

/// The file of records.
pub(super) const RECORDS: &str = "matches.jsonl";
/// What a line begins with.
const SUM_FOLLOWS: &str = "{\"sum\":\"";
/// Length of a checksum.
const SUM: usize = 16;

/// One line: its kind, what it says, and a checksum of that.
pub(super) fn line(kind: &str, contents: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    add_line(&mut line, kind, contents)?;
    Ok(line)
}

pub(super) fn add_line(lines: &mut Vec<u8>, kind: &str, contents: &impl Serialize) -> io::Result<()> {
    // Blanks are kept for the checksum, so that what it is of need not be copied.
    let sum_begins = lines.len() + SUM_FOLLOWS.len();
    write!(lines, "{SUM_FOLLOWS}{:SUM$}\",\"{kind}\":", "")?;
    let begins = lines.len();
    serde_json::to_writer(&mut *lines, contents)?;
    let sum = sum(&lines[begins..]);
    lines[sum_begins..][..SUM].copy_from_slice(sum.as_bytes());
    lines.extend_from_slice(b"}\n");
    Ok(())
}

fn sum(text: &[u8]) -> String {
    blake3::hash(text).to_hex()[..SUM].to_owned()
}

/// What a line of a kind says, if it is whole.
pub(super) fn contents<'a>(kind: &str, line: &'a str) -> Result<&'a str, &'static str> {
    let rest = line.strip_prefix(SUM_FOLLOWS).ok_or("not a record")?;
    let (found, rest) = rest.split_at_checked(SUM).ok_or("cut short")?;
    let rest = rest.strip_prefix(&format!("\",\"{kind}\":")).ok_or("not a record")?;
    let text = rest.strip_suffix('}').ok_or("cut short")?;
    if sum(text.as_bytes()) == found {
        Ok(text)
    } else {
        Err("altered or cut short: its checksum does not match")
    }
}

/// Lines that are not records of this tournament: `file:line: why`.
pub type Damaged = Vec<String>;

pub(super) fn damaged_line(records: &Path, number: usize, why: &str) -> String {
    format!("{}:{number}: {why}", records.display())
}
