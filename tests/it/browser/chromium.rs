//! A browser, and tabs that say what they heard: the console, and requests that fail or leave the site.

use std::collections::VecDeque;
use std::sync::Mutex;

use chromiumoxide::browser::{Browser, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams, SetFocusEmulationEnabledParams,
};
use chromiumoxide::cdp::browser_protocol::log;
use chromiumoxide::cdp::browser_protocol::network::{
    EventLoadingFailed, EventRequestWillBeSent, EventResponseReceived,
};
use chromiumoxide::cdp::browser_protocol::target::CreateTargetParams;
use chromiumoxide::cdp::js_protocol::runtime::{EventConsoleApiCalled, EventExceptionThrown};
use chromiumoxide::js::EvaluationResult;
use chromiumoxide::listeners::EventStream;
use chromiumoxide::page::Page;
use futures::{FutureExt, StreamExt};
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::tools;

/// Tabs of one browser that load pages at the same time. Two browsers run at once, on as many cores.
const TABS: usize = 2;

pub struct Chromium {
    browser: Browser,
    driver: JoinHandle<()>,
    /// Its settings and cache, which are of this run only.
    _profile: TempDir,
}

impl Chromium {
    /// None where there is no browser, and there need not be one.
    pub async fn start() -> Option<Chromium> {
        let profile = tempfile::tempdir().unwrap();
        let config = BrowserConfig::builder()
            .chrome_executable(tools::chromium()?)
            .no_sandbox()
            .new_headless_mode()
            .user_data_dir(profile.path())
            .args([
                "disable-gpu",
                "disable-quic",
                "no-first-run",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
            ])
            .build()
            .unwrap();
        let (browser, mut handler) = Browser::launch(config).await.unwrap();
        let driver = tokio::spawn(async move { while handler.next().await.is_some() {} });
        Some(Chromium { browser, driver, _profile: profile })
    }

    /// Where another program can drive it.
    pub fn port(&self) -> u16 {
        let address = url::Url::parse(self.browser.websocket_address()).unwrap();
        address.port().unwrap()
    }

    pub async fn tab(&self) -> Tab {
        // In a window of its own, so that it is never in the background.
        let target = CreateTargetParams::builder().url("about:blank").new_window(true).build().unwrap();
        Tab::new(self.browser.new_page(target).await.unwrap()).await
    }

    /// Opens each address in one of several tabs, and gathers what `look` finds wrong there.
    pub async fn each(
        &self,
        addresses: Vec<String>,
        look: impl AsyncFn(&mut Tab) -> Vec<String>,
    ) -> Vec<String> {
        let open: Mutex<VecDeque<String>> = Mutex::new(addresses.into());
        let next = || open.lock().unwrap().pop_front();
        let tabs = (0..TABS).map(async |_| {
            let mut tab = self.tab().await;
            let mut faults = Vec::new();
            while let Some(address) = next() {
                tab.open(&address).await;
                let found = look(&mut tab).await;
                faults.extend(found.into_iter().map(|fault| format!("{address}: {fault}")));
            }
            faults
        });
        futures::future::join_all(tabs).await.concat()
    }

    pub async fn close(mut self) {
        self.browser.close().await.unwrap();
        self.browser.wait().await.unwrap();
        self.driver.abort();
    }
}

pub struct Tab {
    pub page: Page,
    console: EventStream<EventConsoleApiCalled>,
    entries: EventStream<log::EventEntryAdded>,
    thrown: EventStream<EventExceptionThrown>,
    asked: EventStream<EventRequestWillBeSent>,
    answered: EventStream<EventResponseReceived>,
    failed: EventStream<EventLoadingFailed>,
}

impl Tab {
    async fn new(page: Page) -> Tab {
        page.execute(log::EnableParams::default()).await.unwrap();
        // Every tab is one that its reader works in.
        page.execute(SetFocusEmulationEnabledParams::new(true)).await.unwrap();
        Tab {
            console: page.event_listener().await.unwrap(),
            entries: page.event_listener().await.unwrap(),
            thrown: page.event_listener().await.unwrap(),
            asked: page.event_listener().await.unwrap(),
            answered: page.event_listener().await.unwrap(),
            failed: page.event_listener().await.unwrap(),
            page,
        }
    }

    pub async fn open(&self, address: &str) {
        if let Err(error) = self.page.goto(address).await {
            panic!("{address}: {error}");
        }
    }

    /// The size of the screen, in CSS pixels.
    pub async fn screen(&self, width: u32, height: u32) {
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, false);
        self.page.execute(size).await.unwrap();
    }

    /// The medium (empty for the screen), and what the reader prefers.
    pub async fn media(&self, medium: &str, features: &[(&str, &str)]) {
        let features = features.iter().map(|(name, value)| MediaFeature::new(*name, *value));
        let media = SetEmulatedMediaParams::builder().media(medium).features(features).build();
        self.page.execute(media).await.unwrap();
    }

    /// The value of an expression in the page, awaited if it is a promise.
    pub async fn value<T: DeserializeOwned>(&self, script: &str) -> T {
        self.evaluate(script).await.into_value().unwrap()
    }

    /// Runs a script in the page for what it does.
    pub async fn run(&self, script: &str) {
        self.evaluate(script).await;
    }

    async fn evaluate(&self, script: &str) -> EvaluationResult {
        let evaluated = self.page.evaluate(script).await;
        evaluated.unwrap_or_else(|error| panic!("{error}, in {:.200}", script))
    }

    /// What the console said since it was asked last, what a page threw, and each request that failed or
    /// left `base`.
    pub async fn heard(&mut self, base: &str) -> Vec<String> {
        const MARK: &str = "that was all";
        // What was said before this mark has come when the mark comes.
        self.run(&format!("console.debug({MARK:?})")).await;
        let mut heard = Vec::new();
        while let Some(call) = self.console.next().await {
            let said: Vec<_> = call.args.iter().filter_map(|arg| arg.value.clone()).collect();
            if said == [MARK] {
                break;
            }
            heard.push(format!("the console says {said:?}"));
        }
        while let Some(Some(entry)) = self.entries.next().now_or_never() {
            heard.push(format!("the console says {:?}", entry.entry.text));
        }
        while let Some(Some(thrown)) = self.thrown.next().now_or_never() {
            heard.push(format!("an exception: {:?}", thrown.exception_details));
        }
        while let Some(Some(asked)) = self.asked.next().now_or_never() {
            let url = &asked.request.url;
            if !url.starts_with(base) && !url.starts_with("data:") {
                heard.push(format!("asks for {url}"));
            }
        }
        while let Some(Some(answered)) = self.answered.next().now_or_never() {
            if answered.response.status >= 400 {
                heard.push(format!("{} answers {}", answered.response.url, answered.response.status));
            }
        }
        while let Some(Some(failed)) = self.failed.next().now_or_never() {
            heard.push(format!("a request failed: {}", failed.error_text));
        }
        heard
    }
}
