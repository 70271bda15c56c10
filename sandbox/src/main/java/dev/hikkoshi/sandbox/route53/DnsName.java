package dev.hikkoshi.sandbox.route53;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * DNS names as Route 53 keeps them: lower case, with the dot at the end, and with every character
 * other than {@code a-z 0-9 - _ .} as a backslash and three octal digits ("DNS domain name format",
 * DomainNameFormat.html of the Route 53 developer guide).
 */
public final class DnsName {

  /**
   * The order of ListResourceRecordSets: ASCII order of the name with its labels reversed, the dot
   * at the end included ({@code com.example.www.}).
   */
  public static final Comparator<String> ORDER = Comparator.comparing(DnsName::reversed);

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");
  private static final int MAX_NAME = 255;
  private static final int MAX_LABEL = 63;

  private DnsName() {}

  /**
   * Brings a name into the kept form.
   *
   * @throws IllegalArgumentException for what is no DNS name; the message says why
   */
  public static String of(String text) {
    String name = text.endsWith(".") && !text.endsWith("\\.") ? text : text + ".";
    StringBuilder out = new StringBuilder(name.length());
    int label = 0;
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        check(label > 0, "Domain label is empty", text);
        out.append('.');
        length += label + 1;
        label = 0;
        continue;
      }
      char meant = c;
      if (c == '\\') {
        check(octal(name, i + 1), "Domain name has an invalid escape", text);
        meant = (char) Integer.parseInt(name.substring(i + 1, i + 4), 8);
        i += 3;
      }
      check(meant < 256, "Domain name contains invalid characters", text);
      append(out, meant);
      check(++label <= MAX_LABEL, "Domain label is too long", text);
    }
    check(length + 1 <= MAX_NAME, "Domain name is too long", text);
    return out.toString();
  }

  /** Whether the name is the zone's own or lies below it; both in the kept form. */
  public static boolean within(String name, String zone) {
    return name.equals(zone) || name.endsWith("." + zone);
  }

  /** The name as DNS libraries read it: their escapes are decimal. */
  public static String wire(String name) {
    return OCTAL
        .matcher(name)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\%03d", Integer.parseInt(found.group(1), 8)));
  }

  private static String reversed(String name) {
    List<String> labels = List.of(name.substring(0, Math.max(0, name.length() - 1)).split("\\."));
    return String.join(".", labels.reversed()) + ".";
  }

  private static boolean octal(String name, int from) {
    return name.length() >= from + 3
        && name.charAt(from) <= '3'
        && name.substring(from, from + 3).chars().allMatch(c -> c >= '0' && c <= '7');
  }

  private static void append(StringBuilder out, char c) {
    char lower = c < 128 ? Character.toLowerCase(c) : c;
    boolean plain =
        lower >= 'a' && lower <= 'z'
            || lower >= '0' && lower <= '9'
            || lower == '-'
            || lower == '_';
    if (plain) {
      out.append(lower);
    } else {
      out.append(String.format(Locale.ROOT, "\\%03o", (int) c));
    }
  }

  private static void check(boolean holds, String problem, String text) {
    if (!holds) {
      throw new IllegalArgumentException(problem + ": '" + text + "'");
    }
  }
}
