package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Everything in the zones of an account, for a person who wants to know what leads where. It reads
 * with route53:ListHostedZones and route53:ListResourceRecordSets, five calls a second.
 */
public final class ZoneSurvey {

  private final AwsClients aws;

  /** Asks nothing yet. */
  public ZoneSurvey(AwsClients aws) {
    this.aws = aws;
  }

  /**
   * One hosted zone.
   *
   * @param role it was read with; empty for our own credentials
   * @param records all sets, as Route 53 orders them
   */
  public record ZoneSeen(Optional<String> role, String id, String name, List<RecordSeen> records) {

    public ZoneSeen {
      records = List.copyOf(records);
    }
  }

  /** Every zone; one that cannot be read makes all unknown, for then something may be missing. */
  public Observation<List<ZoneSeen>> zones(Optional<String> role) {
    Account account = new Account(aws, role, Pace.ofRoute53());
    return account
        .zones()
        .flatMap(
            zones -> {
              List<ZoneSeen> all = new ArrayList<>();
              for (Account.Hosted zone : zones) {
                switch (RecordSets.ofZone(account, zone)) {
                  case Unknown<List<ResourceRecordSet>> unknown -> {
                    return unknown.retyped();
                  }
                  case Known<List<ResourceRecordSet>>(List<ResourceRecordSet> sets) ->
                      all.add(
                          new ZoneSeen(
                              role,
                              zone.id(),
                              zone.name(),
                              sets.stream().map(Shapes::seen).toList()));
                }
              }
              return Observation.known(all);
            });
  }
}
