package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * external-dns itself: whom it takes for the owner of records and what it deletes. Its defaults are
 * the binary's: registry {@code txt}, owner {@code default}, policy {@code sync}.
 */
final class ExternalDns implements Detector {

  static boolean runs(Pods.Container container) {
    return container.image("external-dns");
  }

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    for (Pods.Container container : Pods.of(object).containers()) {
      if (!runs(container)) {
        continue;
      }
      String registry = value(container, "registry").orElse("txt");
      if (registry.equals("noop")) {
        found.always(EffectKind.DNS_UNOWNED, "external-dns without a registry");
      } else {
        String owner = value(container, "txt-owner-id").orElse("default");
        String table = value(container, "dynamodb-table").map(t -> " in table " + t).orElse("");
        found.claim(EffectKind.DNS_OWNER, "external-dns owner id " + owner + table);
      }
      if (value(container, "policy").orElse("sync").equals("sync")) {
        List<String> domains = container.flags("--domain-filter");
        String where = domains.isEmpty() ? "every zone" : String.join(", ", domains);
        found.always(EffectKind.DNS_DELETES, "external-dns deletes records in " + where);
      }
    }
  }

  /** Every flag is also a variable of the environment. */
  private static Optional<String> value(Pods.Container container, String flag) {
    String variable = "EXTERNAL_DNS_" + flag.replace('-', '_').toUpperCase(Locale.ROOT);
    return container
        .flag("--" + flag)
        .or(() -> Optional.ofNullable(container.env().get(variable)).filter(v -> !v.isEmpty()));
  }
}
