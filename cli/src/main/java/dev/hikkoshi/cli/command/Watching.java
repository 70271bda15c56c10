package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.command.StatusCommand.Look;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.clusters.kube.KubeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks again and again until the process is interrupted or nobody reads any more. On a terminal
 * the picture is drawn over the last one; elsewhere it is printed when it changed. A look that
 * fails is said and tried again.
 */
final class Watching {

  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final Session session;
  private final Format format;
  private final Duration every;
  private final Map<String, ObjectNode> told = new HashMap<>();
  private String drawn = "";

  Watching(Session session, Format format, Duration every) {
    this.session = session;
    this.format = format;
    this.every = every;
  }

  void run(Supplier<Look> looks) {
    boolean screen = session.terminal() && !format.data();
    if (screen) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::leave));
      session.out().print(HIDE_CURSOR + HOME + REST_OF_SCREEN);
    }
    boolean first = true;
    do {
      try {
        show(looks.get(), screen);
      } catch (KubeException e) {
        if (first) {
          throw e;
        }
        session.say("? not read: " + e.getMessage());
      }
      first = false;
    } while (!session.out().checkError() && session.pause().lasting(every));
    if (screen) {
      session.out().print(SHOW_CURSOR);
    }
  }

  private void show(Look look, boolean screen) {
    if (format.data()) {
      look.documents().forEach(this::tell);
    } else if (screen) {
      draw(look.lines());
    } else {
      append(look.lines());
    }
    session.out().flush();
  }

  /** A document that differs from the last one by more than its age. */
  private void tell(ObjectNode document) {
    ObjectNode timeless = document.deepCopy();
    timeless.remove(List.of("at", "ageSeconds"));
    if (timeless.equals(told.put(document.path("environment").asText(), timeless))) {
      return;
    }
    session
        .out()
        .print(
            format == Format.YAML
                ? Documents.text(format, document)
                : Documents.line(document) + "\n");
  }

  private void draw(List<String> lines) {
    StringBuilder picture = new StringBuilder(HOME);
    lines.forEach(line -> picture.append(line).append(REST_OF_LINE).append('\n'));
    session.out().print(picture.append(REST_OF_SCREEN));
  }

  private void append(List<String> lines) {
    String picture =
        String.join("\n", lines.stream().filter(line -> !line.startsWith("Data: ")).toList());
    if (!picture.equals(drawn)) {
      drawn = picture;
      session.out().println(String.join("\n", lines) + "\n");
    }
  }

  private void leave() {
    session.out().print(SHOW_CURSOR);
    session.out().flush();
    session.say("\nonly the looking ended; the controller goes on");
  }
}
