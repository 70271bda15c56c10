package dev.hikkoshi.environments.check.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a role's trust policy lets in, as far as pods of EKS are concerned.
 *
 * @param issuers EKS OIDC issuers that may vouch for somebody
 * @param podIdentity whether EKS Pod Identity may hand it out
 * @param length characters of the policy without white space, which is what IAM counts
 */
public record RoleTrust(List<Federated> issuers, boolean podIdentity, int length) {

  public RoleTrust {
    issuers = List.copyOf(issuers);
  }

  /**
   * One issuer.
   *
   * @param issuer as EKS tells it, with {@code https://}
   * @param subjects patterns with {@code *} and {@code ?}; empty where anybody may come
   */
  public record Federated(String issuer, Optional<List<String>> subjects) {

    public Federated {
      subjects = subjects.map(List::copyOf);
    }

    /** Whether it lets a ServiceAccount in, as {@code system:serviceaccount:NAMESPACE:NAME}. */
    public boolean admits(String subject) {
      return subjects
          .map(all -> all.stream().anyMatch(pattern -> matches(pattern, subject)))
          .orElse(true);
    }

    private static boolean matches(String pattern, String subject) {
      String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return Pattern.matches(regex, subject);
    }
  }

  /** Whether pods of a cluster may come at all. */
  public List<Federated> of(String issuer) {
    return issuers.stream().filter(f -> f.issuer().equals(issuer)).toList();
  }
}
