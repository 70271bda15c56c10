package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.CallLog;
import dev.hikkoshi.sandbox.aws.Dispatcher;
import dev.hikkoshi.sandbox.aws.Front;
import dev.hikkoshi.sandbox.aws.SignatureV4;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import dev.hikkoshi.sandbox.cluster.LocalControlPlanes;
import dev.hikkoshi.sandbox.cluster.TokenReviews;
import dev.hikkoshi.sandbox.ec2.Ec2Service;
import dev.hikkoshi.sandbox.eks.EksService;
import dev.hikkoshi.sandbox.eks.Versions;
import dev.hikkoshi.sandbox.fault.FaultScript;
import dev.hikkoshi.sandbox.iam.IamService;
import dev.hikkoshi.sandbox.iam.Roles;
import dev.hikkoshi.sandbox.process.Children;
import dev.hikkoshi.sandbox.state.FileStateStore;
import dev.hikkoshi.sandbox.state.Json;
import dev.hikkoshi.sandbox.sts.AccessKeys;
import dev.hikkoshi.sandbox.sts.StsService;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import dev.hikkoshi.sandbox.tls.KeyAndCertificate;
import dev.hikkoshi.tools.Toolbox;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running region. One state directory belongs to one sandbox at a time. */
public final class Sandbox implements AutoCloseable {

  private static final JsonMapper JSON = Json.mapper();
  private static final String CA = "ca";

  private final SandboxOptions options;
  private final Closing closing = new Closing();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<RegionPart> parts = new ArrayList<>();
  private final StateDirectory directory;
  private final FaultScript faults = new FaultScript();
  private final AccessKeys keys;
  private final LocalControlPlanes planes;
  private final EksService eks;
  private final CallLog calls;
  private final int port;

  /**
   * Starts a region, or brings back the one of that state directory: returns when everything that
   * was there answers again.
   *
   * @throws IllegalStateException where it cannot be; the message says what to do
   */
  public static Sandbox start(SandboxOptions options) {
    return new Sandbox(options);
  }

