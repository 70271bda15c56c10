package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.helm.RenderShelf.Entry;
import dev.hikkoshi.clusters.helm.RenderShelf.Key;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders by content, for all releases of one cluster: this revision, the next, another commit.
 * They lie on a shelf that all clusters share.
 */
final class RenderCache {

  /** A failure may be the machine's (a deadline passed under load), so it is tried again. */
  private static final Duration FAILURE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final RenderShelf shelf;
  private final Map<WantedRelease, String> digests =
      Collections.synchronizedMap(new WeakHashMap<>());

  RenderCache(InstantSource clock, RenderShelf shelf) {
    this.clock = clock;
    this.shelf = shelf;
  }

  /** The kept attempt if it is still true, else a new one. */
  Attempt get(ReleaseId id, String content, Supplier<Attempt> render) {
    Key key = new Key(this, id, content);
    Optional<Entry> known = shelf.find(key).filter(this::good);
    if (known.isPresent()) {
      return known.get().attempt();
    }
    Attempt fresh = render.get();
    shelf.keep(key, new Entry(fresh, clock.instant()));
    return fresh;
  }

  private boolean good(Entry entry) {
    return switch (entry.attempt()) {
      case Attempt.Good(RenderedRelease release) -> release.stillTrue();
      case Attempt.Bad _ -> clock.instant().isBefore(entry.at().plus(FAILURE));
    };
  }

  /** A hash of everything a release brings; computed once for each instance. */
  String digest(WantedRelease release) {
    @Nullable String known = digests.get(release);
    if (known != null) {
      return known;
    }
    MessageDigest sha = Trees.sha256();
    add(sha, release.id().toString());
    add(sha, new TreeMap<>(release.labels()).toString());
    Templating seen = release.templating();
    add(sha, seen.chart() + "\n" + seen.version() + "\n" + seen.context());
    add(sha, "namespace " + seen.namespace());
    ReleaseSettings settings = release.settings();
    add(sha, "skips " + settings.skipCrds() + " " + settings.skipSchemaValidation());
    switch (release.chart()) {
      case ChartSource.Folder(_, var files, var repositories) -> {
        files.forEach(
            (path, bytes) -> {
              add(sha, path);
              add(sha, bytes);
            });
        repositories.forEach((said, address) -> add(sha, said + " " + address.url()));
      }
      case ChartSource.Repository repository -> add(sha, "repository " + repository);
      case ChartSource.Registry registry -> add(sha, "registry " + registry);
    }
    release.values().forEach(values -> add(sha, values));
    String digest = HexFormat.of().formatHex(sha.digest());
    digests.put(release, digest);
    return digest;
  }

  private static void add(MessageDigest sha, Values values) {
    switch (values) {
      case Values.File(String path, byte[] content) -> add(sha, "file " + path, content);
      // What the template reads besides is in the files' commit.
      case Values.Template(String path, byte[] content, FileTree files) ->
          add(sha, "template " + files.commit() + " " + path, content);
      case Values.Inline(Map<String, Object> map) ->
          add(sha, "inline " + Trees.canonical(Trees.of(map)));
      case Values.InlineTemplate(String path, _, String text, FileTree files) ->
          add(sha, "inline template " + files.commit() + " " + path + "\n" + text);
      case Values.Secret(String path, byte[] content) -> add(sha, "secret " + path, content);
      case Values.Assign set -> add(sha, "set " + ofNowhere(set));
      case Values.AssignFile(String name, String path, byte[] content) ->
          add(sha, "set file " + name + " " + path, content);
    }
  }

  /** Where it stands in its file changes nothing. */
  private static Values.Assign ofNowhere(Values.Assign set) {
    return new Values.Assign(set.text(), set.name(), set.value(), set.items(), set.template());
  }

  private static void add(MessageDigest sha, String what, byte[] content) {
    add(sha, what);
    add(sha, content);
  }

  private static void add(MessageDigest sha, String text) {
    add(sha, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length, so that no two lists of parts are the same bytes. */
  private static void add(MessageDigest sha, byte[] bytes) {
    sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    sha.update(bytes);
  }
}
