package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Observation;

/** Who we are at AWS. */
public interface IdentityGateway {

  /** The account of the credentials in use (STS GetCallerIdentity). */
  Observation<String> account();
}
