//! One opened site: a server of its own, a tab in a fresh profile whose proxy is a sentinel, and the
//! things a person does there.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::bidi::modules::browser::CreateUserContext;
use thirtyfour::bidi::modules::browsing_context::{Create, CreateType, SetViewport, Viewport};
use thirtyfour::bidi::modules::script::AddPreloadScript;
use thirtyfour::bidi::{BrowsingContextId, UserContextId};
use thirtyfour::prelude::*;
use tokio::time::Instant;

use super::Outcome;
use super::browser::Session;
use super::programs;
use super::sentinel::Sentinel;
use crate::server::{Options, StaticServer};

/// How long a condition may take to come true before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Site<'a> {
    pub session: &'a Session,
    pub driver: WebDriver,
    server: StaticServer,
    requests: Arc<Mutex<Vec<String>>>,
    /// Sees what goes to any other host.
    proxy: Sentinel,
    profile: UserContextId,
    tab: BrowsingContextId,
    /// Whether what the page complains of is not held against it.
    excused: AtomicBool,
}

impl<'a> Site<'a> {
    /// Serves the site under `mount` and opens an empty tab.
    pub async fn new(session: &'a Session, mount: &'static str) -> Outcome<Self> {
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let log = requests.clone();
        let server = StaticServer::start(Options {
            root: programs::dist()?,
            mount,
            port: 0,
            no_store: false,
            on_request: Box::new(move |method, address, status| {
                let line = format!("{method} {address} {status}");
                log.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }),
        })?;
        let proxy = Sentinel::start()?;
        let profile = CreateUserContext {
            proxy: Some(json!({
                "proxyType": "manual", "httpProxy": proxy.address(), "sslProxy": proxy.address(),
            })),
            ..CreateUserContext::default()
        };
        let profile = session.bidi.send(profile).await?.user_context;
        let tab = Create {
            r#type: CreateType::Tab,
            reference_context: None,
            background: None,
            user_context: Some(profile.clone()),
        };
        let tab = session.bidi.send(tab).await?.context;
        let driver = session.driver.clone();
        driver.switch_to_window(tab.as_str().into()).await?;
        let excused = AtomicBool::new(false);
        Ok(Self { session, driver, server, requests, proxy, profile, tab, excused })
    }

    /// Loads the page at a route of the site (`""`, `"#/records"`) and waits until it is drawn.
    pub async fn open(&self, route: &str) -> Outcome {
        self.load(route).await?;
        self.until("the application is drawn", "return !!document.querySelector('nav a')").await
    }

    /// Loads the page, and waits for no more than the browser does.
    pub async fn load(&self, route: &str) -> Outcome {
        Ok(self.driver.goto(format!("{}{route}", self.server.url())).await?)
    }

    /// What the page complained of since this was last asked.
    pub fn take_complaints(&self) -> Vec<String> {
        self.session.take_complaints(&self.tab)
    }

    /// Says that the test makes the page complain. Complaints come when they come, on a busy machine
    /// after the test: only from here on is none of them held against the page.
    pub fn excuse_complaints(&self) {
        self.excused.store(true, Ordering::Relaxed);
    }

