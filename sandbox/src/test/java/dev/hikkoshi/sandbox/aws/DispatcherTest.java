package dev.hikkoshi.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.ManualTime;
import dev.hikkoshi.sandbox.fault.FaultRule;
import dev.hikkoshi.sandbox.fault.FaultRule.Effect;
import dev.hikkoshi.sandbox.fault.FaultScript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {

  @TempDir Path directory;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-24T10:00:00Z"));
  private final FaultScript faults = new FaultScript();
  private final Counter counter = new Counter();
  private CallLog calls;
  private Dispatcher dispatcher;

  /** Counts: each POST adds one, each GET tells. */
  private static final class Counter implements AwsService {
    private int count;

    @Override
    public String signingName() {
      return "eks";
    }

    @Override
    public String operation(AwsRequest request) {
      return request.method().equals("POST") ? "CreateOne" : "DescribeCount";
    }

    @Override
    public AwsResponse handle(AwsRequest request, String operation) {
      if (operation.equals("CreateOne")) {
        count++;
      }
      return AwsResponse.json(200, "{\"count\":" + count + "}");
    }

    @Override
    public AwsResponse error(AwsRequest request, AwsException error) {
      return AwsResponse.json(error.status(), "{\"code\":\"" + error.code() + "\"}");
    }
  }

  @BeforeEach
  void open() {
    calls = new CallLog(directory.resolve("calls.jsonl"));
    dispatcher =
        new Dispatcher(
            List.of(counter),
            new SignatureV4(new VectorKeys(), time),
            faults,
            calls,
            time,
            "ap-northeast-1");
  }

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void aThrottledCallIsNotDone() {
    fault("Create*", Effect.THROTTLE);

    assertThat(answer(create())).isEqualTo("429 {\"code\":\"ThrottlingException\"}");
    assertThat(counter.count).isZero();
    assertThat(lastCall().done()).isFalse();
  }

  @Test
  void anErrorAfterLeavesTheWriteDone() {
    fault("Create*", Effect.ERROR_AFTER);

    assertThat(answer(create())).startsWith("500");
    assertThat(counter.count).isEqualTo(1);
    assertThat(lastCall().done()).isTrue();
    assertThat(lastCall().fault()).isEqualTo("fault-1:error-after");
  }

  @Test
  void anErrorBeforeLeavesTheWriteUndone() {
    fault("Create*", Effect.ERROR_BEFORE);

    assertThat(answer(create())).startsWith("500");
    assertThat(counter.count).isZero();
  }

  @Test
  void aLostAnswerIsDoneAndCut() {
    fault("Create*", Effect.LOST);

    assertThat(dispatcher.dispatch(create())).isEqualTo(new Dispatcher.Outcome.Cut());
    assertThat(counter.count).isEqualTo(1);
    assertThat(lastCall().status()).isZero();
  }

  @Test
  void aCutCallIsNotDone() {
    fault("Create*", Effect.CUT);

    assertThat(dispatcher.dispatch(create())).isEqualTo(new Dispatcher.Outcome.Cut());
    assertThat(counter.count).isZero();
  }

  @Test
  void aStaleReadRepeatsTheAnswerBefore() {
    answer(describe());
    answer(create());
    fault("Describe*", Effect.STALE);

    assertThat(answer(describe())).isEqualTo("200 {\"count\":0}");
    assertThat(answer(describe())).isEqualTo("200 {\"count\":1}");
  }

  @Test
  void refusesAnotherRegion() {
    Dispatcher elsewhere =
        new Dispatcher(
            List.of(counter),
            new SignatureV4(new VectorKeys(), time),
            faults,
            calls,
            time,
            "eu-west-1");

    Dispatcher.Outcome outcome = elsewhere.dispatch(create());

    assertThat(text(outcome)).startsWith("403").contains("SignatureDoesNotMatch");
  }

  @Test
  void notesWhoAskedForWhat() {
    answer(create());

    assertThat(lastCall().principal()).isEqualTo(VectorKeys.USER);
    assertThat(lastCall().operation()).isEqualTo("CreateOne");
    assertThat(lastCall().parameters()).contains("shop-1-37-1");
    assertThat(calls.after(1, _ -> true, 10)).isEmpty();
  }

  private void fault(String operation, Effect effect) {
    faults.add(new FaultRule("eks", operation, 0, 1, 1, 1, effect, 0));
  }

  private CallLog.Call lastCall() {
    return calls.after(0, _ -> true, 100).getLast();
  }

  private String answer(RawRequest request) {
    return text(dispatcher.dispatch(request));
  }

  private static String text(Dispatcher.Outcome outcome) {
    return switch (outcome) {
      case Dispatcher.Outcome.Answer(String _, AwsResponse response) ->
          response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
      case Dispatcher.Outcome.Cut() -> "cut";
    };
  }

  /** The vector "a JSON body and a header with blanks". */
  private static RawRequest create() {
    return new RawRequest(
        "POST",
        "/clusters",
        "",
        Map.of(
            "host", List.of("127.0.0.1:4566"),
            "content-type", List.of("application/json"),
            "x-odd", List.of("  a   b  "),
            "x-amz-date", List.of("20261124T100000Z"),
            "authorization",
                List.of(
                    "AWS4-HMAC-SHA256"
                        + " Credential=AKIAVECTOREXAMPLE000/20261124/ap-northeast-1/eks/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date;x-odd,"
                        + " Signature=2f9eae675b4a2684c612beaf1c436c8a0882a13c8994e97cf328716606207c5b")),
        "{\"name\":\"shop-1-37-1\"}".getBytes(StandardCharsets.UTF_8));
  }

  /** The vector "an unsorted query". */
  private static RawRequest describe() {
    return new RawRequest(
        "GET",
        "/clusters",
        "nextToken=a%2Bb%3D&maxResults=2&include=",
        Map.of(
            "host", List.of("127.0.0.1:4566"),
            "x-amz-date", List.of("20261124T100000Z"),
            "authorization",
                List.of(
                    "AWS4-HMAC-SHA256"
                        + " Credential=AKIAVECTOREXAMPLE000/20261124/ap-northeast-1/eks/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=bc7b342e17f7da535ff728cc962e0d409ff100dde8864c760adef8a6d5a39879")),
        new byte[0]);
  }
}
