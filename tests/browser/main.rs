//! Drives the built site in Chromium and Firefox: `cargo test --features browser-tests --test browser`.
//!
//! Each test gets a `Site`: a server and a fresh profile of its own, in a browser that all tests of
//! that browser share, one at a time. After each test the harness checks what must hold in all of
//! them: no error on the console, no violation of the Content-Security-Policy, and not one request
//! to another host. `-- screenshots` takes pictures instead (see `screenshots.rs`), `-- bench`
//! measures (see `bench`).

mod alignment;
mod bench;
mod charts;
mod expected;
mod explore;
mod failures;
mod harness;
mod header;
mod imports;
mod losses;
mod moments;
mod paper;
mod pieces;
mod promise;
mod screens;
mod screenshots;
mod server;
mod shell;
mod states;
mod tls;
mod toolbox;

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use libtest_mimic::{Arguments, Failed, Trial};
use thirtyfour::error::WebDriverError;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

use harness::Outcome;
use harness::browser::{Browser, Session};
use harness::programs;
use harness::site::Site;

/// A test, the browsers it runs in and the path its site is served under.
struct Case {
    name: &'static str,
    browsers: &'static [Browser],
    mount: &'static str,
    run: for<'a> fn(&'a Site<'a>) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>,
}

const CHROMIUM: &[Browser] = &[Browser::Chromium];
const BOTH: &[Browser] = &[Browser::Chromium, Browser::Firefox];

/// `case!(BOTH, "/", shell::starts_without_complaint)`
macro_rules! case {
    ($browsers:expr, $mount:literal, $test:path) => {
        Case {
            name: stringify!($test),
            browsers: $browsers,
            mount: $mount,
            run: |site| Box::pin($test(site)),
        }
    };
}

