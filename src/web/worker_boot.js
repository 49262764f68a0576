// Appended to worker.js (the glue that wasm-bindgen writes), and the whole
// started from a Blob: only such a worker inherits the page's
// Content-Security-Policy. The page has compiled the module already.
addEventListener("message", ({ data }) => initSync({ module: data }), { once: true });

// A panic in async code raises no event on the page, so all faults are sent.
const fault = (what) => postMessage({ fault: String(what) });
addEventListener("error", (event) => fault(event.message));
addEventListener("unhandledrejection", (event) => fault(event.reason));

// The header counts requests, those of workers included.
new PerformanceObserver((list) => {
  postMessage({ requests: list.getEntries().map((entry) => entry.name) });
}).observe({ type: "resource", buffered: true });
