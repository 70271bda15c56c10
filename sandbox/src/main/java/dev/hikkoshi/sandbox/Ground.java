package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.aws.CallLog;
import dev.hikkoshi.sandbox.aws.Front;
import dev.hikkoshi.sandbox.cluster.LocalControlPlanes;
import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.process.Children;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import dev.hikkoshi.sandbox.tls.KeyAndCertificate;
import dev.hikkoshi.tools.Toolbox;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a region stands on: its directory and port, logs, event loops, timers, child processes. All
 * of it is closed by {@code closing}, in the opposite order.
 */
record Ground(
    SandboxOptions options,
    Closing closing,
    StateDirectory directory,
    int port,
    ToolboxBinaries binaries,
    EventLog events,
    CallLog calls,
    Vertx vertx,
    RealTimers timers,
    Children children) {

  private static final String CA = "ca";

  static Ground open(SandboxOptions options, Closing closing) {
    StateDirectory directory = closing.add("state directory", StateDirectory.take(options.state()));
    int port = directory.port(options.port());
    Ports.requireFree(port);
    options.say().accept("looking for tools");
    var binaries = new ToolboxBinaries(Toolbox.standard(options.clock(), options.tools()));
    binaries.prepare(options.minors());
    EventLog events =
        closing.add("event log", new EventLog(directory.file("events.jsonl"), options.clock()));
    CallLog calls = closing.add("call log", new CallLog(directory.file("calls.jsonl")));
    Vertx vertx = newVertx();
    closing.add("event loops", () -> close(vertx));
    Children children =
        closing.add("child processes", new Children(directory.store(), directory.file("run")));
    for (String name : children.endedLeftovers()) {
      events.note("leftover-ended", Map.of("process", name));
    }
    return new Ground(
        options,
        closing,
        directory,
        port,
        binaries,
        events,
        calls,
        vertx,
        new RealTimers(),
        children);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Starts etcd; timers end before the control planes do, so that nothing is built meanwhile. */
  LocalControlPlanes startPlanes() {
    options.say().accept("starting etcd");
    LocalControlPlanes planes =
        closing.add(
            "control planes",
            LocalControlPlanes.start(
                children,
                binaries,
                directory.store(),
                directory.file("clusters"),
                events,
                options.clock(),
                options.region(),
                endpoint() + Front.CONTROL + "/tokens"));
    closing.add("timers", timers);
    return planes;
  }

  /** The region's authority: kept, or made now. */
  CertificateAuthority certificateAuthority() {
    return directory
        .store()
        .read(CA, KeyAndCertificate.class)
        .map(kept -> CertificateAuthority.of(kept, options.clock()))
        .orElseGet(
            () -> {
              var fresh = CertificateAuthority.create("Hikkoshi sandbox", options.clock());
              directory.store().write(CA, fresh.keyAndCertificate());
              return fresh;
            });
  }

  private static Vertx newVertx() {
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions().setFileSystemOptions(noCache).setPreferNativeTransport(false));
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends anyway.
    }
  }
}
