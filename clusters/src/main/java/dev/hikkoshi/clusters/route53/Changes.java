package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.PriorRequestNotCompleteException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One atomic batch (ChangeResourceRecordSets). A DELETE has to match in every value, so the batch
 * compares and sets at once; for the exact values, which the core does not carry ({@code
 * dualstack.} in an alias, the order of values), the name is read again first.
 */
final class Changes {

  /** The types that carry traffic, as the core counts them. */
  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  /** Ends of the sentences with which Route 53 says that the world is another than was thought. */
  private static final List<String> ANOTHER_WORLD =
      List.of(
          "Tried to delete",
          "but it already exists",
          "cannot be created as",
          "conflicting",
          "conflicts with");

  private final Account account;
  private final String zoneId;

  Changes(Account account, String zoneId) {
    this.account = account;
    this.zoneId = zoneId;
  }

  Outcome write(List<RecordSeen> deletes, List<RecordSeen> creates) {
    Optional<Outcome> wrong = wrong(deletes, creates);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Map<String, List<ResourceRecordSet>> there = new HashMap<>();
    for (String name : names(deletes, creates)) {
      Observation<List<ResourceRecordSet>> sets = RecordSets.ofName(account, zoneId, name);
      switch (sets) {
        case Known<List<ResourceRecordSet>>(List<ResourceRecordSet> found) ->
            there.put(name, found);
        case Unknown<List<ResourceRecordSet>>(String what, String why) -> {
          return new Outcome.Throttled(
              "nothing was written: %s could not be read again: %s".formatted(what, why));
        }
      }
    }
    List<ResourceRecordSet> before = there.values().stream().flatMap(List::stream).toList();
    List<ResourceRecordSet> exact = new ArrayList<>();
    for (RecordSeen delete : deletes) {
      Optional<ResourceRecordSet> found =
          before.stream().filter(set -> Shapes.seen(set).equals(delete)).findFirst();
      if (found.isEmpty()) {
        return new Outcome.Changed(
            "%s %s %s is not there any more as it was seen"
                .formatted(delete.name(), delete.type(), delete.setIdentifier().orElse("")));
      }
      exact.add(found.get());
    }
    if (allZero(before, deletes, creates)) {
      return new Outcome.Refused("AllZero", "nobody would have weight: Route 53 spreads evenly");
    }
    List<ResourceRecordSet> fresh =
        creates.stream().map(record -> Shapes.fresh(record, exact)).toList();
    return send(exact, fresh);
  }

  private static Optional<Outcome> wrong(List<RecordSeen> deletes, List<RecordSeen> creates) {
    if (deletes.isEmpty() && creates.isEmpty()) {
      return Optional.of(new Outcome.Refused("Empty", "there is nothing to change"));
    }
    return Stream.concat(deletes.stream(), creates.stream())
        .filter(record -> record.policy().isPresent())
        .findFirst()
        .map(
            record ->
                new Outcome.Refused(
                    "RoutingPolicy",
                    "%s has the routing policy %s, which is not ours to write"
                        .formatted(record.name(), record.policy().orElse(""))));
  }

  private static List<String> names(List<RecordSeen> deletes, List<RecordSeen> creates) {
    return Stream.concat(deletes.stream(), creates.stream())
        .map(RecordSeen::name)
        .map(RecordNames::plain)
        .distinct()
        .toList();
  }

  /** Rule 1, once more where it would take effect: sides exist and none has weight. */
  private static boolean allZero(
      List<ResourceRecordSet> before, List<RecordSeen> deletes, List<RecordSeen> creates) {
    List<RecordSeen> after = new ArrayList<>(before.stream().map(Shapes::seen).toList());
    after.removeAll(deletes);
    after.addAll(creates);
    List<RecordSeen> weighted =
        after.stream().filter(r -> TRAFFIC.contains(r.type()) && r.weight().isPresent()).toList();
    return !weighted.isEmpty()
        && weighted.stream().allMatch(record -> record.weight().getAsInt() == 0);
  }

  private Outcome send(List<ResourceRecordSet> deletes, List<ResourceRecordSet> creates) {
    List<Change> changes =
        Stream.concat(
                deletes.stream().map(set -> change(ChangeAction.DELETE, set)),
                creates.stream().map(set -> change(ChangeAction.CREATE, set)))
            .toList();
    return AwsFailures.write(
        () -> {
          try {
            Route53Client client = account.writes();
            ChangeResourceRecordSetsResponse answer =
                client.changeResourceRecordSets(
                    r -> r.hostedZoneId(zoneId).changeBatch(b -> b.changes(changes)));
            return Outcome.done(
                answer.responseMetadata().requestId(),
                "changeId",
                Account.bare(answer.changeInfo().id()));
          } catch (InvalidChangeBatchException e) {
            return invalid(e);
          } catch (PriorRequestNotCompleteException e) {
            return new Outcome.Throttled(AwsFailures.why(e));
          } catch (NoSuchHostedZoneException e) {
            throw account.gone(zoneId, e);
          }
        });
  }

  private static Change change(ChangeAction action, ResourceRecordSet set) {
    return Change.builder().action(action).resourceRecordSet(set).build();
  }

  /** Refused for good, or only because the records are others than were seen. */
  private static Outcome invalid(InvalidChangeBatchException e) {
    String why = AwsFailures.why(e);
    String each = String.join("; ", e.messages());
    why = each.isEmpty() || why.contains(each) ? why : why + " " + each;
    String told = why;
    return ANOTHER_WORLD.stream().anyMatch(told::contains)
        ? new Outcome.Changed(why)
        : new Outcome.Refused(AwsFailures.code(e), why);
  }
}
