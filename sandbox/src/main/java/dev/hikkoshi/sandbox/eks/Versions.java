package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hikkoshi.sandbox.state.Json;
import dev.hikkoshi.sandbox.state.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Kubernetes versions on offer and the add-on versions for them. The table comes from {@code
 * versions.yaml} and can be replaced while the sandbox runs, so that a newer version appears.
 */
public final class Versions {

  private static final String DOCUMENT = "eks/versions";

  private final StateStore state;
  private final InstantSource clock;
  private Table table;

  /** All that is on offer. */
  public record Table(List<Version> versions, List<Addon> addons) {

    public Table {
      versions =
          versions.stream().sorted(Comparator.comparingInt(Version::sortKey).reversed()).toList();
      addons = List.copyOf(addons);
      if (versions.stream().filter(Version::standard).count() != 1) {
        throw new IllegalArgumentException("exactly one version has to be the default");
      }
    }
  }

  /**
   * A Kubernetes minor.
   *
   * @param version for example {@code 1.36}
   * @param patch the patch EKS runs, for example {@code 1.36.3}
   * @param standard whether it is the one that clusters get that name none
   */
  public record Version(
      String version,
      String patch,
      String platformVersion,
      LocalDate released,
      LocalDate endOfStandardSupport,
      LocalDate endOfExtendedSupport,
      boolean standard) {

    int sortKey() {
      String[] parts = version.split("\\.", -1);
      return Integer.parseInt(parts[0]) * 1_000 + Integer.parseInt(parts[1]);
    }

    Support support(LocalDate today) {
      if (!today.isAfter(endOfStandardSupport)) {
        return Support.STANDARD_SUPPORT;
      }
      return today.isAfter(endOfExtendedSupport) ? Support.UNSUPPORTED : Support.EXTENDED_SUPPORT;
    }
  }

  /** An add-on: its newest version for each minor. */
  public record Addon(String name, String type, String namespace, List<AddonVersion> versions) {}

  /** A version of an add-on and the minors it fits; it is the default of those listed as such. */
  public record AddonVersion(String version, List<String> fits, List<String> defaultOf) {}

  /** EKS's words for support. */
  enum Support {
    STANDARD_SUPPORT,
    EXTENDED_SUPPORT,
    UNSUPPORTED;

    /** The word of the deprecated member {@code status}. */
    String old() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** Takes up the table that was kept, or the one that comes along. */
  public Versions(StateStore state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
    table = state.read(DOCUMENT, Table.class).orElseGet(Versions::built);
  }

  private static Table built() {
    JsonMapper json = Json.mapper();
    try (InputStream in = Versions.class.getResourceAsStream("versions.yaml")) {
      if (in == null) {
        throw new IllegalStateException("versions.yaml is missing in the sandbox's jar");
      }
      return json.readValue(new YAMLFactory().createParser(in), Table.class);
    } catch (IOException e) {
      throw new UncheckedIOException("versions.yaml does not fit", e);
    }
  }

  /** The table in force. */
  public synchronized Table table() {
    return table;
  }

  /** Replaces the table and keeps it. */
  public synchronized void replace(Table next) {
    state.write(DOCUMENT, next);
    table = next;
  }

  Optional<Version> version(String version) {
    return table().versions().stream().filter(v -> v.version().equals(version)).findFirst();
  }

  Version standard() {
    return table().versions().stream().filter(Version::standard).findFirst().orElseThrow();
  }

  Optional<Addon> addon(String name) {
    return table().addons().stream().filter(a -> a.name().equals(name)).findFirst();
  }

  Support support(Version version) {
    return version.support(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }
}
