package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hikkoshi.environments.helmfile.LookupTemplates;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas are those of the readers, and refuse no file that a reader takes. */
class SchemasTest {

  private static final Path PUBLISHED = Path.of("../docs/schema");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Map<String, Object>> SCHEMAS =
      Map.of("environment", Schemas.environment(), "cluster", Schemas.cluster());

  /** What a schema can say too: a wrong type, and keys that are unknown or missing. */
  private static final Pattern SAYABLE =
      Pattern.compile("unknown key .*|\".*\" is missing|expected (?!a second).*, found .*");

  private static Schema schema(String name) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JSON.<JsonNode>valueToTree(SCHEMAS.get(name)));
  }

  private static final Schema ENVIRONMENT = schema("environment");
  private static final Schema CLUSTER = schema("cluster");

  @Test
  void whatIsPublishedIsWhatTheReadersSay() throws IOException {
    for (var entry : SCHEMAS.entrySet()) {
      // Given
      Path file = PUBLISHED.resolve(entry.getKey() + ".json");
      String text =
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entry.getValue()) + "\n";

      // When
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(file, text);
      }

      // Then
      assertThat(Files.readString(file)).as(entry.getKey()).isEqualTo(text);
    }
  }

  static Stream<String> cases() throws IOException {
    return DefinitionsGoldenTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothTakeAGoodFileAndBothRefuseWhatASchemaCanSay(String name) {
    // Given
    Path root = Path.of("src/test/resources/definition", name, "in");

    // When
    List<Reading> readings =
        Definitions.read(new DiskTree(root), "", new LookupTemplates(), Secrets.NONE);

    // Then
    for (Reading reading : readings) {
      switch (reading) {
        case Reading.Good(Definition definition) -> {
          assertThat(errors(root, definition.folder(), "environment.yaml")).isEmpty();
          assertThat(errors(root, definition.folder(), "cluster.yaml")).isEmpty();
        }
        case Reading.Bad bad -> {
          refused(root, bad, "environment.yaml");
          refused(root, bad, "cluster.yaml");
        }
      }
    }
  }

  private static void refused(Path root, Reading.Bad bad, String file) {
    String path = bad.folder().isEmpty() ? file : bad.folder() + "/" + file;
    List<Problem> sayable =
        bad.problems().stream()
            .filter(p -> p.place().file().equals(path))
            .filter(p -> SAYABLE.matcher(p.message()).matches())
            .toList();
    if (!sayable.isEmpty() && parsed(root.resolve(path)).isPresent()) {
      assertThat(errors(root, bad.folder(), file)).as("%s", sayable).isNotEmpty();
    }
  }

  private static List<String> errors(Path root, String folder, String file) {
    Path path = root.resolve(folder).resolve(file);
    Schema schema = file.startsWith("env") ? ENVIRONMENT : CLUSTER;
    List<String> all = new ArrayList<>();
    parsed(path)
        .ifPresent(json -> schema.validate(json).forEach(error -> all.add(error.toString())));
    return all;
  }

  /** As an editor sees it; empty when it is no YAML, or elsewhere. */
  private static Optional<JsonNode> parsed(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      Problems problems = new Problems();
      Optional<Node> node = Yaml.one(path.toString(), Files.readAllBytes(path), problems);
      return node.filter(_ -> problems.count() == 0)
          .map(PlainValues::of)
          .map(JSON::<JsonNode>valueToTree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
