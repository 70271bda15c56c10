package dev.hikkoshi.sandbox.aws;

/**
 * The credential scope of a signature: {@code AKIA…/20261124/ap-northeast-1/eks/aws4_request}.
 *
 * @param accessKeyId whose key signed
 * @param date eight digits
 * @param region the region the client believes to talk to
 * @param service the signing name
 */
record SigningScope(String accessKeyId, String date, String region, String service) {

  /**
   * Reads the credential of a signature.
   *
   * @throws AwsException {@code IncompleteSignature}
   */
  static SigningScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5 || !parts[4].equals("aws4_request")) {
      throw new AwsException(
          400,
          "IncompleteSignature",
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term");
    }
    return new SigningScope(parts[0], parts[1], parts[2], parts[3]);
  }

  String text() {
    return date + "/" + region + "/" + service + "/aws4_request";
  }
}
