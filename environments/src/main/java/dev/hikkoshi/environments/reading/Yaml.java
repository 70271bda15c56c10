package dev.hikkoshi.environments.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Bytes to nodes, bounded in size, depth and in what aliases may unfold to. */
public final class Yaml {

  /** Definitions are written by people; a megabyte is far beyond any. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private Yaml() {}

  /**
   * The text of a file, strictly UTF-8 and without a byte order mark; a problem and empty
   * otherwise.
   */
  public static Optional<String> text(String file, byte[] content, Problems problems) {
    if (content.length > MAX_BYTES) {
      problems.add(
          Place.of(file), "has " + content.length + " bytes", "at most " + MAX_BYTES + " are read");
      return Optional.empty();
    }
    try {
      String all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      String text = all.startsWith(BYTE_ORDER_MARK) ? all.substring(1) : all;
      problems.text(file, text);
      return Optional.of(text);
    } catch (CharacterCodingException e) {
      problems.add(Place.of(file), "is not UTF-8 text");
      return Optional.empty();
    }
  }

  /**
   * The file's only document.
   *
   * @return empty when there is a problem, or when the file holds nothing, which is one too
   */
  public static Optional<Node> one(String file, byte[] content, Problems problems) {
    return text(file, content, problems).flatMap(text -> one(file, text, 0, problems));
  }

  /** The only document of a part of a file that begins {@code linesBefore} lines below its top. */
  public static Optional<Node> one(String file, String text, int linesBefore, Problems problems) {
    int before = problems.count();
    List<Node> documents = documents(file, text, linesBefore, problems);
    if (documents.size() == 1) {
      return Optional.of(documents.getFirst());
    }
    if (documents.size() > 1) {
      problems.add(documents.get(1).place(), "a second document", "one is read");
    } else if (problems.count() == before) {
      problems.add(Place.of(file), "is empty");
    }
    return Optional.empty();
  }

  /** Every document that holds something; none when the text is no YAML, with a problem. */
  public static List<Node> documents(String file, String text, int linesBefore, Problems problems) {
    return documents(Origin.of(file, linesBefore), text, problems);
  }

  /** The same for a text whose lines stand elsewhere in its file. */
  public static List<Node> documents(Origin origin, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(origin.file())
            .setCodePointLimit(MAX_BYTES)
            .setParseComments(false)
            .build();
    Composer composer = new Composer(origin, text, problems);
    try {
      return composer.compose(new Parse(settings).parseString(text));
    } catch (MarkedYamlEngineException e) {
      problems.add(
          e.getProblemMark()
              .or(e::getContextMark)
              .map(composer::place)
              .orElse(Place.of(origin.file())),
          "is no YAML: " + said(e));
      return List.of();
    } catch (YamlEngineException e) {
      problems.add(
          Place.of(origin.file()), "is no YAML: " + firstLine(String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  private static String said(MarkedYamlEngineException e) {
    String problem = firstLine(String.valueOf(e.getProblem()));
    String context = e.getContext();
    return context == null ? problem : firstLine(context) + ", " + problem;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  /** The place of a mark, which counts from 0. */
  static Place place(Origin origin, Mark mark, int length) {
    return origin.place(mark.getLine() + 1, mark.getColumn() + 1, Math.max(1, length));
  }
}
