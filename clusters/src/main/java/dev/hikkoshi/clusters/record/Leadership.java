package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may write: the holder of a Lease. Others wait until they have seen it unchanged for its whole
 * duration on their own monotonic clock, so clocks need not agree.
 *
 * <p>The holder counts from <em>before</em> it sent the last renewal that was answered. {@link
 * #leads()} is true only while more than the longest call's time is left, so that a write that was
 * begun as leader ends before somebody else can be one. A renewal that hangs or fails stops writes
 * by the passing of time alone. It is asked before every effect and again right before every
 * request that writes; what a machine would do that was suspended in between is caught by that, and
 * by the record's own compare-and-set, which comes before every effect.
 *
 * <p>The epoch grows with every change of holder and is written into records.
 */
public final class Leadership implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Leadership.class.getName());

  /** Renewals in one duration: four may fail before the lease is lost. */
  private static final int BEATS = 5;

  /**
   * How the lease is kept.
   *
   * @param name of the Lease object; one for each installation
   * @param holder who this is, unique among replicas and restarts
   * @param duration whole seconds, at least 2
   * @param longestCall time limit of the longest write; has to fit into the duration with a renewal
   */
  public record Settings(String name, String holder, Duration duration, Duration longestCall) {

    public static final Duration DURATION = Duration.ofSeconds(15);

    public Settings {
      if (duration.compareTo(Duration.ofSeconds(2)) < 0 || duration.toNanosPart() != 0) {
        throw new IllegalArgumentException("the lease lasts whole seconds, 2 or more: " + duration);
      }
      if (longestCall.plus(duration.dividedBy(BEATS)).compareTo(duration) >= 0) {
        throw new IllegalArgumentException(
            "a call of %s does not fit into a lease of %s that is renewed every %s"
                .formatted(longestCall, duration, duration.dividedBy(BEATS)));
      }
    }
  }

  /** A lease of ours: until when on the monotonic clock, and its number. */
  private record Term(long until, long epoch) {}

  /** Somebody's lease as it was first seen in this form. */
  private record Other(String form, long since) {}

  private final Management management;
  private final Settings settings;
  private final LongSupplier floor;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final ScheduledExecutorService beat;
  private final String path;
  private volatile Optional<Term> term = Optional.empty();
  private volatile String leader = "";
  private @Nullable Other other;
  private @Nullable ScheduledFuture<?> beating;

  /**
   * Creates a leadership that is not sought yet.
   *
   * @param floor the highest epoch that was ever written, asked only where there is no Lease (any
   *     more); see {@link KubeRecordStore#highestEpoch}
   * @param clock for what people read in the Lease
   */
  public Leadership(
      Management management, Settings settings, LongSupplier floor, InstantSource clock) {
    this(management, settings, floor, clock, System::nanoTime);
  }

  Leadership(
      Management management,
      Settings settings,
      LongSupplier floor,
      InstantSource clock,
      LongSupplier nanos) {
    this.management = management;
    this.settings = settings;
    this.floor = floor;
    this.clock = clock;
    this.nanos = nanos;
    this.path = management.leases() + "/" + settings.name();
    this.beat =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-" + settings.name()).factory());
  }

  /** Begins to seek and keep the lease, in the background. */
  public synchronized void start() {
    if (beating == null) {
      long every = settings.duration().toMillis() / BEATS;
      beating = beat.scheduleWithFixedDelay(this::tick, 0, every, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether a write may begin now: the lease outlasts the longest call. */
  public boolean leads() {
    return leads(settings.longestCall());
  }

  /** Whether the lease lasts longer than this. */
  public boolean leads(Duration call) {
    return term.filter(t -> t.until() - nanos.getAsLong() > call.toNanos()).isPresent();
  }

  /** The number of this leadership; 0 while the lease is not ours or has run out. */
  public long epoch() {
    return leads(Duration.ZERO) ? term.map(Term::epoch).orElse(0L) : 0;
  }

  /** Who led when the lease was last seen; empty text when nobody, or when it was never seen. */
  public String leader() {
    return leader;
  }

  /** Whether this process or another one is known to lead. */
  public boolean known() {
    return !leader.isEmpty();
  }

  private void tick() {
    try {
      attempt();
    } catch (KubeException e) {
      LOG.log(System.Logger.Level.WARNING, "lease {0}: {1}", settings.name(), e.getMessage());
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again: the lease would be lost for good.
      LOG.log(System.Logger.Level.ERROR, "lease " + settings.name(), e);
    }
  }

  /** One look at the lease: renews it, takes it, or waits. */
  synchronized void attempt() {
    long sentAt = nanos.getAsLong();
    Optional<ObjectNode> found = management.api().get(path);
    if (found.isEmpty()) {
      hold(create(), sentAt);
      return;
    }
    ObjectNode lease = found.get();
    String holder = lease.at("/spec/holderIdentity").asText("");
    leader = holder;
    if (holder.equals(settings.holder())) {
      renew(lease, sentAt);
    } else if (holder.isEmpty() || ranOut(lease, sentAt)) {
      take(lease, sentAt);
    } else {
      term = Optional.empty();
    }
  }

  private ObjectNode create() {
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", settings.name());
    fill(lease, floor.getAsLong() + 1, true);
    return management.api().create(management.leases(), Management.FIELD_MANAGER, lease);
  }

  private void renew(ObjectNode lease, long sentAt) {
    // Ours, but ran out meanwhile: nobody took it, still it is a new term.
    boolean same = epoch() > 0;
    long epoch = lease.at("/spec/leaseTransitions").asLong() + (same ? 0 : 1);
    fill(lease, epoch, !same);
    hold(management.api().replace(path, Management.FIELD_MANAGER, lease), sentAt);
  }

  private void take(ObjectNode lease, long sentAt) {
    fill(lease, lease.at("/spec/leaseTransitions").asLong() + 1, true);
    hold(management.api().replace(path, Management.FIELD_MANAGER, lease), sentAt);
  }

  /** Every field of the spec in one text: any change of it restarts the wait. */
  private boolean ranOut(JsonNode lease, long now) {
    String form = lease.path("metadata").path("uid").asText() + lease.path("spec");
    if (other == null || !other.form().equals(form)) {
      other = new Other(form, now);
      return false;
    }
    Duration lasts = Duration.ofSeconds(lease.at("/spec/leaseDurationSeconds").asLong(1));
    return now - other.since() > lasts.toNanos();
  }

  private void fill(ObjectNode lease, long epoch, boolean acquired) {
    String now = MicroTime.text(clock.instant());
    ObjectNode spec = lease.withObject("/spec");
    spec.put("holderIdentity", settings.holder());
    spec.put("leaseDurationSeconds", settings.duration().toSeconds());
    spec.put("renewTime", now);
    spec.put("leaseTransitions", epoch);
    if (acquired) {
      spec.put("acquireTime", now);
    }
  }

  private void hold(JsonNode lease, long sentAt) {
    long epoch = lease.at("/spec/leaseTransitions").asLong();
    if (epoch() != epoch) {
      LOG.log(
          System.Logger.Level.INFO,
          "{0} leads, epoch {1}",
          settings.holder(),
          Long.toString(epoch));
    }
    term = Optional.of(new Term(sentAt + settings.duration().toNanos(), epoch));
    leader = settings.holder();
  }

  /** Stops; gives the lease back, so that the next one need not wait. */
  @Override
  public void close() {
    beat.shutdownNow();
    giveBack();
  }

  private synchronized void giveBack() {
    boolean ours = epoch() > 0;
    term = Optional.empty();
    if (!ours) {
      return;
    }
    try {
      Optional<ObjectNode> lease = management.api().get(path);
      if (lease.isPresent()
          && lease.get().at("/spec/holderIdentity").asText().equals(settings.holder())) {
        lease.get().withObject("/spec").put("holderIdentity", "").put("leaseDurationSeconds", 1);
        management.api().replace(path, Management.FIELD_MANAGER, lease.get());
      }
    } catch (KubeException e) {
      LOG.log(System.Logger.Level.INFO, "lease not given back: {0}", e.getMessage());
    }
  }
}
