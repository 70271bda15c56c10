package dev.hikkoshi.parity;

import java.util.List;

/** How the two answers to one question stand to each other. */
sealed interface Verdict {

  /** Both answered the same, documents counted. */
  record Equal(int documents) implements Verdict {}

  /** Both refused. */
  record BothRefuse(String judge, String ours) implements Verdict {}

  /** They differ, or only one of them refused. */
  record Different(List<String> where) implements Verdict {

    public Different {
      where = List.copyOf(where);
    }
  }

  /** Compares two answers. */
  static Verdict of(Answer judge, Answer ours) {
    if (!judge.good() && !ours.good()) {
      return new BothRefuse(judge.said(), ours.said());
    }
    if (!ours.good()) {
      return new Different(
          List.of("only hikkoshi refuses (exit " + ours.code() + "): " + ours.said()));
    }
    if (!judge.good()) {
      return new Different(List.of("only helmfile refuses: " + judge.said()));
    }
    List<Object> expected = Documents.of(judge.out());
    List<String> differences = Differences.of(expected, Documents.of(ours.out()));
    return differences.isEmpty() ? new Equal(expected.size()) : new Different(differences);
  }
}
