package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.EnvironmentsRepository.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits of text files of the repository, as people do them. */
final class Text {

  private static final String VALUES = "shop/values/web.yaml.gotmpl";
  private static final Pattern GREETING = Pattern.compile("greeting: \".*\"");

  private Text() {}

  /** Another greeting: a plain commit of an application. */
  static Edit greeting(String words) {
    return root -> {
      String text = Files.readString(root.resolve(VALUES));
      Matcher greeting = GREETING.matcher(text);
      if (!greeting.find()) {
        throw new DemoException(VALUES + " of the sample has no greeting");
      }
      Files.writeString(
          root.resolve(VALUES),
          greeting.replaceFirst(Matcher.quoteReplacement("greeting: \"" + words + "\"")));
    };
  }

  /** Replaces what occurs exactly once. */
  static Edit replace(String file, String before, String after) {
    return root -> replace(root, file, before, after);
  }

  static void replace(Path root, String file, String before, String after) throws IOException {
    String text = Files.readString(root.resolve(file));
    int at = text.indexOf(before);
    if (at < 0 || text.indexOf(before, at + 1) >= 0) {
      throw new DemoException(file + " does not have exactly one \"" + before + "\"");
    }
    Files.writeString(
        root.resolve(file), text.substring(0, at) + after + text.substring(at + before.length()));
  }

  /** One edit after the other, in one commit. */
  static Edit all(Edit... edits) {
    return root -> {
      for (Edit edit : edits) {
        edit.on(root);
      }
    };
  }
}
