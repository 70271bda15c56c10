package dev.hikkoshi.gitsync;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One repository to read environments from.
 *
 * @param name short name, also that of the cache folder
 * @param url {@code https://}, {@code http://}, {@code ssh://}, {@code user@host:path} or {@code
 *     file://}; without a password
 * @param branch without {@code refs/heads/}
 * @param path folder below which the environments lie; empty for the root. Links may still lead
 *     anywhere inside the repository
 * @param poll time between two fetches
 * @param credentials a folder as Kubernetes mounts a Secret: files {@code username} and {@code
 *     password} for http(s); {@code identity} (private key, with {@code password} when it has a
 *     passphrase) and {@code known_hosts} for ssh. Read again at each fetch, so that it may rotate
 * @param cache folder that holds the clones; each controller process wants its own
 * @param rewrites what to do when the branch was force-pushed
 * @param limits bounds on what is read
 * @param timeouts bounds on how long and how much is fetched
 */
public record SourceConfig(
    String name,
    String url,
    String branch,
    String path,
    Duration poll,
    Optional<Path> credentials,
    Path cache,
    Rewrites rewrites,
    Limits limits,
    Timeouts timeouts) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

  /** What a branch that was rewritten means. */
  public enum Rewrites {
    /** Stay at the last head and say so; nobody can take a branch back to an old state unseen. */
    REFUSE,
    /** Take the new head as any other. */
    FOLLOW
  }

  /**
   * How long and how much.
   *
   * @param idle longest silence of the remote, whole seconds
   * @param fetch longest fetch or push in all
   * @param repositoryBytes largest clone on disk
   */
  public record Timeouts(Duration idle, Duration fetch, long repositoryBytes) {

    /** 30 s of silence, 5 min in all, 4 GiB. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), 4L << 30);

    public Timeouts {
      if (idle.compareTo(Duration.ofSeconds(1)) < 0 || fetch.compareTo(idle) < 0) {
        throw new IllegalArgumentException("timeouts: 1s <= idle <= fetch");
      }
    }
  }

  public SourceConfig {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "source name \"" + name + "\": lower-case letters, digits, '-' and '.', at most 63");
    }
    if (poll.isNegative() || poll.isZero()) {
      throw new IllegalArgumentException("source " + name + ": poll must be positive");
    }
    RemoteUrl.parse(name, url);
    BranchName.require(branch);
    path = path.equals(".") || path.equals("/") ? "" : path;
  }

  /** A source with the defaults: root folder, a minute, no credentials, rewrites refused. */
  public static SourceConfig of(String name, String url, String branch, Path cache) {
    return new SourceConfig(
        name,
        url,
        branch,
        "",
        Duration.ofMinutes(1),
        Optional.empty(),
        cache,
        Rewrites.REFUSE,
        Limits.DEFAULT,
        Timeouts.DEFAULT);
  }

  public SourceConfig withPath(String value) {
    return new SourceConfig(
        name, url, branch, value, poll, credentials, cache, rewrites, limits, timeouts);
  }

  public SourceConfig withPoll(Duration value) {
    return new SourceConfig(
        name, url, branch, path, value, credentials, cache, rewrites, limits, timeouts);
  }

  public SourceConfig withCredentials(Optional<Path> value) {
    return new SourceConfig(
        name, url, branch, path, poll, value, cache, rewrites, limits, timeouts);
  }

  public SourceConfig withRewrites(Rewrites value) {
    return new SourceConfig(
        name, url, branch, path, poll, credentials, cache, value, limits, timeouts);
  }

  public SourceConfig withLimits(Limits value) {
    return new SourceConfig(
        name, url, branch, path, poll, credentials, cache, rewrites, value, timeouts);
  }

  public SourceConfig withTimeouts(Timeouts value) {
    return new SourceConfig(
        name, url, branch, path, poll, credentials, cache, rewrites, limits, value);
  }
}
