package dev.hikkoshi.environments.check.outside;

import java.util.List;
import java.util.stream.Collectors;

/** Findings in a sentence that fits into a status: the first ones whole, the others counted. */
public final class OutsideWords {

  private static final int TOLD = 5;

  private OutsideWords() {}

  /** What was found and where it is settled. */
  public static String of(List<Finding> findings) {
    String first =
        findings.stream().limit(TOLD).map(Finding::toString).collect(Collectors.joining("; "));
    String more = findings.size() > TOLD ? "; and %d more".formatted(findings.size() - TOLD) : "";
    String line =
        findings.stream()
            .flatMap(f -> f.line().stream())
            .findFirst()
            .map(l -> ", for example \"" + l + "\"")
            .orElse("");
    return "%s%s; classify them under outside:%s".formatted(first, more, line);
  }
}
