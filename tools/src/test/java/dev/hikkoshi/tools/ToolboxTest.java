package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hikkoshi.tools.ToolException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolboxTest {

  private static final Artifact RENDER = Tool.RENDER.pinned();
  private static final ModuleSources SOURCES =
      new ModuleSources.Checkout(Path.of(System.getProperty("hikkoshi.root"), "tools"));

  @TempDir Path folder;
  private final List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
  private FakeGo go;

  @BeforeEach
  void machine() throws IOException {
    go = new FakeGo(Files.createDirectory(folder.resolve("bin")), "go1.26.8", FakeGo.BUILDS);
  }

  @Test
  void whatIsBuiltOnceIsFoundAfterwards() {
    // When
    Path first = toolbox().find(RENDER);
    Path second = toolbox().find(RENDER);

    // Then
    assertThat(first).isExecutable().isEqualTo(second);
    assertThat(go.builds()).isEqualTo(1);
    assertThat(heard.getLast()).isInstanceOf(Progress.Found.class);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void progressSaysWhichOfHowMany() {
    // When
    toolbox().findAll(List.of(Tool.ETCD.pinned(), RENDER));

    // Then
    assertThat(heard)
        .filteredOn(Progress.Built.class::isInstance)
        .extracting(Progress::number, Progress::of)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 2), org.assertj.core.groups.Tuple.tuple(2, 2));
  }

  @Test
  void manyThreadsAtOnceBuildOnce() {
    // Given
    go.behaves("/bin/sleep 0.3; " + FakeGo.BUILDS);

    // When
    List<CompletableFuture<Path>> asked;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      asked =
          IntStream.range(0, 8)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> toolbox().find(RENDER), threads))
              .toList();
    }

    // Then
    assertThat(asked.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(go.builds()).isEqualTo(1);
    assertThat(heard).anyMatch(Progress.Waiting.class::isInstance);
  }

  @Test
  void anInterruptedBuildLeavesNothingThatCouldBeTakenForABinary() throws Exception {
    // Given
    go.behaves("echo half > \"$out\"; echo $$ > ${0%/*}/pid; exec /bin/sleep 60");
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread building =
        Thread.ofPlatform()
            .start(
                () ->
                    outcome.complete(
                        catchThrowableOfType(ToolException.class, () -> toolbox().find(RENDER))));
    Awaitility.await().until(() -> go.exists("pid"));

    // When
    building.interrupt();

    // Then
    assertThat(outcome.get(10, TimeUnit.SECONDS)).satisfies(reason(Reason.INTERRUPTED));
    long pid = Long.parseLong(Files.readString(go.folder().resolve("pid")).strip());
    Awaitility.await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(leftovers()).isEmpty();
    go.behaves(FakeGo.BUILDS);
    assertThat(toolbox().find(RENDER)).isExecutable();
  }

  @Test
  void aBuildThatFailsShowsWhatGoSaid() {
    // Given
    go.behaves("echo example.org/a; echo 'a.go:1:1: undefined: x' >&2; exit 1");

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> toolbox().find(RENDER))
        .satisfies(reason(Reason.BUILD))
        .withMessageContaining("undefined: x")
        .withMessageNotContaining("example.org/a");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aBuildWithoutEndIsStopped() {
    // Given
    go.behaves("exec /bin/sleep 60");
    Toolbox impatient = toolbox(go.environment(), ToolboxTest::plenty, Duration.ofMillis(1));

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> impatient.find(RENDER))
        .satisfies(reason(Reason.BUILD))
        .withMessageContaining("was stopped");
  }

  @Test
  void withoutGoItSaysWhatToInstall() {
    // Given
    Map<String, String> nothing = Map.of("PATH", folder.resolve("empty").toString());

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> toolbox(nothing).find(RENDER))
        .satisfies(reason(Reason.NO_GO))
        .withMessageContaining("Install Go 1.26");
  }

  @Test
  void whatWasBuiltIsStillFoundWhenGoIsGone() {
    // Given
    Path built = toolbox().find(RENDER);
    Map<String, String> nothing = Map.of("PATH", folder.resolve("empty").toString());

    // When, Then
    assertThat(toolbox(nothing).find(RENDER)).isEqualTo(built);
  }

  @Test
  void anOldGoIsRefusedBeforeItDownloadsAnything() {
    // Given
    go = new FakeGo(go.folder(), "go1.19.13", FakeGo.BUILDS);

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> toolbox().find(RENDER))
        .satisfies(reason(Reason.OLD_GO))
        .withMessageContaining("go1.19.13")
        .withMessageContaining("Install Go 1.26");
    assertThat(go.builds()).isZero();
  }

  @Test
  void aFullDiskIsSeenBeforeTheBuild() {
    // Given
    Toolbox small = toolbox(go.environment(), _ -> 100L << 20, GoBuild.DEADLINE);

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> small.find(Tool.KUBE_APISERVER.pinned()))
        .satisfies(reason(Reason.DISK_FULL))
        .withMessageContaining("needs about 4000 MB")
        .withMessageContaining("100 MB are left");
    assertThat(go.builds()).isZero();
  }

  @Test
  void aDiskThatFillsUpInTheMidstIsNamed() {
    // Given
    go.behaves("echo half > \"$out\"; echo 'write $WORK/a: no space left on device' >&2; exit 1");

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> toolbox().find(RENDER))
        .satisfies(reason(Reason.DISK_FULL))
        .withMessageContaining("Free some space");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aMissingNetworkIsNamedAndCredentialsAreNot() {
    // Given
    go.behaves(
        "echo 'Get \"https://me:s3cret@proxy.example/x/@v/v1.mod\": dial tcp: no such host' >&2; exit 1");

    // When, Then
    assertThatExceptionOfType(ToolException.class)
        .isThrownBy(() -> toolbox().find(RENDER))
        .satisfies(reason(Reason.NETWORK))
        .withMessageContaining("GOPROXY")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void goSeesItsOwnSettingsAndNothingElseOfTheEnvironment() {
    // Given
    Map<String, String> environment = new HashMap<>(go.environment());
    environment.put("GOPROXY", "off");
    environment.put("https_proxy", "http://proxy.example");
    environment.put("AWS_SECRET_ACCESS_KEY", "s3cret");
    environment.put("GOOS", "plan9");

    // When
    toolbox(environment).find(RENDER);

    // Then
    assertThat(go.environmentOfLastBuild())
        .contains("GOPROXY=off", "https_proxy=http://proxy.example", "CGO_ENABLED=0", "GOWORK=off")
        .noneMatch(line -> line.startsWith("AWS_") || line.startsWith("GOOS="));
  }

  @Test
  void aBinaryInThePathIsTakenIfItsMinorIsRight() {
    // Given
    go.alsoInPath("kubectl", "Client Version: v1.37.0");
    go.alsoInPath("etcd", "etcd Version: 3.5.12");

    // When
    Path kubectl = toolbox().find(Tool.KUBECTL.pinned());
    Path older = toolbox().find(Tool.KUBECTL.at("1.36"));
    Path etcd = toolbox().find(Tool.ETCD.pinned());

    // Then
    assertThat(kubectl).isEqualTo(go.folder().resolve("kubectl"));
    assertThat(older).startsWith(folder.resolve("cache"));
    assertThat(etcd).startsWith(folder.resolve("cache"));
  }

  @Test
  void kubebuilderAssetsComeBeforeThePath() {
    // Given
    Path assets = folder.resolve("assets");
    FakeGo.executable(assets.resolve("etcd"), "#!/bin/sh\necho 'etcd Version: 3.7.1'\n");
    Map<String, String> environment = new HashMap<>(go.environment());
    environment.put("KUBEBUILDER_ASSETS", assets.toString());

    // When, Then
    assertThat(toolbox(environment).find(Tool.ETCD.pinned())).isEqualTo(assets.resolve("etcd"));
  }

  @Test
  void aProgramThatDoesNotAnswerIsGivenUp() {
    // Given
    Path slow = folder.resolve("slow");
    FakeGo.executable(slow, "#!/bin/sh\n/bin/sleep 60\n");

    // When, Then
    assertThat(Executables.ask(List.of(slow.toString()), Map.of(), Duration.ofMillis(200)))
        .isEmpty();
  }

  @Test
  void theContentKeyFollowsSourcesAndVersionOnly() {
    // Given
    var sources = new TreeMap<>(SOURCES.files(GoModule.KUBERNETES));
    String key = ToolCache.contentKey(Tool.KUBECTL.pinned(), sources);

    // When
    String other = ToolCache.contentKey(Tool.KUBECTL.at("1.36"), sources);
    sources.put("go.sum", "changed".getBytes(StandardCharsets.UTF_8));
    String changed = ToolCache.contentKey(Tool.KUBECTL.pinned(), sources);

    // Then
    assertThat(List.of(key, other, changed)).doesNotHaveDuplicates();
    assertThat(ToolCache.contentKey(Tool.KUBECTL.pinned(), SOURCES.files(GoModule.KUBERNETES)))
        .isEqualTo(key);
  }

  @Test
  void theCacheFolderFollowsTheEnvironment() {
    // When, Then
    assertThat(ToolCache.of(Map.of("HIKKOSHI_CACHE", "/c", "HOME", "/h")).root())
        .isEqualTo(Path.of("/c"));
    assertThat(ToolCache.of(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")).root())
        .isEqualTo(Path.of("/x/hikkoshi"));
    assertThat(ToolCache.of(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")).root())
        .isEqualTo(Path.of("/h/.cache/hikkoshi"));
  }

  @Test
  void theLaunchersKeysFindWhatTheSourcesFind() throws IOException {
    // Given
    Path built = toolbox().find(RENDER);
    Path keys = folder.resolve("keys");
    Files.writeString(keys, KnownKeys.text(toolbox(), List.of(RENDER)));
    ModuleSources unreadable = new ModuleSources.Checkout(folder.resolve("nowhere"));

    // When
    Toolbox knowing = knowing(unreadable, KnownKeys.in(keys.toString()));

    // Then
    assertThat(knowing.ready(RENDER)).contains(built);
    assertThat(knowing(SOURCES, KnownKeys.in(null)).ready(RENDER)).contains(built);
  }

  @Test
  void withoutAFileOfKeysTheSourcesAreRead() {
    // Given
    Path built = toolbox().find(RENDER);

    // When
    KnownKeys none = KnownKeys.in(folder.resolve("nothing").toString());

    // Then
    assertThat(knowing(SOURCES, none).ready(RENDER)).contains(built);
  }

  private Toolbox knowing(ModuleSources sources, KnownKeys known) {
    return toolbox(go.environment(), sources, ToolboxTest::plenty, GoBuild.DEADLINE, known);
  }

  private Toolbox toolbox() {
    return toolbox(go.environment());
  }

  private Toolbox toolbox(Map<String, String> environment) {
    return toolbox(environment, ToolboxTest::plenty, GoBuild.DEADLINE);
  }

  private Toolbox toolbox(Map<String, String> environment, SpaceProbe space, Duration deadline) {
    return toolbox(environment, SOURCES, space, deadline, KnownKeys.in(null));
  }

  private Toolbox toolbox(
      Map<String, String> environment,
      ModuleSources sources,
      SpaceProbe space,
      Duration deadline,
      KnownKeys known) {
    return new Toolbox(
        InstantSource.system(),
        heard::add,
        new Toolbox.Surroundings(
            environment, new ToolCache(folder.resolve("cache")), sources, space, deadline, known));
  }

  private static long plenty(Path folder) {
    return Long.MAX_VALUE;
  }

  private static java.util.function.Consumer<Throwable> reason(Reason expected) {
    return e ->
        assertThat(e)
            .isInstanceOfSatisfying(
                ToolException.class, known -> assertThat(known.reason()).isEqualTo(expected));
  }

  private List<Path> leftovers() {
    try (Stream<Path> work = Files.list(folder.resolve("cache/work"))) {
      return work.toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
