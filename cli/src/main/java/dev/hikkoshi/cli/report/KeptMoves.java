package dev.hikkoshi.cli.report;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.reading.Nearest;
import java.util.ArrayList;
import java.util.List;

/** Moves by their id alone, of whatever environment. */
public final class KeptMoves {

  private KeptMoves() {}

  /**
   * The move with its whole journal.
   *
   * @throws CliException when none of this id is kept: says which one is near
   */
  public static MoveReport find(ManagementCluster management, String id) {
    List<String> ids = new ArrayList<>();
    for (Known known : management.environments(List.of())) {
      for (MoveSeen move : management.reader().moves(known.name())) {
        if (move.id().equals(id)) {
          return new MoveReport(
              known.name(), move, management.reader().journal(id).orElse(List.of()));
        }
        ids.add(move.id());
      }
    }
    String near = Nearest.to(id, ids).map(n -> "; did you mean '" + n + "'?").orElse("");
    throw new CliException(
        Exit.ERROR,
        "no move '%s' is kept%s".formatted(id, near),
        "hikkoshi history ENV --moves lists those of an environment.");
  }
}
