package dev.hikkoshi.clusters.route53;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/**
 * Questions to authoritative servers: each with an id and a port of its own, none out of a cache,
 * over UDP and again over TCP where the answer was cut. A server that does not answer is followed
 * by the next one.
 */
final class Asking {

  /** So many questions are under way at once: 2,000 answers take about a second. */
  private static final int IN_FLIGHT = 64;

  /** With more unanswered questions than that the rest is not asked: nobody is there. */
  private static final int MOST_UNANSWERED = IN_FLIGHT;

  private static final int ATTEMPTS = 3;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final List<SimpleResolver> servers;

  Asking(List<InetSocketAddress> servers) {
    this.servers =
        servers.stream()
            .map(
                address -> {
                  SimpleResolver resolver = new SimpleResolver(address);
                  resolver.setTimeout(TIMEOUT);
                  return resolver;
                })
            .toList();
  }

  /**
   * What came back.
   *
   * @param answers of authorities only
   * @param failed questions without one, and those that were not asked any more
   * @param why the last reason; empty when none failed
   */
  record Answers(List<Answer> answers, int failed, String why) {

    Answers {
      answers = List.copyOf(answers);
    }
  }

  /** Asks the same question so many times. */
  Answers ask(String name, int type, int times) {
    Name asked;
    try {
      asked = Name.fromString(RecordNames.kept(name).replace("\\052", "*"));
    } catch (TextParseException e) {
      return new Answers(List.of(), times, name + " is no DNS name");
    }
    if (servers.isEmpty()) {
      return new Answers(List.of(), times, "there is no server to ask");
    }
    Semaphore free = new Semaphore(IN_FLIGHT);
    AtomicReference<String> why = new AtomicReference<>("");
    List<CompletableFuture<Optional<Answer>>> under = new ArrayList<>(times);
    AtomicInteger unanswered = new AtomicInteger();
    for (int i = 0; i < times && unanswered.get() < MOST_UNANSWERED; i++) {
      free.acquireUninterruptibly();
      CompletableFuture<Optional<Answer>> one =
          send(Record.newRecord(asked, type, DClass.IN), i, ATTEMPTS, why);
      under.add(
          one.whenComplete(
              (answer, _) -> {
                if (answer == null || answer.isEmpty()) {
                  unanswered.incrementAndGet();
                }
                free.release();
              }));
    }
    List<Answer> answers =
        under.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    return new Answers(answers, times - answers.size(), why.get());
  }

  private CompletableFuture<Optional<Answer>> send(
      Record question, int turn, int attempts, AtomicReference<String> why) {
    SimpleResolver server = servers.get(turn % servers.size());
    Message query = Message.newQuery(question);
    query.getHeader().unsetFlag(Flags.RD);
    return server
        .sendAsync(query)
        .handle((message, problem) -> read(server, message, problem, why))
        .toCompletableFuture()
        .thenCompose(
            answer ->
                answer.isPresent() || attempts == 1
                    ? CompletableFuture.completedFuture(answer)
                    : send(question, turn + 1, attempts - 1, why));
  }

  private static Optional<Answer> read(
      SimpleResolver server,
      @Nullable Message message,
      @Nullable Throwable problem,
      AtomicReference<String> why) {
    Optional<Answer> answer = Optional.ofNullable(message).flatMap(Answer::of);
    if (answer.isEmpty()) {
      why.set("%s: %s".formatted(server.getAddress(), reason(problem)));
    }
    return answer;
  }

  private static String reason(@Nullable Throwable problem) {
    return switch (problem) {
      case null -> "answered, but not as an authority for the name";
      case CompletionException e -> reason(e.getCause());
      case IOException _ -> "no answer";
      default -> String.valueOf(problem.getMessage());
    };
  }
}
