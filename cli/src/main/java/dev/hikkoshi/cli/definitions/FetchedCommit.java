package dev.hikkoshi.cli.definitions;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.gitsync.CommitInfo;
import dev.hikkoshi.gitsync.GitSource;
import dev.hikkoshi.gitsync.SnapshotException;
import java.util.List;
import java.util.Optional;

/**
 * A commit with the history behind it, until it is closed.
 *
 * @param folder below which the environments lie; empty for the root
 */
public record FetchedCommit(
    GitSource source, String folder, Templates templates, Secrets secrets, DefinitionFiles files)
    implements AutoCloseable {

  /**
   * First parents, newest first, beginning with the commit itself.
   *
   * @throws SnapshotException when one could not be read
   */
  public List<String> firstParents(int most) {
    return source.firstParents(files.commit(), Optional.empty(), most).commits().stream()
        .map(CommitInfo::id)
        .toList();
  }

  /** The environments of a commit of this history. */
  public Observation<List<Reading>> readings(String commit) {
    try {
      return Observation.known(
          DefinitionFiles.ofTree(source.snapshot(commit), folder, templates, secrets).readings());
    } catch (SnapshotException | CliException e) {
      return Observation.unknown("commit " + commit, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
