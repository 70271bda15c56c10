package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.aws.AwsFailures;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.IdentityGateway;

/** The account of the credentials in use. Asked anew each time: credentials can change. */
public final class StsIdentity implements IdentityGateway {

  private final AwsClients aws;

  public StsIdentity(AwsClients aws) {
    this.aws = aws;
  }

  @Override
  public Observation<String> account() {
    return AwsFailures.look(
        "account", () -> Observation.known(aws.sts().getCallerIdentity().account()));
  }
}
