package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.evidence.HikkoshiHand.Answer;
import dev.hikkoshi.demo.load.Ledger.Books;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Edit;
import dev.hikkoshi.demo.story.Traffic;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster that others built with other tools is taken over under load: {@code hikkoshi adopt}
 * writes the folder, which is committed in {@code observe}, then {@code plan}, then {@code act};
 * then a commit moves it to the next minor, at its end the old cluster goes, and what came of it is
 * handed back.
 */
final class AdoptProof implements Proof {

  private static final String ROLE = "arn:aws:iam::111122223333:role/traffic";
  private static final int PASSES = 4;

  /** What a person adds to the folder that was written: times that fit a proof. */
  private static final String TIMES =
      """
        move:
          steps: [1, 5, 25, 50, 100]
          dwell: {min: 8s, max: 2m}
          soak: 4s
          drain: {for: 3s, below: 1/min}
        drift: {grace: 2s}
        retire: {after: 1s, approved: []}
      """;

  @Override
  public String on(Ground ground) {
    Path program =
        ground
            .asked()
            .aws()
            .orElseThrow(() -> new DemoException("--aws names the program to type with"));
    AwsHand aws = new AwsHand(program, ground.region(), ground.folders().root());
    LegacyTeam team = new LegacyTeam(ground, aws, HandTools.of(ground.folders(), ground.clock()));
    ground.say("team", "a cluster by the aws command line, releases by helm and helmfile");
    team.build();
    ground.merged(ground.repository().change("What we run", apps(ground.folders().sample())));
    team.install(ground.folders().work().resolve("shop"));
    team.publish();
    team.share();
    try (Traffic users = ground.users()) {
      ground.say("users", "are answered by " + LegacyTeam.CLUSTER);
      return new Run(ground, team, program, users).tell();
    }
  }

