package dev.hikkoshi.sandbox.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.QueryProtocol;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CloudWatch on the wire. The AWS SDK for Java 2.40 sends the query protocol, botocore 1.44 (boto3,
 * the aws CLI) JSON 1.0 with {@code X-Amz-Target}; both are answered in kind.
 */
final class CloudWatchService implements AwsService {

  private static final QueryProtocol QUERY =
      new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/", "2010-08-01");
  private static final String TARGET = "GraniteServiceVersion20100801.";
  private static final String JSON = "application/x-amz-json-1.0";
  private static final Set<String> OPERATIONS =
      Set.of("GetMetricData", "GetMetricStatistics", "ListMetrics");

  private final Reading reading;

  CloudWatchService(MetricStore store) {
    this.reading = new Reading(store);
  }

  @Override
  public String signingName() {
    return "monitoring";
  }

  private static Optional<String> target(AwsRequest request) {
    return request.header("x-amz-target");
  }

  @Override
  public String operation(AwsRequest request) {
    if (target(request).isEmpty()) {
      return QUERY.operation(request, OPERATIONS);
    }
    String target = target(request).get();
    String name = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    if (!OPERATIONS.contains(name)) {
      throw new AwsException(
          400, "UnknownOperationException", "The sandbox plays no operation " + target);
    }
    return name;
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    boolean json = target(request).isPresent();
    Form form = json ? Tree.flat(request.text()) : Form.of(request);
    ObjectNode answer =
        switch (operation) {
          case "GetMetricData" -> reading.data(form);
          case "GetMetricStatistics" -> reading.statistics(form);
          case "ListMetrics" -> reading.list(form);
          default -> throw new IllegalArgumentException(operation);
        };
    return json
        ? new AwsResponse(200, JSON, bytes(Tree.json(answer)), Map.of())
        : QUERY.answer(request, operation, xml -> Tree.xml(xml, answer));
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    if (target(request).isEmpty()) {
      return QUERY.error(request, error);
    }
    ObjectNode body = Tree.JSON.createObjectNode();
    body.put("__type", error.code()).put("message", error.getMessage());
    String compatible = error.code() + (error.status() < 500 ? ";Sender" : ";Receiver");
    return new AwsResponse(
        error.status(), JSON, bytes(body.toString()), Map.of("x-amzn-query-error", compatible));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
