package dev.hikkoshi.clusters.charts;

import java.util.Map;

/**
 * What ranges of chart versions came to, kept beyond a restart: a definition that stands is the
 * same charts for as long as it stands, and a revert to it too.
 */
public interface Settlements {

  /**
   * What a range came to.
   *
   * @param version exact
   * @param digest of the archive
   */
  record Settled(String version, String digest) {}

  /**
   * Everything that is kept of an environment.
   *
   * @throws RuntimeException when it is not known: what came out otherwise could be another chart
   */
  Kept of(String environment);

  /**
   * Keeps what ranges of a definition came to. Where another process kept something for it first,
   * that counts.
   *
   * @param definition its digest, before ranges are settled
   * @param ranges by range
   * @return what is kept for the definition now
   * @throws RuntimeException when it is not known whether it was kept
   */
  Map<String, Settled> keep(String environment, String definition, Map<String, Settled> ranges);

  /** By definition, and the newest of each range whatever the definition. */
  interface Kept {

    Map<String, Settled> definition(String digest);

    Map<String, Settled> newest();
  }
}
