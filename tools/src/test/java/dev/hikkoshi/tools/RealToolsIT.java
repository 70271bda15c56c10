package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The binaries of this machine's cache; nothing is built here. */
class RealToolsIT {

  @ParameterizedTest
  @CsvSource({
    "kube-apiserver@1.37, --version, Kubernetes v1.37.",
    "kube-apiserver@1.36, --version, Kubernetes v1.36.",
    "kube-controller-manager, --version, Kubernetes v1.37.",
    "kube-scheduler, --version, Kubernetes v1.37.",
    "etcd, --version, etcd Version: 3.7.",
    "kwok, --version, kwok version v0.8.",
    "helm, version, v4.3."
  })
  void eachSaysTheVersionItIsTakenFor(String name, String argument, String says) {
    // Given
    Optional<Path> binary =
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Artifact.parse(name).orElseThrow());
    assumeTrue(binary.isPresent(), name + " is not cached: ./hikkoshi tools build " + name);

    // When
    Optional<String> answer =
        Executables.ask(
            List.of(binary.orElseThrow().toString(), argument), Map.of(), Duration.ofSeconds(20));

    // Then
    assertThat(answer).hasValueSatisfying(text -> assertThat(text).contains(says));
  }
}
