//! The page of a tournament.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{path, stdout};

#[test]
fn whoever_is_listed_first_has_a_colour_of_its_own() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    let field =
        "harvester,passive,premium,random,follower,price-war,dealmaker,grudger,open-door,steady-investor";
    let what =
        ["tournament", "--level", "arena/duel", "--format", "gauntlet", "--strategies", field, "--out", &out];
    let size = ["--blocks", "8", "--consumers", "200", "--merchants", "60"];
    stdout(&[&what[..], &size[..]].concat());
    let page = fs::read_to_string(Path::new(&out).join("report.html")).unwrap();
    let heading = page.split("<h2>").find(|heading| heading.contains("</span>harvester")).unwrap();
    let mark = heading.split("</h2>").next().unwrap();
    assert!(mark.contains("background:#") && !mark.contains("#9a9a9a"), "{mark}");
    for heading in ["Head to head", "Circles", "Level by level"] {
        assert!(!page.contains(heading), "a gauntlet says nothing of the others among themselves: {heading}");
    }
    let mut curves = page.split("<polyline").map(|rest| rest.split('>').next().unwrap());
    let curve = curves.find(|curve| curve.contains("class=\"about\"")).unwrap();
    assert!(!curve.contains("#9a9a9a") && curve.contains("points=\"0.0,"), "{curve}");
    let legend = page.split("class=\"legend\"").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(legend.contains("harvester") && legend.contains("the others"), "{legend}");
}
