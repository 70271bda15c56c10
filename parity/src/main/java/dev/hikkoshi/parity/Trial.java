package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Asks both sides at once about a case in a fresh folder. */
final class Trial {

  private final Side judge;
  private final Side ours;
  private final Path ground;
  private final ExecutorService threads;

  /**
   * Where cases are tried.
   *
   * @param ground folders of cases are made and removed below it
   */
  Trial(Side judge, Side ours, Path ground, ExecutorService threads) {
    this.judge = judge;
    this.ours = ours;
    this.ground = ground;
    this.threads = threads;
  }

  /** One verdict for each question of the case. */
  Map<Question, Verdict> of(Case one) throws InterruptedException {
    Path folder = ground.resolve(one.name());
    one.write(folder);
    try {
      Map<Question, Verdict> verdicts = new LinkedHashMap<>();
      for (Question question : one.questions()) {
        verdicts.put(question, judged(one, ask(folder, question)));
      }
      return verdicts;
    } finally {
      delete(folder);
    }
  }

  /** The verdict on a question about files that are there already. */
  Verdict ask(Path folder, Question question) throws InterruptedException {
    Future<Answer> expected = threads.submit(() -> judge.ask(folder, question));
    Answer mine = ours.ask(folder, question);
    try {
      return Verdict.of(expected.get(), mine);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the judge could not be asked", e.getCause());
    }
  }

  /** A case that is there for a refusal proves nothing when both accept it, and the reverse. */
  private static Verdict judged(Case one, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Equal _ when one.expected() == Case.Expected.REFUSED ->
          new Verdict.Different(List.of("both accept what is to be refused"));
      case Verdict.BothRefuse both when one.expected() == Case.Expected.ACCEPTED ->
          new Verdict.Different(
              List.of(
                  "both refuse what is to be accepted: helmfile: %s; hikkoshi: %s"
                      .formatted(both.judge(), both.ours())));
      default -> verdict;
    };
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
