# shellcheck shell=bash
# Sourced by scripts/*: where things are, how a script speaks, how a step is timed.

# The clone's root; the scripts work from there, wherever they are called from.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
# Tools that took minutes to build are kept here, outside the clone, for the next clone.
# shellcheck disable=SC2034 # tools.sh and site.sh use it
TOOLS="${XDG_CACHE_HOME:-$HOME/.cache}/vitrail/tools"
cd "$ROOT" || exit 1

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

# Prints the comment block at the top of the calling script: its help text.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# seconds N: "7 s", "3 min 05 s"
seconds() {
  if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# step NAME COMMAND...: announces the step, runs it, says how long it took. Fails as COMMAND does.
step() {
  local name=$1 start=$SECONDS status=0
  shift
  say "── $name"
  "$@" || status=$?
  if ((status == 0)); then say "   $name: $(seconds $((SECONDS - start)))"; else say "   $name: failed after $(seconds $((SECONDS - start)))"; fi
  return "$status"
}
