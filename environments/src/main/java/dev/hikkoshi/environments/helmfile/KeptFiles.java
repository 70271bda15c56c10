package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A few files of a commit, without the rest: what one template may read. Instead of the commit's id
 * it has that of its content, so that equal files of two commits are the same.
 *
 * @param names of files that may be listed; those without content cannot be read
 */
record KeptFiles(SortedMap<String, byte[]> contents, SortedSet<String> names) implements FileTree {

  @Override
  public String commit() {
    List<String> parts = new ArrayList<>(names);
    contents.forEach((path, content) -> parts.add(path + " " + SourceFiles.hash(content)));
    return SourceFiles.hash(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(contents.get(path));
  }

  @Override
  public List<String> files(String directory) {
    return directory.isEmpty()
        ? List.copyOf(names)
        : names.stream().filter(name -> name.startsWith(directory + "/")).toList();
  }
}
