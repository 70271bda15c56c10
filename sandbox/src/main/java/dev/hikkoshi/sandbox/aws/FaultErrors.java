package dev.hikkoshi.sandbox.aws;

/** What clients see of faults that the script makes, in each service's own words. */
final class FaultErrors {

  private FaultErrors() {}

  /** Each service has a word of its own for "too fast" (facts/aws.md 3.2; EC2's error table). */
  static AwsException throttled(AwsService service) {
    String message = "Rate exceeded";
    return switch (service.signingName()) {
      case "eks" -> new AwsException(429, "ThrottlingException", message);
      case "ec2" -> new AwsException(503, "RequestLimitExceeded", "Request limit exceeded.");
      default -> new AwsException(400, "Throttling", message);
    };
  }

  static AwsException failed(AwsService service) {
    String code = service.signingName().equals("eks") ? "ServerException" : "InternalFailure";
    return new AwsException(500, code, "made by the sandbox's fault script");
  }
}
