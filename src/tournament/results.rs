//! A table of anybody's results: the columns `match,seat,player,score`, any number of players a match, the higher score the
//! better; an optional column `block` says which matches share their luck, and an optional column `level` what was played: blocks of
//! different levels are different blocks, and levels weigh alike.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use crate::level::nearest;

/// Columns that there must be, and those that there may be.
const COLUMNS: [&str; 4] = ["match", "seat", "player", "score"];
const BLOCK: &str = "block";
const LEVEL: &str = "level";

/// Results that can be rated.
#[derive(Clone, Debug)]
pub struct Results {
    pub(super) players: Vec<String>,
    /// By block and match: who played, with what score.
    pub(super) blocks: Vec<Vec<Vec<(usize, f64)>>>,
    /// By block: what was played, as a number.
    pub(super) levels: Vec<usize>,
}

/// What is wrong with a file of results.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// Not the columns, or not a value.
    #[error("{file}:{line}:{column}: {message}")]
    Cell {
        /// The file.
        file: String,
        /// Line.
        line: usize,
        /// Column, in letters.
        column: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A match that is none.
    #[error("{file}: match {game}: {message}")]
    Match {
        /// The file.
        file: String,
        /// The match.
        game: String,
        /// What is wrong.
        message: String,
    },
    /// Nobody to rate.
    #[error("{file}: there are no two players in it; expected a row for each seat of each match")]
    Nobody {
        /// The file.
        file: String,
    },
}

/// A row of the file.
struct Row {
    key: Key,
    seat: String,
    player: String,
    score: f64,
}

/// Where in a text something stands.
struct Text<'a> {
    file: &'a str,
    text: &'a str,
}

impl Text<'_> {
    /// An error at a value of the record that begins at a byte.
    fn error(&self, record: u64, value: usize, message: String) -> ResultsError {
        let (before, rest) = self.text.split_at_checked(record as usize).unwrap_or((self.text, ""));
        let line = rest.trim_start_matches(['\r', '\n']);
        let breaks = rest.len() - line.len();
        let lines = before.matches('\n').count() + rest[..breaks].matches('\n').count();
        ResultsError::Cell {
            file: self.file.to_owned(),
            line: lines + 1,
            column: column(line, value),
            message,
        }
    }
}

/// Where in a line a value begins, in letters from 1; commas between quotes part nothing.
fn column(line: &str, value: usize) -> usize {
    let (mut quoted, mut commas) = (false, 0);
    // The last value may be nothing before the end.
    for (place, letter) in line.chars().chain(['\n']).enumerate() {
        if commas == value {
            return place + 1;
        }
        quoted ^= letter == '"';
        commas += usize::from(letter == ',' && !quoted);
    }
    1
}

/// Which column is where.
struct Columns {
    needed: [usize; 4],
    block: Option<usize>,
    level: Option<usize>,
}

impl Columns {
    fn of(headings: &StringRecord, text: &Text) -> Result<Self, ResultsError> {
        let place = |name: &str| headings.iter().position(|heading| heading == name);
        let known = |heading: &str| [BLOCK, LEVEL].contains(&heading) || COLUMNS.contains(&heading);
        let mut needed = [0; 4];
        for (column, name) in needed.iter_mut().zip(COLUMNS) {
            *column = place(name).ok_or_else(|| {
                let meant = nearest(name, headings.iter().filter(|heading| !known(heading)));
                let hint =
                    meant.map(|heading| format!(" (did you mean it by `{heading}`?)")).unwrap_or_default();
                let at = meant.and_then(place).unwrap_or(0);
                let all = COLUMNS.join(",");
                text.error(
                    0,
                    at,
                    format!(
                        "there is no column `{name}`{hint}; expected {all}, and if wanted {BLOCK} and {LEVEL}"
                    ),
                )
            })?;
        }
        Ok(Self { needed, block: place(BLOCK), level: place(LEVEL) })
    }

    fn row(&self, record: &StringRecord, headings: usize, text: &Text) -> Result<Row, ResultsError> {
        let at = record.position().map_or(0, csv::Position::byte);
        if record.len() != headings {
            let message = format!("{} values; expected {headings}, one for each column", record.len());
            return Err(text.error(at, record.len().min(headings) - 1, message));
        }
        let value = |column: usize| match record.get(column) {
            Some("") | None => Err(text.error(at, column, "there is no value".to_owned())),
            Some(value) => Ok(value.to_owned()),
        };
        let [game, seat, player, score] = self.needed;
        let number = value(score)?;
        let finite = number.parse().ok().filter(|score: &f64| score.is_finite());
        let not_a_number = || {
            text.error(
                at,
                score,
                format!("`{number}` is not a number; expected a score, the higher the better"),
            )
        };
        let key = Key {
            level: Name::of(self.level.map_or(Ok(String::new()), value)?),
            block: Name::of(value(self.block.unwrap_or(game))?),
            game: Name::of(value(game)?),
        };
        Ok(Row { key, seat: value(seat)?, player: value(player)?, score: finite.ok_or_else(not_a_number)? })
    }
}

