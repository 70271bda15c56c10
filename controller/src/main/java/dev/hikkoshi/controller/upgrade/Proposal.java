package dev.hikkoshi.controller.upgrade;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Upgrades;
import dev.hikkoshi.environments.definition.VersionLine;
import dev.hikkoshi.environments.definition.VersionLine.Edit;

/**
 * What a newer version may be proposed for.
 *
 * @param head the newest commit of the source, in which the definition is good
 * @param rules of the definition
 */
public record Proposal(Source source, String head, Definition definition, Upgrades rules) {

  /** The file that would change. */
  String file() {
    return definition.versionLine().file();
  }

  /**
   * That file as of the newest commit with only the version changed.
   *
   * @throws dev.hikkoshi.environments.port.FileTree.FileTreeException when it cannot be read
   */
  Edit change(String version) {
    return source
        .tree(head)
        .read(file())
        .map(content -> VersionLine.change(content, version))
        .orElseGet(() -> new Edit.Refused("there is no " + file() + " any more"));
  }

  /** One for each version, so that nothing is proposed twice. */
  String branch(String version) {
    return "hikkoshi/" + definition.name() + "-" + version;
  }
}
