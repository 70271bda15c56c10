package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.record.KubeRecordStore;
import dev.hikkoshi.clusters.record.Leadership;
import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.controller.engine.Leads;
import dev.hikkoshi.environments.port.Fence;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Leadership by a Lease, and the records that only its holder may write: the lease begins above
 * every epoch that a record carries, and a record is saved with the lease's epoch.
 */
final class Lease implements Leads {

  private final Leadership leadership;
  private final KubeRecordStore records;

  Lease(
      Management management,
      Options.LeaseOptions options,
      Duration longestCall,
      InstantSource clock) {
    EpochOf epoch = new EpochOf();
    this.records = new KubeRecordStore(management, epoch);
    this.leadership =
        new Leadership(
            management,
            new Leadership.Settings(
                options.name(), options.holder(), options.duration(), longestCall),
            records::highestEpoch,
            clock);
    epoch.of(leadership);
  }

  KubeRecordStore records() {
    return records;
  }

  /** Open while a write that is sent now ends before somebody else can lead. */
  Fence fence() {
    return leadership::leads;
  }

  void start() {
    leadership.start();
  }

  @Override
  public boolean leads(Duration call) {
    return leadership.leads(call);
  }

  @Override
  public boolean known() {
    return leadership.known();
  }

  @Override
  public void close() {
    leadership.close();
  }
}
