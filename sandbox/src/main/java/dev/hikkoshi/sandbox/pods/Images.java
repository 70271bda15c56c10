package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registries of the played world: which images exist. Every name that could exist does, but for
 * registries below {@code .invalid} (RFC 2606), names of the sandbox's own registry that it does
 * not have, and those that somebody refused.
 */
final class Images {

  /** The image that serves HTTP, whatever its tag. */
  static final String HTTP = "sandbox.hikkoshi.dev/http";

  private static final String DOCUMENT = "pods/images";
  private static final String OWN = "sandbox.hikkoshi.dev/";
  private static final int MOST_PATTERNS = 100;

  /**
   * The grammar of references (distribution/reference), registry host and repository lower-case.
   */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<name>(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::\\d{1,5})?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)"
              + "(?::[\\w][\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

  private final StateStore store;
  private volatile List<String> refused;

  /** What is kept. */
  record Refused(List<String> refused) {}

  Images(StateStore store) {
    this.store = store;
    this.refused = store.read(DOCUMENT, Refused.class).map(Refused::refused).orElse(List.of());
  }

  /** What comes of pulling an image. */
  sealed interface Pull {

    /** It is there. */
    record Done() implements Pull {}

    /** It is not there, or not for us; the message is the registry's. */
    record NotFound(String message) implements Pull {}

    /** Its name is none. */
    record BadName(String message) implements Pull {}
  }

  Pull pull(String image) {
    Matcher matcher = REFERENCE.matcher(image);
    if (image.length() > 512 || !matcher.matches()) {
      return new Pull.BadName(
          "Failed to apply default image tag \"%s\": couldn't parse image name: invalid reference format"
              .formatted(image));
    }
    String name = matcher.group("name");
    boolean nowhere = name.contains("/") && registry(name).endsWith(".invalid");
    boolean notOurs = name.startsWith(OWN) && !name.equals(HTTP);
    if (nowhere || notOurs || refused.stream().anyMatch(pattern -> glob(pattern, image))) {
      return new Pull.NotFound(
          "failed to pull and unpack image \"%s\": failed to resolve reference: not found"
              .formatted(image));
    }
    return new Pull.Done();
  }

  /** Whether the image serves without naming a port. */
  static boolean serves(String image) {
    return image.equals(HTTP) || image.startsWith(HTTP + ":") || image.startsWith(HTTP + "@");
  }

  private static String registry(String name) {
    return name.substring(0, name.indexOf('/')).replaceFirst(":\\d+$", "");
  }

  List<String> refused() {
    return refused;
  }

  /**
   * Refuses images whose names match one of the patterns, from now on, and only those.
   *
   * @param patterns with {@code *} for any characters
   */
  void refuse(List<String> patterns) {
    if (patterns.size() > MOST_PATTERNS || patterns.stream().anyMatch(p -> p.length() > 512)) {
      throw new IllegalArgumentException(
          "at most %d patterns of at most 512 characters".formatted(MOST_PATTERNS));
    }
    store.write(DOCUMENT, new Refused(patterns));
    refused = List.copyOf(patterns);
  }

  private static boolean glob(String pattern, String image) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) {
      return pattern.equals(image);
    }
    int at = 0;
    for (int i = 0; i < parts.length - 1; i++) {
      int found = image.indexOf(parts[i], at);
      if (found < 0 || i == 0 && found > 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return image.length() - last.length() >= at && image.endsWith(last);
  }

  /** What a pulled image is called by its digest. */
  static String id(String image) {
    String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    return name.replaceFirst(":[^/:]*$", "") + "@sha256:" + digest(image);
  }

  /** A digest that is the same for the same text, for image and container ids. */
  static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
