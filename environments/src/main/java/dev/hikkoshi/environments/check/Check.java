package dev.hikkoshi.environments.check;

/**
 * A condition with its verdict.
 *
 * @param name the same in every pass, for example {@code targets-healthy}
 * @param subject the cluster or route it is about
 */
public record Check(String name, String subject, Verdict verdict) {

  public boolean passed() {
    return verdict.passed();
  }

  @Override
  public String toString() {
    return name + " (" + subject + "): " + verdict.word() + ", " + verdict.evidence();
  }
}