const CASES: &[Case] = &[
    case!(BOTH, "/", shell::starts_without_complaint),
    case!(BOTH, "/a/b/", shell::starts_under_a_path),
    case!(BOTH, "/", shell::forbids_what_the_policy_forbids),
    case!(BOTH, "/", shell::asks_for_the_shipped_files_only),
    case!(BOTH, "/", shell::is_accessible_at_the_start),
    case!(BOTH, "/", shell::says_so_where_the_browser_is_too_old),
    case!(CHROMIUM, "/", shell::says_so_without_javascript),
    case!(BOTH, "/", imports::opens_files_of_every_kind),
    case!(BOTH, "/", moments::leads_on_from_an_import_too_quick_to_be_seen),
    case!(BOTH, "/", moments::leads_nobody_on_who_has_gone_elsewhere),
    case!(BOTH, "/", moments::leads_nobody_on_who_has_cleared_all),
    case!(BOTH, "/", moments::reads_on_where_nobody_sees_the_page),
    case!(BOTH, "/", imports::opens_the_shared_corpus),
    case!(BOTH, "/a/b/", imports::opens_the_sample_data),
    case!(BOTH, "/", imports::opens_what_is_dropped),
    case!(CHROMIUM, "/", imports::opens_what_is_dragged_here),
    case!(CHROMIUM, "/", imports::opens_a_folder),
    case!(BOTH, "/", imports::opens_files_after_a_rehearsal),
    case!(BOTH, "/", imports::adds_removes_and_clears),
    case!(BOTH, "/", imports::opens_a_mail_with_an_endless_line),
    case!(BOTH, "/", imports::stops_when_told),
    case!(BOTH, "/", pieces::a_large_mailbox),
    case!(BOTH, "/", pieces::a_large_archive),
    case!(BOTH, "/", pieces::a_mailbox_past_a_limit),
    case!(BOTH, "/", alignment::every_result_says_whether_it_aligns),
    case!(CHROMIUM, "/", alignment::without_the_suffixes_the_page_says_so),
    case!(BOTH, "/", promise::nothing_leaves_page_or_workers),
    case!(BOTH, "/", promise::a_session_asks_for_nothing_more),
    case!(BOTH, "/", promise::works_in_a_frame_of_another_site),
    case!(BOTH, "/", losses::a_crash_costs_its_own_file),
    case!(BOTH, "/", losses::a_stall_costs_its_own_file),
    case!(BOTH, "/", losses::a_lost_engine_is_replaced_and_files_read_again),
    case!(BOTH, "/", losses::what_was_cancelled_is_not_read_again),
    case!(BOTH, "/", losses::a_missing_script_is_told),
    // Firefox 140 does not always come to run a page again whose fetch is replaced as here.
    case!(CHROMIUM, "/", losses::a_worker_of_another_build_is_told),
    case!(BOTH, "/", losses::a_host_need_not_know_wasm),
    case!(BOTH, "/", screens::sorts_and_keeps_it_in_the_address),
    case!(BOTH, "/", screens::a_table_is_come_back_to_where_it_was_left),
    case!(BOTH, "/", screens::tables_are_walked_by_keyboard),
    case!(BOTH, "/", screens::chosen_columns_are_remembered),
    case!(BOTH, "/", screens::a_press_on_words_within_a_menu_leaves_it_open),
    case!(BOTH, "/", screens::speaks_french),
    case!(BOTH, "/", screens::every_screen_is_accessible),
    case!(BOTH, "/", screens::fits_every_width),
    case!(BOTH, "/", screens::shows_hostile_texts_as_texts),
    case!(CHROMIUM, "/", screens::the_page_answers_while_it_imports),
    case!(BOTH, "/", explore::the_overview_names_what_to_fix_first),
    case!(BOTH, "/", explore::a_filter_is_a_link),
    case!(BOTH, "/", explore::what_is_typed_becomes_a_condition),
    case!(BOTH, "/", explore::completions_are_chosen_by_key),
    case!(BOTH, "/", explore::the_search_box_is_a_combobox),
    case!(BOTH, "/", explore::the_mouse_leaves_the_focus_where_keys_do),
    case!(BOTH, "/", explore::a_chosen_domain_leaves_the_focus_in_the_list),
    case!(BOTH, "/", explore::drills_down_and_back_up),
    case!(BOTH, "/", charts::a_period_is_chosen_by_dragging),
    case!(CHROMIUM, "/", charts::a_period_is_chosen_with_a_finger),
    case!(BOTH, "/", charts::a_tap_reads_a_bar_and_another_follows_it),
    case!(BOTH, "/", charts::a_period_is_chosen_by_keyboard),
    case!(BOTH, "/", charts::coverage_shows_which_days_are_missing),
    case!(BOTH, "/", header::times_are_told_by_the_clock_that_is_chosen),
    case!(BOTH, "/", header::help_is_a_key_away),
    case!(BOTH, "/", states::what_opens_is_accessible),
    case!(BOTH, "/", states::fingers_hit_what_they_aim_at),
    case!(BOTH, "/", states::no_table_is_wider_than_its_box),
    case!(BOTH, "/", states::great_numbers_and_long_addresses_are_shown_whole),
    case!(BOTH, "/", states::little_data_fills_every_screen),
    case!(CHROMIUM, "/", states::nothing_moves_for_whoever_asks_for_it),
    case!(CHROMIUM, "/", states::meanings_survive_without_colours),
    case!(BOTH, "/", paper::every_screen_prints),
    case!(CHROMIUM, "/", paper::paper_has_the_content_alone),
    case!(BOTH, "/", tls::tells_the_story_of_each_domain),
    case!(BOTH, "/", tls::one_timeline_is_walked_by_keyboard),
    case!(BOTH, "/", tls::the_pivot_is_walked_by_keyboard),
    case!(BOTH, "/", tls::holds_a_file_against_the_policies),
    case!(BOTH, "/", tls::is_accessible_in_both_languages),
    case!(BOTH, "/", failures::masks_people_and_shows_bodies_as_text),
    case!(BOTH, "/", failures::shows_searches_and_saves_a_source),
    case!(BOTH, "/", failures::stands_beside_its_records),
    case!(BOTH, "/", failures::leads_from_reports_to_failures),
    case!(BOTH, "/", failures::says_that_a_file_has_changed),
    case!(BOTH, "/", failures::is_accessible),
    case!(BOTH, "/", toolbox::two_clicks_lead_from_the_error_to_its_cure),
    case!(BOTH, "/", toolbox::a_policy_is_read_line_by_line_and_mended),
    case!(BOTH, "/", toolbox::pasted_output_is_judged),
    case!(BOTH, "/a/b/", toolbox::tools_are_used_by_keyboard),
    case!(BOTH, "/", toolbox::whoever_goes_on_is_not_called_back),
    case!(BOTH, "/", toolbox::typing_goes_on_after_a_click_on_the_same_tab),
    case!(BOTH, "/", toolbox::files_are_saved_and_texts_copied),
    case!(BOTH, "/", toolbox::every_tool_is_accessible_in_both_languages),
    case!(BOTH, "/", toolbox::tools_work_while_reports_are_open),
    case!(BOTH, "/", toolbox::tools_that_did_not_come_are_offered_again),
    case!(BOTH, "/", toolbox::tools_fit_every_width),
];

