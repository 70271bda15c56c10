package dev.hikkoshi.sandbox.elb;

import java.util.regex.Pattern;

/**
 * Which status codes a health check takes for good: {@code 200}, {@code 200,202}, {@code 200-299}.
 */
public final class Matcher {

  private static final Pattern FORM =
      Pattern.compile("[2-4]\\d\\d(-[2-4]\\d\\d)?(,[2-4]\\d\\d(-[2-4]\\d\\d)?)*");

  private Matcher() {}

  static boolean valid(String matcher) {
    return matcher.length() <= 200 && FORM.matcher(matcher).matches();
  }

  /** Whether the code is good. */
  public static boolean matches(String matcher, int status) {
    for (String part : matcher.split(",", -1)) {
      int dash = part.indexOf('-');
      int least = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int most = Integer.parseInt(dash < 0 ? part : part.substring(dash + 1));
      if (status >= least && status <= most) {
        return true;
      }
    }
    return false;
  }
}
