package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Question;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the judge's answers into our own cases, below {@code want/}, so that a test can hold our
 * side against them where no helmfile is.
 */
final class Recording {

  /** Names of answers begin with it; such files are no input. */
  static final String WANT = "want/";

  private final Side judge;
  private final Path ground;
  private final PrintStream out;

  Recording(Side judge, Path ground, PrintStream out) {
    this.judge = judge;
    this.ground = ground;
    this.out = out;
  }

  /** Writes them; 1 when the judge refuses a case that it should accept. */
  int write(Path cases, String only) throws IOException, InterruptedException {
    int bad = 0;
    for (Case one : Case.folder(cases)) {
      if (!one.name().contains(only) || one.expected() == Case.Expected.REFUSED) {
        continue;
      }
      Path folder = ground.resolve(one.name());
      one.write(folder);
      Path place = cases.resolve(one.name() + ".txtar");
      Map<String, String> files =
          new LinkedHashMap<>(Archive.parse(Files.readString(place)).files());
      for (Question question : one.questions()) {
        Answer answer = judge.ask(folder, question);
        if (!answer.good()) {
          bad++;
          out.println(one.name() + ": " + answer.said());
          continue;
        }
        files.put(WANT + question.command().word() + ".yaml", withoutPlaces(answer.out()));
      }
      Files.writeString(place, new Archive(one.comment(), files).toString());
    }
    return bad == 0 ? 0 : 1;
  }

  /** build says where on the disk each state was; that is no part of the answer. */
  private static String withoutPlaces(String text) {
    return text.replaceAll("(?m)^# +Source: /.*\n+", "");
  }
}
