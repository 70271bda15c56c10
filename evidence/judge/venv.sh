# Sourced: a Python environment with pinned packages, made once per machine.

venv() { # PACKAGE==VERSION... prints the path of its python
  local home name
  name=$(printf '%s-' "$@" | tr -c 'a-zA-Z0-9.\n-' '-')
  home="${XDG_CACHE_HOME:-$HOME/.cache}/hikkoshi/python/${name%-}"
  mkdir -p "$home"
  (
    if command -v flock >/dev/null 2>&1; then flock 9; fi
    if [ ! -e "$home/ready" ]; then
      echo "making a Python environment with $*" >&2
      python3 -m venv --clear "$home/venv" && "$home/venv/bin/pip" install --quiet --disable-pip-version-check "$@" >&2 &&
        touch "$home/ready"
    fi
  ) 9>"$home/lock" || return
  [ -e "$home/ready" ] || { echo "no Python environment with $*" >&2; return 1; }
  printf '%s' "$home/venv/bin/python"
}
