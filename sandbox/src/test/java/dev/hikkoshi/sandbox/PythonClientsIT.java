package dev.hikkoshi.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.sandbox.physics.Physics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.ClusterStatus;

/** boto3 and the aws CLI as judges of the wire format. */
class PythonClientsIT {

  @TempDir static Path directory;
  private static Python python;
  private static Sandbox sandbox;

  @BeforeAll
  static void open() throws Exception {
    python = Python.orSkip();
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void boto3LivesAWholeClusterAndItsModelsFindNothingWrong() throws Exception {
    Python.Result result = python.run(sandbox, "python", "src/test/python/eks_clients.py");

    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).contains("DescribeCluster", "DisassociateAccessPolicy");
  }

  @Test
  void aTokenOfTheCliLogsIn() throws Exception {
    try (EksClient eks =
        TestClients.client(EksClient.builder(), sandbox.endpoint(), sandbox.keys().operator())) {
      eks.createCluster(
          b ->
              b.name("cli-1")
                  .version("1.36")
                  .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                  .resourcesVpcConfig(
                      v -> v.subnetIds("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"))
                  .accessConfig(a -> a.authenticationMode(AuthenticationMode.API)));
      await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () ->
                  eks.describeCluster(b -> b.name("cli-1")).cluster().status()
                      == ClusterStatus.ACTIVE);
      Python.Result result =
          python.run(sandbox, "aws", "eks", "get-token", "--cluster-name", "cli-1");
      JsonNode token = new ObjectMapper().readTree(result.output());

      try (KubernetesClient client =
          TestClients.kubernetes(
              eks.describeCluster(b -> b.name("cli-1")).cluster(),
              token.at("/status/token").asText())) {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("36");
        assertThat(client.namespaces().list().getItems()).isNotEmpty();
      }
    }
  }
}
