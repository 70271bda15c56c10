package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.ENVIRONMENTS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Whether a name under an order is the name of who gave it. The admission policy {@code
 * hikkoshi-authors} lets nobody write another one; whether it does is not read but tried: an order
 * in a foreign name, as a dry run, has to be refused by it.
 */
public final class Authors {

  /** Name of the policy and of its binding. */
  static final String POLICY = "hikkoshi-authors";

  /** Follows the name of an author whom nobody proved. */
  static final String NOT_PROVEN = " (not proven)";

  /** The annotation beside an order's that says who gives it. */
  static final String SUFFIX = ".author";

  /** Nobody is called so. */
  private static final String NOBODY = "hikkoshi:somebody-else";

  private final Management management;

  Authors(Management management) {
    this.management = management;
  }

  /** Policy and binding as a manifest to apply. */
  public static String policy() {
    try (InputStream in =
        Authors.class.getResourceAsStream("/dev/hikkoshi/admission/authors.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the policy is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whom the API server takes us for (SelfSubjectReview, which every user may ask).
   *
   * @throws KubeException when it does not say
   */
  String self() {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "SelfSubjectReview");
    String name =
        management
            .api()
            .create(
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                Management.FIELD_MANAGER,
                review)
            .at("/status/userInfo/username")
            .asText("");
    if (name.isBlank()) {
      throw new KubeException(0, "Unknown", "the API server does not say who asks");
    }
    return name;
  }

  /** The name as it is told: with a mark where anybody could have written it. */
  String told(String name) {
    return proven() ? name : name + NOT_PROVEN;
  }

  private boolean proven() {
    ObjectNode object = Environments.object("Environment", "hikkoshi-proof");
    ObjectNode annotations = object.withObject("/metadata").putObject("annotations");
    annotations.put(Commands.HOLD, "{}").put(Commands.HOLD + SUFFIX, NOBODY);
    try {
      management
          .api()
          .create(management.ours(ENVIRONMENTS), Management.FIELD_MANAGER, object, true);
      return false;
    } catch (KubeException e) {
      return e.refused() && String.valueOf(e.getMessage()).contains(POLICY);
    }
  }
}