/// A test that takes longer than this hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// The browsers that have been started so far.
struct Lab {
    runtime: Runtime,
    chromium: Mutex<Option<Session>>,
    firefox: Mutex<Option<Session>>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("browser tests: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<ExitCode> {
    programs::dist()?;
    let lab = Arc::new(Lab {
        runtime: Runtime::new()?,
        chromium: Mutex::default(),
        firefox: Mutex::default(),
    });
    // The drivers speak WebSocket through rustls, which wants to be told whose cryptography to use.
    let _ = rustls::crypto::ring::default_provider().install_default();

    let arguments: Vec<String> = std::env::args().collect();
    let code = if arguments.get(1).is_some_and(|first| first == "screenshots") {
        lab.runtime.block_on(screenshots::take(&arguments[2..]))?;
        ExitCode::SUCCESS
    } else if arguments.get(1).is_some_and(|first| first == "bench") {
        lab.runtime.block_on(bench::run(&arguments[2..]))?;
        ExitCode::SUCCESS
    } else {
        let mut arguments = Arguments::from_args();
        // One for each browser: within a browser, tests take turns.
        arguments.test_threads.get_or_insert(2);
        let conclusion = libtest_mimic::run(&arguments, trials(&lab));
        conclusion.exit_code()
    };
    lab.runtime.block_on(lab.close())?;
    Ok(code)
}

fn trials(lab: &Arc<Lab>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for case in CASES {
        for &browser in case.browsers {
            let lab = lab.clone();
            let test = move || {
                lab.runtime.block_on(lab.run(case, browser)).map_err(|error| Failed::from(&*error))
            };
            trials.push(Trial::test(format!("{}::{browser}", case.name), test));
        }
    }
    trials
}

impl Lab {
    async fn run(&self, case: &Case, browser: Browser) -> Outcome {
        let mut slot = match browser {
            Browser::Chromium => self.chromium.lock().await,
            Browser::Firefox => self.firefox.lock().await,
        };
        let session = match slot.take() {
            Some(session) => session,
            None => Session::start(browser).await?,
        };
        let test = AssertUnwindSafe(perform(case, &session)).catch_unwind();
        let error = match tokio::time::timeout(LIMIT, test).await {
            Ok(Ok(Ok(()))) => {
                *slot = Some(session);
                return Ok(());
            }
            Ok(Ok(Err(error))) if error.is::<WebDriverError>() => {
                // The rest is where it was in the driver's own code.
                error.to_string().lines().take(3).collect::<Vec<_>>().join("\n").into()
            }
            Ok(Ok(Err(error))) => error,
            Ok(Err(panic)) => panic_message(&*panic).into(),
            Err(_) => format!("not done after {LIMIT:?}").into(),
        };
        // The picture is a help, no more: the page may be past it. The next test starts a browser
        // of its own, whatever went wrong in this one.
        let picture = format!("target/screenshots/failed-{}-{browser}.png", case.name);
        let _ = std::fs::create_dir_all("target/screenshots");
        let _ = session.driver.screenshot(Path::new(&picture.replace("::", "-"))).await;
        let _ = session.quit().await;
        Err(error)
    }

    async fn close(&self) -> Outcome {
        for slot in [&self.chromium, &self.firefox] {
            if let Some(session) = slot.lock().await.take() {
                session.quit().await?;
            }
        }
        Ok(())
    }
}

/// What a test said when it gave up.
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref().cloned()).unwrap_or_else(|| "panicked".to_owned())
}

async fn perform(case: &Case, session: &Session) -> Outcome {
    let site = Site::new(session, case.mount).await?;
    (case.run)(&site).await?;
    site.assert_clean().await?;
    site.close().await
}
