package dev.hikkoshi.sandbox.aws;

/**
 * One AWS service of the region. Implementations are thread-safe: calls arrive side by side on
 * virtual threads.
 */
public interface AwsService {

  /** The name in the credential scope of a signature, for example {@code elasticloadbalancing}. */
  String signingName();

  /**
   * Names the operation, for the call log and the fault script, for example {@code CreateCluster}.
   *
   * @throws AwsException with AWS's own code when no such operation exists in the sandbox
   */
  String operation(AwsRequest request);

  /**
   * Performs the operation.
   *
   * @throws AwsException for every refusal that AWS makes too
   */
  AwsResponse handle(AwsRequest request, String operation);

  /** Writes an error in the service's own wire format. */
  AwsResponse error(AwsRequest request, AwsException error);
}
