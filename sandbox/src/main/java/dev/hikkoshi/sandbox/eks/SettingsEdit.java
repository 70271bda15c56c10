package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.eks.ClusterDoc.Settings;
import java.util.List;

/** Settings with one thing changed. */
record SettingsEdit(Settings old) {

  static SettingsEdit of(Settings old) {
    return new SettingsEdit(old);
  }

  Settings authenticationMode(String mode) {
    return new Settings(
        mode,
        old.supportType(),
        old.endpointPublicAccess(),
        old.endpointPrivateAccess(),
        old.publicAccessCidrs(),
        old.logTypes(),
        old.zonalShift(),
        old.deletionProtection());
  }

  Settings supportType(String type) {
    return new Settings(
        old.authenticationMode(),
        type,
        old.endpointPublicAccess(),
        old.endpointPrivateAccess(),
        old.publicAccessCidrs(),
        old.logTypes(),
        old.zonalShift(),
        old.deletionProtection());
  }

  Settings endpoints(boolean open, boolean inner, List<String> cidrs) {
    return new Settings(
        old.authenticationMode(),
        old.supportType(),
        open,
        inner,
        List.copyOf(cidrs),
        old.logTypes(),
        old.zonalShift(),
        old.deletionProtection());
  }

  Settings logTypes(List<String> types) {
    return new Settings(
        old.authenticationMode(),
        old.supportType(),
        old.endpointPublicAccess(),
        old.endpointPrivateAccess(),
        old.publicAccessCidrs(),
        types,
        old.zonalShift(),
        old.deletionProtection());
  }

  Settings zonalShift(boolean on) {
    return new Settings(
        old.authenticationMode(),
        old.supportType(),
        old.endpointPublicAccess(),
        old.endpointPrivateAccess(),
        old.publicAccessCidrs(),
        old.logTypes(),
        on,
        old.deletionProtection());
  }

  Settings deletionProtection(boolean on) {
    return new Settings(
        old.authenticationMode(),
        old.supportType(),
        old.endpointPublicAccess(),
        old.endpointPrivateAccess(),
        old.publicAccessCidrs(),
        old.logTypes(),
        old.zonalShift(),
        on);
  }
}
