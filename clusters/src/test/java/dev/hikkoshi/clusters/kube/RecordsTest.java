package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.environments.port.Fence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Helm's records of a cluster that is full of them. */
class RecordsTest {

  private static final int RECORDS = 40;

  private final Secrets secrets = new Secrets();
  private final KubeApi api = new KubeApi(secrets, Fence.OPEN);
  private final LiveObjects live = new LiveObjects(api, new Discovery(api));

  @AfterEach
  void stop() {
    live.close();
    secrets.close();
  }

  @Test
  void recordsAreSeenThoughTogetherTheyAreLargerThanAnyAnswerMayBe() {
    // Given
    for (int i = 1; i <= RECORDS; i++) {
      secrets.add(i);
    }

    // When
    var records = live.records();

    // Then
    assertThat(records)
        .hasSize(RECORDS)
        .allSatisfy(
            record -> {
              assertThat(record.key().kind()).isEqualTo("Secret");
              assertThat(record.key().apiVersion()).isEqualTo("v1");
              assertThat(record.label("owner")).contains("helm");
              assertThat(record.tree().has("data")).isFalse();
            });
  }

  @Test
  void aRecordThatIsWrittenLaterIsSeenAsOneOfThem() {
    // Given
    secrets.add(1);
    assertThat(live.records()).hasSize(1);
    Awaitility.await().until(secrets::followed);

    // When
    secrets.add(2);

    // Then
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(live.records())
                    .extracting(record -> record.key().path())
                    .containsExactlyInAnyOrder("v1/Secret/shop/web.v1", "v1/Secret/shop/web.v2"));
  }

  /** A server of records that gives metadata alone to who asks for that, and bounded answers. */
  private static final class Secrets implements Transport {

    private static final int LARGEST = 64 << 10;
    private static final String DATA = "x".repeat(4 << 10);

    private final List<ObjectNode> all = new ArrayList<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    private record Follower(
        SubmissionPublisher<String> lines,
        CompletableFuture<Integer> end,
        UnaryOperator<ObjectNode> form) {}

    synchronized void add(int revision) {
      ObjectNode secret = Trees.object().put("apiVersion", "v1").put("kind", "Secret");
      ObjectNode metadata = secret.putObject("metadata");
      metadata.put("name", "web.v" + revision).put("namespace", "shop");
      metadata.put("uid", "uid-" + revision).put("resourceVersion", Integer.toString(revision));
      metadata.putObject("labels").put("owner", "helm").put("version", "" + revision);
      secret.put("type", "helm.sh/release.v1").putObject("data").put("release", DATA);
      all.add(secret);
      for (Follower follower : followers) {
        ObjectNode event = Trees.object().put("type", "ADDED");
        event.set("object", follower.form().apply(secret));
        follower.lines().submit(event.toString());
      }
    }

    boolean followed() {
      return !followers.isEmpty();
    }

    /** As API servers read the header: a kind of object, of a group and version. */
    private static UnaryOperator<ObjectNode> form(String accept, String partial) {
      return accept.contains(";as=" + partial + ";g=meta.k8s.io;v=v1")
          ? Secrets::partial
          : ObjectNode::deepCopy;
    }

    private static ObjectNode partial(ObjectNode secret) {
      ObjectNode partial = Trees.object();
      partial.put("apiVersion", "meta.k8s.io/v1").put("kind", "PartialObjectMetadata");
      partial.set("metadata", secret.get("metadata").deepCopy());
      return partial;
    }

    @Override
    public synchronized CompletableFuture<Reply> send(Request request) {
      UnaryOperator<ObjectNode> form = form(request.accept(), "PartialObjectMetadataList");
      ObjectNode list = Trees.object();
      list.putObject("metadata").put("resourceVersion", Integer.toString(all.size()));
      ArrayNode items = list.putArray("items");
      all.forEach(secret -> items.add(form.apply(secret)));
      byte[] body = list.toString().getBytes(StandardCharsets.UTF_8);
      return body.length > LARGEST
          ? CompletableFuture.failedFuture(new IOException("body exceeds capacity"))
          : CompletableFuture.completedFuture(new Reply(200, body));
    }

    @Override
    public CompletableFuture<Integer> follow(
        String path, String accept, Flow.Subscriber<String> lines) {
      Follower follower =
          new Follower(
              new SubmissionPublisher<>(Runnable::run, 256),
              new CompletableFuture<>(),
              form(accept, "PartialObjectMetadata"));
      follower.lines().subscribe(lines);
      followers.add(follower);
      return follower.end();
    }

    @Override
    public void close() {
      followers.forEach(follower -> follower.end().complete(200));
    }
  }
}
