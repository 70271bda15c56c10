package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.Optional;

/** cert-manager's ACME issuers, which prove to somebody outside that a name is theirs. */
final class Certificates implements Detector {

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    if (!Texts.group(object).equals("cert-manager.io")) {
      return;
    }
    Optional<Object> acme = object.at("spec", "acme");
    if (!object.kind().endsWith("Issuer") || acme.isEmpty()) {
      return;
    }
    for (Object solver : Texts.list(acme.get(), "solvers")) {
      if (Texts.at(solver, "http01").isPresent()) {
        found.always(EffectKind.CERTIFICATE, "HTTP-01 challenges before there is traffic");
      }
      if (Texts.at(solver, "dns01").isPresent()) {
        String zone =
            Texts.text(solver, "dns01", "route53", "hostedZoneID")
                .map(z -> " in zone " + z)
                .orElse("");
        found.always(EffectKind.CERTIFICATE, "DNS-01 challenges" + zone);
      }
    }
  }
}
