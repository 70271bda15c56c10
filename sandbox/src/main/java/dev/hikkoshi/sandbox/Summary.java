package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import dev.hikkoshi.sandbox.cluster.LocalControlPlanes;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What a user has to know of a region that runs; no secrets, but the files that hold them. */
final class Summary {

  private Summary() {}

  static ObjectNode of(
      SandboxOptions options,
      URI endpoint,
      StateDirectory directory,
      Map<String, String> clusterStates,
      Map<String, ClusterAccess> running,
      List<RegionPart> parts) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("endpoint", endpoint.toString());
    out.put("region", options.region()).put("account", options.accountId());
    out.put("physics", options.physics().name());
    out.put("state", directory.root().toString());
    out.put("credentials", directory.file("credentials").toString());
    out.put("config", directory.file("config").toString());
    out.put("ca", directory.file("ca.pem").toString());
    out.put("pid", ProcessHandle.current().pid());
    ObjectNode clusters = out.putObject("clusters");
    clusterStates.forEach(
        (name, status) -> {
          ObjectNode cluster = clusters.putObject(name).put("status", status);
          ClusterAccess access = running.get(name);
          if (access != null) {
            write(cluster, access);
          }
        });
    ClusterAccess management = running.get(LocalControlPlanes.MANAGEMENT);
    if (management != null) {
      write(out.putObject("management"), management)
          .put("kubeconfig", directory.managementKubeconfig().toString());
    }
    ObjectNode described = out.putObject("parts");
    parts.forEach(part -> described.set(part.name(), part.summary()));
    return out;
  }

  private static ObjectNode write(ObjectNode out, ClusterAccess access) {
    return out.put("version", access.minor())
        .put("endpoint", access.endpoint())
        .put("podCidr", access.podCidr())
        .put("kubeconfig", access.kubeconfig().toString())
        .put("audit", access.audit().toString());
  }
}
