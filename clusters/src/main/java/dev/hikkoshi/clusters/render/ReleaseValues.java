package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values of a release as Helm takes them.
 *
 * @param files {@code -f}, weakest first
 * @param set {@code --set} arguments, stronger than every file
 * @param setString {@code --set-string} arguments, stronger than {@code --set}
 * @param setFile {@code --set-file} arguments, path into the values → content; the strongest
 * @param ageKeys what opens encrypted files
 */
public record ReleaseValues(
    List<ValuesFile> files,
    List<String> set,
    List<String> setString,
    Map<String, byte[]> setFile,
    AgeKeys ageKeys) {

  public ReleaseValues {
    files = List.copyOf(files);
    set = List.copyOf(set);
    setString = List.copyOf(setString);
    setFile = Collections.unmodifiableMap(new LinkedHashMap<>(setFile));
  }

  /** Files alone, none of them encrypted. */
  public static ReleaseValues of(List<ValuesFile> files) {
    return new ReleaseValues(files, List.of(), List.of(), Map.of(), AgeKeys.NONE);
  }

  /** Whether anything of it was encrypted: then nothing made of it may lie on a disk. */
  public boolean secret() {
    return files.stream().anyMatch(ValuesFile.Encrypted.class::isInstance);
  }

  /** Names no value: some are secret. */
  @Override
  public String toString() {
    return "values of "
        + Stream.concat(files.stream().map(ValuesFile::name), setFile.keySet().stream()).toList();
  }

  void write(ObjectNode request) {
    ValuesFile.write(files, request.putArray("values"));
    set.forEach(request.putArray("set")::add);
    setString.forEach(request.putArray("setString")::add);
    ArrayNode contents = request.putArray("setFile");
    setFile.forEach((name, bytes) -> contents.addObject().put("name", name).put("content", bytes));
    if (secret()) {
      request.put("ageKeys", ageKeys.text());
    }
  }
}
