//! A message as it crosses a thread: one transferred buffer, and beside it the
//! things that only the browser can hand over.

use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, File, MessagePort, Worker};

use crate::wire;

const BYTES: &str = "bytes";
const FILES: &str = "files";
const PORT: &str = "port";

/// What may be posted to.
pub trait Channel {
    fn post(&self, message: &JsValue, transfer: &JsValue) -> Result<(), JsValue>;
}

impl Channel for Worker {
    fn post(&self, message: &JsValue, transfer: &JsValue) -> Result<(), JsValue> {
        self.post_message_with_transfer(message, transfer)
    }
}

impl Channel for DedicatedWorkerGlobalScope {
    fn post(&self, message: &JsValue, transfer: &JsValue) -> Result<(), JsValue> {
        self.post_message_with_transfer(message, transfer)
    }
}

impl Channel for MessagePort {
    fn post(&self, message: &JsValue, transfer: &JsValue) -> Result<(), JsValue> {
        self.post_message_with_transferable(message, transfer)
    }
}

/// What travels beside the bytes.
#[derive(Default)]
pub struct Beside {
    pub files: Vec<File>,
    pub port: Option<MessagePort>,
}

/// Sends a message, its bytes and port transferred, not copied.
pub fn send<T: Serialize>(to: &impl Channel, message: &T, beside: Beside) {
    post(to, &wire::encode(message), beside);
}

/// The same with a message that is encoded already.
pub fn post(to: &impl Channel, message: &[u8], beside: Beside) {
    let bytes = Uint8Array::from(message);
    let envelope = Object::new();
    let transfer = Array::of1(&bytes.buffer());
    set(&envelope, BYTES, &bytes);
    if !beside.files.is_empty() {
        set(&envelope, FILES, &beside.files.into_iter().collect::<Array>());
    }
    if let Some(port) = beside.port {
        set(&envelope, PORT, &port);
        transfer.push(&port);
    }
    // A channel whose other end is gone swallows the message; the end of a
    // worker is noticed elsewhere.
    let _ = to.post(&envelope, &transfer);
}

/// Reads a message of ours, or `None` where `data` is another's.
pub fn open<T: DeserializeOwned>(data: &JsValue) -> Option<(T, Beside)> {
    let message = wire::decode(&bytes(data)?)?;
    let port = get(data, PORT).and_then(|port| port.dyn_into().ok());
    Some((message, Beside { files: files(data), port }))
}

/// The bytes of a message, or `None` where `data` is another's.
pub fn bytes(data: &JsValue) -> Option<Vec<u8>> {
    Some(get(data, BYTES)?.dyn_into::<Uint8Array>().ok()?.to_vec())
}

/// The files beside a message.
pub fn files(data: &JsValue) -> Vec<File> {
    let files = get(data, FILES).and_then(|files| files.dyn_into::<Array>().ok());
    let files = files.map(|files| files.iter().filter_map(|file| file.dyn_into().ok()).collect());
    files.unwrap_or_default()
}

/// A property of a plain object, `None` where it is absent.
pub fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into()).ok().filter(|value| !value.is_undefined())
}

/// Sets a property of a plain object of our own.
pub fn set(object: &Object, key: &str, value: &JsValue) {
    // invariant: a fresh plain object takes any property.
    Reflect::set(object, &key.into(), value).expect("a plain object");
}
