package dev.hikkoshi.controller.testing;

import dev.hikkoshi.controller.evaluate.DefinitionReader;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.definition.Upgrades;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.simulator.Wishes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Definitions of one line, {@code NAME VERSION APP}; {@code bad NAME} and {@code bad} have errors.
 * Everything else of an environment is the simulator's sample.
 */
public final class LineDefinitions implements DefinitionReader {

  private static final String FILE = "/environment.yaml";
  public Optional<Upgrades> upgrades = Optional.empty();

  /** How often a commit was read. */
  public int reads;

  public static String file(String folder) {
    return folder + FILE;
  }

  @Override
  public List<Reading> read(FileTree tree, String folder) {
    reads++;
    List<Reading> readings = new ArrayList<>();
    for (String path : tree.files(folder)) {
      if (path.endsWith(FILE)) {
        String text = new String(tree.read(path).orElseThrow(), StandardCharsets.UTF_8);
        readings.add(reading(path.substring(0, path.length() - FILE.length()), text));
      }
    }
    return readings;
  }

  private Reading reading(String folder, String line) {
    String[] words = line.split(" ", -1);
    if (words[0].equals("bad")) {
      Optional<String> name = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
      int problems = words.length > 2 ? Integer.parseInt(words[2]) : 1;
      return new Reading.Bad(folder, name, problems(folder, problems), List.of());
    }
    Optional<String> former =
        Stream.of(words).filter(w -> w.startsWith("from:")).map(w -> w.substring(5)).findFirst();
    return new Reading.Good(definition(words[0], folder, words[1], words[2], former));
  }

  /** What a folder with one mistake is told. */
  public static List<Problem> mistakes() {
    return problems("shop", 1);
  }

  private static List<Problem> problems(String folder, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Problem(
                    new Place(file(folder), 3 + i, 5, 4),
                    "unknown key \"step\"",
                    Optional.of("did you mean \"steps\"?"),
                    Optional.empty()))
        .toList();
  }

  private Definition definition(
      String name, String folder, String version, String app, Optional<String> former) {
    Desired d = Wishes.sample(version).app(app).desired();
    return new Definition(
        name,
        folder,
        version + " " + app,
        d.mode(),
        d.account(),
        d.region(),
        d.cluster(),
        d.adopt(),
        d.apps(),
        d.routes(),
        d.outside(),
        d.move(),
        d.driftGrace(),
        d.windows(),
        d.retirement(),
        upgrades,
        new Stance(former, false, false),
        Place.of(folder + "/cluster.yaml"),
        List.of());
  }

  /** Every Tuesday at ten in Tokyo. */
  public static Upgrades tuesdays() {
    return new Upgrades(Upgrades.Follow.LATEST_STANDARD, "0 10 * * 2", ZoneId.of("Asia/Tokyo"));
  }
}
