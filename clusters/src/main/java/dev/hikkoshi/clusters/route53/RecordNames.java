package dev.hikkoshi.clusters.route53;

import java.util.Locale;

/**
 * Names as people write them and as Route 53 keeps them: there every character other than {@code
 * a-z 0-9 - _ .} is a backslash and three octal digits, so that a wildcard is listed as {@code
 * \052.example.com.} (DomainNameFormat.html of the developer guide).
 */
final class RecordNames {

  private static final String BARE = "abcdefghijklmnopqrstuvwxyz0123456789-_.*";
  private static final String DUALSTACK = "dualstack.";
  private static final int ESCAPE = 4;

  private RecordNames() {}

  /**
   * Lower case, without the dot at the end, escapes read; an escaped dot or backslash stays
   * escaped, because without its escape it would mean something else.
   */
  static String plain(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && octal(name, i + 1)) {
        char meant = (char) Integer.parseInt(name.substring(i + 1, i + ESCAPE), 8);
        if (meant == '.' || meant == '\\') {
          out.append(name, i, i + ESCAPE);
        } else {
          out.append(meant);
        }
        i += ESCAPE - 1;
      } else {
        out.append(c);
      }
    }
    String text = out.toString().toLowerCase(Locale.ROOT);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** As Route 53 keeps it; the wildcard may stay as it is. */
  static String kept(String name) {
    String plain = plain(name);
    StringBuilder out = new StringBuilder(plain.length() + 1);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (BARE.indexOf(c) >= 0) {
        out.append(c);
      } else if (c == '\\' && octal(plain, i + 1)) {
        out.append(plain, i, i + ESCAPE);
        i += ESCAPE - 1;
      } else {
        out.append("\\%03o".formatted((int) c));
      }
    }
    return out.append('.').toString();
  }

  /** A load balancer's own name: {@code dualstack.} before it leads to the same one. */
  static String balancer(String name) {
    String plain = plain(name);
    return plain.startsWith(DUALSTACK) ? plain.substring(DUALSTACK.length()) : plain;
  }

  private static boolean octal(String text, int from) {
    if (from + 3 > text.length()) {
      return false;
    }
    for (int i = from; i < from + 3; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
