package dev.hikkoshi.sandbox.quotas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Service Quotas on the wire, JSON 1.1 with {@code X-Amz-Target}: the two operations that read. */
public final class QuotasService implements AwsService {

  private static final String TARGET = "ServiceQuotasV20190624.";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String WORLD = "us-east-1";
  private static final Set<String> OPERATIONS =
      Set.of("GetServiceQuota", "GetAWSDefaultServiceQuota");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]{0,127}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String accountId;

  /** Quotas of this account. */
  public QuotasService(String accountId) {
    this.accountId = accountId;
  }

  @Override
  public String signingName() {
    return "servicequotas";
  }

  @Override
  public String operation(AwsRequest request) {
    String target = request.header("x-amz-target").orElse("");
    String name = target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    if (!OPERATIONS.contains(name)) {
      throw new AwsException(
          400, "UnknownOperationException", "The sandbox plays no operation " + target);
    }
    return name;
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    JsonNode asked = body(request);
    String service = need(asked, "ServiceCode");
    ServiceQuota quota =
        ServiceQuota.of(service, need(asked, "QuotaCode"))
            .filter(q -> !q.global() || request.region().equals(WORLD))
            .orElseThrow(() -> missing(service));
    if (operation.equals("GetServiceQuota") && !quota.applied()) {
      throw missing(service);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("Quota")
        .put("ServiceCode", service)
        .put("QuotaArn", arn(request, quota))
        .put("QuotaCode", quota.code())
        .put("QuotaName", quota.title())
        .put("Value", (double) quota.value())
        .put("Unit", "None")
        .put("Adjustable", true)
        .put("GlobalQuota", quota.global());
    return new AwsResponse(200, CONTENT_TYPE, bytes(answer), Map.of());
  }

  private String arn(AwsRequest request, ServiceQuota quota) {
    String region = quota.global() ? "" : request.region();
    return "arn:aws:servicequotas:%s:%s:%s/%s"
        .formatted(region, accountId, quota.service(), quota.code());
  }

  private static AwsException missing(String service) {
    return new AwsException(
        400,
        "NoSuchResourceException",
        ServiceQuota.knowsService(service)
            ? "The request failed because the specified quota does not exist."
            : "The request failed because the specified service does not exist.");
  }

  private static JsonNode body(AwsRequest request) {
    try {
      return JSON.readTree(request.text());
    } catch (JsonProcessingException e) {
      throw new AwsException(400, "SerializationException", "The body is not JSON.");
    }
  }

  private static String need(JsonNode asked, String name) {
    String value = asked.path(name).asText();
    if (!NAME.matcher(value).matches()) {
      throw new AwsException(
          400, "IllegalArgumentException", "Invalid value for " + name + ": not a code.");
    }
    return value;
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    ObjectNode body = JSON.createObjectNode();
    body.put("__type", error.code()).put("message", error.getMessage());
    return new AwsResponse(error.status(), CONTENT_TYPE, bytes(body), Map.of());
  }

  private static byte[] bytes(ObjectNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
