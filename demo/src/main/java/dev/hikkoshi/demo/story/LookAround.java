package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Stage;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/** How to look around while the demo stays up, with nothing but the tools that everybody has. */
final class LookAround {

  private LookAround() {}

  static String text(Stage stage) {
    LocalRegion region = stage.region();
    InetSocketAddress dns = region.nameServer();
    StringBuilder exports = new StringBuilder();
    for (Map.Entry<String, String> variable :
        new TreeMap<>(region.environment("default")).entrySet()) {
      exports
          .append("  export ")
          .append(variable.getKey())
          .append('=')
          .append(variable.getValue())
          .append('\n');
    }
    return """

        The demo stays up; Ctrl-C ends it and removes everything. To look around:

        %s
          kubectl get moves,environments,clusters.hikkoshi.dev
          aws eks list-clusters
          aws route53 list-resource-record-sets --hosted-zone-id $(aws route53 list-hosted-zones --query 'HostedZones[0].Id' --output text)
          aws elbv2 describe-load-balancers
          dig @%s -p %d www.example.com
          aws eks update-kubeconfig --name CLUSTER --kubeconfig cluster.kubeconfig && kubectl --kubeconfig cluster.kubeconfig get pods -A

        To change something:

          git clone %s && cd environments && $EDITOR shop/values/production.yaml && git commit -a && git push

        kubectl is built at: ./hikkoshi tools path kubectl
        """
        .formatted(
            exports.toString().stripTrailing(),
            dns.getAddress().getHostAddress(),
            dns.getPort(),
            stage.repository().url());
  }
}
