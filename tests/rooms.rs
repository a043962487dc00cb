//! The rooms of the source: modules import each other in one direction, file by file.
//!
//! Read from the text alone. A name counts for the file that it is written in, also where a module passes it on (`pub use`), and
//! tests of a file count for nothing.
#![allow(clippy::expect_used, reason = "a source that cannot be read has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module by its package and its path in there, `["engine", "sim", "grid"]`.
type Module = Vec<String>;

/// The packages: the folder that each lies in, and what others call it.
const PACKAGES: [(&str, &str); 4] = [
    ("level", "walled_gardens_level"),
    ("engine", "walled_gardens_engine"),
    ("window", "walled_gardens_window"),
    (".", "walled_gardens"),
];

/// A module's source.
#[derive(Default)]
struct Source {
    file: String,
    /// Names that `use` binds: what each stands for, and whether it is passed on to others.
    bound: BTreeMap<String, Vec<String>>,
    /// Modules whose every name is bound.
    all_of: Vec<Vec<String>>,
    /// Paths in the text.
    paths: BTreeSet<Vec<String>>,
}

struct House(BTreeMap<Module, Source>);

impl House {
    fn read() -> Self {
        let mut house = Self(BTreeMap::new());
        for (package, _) in PACKAGES {
            house.add(package);
        }
        house
    }

    /// Adds the files of a package.
    fn add(&mut self, package: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(package).join("src");
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let file = path.strip_prefix(&root).expect("it is below").to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = file.strip_suffix(".rs").filter(|name| is_of_a_library(name)) {
                    let module = std::iter::once(package).chain(name.split('/')).map(str::to_owned);
                    let mut module: Module = module.collect();
                    if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                        module.pop();
                    }
                    let text = std::fs::read_to_string(&path).expect("a source");
                    self.0.insert(module, Source::of(format!("{package}/src/{file}"), &plain(&text)));
                }
            }
        }
    }

    /// The file in which the last name of a path is written, seen from a module.
    fn file_of(&self, from: &Module, path: &[String], depth: usize) -> Option<String> {
        if depth > 20 {
            return None;
        }
        let (first, rest) = path.split_first()?;
        let mut module: Module = match first.as_str() {
            "crate" => from[..1].to_vec(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            name => {
                let mut child = from.clone();
                child.push(name.to_owned());
                if self.0.contains_key(&child) {
                    child
                } else if let Some((package, _)) = PACKAGES.iter().find(|(_, known)| *known == name) {
                    vec![(*package).to_owned()]
                } else {
                    let stands_for = self.0.get(from)?.bound.get(name)?;
                    let whole: Vec<String> = stands_for.iter().chain(rest).cloned().collect();
                    return self.file_of(from, &whole, depth + 1);
                }
            }
        };
        let mut rest = rest;
        while let Some((name, further)) = rest.split_first() {
            if name == "super" {
                module.pop();
                rest = further;
                continue;
            }
            let mut child = module.clone();
            child.push(name.clone());
            if self.0.contains_key(&child) {
                module = child;
                rest = further;
                continue;
            }
            let source = self.0.get(&module)?;
            if let Some(stands_for) = source.bound.get(name) {
                let whole: Vec<String> = stands_for.iter().chain(further).cloned().collect();
                return self.file_of(&module, &whole, depth + 1);
            }
            return Some(source.file.clone());
        }
        // A module itself is no name of it: what is taken from it counts.
        None
    }

    /// File by file, whom each takes names from.
    fn arrows(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let of = |(module, source): (&Module, &'_ Source)| {
            let names = source.paths.iter().filter_map(|path| self.file_of(module, path, 0));
            let all = source.all_of.iter().filter_map(|path| {
                let whole: Vec<String> = path.iter().cloned().chain(["*".to_owned()]).collect();
                self.file_of(module, &whole, 0)
            });
            names.chain(all).filter(|file| *file != source.file).collect::<BTreeSet<String>>()
        };
        self.0.iter().map(|(module, source)| (source.file.as_str(), of((module, source)))).collect()
    }
}

/// The program stands above its library, which is all that it sees; files of tests see everything.
fn is_of_a_library(name: &str) -> bool {
    name != "main" && !name.ends_with("/tests")
}

