package dev.hikkoshi.clusters.aws;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was answered in one look, so that parts of the look which run side by side ask only once. It
 * lives as long as the look and is dropped with it. A question that failed is asked again.
 */
public final class OneLook {

  private final Map<Object, CompletableFuture<Object>> answers = new ConcurrentHashMap<>();

  /**
   * The answer to a question, asked by whoever comes first; the others wait for it.
   *
   * @param question equal for equal questions, and of one kind of answer
   */
  @SuppressWarnings("unchecked") // the question decides what kind of answer it has
  public <T> T once(Object question, Supplier<T> ask) {
    CompletableFuture<Object> mine = new CompletableFuture<>();
    CompletableFuture<Object> first = answers.putIfAbsent(question, mine);
    if (first != null) {
      return (T) joined(first);
    }
    try {
      T answer = ask.get();
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      answers.remove(question, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static Object joined(CompletableFuture<Object> first) {
    try {
      return first.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
