package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.ENVIRONMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RecordStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Records in the status of Environment objects.
 *
 * <p>A record's version is a name of its own, new with every save, beside the object's
 * resourceVersion: views and annotations change the object without disturbing a pass. A save reads
 * the object, compares the version, and writes under the resourceVersion that it read; so whoever
 * wrote in between wins. Because the name is new each time, a save whose answer was lost is
 * recognised when the object is read again.
 *
 * <p>The epoch of the leader is written too: a record that a later leader wrote is never
 * overwritten.
 */
public final class KubeRecordStore implements RecordStore {

  private static final System.Logger LOG = System.getLogger(KubeRecordStore.class.getName());

  /** Annotations and views may change meanwhile; more often than this is no coincidence. */
  private static final int ATTEMPTS = 5;

  /** Kubernetes objects end at about 1.5 MiB; the view needs room too. */
  private static final int LARGEST = 768 * 1024;

  private static final Duration SHOW_AGAIN = Duration.ofSeconds(30);

  private static final String RECORD = "record";
  private static final String VERSION = "version";
  private static final String EPOCH = "epoch";

  private final Management management;
  private final LongSupplier epoch;
  private final LongSupplier nanos;
  private final Map<String, Long> shown = new ConcurrentHashMap<>();
  private final Environments environments;
  private final Projections projections;
  private final RecordCodec codec = new RecordCodec();

  /**
   * Creates a store.
   *
   * @param epoch of this process's leadership, see {@link Leadership#epoch}; 0 while it does not
   *     lead, which refuses every save
   */
  public KubeRecordStore(Management management, LongSupplier epoch) {
    this(management, epoch, System::nanoTime);
  }

  KubeRecordStore(Management management, LongSupplier epoch, LongSupplier nanos) {
    this.management = management;
    this.epoch = epoch;
    this.nanos = nanos;
    this.environments = new Environments(management);
    this.projections = new Projections(management);
  }

  @Override
  public Loaded load(String environment) {
    try {
      Optional<ObjectNode> object = environments.find(environment);
      if (object.isEmpty() && !management.serves(ENVIRONMENTS)) {
        throw new RecordException(
            "the management cluster does not know Environments (any more): install the definitions");
      }
      JsonNode status = object.map(o -> o.path("status")).orElse(null);
      if (status == null || !status.has(RECORD)) {
        return new Loaded(EnvironmentRecord.fresh(environment), "");
      }
      EnvironmentRecord record = codec.read(status.path(RECORD));
      if (!record.environment().equals(environment)) {
        throw new RecordException(
            "the record of %s is in the object of %s".formatted(record.environment(), environment));
      }
      showAgain(record);
      return new Loaded(record, status.path(VERSION).asText());
    } catch (KubeException e) {
      throw new RecordException(
          "the record of " + environment + " could not be read: " + e.getMessage(), e);
    }
  }

  /** While nothing is saved, somebody may delete what shows the record. */
  private void showAgain(EnvironmentRecord record) {
    long now = nanos.getAsLong();
    Long last = shown.get(record.environment());
    if (epoch.getAsLong() > 0 && (last == null || now - last > SHOW_AGAIN.toNanos())) {
      project(record);
    }
  }

  @Override
  public String save(EnvironmentRecord record, String version) {
    long now = epoch.getAsLong();
    if (now <= 0) {
      throw new RecordException("this process does not lead: nothing is saved");
    }
    ObjectNode document = codec.write(record);
    if (document.toString().length() > LARGEST) {
      throw new RecordException(
          "the record of %s is larger than %d KiB".formatted(record.environment(), LARGEST / 1024));
    }
    String next = UUID.randomUUID().toString();
    String failure = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (put(record, document, version, next, now)) {
          project(record);
          return next;
        }
      } catch (KubeException e) {
        if (e.refused() || e.notFound()) {
          throw unsaved(record, String.valueOf(e.getMessage()));
        }
        failure = ": " + e.getMessage();
      }
    }
    throw unsaved(record, "it is not known whether it was written" + failure);
  }

  @Override
  public void forget(String environment, String version) {
    if (epoch.getAsLong() <= 0) {
      throw new RecordException("this process does not lead: nothing is forgotten");
    }
    try {
      Optional<ObjectNode> object = environments.find(environment);
      if (object.isEmpty()) {
        return;
      }
      if (!object.get().path("status").path(VERSION).asText("").equals(version)) {
        throw new RecordException(environment + " is not forgotten: somebody saved in between");
      }
      projections.clear(environment);
      environments.delete(object.get());
    } catch (KubeException e) {
      throw new RecordException(environment + " could not be forgotten: " + e.getMessage(), e);
    }
  }

  /** One attempt; false when the object was changed by somebody meanwhile. */
  private boolean put(
      EnvironmentRecord record, ObjectNode document, String version, String next, long now) {
    ObjectNode object = environments.findOrCreate(record.environment());
    JsonNode stored = object.path("status");
    String there = stored.path(VERSION).asText("");
    if (there.equals(next)) {
      return true;
    }
    if (!there.equals(version)) {
      throw unsaved(record, "somebody else saved in between");
    }
    if (stored.path(EPOCH).asLong() > now) {
      throw unsaved(record, "a later leader wrote it");
    }
    ObjectNode status = environments.status(object);
    status.set(RECORD, document);
    status.put(VERSION, next).put(EPOCH, now).put("holds", record.holds().size());
    status.put("serving", record.move().map(MoveRecord::serving).orElse(""));
    status.put("phase", record.move().map(m -> m.phase().word()).orElse(""));
    return environments.replaceStatus(object);
  }

  /** The largest epoch in any record; what a new lease has to begin above. */
  public long highestEpoch() {
    long highest = 0;
    for (JsonNode object : environments.all()) {
      highest = Math.max(highest, object.path("status").path(EPOCH).asLong());
    }
    return highest;
  }

  /**
   * Names of the environments that something is remembered of.
   *
   * @throws KubeException when they could not be listed
   */
  public Set<String> environments() {
    Set<String> names = new TreeSet<>();
    for (JsonNode object : environments.all()) {
      if (object.path("status").has(RECORD)) {
        names.add(object.at("/metadata/name").asText());
      }
    }
    return names;
  }

  /** Shows the record in Cluster and Move objects; they are seen by people only, so it may fail. */
  private void project(EnvironmentRecord record) {
    shown.put(record.environment(), nanos.getAsLong());
    try {
      projections.show(record);
    } catch (KubeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "clusters and moves of {0} could not be shown: {1}",
          record.environment(),
          e.getMessage());
    }
  }

  private static RecordException unsaved(EnvironmentRecord record, String why) {
    return new RecordException("the record of " + record.environment() + " was not saved: " + why);
  }
}
