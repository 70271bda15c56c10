package dev.hikkoshi.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.Paint;
import dev.hikkoshi.cli.report.HtmlReport;
import dev.hikkoshi.cli.report.MarkdownReport;
import dev.hikkoshi.cli.report.MoveReport;
import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.check.doctor.Doctor;
import dev.hikkoshi.environments.check.doctor.Patients;
import dev.hikkoshi.environments.check.doctor.Subject;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.environments.view.EnvironmentView;
import dev.hikkoshi.environments.view.PlanDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is printed of real states, to the letter. {@code -Dgolden.update=true} writes the files
 * anew; read the difference before it is committed.
 */
class GoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private static EnvironmentView view(Scenario s) {
    return EnvironmentView.of(
        Wish.of(Wishes.sample("1.37").desired()), Optional.empty(), s.plan(), s.now());
  }

  private static Scenario moving() {
    return Scenario.moving("stepping").untilShare("web", 25).pass();
  }

  private static Scenario held() {
    return Scenario.moving("stepping")
        .untilShare("web", 5)
        .somebody()
        .weighs("web", "shop-1-37-2", 60)
        .passes(Duration.ofSeconds(5));
  }

  private static StatusText text(Scenario s, Duration later, boolean wide) {
    return new StatusText(new Paint(false), s.now().plus(later), wide);
  }

  @Test
  void aMove() throws IOException {
    // Given
    Scenario s = moving();

    // Then
    golden("moving.txt", text(s, Duration.ofSeconds(2), false).lines(view(s)));
    golden("moving-wide.txt", text(s, Duration.ofSeconds(2), true).lines(view(s)));
  }

  @Test
  void aMoveForPrograms() throws IOException {
    // Given
    Scenario s = moving();

    // Then
    var document = text(s, Duration.ofSeconds(2), false).document("shop", view(s));
    golden("moving.json", Documents.text(Format.JSON, document).lines().toList());
  }

  @Test
  void aHoldWithOldData() throws IOException {
    // Given
    Scenario s = held();

    // Then
    golden("holding.txt", text(s, Duration.ofSeconds(15), false).lines(view(s)));
    assertThat(text(s, Duration.ofMinutes(3), false).banner(view(s)).getFirst())
        .isEqualTo(
            "! the controller has not reported for 3 min: what follows may not be true any more");
  }

  @Test
  void aCommitThatIsNotFollowed() throws IOException {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.37"));
    Wish wish =
        Wish.stale(
                Wishes.sample("1.37").desired(),
                "commit 3f2a9c1b00: shop/cluster.yaml:9:3: unknown key \"addon\" (and 1 more)")
            .because(
                List.of(
                    "shop/cluster.yaml:9:3: unknown key \"addon\" (did you mean \"addons\"?)",
                    "shop/environment.yaml:22:7: 120 is more than 100"));

    // When
    EnvironmentView view = EnvironmentView.of(wish, Optional.empty(), s.plan(), s.now());

    // Then
    golden("rejected.txt", text(s, Duration.ofSeconds(2), false).lines(view));
  }

  @Test
  void aReportOfAMoveWithAHoldThatAPersonLifted() throws IOException {
    // Given
    Scenario s = held();
    s.resume(true).untilPhase("soak");
    MoveRecord move = s.record().move().orElseThrow();
    var seen =
        new MoveSeen(
            move.id(), move.from().orElse(""), move.to(), move.phase().word(), move.startedAt());

    // When
    var report =
        new MoveReport(
            "shop",
            seen,
            s.record().journal().stream().filter(e -> e.move().equals(move.id())).toList());

    // Then
    golden("report.md", MarkdownReport.of(report));
    golden("report.html", HtmlReport.of(report));
  }

  @Test
  void aPlan() throws IOException {
    // Given
    Scenario s = Scenario.serving(Wishes.sample("1.36"));
    PlanDocument plan = PlanDocument.of(Wishes.sample("1.37").desired(), s.record());

    // Then
    golden("plan.txt", PlanText.lines(List.of(plan), new Paint(false)));
    golden("plan.json", Documents.text(Format.JSON, PlanText.document(plan)).lines().toList());
  }

  @Test
  void aDoctorWhoAskedAndOneWhoDidNot() throws IOException {
    golden("doctor.txt", doctor(Patients.asked()).lines());
    golden("doctor-offline.txt", doctor(Patients.offline()).lines());
    golden(
        "doctor.json",
        Documents.text(Format.JSON, doctor(Patients.asked()).document()).lines().toList());
  }

  private static DoctorText doctor(Subject subject) {
    return new DoctorText(
        "shop",
        Doctor.examine(subject, Patients.NOW),
        Doctor.notLookedAt(subject),
        new Paint(false));
  }

  @Test
  void aClusterToBeAdopted() throws IOException {
    // Given
    AdoptText text = new AdoptText(Adoptions.report(), new Paint(false));

    // Then
    golden("adopt.txt", text.lines());
    golden("adopt.json", Documents.text(Format.JSON, text.document()).lines().toList());
  }

  @Test
  void colourAddsNothingToRead() {
    // Given
    Scenario s = held();
    EnvironmentView view = view(s);

    // When
    List<String> coloured = new StatusText(new Paint(true), s.now(), true).lines(view);

    // Then
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList())
        .isEqualTo(text(s, Duration.ZERO, true).lines(view));
    assertThat(coloured.getFirst()).contains("\u001b[31m");
  }

  private static void golden(String name, List<String> lines) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.write(file, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(file));
  }
}
