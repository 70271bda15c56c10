package dev.hikkoshi.clusters.charts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.charts.ChartException.Reason;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.ChartSource.Access;
import dev.hikkoshi.environments.port.ChartSource.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Fetches one packed chart with the helm command line. It runs in a folder that is made for it and
 * holds the only configuration it sees; credentials go into files there, because arguments of a
 * process can be read by every user of a machine.
 */
final class HelmPull {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPOSITORY = "origin";
  private static final int MOST_BYTES = 20 << 20;

  private final Supplier<Path> helm;
  private final Path folder;
  private final Logins logins;

  /**
   * Fetches with one helm.
   *
   * @param folder where a folder is made for each fetch, and removed after it
   */
  HelmPull(Supplier<Path> helm, Path folder, Logins logins) {
    this.helm = helm;
    this.folder = folder;
    this.logins = logins;
  }

  /** The packed chart. */
  byte[] fetch(ChartSource.Repository source) {
    Origin origin = origin(source.url());
    String chart = named(source.chart());
    Optional<String> version = source.version().map(HelmPull::plain);
    return inFolder(
        source.toString(),
        work -> {
          Optional<Login> login = login(source.access(), source.url());
          writeRepository(work, source, login);
          HelmProcess helmProcess = new HelmProcess(helm.get(), work, secrets(login));
          helmProcess.run(origin, List.of("repo", "update", REPOSITORY));
          List<String> pull = pull(work, REPOSITORY + "/" + chart);
          version.ifPresent(v -> pull.addAll(List.of("--version", v)));
          flags(pull, source.devel(), false, source.access());
          helmProcess.run(origin, pull);
        });
  }

  /** The packed chart. */
  byte[] fetch(ChartSource.Registry source) {
    Origin origin = origin(source.reference());
    return inFolder(
        source.toString(),
        work -> {
          Optional<Login> login = login(source.access(), source.reference());
          writeRegistry(work, origin, login);
          String at = source.digest().map(d -> "@" + plain(d)).orElse("");
          List<String> pull = pull(work, source.reference() + at);
          if (source.digest().isEmpty()) {
            source.version().ifPresent(v -> pull.addAll(List.of("--version", plain(v))));
          }
          flags(pull, source.devel(), source.plainHttp(), source.access());
          new HelmProcess(helm.get(), work, secrets(login)).run(origin, pull);
        });
  }

  private static List<String> pull(Path work, String what) {
    return new ArrayList<>(List.of("pull", what, "--destination", work.resolve("out").toString()));
  }

  private static void flags(List<String> pull, boolean devel, boolean plainHttp, Access access) {
    if (devel) {
      pull.add("--devel");
    }
    if (plainHttp) {
      pull.add("--plain-http");
    }
    if (access.skipTlsVerify()) {
      pull.add("--insecure-skip-tls-verify");
    }
  }

  private Optional<Login> login(Access access, String url) {
    return access.login().or(() -> logins.forServer(url));
  }

  private static List<String> secrets(Optional<Login> login) {
    return login.stream()
        .flatMap(l -> Stream.of(l.password(), basic(l)))
        .filter(secret -> !secret.isEmpty())
        .toList();
  }

  private static String basic(Login login) {
    String both = login.username() + ":" + login.password();
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** Helm's repositories.yaml, as JSON, which is YAML. */
  private static void writeRepository(
      Path work, ChartSource.Repository source, Optional<Login> login) throws IOException {
    ObjectNode file = JSON.createObjectNode().put("apiVersion", "");
    ObjectNode entry = file.putArray("repositories").addObject();
    entry
        .put("name", REPOSITORY)
        .put("url", source.url())
        .put("pass_credentials_all", source.access().passToOthers())
        .put("insecure_skip_tls_verify", source.access().skipTlsVerify());
    login.ifPresent(l -> entry.put("username", l.username()).put("password", l.password()));
    Files.write(work.resolve(HelmProcess.REPOSITORIES), JSON.writeValueAsBytes(file));
  }

  private static void writeRegistry(Path work, Origin origin, Optional<Login> login)
      throws IOException {
    ObjectNode file = JSON.createObjectNode();
    ObjectNode auths = file.putObject("auths");
    login.ifPresent(l -> auths.putObject(origin.host()).put("auth", basic(l)));
    Files.write(work.resolve(HelmProcess.REGISTRIES), JSON.writeValueAsBytes(file));
  }

  @FunctionalInterface
  private interface Fetching {
    void in(Path work) throws IOException;
  }

  private byte[] inFolder(String what, Fetching fetching) {
    Path work = null;
    try {
      Files.createDirectories(folder);
      work =
          Files.createTempDirectory(
              folder,
              "pull-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createDirectory(work.resolve("out"));
      fetching.in(work);
      return archive(work.resolve("out"), what);
    } catch (IOException e) {
      throw new ChartException(Reason.UNREACHABLE, "No room to fetch " + what + ".", e);
    } finally {
      if (work != null) {
        Folders.delete(work);
      }
    }
  }

  private static byte[] archive(Path out, String what) throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      Path archive =
          files
              .filter(file -> file.toString().endsWith(".tgz"))
              .findFirst()
              .orElseThrow(() -> new ChartException(Reason.WRONG, "helm brought no " + what));
      if (Files.size(archive) > MOST_BYTES) {
        throw new ChartException(
            Reason.WRONG, "%s is larger than %d MiB".formatted(what, MOST_BYTES >> 20));
      }
      return Files.readAllBytes(archive);
    }
  }

  private static Origin origin(String url) {
    return Origin.of(url)
        .orElseThrow(
            () ->
                new ChartException(
                    Reason.WRONG, "expected an http, https or oci address without a user"));
  }

  /** Helm reads an argument that begins with - as a flag, and a path as a chart on this machine. */
  private static String named(String chart) {
    if (!chart.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") || chart.contains("..")) {
      throw new ChartException(Reason.WRONG, "not a chart's name: " + chart);
    }
    return chart;
  }

  private static String plain(String version) {
    if (version.startsWith("-") || version.length() > 200) {
      throw new ChartException(Reason.WRONG, "not a version: " + version);
    }
    return version;
  }
}
