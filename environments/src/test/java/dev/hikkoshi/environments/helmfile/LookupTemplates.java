package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Templates that know one thing: {@code {{ .a.b }}} is the value at that path of the dot, and a
 * missing key is an error at its place. Everything else of Go's templates is tested with the real
 * worker.
 */
public final class LookupTemplates implements Templates {

  private static final Pattern ACTION = Pattern.compile("\\{\\{-? *(\\S+) *-?}}");

  private final List<Request> asked = new ArrayList<>();

  /** What was asked for so far. */
  List<Request> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Result render(Request request) {
    asked.add(request);
    StringBuilder text = new StringBuilder();
    Matcher action = ACTION.matcher(request.text());
    while (action.find()) {
      Object value = request.data();
      for (String key : action.group(1).substring(1).split("\\.", -1)) {
        if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
          return missing(request.text(), action, key);
        }
        value = map.get(key);
      }
      action.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(value)));
    }
    return new Text(action.appendTail(text).toString());
  }

  private static Failed missing(String text, Matcher action, String key) {
    String before = text.substring(0, action.start(1));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = action.start(1) - before.lastIndexOf('\n');
    return new Failed(
        "map has no entry for key \"" + key + "\"", line, column, action.group(1), false);
  }
}
