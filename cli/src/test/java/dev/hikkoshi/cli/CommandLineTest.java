package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hikkoshi.cli.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Words, flags, variables, exit codes. */
class CommandLineTest {

  private static final Path ROOT = Path.of(System.getProperty("hikkoshi.root", ".."));
  private static final Path SAMPLE = ROOT.resolve("docs/sample").toAbsolutePath().normalize();

  @TempDir Path folder;

  static Stream<String> commands() {
    return commandLine().getSubcommands().keySet().stream();
  }

  private static CommandLine commandLine() {
    return HikkoshiCommand.commandLine(Session.ofProcess());
  }

  @Test
  void anUnknownWordIsAnsweredWithTheNearest() {
    // When
    Result result = new Terminal().run("stauts");

    // Then
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("unknown word 'stauts'; did you mean 'status'?");
  }

  @Test
  void anUnknownFlagIsAnsweredWithTheNearest() {
    // When
    Result result = new Terminal().run("resume", "shop", "--reson", "x");

    // Then
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).startsWith("hikkoshi resume:");
  }

  @Test
  void aWordThatIsNoneOfAFewIsAnsweredWithTheFewAsHelpPrintsThem() {
    assertThat(new Terminal().run("validate", "-o", "xml").err())
        .contains("'xml' is none of table, wide, json, yaml, name");
    assertThat(new Terminal().run("completion", "fish").err()).contains("is none of bash, zsh");
    assertThat(new Terminal().run("rights", "iam", "atc").err())
        .contains("'atc' is none of observe, plan, act");
    assertThat(new Terminal().run("version", "-o", "JSON").out()).startsWith("{");
    assertThat(new Terminal().run("verify").err()).startsWith("hikkoshi verify: Missing");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfEveryCommandGivesExamplesBeforeFlags(String command) {
    // When
    Result result = new Terminal().run(command, "--help");

    // Then
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    if (!command.equals("train")) {
      assertThat(result.out().indexOf("Examples:"))
          .isPositive()
          .isLessThan(result.out().indexOf("Usage:"));
      assertThat(result.out()).contains("\n\nExamples:\n");
    }
    // A dot in a path or a key is no end of a sentence, and no place to break a line.
    assertThat(result.out()).doesNotContainPattern("\\.\\n +[a-z)]");
  }

  @Test
  void theListOfCommandsSaysEachInOneWholeSentence() {
    // When
    String help = new Terminal().run("--help").out();

    // Then
    List<String> listed = help.substring(help.indexOf("Commands:")).lines().skip(1).toList();
    assertThat(listed)
        .hasSize(commandLine().getSubcommands().size() - 1) // train is hidden
        .allSatisfy(line -> assertThat(line).matches("  [a-z]+ +[A-Z].*\\.").hasSizeLessThan(101));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandThatIsDescribedAloneIsTheSameAsAmongAll(String command) {
    // When
    CommandLine alone = HikkoshiCommand.commandLine(Session.ofProcess(), command);

    // Then
    assertThat(usage(alone, command)).isEqualTo(usage(commandLine(), command));
    int all = commandLine().getSubcommands().size();
    assertThat(alone.getSubcommands()).hasSize(command.equals("completion") ? all : 1);
  }

  private static String usage(CommandLine line, String command) {
    return Objects.requireNonNull(line.getSubcommands().get(command))
        .getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  @Test
  void aWordThatIsNoCommandHasAllCommandsToBeMeant() {
    // When
    CommandLine line = HikkoshiCommand.commandLine(Session.ofProcess(), "stauts");

    // Then
    assertThat(line.getSubcommands().keySet()).isEqualTo(commandLine().getSubcommands().keySet());
  }

  @Test
  void variablesStandForFlagsAndFlagsWin() {
    // Given
    Terminal terminal = new Terminal().variable("HIKKOSHI_OUTPUT", "json");

    // Then
    assertThat(terminal.run("version").out()).startsWith("{");
    assertThat(terminal.run("version", "-o", "name").out()).startsWith("hikkoshi/");
  }

  @Test
  void withoutAnyClusterTheStateCannotBeRead() {
    // When
    Result result = new Terminal().variable("HOME", folder.toString()).run("status");

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).contains("no management cluster").contains("--kubeconfig");
  }

  @Test
  void aServerThatDoesNotAnswerIsNoEmptyAnswer() throws IOException {
    // Given
    Path kubeconfig = dead();

    // When
    Result result = new Terminal().run("status", "--kubeconfig", kubeconfig.toString());

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("does not answer")
        .contains("https://127.0.0.1:1")
        .doesNotContain("a-secret-token");
  }

  @Test
  void aContextThatIsNotThereIsNeverTheCurrentOne() throws IOException {
    // Given
    String kubeconfig = dead().toString();

    // When
    Result result =
        new Terminal()
            .run(
                "return", "shop", "--reason", "x", "--kubeconfig", kubeconfig, "--context", "daed");

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err())
        .contains("there is no context 'daed' in the kubeconfig; did you mean 'dead'?")
        .contains("There are: dead.");
    assertThat(
            new Terminal()
                .in(SAMPLE)
                .run("diff", "--cluster-kubeconfig", kubeconfig, "--cluster-context", "x")
                .err())
        .contains("there is no context 'x'");
  }

  @Test
  void aClusterThatCannotBeComparedWithIsNotTheManagementCluster() throws IOException {
    // Given
    Path chart = Files.createDirectories(folder.resolve("web"));
    Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: web, version: 1.0.0}\n");
    Files.writeString(folder.resolve("helmfile.yaml"), "releases: [{name: web, chart: ./web}]\n");

    // When
    Result result =
        new Terminal().in(folder).run("diff", "--cluster-kubeconfig", dead().toString());

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err())
        .contains("the current context cannot be compared with: ")
        .contains("https://127.0.0.1:1")
        .contains("--cluster-context")
        .doesNotContain("management");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "return", "resume", "handover"})
  void anOrderWithoutAReasonIsWrongUsageAndNobodyIsAsked(String order) throws IOException {
    // Given
    String kubeconfig = dead().toString();

    // When
    Result empty = new Terminal().run(order, "shop", "--reason", " ", "--kubeconfig", kubeconfig);
    Result endless =
        new Terminal()
            .run(order, "shop", "--reason", "x".repeat(1_001), "--kubeconfig", kubeconfig);

    // Then
    assertThat(empty.exit()).isEqualTo(64);
    assertThat(empty.err()).contains("--reason says why in 1 to 1000 characters, this has 0");
    assertThat(endless.exit()).isEqualTo(64);
    assertThat(endless.err()).contains("this has 1001");
  }

  @Test
  void programsOfTheirOwnAreLeftToTheLauncher() {
    // When
    Result result = new Terminal().run("sandbox", "--state", "x");

    // Then
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).contains("./hikkoshi sandbox --state x");
  }

  @Test
  void completionKnowsCommandsAndFlags() {
    // Then
    assertThat(new Terminal().run("completion", "bash").out()).contains("--accept-weights");
    assertThat(new Terminal().run("completion", "zsh").out()).contains("compinit");
    assertThat(new Terminal().run("completion", "fish").exit()).isEqualTo(64);
  }

  @Test
  void aGoodFolderIsValid() {
    // When
    Result result = new Terminal().in(SAMPLE).run("validate", "--no-render");

    // Then
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("shop").contains("✓ good");
    assertThat(new Terminal().in(SAMPLE).run("validate", "-o", "name").out())
        .isEqualToIgnoringNewLines("environment/shop");
  }

  @Test
  void aFileOrFolderThatCannotBeUsedIsAnsweredWithTheReason() throws IOException {
    // Given
    Files.writeString(folder.resolve("file"), "");
    Terminal terminal = new Terminal().in(folder);

    // Then
    assertThat(terminal.run("validate", "nosuch").err()).contains("there is no folder nosuch");
    assertThat(terminal.run("validate", "file").err())
        .contains("file is no folder")
        .contains("Name the folder that has it");
    assertThat(terminal.run("verify", "--file", folder + "/nosuch").err())
        .contains("nosuch could not be read: it is not there");
    assertThat(
            terminal.run("init", "shop", "--cluster", "nosuch", "--account", "111122223333").err())
        .contains("the file nosuch cannot be read: it is not there");
    assertThat(
            terminal
                .run(
                    "init",
                    "shop",
                    "--cluster",
                    SAMPLE + "/shop/cluster.yaml",
                    "--account",
                    "111122223333",
                    "--into",
                    "file/shop")
                .err())
        .contains("cannot be written: ");
  }

  @Test
  void everyProblemIsShownWithItsPlaceItsLineAndAMark() throws IOException {
    // Given
    brokenSample();

    // When
    Result result = new Terminal().in(folder).run("validate", ".");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("shop/environment.yaml:\\d+:\\d+: ")
        .contains("spec2:")
        .containsPattern("(?m)^ +\\| +\\^+")
        .doesNotContain("\u001b[");
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(new Terminal().in(folder).run("validate", "-o", "json").out());
    assertThat(json.path("apiVersion").asText()).isEqualTo("hikkoshi.dev/v1alpha1");
    assertThat(json.path("kind").asText()).isEqualTo("Validation");
    assertThat(json.path("good").asBoolean()).isFalse();
    assertThat(json.at("/environments/0/problems/0/line").asInt()).isPositive();
  }

  @Test
  void colourIsForPeopleWhoDidNotSayNo() throws IOException {
    // Given
    brokenSample();

    // Then
    assertThat(new Terminal().in(folder).person("").run("validate").out()).contains("\u001b[");
    assertThat(new Terminal().in(folder).person("").variable("NO_COLOR", "1").run("validate").out())
        .doesNotContain("\u001b[");
  }

  @Test
  void aPlanWithChangesEndsWithTwo() throws IOException {
    // When
    Result result = new Terminal().in(SAMPLE).run("plan", "shop", "--offline", "-o", "json");

    // Then
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("as for a new environment");
    JsonNode plan = JsonMapper.builder().build().readTree(result.out());
    assertThat(plan.path("kind").asText()).isEqualTo("Plan");
    assertThat(plan.path("changes").asBoolean()).isTrue();
    assertThat(plan.at("/items/0/kind").asText()).isEqualTo("build");
  }

  @Test
  void aPlanSaysWhetherItsModeLetsAnythingBeWritten() throws IOException {
    // Given
    copiedSample();
    Path environment = folder.resolve("shop/environment.yaml");
    Files.writeString(
        environment, Files.readString(environment).replace("mode: act", "mode: observe"));

    // When
    String observed = new Terminal().in(folder).run("plan", "--offline").out();
    String acted = new Terminal().in(SAMPLE).run("plan", "--offline").out();

    // Then
    assertThat(observed).contains("Mode observe: nothing of this is written.");
    assertThat(acted).doesNotContain("nothing of this is written");
    assertThat(new Terminal().in(folder).run("plan", "shop", "--offline", "-o", "json").out())
        .contains("\"mode\" : \"observe\"");
  }

  @Test
  void aPlanOfWhatIsNotThereSaysWhatIs() {
    // When
    Result result = new Terminal().in(SAMPLE).run("plan", "shpo", "--offline");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("did you mean 'shop'?");
  }

  @Test
  void aBrokenDefinitionIsNoPlan() throws IOException {
    // Given
    brokenSample();

    // When
    Result result = new Terminal().in(folder).run("plan", "--offline");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("environment.yaml:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iam", "traffic", "cluster", "management", "people"})
  void rightsAreJsonAndYamlForProgramsToo(String kind) throws IOException {
    // When
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(new Terminal().run("rights", kind, "-o", "json").out());
    JsonNode yaml =
        YAMLMapper.builder()
            .build()
            .readTree(new Terminal().run("rights", kind, "-o", "yaml").out());

    // Then
    assertThat(json).isNotEmpty().isEqualTo(yaml);
  }

  @Test
  void rightsOfPeopleAreDocumentsOfTheirOwnEachOfOneKind() throws IOException {
    // When
    JsonNode list =
        JsonMapper.builder()
            .build()
            .readTree(new Terminal().run("rights", "people", "-o", "json").out());

    // Then: what follows without a separator would be one document with keys of two kinds
    assertThat(list.path("items").findValuesAsText("kind"))
        .contains(
            "Role", "RoleBinding", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    assertThat(list.at("/items/2/kind").asText()).isEqualTo("ValidatingAdmissionPolicy");
    assertThat(list.at("/items/2/roleRef").isMissingNode()).isTrue();
  }

  @Test
  void theStateOfAHelmfileIsJsonForProgramsToo() throws IOException {
    // Given
    Files.writeString(
        folder.resolve("helmfile.yaml"), "releases: [{name: web, chart: ./web, version: \"1\"}]\n");

    // When
    Result result = new Terminal().in(folder).run("build", "-o", "json");

    // Then
    JsonNode json = JsonMapper.builder().build().readTree(result.out());
    assertThat(json.path("kind").asText()).isEqualTo("Build");
    assertThat(json.at("/states/0/source").asText()).endsWith("helmfile.yaml");
    assertThat(json.at("/states/0/state/releases/0/name").asText()).isEqualTo("web");
  }

  @Test
  void flagsOfARepositoryWantARepository() {
    // Then
    assertThat(new Terminal().in(SAMPLE).run("plan", "--commit", "abcdef0").exit()).isEqualTo(64);
  }

  @Test
  void thePageListsEveryCommandFlagAndExitCode() throws IOException {
    // Given
    String page = Files.readString(ROOT.resolve("docs/cli.md"));
    CommandLine line = commandLine();

    // Then
    for (var entry : line.getSubcommands().entrySet()) {
      if (entry.getValue().getCommandSpec().usageMessage().hidden()) {
        continue;
      }
      assertThat(page).contains("`hikkoshi " + entry.getKey());
      for (var option : entry.getValue().getCommandSpec().options()) {
        List.of(option.names()).forEach(name -> assertThat(page).contains("`" + name + "`"));
      }
    }
    for (String kind : kinds()) {
      assertThat(page).contains("| `" + kind + "` |");
    }
    for (Exit exit : Exit.values()) {
      assertThat(page).contains("| " + exit.code() + " |");
    }
  }

  /** Every kind of document that some command makes. */
  private static List<String> kinds() throws IOException {
    Pattern made =
        Pattern.compile("(?:Documents\\.of\\(|[ (]document\\(|print\\(\\s*)\"([A-Z][A-Za-z]+)\"");
    try (Stream<Path> files = Files.walk(ROOT.resolve("cli/src/main/java"))) {
      List<String> kinds = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        made.matcher(Files.readString(file)).results().forEach(found -> kinds.add(found.group(1)));
      }
      return kinds;
    }
  }

  private Path dead() throws IOException {
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: dead
        clusters: [{name: dead, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: dead, user: {token: a-secret-token}}]
        contexts: [{name: dead, context: {cluster: dead, user: dead}}]
        """);
  }

  private void copiedSample() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(SAMPLE.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private void brokenSample() throws IOException {
    copiedSample();
    Path environment = folder.resolve("shop/environment.yaml");
    Files.writeString(
        environment, Files.readString(environment).replaceFirst("(?m)^spec:", "spec2:"));
  }
}
