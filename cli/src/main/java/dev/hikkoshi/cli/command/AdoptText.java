package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.adopt.AdoptionReport;
import dev.hikkoshi.cli.adopt.Proposal;
import dev.hikkoshi.cli.adopt.ReleaseMatch;
import dev.hikkoshi.cli.adopt.ReleaseMatch.Kind;
import dev.hikkoshi.cli.adopt.ReleaseMatch.ObjectChange;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Paint;
import dev.hikkoshi.environments.reading.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What was seen of a cluster that is to be adopted, as lines and as a document. */
record AdoptText(AdoptionReport report, Paint paint) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    report.written().forEach(file -> lines.add("✓ wrote " + file));
    lines.add("");
    lines.add(paint.bold("Cluster " + report.cluster()));
    section(lines, "Not in cluster.yaml:", report.unsaid());
    releases(lines);
    routes(lines);
    section(
        lines, "To be done by hand:", report.problems().stream().map(Problem::oneLine).toList());
    section(lines, "Could not be seen:", report.unseen());
    lines.add("");
    lines.add("Nothing was written in AWS or in the cluster.");
    lines.add(
        "Next: hikkoshi doctor %s, then commit the folder; mode observe reads and reports."
            .formatted(report.environment()));
    return lines;
  }

  private static void section(List<String> lines, String head, List<String> items) {
    if (!items.isEmpty()) {
      lines.add("");
      lines.add(head);
      items.forEach(item -> lines.add("  " + plain(item)));
    }
  }

  private void releases(List<String> lines) {
    if (report.releases().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        paint.bold(
            report.compared()
                ? Arrays.stream(Kind.values())
                    .map(kind -> report.count(kind) + " " + kind)
                    .collect(Collectors.joining(", ", "Releases: ", ""))
                : "Releases: %d, %s".formatted(report.releases().size(), notCompared())));
    for (ReleaseMatch release : report.releases()) {
      lines.add("  %s %s  %s".formatted(sign(release.kind()), release.id(), said(release)));
      release.problem().ifPresent(p -> lines.add("      " + paint.danger("✗ " + plain(p))));
      for (ObjectChange change : release.objects()) {
        String restarts = change.restarts() ? "  " + paint.warning("its pods are replaced") : "";
        lines.add("      %s %s%s".formatted(sign(change.change()), change.object(), restarts));
        change.fields().forEach(field -> lines.add("          " + plain(field.toString())));
        if (!change.why().isEmpty()) {
          lines.add("          " + plain(change.why()));
        }
      }
    }
  }

  private String notCompared() {
    return report.problems().isEmpty()
        ? "and no helmfile to hold against them"
        : "not compared while something is left to be done by hand";
  }

  private static String sign(Kind kind) {
    return switch (kind) {
      case SAME -> "=";
      case DIFFERS -> "~";
      case ONLY_THERE -> "·";
      case ONLY_HERE -> "+";
    };
  }

  private static String sign(String change) {
    return switch (change) {
      case "add" -> "+";
      case "remove" -> "-";
      case "change" -> "~";
      default -> "✗";
    };
  }

  /** One line: how it is there, and what the first sync would do. */
  private String said(ReleaseMatch release) {
    String there =
        release
            .there()
            .map(
                i ->
                    "%s %s, revision %d, %s"
                        .formatted(i.chart(), i.version(), i.revision(), i.status()))
            .orElse("");
    String chart = release.chart().map(c -> " → " + c).orElse("");
    String takes =
        release.there().filter(i -> !i.serverSide()).isPresent()
            ? "; the first sync in act takes its fields over"
            : "";
    return plain(
        switch (release.kind()) {
          case SAME -> there + takes;
          case DIFFERS -> there + chart + takes;
          case ONLY_THERE -> there + (report.compared() ? "; stays as it is, not managed" : "");
          case ONLY_HERE -> "the first sync in act installs it";
        });
  }

  private void routes(List<String> lines) {
    lines.add("");
    long routes = report.proposals().stream().filter(p -> p.route().isPresent()).count();
    lines.add(
        paint.bold(
            "Routes: %d written, %d that cannot be one"
                .formatted(routes, report.proposals().size() - routes)));
    for (Proposal proposal : report.proposals()) {
      String head =
          proposal.route().isPresent()
              ? "✓ %s  %s".formatted(proposal.name(), proposal.subject())
              : "✗ " + proposal.subject();
      lines.add("  " + plain(head));
      if (!proposal.manages().isEmpty()) {
        lines.add("      manages     " + plain(proposal.manages()));
      }
      proposal.notes().forEach(note -> lines.add("      note        " + plain(note)));
      proposal
          .inTheWay()
          .forEach(why -> lines.add(paint.warning("      in the way  " + plain(why))));
    }
  }

  /** Texts come from AWS and from API servers. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  List<String> names() {
    return report.written();
  }

  ObjectNode document() {
    ObjectNode document = Documents.of("Adoption");
    document.put("environment", report.environment()).put("cluster", report.cluster());
    report.written().forEach(document.putArray("written")::add);
    report.unsaid().forEach(document.putArray("unsaid")::add);
    ArrayNode releases = document.putArray("releases");
    report.releases().forEach(release -> add(releases, release));
    ArrayNode routes = document.putArray("routes");
    report.proposals().forEach(proposal -> add(routes, proposal));
    ArrayNode problems = document.putArray("problems");
    for (Problem problem : report.problems()) {
      problems
          .addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("column", problem.column())
          .put("message", problem.message())
          .put("hint", problem.hint().orElse(""));
    }
    report.unseen().forEach(document.putArray("unseen")::add);
    return document;
  }

  private static void add(ArrayNode list, ReleaseMatch release) {
    ObjectNode one =
        list.addObject()
            .put("name", release.id().name())
            .put("namespace", release.id().namespace())
            .put("match", release.kind().toString())
            .put("restarts", release.restarts())
            .put("problem", release.problem().orElse(""));
    release
        .there()
        .ifPresent(
            i ->
                one.putObject("installed")
                    .put("revision", i.revision())
                    .put("status", i.status())
                    .put("chart", i.chart())
                    .put("version", i.version())
                    .put("serverSide", i.serverSide()));
    one.put("chart", release.chart().orElse(""));
    ArrayNode changes = one.putArray("changes");
    for (ObjectChange change : release.objects()) {
      ObjectNode object =
          changes
              .addObject()
              .put("object", change.object())
              .put("change", change.change())
              .put("restarts", change.restarts())
              .put("why", change.why());
      ArrayNode fields = object.putArray("fields");
      change
          .fields()
          .forEach(
              f ->
                  fields
                      .addObject()
                      .put("path", f.path())
                      .put("before", f.before())
                      .put("after", f.after()));
    }
  }

  private static void add(ArrayNode list, Proposal proposal) {
    ObjectNode one =
        list.addObject()
            .put("name", proposal.name())
            .put("subject", proposal.subject())
            .put("manages", proposal.manages());
    proposal.notes().forEach(one.putArray("notes")::add);
    proposal.inTheWay().forEach(one.putArray("inTheWay")::add);
  }
}
