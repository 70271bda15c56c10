package dev.hikkoshi.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir Path directory;

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void theFileHasTheKeysThatOthersRead() throws IOException {
    // Given
    Report report =
        new Report(
            true,
            new TreeMap<>(Map.of("web", new Report.Requests(1_000, 0))),
            List.of(new Report.Step("m", "move", "web", 25, 24.9, 2_100, "answers", true)),
            new Report.Revert(1.5, new TreeMap<>(Map.of("web", 2.25))),
            List.of(new Report.Phase("m", "building", 8.5)),
            new Report.Took(0.1),
            new Report.Took(60),
            1,
            2,
            0.5,
            "fast");
    Path file = directory.resolve("r.json");
    // When
    report.write(file);
    // Then
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(keys(json))
        .containsExactly(
            "ok",
            "routes",
            "steps",
            "revert",
            "phases",
            "tools",
            "build",
            "pollSeconds",
            "ttlSeconds",
            "insyncSeconds",
            "physics");
    assertThat(keys(json.at("/routes/web"))).containsExactlyInAnyOrder("requests", "failed");
    assertThat(keys(json.at("/steps/0")))
        .containsExactlyInAnyOrder(
            "move",
            "kind",
            "route",
            "intended",
            "measured",
            "samples",
            "samplesKind",
            "withinBound");
    assertThat(keys(json.at("/revert")))
        .containsExactlyInAnyOrder("pushToLastWriteSeconds", "lastRequestOnNewSideSeconds");
    assertThat(json.at("/revert/lastRequestOnNewSideSeconds/web").asDouble()).isEqualTo(2.25);
    assertThat(keys(json.at("/phases/0"))).containsExactlyInAnyOrder("move", "name", "seconds");
    assertThat(keys(json.at("/tools"))).containsExactly("seconds");
    assertThat(json.at("/ok").isBoolean()).isTrue();
  }
}
