package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;

/**
 * Objects that stand for something in AWS: ACK, Crossplane, Terraform controllers. Secrets pushed
 * outside and backup locations too.
 */
final class CloudResources implements Detector {

  /** A provider's own group, without the dot, holds its credentials and makes nothing. */
  private static final List<String> GROUPS =
      List.of(
          ".services.k8s.aws",
          ".aws.upbound.io",
          ".aws.m.upbound.io",
          ".aws.crossplane.io",
          "infra.contrib.fluxcd.io",
          "app.terraform.io",
          "tf.galleybytes.com");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    String group = Texts.group(object);
    switch (object.kind()) {
      case "PushSecret" -> pushed(object, found);
      case "BackupStorageLocation" -> backups(object, found);
      default -> {
        if (GROUPS.stream().anyMatch(group::endsWith)) {
          found.always(
              EffectKind.CLOUD_RESOURCE, "%s %s in AWS".formatted(object.kind(), name(object)));
        }
      }
    }
  }

  private static String name(Manifest object) {
    return object
        .annotation("crossplane.io/external-name")
        .or(() -> Texts.text(object.tree(), "spec", "name"))
        .orElse(object.name());
  }

  private static void pushed(Manifest object, Found found) {
    for (Object data : Texts.list(object.tree(), "spec", "data")) {
      Texts.text(data, "match", "remoteRef", "remoteKey")
          .ifPresent(key -> found.claim(EffectKind.REMOTE_WRITE, "secret " + key + " outside"));
    }
  }

  private static void backups(Manifest object, Found found) {
    Texts.text(object.tree(), "spec", "objectStorage", "bucket")
        .ifPresent(
            bucket -> {
              String prefix =
                  Texts.text(object.tree(), "spec", "objectStorage", "prefix").orElse("");
              found.claim(EffectKind.BACKUP_TARGET, "backups in " + bucket + "/" + prefix);
            });
  }
}
