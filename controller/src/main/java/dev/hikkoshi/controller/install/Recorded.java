package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.record.KubeRecordStore;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.util.Set;

/** Names of environments that have a record, with failures in the core's words. */
record Recorded(KubeRecordStore records) {

  Set<String> names() {
    try {
      return records.environments();
    } catch (KubeException e) {
      throw new RecordException("environments could not be listed: " + e.getMessage(), e);
    }
  }
}
