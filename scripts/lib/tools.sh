# shellcheck shell=bash
# Sourced by scripts/*: what the build and the tests need, and how a missing one is set up.
# Each need_* function is quick when nothing is missing. Versions are pinned here and nowhere else,
# but for wasm-bindgen, whose version Cargo.lock says.

TRUNK_VERSION=0.21.14
BINARYEN_VERSION=132.0.0
ESBUILD_VERSION=0.28.2
GECKODRIVER_VERSION=0.37.1
AXE_VERSION=4.14.1
WASM_BINDGEN_VERSION="$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/[^0-9.]/, ""); print; exit }' "${ROOT:?}/Cargo.lock")"

has() { command -v "$1" >/dev/null 2>&1; }

# ── Debian packages ──────────────────────────────────────────────────────────────────────────────

# apt_install WHY PACKAGE...: installs Debian packages, or says what to install where there is no apt.
apt_install() {
  local why=$1 sudo=()
  shift
  has apt-get || die "$why. Install it with your system's package manager (on Debian: apt-get install $*)."
  if ((EUID != 0)); then
    has sudo || die "$why. As root: apt-get install $*"
    sudo=(sudo)
  fi
  say "   $why: installing $* (apt-get)"
  {
    "${sudo[@]}" apt-get update -qq &&
      "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  } >&2 </dev/null || die "apt-get could not install $*"
}

# ── Rust ─────────────────────────────────────────────────────────────────────────────────────────

need_rust() {
  [[ -d $HOME/.cargo/bin ]] && PATH="$PATH:$HOME/.cargo/bin"
  has rustup || has cargo || die "Rust is missing. Install rustup, then run this again."
  has cc || apt_install "Rust links with a C compiler" build-essential
  if ! cargo --version >/dev/null 2>&1; then
    say "   No Rust toolchain yet: installing stable"
    rustup toolchain install stable --profile minimal >&2 || die "rustup could not install a toolchain"
    rustup default stable >&2
  fi
}

need_wasm_target() {
  need_rust
  [[ -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib ]] && return
  has rustup || die "The Rust target wasm32-unknown-unknown is missing. Install it as your system does it."
  rustup target add wasm32-unknown-unknown >&2 || die "rustup could not add the target wasm32-unknown-unknown"
}

has_rust_src() {
  [[ -f $(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock ]]
}

# What a small standard library is made from. All works without: where it cannot be had, nothing fails.
want_rust_src() {
  need_rust
  has_rust_src || ! has rustup || rustup component add rust-src >&2 || true
}

# need_components NAME...: rustfmt, clippy
need_components() {
  need_rust
  local name
  for name in "$@"; do
    "cargo-${name/rustfmt/fmt}" --version >/dev/null 2>&1 && continue
    rustup component add "$name" >&2 || die "rustup could not add $name"
  done
}

# cargo_tool PROGRAM CRATE VERSION TIME [OPTION...]: puts PROGRAM at that version on PATH.
cargo_tool() {
  local program=$1 crate=$2 version=$3 time=$4 root="$TOOLS/$2-$3"
  shift 4
  if [[ ! -x $root/bin/$program ]]; then
    local found
    found="$("$program" --version 2>/dev/null | head -n 1)" || true
    [[ $found =~ (^| )"$version"( |$) ]] && return
    need_rust
    say "   Building $crate $version into $TOOLS (about $time, once)"
    # Quick to build rather than quick to run: they run for a second. The lock file that comes with
    # a crate can name a version that a registry's mirror does not have (yet): then, without it.
    (
      cd / || exit
      unset CARGO_TARGET_DIR CARGO_BUILD_TARGET RUSTFLAGS
      export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off
      export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false
      cargo install --quiet --locked --root "$root" "$@" "$crate@$version" ||
        cargo install --quiet --root "$root" "$@" "$crate@$version"
    ) >&2 || die "cargo could not install $crate $version"
  fi
  PATH="$root/bin:$PATH"
}

# Trunk's TLS is for its downloads, and it makes none here (Trunk.toml: offline).
need_trunk() { cargo_tool trunk trunk "$TRUNK_VERSION" "4 minutes on two cores" --no-default-features; }

need_wasm_bindgen() {
  [[ -n $WASM_BINDGEN_VERSION ]] || die "Cargo.lock names no wasm-bindgen"
  cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "2 minutes on two cores" --no-default-features
}

need_geckodriver() { cargo_tool geckodriver geckodriver "$GECKODRIVER_VERSION" "2 minutes on two cores"; }

# ── npm packages ─────────────────────────────────────────────────────────────────────────────────

# npm_package NAME VERSION: unpacks a package of the npm registry under $TOOLS.
npm_package() {
  local name=$1 version=$2 root="$TOOLS/$1-$2"
  [[ -d $root/node_modules/$name ]] && return
  has npm || apt_install "npm fetches $name" nodejs npm
  mkdir -p "$root"
  npm install --prefix "$root" --loglevel=error --no-save --ignore-scripts --no-audit --no-fund \
    "$name@$version" >&2 </dev/null || die "npm could not fetch $name $version"
}

# Trunk calls scripts/lib/shrink.mjs after each build.
need_node() { has node || apt_install "node runs a step of the build" nodejs npm; }

# Debian 12's own binaryen is too old for what today's rustc emits; the npm package runs on node.
need_wasm_opt() {
  npm_package binaryen "$BINARYEN_VERSION"
  PATH="$TOOLS/binaryen-$BINARYEN_VERSION/node_modules/.bin:$PATH"
}

need_esbuild() {
  npm_package esbuild "$ESBUILD_VERSION"
  PATH="$TOOLS/esbuild-$ESBUILD_VERSION/node_modules/.bin:$PATH"
}

need_axe() {
  npm_package axe-core "$AXE_VERSION"
  export VITRAIL_AXE="$TOOLS/axe-core-$AXE_VERSION/node_modules/axe-core/axe.min.js"
}

# ── Browsers ─────────────────────────────────────────────────────────────────────────────────────

need_chromium() {
  { has chromium || has google-chrome; } && has chromedriver && return
  apt_install "The tests drive Chromium" chromium chromium-driver fonts-dejavu-core
}

need_firefox() {
  has firefox-esr || has firefox || apt_install "The tests drive Firefox" firefox-esr
}
