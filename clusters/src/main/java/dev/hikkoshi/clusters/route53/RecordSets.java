package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Listing record sets. They come sorted by name with its labels reversed, so all sets of one name
 * follow each other, and the listing can begin at it (ListResourceRecordSets).
 */
final class RecordSets {

  /** Route 53 gives no more at once. */
  private static final String PAGE = "300";

  /** 100 weighted sets a type is the quota; more types than fit here do not exist. */
  private static final int MOST_PAGES_OF_A_NAME = 20;

  /** 10,000 sets a zone is the quota unless AWS raised it. */
  private static final int MOST_PAGES_OF_A_ZONE = 1_000;

  private RecordSets() {}

  /** Every set whose name is exactly that one, as Route 53 has it. */
  static Observation<List<ResourceRecordSet>> ofName(Account account, String zoneId, String name) {
    String wanted = RecordNames.plain(name);
    return listed(
        "records of " + wanted,
        account,
        ListResourceRecordSetsRequest.builder()
            .hostedZoneId(zoneId)
            .startRecordName(RecordNames.kept(name))
            .maxItems(PAGE)
            .build(),
        set -> RecordNames.plain(set.name()).equals(wanted),
        MOST_PAGES_OF_A_NAME);
  }

  /** Every set of a zone. */
  static Observation<List<ResourceRecordSet>> ofZone(Account account, Account.Hosted zone) {
    return listed(
        "records of zone " + zone.name(),
        account,
        ListResourceRecordSetsRequest.builder().hostedZoneId(zone.id()).maxItems(PAGE).build(),
        _ -> true,
        MOST_PAGES_OF_A_ZONE);
  }

  /** All sets as long as they are wanted; the first that is not ends the listing. */
  private static Observation<List<ResourceRecordSet>> listed(
      String what,
      Account account,
      ListResourceRecordSetsRequest first,
      Predicate<ResourceRecordSet> wanted,
      int mostPages) {
    return AwsFailures.look(
        what,
        () -> {
          List<ResourceRecordSet> found = new ArrayList<>();
          ListResourceRecordSetsRequest request = first;
          for (int page = 0; page < mostPages; page++) {
            ListResourceRecordSetsResponse answer = page(account, request);
            for (ResourceRecordSet set : answer.resourceRecordSets()) {
              if (!wanted.test(set)) {
                return Observation.known(List.copyOf(found));
              }
              found.add(set);
            }
            if (!Boolean.TRUE.equals(answer.isTruncated())) {
              return Observation.known(List.copyOf(found));
            }
            request =
                first.toBuilder()
                    .startRecordName(answer.nextRecordName())
                    .startRecordType(answer.nextRecordType())
                    .startRecordIdentifier(answer.nextRecordIdentifier())
                    .build();
          }
          return Observation.unknown(what, "there are more than " + found.size());
        });
  }

  private static ListResourceRecordSetsResponse page(
      Account account, ListResourceRecordSetsRequest request) {
    try {
      return account.reads().listResourceRecordSets(request);
    } catch (NoSuchHostedZoneException e) {
      throw account.gone(request.hostedZoneId(), e);
    }
  }
}
