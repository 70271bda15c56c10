package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Command;
import dev.hikkoshi.parity.Side.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a whole helmfile out of a seed; the same seed makes the same one for ever. */
final class RandomCase {

  /** Every so many seeds the manifests are compared too. */
  private static final int TEMPLATED = 10;

  private RandomCase() {}

  /** The case of a seed. */
  static Case of(long seed) {
    // Neighbouring seeds begin alike otherwise.
    RandomValues random = new RandomValues(new Random(seed * 0x9E3779B97F4A7C15L));
    Map<String, String> files = new LinkedHashMap<>();
    String main = new RandomState(random, files, "", "r").write(random.chance(30));
    List<String> arguments = arguments(random, files);
    List<Question> questions = new ArrayList<>();
    questions.add(new Question(Command.BUILD, main, arguments, Map.of()));
    if (seed % TEMPLATED == 0) {
      questions.add(new Question(Command.TEMPLATE, main, arguments, Map.of()));
    }
    return new Case("seed-" + seed, "", files, questions, Case.Expected.EITHER);
  }

  private static List<String> arguments(RandomValues random, Map<String, String> files) {
    List<String> arguments = new ArrayList<>();
    if (random.chance(60)) {
      arguments.addAll(List.of("--environment", random.pick(RandomState.ENVIRONMENTS)));
    }
    if (random.chance(15)) {
      files.put("over.yaml", random.map() + "\n");
      arguments.addAll(List.of("--state-values-file", "over.yaml"));
    }
    if (random.chance(25)) {
      String path = random.pick(List.of("a", "a.b", "c.d", "list[0]", "list[2]", "flag.enabled"));
      String value = random.pick(List.of("1", "true", "null", "text", "0", "007", "-3"));
      arguments.addAll(List.of("--state-values-set", path + "=" + value));
    }
    if (random.chance(15)) {
      arguments.addAll(
          List.of("--selector", random.pick(List.of("name=r0", "tier=web", "team!=red"))));
    }
    return arguments;
  }
}
