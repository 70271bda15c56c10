package dev.hikkoshi.clusters.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RoomSeen;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for a place on the other nodes for every pod of some node groups, the largest first. A
 * place for each proves that they fit; none for one of them does not prove that no arrangement
 * exists, so the answer errs on the side of staying.
 */
public final class Room {

  /** EKS puts it on each node of a managed node group. */
  private static final String GROUP = "eks.amazonaws.com/nodegroup";

  private Room() {}

  /**
   * The answer for a cluster.
   *
   * @param nodes all of it
   * @param pods of all namespaces
   * @param groups the node groups that would go
   */
  public static Observation<RoomSeen> of(
      Collection<? extends JsonNode> nodes,
      Collection<? extends JsonNode> pods,
      Set<String> groups) {
    Set<String> leaving = new TreeSet<>();
    Map<String, Place> staying = new HashMap<>();
    for (JsonNode node : nodes) {
      String name = node.at("/metadata/name").asText();
      if (groups.contains(node.at("/metadata/labels").path(GROUP).asText())) {
        leaving.add(name);
      } else if (Place.open(node)) {
        staying.put(name, new Place(node));
      }
    }
    List<Pod> running = pods.stream().map(Pod::new).filter(Pod::running).toList();
    for (Pod pod : running) {
      Optional.ofNullable(staying.get(pod.node())).ifPresent(place -> place.take(pod.requests()));
    }
    List<Pod> moving =
        running.stream()
            .filter(pod -> leaving.contains(pod.node()) && !pod.ofItsNode())
            .sorted(Comparator.comparing((Pod p) -> p.requests().get("memory")).reversed())
            .toList();
    return place(
        moving, staying.values().stream().sorted(Comparator.comparing(Place::name)).toList());
  }

  private static Observation<RoomSeen> place(List<Pod> moving, List<Place> places) {
    for (Pod pod : moving) {
      Optional<String> unjudged = pod.unjudged();
      if (unjudged.isPresent()) {
        return Observation.unknown(
            "room for " + pod.name(),
            pod.name() + " has " + unjudged.get() + ", which is not judged");
      }
      Optional<Place> free = places.stream().filter(p -> p.refusal(pod).isEmpty()).findFirst();
      if (free.isEmpty()) {
        return Observation.known(new RoomSeen(false, nowhere(pod, places)));
      }
      free.get().take(pod.requests());
    }
    return Observation.known(
        new RoomSeen(
            true, "%d pods fit on %d other nodes".formatted(moving.size(), places.size())));
  }

  private static String nowhere(Pod pod, List<Place> places) {
    String why =
        places.stream()
            .flatMap(
                place -> place.refusal(pod).map(lack -> place.name() + " lacks " + lack).stream())
            .findFirst()
            .map(first -> "%s (%d nodes were looked at)".formatted(first, places.size()))
            .orElse("there is none");
    return "no other node can take %s: %s".formatted(pod.name(), why);
  }
}