    /// Waits until each of these texts stands in a complaint of the page; excuses all complaints.
    pub async fn until_complaints(&self, texts: &[&str]) -> Outcome {
        self.excuse_complaints();
        let mut heard = Vec::new();
        let deadline = Instant::now() + PATIENCE;
        loop {
            heard.append(&mut self.take_complaints());
            if texts.iter().all(|text| heard.iter().any(|line| line.contains(text))) {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(format!("waited {PATIENCE:?} in vain for {texts:?}: {heard:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Runs a function, given as source text, in each document before its own scripts.
    pub async fn before_load(&self, function: &str) -> Outcome {
        let script = AddPreloadScript {
            function_declaration: function.to_owned(),
            arguments: Vec::new(),
            sandbox: None,
            contexts: vec![self.tab.clone()],
        };
        self.session.bidi.send(script).await?;
        Ok(())
    }

    /// Runs a script in each worker before its own, where the policy is the one it inherits. The
    /// page keeps the workers that there are in `workers`, in the order of their start.
    pub async fn before_workers(&self, script: &str) -> Outcome {
        let function = format!(
            "() => {{
                window.workers = [];
                const before = {};
                const make = URL.createObjectURL;
                URL.createObjectURL = blob => make.call(URL,
                    blob.type === 'text/javascript' ? new Blob([before, blob], {{ type: blob.type }}) : blob);
                window.Worker = class extends Worker {{
                    constructor(...given) {{ super(...given); workers.push(this); }}
                    terminate() {{ super.terminate(); workers.splice(workers.indexOf(this), 1); }}
                }};
            }}",
            json!(script)
        );
        self.before_load(&function).await
    }

    /// What the server was asked, as `GET /worker.js 200`, in order.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What a script returns; its body is that of a function.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Waits until a script returns `true`.
    pub async fn until(&self, what: &str, script: &str) -> Outcome {
        self.until_within(PATIENCE, what, script).await
    }

    /// Waits until the page has done all that it does before there are files.
    pub async fn until_rehearsed(&self) -> Outcome {
        let rehearsed = "return performance.getEntriesByName('vitrail:rehearsal').length > 0";
        self.until("the page has rehearsed", rehearsed).await
    }

    /// The same with another patience.
    pub async fn until_within(&self, patience: Duration, what: &str, script: &str) -> Outcome {
        let deadline = Instant::now() + patience;
        while self.run(script, Vec::new()).await? != Value::Bool(true) {
            if Instant::now() > deadline {
                return Err(format!("waited {patience:?} in vain until {what}").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Goes to another screen of the loaded page, and waits until the page knows: browsers tell
    /// it after this script, and a busy one only after the next.
    pub async fn go(&self, route: &str) -> Outcome {
        let go = "const [route, done] = arguments;
            const before = location.href;
            addEventListener('hashchange', () => done(true), { once: true });
            location.hash = route;
            if (location.href === before) done(true);";
        self.driver.execute_async(go, vec![route.into()]).await?;
        self.settle().await
    }

    /// Clicks the button or link with this text, once it is there; no bar of a drawing, which
    /// tells what it stands for.
    pub async fn click(&self, text: &str) -> Outcome {
        self.click_one("button, a:not(svg *), label, summary", text).await
    }

    /// Clicks the row of a table in which this text stands, once it is there.
    pub async fn click_row(&self, text: &str) -> Outcome {
        self.click_one("tbody tr", text).await
    }

    /// Clicks the head of this column.
    pub async fn click_header(&self, text: &str) -> Outcome {
        self.click_one("thead th a", text).await
    }

    /// The address of a file of the site.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    async fn click_one(&self, selector: &str, text: &str) -> Outcome {
        let click = format!(
            "const one = [...document.querySelectorAll({selector})]
                .find(one => one.textContent.includes({text}) && one.checkVisibility());
            one?.click();
            return !!one",
            selector = json!(selector),
            text = json!(text),
        );
        self.until(&format!("there is {text:?} to click"), &click).await
    }

    /// Runs the body of an async function, and waits for its end.
    pub async fn run_async(&self, body: &str) -> Outcome<Value> {
        self.run_async_with(body, Vec::new()).await
    }

    /// The same with `arguments`.
    pub async fn run_async_with(&self, body: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            (async () => {{ {body} }})().then(
                value => done({{ value }}), error => done({{ error: String(error) }}))"
        );
        let mut result = self.driver.execute_async(script, arguments).await?.json().clone();
        match result.get("error") {
            Some(error) => Err(error.to_string().into()),
            None => Ok(result["value"].take()),
        }
    }

    /// Chooses files in the picker, and waits until the import is over and painted.
    pub async fn import(&self, files: &[PathBuf]) -> Outcome {
        const IMPORTS: &str = "return performance.getEntriesByName('vitrail:import').length";
        let before = self.run(IMPORTS, Vec::new()).await?.as_u64().unwrap_or_default();
        self.choose(files).await?;
        self.until_imported(before + 1).await
    }

    /// Waits until the import with this number, from 1, is over and painted.
    pub async fn until_imported(&self, number: u64) -> Outcome {
        let over = format!(
            "const status = document.querySelector('[data-testid=import-status]').dataset.state;
            return performance.getEntriesByName('vitrail:import').length >= {number}
                && (status === 'done' || status === 'cancelled')"
        );
        self.until("the import is over", &over).await
    }

    /// Chooses files in the picker and returns at once.
    pub async fn choose(&self, files: &[PathBuf]) -> Outcome {
        let input = self.driver.find(By::Css("input[type=file]")).await?;
        // Without this, a second choice is added to the first by the drivers.
        self.driver.execute("arguments[0].value = ''", vec![input.to_json()?]).await?;
        let paths: Vec<String> = files
            .iter()
            .map(|file| Ok(file.canonicalize()?.to_string_lossy().into_owned()))
            .collect::<io::Result<_>>()?;
        input.send_keys(paths.join("\n")).await?;
        Ok(())
    }

    /// The size of the visible page in CSS pixels.
    pub async fn viewport(&self, width: u32, height: u32) -> Outcome {
        let viewport = Some(Viewport { width, height });
        let set = SetViewport { context: self.tab.clone(), viewport, device_pixel_ratio: None };
        self.session.bidi.send(set).await?;
        Ok(())
    }

    /// `light` or `dark`, as if the system were set so. Chromium only.
    pub async fn theme(&self, theme: &str) -> Outcome {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        let media = json!({ "features": features });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Waits until what was asked for is painted and no transition runs.
    pub async fn settle(&self) -> Outcome {
        let painted = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => Promise.allSettled(
                document.getAnimations()
                    .filter(({ effect }) => effect?.getComputedTiming().endTime < Infinity
                        // What is folded away stands still.
                        && effect.target?.checkVisibility())
                    .map(animation => animation.finished),
            ).then(() => done(true))))";
        self.driver.execute_async(painted, Vec::new()).await?;
        Ok(())
    }

    /// Saves what is visible as a PNG file.
    pub async fn screenshot(&self, file: &Path) -> Outcome {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(self.driver.screenshot(file).await?)
    }

    /// Fails with a line for each thing on the page that somebody could not use (axe-core's rules);
    /// of contrast, by day and by night.
    pub async fn assert_accessible(&self) -> Outcome {
        self.assert_by_axe("{}").await?;
        self.scheme("dark").await?;
        let contrast = "{ runOnly: { type: 'rule', values: ['color-contrast'] } }";
        self.assert_by_axe(contrast).await?;
        self.scheme("").await
    }

    /// Fails with a line for each thing that a finger could miss: less than 24 pixels of its own.
    pub async fn assert_touchable(&self) -> Outcome {
        self.assert_by_axe("{ runOnly: { type: 'rule', values: ['target-size'] } }").await
    }

    /// The colours of `light` or `dark`; of the system's theme, where empty.
    async fn scheme(&self, scheme: &str) -> Outcome {
        let set = "document.documentElement.style.colorScheme = arguments[0]";
        self.run(set, vec![scheme.into()]).await?;
        self.settle().await
    }

    async fn assert_by_axe(&self, options: &str) -> Outcome {
        self.driver.execute(std::fs::read_to_string(programs::axe()?)?, Vec::new()).await?;
        let check = format!(
            "const done = arguments[arguments.length - 1];
            axe.run(document, {{ preload: false, resultTypes: ['violations'], ...{options} }}).then(
                ({{ violations }}) => done(violations.flatMap(({{ id, help, nodes }}) =>
                    nodes.map(({{ target }}) => `${{id}}: ${{help}}: ${{target.join(' ')}}`))),
                error => done([`axe-core: ${{error}}`]),
            )"
        );
        let violations: Vec<String> =
            self.driver.execute_async(check, Vec::new()).await?.convert()?;
        let scheme = "return document.documentElement.style.colorScheme";
        let scheme = self.run(scheme, Vec::new()).await?;
        assert!(violations.is_empty(), "not accessible ({scheme}):\n{}", violations.join("\n"));
        Ok(())
    }

    /// Fails where the page complained, or where anything was asked of another host.
    pub async fn assert_clean(&self) -> Outcome {
        // What the page reported before this answer has arrived before it.
        self.run("return true", Vec::new()).await?;
        let complaints = self.take_complaints();
        let excused = self.excused.load(Ordering::Relaxed);
        assert!(excused || complaints.is_empty(), "the page complains:\n{}", complaints.join("\n"));
        let sent = self.proxy.seen();
        assert!(sent.is_empty(), "asked of other hosts:\n{}", sent.join("\n"));
        Ok(())
    }

    /// Closes the tab and forgets the profile.
    pub async fn close(self) -> Outcome {
        self.session.bidi.browser().remove_user_context(self.profile).await?;
        Ok(())
    }
}
