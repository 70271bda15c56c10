package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.adopt.ReleaseMatch.Kind;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code hikkoshi adopt} has to say.
 *
 * @param environment its name
 * @param cluster its name, version and parts in one line
 * @param written files, as the user can open them
 * @param unsaid what EKS says of the cluster and cluster.yaml does not
 * @param releases by name; empty when they could not be seen
 * @param compared whether a helmfile was named, so that there are two sides
 * @param proposals routes, and what cannot be one
 * @param problems what the reader does not accept yet
 * @param unseen what could not be looked at, with the reason
 */
public record AdoptionReport(
    String environment,
    String cluster,
    List<String> written,
    List<String> unsaid,
    List<ReleaseMatch> releases,
    boolean compared,
    List<Proposal> proposals,
    List<Problem> problems,
    List<String> unseen) {

  public AdoptionReport {
    written = List.copyOf(written);
    unsaid = List.copyOf(unsaid);
    releases = List.copyOf(releases);
    proposals = List.copyOf(proposals);
    problems = List.copyOf(problems);
    unseen = List.copyOf(unseen);
  }

  /** How many releases are so. */
  public long count(Kind kind) {
    return releases.stream().filter(release -> release.kind() == kind).count();
  }

  /** What a person has to do before the first move, most general last. */
  public boolean byHand() {
    return !problems.isEmpty()
        || Stream.concat(
                proposals.stream().map(p -> !p.inTheWay().isEmpty()),
                releases.stream().map(r -> r.problem().isPresent()))
            .anyMatch(yes -> yes);
  }
}
