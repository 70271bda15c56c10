package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.aws.AwsException;

/** EKS's refusals, with the statuses of its service model. */
final class EksErrors {

  private EksErrors() {}

  static AwsException invalidParameter(String message) {
    return new AwsException(400, "InvalidParameterException", message);
  }

  static AwsException invalidRequest(String message) {
    return new AwsException(400, "InvalidRequestException", message);
  }

  static AwsException inUse(String message) {
    return new AwsException(409, "ResourceInUseException", message);
  }

  static AwsException notFound(String message) {
    return new AwsException(404, "ResourceNotFoundException", message);
  }

  static AwsException limit(String message) {
    return new AwsException(400, "ResourceLimitExceededException", message);
  }

  static AwsException notPlayed(String what) {
    return invalidParameter("The sandbox does not play " + what + ".");
  }
}
