package dev.hikkoshi.controller.evaluate;

/** Short forms for people. */
final class Text {

  private static final int BRIEF = 10;

  private Text() {}

  /** A commit as people quote it. */
  static String brief(String commit) {
    return commit.length() <= BRIEF ? commit : commit.substring(0, BRIEF);
  }
}
