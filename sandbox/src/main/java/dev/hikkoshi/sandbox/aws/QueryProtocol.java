package dev.hikkoshi.sandbox.aws;

import java.util.Set;
import java.util.function.Consumer;

/**
 * What the services of AWS's query protocol have in common: STS, IAM, ELBv2.
 *
 * @param namespace the XML namespace of all answers
 * @param version the {@code Version} parameter that clients send
 */
public record QueryProtocol(String namespace, String version) {

  /**
   * Names the operation.
   *
   * @param known the operations that the sandbox has
   * @throws AwsException {@code MissingAction}, {@code InvalidAction}
   */
  public String operation(AwsRequest request, Set<String> known) {
    Form form = Form.of(request);
    String action =
        form.one("Action")
            .orElseThrow(
                () ->
                    new AwsException(
                        400, "MissingAction", "The request must contain the parameter Action"));
    String sent = form.one("Version").orElse(version);
    if (!known.contains(action) || !sent.equals(version)) {
      throw new AwsException(
          400, "InvalidAction", "Could not find operation " + action + " for version " + sent);
    }
    return action;
  }

  /** An answer: {@code <OpResponse><OpResult>…</OpResult><ResponseMetadata>…}. */
  public AwsResponse answer(AwsRequest request, String operation, Consumer<Xml> result) {
    return AwsResponse.xml(
        200,
        Xml.document(
            operation + "Response",
            namespace,
            xml ->
                xml.element(operation + "Result", result)
                    .element("ResponseMetadata", m -> m.text("RequestId", request.requestId()))));
  }

  /** An error: {@code <ErrorResponse><Error>…}. */
  public AwsResponse error(AwsRequest request, AwsException error) {
    return AwsResponse.xml(
        error.status(),
        Xml.document(
            "ErrorResponse",
            namespace,
            xml ->
                xml.element(
                        "Error",
                        e ->
                            e.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                .text("Code", error.code())
                                .text("Message", error.getMessage()))
                    .text("RequestId", request.requestId())));
  }
}
