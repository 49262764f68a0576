//! Takes pictures of the built site in Chromium, for people to look at:
//!
//! `cargo test --features browser-tests --test browser -- screenshots [OPTION…] [FILE…]`
//!
//! - `--screens overview,records` the routes to show (`#/overview`, …); without it, the start
//! - `--widths 1440,768,390` in CSS pixels; these are the defaults
//! - `--themes light,dark` likewise
//!
//! The files (and the files right inside folders) are imported first. Pictures go to
//! `target/screenshots/SCREEN-THEME-WIDTH.png`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Outcome;
use crate::harness::browser::{Browser, Session};
use crate::harness::site::Site;

#[derive(Debug)]
struct Order {
    screens: Vec<String>,
    widths: Vec<u32>,
    themes: Vec<String>,
    files: Vec<PathBuf>,
}

/// Takes the pictures that the arguments ask for, and prints their names.
pub async fn take(arguments: &[String]) -> Outcome {
    let order = Order::read(arguments)?;
    let session = Session::start(Browser::Chromium).await?;
    let taken = take_all(&order, &session).await;
    session.quit().await?;
    taken
}

async fn take_all(order: &Order, session: &Session) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    let site = Site::new(session, "/").await?;
    site.open("").await?;
    if !order.files.is_empty() {
        site.import(&order.files).await?;
    }
    for screen in &order.screens {
        // Not a new load, which would forget the files.
        site.run("location.hash = arguments[0]", vec![format!("#/{screen}").into()]).await?;
        for theme in &order.themes {
            site.theme(theme).await?;
            for &width in &order.widths {
                site.viewport(width, if width < 600 { 844 } else { 900 }).await?;
                site.settle().await?;
                let name = if screen.is_empty() { "start" } else { screen };
                let file = folder.join(format!("{name}-{theme}-{width}.png").replace('/', "-"));
                site.screenshot(&file).await?;
                println!("{}", file.display());
            }
        }
    }
    for complaint in site.take_complaints() {
        eprintln!("the page complains: {complaint}");
    }
    site.close().await
}

impl Order {
    fn read(arguments: &[String]) -> Outcome<Self> {
        let mut order = Self {
            screens: vec![String::new()],
            widths: vec![1440, 768, 390],
            themes: vec!["light".to_owned(), "dark".to_owned()],
            files: Vec::new(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut list = || {
                let list = arguments.next().ok_or_else(|| format!("{argument} wants a list"))?;
                Ok::<_, String>(list.split(',').map(str::to_owned).collect::<Vec<_>>())
            };
            match argument.as_str() {
                "--screens" => order.screens = list()?,
                "--themes" => order.themes = list()?,
                "--widths" => {
                    order.widths =
                        list()?.iter().map(|width| width.parse()).collect::<Result<_, _>>()?;
                }
                file if Path::new(file).is_dir() => {
                    for entry in fs::read_dir(file)? {
                        order.files.extend(Some(entry?.path()).filter(|path| path.is_file()));
                    }
                }
                file => order.files.push(file.into()),
            }
        }
        order.files.sort_unstable();
        Ok(order)
    }
}
