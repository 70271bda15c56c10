package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.collection.Sorted;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a release's chart comes from. */
public sealed interface ChartSource {

  /**
   * A folder of the snapshot.
   *
   * @param path from the root of the tree, for messages
   * @param files by path relative to the folder, {@code .helmignore} not yet applied
   * @param repositories where dependencies come from that are not among the files: what their
   *     {@code repository} says → a repository of the helmfile
   */
  record Folder(
      String path, SortedMap<String, byte[]> files, SortedMap<String, Address> repositories)
      implements ChartSource {

    public Folder {
      files = Sorted.copyOf(files);
      repositories = Sorted.copyOf(repositories);
    }

    /** A chart that names no repository of a helmfile. */
    public Folder(String path, SortedMap<String, byte[]> files) {
      this(path, files, new TreeMap<>());
    }

    @Override
    public String toString() {
      return path.isEmpty() ? "the root" : path;
    }
  }

  /**
   * A chart of an HTTP repository.
   *
   * @param url of the repository, without user and password
   * @param chart its name there
   * @param version exact when the lock file or the release says so, else a range; empty for the
   *     newest
   * @param devel whether pre-releases count
   */
  record Repository(
      String url, String chart, Optional<String> version, boolean devel, Access access)
      implements ChartSource {

    @Override
    public String toString() {
      return url + " " + chart + version.map(v -> " " + v).orElse("");
    }
  }

  /**
   * A chart of an OCI registry.
   *
   * @param reference {@code oci://host/path/chart}, without tag and digest
   * @param version as in {@link Repository}
   * @param digest {@code sha256:…}; wins over the version
   * @param plainHttp without TLS
   */
  record Registry(
      String reference,
      Optional<String> version,
      Optional<String> digest,
      boolean devel,
      boolean plainHttp,
      Access access)
      implements ChartSource {

    @Override
    public String toString() {
      return reference + version.map(v -> ":" + v).orElse("") + digest.map(d -> "@" + d).orElse("");
    }
  }

  /**
   * A chart repository.
   *
   * @param url without user and password
   */
  record Address(String url, Access access) {}

  /**
   * How its server is asked.
   *
   * @param login of the repository's entry in the helmfile; empty when it has none: then what is
   *     configured for the origin counts
   * @param passToOthers whether the login also goes to the host that the index names for archives
   * @param skipTlsVerify the certificate is not checked
   */
  record Access(Optional<Login> login, boolean passToOthers, boolean skipTlsVerify) {

    /** Anonymous, or with what is configured for the origin. */
    public static final Access OPEN = new Access(Optional.empty(), false, false);
  }

  /** User and password; never printed. */
  record Login(String username, String password) {

    @Override
    public String toString() {
      return "a login";
    }
  }
}
