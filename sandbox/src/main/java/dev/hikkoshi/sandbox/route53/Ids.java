package dev.hikkoshi.sandbox.route53;

import java.security.SecureRandom;

/** Identifiers as Route 53 makes them. */
final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Ids() {}

  static String zone() {
    return "Z0" + random(18);
  }

  static String change() {
    return "C0" + random(18);
  }

  private static String random(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
