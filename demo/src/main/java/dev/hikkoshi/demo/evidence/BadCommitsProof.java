package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Pushed;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Six commits that are wrong, one after the other, while users are there: traffic stays where it
 * is, nobody is lost, status says what is wrong and where, and the next good commit goes on.
 */
final class BadCommitsProof implements Proof {

  @Override
  public String on(Ground ground) {
    ground.serve(Overlay.shortTimes());
    MoveRecord first = ground.move();
    try (Inside cluster = ground.inside(first.to());
        Traffic users = ground.users()) {
      return new Run(ground, cluster, users, first).tell();
    }
  }

  /** One run, from the moment at which users are there. */
  private record Run(Ground ground, Inside cluster, Traffic users, MoveRecord before) {

    private static final int PASSES = 3;

    String tell() {
      List<BadCommit> commits = BadCommit.all();
      long call = ground.lastCall();
      int number = 0;
      for (BadCommit bad : commits) {
        number++;
        Pushed pushed = ground.merged(ground.repository().change(bad.subject(), bad.edit()));
        told(bad);
        harmless(bad.subject(), call);
        ground.merged(ground.repository().revert(pushed));
        good("Good morning, " + number, call);
      }
      alone();
      long requests = served();
      return "%d of %d told with their place, 0 writes to traffic, %d requests, 0 failed"
          .formatted(number, commits.size(), requests);
    }

    private void told(BadCommit bad) {
      ground.awaitCalmly(
          "status to say what is wrong with: " + bad.subject(),
          () -> bad.toldBy(ground.view()).isPresent());
      ground.say("status", bad.toldBy(ground.view()).orElse("(told, and over again)"));
      long passes = ground.passes();
      ground.awaitCalmly("some passes with it", () -> ground.passes() >= passes + PASSES);
      Ground.require(
          bad.toldBy(ground.view()).isPresent(),
          "status told it only for a moment, and now says: " + Trouble.in(ground.view()));
    }

    /** AWS was not written to, the move is the same, users are where they were. */
    private void harmless(String what, long call) {
      List<String> writes = ground.writesAfter(call);
      Ground.require(writes.isEmpty(), what + " wrote to AWS: " + writes);
      Ground.require(
          ground.move().id().equals(before.id()), what + " began the move " + ground.move().id());
      served();
    }

    /** Only this cluster answered, and nobody is without an answer. */
    private long served() {
      long requests = 0;
      for (var book : users.books().entrySet()) {
        Books books = book.getValue();
        Ground.require(books.failures() == 0, book.getKey() + " lost requests: " + books.details());
        Ground.require(
            books.answered().keySet().equals(Set.of(cluster.name())),
            book.getKey() + " was answered by " + books.answered());
        requests += books.answers();
      }
      return requests;
    }

    /** The next good commit arrives, and nothing is told any more. */
    private void good(String greeting, long call) {
      ground.merged(ground.repository().change("Say: " + greeting, Text.greeting(greeting)));
      ground.awaitCalmly(
          "the next good commit",
          () ->
              cluster.serves(greeting)
                  && cluster.rolledOut("api", "api")
                  && Trouble.in(ground.view()).isEmpty());
      ground.say("seen", "the next good commit is there: " + greeting);
      harmless("the good commit", call);
    }

    /** What was refused together goes on one by one: the chart, then the version. */
    private void alone() {
      ground.merged(ground.repository().change("The web chart alone", BadCommit.chartAlone()));
      ground.awaitCalmly("the new chart", () -> chart().equals(Optional.of("1.1.0")));
      ground.merged(ground.repository().upgrade("1.36", "1.37"));
      ground.await("the move to begin", () -> !ground.move().id().equals(before.id()));
      ground.say("seen", "split into two commits it goes on: move " + ground.move().id());
    }

    private Optional<String> chart() {
      return cluster
          .find("/api/v1/namespaces/web/services/web")
          .map(service -> (JsonNode) service.path("metadata").path("annotations"))
          .map(annotations -> annotations.path("example.com/chart").asText());
    }
  }
}
