package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.ChartSource.Access;
import dev.hikkoshi.environments.port.ChartSource.Login;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Types;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code repositories}: names for where charts come from; a name said twice means the last. */
final class Repositories {

  /** Certificates of one's own would be files of the machine that runs. */
  private static final List<String> FILES = List.of("caFile", "certFile", "keyFile");

  private final Map<String, Repository> byName = new LinkedHashMap<>();

  private Repositories() {}

  /**
   * One entry.
   *
   * @param url of an HTTP repository; of a registry host and path without scheme
   */
  record Repository(String name, String url, boolean oci, boolean plainHttp, Access access) {}

  /** Empty exactly when a problem was added. */
  static Optional<Repositories> read(Node node, Problems problems) {
    Repositories all = new Repositories();
    return Types.list(Repositories::entry)
        .read(node, problems)
        .map(
            entries -> {
              entries.forEach(repository -> all.byName.put(repository.name(), repository));
              return all;
            });
  }

  static Repositories none() {
    return new Repositories();
  }

  /** The repository whose name is the first segment of a chart. */
  Optional<Repository> of(String chart) {
    int slash = chart.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.ofNullable(byName.get(chart.substring(0, slash)));
  }

  /** The one of a name. */
  Optional<Repository> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The chart repository at an address, with or without a slash at the end. */
  Optional<Repository> at(String url) {
    String wanted = url.replaceAll("/+$", "");
    return byName.values().stream()
        .filter(r -> !r.oci() && r.url().replaceAll("/+$", "").equals(wanted))
        .findFirst();
  }

  /** What may have been meant by a name that is not there. */
  String hint(String name) {
    return Nearest.to(name, byName.keySet())
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse("repositories: " + String.join(", ", byName.keySet()));
  }

  private static Optional<Repository> entry(Node node, Problems problems) {
    return node instanceof Mapping map
        ? Fields.of(Zero.dropped(map), problems).flatMap(Repositories::entry)
        : Fields.of(node, problems).flatMap(Repositories::entry);
  }

  private static Optional<Repository> entry(Fields fields) {
    Optional<Said> name = fields.need("name", Said.type(), "the name before the slash of a chart");
    boolean oci = fields.get("oci", Types.goBool(), false);
    Optional<Said> url = fields.need("url", Said.type(), "for example https://charts.example.com");
    Optional<Said> user = fields.get("username", Said.type());
    Optional<Said> password = fields.get("password", Said.type());
    boolean pass = fields.get("passCredentials", Types.goBool(), false);
    boolean skipTls = fields.get("skipTLSVerify", Types.goBool(), false);
    boolean plainHttp = fields.get("plainHttp", Types.goBool(), false);
    FILES.forEach(
        key -> fields.refuse(key, "certificates are configured where Hikkoshi runs", Zero::is));
    fields.refuse("registryConfig", "logins are configured where Hikkoshi runs", Zero::is);
    fields.refuse("managed", "logins are configured where Hikkoshi runs", Zero::is);
    fields.refuse("verify", "provenance files are not checked", Zero::is);
    fields.refuse("keyring", "provenance files are not checked", Zero::is);
    url.ifPresent(said -> address(said, oci, fields.problems()));
    Optional<Login> login =
        user.isEmpty() && password.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Login(user.map(Said::text).orElse(""), password.map(Said::text).orElse("")));
    return fields.make(
        () ->
            new Repository(
                name.orElseThrow().text(),
                url.orElseThrow().text(),
                oci,
                plainHttp,
                new Access(login, pass, skipTls)));
  }

  private static void address(Said url, boolean oci, Problems problems) {
    try {
      URI address = new URI(oci ? "oci://" + url.text() : url.text());
      String scheme = String.valueOf(address.getScheme());
      if (address.getRawUserInfo() != null) {
        problems.addUnshown(
            url.place(), "a login inside the address", "username and password have keys");
      } else if (address.getRawAuthority() == null) {
        problems.add(url.place(), "\"" + url.text() + "\" names no host");
      } else if (!oci && !scheme.equals("https") && !scheme.equals("http")) {
        problems.add(
            url.place(), "refused: a repository over " + scheme, "https, http or oci: true");
      }
    } catch (URISyntaxException e) {
      problems.add(url.place(), "\"" + url.text() + "\" is no address");
    }
  }
}
