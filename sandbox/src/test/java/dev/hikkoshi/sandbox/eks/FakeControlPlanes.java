package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.cluster.ControlPlanes;
import dev.hikkoshi.sandbox.cluster.PlaneSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Control planes that are there at once, unless they shall fail for good or some times. */
final class FakeControlPlanes implements ControlPlanes {

  final Map<String, PlaneSpec> planes = new HashMap<>();
  final Map<String, Integer> nodes = new HashMap<>();
  @Nullable String failure;

  /** So many times a control plane does not answer who scales or deletes. */
  int silent;

  @Override
  public Plane build(PlaneSpec spec) {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    planes.put(spec.name(), spec);
    return new Plane("https://127.0.0.1:20000", "PEM");
  }

  @Override
  public void delete(String name) {
    answer();
    planes.remove(name);
  }

  @Override
  public Optional<Plane> find(String name) {
    return Optional.ofNullable(planes.get(name))
        .map(_ -> new Plane("https://127.0.0.1:20000", "PEM"));
  }

  @Override
  public void scale(String cluster, NodeGroup group, int wanted) {
    answer();
    nodes.put(cluster + "/" + group.name(), wanted);
  }

  private void answer() {
    if (silent > 0) {
      silent--;
      throw new IllegalStateException("the API server did not answer in time");
    }
  }
}
