# Sourced by ./hikkoshi, ./test and .ci/run: finds JDK 25 and Maven, says clearly what is missing.
# No output on stdout: that belongs to the command.

say() { printf '%s\n' "$*" >&2; }
die() { say "hikkoshi: $*"; exit 1; }

is_jdk25() { # FOLDER
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25"'*) return 0 ;; esac
  done <"$1/release"
  return 1
}

find_jdk25() { # sets `found`
  local home candidate
  for home in "${HIKKOSHI_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}"; do
    if [ -n "$home" ] && is_jdk25 "$home"; then found=$home; return; fi
  done
  if command -v javac >/dev/null 2>&1; then
    candidate=$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)
    candidate=${candidate%/bin/javac}
    if is_jdk25 "$candidate"; then found=$candidate; return; fi
  fi
  if [ -x /usr/libexec/java_home ]; then
    candidate=$(/usr/libexec/java_home -v 25 2>/dev/null || true)
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then found=$candidate; return; fi
  fi
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk25 "$candidate"; then found=$candidate; return; fi
  done
  return 1
}

need_ground() {
  local found
  find_jdk25 || die "needs a JDK 25 and found none in JAVA_HOME, on the PATH or in the usual folders.
  Install one (for example Temurin 25) or set HIKKOSHI_JAVA_HOME to its folder."
  export JAVA_HOME=$found
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || die "needs Maven 3.8.7 or newer on the PATH to build; found none."
}

# Maven prints warnings of its own old libraries on JDK 25, the first one behind ends of colours that nobody began; they are
# not ours and hide what is.
maven() {
  mvn -B -ntp "$@" \
    2> >(grep -v -E $'^(\e\\[0?m)*WARNING: (A terminally|sun.misc|Please|A restricted|java.lang.System|Use --enable|Restricted)' >&2)
}
