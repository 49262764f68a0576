//! Starts Chromium and Firefox, each once for all of its tests, and hears what their pages complain of.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use thirtyfour::bidi::events::{LogEntryAdded, ScriptMessage};
use thirtyfour::bidi::modules::log::LogLevel;
use thirtyfour::bidi::modules::script::AddPreloadScript;
use thirtyfour::bidi::{BiDi, BrowsingContextId};
use thirtyfour::manager::{BrowserKind, StdioMode, WebDriverManager};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, FirefoxCapabilities};
use tokio::task::JoinHandle;

use super::Outcome;
use super::programs;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        })
    }
}

/// A running browser with its driver. Ended by `quit`, or, less politely, by being dropped.
pub struct Session {
    pub driver: WebDriver,
    pub bidi: BiDi,
    complaints: Arc<Mutex<Vec<Complaint>>>,
    listeners: [JoinHandle<()>; 2],
}

/// What a page complained of.
#[derive(Debug)]
pub struct Complaint {
    /// The tab or frame, where it is said: what comes late is not held against the next page.
    context: Option<String>,
    text: String,
}

impl Complaint {
    fn new(source: &Value, text: String) -> Self {
        let context = source.get("context").and_then(Value::as_str);
        Self { context: context.map(str::to_owned), text }
    }
}

/// Runs in every document before its own scripts; the channel brings the report to us.
const REPORT_VIOLATIONS: &str = "report => document.addEventListener(
    'securitypolicyviolation',
    event => report(`${event.effectiveDirective} forbids ${event.blockedURI}`),
)";

/// What Firefox 140 says of scripts of its own when a driver chooses files: the page has no error then.
const OF_FIREFOX_ITSELF: &str =
    "javascript: Error: Permission denied to access property \"length\"";

impl Session {
    pub async fn start(browser: Browser) -> Outcome<Self> {
        let manager = WebDriverManager::builder().offline().stdio(StdioMode::Null);
        let driver = match browser {
            Browser::Chromium => {
                let manager = manager.driver_binary(BrowserKind::Chrome, programs::chromedriver()?);
                manager.build().launch(chromium()?).await?
            }
            Browser::Firefox => {
                let manager = manager.driver_binary(BrowserKind::Firefox, programs::geckodriver()?);
                manager.build().launch(firefox()?).await?
            }
        };
        let bidi = driver.bidi().await?;
        let complaints = Arc::<Mutex<Vec<Complaint>>>::default();
        let entries = bidi.subscribe::<LogEntryAdded>().await?;
        let messages = bidi.subscribe::<ScriptMessage>().await?;
        let channel = json!({ "type": "channel", "value": { "channel": "violations" } });
        bidi.send(AddPreloadScript {
            function_declaration: REPORT_VIOLATIONS.to_owned(),
            arguments: vec![channel],
            sandbox: None,
            contexts: Vec::new(),
        })
        .await?;
        let listeners = [
            listen(&complaints, entries, |entry| {
                let bad = matches!(entry.level, LogLevel::Error | LogLevel::Warn);
                let text = format!("{}: {}", entry.entry_type, entry.text.unwrap_or_default());
                (bad && text != OF_FIREFOX_ITSELF).then(|| Complaint::new(&entry.source, text))
            }),
            listen(&complaints, messages, |message| {
                let text = message.data.get("value").and_then(|value| value.as_str());
                let text = format!("policy: {}", text.unwrap_or("an unreadable violation"));
                Some(Complaint::new(&message.source, text))
            }),
        ];
        Ok(Self { driver, bidi, complaints, listeners })
    }

    /// The errors and warnings of the console, uncaught errors, and violations of the
    /// Content-Security-Policy in a tab, since this was last asked. Those of other tabs are dropped.
    pub fn take_complaints(&self, tab: &BrowsingContextId) -> Vec<String> {
        let complaints = std::mem::take(&mut *lock(&self.complaints)).into_iter();
        let here = |it: &Complaint| it.context.as_deref().is_none_or(|it| it == tab.as_str());
        complaints.filter(here).map(|it| it.text).collect()
    }

    pub async fn quit(self) -> WebDriverResult<()> {
        for listener in &self.listeners {
            listener.abort();
        }
        self.driver.quit().await
    }
}

/// Keeps what `complaint` makes of each event.
fn listen<E: Send + 'static>(
    complaints: &Arc<Mutex<Vec<Complaint>>>,
    mut events: impl futures_util::Stream<Item = E> + Send + Unpin + 'static,
    complaint: impl Fn(E) -> Option<Complaint> + Send + 'static,
) -> JoinHandle<()> {
    let complaints = complaints.clone();
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            lock(&complaints).extend(complaint(event));
        }
    })
}

fn lock(complaints: &Mutex<Vec<Complaint>>) -> std::sync::MutexGuard<'_, Vec<Complaint>> {
    complaints.lock().unwrap_or_else(PoisonError::into_inner)
}

fn chromium() -> Outcome<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&programs::chromium()?.to_string_lossy())?;
    capabilities.enable_bidi()?;
    for argument in [
        "--headless=new",
        "--lang=en-US",
        // Tests run as root in containers, where Chromium's own sandbox cannot.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        // What a browser asks on its own account would blur what the page asks.
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter,PreconnectToSearch,AimEnabled,AimServerEligibilityEnabled,AimServerRequestOnStartupEnabled",
    ] {
        capabilities.add_arg(argument)?;
    }
    Ok(capabilities)
}

fn firefox() -> Outcome<FirefoxCapabilities> {
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.set_firefox_binary(&programs::firefox()?.to_string_lossy())?;
    capabilities.enable_bidi()?;
    capabilities.add_arg("-headless")?;
    capabilities.set_browser_option("prefs", json!({ "intl.accept_languages": "en-US, en" }))?;
    Ok(capabilities)
}
