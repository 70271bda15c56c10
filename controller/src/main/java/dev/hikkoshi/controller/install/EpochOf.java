package dev.hikkoshi.controller.install;

import dev.hikkoshi.clusters.record.Leadership;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The epoch of a leadership that is made after the store that asks for it; 0 until then. */
final class EpochOf implements LongSupplier {

  private volatile @Nullable Leadership leadership;

  void of(Leadership made) {
    leadership = made;
  }

  @Override
  public long getAsLong() {
    Leadership known = leadership;
    return known == null ? 0 : known.epoch();
  }
}
