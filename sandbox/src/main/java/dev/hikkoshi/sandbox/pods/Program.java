package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When and how a container ends by itself, read from its script and its command. */
final class Program {

  private static final Pattern SLEEP = Pattern.compile("sleep (\\d{1,6})(\\.\\d{1,3})?s?");
  private static final Pattern EXIT = Pattern.compile("exit (\\d{1,3})");

  private Program() {}

  /**
   * The end of a container.
   *
   * @param after from its start
   * @param code 0 for success
   */
  record End(Duration after, int code) {}

  /**
   * When the container ends.
   *
   * @param forEver whether a container whose command says nothing runs on; a Job's does not
   * @param serves whether it has a port: then its command is what serves
   * @return empty where it runs until it is stopped
   */
  static Optional<End> end(Container container, Script script, boolean forEver, boolean serves) {
    if (script.startFails()) {
      return Optional.of(new End(Duration.ZERO, 1));
    }
    if (script.runFor() != null) {
      return Optional.of(new End(script.runFor(), script.exitCode()));
    }
    if (serves) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(container.getCommand());
    words.addAll(container.getArgs());
    Optional<End> said = words.isEmpty() ? Optional.empty() : end(words);
    if (said.isPresent()) {
      return said;
    }
    boolean sleepsOn = String.join(" ", words).contains("sleep infinity");
    return forEver || sleepsOn ? Optional.empty() : Optional.of(new End(Duration.ZERO, 0));
  }

  private static Optional<End> end(List<String> words) {
    boolean shell = words.size() >= 3 && words.get(0).matches("(/usr)?(/bin/)?(ba|a)?sh");
    String text = shell ? words.get(2) : String.join(" ", words);
    Duration after = Duration.ZERO;
    int code = 0;
    for (String step : text.split(";|&&|\n", -1)) {
      String command = step.strip().replaceFirst("^(/usr)?/bin/", "");
      Matcher sleep = SLEEP.matcher(command);
      Matcher exit = EXIT.matcher(command);
      if (exit.matches()) {
        return Optional.of(new End(after, Integer.parseInt(exit.group(1)) & 255));
      } else if (sleep.matches()) {
        after = after.plusSeconds(Long.parseLong(sleep.group(1)));
        code = 0;
      } else if (command.equals("false")) {
        code = 1;
      } else if (command.equals("true") || command.startsWith("echo ")) {
        code = 0;
      } else if (!command.isEmpty()) {
        return Optional.empty();
      }
      if (code != 0 && text.contains("&&")) {
        return Optional.of(new End(after, code));
      }
    }
    return Optional.of(new End(after, code));
  }

  /** How long a preStop hook takes; an HTTP hook is called and takes no time of its own. */
  static Duration preStop(Container container) {
    if (container.getLifecycle() == null || container.getLifecycle().getPreStop() == null) {
      return Duration.ZERO;
    }
    var hook = container.getLifecycle().getPreStop();
    if (hook.getSleep() != null && hook.getSleep().getSeconds() != null) {
      return Duration.ofSeconds(hook.getSleep().getSeconds());
    }
    if (hook.getExec() != null && !hook.getExec().getCommand().isEmpty()) {
      return end(hook.getExec().getCommand()).map(End::after).orElse(Duration.ZERO);
    }
    return Duration.ZERO;
  }
}
