package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.HelperFiles;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.SnapshotFiles;
import dev.hikkoshi.clusters.render.TemplateRequest;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rendered values templates, kept as long as everything they saw is the same: their text, their
 * data, and each file they asked for. So a commit that changes one release renders the templates of
 * that one.
 */
final class TemplateMemo {

  /** In characters, for all together. */
  private static final long MOST = 16L << 20;

  private final RenderPool pool;
  private final HelperFiles helpers = new HelperFiles();
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  private record Kept(String text, SnapshotFiles.Seen seen) {}

  TemplateMemo(RenderPool pool) {
    this.pool = pool;
  }

  /**
   * The text that a template becomes.
   *
   * @param tree null where it sees no files
   */
  String render(
      WantedRelease release, TemplateData data, String path, String text, @Nullable FileTree tree) {
    String key =
        Trees.hash(
            String.join(
                "\u0000",
                data.fingerprint(release),
                TemplateData.releaseFingerprint(release),
                path,
                text));
    String folder = SourceFiles.folderOf(path);
    Optional<String> known =
        find(key)
            .filter(k -> tree == null || k.seen().stillTrue(tree, folder, helpers))
            .map(Kept::text);
    if (known.isPresent()) {
      return known.get();
    }
    SnapshotFiles files = tree == null ? null : new SnapshotFiles(tree, folder, helpers);
    Map<String, String> env = release.templating().scope().env();
    String rendered = pool.template(new TemplateRequest(path, text, data.of(release), env, files));
    keep(key, new Kept(rendered, files == null ? SnapshotFiles.Seen.NOTHING : files.seen()));
    return rendered;
  }

  private synchronized Optional<Kept> find(String key) {
    return Optional.ofNullable(kept.get(key));
  }

  private synchronized void keep(String key, Kept fresh) {
    Kept before = kept.put(key, fresh);
    size += fresh.text().length() - (before == null ? 0 : before.text().length());
    var oldestFirst = kept.values().iterator();
    while (size > MOST && oldestFirst.hasNext()) {
      size -= oldestFirst.next().text().length();
      oldestFirst.remove();
    }
  }
}
