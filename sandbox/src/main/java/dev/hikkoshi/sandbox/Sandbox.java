package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.CallLog;
import dev.hikkoshi.sandbox.aws.Dispatcher;
import dev.hikkoshi.sandbox.aws.Front;
import dev.hikkoshi.sandbox.aws.InsideCalls;
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
import dev.hikkoshi.sandbox.quotas.QuotasService;
import dev.hikkoshi.sandbox.state.Json;
import dev.hikkoshi.sandbox.state.StateStore;
import dev.hikkoshi.sandbox.sts.AccessKeys;
import dev.hikkoshi.sandbox.sts.StsService;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
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
import java.util.concurrent.atomic.AtomicBoolean;

/** A running region. One state directory belongs to one sandbox at a time. */
public final class Sandbox implements AutoCloseable {

  private static final JsonMapper JSON = Json.mapper();

  private final Ground ground;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<RegionPart> parts = new ArrayList<>();
  private final FaultScript faults = new FaultScript();
  private final LocalControlPlanes planes;
  private final AccessKeys keys;
  private final EksService eks;

  /**
   * Starts a region, or brings back the one of that state directory: returns when everything that
   * was there answers again.
   *
   * @throws IllegalStateException where it cannot be; the message says what to do
   */
  public static Sandbox start(SandboxOptions options) {
    Closing closing = new Closing();
    try {
      return new Sandbox(Ground.open(options, closing));
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private Sandbox(Ground ground) {
    this.ground = ground;
    SandboxOptions options = ground.options();
    StateStore state = ground.directory().store();
    planes = ground.startPlanes();
    CertificateAuthority ca = ground.certificateAuthority();
    Region region =
        new Region(options, ground.timers(), state, ground.events(), ca, ground.vertx(), planes);
    Roles roles = Roles.seed(options.accountId());
    keys = new AccessKeys(state, options.clock(), options.accountId(), roles);
    Versions versions = new Versions(state, options.clock());
    startParts(region);
    eks = eks(region, roles, versions);
    readFaults();
    SignatureV4 signatures = new SignatureV4(keys, options.clock());
    Dispatcher dispatcher = dispatcher(services(region, roles, state), signatures);
    region.offer(InsideCalls.class, new InsideCalls(dispatcher, options.region()));
    restoreClusters();
    ground.directory().writeClientFiles(endpoint(), options.region(), keys, ca.certificatePem());
    openFront(dispatcher, signatures, versions);
    eks.resume();
    ground.directory().started(ground.port());
    options.say().accept("ready at " + endpoint());
  }

  private EksService eks(Region region, Roles roles, Versions versions) {
    return new EksService(
        new EksService.Ground(
            region.state(),
            planes,
            region.timers(),
            region.clock(),
            region.physics(),
            region.network(),
            roles,
            versions,
            region.region(),
            region.accountId()));
  }

  private Dispatcher dispatcher(List<AwsService> services, SignatureV4 signatures) {
    SandboxOptions options = ground.options();
    return new Dispatcher(
        services, signatures, faults, ground.calls(), options.clock(), options.region());
  }

  private void openFront(Dispatcher dispatcher, SignatureV4 signatures, Versions versions) {
    TokenReviews reviews =
        new TokenReviews(signatures, eks.users(), ground.events(), ground.options().region());
    ControlApi control = control(ground.events(), versions, reviews);
    ground.closing().add("front", Front.open(ground.vertx(), ground.port(), dispatcher, control));
  }

  private void startParts(Region region) {
    for (RegionPart part : ServiceLoader.load(RegionPart.class)) {
      ground.options().say().accept("starting " + part.name());
      try {
        part.start(region);
      } catch (Exception e) {
        part.close();
        throw new IllegalStateException(
            "could not start %s: %s".formatted(part.name(), e.getMessage()), e);
      }
      parts.add(ground.closing().add(part.name(), part));
    }
  }

  private List<AwsService> services(Region region, Roles roles, StateStore state) {
    List<AwsService> services = new ArrayList<>();
    services.add(eks);
    SandboxOptions options = ground.options();
    services.add(new StsService(keys, roles, options.accountId()));
    services.add(new IamService(roles, state, options.clock(), options.accountId()));
    services.add(new QuotasService(options.accountId()));
    services.add(
        new Ec2Service(region.network(), options.region(), options.accountId(), eks::addresses));
    parts.forEach(part -> services.addAll(part.services()));
    return services;
  }

  private void restoreClusters() {
    SandboxOptions options = ground.options();
    if (!eks.states().isEmpty()) {
      options.say().accept("bringing back " + eks.states().size() + " clusters");
    }
    planes.restore();
    if (options.management()) {
      options.say().accept("starting the management control plane");
      ClusterAccess access = planes.management(options.minors().getLast());
      ground.directory().copyManagementKubeconfig(access.kubeconfig());
    }
  }

  private void readFaults() {
    ground
        .options()
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
    api.add("calls", ControlHandlers.calls(ground.calls()));
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
    return ground.endpoint();
  }

  /** The credentials file with the profiles {@code default} and {@code hikkoshi}. */
  public Path credentials() {
    return ground.directory().file("credentials");
  }

  /** The config file with region and endpoint for both profiles. */
  public Path config() {
    return ground.directory().file("config");
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
    return ground.calls();
  }

  /** How to reach the control planes that run, by name; the management one among them. */
  public Map<String, ClusterAccess> clusters() {
    return planes.all();
  }

  /** What {@code /_sandbox/state} answers. */
  public JsonNode summary() {
    return Summary.of(
        ground.options(), endpoint(), ground.directory(), eks.states(), planes.all(), parts);
  }

  /** Waits until somebody has closed the sandbox. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends everything; the state stays. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ground.closing().close();
      ended.countDown();
    }
  }
}
