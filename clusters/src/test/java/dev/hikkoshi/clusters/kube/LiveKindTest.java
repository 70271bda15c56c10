package dev.hikkoshi.clusters.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import dev.hikkoshi.environments.port.Fence;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveKindTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScriptedServer server = new ScriptedServer();
  private LiveKind kind;

  @BeforeEach
  void start() throws InterruptedException {
    server.silently("a", "1");
    kind =
        new LiveKind(
            new KubeApi(server, Fence.OPEN),
            new Resource("v1", "ConfigMap", "configmaps", true),
            "",
            UnaryOperator.identity());
    assertThat(kind.blind(PATIENCE)).isEmpty();
    await().until(() -> server.followers() == 1);
  }

  @AfterEach
  void stop() {
    kind.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
  }

  private String value(String name) {
    return kind.find("shop", name).map(o -> o.at("/data/value").asText()).orElse("none");
  }

  @Test
  void whatIsListedAndWhatChangesIsKept() {
    // When
    server.change("a", "2");
    server.change("b", "1");
    server.delete("b");

    // Then
    await().untilAsserted(() -> assertThat(value("a") + value("b")).isEqualTo("2none"));
  }

  @Test
  void aWriteOfOursIsSeenAtOnceAndAnOlderEventDoesNotHideIt() {
    // Given
    ObjectNode older = server.silently("a", "older");
    ObjectNode ours = server.silently("a", "ours");

    // When
    kind.put(ours.deepCopy());
    server.tell("MODIFIED", older);

    // Then
    assertThat(value("a")).isEqualTo("ours");
  }

  @Test
  void whatWeDeletedDoesNotComeBackByAnEventFromBefore() {
    // Given
    ObjectNode before = server.silently("a", "2");

    // When
    kind.remove("uid-a");
    server.tell("MODIFIED", before);

    // Then
    assertThat(value("a")).isEqualTo("none");
  }

  @Test
  void anExpiredWatchBeginsWithANewList() {
    // Given
    server.silently("b", "missed");
    int lists = server.lists();

    // When
    server.endWatches(410);

    // Then
    await().untilAsserted(() -> assertThat(value("b")).isEqualTo("missed"));
    assertThat(server.lists()).isEqualTo(lists + 1);
  }

  @Test
  void anEndedWatchGoesOnWhereItWasWithoutAList() {
    // Given
    int lists = server.lists();

    // When
    server.endWatches(200);
    await().until(() -> server.followers() == 1);
    server.change("a", "2");

    // Then
    await().untilAsserted(() -> assertThat(value("a")).isEqualTo("2"));
    assertThat(server.lists()).isEqualTo(lists);
  }

  @Test
  void aServerThatIsAwayMakesItBlindAndBackAgainItSees() {
    // When
    server.away(true);
    server.endWatches(200);

    // Then
    await().atMost(Duration.ofSeconds(90)).until(() -> kind.blind(PATIENCE).isPresent());
    server.silently("a", "3");
    server.away(false);
    await().until(() -> kind.blind(PATIENCE).isEmpty());
    assertThat(value("a")).isEqualTo("3");
  }

  @Test
  void whoGivesTokensMayBeAwayForAWhileAndTheWatchGoesOnAfterwards() {
    // Given
    server.broken(true);
    server.endWatches(200);
    await().atMost(Duration.ofSeconds(90)).until(() -> kind.blind(PATIENCE).isPresent());

    // When
    server.silently("a", "4");
    server.broken(false);

    // Then
    await().until(() -> kind.blind(PATIENCE).isEmpty());
    assertThat(value("a")).isEqualTo("4");
  }
}
