# shellcheck shell=bash
# What the suite needs beside the .NET SDK. Sourced by ../../test from the root of the repository. Each need_x leaves the
# thing installed, or says in a sentence what to do and ends the run.

missing() { echo "test: $1" >&2; exit 1; }

# Installs a Debian package where that is possible, else says how: $1 the package, $2 what it is.
apt_install() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "test: $2 is missing. Install it: sudo apt-get install $1" >&2
    return 1
  fi
  echo "installing $1 ($2)"
  if [ -z "${apt_updated:-}" ]; then apt-get update -qq && apt_updated=1; fi
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1; then
    echo "test: $2 could not be installed by apt-get install $1" >&2
    return 1
  fi
}

need_dotnet() {
  command -v dotnet >/dev/null || missing "the .NET 10 SDK is missing. Install it: https://dot.net/download"
  dotnet --version >/dev/null 2>&1 || missing "global.json asks for the .NET 10 SDK; dotnet --list-sdks shows what is here"
}

need_sqlite() {
  [ "$(uname)" = Linux ] || return 0 # macOS brings the library
  if ! ldconfig -p 2>/dev/null | grep -q 'libsqlite3\.so\.0'; then
    apt_install libsqlite3-0 "SQLite's library" || exit 1
  fi
}

# Jails are tested with real attackers in them.
need_bubblewrap() {
  [ "$(uname)" = Linux ] || return 0
  command -v bwrap >/dev/null || apt_install bubblewrap "bubblewrap" || exit 1
}

# Debian keeps the server's programs beside the path; the tests find them there.
need_postgres() {
  if command -v initdb >/dev/null || ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; then return; fi
  [ "$(uname)" = Linux ] || missing "PostgreSQL is missing. Install it: brew install postgresql"
  apt_install postgresql "PostgreSQL" || exit 1
}

# The power-loss test records the writes of a real process; without strace it is skipped and says so.
want_strace() {
  [ "$(uname)" = Linux ] || return 0
  command -v strace >/dev/null || apt_install strace "strace" || true
}

# The browser test is skipped, and says so, where there is no Chromium.
want_chromium() {
  [ "$(uname)" = Linux ] || return 0
  command -v chromium >/dev/null || apt_install chromium "Chromium" || true
}

# The runtime of servers in JavaScript, from the npm registry.
need_workerd() {
  command -v npm >/dev/null || apt_install npm "npm" || exit 1
  need_packages tools/workerd
}

# npm brings packages in a jail too, which sees programs below /usr only.
need_npm_in_jails() {
  [ "$(uname)" = Linux ] || return 0
  [ -e /usr/bin/npm ] || [ -e /usr/local/bin/npm ] || apt_install npm "npm below /usr" || exit 1
}

# Node 22.19 or newer: the machine's own, or one from the npm registry.
need_node() {
  if node_is_new_enough; then return; fi
  command -v npm >/dev/null || apt_install npm "npm" || exit 1
  need_packages tests/EndToEnd.Tests/node
  local bin
  bin=$(echo "$PWD"/tests/EndToEnd.Tests/node/node_modules/node-*/bin)
  export PATH="$bin:$PATH"
  node_is_new_enough || missing "Node 22.19 or newer is missing, and the npm registry has none for $(uname -sm)"
}

node_is_new_enough() {
  command -v node >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 19) ? 0 : 1)'
}

# Brings a folder's node_modules to what its lock file says; a no-op when it is so already.
need_packages() {
  local stamp="$1/node_modules/.installed-lock.json"
  if cmp -s "$1/package-lock.json" "$stamp"; then return; fi
  echo "installing $1"
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || missing "npm ci failed in $1"
  cp "$1/package-lock.json" "$stamp"
}
