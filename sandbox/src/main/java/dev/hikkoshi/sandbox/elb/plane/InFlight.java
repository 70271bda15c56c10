package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.TargetGroup;
import io.vertx.core.http.HttpClientRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that targets are working on, so that they can be ended with their target. */
final class InFlight {

  private final Map<Key, Set<HttpClientRequest>> requests = new ConcurrentHashMap<>();

  /** A target of a group. */
  record Key(String groupArn, TargetGroup.Address target) {}

  void began(Key key, HttpClientRequest request) {
    requests.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(request);
  }

  void ended(Key key, HttpClientRequest request) {
    Set<HttpClientRequest> of = requests.get(key);
    if (of != null) {
      of.remove(request);
    }
  }

  /** Ends what targets work on that are no longer there: their deregistration delay is over. */
  void keepOnly(Set<Key> targets) {
    requests.forEach(
        (key, of) -> {
          if (!targets.contains(key)) {
            of.forEach(HttpClientRequest::reset);
            requests.remove(key);
          }
        });
  }
}
