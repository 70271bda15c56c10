package dev.hikkoshi.controller.testing;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.source.SourceState;
import dev.hikkoshi.environments.port.FileTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A repository in memory: a line of commits, each a map of files. */
public final class MemorySource implements Source {

  private final String name;
  private final List<Commit> commits = new ArrayList<>();
  public final Map<String, Map<String, byte[]>> branches = new TreeMap<>();
  public Optional<Push> answer = Optional.empty();
  private Consumer<SourceState> listener = _ -> {};

  private record Commit(String id, Map<String, String> files) implements FileTree {

    @Override
    public String commit() {
      return id;
    }

    @Override
    public Optional<byte[]> read(String path) {
      return Optional.ofNullable(files.get(path)).map(t -> t.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> files(String directory) {
      return files.keySet().stream().filter(f -> f.startsWith(directory)).sorted().toList();
    }
  }

  public MemorySource(String name) {
    this.name = name;
  }

  /** Adds a commit; answers its state. */
  public SourceState.Head commit(Map<String, String> files) {
    commits.add(new Commit(name + "-commit-" + commits.size(), new TreeMap<>(files)));
    return head();
  }

  public SourceState.Head head() {
    return new SourceState.Head(commits.getLast().id(), Instant.EPOCH);
  }

  public SourceState unreachable(String why) {
    Optional<String> commit =
        commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast().id());
    return new SourceState.Unreachable(why, Instant.EPOCH, commit);
  }

  /** Tells the engine that watches. */
  public void tell(SourceState state) {
    listener.accept(state);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String folder() {
    return "";
  }

  @Override
  public void watch(Consumer<SourceState> told) {
    listener = told;
  }

  @Override
  public void hint() {}

  @Override
  public FileTree tree(String commit) {
    return commits.stream()
        .filter(c -> c.id().equals(commit))
        .findFirst()
        .orElseThrow(() -> new FileTree.FileTreeException("", "no commit " + commit));
  }

  @Override
  public List<String> firstParents(String from, int most) {
    List<String> ids = commits.stream().map(Commit::id).toList();
    return ids.subList(0, ids.indexOf(from) + 1).reversed().stream().limit(most).toList();
  }

  @Override
  public Push push(String branch, String base, Map<String, byte[]> files, String message) {
    if (answer.isPresent()) {
      return answer.get();
    }
    if (branches.containsKey(branch)) {
      return new Push.Exists();
    }
    branches.put(branch, Map.copyOf(files));
    return new Push.Pushed("pushed-" + branches.size());
  }

  @Override
  public void close() {}
}
