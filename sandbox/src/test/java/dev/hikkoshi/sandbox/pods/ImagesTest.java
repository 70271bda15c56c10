package dev.hikkoshi.sandbox.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.MapStateStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

  private final MapStateStore store = new MapStateStore();
  private final Images images = new Images(store);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sandbox.hikkoshi.dev/http:1",
        "nginx",
        "nginx:1.29",
        "registry.k8s.io/coredns/coredns:v1.12.0",
        "localhost:5000/team/app",
        "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/shop/web:abc",
        "busybox@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void whatCouldExistIsThere(String image) {
    assertThat(images.pull(image)).isInstanceOf(Images.Pull.Done.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch.invalid/none",
        "nosuch.invalid:443/none:1",
        "sandbox.hikkoshi.dev/other:1"
      })
  void someRegistriesDoNotHaveIt(String image) {
    assertThat(images.pull(image)).isInstanceOf(Images.Pull.NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Nginx", "a b", "app:", "app:ta g", "app@sha256:12", "/app"})
  void someNamesAreNone(String image) {
    assertThat(images.pull(image)).isInstanceOf(Images.Pull.BadName.class);
  }

  @Test
  void refusedPatternsHoldUntilTheyAreReplacedAndOutliveARestart() {
    images.refuse(List.of("*/app:bad*", "nginx"));

    assertThat(images.pull("example.com/app:bad-1")).isInstanceOf(Images.Pull.NotFound.class);
    assertThat(images.pull("example.com/app:good")).isInstanceOf(Images.Pull.Done.class);
    assertThat(images.pull("nginx:1")).isInstanceOf(Images.Pull.Done.class);
    assertThat(new Images(store).pull("nginx")).isInstanceOf(Images.Pull.NotFound.class);

    images.refuse(List.of());
    assertThat(images.pull("nginx")).isInstanceOf(Images.Pull.Done.class);
  }
}
