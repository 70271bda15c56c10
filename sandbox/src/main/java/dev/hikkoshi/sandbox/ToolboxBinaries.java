package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.cluster.Binaries;
import dev.hikkoshi.tools.Artifact;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Binaries as the toolbox finds or builds them; each is looked for once. */
final class ToolboxBinaries implements Binaries {

  private final Toolbox toolbox;
  private final Map<Artifact, Path> found = new ConcurrentHashMap<>();

  ToolboxBinaries(Toolbox toolbox) {
    this.toolbox = toolbox;
  }

  /** Finds or builds all that clusters of these minors need. */
  void prepare(List<String> minors) {
    List<Artifact> all = new ArrayList<>();
    all.add(Tool.ETCD.pinned());
    minors.forEach(minor -> all.add(Tool.KUBE_APISERVER.at(minor)));
    all.add(Tool.KUBE_CONTROLLER_MANAGER.pinned());
    all.add(Tool.KUBE_SCHEDULER.pinned());
    all.add(Tool.KWOK.pinned());
    found.putAll(toolbox.findAll(all));
  }

  private Path find(Artifact artifact) {
    return found.computeIfAbsent(artifact, toolbox::find);
  }

  @Override
  public Path etcd() {
    return find(Tool.ETCD.pinned());
  }

  @Override
  public Path apiServer(String minor) {
    return find(Tool.KUBE_APISERVER.at(minor));
  }

  @Override
  public Path controllerManager() {
    return find(Tool.KUBE_CONTROLLER_MANAGER.pinned());
  }

  @Override
  public Path scheduler() {
    return find(Tool.KUBE_SCHEDULER.pinned());
  }

  @Override
  public Path kwok() {
    return find(Tool.KWOK.pinned());
  }
}
