package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The script of a pod as its annotation says it now: whoever annotates a running pod changes how it
 * answers from then on. What is written wrongly changes nothing. When and how a container ends was
 * decided when it started.
 */
final class LiveScript implements Supplier<Script> {

  private final Supplier<Pod> pod;
  private volatile Read read;

  private record Read(String text, Script script) {}

  LiveScript(Supplier<Pod> pod, Script first) {
    this.pod = pod;
    this.read = new Read(text(pod.get()), first);
  }

  private static String text(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations == null
        ? ""
        : Objects.requireNonNullElse(annotations.get(Script.ANNOTATION), "");
  }

  @Override
  public Script get() {
    Read before = read;
    String now = text(pod.get());
    if (!now.equals(before.text())) {
      read = new Read(now, or(now, before.script()));
    }
    return read.script();
  }

  private static Script or(String text, Script before) {
    try {
      return Script.of(Map.of(Script.ANNOTATION, text));
    } catch (IllegalArgumentException _) {
      return before;
    }
  }
}
