package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Terminal.Result;
import dev.hikkoshi.clusters.charts.Settlements.Settled;
import dev.hikkoshi.clusters.record.Commands;
import dev.hikkoshi.clusters.record.Definitions;
import dev.hikkoshi.clusters.record.KeptCharts;
import dev.hikkoshi.clusters.record.KubeRecordStore;
import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.clusters.record.StatusWriter;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.SkipCheck;
import dev.hikkoshi.environments.record.TakeBack;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a real API server that holds what a controller would have written. */
class ManagementClusterIT {

  private static final String NAMESPACE = "hikkoshi";

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static Management management;
  private static Scenario held;
  private static Result beforeInstall;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    beforeInstall = hikkoshi("status");
    plane.kubectl("", "create", "namespace", NAMESPACE);
    plane.kubectl("", "config", "set-context", "--current", "--namespace=" + NAMESPACE);
    management = Management.connect(Optional.of(plane.kubeconfig()), Optional.empty());
    new Definitions(management).install();
    held =
        Scenario.moving("stepping")
            .untilShare("web", 5)
            .somebody()
            .weighs("web", "shop-1-37-2", 60)
            .passes(Duration.ofSeconds(5));
    save(held.record());
    EnvironmentView view =
        EnvironmentView.of(
            Wish.of(Wishes.sample("1.37").desired()), Optional.empty(), held.plan(), held.now());
    new StatusWriter(management, held::now).write("shop", view);
    save(EnvironmentRecord.fresh("silent"));
  }

  @AfterAll
  static void stop() {
    if (management != null) {
      management.close();
    }
    if (plane != null) {
      plane.close();
    }
  }

  private static void save(EnvironmentRecord record) {
    new KubeRecordStore(management, () -> 1).save(record, "");
  }

  private static Terminal terminal() {
    InstantSource clock = held == null ? InstantSource.system() : later(held.now());
    return new Terminal().at(clock).variable("HIKKOSHI_KUBECONFIG", plane.kubeconfig().toString());
  }

  private static InstantSource later(Instant seen) {
    return InstantSource.fixed(seen.plusSeconds(3));
  }

  private static Result hikkoshi(String... words) {
    return terminal().run(words);
  }

  private static JsonNode json(String text) throws IOException {
    return JsonMapper.builder().build().readTree(text);
  }

  @Test
  void withoutDefinitionsItSaysWhoInstallsThem() {
    // Then
    assertThat(beforeInstall.exit()).isEqualTo(5);
    assertThat(beforeInstall.err()).contains("hikkoshi run installs");
  }

  @Test
  void statusShowsTheBannerAndItsAge() {
    // When
    Result result = hikkoshi("status", "shop");

    // Then
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith("■ HOLDING · shop")
        .contains("Data: 3 s old")
        .contains("shop-1-37-2");
  }

  @Test
  void anEnvironmentThatWasNeverShownIsUnreadableAndHidesNoOther() {
    // When
    Result result = hikkoshi("status");

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out()).contains("HOLDING").contains("? silent");
  }

  @Test
  void statusForProgramsIsOneDocument() throws IOException {
    // When
    JsonNode status = json(hikkoshi("status", "shop", "-o", "json").out());

    // Then
    assertThat(status.path("kind").asText()).isEqualTo("EnvironmentStatus");
    assertThat(status.at("/banner/state").asText()).isEqualTo("holding");
    assertThat(status.path("ageSeconds").asInt()).isEqualTo(3);
    assertThat(Instant.parse(status.path("at").asText())).isEqualTo(held.now());
  }

  @Test
  void aShellCompletesNamesOfEnvironments() throws Exception {
    // Given
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("hikkoshi");
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' -cp '%s' dev.hikkoshi.cli.Start \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    program.toFile().setExecutable(true);
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, hikkoshi("completion", "bash").out());

    // Then
    assertThat(completed(program, script, "status", "sh")).contains("shop");
    assertThat(completed(program, script, "explain", "")).contains("shop", "silent");
    assertThat(completed(program, script, "resume", "shop", "--reason", "")).doesNotContain("shop");
    assertThat(completed(program, script, "status", "--acc")).doesNotContain("shop");
  }

  private static List<String> completed(Path program, Path script, String... words)
      throws Exception {
    String line = "hikkoshi '" + String.join("' '", words) + "'";
    String ask =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _hikkoshi_with_environments hikkoshi \"${COMP_WORDS[COMP_CWORD]}\" x; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, line, words.length);
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true);
    bash.environment().put("HIKKOSHI_KUBECONFIG", plane.kubeconfig().toString());
    bash.environment()
        .merge(
            "PATH",
            Objects.requireNonNull(program.getParent()).toString(),
            (old, own) -> own + ":" + old);
    Process running = bash.start();
    String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    running.waitFor();
    return out.lines().toList();
  }

  @Test
  void aWatchForProgramsPrintsALineForEachChangeOnly() throws IOException {
    // When
    Result result = terminal().looks(3).run("status", "shop", "-w", "-o", "json");

    // Then
    assertThat(result.out().lines()).hasSize(1);
    assertThat(json(result.out()).path("environment").asText()).isEqualTo("shop");
  }

  @Test
  void aWatchOnATerminalDrawsOver() {
    // When
    Result result = terminal().person("").looks(2).run("status", "shop", "-w");

    // Then
    assertThat(result.out().split("\u001b\\[H", -1)).hasSize(4);
    assertThat(result.out()).endsWith("\u001b[?25h");
  }

  @Test
  void aNameThatIsNotThereIsAnsweredWithTheNearest() {
    // When
    Result result = hikkoshi("explain", "shpo");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("did you mean 'shop'?");
  }

  @Test
  void explainSaysWhyItWaitsAndWhatLiftsIt() {
    // When
    Result result = hikkoshi("explain", "shop");

    // Then
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("Why it waits")
        .contains("■ web (traffic, foreign-write)")
        .contains("hikkoshi resume shop --reason TEXT");
  }

  @Test
  void historyShowsTheRecordAndAMovesWholeJournal() throws IOException {
    // Given
    String move = held.move().id();

    // When
    JsonNode newest = json(hikkoshi("history", "shop", "-o", "json").out());
    JsonNode whole = json(hikkoshi("history", "shop", "--move", move, "-o", "json").out());

    // Then
    assertThat(newest.path("entries")).hasSize(held.record().journal().size());
    assertThat(whole.path("entries"))
        .hasSize((int) held.record().journal().stream().filter(e -> e.move().equals(move)).count());
    assertThat(hikkoshi("history", "shop", "-o", "name").out()).contains("move/" + move);
    assertThat(hikkoshi("history", "shop", "--move", "none").exit()).isEqualTo(1);
  }

  @Test
  void aReportTellsTheWholeMove() throws IOException {
    // Given
    String move = "told-1-37-2-x";
    EnvironmentRecord record =
        EnvironmentRecord.fresh("told")
            .with(named(move, held.move()))
            .log(
                held.now(), "hikkoshi", "phase syncing", "", Optional.of(new Fact.Phase("syncing")))
            .log(held.now().plusSeconds(60), "ann", "resumed: seen", "");
    new KubeRecordStore(management, () -> 1).save(record, "");

    // When
    Result markdown = hikkoshi("report", move);
    JsonNode data = json(hikkoshi("report", move, "-o", "json").out());

    // Then
    assertThat(markdown.out()).startsWith("# Move " + move);
    assertThat(hikkoshi("report", move, "--html").out()).startsWith("<!doctype html>");
    assertThat(data.path("phases").findValuesAsText("text"))
        .containsExactly("phase syncing", "resumed: seen");
    assertThat(hikkoshi("report", move + "y").err()).contains("did you mean '" + move + "'?");
  }

  @Test
  void aMoveIsHeldAgainstTheRulesInTheClusterAndInAFile(@TempDir Path folder) throws IOException {
    // Given
    String move = held.move().id();
    String history = hikkoshi("history", "shop", "--move", move, "-o", "json").out();
    Path file = Files.writeString(folder.resolve("move.json"), history);
    ObjectNode twice = (ObjectNode) json(history);
    ArrayNode entries = twice.withArray("entries");
    entries.addAll(List.copyOf(entries.findParents("fact")));
    Path broken = Files.writeString(folder.resolve("broken.json"), twice.toString());

    // When
    Result kept = hikkoshi("verify", move);
    Result read = hikkoshi("verify", "--file", file.toString());
    Result told = hikkoshi("verify", "--file", broken.toString());

    // Then
    assertThat(kept.exit()).isZero();
    assertThat(kept.out()).startsWith("no rule was broken by ");
    assertThat(read.out()).isEqualTo(kept.out());
    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.out()).contains("ends a second time");
    assertThat(json(hikkoshi("verify", move, "-o", "json").out()).path("breaches")).isEmpty();
    assertThat(hikkoshi("verify").exit()).isEqualTo(64);
    assertThat(hikkoshi("verify", move + "y").err()).contains("did you mean '" + move + "'?");
  }

  @Test
  void entriesThatRolledIntoConfigMapsAreShownOnceAndInOrder() throws IOException {
    // Given
    KubeRecordStore store = new KubeRecordStore(management, () -> 1);
    EnvironmentRecord record =
        EnvironmentRecord.fresh("long").with(named("long-1-37-2-x", held.move()));
    String version = "";
    for (int i = 0; i < 400; i++) {
      record = record.log(held.now().plusSeconds(i), "hikkoshi", "entry " + i, "");
      if (i % 50 == 49) {
        version = store.save(record, version);
      }
    }
    String move = "long-1-37-2-x";

    // When
    Result result = hikkoshi("history", "long", "--move", move, "-o", "json");

    // Then
    assertThat(plane.kubectl("", "get", "configmaps", "-n", NAMESPACE).text())
        .contains(move + "-journal-0");
    List<String> texts = new ArrayList<>();
    json(result.out()).path("entries").forEach(e -> texts.add(e.path("text").asText()));
    assertThat(texts.stream().filter(text -> text.startsWith("entry ")))
        .containsExactlyElementsOf(IntStream.range(0, 400).mapToObj(i -> "entry " + i).toList());
  }

  @Test
  void aPlanComparesWithTheRecord() throws IOException {
    // Given
    Path root = Path.of(System.getProperty("hikkoshi.root", ".."));

    // When
    Result result =
        hikkoshi("plan", "shop", "--folder", root.resolve("docs/sample").toString(), "-o", "json");

    // Then
    assertThat(result.exit()).isEqualTo(2);
    assertThat(json(result.out()).at("/items/0/why").asText()).doesNotContain("no cluster yet");
  }

  @Test
  void aPlanTakesARangeAsTheControllerSettledItAndKeepsNothing() throws IOException {
    // Given
    Path origin = Files.createDirectory(folder.resolve("settled"));
    try (SampleRepository repository = SampleRepository.in(origin)) {
      repository.replace(
          "shop/helmfile.yaml",
          "---\nreleases:\n",
          """
          ---
          repositories: [{name: there, url: "http://127.0.0.1:1"}]
          releases:
            - {name: far, namespace: web, chart: there/far, version: ^1}
          """);
    }
    KeptCharts kept = new KeptCharts(management);
    kept.keep(
        "shop", "of before", Map.of("http://127.0.0.1:1 far ^1", new Settled("1.3.0", "abc")));
    String before = plane.kubectl("", "get", "cm", "-n", NAMESPACE, "-o", "json").text();

    // When
    Result result = hikkoshi("plan", "shop", "--folder", origin.toString(), "-o", "json");

    // Then
    JsonNode chart = json(result.out()).at("/charts/0");
    assertThat(chart.path("version").asText()).as(result.out() + result.err()).isEqualTo("1.3.0");
    assertThat(chart.path("why").asText()).isEqualTo("as the controller settled it");
    assertThat(plane.kubectl("", "get", "cm", "-n", NAMESPACE, "-o", "json").text())
        .isEqualTo(before);
  }

  @Test
  void withoutAPersonNothingIsLiftedUnlessItSaysYes() {
    // Given
    save(with("pipe"));

    // When
    Result asked = hikkoshi("resume", "pipe", "--reason", "seen");
    Result denied = terminal().person("n").run("resume", "pipe", "--reason", "seen");

    // Then
    assertThat(asked.exit()).isEqualTo(64);
    assertThat(asked.err()).contains("--yes");
    assertThat(denied.exit()).isEqualTo(3);
    assertThat(commands().pending("pipe")).isEmpty();
  }

  @Test
  void whoIsAboutToGoHomeHearsWhatThatTakes() {
    // When
    Result denied = terminal().person("n").run("return", "shop", "--reason", "it looks wrong");

    // Then
    assertThat(denied.exit()).isEqualTo(3);
    assertThat(denied.err()).contains("revert: one write for each route");
    assertThat(commands().pending("shop")).isEmpty();
  }

  @Test
  void aResumeIsWrittenInTheNameOfItsAuthor() throws IOException {
    // Given
    save(with("asks"));

    // When
    Result result = terminal().person("y").run("resume", "asks", "--reason", "seen", "-o", "json");

    // Then
    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("LIFTS").contains("somebody else wrote weights");
    assertThat(json(result.out()).path("done").asBoolean()).isFalse();
    Commands.Pending pending = commands().pending("asks").orElseThrow();
    assertThat(pending.id()).isEqualTo(json(result.out()).path("id").asText());
    assertThat(pending.order().author()).isEqualTo("admin (not proven)");
    assertThat(pending.order().reason()).isEqualTo("seen");
  }

  @Test
  void aHandoverIsRefusedWhileAMoveIsUnderWay() {
    // Given
    save(
        Scenario.moving("stepping")
            .record()
            .renamed("busy", Instant.parse("2026-11-24T01:02:03Z")));

    // When
    Result result = hikkoshi("handover", "busy", "--reason", "we go on without", "--yes");

    // Then
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("busy: the move to").contains("is under way");
    assertThat(commands().pending("busy")).isEmpty();
  }

  @Test
  void aHandoverIsWrittenInTheNameOfItsAuthor() throws IOException {
    // Given
    save(EnvironmentRecord.fresh("leaves"));

    // When
    Result result =
        terminal().person("y").run("handover", "leaves", "--reason", "enough", "-o", "json");

    // Then
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("No cluster is remembered");
    Commands.Pending pending = commands().pending("leaves").orElseThrow();
    assertThat(pending.id()).isEqualTo(json(result.out()).path("id").asText());
    assertThat(pending.order()).isInstanceOf(Leave.class);
    assertThat(pending.order().author()).isEqualTo("admin (not proven)");
  }

  @Test
  void whatWasHandedOverIsToldAndCanBeTakenBack() throws IOException {
    // Given
    Handover.Done done =
        new Handover.Done(
            "ann", "enough", Instant.parse("2026-11-24T01:02:03Z"), List.of("a cluster"));
    save(EnvironmentRecord.fresh("left").letGo(done));

    // When
    Result twice = hikkoshi("handover", "left", "--reason", "again", "--yes");
    Result back = hikkoshi("handover", "left", "--take-back", "--reason", "anew", "--yes");

    // Then
    assertThat(twice.exit()).isEqualTo(3);
    assertThat(twice.err()).contains("it was handed over, as asked by ann");
    assertThat(back.exit()).as(back.err()).isZero();
    assertThat(back.err()).contains("spec.cluster.adopt");
    assertThat(commands().pending("left").orElseThrow().order()).isInstanceOf(TakeBack.class);
  }

  @Test
  void aWaitEndsWhenTheRequestWasTakenOrInTime() {
    // Given
    save(with("waits"));
    List<String> words = List.of("resume", "waits", "--reason", "seen", "--yes", "--wait");

    // When
    Result late = terminal().looks(3).run(words.toArray(String[]::new));
    Thread controller =
        Thread.ofVirtual()
            .start(
                () -> {
                  String first = commands().pending("waits").orElseThrow().id();
                  Awaitility.await()
                      .until(() -> !commands().pending("waits").orElseThrow().id().equals(first));
                  commands().acknowledge(commands().pending("waits").orElseThrow());
                });
    Result taken = terminal().looks(1_000).run(words.toArray(String[]::new));

    // Then
    assertThat(late.exit()).isEqualTo(4);
    assertThat(taken.exit()).isZero();
    assertThat(taken.out()).contains("waits resumed");
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !controller.isAlive());
  }

  @Test
  void whereNothingHoldsThereIsNothingToResume() {
    // Then
    assertThat(hikkoshi("resume", "silent", "--reason", "x", "--yes").exit()).isEqualTo(3);
  }

  /** A move to 1.37 that waits for a person before a quarter of the traffic. */
  private static EnvironmentRecord asking(String name) {
    Duration min = Duration.ofMinutes(1);
    List<Step> steps =
        List.of(new Step(25, min, min, true), new Step(100, min, min.plusMinutes(9)));
    return Scenario.serving(Wishes.sample("1.36"))
        .commit(Wishes.sample("1.37").steps(steps))
        .untilPhase("warm")
        .record()
        .renamed(name, Instant.parse("2026-11-24T01:02:03Z"));
  }

  @Test
  void anApprovalNamesItsMoveAndItsStep() throws IOException {
    // Given
    save(asking("careful"));
    String[] words = {"approve", "careful", "--reason", "quiet", "--yes", "-o", "json", "--step"};

    // When
    Result none = hikkoshi(with(words, "100"));
    Result given = hikkoshi(with(words, "25"));

    // Then
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.err()).contains("the step to 100 % asks for no approval; 25 % do");
    assertThat(given.exit()).as(given.err()).isZero();
    Approve order = (Approve) commands().pending("careful").orElseThrow().order();
    assertThat(order.step()).isEqualTo(25);
    assertThat(order.move()).isEqualTo(json(given.out()).path("move").asText());
  }

  private static String[] with(String[] words, String last) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(last);
    return all.toArray(String[]::new);
  }

  @Test
  void aSkipNamesItsCheckAndItsEnd() {
    // Given
    save(asking("blind"));

    // When
    Result result =
        hikkoshi(
            "skip", "blind", "--check", "errors", "--reason", "no meters", "--until", "2h", "-y");

    // Then
    assertThat(result.exit()).as(result.err()).isZero();
    SkipCheck order = (SkipCheck) commands().pending("blind").orElseThrow().order();
    assertThat(order.check()).isEqualTo("errors");
    assertThat(order.until()).contains(held.now().plusSeconds(3).plus(Duration.ofHours(2)));
  }

  @Test
  void aFreezeIsForEveryEnvironmentAndAThawEndsIt() throws IOException {
    // When
    Result early = hikkoshi("thaw", "--reason", "x", "--yes");
    Result over = hikkoshi("freeze", "--reason", "x", "--until", "2026-01-01", "--yes");
    Result frozen = hikkoshi("freeze", "--reason", "sale", "--until", "8h", "--yes", "-o", "json");
    Result longer = terminal().person("y").run("freeze", "--reason", "longer sale");
    String seen = plane.kubectl("", "get", "freezes", "-n", NAMESPACE).text();
    Result thawed = hikkoshi("thaw", "--reason", "over", "--yes");
    Result twice = hikkoshi("thaw", "--reason", "over", "--yes");

    // Then
    assertThat(early.exit()).isEqualTo(3);
    assertThat(early.err()).contains("nothing is frozen");
    assertThat(over.exit()).isEqualTo(64);
    assertThat(frozen.exit()).as(frozen.err()).isZero();
    assertThat(json(frozen.out()).path("author").asText()).isEqualTo("admin");
    assertThat(longer.err()).contains("Takes the place of: frozen by admin until");
    assertThat(seen).contains("longer sale");
    assertThat(thawed.out()).contains("thawed by admin");
    assertThat(twice.exit()).isEqualTo(3);
  }

  @Test
  void whoMayNotLookIsTold() throws IOException {
    // Given
    plane.kubectl("", "create", "serviceaccount", "nobody", "-n", NAMESPACE);
    String token = plane.kubectl("", "create", "token", "nobody", "-n", NAMESPACE).text().strip();
    Path kubeconfig = folder.resolve("nobody");
    Files.writeString(
        kubeconfig, Files.readString(plane.kubeconfig()).replace(LocalControlPlane.TOKEN, token));

    // When
    Result result = hikkoshi("status", "--kubeconfig", kubeconfig.toString());

    // Then
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).contains("access is denied").doesNotContain(token);
  }

  private static MoveRecord named(String id, MoveRecord m) {
    return new MoveRecord(
        id,
        m.from(),
        m.to(),
        m.commit(),
        m.startedAt(),
        m.phase(),
        m.steps(),
        m.routes(),
        m.homePods(),
        m.capacityWaived());
  }

  private static Commands commands() {
    return new Commands(management, InstantSource.system());
  }

  /** The held environment under another name. */
  private static EnvironmentRecord with(String name) {
    EnvironmentRecord record = EnvironmentRecord.fresh(name);
    for (var hold : held.record().holds()) {
      record = record.with(hold);
    }
    return record;
  }
}
