package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.ManualTime;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a container answers, over real connections, with a clock that stands still. */
class ApplicationTest {

  private static final String IP = "10.199.250.7";
  private static final int PORT = 18_080;

  private final ManualTime time = new ManualTime();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Servers servers;
  private volatile Pod pod = new Pod();

  @AfterEach
  void close() {
    closeServers();
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void closeServers() {
    if (servers != null) {
      servers.close();
    }
  }

  private Application open(String script) {
    annotate(script);
    var identity = new Application.Identity(Map.of("X-Sandbox-Cluster", "blue"), "{\"pod\":\"a\"");
    Application application =
        new Application(
            vertx,
            time,
            identity,
            new LiveScript(() -> pod, Script.of(pod.getMetadata().getAnnotations())),
            time.instant(),
            Set.of("/healthz"));
    servers = Servers.open(vertx, IP, List.of(PORT), application);
    return application;
  }

  private void annotate(String script) {
    pod =
        new PodBuilder()
            .withNewMetadata()
            .addToAnnotations(Script.ANNOTATION, script)
            .endMetadata()
            .build();
  }

  private CompletableFuture<HttpResponse<String>> ask(String path) {
    URI uri = URI.create("http://127.199.250.7:" + PORT + path);
    return http.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private int status(String path) {
    return ask(path).join().statusCode();
  }

  @Test
  void anAnswerSaysWhoAndWhat() {
    open("{}");

    HttpResponse<String> answer = ask("/a/b?c=%22").join();

    assertThat(answer.body())
        .isEqualTo("{\"pod\":\"a\",\"method\":\"GET\",\"path\":\"/a/b?c=%22\"}\n");
    assertThat(answer.headers().firstValue("X-Sandbox-Cluster")).contains("blue");
  }

  @Test
  void beforeItIsReadyEveryAnswerIs503() {
    open("{\"readyAfter\": \"3s\"}");

    assertThat(status("/healthz")).isEqualTo(503);
    time.advance(Duration.ofSeconds(3));
    assertThat(status("/healthz")).isEqualTo(200);
  }

  @Test
  void errorsBeginAboveARateAndSpareProbes() {
    open("{\"errors\": 1, \"errorsAboveRps\": 10}");

    List<Integer> first = IntStream.range(0, 10).mapToObj(_ -> status("/")).toList();

    assertThat(first).containsOnly(200);
    assertThat(status("/")).isEqualTo(500);
    assertThat(status("/healthz")).isEqualTo(200);
    time.advance(Duration.ofSeconds(5));
    assertThat(status("/")).isEqualTo(200);
  }

  @Test
  void errorsBeginAtATime() {
    open("{\"errors\": 1, \"errorsFrom\": \"" + time.instant().plusSeconds(3) + "\"}");

    assertThat(status("/")).isEqualTo(200);
    time.advance(Duration.ofSeconds(3));
    assertThat(status("/")).isEqualTo(500);
  }

  @Test
  void whoeverAnnotatesARunningPodChangesItsAnswersUnlessTheScriptIsWrong() {
    open("{}");
    assertThat(status("/")).isEqualTo(200);

    annotate("{\"errors\": 1}");
    assertThat(status("/")).isEqualTo(500);
    annotate("{\"errors\": 0, \"oops\": 1}");
    assertThat(status("/")).isEqualTo(500);
    annotate("{}");
    assertThat(status("/")).isEqualTo(200);
  }

  @Test
  void aThrottledDiskMakesRequestsQueue() {
    open("{\"throttleAfter\": \"1m\", \"throttledRps\": 1}");
    assertThat(status("/")).isEqualTo(200);

    time.advance(Duration.ofMinutes(1));

    assertThat(status("/")).isEqualTo(200);
    CompletableFuture<HttpResponse<String>> queued = ask("/");
    assertThat(queued).isNotDone();
    assertThat(queued.join().statusCode()).isEqualTo(200);
  }

  @Test
  void aDrainingContainerFinishesWhatIsInFlightAndKeepsNoConnection() {
    Application application = open("{\"latencyMillis\": 300}");
    CompletableFuture<HttpResponse<String>> running = ask("/");
    await().until(application::busy);

    application.drain();

    assertThat(running.join().statusCode()).isEqualTo(200);
    assertThat(running.join().headers().firstValue("connection")).contains("close");
    await().until(() -> !application.busy());
    closeServers();
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> http.send(request(), HttpResponse.BodyHandlers.ofString()));
  }

  private static HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.199.250.7:" + PORT + "/")).build();
  }
}
