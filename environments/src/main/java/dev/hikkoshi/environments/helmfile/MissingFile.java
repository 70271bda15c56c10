package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code missingFileHandler}: what a file means that is not there. */
enum MissingFile {
  ERROR,
  /** helmfile's Warn, Info and Debug differ in what is printed. */
  SKIP;

  static Type<MissingFile> type() {
    Map<String, MissingFile> words = new LinkedHashMap<>();
    words.put("Error", ERROR);
    words.put("Warn", SKIP);
    words.put("Info", SKIP);
    words.put("Debug", SKIP);
    return Types.oneOf(words);
  }
}
