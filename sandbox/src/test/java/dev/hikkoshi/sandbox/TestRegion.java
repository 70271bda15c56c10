package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.CallLog;
import dev.hikkoshi.sandbox.aws.Dispatcher;
import dev.hikkoshi.sandbox.aws.Front;
import dev.hikkoshi.sandbox.aws.Identities;
import dev.hikkoshi.sandbox.aws.SignatureV4;
import dev.hikkoshi.sandbox.cluster.ClusterListener;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.fault.FaultScript;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.FileStateStore;
import dev.hikkoshi.sandbox.state.StateStore;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A region of a few parts, without clusters, with a real front door that AWS clients can call. */
public final class TestRegion implements RegionContext, AutoCloseable {

  /** The access key that the region knows, and its secret. */
  public static final String KEY = "AKIASANDBOXTEST00000";

  public static final String SECRET = "secret-of-the-test-region";
  public static final String ACCOUNT = "111122223333";
  public static final String REGION = "ap-northeast-1";

  private final Path directory;
  private final Physics physics;
  private final InstantSource clock = InstantSource.system();
  private final RealTimers timers = new RealTimers();
  private final Vertx vertx = Vertx.vertx();
  private final CertificateAuthority ca;
  private final StateStore state;
  private final Map<Class<?>, Object> offers = new ConcurrentHashMap<>();
  private final List<RegionPart> parts = new ArrayList<>();
  private @Nullable Front front;
  private @Nullable CallLog calls;

  public TestRegion(Path directory, Physics physics) {
    this.directory = directory;
    this.physics = physics;
    this.state = new FileStateStore(directory.resolve("state"));
    this.ca = CertificateAuthority.create("test", clock);
  }

  /** Starts the parts and opens the front door. */
  public TestRegion start(List<RegionPart> all) throws Exception {
    List<AwsService> services = new ArrayList<>();
    for (RegionPart part : all) {
      part.start(this);
      parts.add(part);
    }
    parts.forEach(part -> services.addAll(part.services()));
    var principal = new AwsRequest.Principal("arn:aws:iam::" + ACCOUNT + ":user/test", "AIDATEST");
    var identity = new Identities.Identity(KEY, SECRET, null, principal, 0);
    Identities identities = key -> Optional.of(identity).filter(i -> i.accessKeyId().equals(key));
    calls = new CallLog(directory.resolve("calls.jsonl"));
    var dispatcher =
        new Dispatcher(
            services, new SignatureV4(identities, clock), new FaultScript(), calls, clock, REGION);
    front =
        Front.open(
            vertx,
            0,
            dispatcher,
            request -> {
              throw new IllegalStateException("no control API here");
            });
    return this;
  }

  /** Where AWS clients call. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + Objects.requireNonNull(front).port());
  }

  @Override
  public String accountId() {
    return ACCOUNT;
  }

  @Override
  public String region() {
    return REGION;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Physics physics() {
    return physics;
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public StateStore state() {
    return state;
  }

  @Override
  public Events events() {
    return (kind, details) -> {};
  }

  @Override
  public CertificateAuthority ca() {
    return ca;
  }

  @Override
  public Network network() {
    return Network.seed(REGION);
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void onClusters(ClusterListener listener) {
    // There are no clusters here.
  }

  @Override
  public <T> void offer(Class<T> type, T service) {
    offers.put(type, service);
  }

  @Override
  public <T> T find(Class<T> type) {
    return Optional.ofNullable(offers.get(type)).map(type::cast).orElseThrow();
  }

  @Override
  public void close() {
    parts.reversed().forEach(RegionPart::close);
    if (front != null) {
      front.close();
    }
    if (calls != null) {
      calls.close();
    }
    timers.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
