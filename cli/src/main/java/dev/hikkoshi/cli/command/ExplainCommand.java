package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.environments.view.EnvironmentView;
import dev.hikkoshi.environments.view.EnvironmentView.CheckLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Why an environment waits, and what would change it. */
@Command(
    name = "explain",
    header = "Say why an environment waits, and what must be true.",
    description = "Say why an environment waits, what happens by itself, what must be true.",
    footerHeading = "Examples:%n",
    footer = {"  hikkoshi explain shop", "  hikkoshi explain shop -o json", ""})
public final class ExplainCommand extends Subcommand {

  @Parameters(paramLabel = "ENV", description = "Name of the environment.")
  private String name = "";

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  /** Headed lines; the words are the view's. */
  private record Section(String key, String heading, List<String> lines) {}

  @Override
  Exit run() {
    try (ManagementCluster management = cluster.open(session())) {
      EnvironmentView view = ManagementCluster.view(management.environment(name));
      StatusText text = new StatusText(paint(), session().clock().instant(), false);
      List<Section> sections = sections(view, text);
      switch (format()) {
        case JSON, YAML -> print(document(view, sections));
        case NAME -> print("environment/" + name);
        case TABLE, WIDE -> {
          print(text.banner(view));
          sections.stream().filter(s -> !s.lines().isEmpty()).forEach(this::section);
        }
      }
      return Exit.OK;
    }
  }

  private void section(Section section) {
    print("");
    print(paint().bold(section.heading()));
    section.lines().forEach(line -> print("  " + line));
  }

  private static List<Section> sections(EnvironmentView view, StatusText text) {
    Stream<String> holds =
        view.holds().stream()
            .map(h -> "■ %s (%s, %s): %s".formatted(h.subject(), h.scope(), h.reason(), h.text()));
    Stream<String> waits = view.waits().stream().map(w -> w.subject() + ": " + w.sentence());
    List<String> next = new ArrayList<>(List.of(view.banner().next()));
    view.waits().stream()
        .filter(w -> w.until().isPresent())
        .map(w -> "%s: %s".formatted(text.until(w.until()), w.subject() + ": " + w.sentence()))
        .forEach(next::add);
    List<String> back =
        view.holds().isEmpty()
            ? List.of(view.banner().back())
            : List.of(
                view.banner().back(),
                "lift the holds: hikkoshi resume %s --reason TEXT"
                    .formatted(view.banner().environment()));
    return List.of(
        new Section("waitsFor", "Why it waits", Stream.concat(holds, waits).toList()),
        new Section("next", "What happens next by itself", filled(next)),
        new Section("mustBeTrue", "What must be true", notPassed(view)),
        new Section("differs", "What differs from the definition", view.differs()),
        new Section("would", "What mode plan would do now", view.would()),
        new Section("back", "How to go back", filled(back)),
        new Section("home", "How to go back without Hikkoshi", StatusText.home(view)),
        new Section("problems", "What is wrong with the newest commit", view.problems()));
  }

  private static List<String> notPassed(EnvironmentView view) {
    return view.checks().stream()
        .filter(c -> !c.verdict().equals("pass"))
        .map(ExplainCommand::check)
        .toList();
  }

  private static String check(CheckLine c) {
    String shape = c.verdict().equals("fail") ? "✗" : "?";
    return "%s %s (%s): %s".formatted(shape, c.name(), c.subject(), c.evidence());
  }

  private static List<String> filled(List<String> lines) {
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }

  private ObjectNode document(EnvironmentView view, List<Section> sections) {
    ObjectNode document = Documents.of("Explanation");
    document.put("environment", name).put("state", view.banner().state().word());
    document.put("why", view.banner().why()).put("at", view.at().toString());
    sections.forEach(s -> s.lines().forEach(document.putArray(s.key())::add));
    return document;
  }
}
