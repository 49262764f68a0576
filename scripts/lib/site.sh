# shellcheck shell=bash
# Sourced by scripts/build, serve and test: builds dist/ and holds it to its budget.

# What a first visit transfers, gzipped, in bytes: the page, its scripts, its style, both wasm files.
# The aim is 400000 for all and 250000 for the worker. What is fetched when the page is idle (the
# screens' program, the list of suffixes) is not in it.
FIRST_LOAD_BUDGET=400000
WORKER_BUDGET=250000

# Whatever the site is made from; a new folder of data belongs here.
SITE_SOURCES=(.cargo kernels locales src static index.html Cargo.toml Cargo.lock Trunk.toml)

# The same for the same sources, so that a page and a worker can tell whether they belong together.
build_id() {
  find "${SITE_SOURCES[@]}" -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16
}

# What a finished build leaves in target/site/stamp: everything it was made from, and what it made.
build_stamp() {
  printf '%s %s %s\n' "$1" "$VITRAIL_BUILD_ID" "$(rustc --version)"
  cat scripts/lib/*
  find dist -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum
}

# The standard library comes built for speed and with the words of every panic, which no reader sees:
# a panic ends its worker, and the page tells that like any other end (src/web/worker_boot.js). So a
# release build compiles it for size, as it does the rest. Cargo has that behind flags for unstable
# features; where they or the sources are not to be had, the library is taken as it comes.
SMALL_PANIC=(-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none)
STANDARD_LIBRARY_AS_IT_COMES=46000

has_small_standard_library() {
  has_rust_src && RUSTC_BOOTSTRAP=1 rustc "${SMALL_PANIC[@]}" --print cfg >/dev/null 2>&1 && fetch_standard_library
}

# The crates that the standard library stands on: cargo fetches them only where a target is named.
fetch_standard_library() {
  RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std cargo fetch --quiet --locked --target wasm32-unknown-unknown >&2
}

use_small_standard_library() {
  if ! has_small_standard_library; then
    say "   The standard library is taken as it comes: the site is $STANDARD_LIBRARY_AS_IT_COMES bytes heavier for it"
    return
  fi
  export RUSTC_BOOTSTRAP=1
  export CARGO_UNSTABLE_BUILD_STD=std CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
  # Added to what .cargo/config.toml says.
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${SMALL_PANIC[*]}"
}

# build_site [release|dev]: dist/, from whatever is in the clone; nothing where nothing changed.
build_site() {
  local profile=${1:-release} release=true
  [[ $profile == release ]] || release=false
  need_wasm_target
  VITRAIL_BUILD_ID="$(build_id)"
  export VITRAIL_BUILD_ID
  if [[ -f dist/index.html && -f target/site/stamp && $(build_stamp "$profile") == "$(<target/site/stamp)" ]]; then
    say "   dist/ is up to date"
    return
  fi
  need_trunk
  need_wasm_bindgen
  need_node
  # What makes the site small is left out of a build with --dev.
  [[ $release == false ]] || { need_wasm_opt && need_esbuild && want_rust_src; }
  (
    # Crates are fetched here, since trunk is told to stay offline.
    cargo fetch --quiet --locked >&2 || die "cargo could not fetch the crates of Cargo.lock"
    [[ $release == false ]] || use_small_standard_library
    RUST_BACKTRACE=0 trunk --log warn build --release="$release" >&2 || die "the site did not build"
  ) || return
  build_stamp "$profile" >target/site/stamp
}

# print_sizes: a table of dist/, then the budget. Fails where the budget is exceeded.
print_sizes() {
  local file raw packed total=0 worker=0 budget=$FIRST_LOAD_BUDGET worker_budget=$WORKER_BUDGET
  if ! has_small_standard_library; then
    budget=$((budget + STANDARD_LIBRARY_AS_IT_COMES))
    worker_budget=$((worker_budget + STANDARD_LIBRARY_AS_IT_COMES / 2))
  fi
  printf '%-38s %10s %10s\n' "first load" bytes gzipped
  while IFS= read -r -d '' file; do
    raw=$(wc -c <"$file")
    packed=$(gzip -6 -c "$file" | wc -c)
    printf '%-38s %10d %10d\n' "${file#dist/}" "$raw" "$packed"
    total=$((total + packed))
    [[ $file != */worker_bg.wasm ]] || worker=$packed
  done < <(find dist -maxdepth 1 -type f ! -name 'screens*' -print0 | LC_ALL=C sort -z)
  printf '%-38s %10s %10d of %d\n' "all of the above" "" "$total" "$budget"
  # The page works without its screens' program, and fetches that when all else is there.
  for file in dist/screens*; do
    printf '%-38s %10d %10d\n' "when idle: ${file#dist/}" "$(wc -c <"$file")" "$(gzip -6 -c "$file" | wc -c)"
  done
  while IFS= read -r -d '' file; do
    printf '%-38s %10d\n' "on demand: ${file#dist/}/" "$(find "$file" -type f -exec cat {} + | wc -c)"
  done < <(find dist -mindepth 1 -maxdepth 1 -type d -print0 | LC_ALL=C sort -z)

  ((total <= budget)) || { say "The first load is $((total - budget)) bytes over its budget."; return 1; }
  ((worker <= worker_budget)) || { say "The worker is $((worker - worker_budget)) bytes over its budget of $worker_budget."; return 1; }
}
