package dev.hikkoshi.tools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code go build -v} prints: counted, its end kept, and read for what went wrong. */
final class GoOutput {

  private static final int KEPT = 40;
  private static final int MAX_LINE = 400;
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][\\w.~+-]*(/[\\w.~+-]+)*");
  private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s@]+@");
  private static final Pattern FULL =
      Pattern.compile("no space left on device|disk quota exceeded", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOO_OLD =
      Pattern.compile("requires go >= \\S+|toolchain not available");
  private static final Pattern NO_NETWORK =
      Pattern.compile(
          "dial tcp|no such host|i/o timeout|connection refused|connection reset|TLS handshake"
              + "|x509:|proxyconnect|Proxy Authentication|network is unreachable"
              + "|module lookup disabled by GOPROXY=off|reading https?://\\S+: \\d{3}");

  private final Deque<String> tail = new ArrayDeque<>();
  private int packages;
  private String last = "";

  synchronized void add(String line) {
    String masked = CREDENTIALS.matcher(cut(line)).replaceAll("://***@");
    last = masked;
    if (PACKAGE.matcher(masked).matches()) {
      packages++;
      return;
    }
    tail.addLast(masked);
    if (tail.size() > KEPT) {
      tail.removeFirst();
    }
  }

  private static String cut(String line) {
    return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
  }

  synchronized int packages() {
    return packages;
  }

  synchronized String last() {
    return last;
  }

  /** Says why the build failed and what to do next. */
  synchronized ToolException failure(Artifact artifact, int exit, Map<String, String> environment) {
    String said = String.join("\n", List.copyOf(tail));
    if (FULL.matcher(said).find()) {
      return failed(
          ToolException.Reason.DISK_FULL,
          artifact,
          "the disk is full. Free some space (`go clean -cache` frees Go's own) and try again.",
          said);
    }
    if (TOO_OLD.matcher(said).find()) {
      return failed(
          ToolException.Reason.OLD_GO,
          artifact,
          "the Go command is too old. Install Go %s or newer.".formatted(GoToolchain.NEEDED),
          said);
    }
    if (NO_NETWORK.matcher(said).find()) {
      return failed(
          ToolException.Reason.NETWORK,
          artifact,
          "Go modules could not be downloaded. Check the network and GOPROXY (%s), or put %s of minor %s into PATH."
              .formatted(
                  environment.containsKey("GOPROXY") ? "set" : "not set",
                  artifact.tool().binary(),
                  artifact.minor()),
          said);
    }
    return failed(
        ToolException.Reason.BUILD,
        artifact,
        "`go build` ended with exit code " + exit + ".",
        said);
  }

  private static ToolException failed(
      ToolException.Reason reason, Artifact artifact, String why, String said) {
    return new ToolException(
        reason,
        "Building %s failed: %s%s"
            .formatted(artifact, why, said.isEmpty() ? "" : "\n" + said.indent(2).stripTrailing()));
  }
}
