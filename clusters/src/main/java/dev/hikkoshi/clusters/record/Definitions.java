package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hikkoshi.clusters.kube.KubeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The custom resource definitions of Environment, Cluster, Move and Freeze. */
public final class Definitions {

  static final String ENVIRONMENTS = "environments";
  static final String CLUSTERS = "clusters";
  static final String MOVES = "moves";
  static final String FREEZES = "freezes";

  private static final List<String> ALL = List.of(ENVIRONMENTS, CLUSTERS, MOVES, FREEZES);
  private static final String PATH =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/%s.hikkoshi.dev";

  /** "Storage is (re)initializing". */
  private static final int TOO_EARLY = 429;

  private static final int ASKED = 100;
  private static final long PAUSE_MILLIS = 100;

  private final Management management;

  public Definitions(Management management) {
    this.management = management;
  }

  /**
   * Installs or corrects the definitions by server-side apply and waits until they are served.
   *
   * @throws KubeException when the API server refuses or cannot be reached
   * @throws IllegalStateException when they are not served after about ten seconds
   */
  public void install() {
    for (String plural : ALL) {
      management.api().apply(PATH.formatted(plural), Management.FIELD_MANAGER, read(plural), false);
    }
    for (int asked = 0; !served(); asked++) {
      if (asked == ASKED) {
        throw new IllegalStateException("the API server does not serve our definitions: " + ALL);
      }
      pause();
    }
  }

  /** Whether all kinds are served and answer now: a new kind is first listed, then ready. */
  public boolean served() {
    return ALL.stream().allMatch(plural -> management.serves(plural) && answers(plural));
  }

  private boolean answers(String plural) {
    try {
      return management.api().get(management.ours(plural) + "?limit=1").isPresent();
    } catch (KubeException e) {
      if (e.code() == TOO_EARLY) {
        return false;
      }
      throw e;
    }
  }

  static JsonNode read(String plural) {
    String name = "/dev/hikkoshi/crds/" + plural + ".yaml";
    try (InputStream in = Definitions.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
