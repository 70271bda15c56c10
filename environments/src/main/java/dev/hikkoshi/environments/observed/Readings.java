package dev.hikkoshi.environments.observed;

import java.time.Instant;
import java.util.List;

/**
 * What a provider of metrics answered about one side of a route, period by period and oldest first.
 * A period of which the provider has no data is left out; one in which nothing happened is there
 * with zero. A provider that could not be asked is an {@link Observation.Unknown}.
 */
public sealed interface Readings {

  /** How many periods have data. */
  int periods();

  /** Events. */
  record Counts(List<Count> blocks) implements Readings {

    public Counts {
      blocks = List.copyOf(blocks);
    }

    @Override
    public int periods() {
      return blocks.size();
    }
  }

  /** Numbers. */
  record Values(List<Value> blocks) implements Readings {

    public Values {
      blocks = List.copyOf(blocks);
    }

    @Override
    public int periods() {
      return blocks.size();
    }
  }

  /**
   * Events of one period.
   *
   * @param from when it began
   * @param bad of {@code total}
   */
  record Count(Instant from, long bad, long total) {

    public Count {
      if (bad < 0 || bad > total) {
        throw new IllegalArgumentException(bad + " bad of " + total);
      }
    }
  }

  /** The number of one period; finite. */
  record Value(Instant from, double value) {

    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a number that can be judged: " + value);
      }
    }
  }
}
