package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * Values as YAML in the way of Go's yaml v3 with an indent of two. The style of texts matters:
 * helmfile renders the written form of {@code valuesTemplate} as a template, quotes included.
 */
public final class GoYaml {

  /** Text that YAML 1.1 takes for a boolean, which Go quotes for old readers. */
  private static final Pattern OLD_BOOLEAN =
      Pattern.compile("y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF");

  /** Text that YAML 1.1 takes for a number to the base of 60. */
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(Integer.MAX_VALUE)
          .setSplitLines(false)
          .build();

  private final List<Event> events = new ArrayList<>();

  private GoYaml() {}

  /**
   * Writes one document.
   *
   * @param values of null, Boolean, numbers, String, List and Map; keys are sorted
   */
  public static String text(Map<String, ?> values) {
    GoYaml yaml = new GoYaml();
    yaml.events.add(new StreamStartEvent());
    yaml.events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    yaml.map(values);
    yaml.events.add(new DocumentEndEvent(false));
    yaml.events.add(new StreamEndEvent());
    return new Present(SETTINGS).emitToString(yaml.events.iterator());
  }

  private void map(Map<?, ?> map) {
    FlowStyle style = map.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
    events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    sorted.forEach(
        (key, value) -> {
          text(key);
          node(value);
        });
    events.add(new MappingEndEvent());
  }

  private void list(List<?> list) {
    FlowStyle style = list.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
    events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
    list.forEach(this::node);
    events.add(new SequenceEndEvent());
  }

  private void node(@Nullable Object value) {
    switch (value) {
      case null -> scalar("null", ScalarStyle.PLAIN);
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list);
      case String text -> text(text);
      case Double number -> scalar(number(number), ScalarStyle.PLAIN);
      default -> scalar(value.toString(), ScalarStyle.PLAIN);
    }
  }

  private void text(String text) {
    scalar(text, style(text));
  }

  private static ScalarStyle style(String text) {
    if (text.indexOf('\n') >= 0) {
      return ScalarStyle.LITERAL;
    }
    boolean other =
        OLD_BOOLEAN.matcher(text).matches()
            || BASE_60.matcher(text).matches()
            || Scalars.kind(plain(text)) != Scalars.Kind.TEXT;
    return other ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private static Scalar plain(String text) {
    return new Scalar(text, true, Optional.empty(), Place.of(""), 0, 0);
  }

  private void scalar(String text, ScalarStyle style) {
    boolean plain = style == ScalarStyle.PLAIN;
    events.add(
        new ScalarEvent(
            Optional.empty(), Optional.empty(), new ImplicitTuple(plain, true), text, style));
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return ".nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? ".inf" : "-.inf";
    }
    // Java's shortest form reads back as the same number; "1.0E7" is written as Go writes it.
    String text = Double.toString(value);
    return text.endsWith(".0") && !text.contains("E")
        ? text.substring(0, text.length() - 2)
        : text.replace("E-", "e-").replace("E", "e+");
  }
}
