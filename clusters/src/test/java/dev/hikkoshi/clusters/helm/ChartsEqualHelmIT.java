package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.helm.ChartFolders.Pair;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.ChartFiles;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.ReleaseValues;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.clusters.render.ValuesFile;
import dev.hikkoshi.clusters.testing.LocalControlPlane.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charts rendered by us against the same charts rendered by {@code helm template}, object for
 * object. Where two runs of helm differ from each other (passwords, certificates, dates) nothing
 * can be compared; there our own marks must say the same.
 */
class ChartsEqualHelmIT {

  /** As Helm splits what it printed. */
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---[ \\t]*");

  private static final String VERSION = "v1.37.2";
  private static final Path REPORT = Path.of("target/evidence/charts.txt");

  @TempDir static Path folder;
  private static Ground ground;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      ground.close();
    }
  }

  /** How one pair came out. */
  private record Compared(Pair pair, String verdict, int objects, int random, boolean equal) {

    String line() {
      return "%-70s %4d objects %4d random paths  %s".formatted(pair, objects, random, verdict);
    }
  }

  @Test
  void everyChartRendersAsHelmTemplateDoes() throws IOException {
    // Given
    List<Pair> pairs = ChartFolders.pairs();

    // When
    List<Compared> compared = new ArrayList<>();
    for (Pair pair : pairs) {
      compared.add(compare(pair));
    }

    // Then
    report(compared);
    assertThat(compared).filteredOn(c -> !c.equal()).extracting(Compared::line).isEmpty();
    assertThat(compared).filteredOn(c -> c.objects() > 0).hasSizeGreaterThanOrEqualTo(30);
    assertThat(compared).filteredOn(c -> c.random() > 0).isNotEmpty();
  }

  private static void report(List<Compared> compared) throws IOException {
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, compared.stream().map(Compared::line).toList());
    long rendered = compared.stream().filter(c -> c.objects() > 0).count();
    String sum =
        "pairs %d rendered %d refused-by-both %d different %d public %d"
            .formatted(
                compared.size(),
                rendered,
                compared.stream().filter(c -> c.equal() && c.objects() == 0).count(),
                compared.stream().filter(c -> !c.equal()).count(),
                ChartFolders.published().size());
    Files.writeString(REPORT.resolveSibling("charts.sum"), sum + "\n");
  }

  private static Compared compare(Pair pair) throws IOException {
    Output once = helm(pair);
    Output again = helm(pair);
    RenderedChart ours;
    try {
      ours = ground.pool().chart(request(ChartFolders.read(pair.chart()), pair));
    } catch (RenderException e) {
      boolean both = once.exit() != 0;
      return new Compared(
          pair, "refused: " + firstLine(String.valueOf(e.getMessage())), 0, 0, both);
    }
    if (once.exit() != 0) {
      return new Compared(pair, "helm refuses: " + firstLine(once.text()), 1, 0, false);
    }
    return compare(pair, objects(ours), objects(parsed(once)), objects(parsed(again)));
  }

  private static Compared compare(
      Pair pair,
      Map<String, RenderedObject> ours,
      Map<String, RenderedObject> once,
      Map<String, RenderedObject> again) {
    List<String> wrong = new ArrayList<>();
    int random = 0;
    Set<String> only = without(ours, once);
    Set<String> missing = without(once, ours);
    Set<String> drawn = without(once, again);
    if (!missing.equals(drawn) || only.size() != missing.size()) {
      wrong.add("only ours " + only + ", only helm's " + missing + ", drawn by helm " + drawn);
    }
    random += drawn.size();
    for (String key : once.keySet()) {
      if (!ours.containsKey(key) || !again.containsKey(key)) {
        continue;
      }
      Set<String> differing = new TreeSet<>();
      JsonNode theirs = once.get(key).object();
      differences("", theirs, again.get(key).object(), differing);
      random += differing.size();
      RenderedObject mine = ours.get(key);
      if (!new TreeSet<>(mine.unstable()).containsAll(differing)) {
        wrong.add(key + " differs from run to run at " + differing + ", marked " + mine.unstable());
      }
      Set<String> unequal = new TreeSet<>();
      differences("", theirs, mine.object(), unequal);
      unequal.removeAll(mine.unstable());
      unequal.stream().map(pointer -> key + pointer).forEach(wrong::add);
    }
    String verdict = wrong.isEmpty() ? "equal" : "DIFFERENT " + wrong;
    return new Compared(pair, verdict, ours.size(), random, wrong.isEmpty());
  }

  /** What one has and the other has not; both are so for names that are drawn anew each time. */
  private static Set<String> without(
      Map<String, RenderedObject> one, Map<String, RenderedObject> other) {
    Set<String> only = new TreeSet<>(one.keySet());
    only.removeAll(other.keySet());
    return only;
  }

  private static Output helm(Pair pair) {
    return ground.plane.helm(
        "template",
        "web",
        pair.chart().toAbsolutePath().toString(),
        "-n",
        "prod",
        "-f",
        pair.values().toAbsolutePath().toString(),
        "--include-crds",
        "--kube-version",
        VERSION);
  }

  private static ChartRequest request(SortedMap<String, byte[]> files, Pair pair)
      throws IOException {
    return request(
        files, new ValuesFile.Text(pair.values().toString(), Files.readString(pair.values())));
  }

  private static ChartRequest request(SortedMap<String, byte[]> files, ValuesFile... values) {
    return new ChartRequest(
        new ChartFiles.Folder(files),
        ReleaseValues.of(List.of(values)),
        new ChartRequest.Release("web", "prod", 1),
        VERSION,
        null);
  }

  /**
   * What helm printed as objects: read by Helm's own code, as the templates of a chart that print
   * one document each. The line end behind a document is helm's and not the template's; the worker
   * puts it back as helm does.
   */
  private static RenderedChart parsed(Output printed) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("Chart.yaml", bytes("apiVersion: v2\nname: theirs\nversion: 1.0.0\n"));
    List<String> documents = SEPARATOR.splitAsStream(printed.text()).toList();
    for (int i = 0; i < documents.size(); i++) {
      String name = "%05d.yaml".formatted(i);
      String document = documents.get(i);
      String own =
          document.endsWith("\n") ? document.substring(0, document.length() - 1) : document;
      files.put(name, bytes(own));
      files.put("templates/" + name, bytes("{{ .Files.Get \"" + name + "\" }}"));
    }
    return ground.pool().chart(request(files));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** By identity; those with the same one are numbered. */
  private static Map<String, RenderedObject> objects(RenderedChart chart) {
    Map<String, RenderedObject> objects = new TreeMap<>();
    Stream.of(chart.crds(), Unstable.all(chart.objects(), chart.hooks()))
        .flatMap(List::stream)
        .forEach(
            object -> {
              String key = ObjectKey.of(object.object()).path();
              int n = 0;
              while (objects.putIfAbsent(n == 0 ? key : key + "#" + n, object) != null) {
                n++;
              }
            });
    return objects;
  }

  /** Pointers of the outermost values that differ. */
  private static void differences(String at, JsonNode one, JsonNode other, Set<String> found) {
    if (one instanceof ObjectNode a && other instanceof ObjectNode b) {
      Set<String> names = new TreeSet<>();
      a.fieldNames().forEachRemaining(names::add);
      b.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
        if (a.has(name) && b.has(name)) {
          differences(pointer, a.get(name), b.get(name), found);
        } else {
          found.add(pointer);
        }
      }
      return;
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        differences(at + "/" + i, one.get(i), other.get(i), found);
      }
      return;
    }
    if (!Trees.canonical(Trees.object().set("v", one))
        .equals(Trees.canonical(Trees.object().set("v", other)))) {
      found.add(at);
    }
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), 120));
  }
}