  private Sandbox(SandboxOptions options) {
    this.options = options;
    try {
      directory = closing.add("state directory", StateDirectory.take(options.state()));
      port = directory.port(options.port());
      FileStateStore state = directory.store();
      ToolboxBinaries binaries =
          new ToolboxBinaries(Toolbox.standard(options.clock(), options.tools()));
      options.say().accept("looking for tools");
      binaries.prepare(options.minors());
      EventLog events =
          closing.add("event log", new EventLog(directory.file("events.jsonl"), options.clock()));
      calls = closing.add("call log", new CallLog(directory.file("calls.jsonl")));
      Vertx vertx = vertx();
      closing.add("event loops", () -> closeVertx(vertx));
      RealTimers timers = new RealTimers();
      Children children =
          closing.add("child processes", new Children(state, directory.file("run")));
      children
          .endedLeftovers()
          .forEach(name -> events.note("leftover-ended", Map.of("process", name)));
      options.say().accept("starting etcd");
      planes =
          closing.add(
              "control planes",
              LocalControlPlanes.start(
                  children,
                  binaries,
                  state,
                  directory.file("clusters"),
                  events,
                  options.clock(),
                  options.region(),
                  endpoint() + Front.CONTROL + "/tokens"));
      closing.add("timers", timers);
      CertificateAuthority ca = certificateAuthority(state);
      Region region = new Region(options, timers, state, events, ca, vertx, planes);
      Roles roles = Roles.seed(options.accountId());
      keys = new AccessKeys(state, options.clock(), options.accountId(), roles);
      Versions versions = new Versions(state, options.clock());
      startParts(region);
      eks =
          new EksService(
              new EksService.Ground(
                  state,
                  planes,
                  timers,
                  options.clock(),
                  options.physics(),
                  region.network(),
                  roles,
                  versions,
                  options.region(),
                  options.accountId()));
      List<AwsService> services = services(region, roles, state);
      restoreClusters();
      SignatureV4 signatures = new SignatureV4(keys, options.clock());
      Dispatcher dispatcher =
          new Dispatcher(services, signatures, faults, calls, options.clock(), options.region());
      readFaults();
      directory.writeClientFiles(endpoint(), options.region(), keys, ca.certificatePem());
      TokenReviews reviews = new TokenReviews(signatures, eks.users(), events, options.region());
      closing.add("front", Front.open(vertx, port, dispatcher, control(events, versions, reviews)));
      eks.resume();
      directory.started(port);
      options.say().accept("ready at " + endpoint());
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private static Vertx vertx() {
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions().setFileSystemOptions(noCache).setPreferNativeTransport(false));
  }

  private static void closeVertx(Vertx vertx) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // The process ends anyway; its threads are daemons.
    }
  }

  private CertificateAuthority certificateAuthority(FileStateStore state) {
    return state
        .read(CA, KeyAndCertificate.class)
        .map(kept -> CertificateAuthority.of(kept, options.clock()))
        .orElseGet(
            () -> {
              var fresh = CertificateAuthority.create("Hikkoshi sandbox", options.clock());
              state.write(CA, fresh.keyAndCertificate());
              return fresh;
            });
  }

  private void startParts(Region region) {
    for (RegionPart part : ServiceLoader.load(RegionPart.class)) {
      options.say().accept("starting " + part.name());
      try {
        part.start(region);
      } catch (Exception e) {
        part.close();
        throw new IllegalStateException(
            "could not start %s: %s".formatted(part.name(), e.getMessage()), e);
      }
      parts.add(closing.add(part.name(), part));
    }
  }

  private List<AwsService> services(Region region, Roles roles, FileStateStore state) {
    List<AwsService> services = new ArrayList<>();
    services.add(eks);
    services.add(new StsService(keys, roles, options.accountId()));
    services.add(new IamService(roles, state, options.clock(), options.accountId()));
    services.add(new Ec2Service(region.network(), options.region(), options.accountId()));
    parts.forEach(part -> services.addAll(part.services()));
    return services;
  }

  private void restoreClusters() {
    if (!eks.states().isEmpty()) {
      options.say().accept("bringing back " + eks.states().size() + " clusters");
    }
    planes.restore();
    if (options.management()) {
      options.say().accept("starting the management control plane");
      ClusterAccess access = planes.management(options.minors().getLast());
      directory.copyManagementKubeconfig(access.kubeconfig());
    }
  }

  private void readFaults() {
    options
        .faults()
        .ifPresent(
            file -> {
              try {
                ControlHandlers.add(faults, JSON.readTree(Files.readAllBytes(file)));
              } catch (IOException e) {
                throw new UncheckedIOException("could not read fault rules from " + file, e);
              }
            });
  }

  private ControlApi control(EventLog events, Versions versions, TokenReviews reviews) {
    ControlApi api = new ControlApi();
    api.add("health", ControlHandlers.health());
    api.add("ready", ControlHandlers.health());
    api.add("state", _ -> summary());
    api.add("calls", ControlHandlers.calls(calls));
    api.add("events", ControlHandlers.events(events));
    api.add("faults", ControlHandlers.faults(faults));
    api.add("versions", ControlHandlers.versions(versions));
    api.add("tokens", ControlHandlers.tokens(reviews));
    api.add("stop", ControlHandlers.stop(this::close));
    parts.forEach(part -> part.control().forEach(api::add));
    return api;
  }

  /** Where AWS clients go: {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The credentials file with the profiles {@code default} and {@code hikkoshi}. */
  public Path credentials() {
    return directory.file("credentials");
  }

  /** The config file with region and endpoint for both profiles. */
  public Path config() {
    return directory.file("config");
  }

  /** The access keys, for tests that make their own clients. */
  public AccessKeys keys() {
    return keys;
  }

  /** The fault script. */
  public FaultScript faults() {
    return faults;
  }

  /** The call log. */
  public CallLog calls() {
    return calls;
  }

  /** How to reach the control planes that run, by name; the management one among them. */
  public Map<String, ClusterAccess> clusters() {
    return planes.all();
  }

  /** What {@code /_sandbox/state} answers. */
  public JsonNode summary() {
    return Summary.of(options, endpoint(), directory, eks.states(), planes.all(), parts);
  }

  /** Waits until somebody has closed the sandbox. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends everything; the state stays. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      closing.close();
      ended.countDown();
    }
  }
}
