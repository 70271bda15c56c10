package dev.hikkoshi.clusters.account;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.check.doctor.Quota;
import dev.hikkoshi.environments.observed.Observation;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.servicequotas.model.NoSuchResourceException;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/**
 * Quotas as they are for this account. One that was never raised may have no applied value: then
 * Service Quotas says that there is no such resource, and its default value holds (Service Quotas
 * API Reference, GetServiceQuota).
 */
final class QuotaLooks {

  private final AwsClients aws;

  QuotaLooks(AwsClients aws) {
    this.aws = aws;
  }

  Map<Quota, Observation<Integer>> look() {
    Map<Quota, Observation<Integer>> seen = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      seen.put(
          quota,
          AwsFailures.look(
              "the quota of " + quota.what(),
              () -> Observation.known(value(quota).value().intValue())));
    }
    return seen;
  }

  private ServiceQuota value(Quota quota) {
    ServiceQuotasClient quotas = quota == Quota.PROVIDERS ? aws.quotasOfTheWorld() : aws.quotas();
    try {
      return quotas
          .getServiceQuota(q -> q.serviceCode(quota.service()).quotaCode(quota.code()))
          .quota();
    } catch (NoSuchResourceException _) {
      return quotas
          .getAWSDefaultServiceQuota(q -> q.serviceCode(quota.service()).quotaCode(quota.code()))
          .quota();
    }
  }
}
