package dev.hikkoshi.gitsync;

import java.time.Instant;
import java.util.List;

/**
 * Who changed what and when, for records and reports.
 *
 * @param id full id
 * @param parents full ids; the first is the branch the commit was made on
 * @param author name and address as {@code Name <address>}; claimed, not proven
 * @param at the committer's time; claimed, not proven
 * @param subject first line of the message, at most 200 characters
 */
public record CommitInfo(
    String id, List<String> parents, String author, Instant at, String subject) {

  public CommitInfo {
    parents = List.copyOf(parents);
  }
}
