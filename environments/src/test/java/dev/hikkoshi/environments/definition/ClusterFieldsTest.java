package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.definition.ClusterFields.Row;
import dev.hikkoshi.environments.helmfile.LookupTemplates;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cluster fields says what the reader does. */
class ClusterFieldsTest {

  private static final Path PAGE = Path.of("../docs/cluster-fields.md");

  @Test
  void thePageIsTheTable() throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, ClusterFields.page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(ClusterFields.page());
  }

  static Stream<String> refused() {
    return ClusterFields.rows().stream()
        .filter(
            row ->
                switch (row.change()) {
                  case NOT_YET, REFUSED -> true;
                  case NEW_CLUSTER, IN_PLACE, NEXT_CLUSTER, UNUSED -> false;
                })
        .map(Row::path);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsRefusedIsRefusedByName(String path) {
    // Given
    TextTree tree = TextTree.in("shop").with("shop/cluster.yaml", flow(path));

    // When
    List<Problem> problems = ((Reading.Bad) tree.read().getFirst()).problems();

    // Then
    String key = path.substring(path.lastIndexOf('.') + 1);
    assertThat(problems)
        .extracting(Problem::message)
        .anyMatch(m -> m.equals("not yet: " + key) || m.equals("refused: " + key))
        .noneMatch(m -> m.contains("unknown key"));
  }

  /** A file with nothing but this path. */
  private static String flow(String path) {
    StringBuilder open = new StringBuilder();
    StringBuilder close = new StringBuilder();
    for (String name : path.split("\\.", -1)) {
      boolean list = name.endsWith("[]");
      open.append('{').append(name.replace("[]", "")).append(": ").append(list ? "[" : "");
      close.insert(0, list ? "]}" : "}");
    }
    return open + "x" + close + "\n";
  }

  static Stream<String> read() {
    return ClusterFields.rows().stream()
        .filter(
            row ->
                switch (row.change()) {
                  case NEW_CLUSTER, IN_PLACE, NEXT_CLUSTER -> true;
                  case UNUSED, NOT_YET, REFUSED -> false;
                })
        .map(Row::path);
  }

  @ParameterizedTest
  @MethodSource("read")
  void whatIsReadIsRecordedFromTheSampleWithEveryKey(String path) {
    // Given
    DiskTree sample = new DiskTree(Path.of("src/test/resources/definition/every-key/in"));

    // When
    Definition definition =
        Definitions.good(Definitions.read(sample, "", new LookupTemplates(), Secrets.NONE))
            .values()
            .iterator()
            .next();

    // Then
    String form = path.replace(".", "\\.").replace("[]", "\\[[^\\]]+\\]").replace("*", "[^.]+");
    List<String> recorded =
        Stream.concat(
                definition.cluster().immutable().keySet().stream(),
                definition.cluster().mutable().keySet().stream())
            .toList();
    // One of the two ways to name security groups excludes the other.
    assertThat(recorded).anyMatch(p -> p.matches(form) || path.equals("vpc.securityGroup"));
  }

  @Test
  void aRoleByNameAndByArnAreOneDefinition() {
    // Given
    TextTree byName = TextTree.in("shop");
    TextTree byArn =
        byName.replaced(
            "shop/cluster.yaml", "ARN: eks", "ARN: \"arn:aws:iam::111122223333:role/eks\"");

    // Then
    assertThat(byArn.definition().cluster().immutable())
        .isEqualTo(byName.definition().cluster().immutable());
  }
}
