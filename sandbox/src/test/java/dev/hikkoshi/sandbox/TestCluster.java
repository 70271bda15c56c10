package dev.hikkoshi.sandbox;

import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.physics.Physics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/** A sandbox with one cluster of two nodes, built through EKS. */
public final class TestCluster implements AutoCloseable {

  public static final String NAME = "shop-1-37-1";
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path directory;
  private @Nullable Sandbox sandbox;

  public TestCluster(Path directory) {
    this.directory = directory;
    start();
    build();
  }

  private void start() {
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
  }

  /** Ends the sandbox and starts it again with the same state. */
  public void restart() {
    close();
    start();
  }

  private void build() {
    try (EksClient eks = eks()) {
      eks.createCluster(
          b ->
              b.name(NAME)
                  .version("1.37")
                  .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                  .resourcesVpcConfig(
                      v -> v.subnetIds("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"))
                  .clientRequestToken("token-1"));
      await()
          .atMost(LONG)
          .until(
              () ->
                  eks.describeCluster(b -> b.name(NAME)).cluster().status()
                      == ClusterStatus.ACTIVE);
      eks.createNodegroup(
          b ->
              b.clusterName(NAME)
                  .nodegroupName("main")
                  .nodeRole("arn:aws:iam::111122223333:role/eks-node")
                  .subnets("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")
                  .instanceTypes("m6i.large")
                  .scalingConfig(s -> s.minSize(0).maxSize(3).desiredSize(2)));
      await()
          .atMost(LONG)
          .until(
              () ->
                  eks.describeNodegroup(b -> b.clusterName(NAME).nodegroupName("main"))
                          .nodegroup()
                          .status()
                      == NodegroupStatus.ACTIVE);
    }
  }

  public EksClient eks() {
    return TestClients.client(
        EksClient.builder(), sandbox().endpoint(), sandbox().keys().hikkoshi());
  }

  public Sandbox sandbox() {
    return Objects.requireNonNull(sandbox);
  }

  /** The administrator's client; it ends with the sandbox. */
  public KubernetesClient kubernetes() {
    return Objects.requireNonNull(sandbox().clusters().get(NAME)).client();
  }

  /** Applies documents into the namespace {@code default}. */
  public List<HasMetadata> apply(String yaml) {
    return kubernetes()
        .load(new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace("default")
        .serverSideApply();
  }

  @Override
  public void close() {
    sandbox().close();
  }
}
