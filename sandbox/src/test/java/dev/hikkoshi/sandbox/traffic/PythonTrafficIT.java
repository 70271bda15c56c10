package dev.hikkoshi.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.Python;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.physics.Physics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** boto3 and the aws CLI as judges of the wire formats, on a whole sandbox. */
class PythonTrafficIT {

  @TempDir Path directory;

  @Test
  void everyAnswerFitsBotocoresModel() throws Exception {
    // Given
    Python python = Python.orSkip();
    SandboxOptions options = SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast());
    try (Sandbox sandbox = Sandbox.start(options)) {
      // When
      Python.Result result = python.run(sandbox, "python", "src/test/python/traffic_clients.py");
      // Then
      assertThat(result.code()).as(result.output()).isZero();
      assertThat(result.output())
          .contains(
              "route53 ChangeResourceRecordSets", "elbv2 ModifyRule", "cloudwatch ListMetrics");
    }
  }

  @Test
  void theCliPrintsWhatExists() throws Exception {
    // Given
    Python python = Python.orSkip();
    SandboxOptions options = SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast());
    try (Sandbox sandbox = Sandbox.start(options)) {
      String created =
          python
              .run(
                  sandbox,
                  "aws",
                  "route53",
                  "create-hosted-zone",
                  "--name",
                  "cli.example",
                  "--caller-reference",
                  "cli",
                  "--query",
                  "HostedZone.Id",
                  "--output",
                  "text")
              .output()
              .strip();
      // When
      Python.Result sets =
          python.run(
              sandbox,
              "aws",
              "route53",
              "list-resource-record-sets",
              "--hosted-zone-id",
              created,
              "--query",
              "ResourceRecordSets[].Type",
              "--output",
              "text");
      Python.Result balancers =
          python.run(sandbox, "aws", "elbv2", "describe-load-balancers", "--output", "text");
      // Then
      assertThat(sets.output().strip()).isEqualTo("NS\tSOA");
      assertThat(balancers).isEqualTo(new Python.Result(0, ""));
    }
  }
}
