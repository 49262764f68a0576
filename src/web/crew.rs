//! Starting workers: the script and the compiled module are fetched once,
//! before the page locks itself, and every worker, replacements included, is
//! made from them without a request.

use js_sys::{Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Event, File, MessageEvent, Url, Worker, WorkerOptions, WorkerType,
};

use super::envelope::{self, Beside};
use super::fetch::fetch;
use crate::wire::BUILD_ID;

/// Appended to a program's script, the glue that wasm-bindgen writes, and the whole started from a
/// `Blob`: only such a worker inherits the page's Content-Security-Policy. Told here, since the page
/// carries its text:
///
/// - The first message is the module, which the page has compiled already.
/// - A panic in async code raises no event on the page, so all faults are sent.
/// - The header counts requests, those of workers included.
const BOOT: &str = include_str!("worker_boot.js");

/// What every worker of one program is made from.
pub struct Crew {
    module: WebAssembly::Module,
    script_url: String,
}

/// What comes from a worker.
pub enum Sign {
    /// One of our messages, encoded, and the files beside it.
    Message(Vec<u8>, Vec<File>),
    /// It is lost; the text says why, as far as the browser tells.
    Fault(String),
    /// Addresses it asked for.
    Requests(Vec<String>),
}

impl Crew {
    /// Fetches a program's script and module from beside the page. Both are asked for at
    /// once, before anybody waits for the result.
    pub fn muster(program: &str) -> impl Future<Output = Result<Self, JsValue>> + use<> {
        // The build's id in the query: a cached page never meets another build's worker.
        let module = fetch(&format!("{program}_bg.wasm?{BUILD_ID}"));
        let script = fetch(&format!("{program}.js?{BUILD_ID}"));
        async move {
            let script = script.await?;
            // Not streamed: that wants a media type which not every host sends.
            let module = WebAssembly::compile(&module.await?.into());
            let parts = Array::of2(&script, &BOOT.into());
            let options = BlobPropertyBag::new();
            options.set_type("text/javascript");
            let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
            Ok(Self {
                module: JsFuture::from(module).await?.dyn_into()?,
                script_url: Url::create_object_url_with_blob(&blob)?,
            })
        }
    }

    /// Starts a worker; `on_sign` is called for whatever comes from it.
    pub fn start(&self, on_sign: impl Fn(Sign) + 'static) -> Result<Hand, JsValue> {
        self.start_with(std::rc::Rc::new(on_sign))
    }

    fn start_with(&self, on_sign: std::rc::Rc<dyn Fn(Sign)>) -> Result<Hand, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&self.script_url, &options)?;
        let heard = on_sign.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(sign) = read(&event.data()) {
                heard(sign);
            }
        });
        let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            event.prevent_default();
            // Only a script that started and failed has a message.
            let message = envelope::get(&event, "message").and_then(|text| text.as_string());
            on_sign(Sign::Fault(message.unwrap_or_default()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.post_message(&self.module)?;
        Ok(Hand { worker, _on_message: on_message, _on_error: on_error })
    }
}

fn read(data: &JsValue) -> Option<Sign> {
    if let Some(message) = envelope::bytes(data) {
        return Some(Sign::Message(message, envelope::files(data)));
    }
    if let Some(fault) = envelope::get(data, "fault") {
        return Some(Sign::Fault(fault.as_string().unwrap_or_default()));
    }
    let requests = envelope::get(data, "requests")?.dyn_into::<Array>().ok()?;
    Some(Sign::Requests(requests.iter().filter_map(|name| name.as_string()).collect()))
}

/// A running worker. Dropped, it is stopped.
pub struct Hand {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

impl Hand {
    /// Sends a message that is encoded already.
    pub fn send(&self, message: &[u8], beside: Beside) {
        envelope::post(&self.worker, message, beside);
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
