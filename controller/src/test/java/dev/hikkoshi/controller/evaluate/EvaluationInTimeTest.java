package dev.hikkoshi.controller.evaluate;

import static dev.hikkoshi.controller.testing.LineDefinitions.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.controller.testing.BlindGateways;
import dev.hikkoshi.controller.testing.LineDefinitions;
import dev.hikkoshi.controller.testing.MemorySource;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Commits that take long to read, and commits that are read again. */
class EvaluationInTimeTest {

  private final LineDefinitions reader = new LineDefinitions();
  private final MemorySource source = new MemorySource("platform");

  private Evaluation evaluation(DefinitionReader commits, Source... sources) {
    return new Evaluation(
        List.of(sources),
        commits,
        new MixedChangeCheck(reader, BlindGateways.all()),
        Measuring.standard(),
        "ap-northeast-1",
        Set::of,
        (_, _) -> {});
  }

  private static Wish wish(Evaluation evaluation, String environment) {
    return evaluation.wishes(environment).wish(EnvironmentRecord.fresh(environment));
  }

  private static String version(Evaluation evaluation) {
    return wish(evaluation, "shop").desired().map(d -> d.cluster().version()).orElse("none");
  }

  @Test
  void aMistakeThatWasTheMachinesIsGoneAfterAWhile() {
    // Given
    AtomicBoolean busy = new AtomicBoolean(true);
    DefinitionReader sometimes =
        (tree, folder) -> {
          List<Reading> all = reader.read(tree, folder);
          return busy.get()
              ? List.of(
                  new Reading.Bad(
                      "shop", Optional.of("shop"), LineDefinitions.mistakes(), List.of()))
              : all;
        };
    Evaluation evaluation = evaluation(sometimes, source);
    SourceState.Head head = source.commit(Map.of(file("shop"), "shop 1.36 a1"));
    evaluation.hear(source, head);
    assertThat(wish(evaluation, "shop").stale()).isPresent();

    // When
    busy.set(false);
    Set<String> soon = evaluation.hear(source, later(head, Duration.ofMinutes(1)));
    Set<String> later = evaluation.hear(source, later(head, Duration.ofMinutes(5)));

    // Then
    assertThat(soon).isEmpty();
    assertThat(later).containsExactly("shop");
    assertThat(version(evaluation)).isEqualTo("1.36");
    assertThat(wish(evaluation, "shop").stale()).isEmpty();
    assertThat(reader.reads).isEqualTo(2);
  }

  private static SourceState later(SourceState.Head head, Duration by) {
    return new SourceState.Head(head.id(), head.at().plus(by));
  }

  /** Reads every commit at once but one, which it reads when it is told to. */
  private final class Slow implements DefinitionReader {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final String slow;

    Slow(String slow) {
      this.slow = slow;
    }

    @Override
    public List<Reading> read(FileTree tree, String folder) {
      if (tree.commit().equals(slow)) {
        begun.countDown();
        try {
          free.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return reader.read(tree, folder);
    }
  }

  private static <T> CompletableFuture<T> aside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  private static <T> T soon(CompletableFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(30, TimeUnit.SECONDS);
  }

  @Test
  void environmentsGoOnWhileACommitTakesLongToRead()
      throws ExecutionException, InterruptedException, TimeoutException {
    // Given
    Slow slow = new Slow("platform-commit-1");
    Evaluation evaluation = evaluation(slow, source);
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));
    SourceState next = source.commit(Map.of(file("shop"), "shop 1.37 a1"));
    CompletableFuture<Set<String>> heard = aside(() -> evaluation.hear(source, next));
    slow.begun.await();

    // When
    String meanwhile = soon(aside(() -> version(evaluation)));
    boolean undefined = soon(aside(() -> evaluation.wishes("shop").undefined()));
    slow.free.countDown();

    // Then
    assertThat(meanwhile).isEqualTo("1.36");
    assertThat(undefined).isFalse();
    assertThat(soon(heard)).containsExactly("shop");
    assertThat(version(evaluation)).isEqualTo("1.37");
  }

  @Test
  void aCommitThatTakesLongToReadHoldsUpNoOtherSource()
      throws ExecutionException, InterruptedException, TimeoutException {
    // Given
    Slow slow = new Slow("platform-commit-0");
    MemorySource second = new MemorySource("blogs");
    Evaluation evaluation = evaluation(slow, source, second);
    SourceState held = source.commit(Map.of(file("shop"), "shop 1.36 a1"));
    CompletableFuture<Set<String>> heard = aside(() -> evaluation.hear(source, held));
    slow.begun.await();

    // When
    SourceState other = second.commit(Map.of(file("blog"), "blog 1.36 a1"));
    Set<String> changed = soon(aside(() -> evaluation.hear(second, other)));
    slow.free.countDown();

    // Then
    assertThat(changed).containsExactly("blog");
    assertThat(soon(heard)).contains("shop");
    assertThat(evaluation.environments()).containsExactly("blog", "shop");
  }
}