impl Source {
    fn of(file: String, text: &str) -> Self {
        let mut source = Self { file, ..Self::default() };
        let mut rest = text;
        let mut body = String::new();
        // What is passed on is used here only where the text names it besides.
        let mut passed: Vec<(String, Vec<String>)> = Vec::new();
        while let Some(at) = next_use(rest) {
            let (before, statement) = rest.split_at(at);
            let passed_on = before.trim_end().ends_with("pub") || before.trim_end().ends_with(')');
            body.push_str(before);
            let end = statement.find(';').expect("a use ends");
            let mut found = Vec::new();
            tree(statement["use ".len()..end].trim(), &[], &mut found);
            for (name, path) in found {
                if name == "*" {
                    source.all_of.push(path[..path.len() - 1].to_vec());
                } else {
                    if passed_on {
                        passed.push((name.clone(), path.clone()));
                    } else {
                        source.paths.insert(path.clone());
                    }
                    source.bound.insert(name, path);
                }
            }
            rest = &statement[end + 1..];
        }
        body.push_str(rest);
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let words: BTreeSet<&str> = body.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        source.paths.extend(
            passed.into_iter().filter(|(name, _)| words.contains(name.as_str())).map(|(_, path)| path),
        );
        for word in body.split(|c: char| !is_name(c)).filter(|word| word.contains("::")) {
            let parts: Vec<String> = word
                .split("::")
                .filter(|part| !part.is_empty())
                .map(|part| part.trim_matches(':').to_owned())
                .collect();
            source.paths.insert(parts);
        }
        source
    }
}

/// Where the next statement of imports begins.
fn next_use(text: &str) -> Option<usize> {
    text.match_indices("use ").map(|(at, _)| at).find(|&at| {
        let before = text[..at].trim_end_matches(' ');
        before.is_empty() || before.ends_with(['\n', ';', '{', '}', ')']) || before.ends_with("pub")
    })
}

/// The names that a tree of imports binds, each with its path.
fn tree(text: &str, before: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let text = text.trim();
    if let Some((head, inner)) = text.split_once('{') {
        let inner = inner.strip_suffix('}').expect("a bracket is closed");
        let head = head.trim().trim_end_matches("::");
        let path: Vec<String> = before
            .iter()
            .cloned()
            .chain(head.split("::").filter(|part| !part.is_empty()).map(str::to_owned))
            .collect();
        let (mut depth, mut begins) = (0, 0);
        for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    if !inner[begins..at].trim().is_empty() {
                        tree(&inner[begins..at], &path, found);
                    }
                    begins = at + 1;
                }
                _ => {}
            }
        }
        return;
    }
    let (path, name) = match text.split_once(" as ") {
        Some((path, name)) => (path.trim(), name.trim().to_owned()),
        None => (text, text.rsplit("::").next().unwrap_or(text).to_owned()),
    };
    let mut whole: Vec<String> = before.iter().cloned().chain(path.split("::").map(str::to_owned)).collect();
    let mut name = name;
    if whole.last().is_some_and(|last| last == "self") {
        whole.pop();
        if name == "self" {
            name = whole.last().cloned().unwrap_or_default();
        }
    }
    found.push((name, whole));
}

/// A source without comments, texts in quotes, and the module of its tests.
fn plain(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let mut out = String::new();
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        let mut quoted = false;
        let mut last = ' ';
        for c in line.split(" // ").next().unwrap_or(line).chars() {
            if c == '"' && last != '\\' && last != '\'' {
                quoted = !quoted;
            } else if !quoted {
                out.push(c);
            }
            last = c;
        }
        out.push('\n');
    }
    out
}

/// Files that take names from each other in a circle: sets of files each of which leads to all others.
fn circles(arrows: &BTreeMap<&str, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reach = |from: &str| {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(file) = open.pop() {
            for next in arrows.get(file.as_str()).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<String>> = arrows.keys().map(|&file| (file, reach(file))).collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (&file, seen) in &reached {
        if seen.contains(file) && !found.iter().any(|circle| circle.contains(file)) {
            found.push(seen.iter().filter(|other| reached[other.as_str()].contains(file)).cloned().collect());
        }
    }
    found
}

#[test]
fn no_two_files_import_each_other_in_a_circle() {
    let house = House::read();
    let arrows = house.arrows();
    let circles = circles(&arrows);
    let said: Vec<String> = circles
        .iter()
        .flat_map(|circle| {
            let within = |file: &String| {
                let to: Vec<&String> = arrows[file.as_str()].intersection(circle).collect();
                format!("{file} -> {to:?}")
            };
            circle.iter().map(within).chain([String::new()]).collect::<Vec<_>>()
        })
        .collect();
    assert!(circles.is_empty(), "{} circles\n{}", circles.len(), said.join("\n"));
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 500, "imports are found at all");
    let between = |to: &String, from: &str| !to.starts_with(from.split('/').next().expect("a package"));
    let across = arrows.iter().flat_map(|(from, to)| to.iter().filter(|to| between(to, from))).count();
    assert!(across > 200, "{across} imports from other packages are found");
}