impl Results {
    /// Reads a table.
    ///
    /// # Errors
    /// A column is missing, a number is none, or a match has one player or a seat twice.
    pub fn read(file: &str, text: &str) -> Result<Self, ResultsError> {
        let place = Text { file, text };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let unread = |error: csv::Error| place.error(0, 0, error.to_string());
        let headings = reader.headers().map_err(unread)?.clone();
        let columns = Columns::of(&headings, &place)?;
        let mut rows: Vec<Row> = Vec::new();
        for record in reader.records() {
            rows.push(columns.row(&record.map_err(unread)?, headings.len(), &place)?);
        }
        // Most tables are in order already; those of a match stay as they are listed.
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &rows {
            let next = numbers.len();
            numbers.entry(&row.player).or_insert(next);
        }
        let (mut blocks, mut levels): (Vec<Vec<Vec<(usize, f64)>>>, Vec<usize>) = Default::default();
        let mut last: Option<&Key> = None;
        for rows in rows.chunk_by(|a, b| a.key == b.key) {
            let key = &rows[0].key;
            let told =
                |message| ResultsError::Match { file: file.to_owned(), game: key.game.text.clone(), message };
            seated(rows).map_err(told)?;
            let same_level = last.is_none_or(|last| last.level == key.level);
            let same_block = same_level && last.is_some_and(|last| last.block == key.block);
            if !same_block {
                let level = levels.last().map_or(0, |level| level + usize::from(!same_level));
                levels.push(level);
                blocks.push(Vec::new());
            }
            if let Some(block) = blocks.last_mut() {
                block.push(rows.iter().map(|row| (numbers[&row.player[..]], row.score)).collect());
            }
            last = Some(key);
        }
        if numbers.len() < 2 {
            return Err(ResultsError::Nobody { file: file.to_owned() });
        }
        let mut players = vec![String::new(); numbers.len()];
        numbers.into_iter().for_each(|(name, number)| players[number] = name.to_owned());
        Ok(Self { players, blocks, levels })
    }

    /// How many players there are.
    pub fn players(&self) -> usize {
        self.players.len()
    }

    /// Results of matches already at hand: by block and match, players with their scores.
    pub fn of(players: Vec<String>, blocks: Vec<Vec<Vec<(usize, f64)>>>) -> Self {
        let levels = vec![0; blocks.len()];
        Self { players, blocks, levels }
    }
}

/// What a match is told from others by, in the order of blocks: numbers as numbers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    level: Name,
    block: Name,
    game: Name,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// So that "9" comes before "10", and other names after all numbers.
    number: u64,
    text: String,
}

impl Name {
    fn of(text: String) -> Self {
        Self { number: text.parse().unwrap_or(u64::MAX), text }
    }
}

/// Whether everybody in a match has a seat, and one.
fn seated(rows: &[Row]) -> Result<(), String> {
    if rows.len() < 2 {
        return Err("it has one player; expected a row for each seat".to_owned());
    }
    let (mut seats, mut players) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        if !seats.insert(&row.seat) {
            return Err(format!("seat {} is there twice", row.seat));
        }
        if !players.insert(&row.player) {
            return Err(format!("{} has two seats", row.player));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_column() {
        let error = |text: &str| Results::read("r.csv", text).expect_err("is wrong").to_string();
        for (text, place) in [
            ("match,seat,player,score\n1,1,\"a,b\",2\n1,2,bob,x\n", "r.csv:3:9: `x`"),
            ("match,seat,player,score\r\n\r\n1,1,\"a,b\",\r\n", "r.csv:3:11: there is no value"),
            ("match,seat,player,score\n1,1,ann\n", "r.csv:2:5: 3 values; expected 4"),
            (
                "match,seat,player,scores\n",
                "r.csv:1:19: there is no column `score` (did you mean it by `scores`?)",
            ),
            ("", "r.csv:1:1: there is no column `match`"),
        ] {
            let said = error(text);
            assert!(said.starts_with(place), "{text:?}: {said}");
        }
    }
}
