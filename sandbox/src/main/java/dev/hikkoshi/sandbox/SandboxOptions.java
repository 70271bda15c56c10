package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.tools.ProgressListener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a sandbox is to be.
 *
 * @param state the directory that holds everything that survives a restart; mode 0700
 * @param port of the front; 0 for a free one, which is kept
 * @param physics how long things take
 * @param management whether there is a control plane for a controller's own objects
 * @param minors Kubernetes minors whose API servers are found or built before the start is over
 * @param faults a file with a JSON list of fault rules
 * @param region the region's name
 * @param accountId the account, twelve digits
 * @param clock the source of time
 * @param say hears lines about the start
 * @param tools hears of tools that are looked for and built
 */
public record SandboxOptions(
    Path state,
    int port,
    Physics physics,
    boolean management,
    List<String> minors,
    Optional<Path> faults,
    String region,
    String accountId,
    InstantSource clock,
    Consumer<String> say,
    ProgressListener tools) {

  /** The port that AWS emulators usually have. */
  public static final int DEFAULT_PORT = 4566;

  public SandboxOptions {
    minors = List.copyOf(minors);
    if (!accountId.matches("\\d{12}")) {
      throw new IllegalArgumentException("an account has twelve digits, not " + accountId);
    }
  }

  /** Everything as usual: AWS's physics, the default port, no management control plane, silent. */
  public static SandboxOptions of(Path state) {
    return new SandboxOptions(
        state.toAbsolutePath().normalize(),
        DEFAULT_PORT,
        Physics.aws(),
        false,
        List.of("1.36", "1.37"),
        Optional.empty(),
        "ap-northeast-1",
        "111122223333",
        InstantSource.system(),
        line -> {},
        ProgressListener.silent());
  }

  /** The same with another port. */
  public SandboxOptions withPort(int other) {
    return new SandboxOptions(
        state, other, physics, management, minors, faults, region, accountId, clock, say, tools);
  }

  /** The same with other physics. */
  public SandboxOptions withPhysics(Physics other) {
    return new SandboxOptions(
        state, port, other, management, minors, faults, region, accountId, clock, say, tools);
  }

  /** The same with or without a management control plane. */
  public SandboxOptions withManagement(boolean wanted) {
    return new SandboxOptions(
        state, port, physics, wanted, minors, faults, region, accountId, clock, say, tools);
  }

  /** The same with a file of fault rules. */
  public SandboxOptions withFaults(Path file) {
    return new SandboxOptions(
        state,
        port,
        physics,
        management,
        minors,
        Optional.of(file),
        region,
        accountId,
        clock,
        say,
        tools);
  }

  /** The same, telling about its start. */
  public SandboxOptions telling(Consumer<String> lines, ProgressListener builds) {
    return new SandboxOptions(
        state, port, physics, management, minors, faults, region, accountId, clock, lines, builds);
  }
}
