addEventListener("message", ({ data }) => initSync({ module: data }), { once: true });

const fault = (what) => postMessage({ fault: String(what) });
addEventListener("error", (event) => fault(event.message));
addEventListener("unhandledrejection", (event) => fault(event.reason));

new PerformanceObserver((list) => {
  postMessage({ requests: list.getEntries().map((entry) => entry.name) });
}).observe({ type: "resource", buffered: true });