  /** The sample's releases, without anything of Hikkoshi's. */
  private static Edit apps(Path sample) {
    List<String> ours = List.of("environment.yaml", "cluster.yaml");
    return root -> {
      Path from = sample.resolve("shop");
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String path = from.relativize(file).toString();
          if (!ours.contains(path)) {
            Path to = root.resolve("shop").resolve(path);
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
          }
        }
      }
    };
  }

  /** One run, from the moment at which users are answered by the team's own cluster. */
  private static final class Run {

    private final Ground ground;
    private final LegacyTeam team;
    private final Path program;
    private final Traffic users;
    private final AuditLog audit;
    private final Map<String, Long> marks;
    private final long call;
    private final Untouched cluster;
    private String mode = "observe";
    private int tagged;

    Run(Ground ground, LegacyTeam team, Path program, Traffic users) {
      this.ground = ground;
      this.team = team;
      this.program = program;
      this.users = users;
      this.audit = new AuditLog(ground.region());
      this.marks = audit.mark();
      this.call = ground.lastCall();
      this.cluster = Untouched.from(ground.inside(LegacyTeam.CLUSTER));
    }

    String tell() {
      adopt();
      looked();
      change("plan");
      looked();
      taken();
      String untouched = cluster.size();
      moved();
      String to = ground.move().to();
      handedBack(to);
      Books web = books(Traffic.WEB);
      Books api = books(Traffic.API);
      return "%s untouched until the move, %d AWS write before it, tags; moved to %s, %s gone, handed back; %,d requests, 0 failed; answered by %s and %s"
          .formatted(
              untouched,
              tagged,
              to,
              LegacyTeam.CLUSTER,
              web.answers() + api.answers(),
              web.answered(),
              api.answered());
    }

    /** The command writes the folder and says what external-dns still has. */
    private void adopt() {
      long before = ground.lastCall();
      Answer answer =
          new HikkoshiHand(ground.folders(), ground.region())
              .type(
                  ground.folders().work(),
                  "adopt",
                  LegacyTeam.CLUSTER,
                  "--name=shop",
                  "--helmfile=shop/helmfile.yaml",
                  "--environment=production",
                  "--role=" + ROLE,
                  "--output=json");
      JsonNode report = tree(answer);
      List<String> matches = report.findValuesAsText("match");
      Ground.require(matches.equals(List.of("same", "same")), "releases differ: " + answer.whole());
      Ground.require(
          report.at("/routes").size() == 2
              && report.at("/routes").toString().contains("owner id legacy-dns"),
          "routes or external-dns' mark are not seen: " + answer.whole());
      Ground.require(
          report.path("problems").isEmpty() && report.path("unseen").isEmpty(),
          "the folder is not good: " + answer.whole());
      List<String> written =
          AwsWrites.among(ground.region().callsAfter(before)).stream()
              .filter(write -> !write.startsWith("AssumeRole"))
              .toList();
      Ground.require(written.isEmpty(), "adopt wrote: " + written);
      ground.say("adopt", "2 releases are the same, 2 routes, external-dns is in the way of one");
      ground.merged(
          ground
              .repository()
              .change(
                  "Hikkoshi looks at our cluster",
                  Text.all(
                      Text.replace("shop/environment.yaml", "- name: www", "- name: web"),
                      root -> append(root.resolve("shop/environment.yaml"), TIMES))));
    }

    private static JsonNode tree(Answer answer) {
      try {
        return new ObjectMapper().readTree(answer.out());
      } catch (JsonProcessingException e) {
        throw new DemoException("adopt says: " + answer.whole(), e);
      }
    }

    private static void append(Path file, String text) throws IOException {
      Files.writeString(file, Files.readString(file) + text);
    }

    /** Passes in a mode in which nothing may be written. */
    private void looked() {
      ground.awaitCalmly("mode " + mode, () -> ground.view().path("mode").asText().equals(mode));
      if (ground.asked().plant()) {
        plant();
      }
      ground.awaitPasses(PASSES);
      List<String> writes = ground.writesAfter(call);
      Ground.require(writes.isEmpty(), "mode " + mode + " wrote to AWS: " + writes);
      List<String> asked = audit.writesAfter(marks);
      Ground.require(asked.isEmpty(), "mode " + mode + " asked the cluster: " + asked);
      untouched();
      ground.say("seen", "mode " + mode + ": nothing is written");
    }

    /** One write in the controller's name, which must be found. */
    private void plant() {
      new AwsHand(program, ground.region(), ground.folders().root(), "hikkoshi")
          .type(
              "aws eks tag-resource --tags planted=yes --resource-arn arn:aws:eks:ap-northeast-1:111122223333:cluster/"
                  + LegacyTeam.CLUSTER);
    }

    private void untouched() {
      List<String> violations = cluster.violations(audit.writesAfter(marks));
      Ground.require(violations.isEmpty(), "the cluster was touched: " + violations);
    }

    private void change(String to) {
      team.allow(to);
      ground.merged(
          ground
              .repository()
              .change(
                  "Mode " + to,
                  Text.replace("shop/environment.yaml", "mode: " + mode, "mode: " + to)));
      mode = to;
    }

    /** In act the tags are written and the releases taken over; external-dns has to let go. */
    private void taken() {
      change("act");
      Inside inside = ground.inside(LegacyTeam.CLUSTER);
      ground.awaitCalmly(
          "releases under Hikkoshi's records",
          () -> inside.takenOver("web") && inside.takenOver("api"));
      ground.awaitCalmly("the word that external-dns owns the record", () -> marked());
      team.letGo();
      ground.awaitCalmly("external-dns to have let go", () -> !marked());
      ground.awaitPasses(PASSES);
      Ground.require(awayFrom().isEmpty(), "a move began by itself: " + awayFrom());
      List<String> writes = ground.writesAfter(call);
      Ground.require(
          !writes.isEmpty() && writes.stream().allMatch(w -> w.startsWith("TagResource by ")),
          "not only tags were written to AWS: " + writes);
      tagged = writes.size();
      untouched();
      ground.say("taken", "mode act: tags, managedFields and Helm's records, and nothing else");
    }

    /** Tags come off, nothing else is written, and users go on. */
    private void handedBack(String to) {
      long before = ground.lastCall();
      Map<String, Long> since = audit.mark();
      Answer answer =
          new HikkoshiHand(ground.folders(), ground.region())
              .type(
                  ground.folders().work(),
                  "handover",
                  "shop",
                  "--reason=the team goes on without",
                  "--yes",
                  "--wait",
                  "--timeout=2m");
      Ground.require(answer.code() == 0, "handover: " + answer.whole());
      List<String> writes = ground.writesAfter(before);
      Ground.require(
          !writes.isEmpty()
              && writes.stream().allMatch(w -> w.matches("(UntagResource|RemoveTags) by .*")),
          "not only tags were taken off: " + writes);
      List<String> asked = audit.writesAfter(since);
      Ground.require(asked.isEmpty(), "handover wrote into clusters: " + asked);
      Instant from = ground.clock().instant();
      ground.awaitCalmly(
          "users after the handover",
          () ->
              Traffic.ROUTES.stream()
                  .allMatch(route -> books(route).last(to).filter(from::isBefore).isPresent()));
      ground.say("handover", writes.size() + " tags taken off, users go on");
      lost();
    }

    private void lost() {
      for (String route : Traffic.ROUTES) {
        Books books = books(route);
        Ground.require(books.failures() == 0, route + " lost: " + books.details());
      }
    }

    private boolean marked() {
      return ground.view().at("/checks").toString().contains("cname-" + LegacyTeam.WEB);
    }

    private void moved() {
      ground.merged(ground.repository().upgrade("1.36", "1.37"));
      ground.await("the end of the drain", this::drained);
      ground.merged(ground.repository().approve(List.of(LegacyTeam.CLUSTER)));
      ground.await("the end of " + LegacyTeam.CLUSTER, this::over);
      lost();
      for (String route : Traffic.ROUTES) {
        Books books = books(route);
        Ground.require(
            books.answered().size() == 2, route + " was not answered by both: " + books.answered());
      }
    }

    /** The move that leads away from the team's cluster; that cluster's own place is none. */
    private Optional<MoveRecord> awayFrom() {
      return ground
          .recorded()
          .flatMap(EnvironmentRecord::move)
          .filter(move -> !move.to().equals(LegacyTeam.CLUSTER));
    }

    private boolean drained() {
      return awayFrom()
          .filter(
              move ->
                  switch (move.phase()) {
                    case MovePhase.Retiring _, MovePhase.Gone _ -> true;
                    case MovePhase.Building _,
                        MovePhase.Syncing _,
                        MovePhase.Attached _,
                        MovePhase.Warm _,
                        MovePhase.Stepping _,
                        MovePhase.Soak _,
                        MovePhase.Drain _,
                        MovePhase.Returning _,
                        MovePhase.Returned _ ->
                        false;
                  })
          .isPresent();
    }

    private boolean over() {
      return awayFrom().filter(move -> move.phase() instanceof MovePhase.Gone).isPresent();
    }

    private Books books(String route) {
      Books books = users.books().get(route);
      if (books == null) {
        throw new DemoException("nobody used route " + route);
      }
      return books;
    }
  }
}
