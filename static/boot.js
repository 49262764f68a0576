// Starts the application. It is a file because the page's Content-Security-Policy allows no inline
// script; the build writes the names of the application's files into this script's own attributes.

// A function of one v128 constant: valid only where the browser knows WebAssembly's SIMD.
const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

async function boot({ js, wasm }) {
  if (!WebAssembly.validate(new Uint8Array(simd))) throw new Error("no WebAssembly SIMD");
  if (!CSS.supports("color", "light-dark(red, red)")) throw new Error("no light-dark()");
  const application = await import(new URL(js, document.baseURI));
  await application.default({ module_or_path: new URL(wasm, document.baseURI) });
}

boot(document.querySelector("script[data-js]").dataset).catch((error) => {
  document.documentElement.classList.add("shell-failed");
  throw error;
});
