package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Paint;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.environments.view.Ages;
import dev.hikkoshi.environments.view.Banner;
import dev.hikkoshi.environments.view.EnvironmentView;
import dev.hikkoshi.environments.view.EnvironmentView.HomeLine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A view as lines and as a document; ages are those of the moment of printing. */
final class StatusText {

  /** Older than this is said; a pass takes a second or two. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** A view that does not change is confirmed every 30 s; older than two of these is silence. */
  private static final Duration SILENT = Duration.ofSeconds(60);

  private final Paint paint;
  private final Instant now;
  private final boolean wide;

  StatusText(Paint paint, Instant now, boolean wide) {
    this.paint = paint;
    this.now = now;
    this.wide = wide;
  }

  List<String> lines(EnvironmentView view) {
    List<String> lines = new ArrayList<>(banner(view));
    view.problems().forEach(problem -> lines.add("  ✗ " + problem));
    append(lines, routes(view));
    append(lines, clusters(view));
    append(lines, releases(view));
    append(lines, waits(view));
    append(lines, "Differs from the definition", view.differs());
    append(lines, "Would do now", view.would());
    append(lines, "Home without Hikkoshi", home(view));
    append(lines, "Left behind", view.left());
    if (wide) {
      append(lines, checks(view));
    }
    return lines;
  }

  /** The five-second banner; its last line is how much it can be trusted. */
  List<String> banner(EnvironmentView view) {
    Banner banner = view.banner();
    List<String> lines = new ArrayList<>();
    Duration age = age(view);
    if (age.compareTo(SILENT) > 0) {
      lines.add(
          paint.danger(
              "! the controller has not reported for %s: what follows may not be true any more"
                  .formatted(Ages.text(age))));
    }
    List<String> words = banner.lines();
    lines.add(paint.state(banner.state(), words.getFirst()));
    lines.addAll(words.subList(1, words.size()));
    String stale =
        age.compareTo(FRESH) > 0
            ? "; unchanged views are confirmed every 30 s, longer is silence"
            : "";
    lines.add("Data: %s old%s".formatted(Ages.text(age), stale));
    return lines;
  }

  private Duration age(EnvironmentView view) {
    Duration age = Duration.between(view.at(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static void append(List<String> lines, Table table) {
    if (!table.empty()) {
      lines.add("");
      lines.addAll(table.lines());
    }
  }

  private void append(List<String> lines, String heading, List<String> more) {
    if (!more.isEmpty()) {
      lines.add("");
      lines.add(paint.bold(heading));
      more.forEach(line -> lines.add("  " + line));
    }
  }

  /** Commands as they are typed, each route's after a comment that a shell skips. */
  static List<String> home(EnvironmentView view) {
    List<String> lines = new ArrayList<>();
    for (HomeLine way : view.home()) {
      String as = way.role().isEmpty() ? "" : ", with credentials of " + way.role();
      lines.add("# %s to %s%s".formatted(way.route(), way.to(), as));
      lines.addAll(way.commands());
    }
    return lines;
  }

  private static Table routes(EnvironmentView view) {
    Table table = Table.of("ROUTE", "STEP", "WANTED", "MEASURED", "DOING", "SHARES");
    view.routes()
        .forEach(
            r ->
                table.row(
                    r.name(),
                    "%d/%d".formatted(Math.clamp(r.step(), 0, r.steps()), r.steps()),
                    r.gaining().isEmpty() ? "" : "%s %%".formatted(number(r.wanted())),
                    r.measured(),
                    r.doing(),
                    r.shares()));
    return table;
  }

  private static String number(double percent) {
    return percent == Math.rint(percent)
        ? Long.toString(Math.round(percent))
        : Double.toString(percent);
  }

  private Table clusters(EnvironmentView view) {
    Table table = Table.of("CLUSTER", "VERSION", "LIFE", "SINCE", "EKS", "RELEASES");
    view.clusters()
        .forEach(
            c ->
                table.row(
                    c.name(), c.version(), c.life(), since(c.since()), c.status(), c.releases()));
    return table;
  }

  private static Table releases(EnvironmentView view) {
    Table table = Table.of("NOT AS WANTED", "CLUSTER", "PROBLEM");
    view.releases().forEach(r -> table.row(r.release(), r.cluster(), r.problem()));
    return table;
  }

  private Table waits(EnvironmentView view) {
    Table table = Table.of("WAITS", "UNTIL", "WHY");
    view.waits().forEach(w -> table.row(w.subject(), until(w.until()), w.sentence()));
    return table;
  }

  private static Table checks(EnvironmentView view) {
    Table table = Table.of("CHECK", "OF", "VERDICT", "EVIDENCE");
    view.checks().forEach(c -> table.row(c.name(), c.subject(), c.verdict(), c.evidence()));
    return table;
  }

  private String since(Instant at) {
    return Ages.text(Duration.between(at, now)) + " ago";
  }

  String until(Optional<Instant> at) {
    return at.map(
            end ->
                end.isAfter(now)
                    ? "%s (in %s)"
                        .formatted(
                            end.truncatedTo(ChronoUnit.SECONDS),
                            Ages.text(Duration.between(now, end)))
                    : "now")
        .orElse("");
  }

  /** The view as a document: the state as its word, the banner's lines as they are read. */
  ObjectNode document(String name, EnvironmentView view) {
    ObjectNode document = Documents.of("EnvironmentStatus");
    document.put("environment", name);
    document.put("ageSeconds", age(view).toSeconds());
    document.setAll((ObjectNode) Documents.tree(view));
    ObjectNode banner = document.withObject("/banner");
    banner.put("state", view.banner().state().word());
    ArrayNode lines = banner.putArray("lines");
    view.banner().lines().forEach(lines::add);
    return document;
  }
}
