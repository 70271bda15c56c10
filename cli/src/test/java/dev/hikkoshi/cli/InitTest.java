package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.cli.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's files become an environment's folder. */
class InitTest {

  private static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata:
        name: old-name # goes on to be said
        region: ap-northeast-1
        version: "1.36"
      iam:
        serviceRoleARN: arn:aws:iam::111122223333:role/eks
        withOIDC: true
      vpc:
        subnets:
          private:
            a: {id: subnet-0aaaaaaaaaaaaaaaa}
            c: {id: subnet-0cccccccccccccccc}
      gitops:
        flux: {gitProvider: github}
      nonsense: 1
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("eksctl.yaml"), CLUSTER);
    Files.writeString(folder.resolve("helmfile.yaml"), "releases: []\n");
  }

  private Result init(String... more) {
    String[] words = {
      "init", "shop", "--cluster", "eksctl.yaml", "--account", "111122223333",
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return new Terminal().in(folder).run(all);
  }

  @Test
  void whatIsNotSupportedIsLeftOutAndToldAndTheRestValidates() throws IOException {
    // When
    Result result = init("--helmfile", "helmfile.yaml");

    // Then
    assertThat(result.out())
        .contains("eksctl.yaml:17:1: unknown key \"nonsense\"")
        .contains("eksctl.yaml:15:1:")
        .contains("gitops");
    assertThat(Files.readString(folder.resolve("shop/cluster.yaml")))
        .contains("old-name # goes on to be said")
        .doesNotContain("gitops")
        .doesNotContain("nonsense");
    assertThat(new Terminal().in(folder).run("validate", "--no-render").out())
        .as(result.out() + result.err())
        .contains("✓ good");
    assertThat(result.exit()).isZero();
  }

  @Test
  void whatEksIsTakenAtItsWordForIsKept() throws IOException {
    // Given
    String kept =
        """
        secretsEncryption:
          keyARN: arn:aws:kms:ap-northeast-1:111122223333:key/1
        managedNodeGroups:
          - name: apps
            iam: {instanceRoleARN: eks-node}
            instanceTypes: [m7i.large, m6i.large]
            spot: true
            privateNetworking: true
            minSize: 1
            launchTemplate: {id: lt-0a1b2c3d4e5f60001, version: "3"}
        """;
    Files.writeString(folder.resolve("eksctl.yaml"), CLUSTER + kept);

    // When
    Result result = init("--helmfile", "helmfile.yaml");

    // Then
    assertThat(Files.readString(folder.resolve("shop/cluster.yaml"))).endsWith(kept);
    assertThat(new Terminal().in(folder).run("validate", "--no-render").out())
        .as(result.out() + result.err())
        .contains("✓ good");
  }

  @Test
  void whatOnlyHeldKeysThatAreLeftOutGoesToo() throws IOException {
    // Given
    Files.writeString(
        folder.resolve("eksctl.yaml"),
        CLUSTER.replace("  serviceRoleARN: arn:aws:iam::111122223333:role/eks\n", "")
            + """
            addons:
              - name: vpc-cni
                version: latest
              - name: aws-ebs-csi-driver
                wellKnownPolicies: {ebsCSIController: true}
            """);

    // When
    Result result = init();

    // Then: what is left to a person is what only a person knows
    assertThat(result.out())
        .contains("eksctl.yaml:7:1: nothing is left of iam")
        .contains("eksctl.yaml:21:5: refused: wellKnownPolicies")
        .containsPattern("To be done by hand:\\n(.*\\n)*.*refused: latest")
        .doesNotContain("found nothing");
    assertThat(Files.readString(folder.resolve("shop/cluster.yaml")))
        .doesNotContain("iam:")
        .doesNotContain("wellKnownPolicies")
        .contains("- name: aws-ebs-csi-driver");
  }

  @Test
  void nothingIsWrittenOverWhatIsThere() throws IOException {
    // Given
    Files.createDirectories(folder.resolve("shop"));
    Files.writeString(folder.resolve("shop/environment.yaml"), "mine\n");

    // When
    Result result = init();

    // Then
    assertThat(result.exit()).isEqualTo(Exit.REFUSED.code());
    assertThat(result.err()).contains("environment.yaml");
    assertThat(Files.readString(folder.resolve("shop/environment.yaml"))).isEqualTo("mine\n");
    assertThat(folder.resolve("shop/cluster.yaml")).doesNotExist();
  }

  @Test
  void whatAPersonHasToDoIsToldWithItsPlaceAndEndsWithOne() throws IOException {
    // Given
    Files.writeString(folder.resolve("eksctl.yaml"), CLUSTER.replace("\"1.36\"", "latest"));

    // When
    Result result = init();

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("To be done by hand:").contains("cluster.yaml:6:");
  }

  @Test
  void aHelmfileThatIsNotThereIsAnErrorThatNamesIt() {
    // When
    Result result = init("--helmfile", "nosuch.yaml");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("nosuch.yaml");
    assertThat(folder.resolve("shop")).doesNotExist();
  }
}
