package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionTest {

  private static Revision revision(int number, Instant created, Map<String, String> labels) {
    ObjectNode secret = JsonNodeFactory.instance.objectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "helm.sh/release.v1");
    ObjectNode metadata = secret.putObject("metadata");
    metadata.put("namespace", "web").put("name", "sh.helm.release.v1.web.v" + number);
    metadata.put("uid", "u" + number).put("resourceVersion", "7");
    metadata.put("creationTimestamp", created.toString());
    ObjectNode all = metadata.putObject("labels");
    all.put("owner", "helm").put("name", "web").put("version", Integer.toString(number));
    labels.forEach(all::put);
    return Revision.of(LiveObject.of(secret)).orElseThrow();
  }

  private static String seconds(Instant at) {
    return Long.toString(at.getEpochSecond());
  }

  @Test
  void aRevisionThatHelmBeganWithItsPredecessorsLabelsIsAsYoungAsItIs() {
    // Given
    Instant ours = Instant.parse("2026-11-24T20:15:58Z");
    Instant theirs = Instant.parse("2026-11-24T20:16:05Z");
    // When
    Revision begun =
        revision(
            4,
            theirs,
            Map.of(
                "status",
                "pending-upgrade",
                Revision.LABEL,
                Revision.label(3, "85dc"),
                "modifiedAt",
                seconds(ours),
                "createdAt",
                seconds(theirs)));
    // Then
    assertThat(begun.ours()).isFalse();
    assertThat(begun.writtenAt()).isEqualTo(theirs);
  }

  @Test
  void aRevisionThatIsChangedLaterIsWrittenThen() {
    // Given
    Instant created = Instant.parse("2026-11-24T20:15:58Z");
    Instant changed = Instant.parse("2026-11-24T21:00:00Z");
    // When
    Revision revision =
        revision(
            3,
            created,
            Map.of(
                "status",
                "deployed",
                Revision.LABEL,
                Revision.label(3, "85dc"),
                "createdAt",
                seconds(created),
                "modifiedAt",
                seconds(changed)));
    // Then
    assertThat(revision.ours()).isTrue();
    assertThat(revision.writtenAt()).isEqualTo(changed);
  }
}
