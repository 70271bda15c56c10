package dev.hikkoshi.environments.record;

import java.time.Instant;

/**
 * What was last answered to a check of a route.
 *
 * @param step that it was asked for
 * @param of what exactly was asked: another definition, or a look anew, is another question
 * @param attempt the how manieth answer to it, from 1
 * @param word pass, fail or unknown
 * @param evidence in one line
 * @param at when it was heard
 */
public record Answer(int step, String of, int attempt, String word, String evidence, Instant at) {

  public boolean passed() {
    return word.equals("pass");
  }

  public boolean failed() {
    return word.equals("fail");
  }
}
