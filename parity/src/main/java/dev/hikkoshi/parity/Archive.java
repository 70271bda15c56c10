package dev.hikkoshi.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several small files in one text, in the form of Go's txtar: a comment, then for each file a line
 * {@code -- name --} and its lines. So a case is read from top to bottom, in one place.
 *
 * @param comment the text before the first file
 * @param files name → text, in order
 */
record Archive(String comment, Map<String, String> files) {

  private static final Pattern MARK = Pattern.compile("-- (\\S+) --");

  Archive {
    files = new LinkedHashMap<>(files);
  }

  static Archive parse(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    StringBuilder at = new StringBuilder();
    String name = "";
    String comment = "";
    for (String line : text.lines().toList()) {
      Matcher mark = MARK.matcher(line);
      if (!mark.matches()) {
        at.append(line).append('\n');
        continue;
      }
      if (name.isEmpty()) {
        comment = at.toString();
      } else {
        files.put(name, at.toString());
      }
      name = mark.group(1);
      at.setLength(0);
    }
    if (name.isEmpty()) {
      return new Archive(at.toString(), Map.of());
    }
    files.put(name, at.toString());
    return new Archive(comment, files);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(comment);
    files.forEach(
        (name, content) -> text.append("-- ").append(name).append(" --\n").append(content));
    return text.toString();
  }
}
