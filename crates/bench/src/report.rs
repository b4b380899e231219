//! What was measured: as JSON, as lines, and as a picture.

use crate::Done;
use serde::Serialize;
use std::{fmt::Write as _, path::Path};

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    /// Of `quality.md`.
    pub(crate) id: &'static str,
    pub(crate) store: String,
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// What it is to reach; a figure that only explains another has none.
    pub(crate) goal: Option<Goal>,
}

/// A bound.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

impl Figure {
    fn reached(&self) -> Option<bool> {
        self.goal.map(|goal| match goal {
            Goal::AtLeast(bound) => self.value >= bound,
            Goal::AtMost(bound) => self.value <= bound,
        })
    }

    fn line(&self) -> String {
        let mut line = format!(
            "{:7} {:9} {:58} {:>10.3} {}",
            self.id, self.store, self.what, self.value, self.unit
        );
        if let Some(goal) = self.goal {
            let (word, bound) = match goal {
                Goal::AtLeast(bound) => ("at least", bound),
                Goal::AtMost(bound) => ("at most", bound),
            };
            let verdict = if self.reached() == Some(true) {
                "reached"
            } else {
                "MISSED"
            };
            let _ = write!(line, "  ({word} {bound}: {verdict})");
        }
        line
    }
}

/// All figures of a run.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) machine: String,
    pub(crate) figures: Vec<Figure>,
}

impl Report {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let memory = memory
            .lines()
            .next()
            .and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        Self {
            machine: format!("{cores} cores, {} GiB", memory.unwrap_or(0) / 1024 / 1024),
            figures: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, figure: Figure) {
        println!("{}", figure.line());
        self.figures.push(figure);
    }

    pub(crate) fn write(&self, folder: &Path) -> Done {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("report.json"), serde_json::to_vec_pretty(self)?)?;
        std::fs::write(folder.join("report.svg"), self.picture())?;
        println!("\n{}: {}/report.json, report.svg", self.machine, folder.display());
        Ok(())
    }

    /// How far each figure is from its goal: the bar ends at the line in the middle where it is just reached.
    fn picture(&self) -> String {
        let judged: Vec<&Figure> = self.figures.iter().filter(|figure| figure.goal.is_some()).collect();
        let (row, width) = (34, 900);
        let height = 60 + row * judged.len();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"13\">\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"16\" y=\"26\" font-size=\"16\">Figures against their goals ({})</text>",
            self.machine
        );
        for (place, figure) in judged.iter().enumerate() {
            let y = 44 + row * place;
            let share = match figure.goal {
                Some(Goal::AtLeast(bound)) => figure.value / bound,
                Some(Goal::AtMost(bound)) => bound / figure.value.max(1e-9),
                None => continue,
            };
            let colour = if share >= 1.0 { "#2f7d4f" } else { "#b4541a" };
            let length = (share.log2().clamp(-4.0, 4.0) + 4.0) / 8.0 * 320.0;
            let text = figure.what.replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(
                svg,
                "<text x=\"16\" y=\"{0}\">{1} {2}</text><text x=\"130\" y=\"{0}\">{text}</text>\
                 <rect x=\"480\" y=\"{3}\" width=\"{length:.0}\" height=\"16\" rx=\"2\" fill=\"{colour}\"/>\
                 <text x=\"810\" y=\"{0}\">{4:.2} {5}</text>",
                y + 13,
                figure.id,
                figure.store,
                y,
                figure.value,
                figure.unit
            );
        }
        let _ = write!(
            svg,
            "<line x1=\"640\" x2=\"640\" y1=\"36\" y2=\"{}\" stroke=\"#333\" stroke-dasharray=\"3 3\"/></svg>",
            height - 12
        );
        svg
    }
}
