package dev.hikkoshi.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleSourcesTest {

  private static final String ROOT = System.getProperty("hikkoshi.root");

  @ParameterizedTest
  @EnumSource(GoModule.class)
  void theJarHasTheFilesOfTheCheckout(GoModule module) {
    // Given
    var checkout = new ModuleSources.Checkout(Path.of(ROOT, "tools")).files(module);

    // When
    var packed = new ModuleSources.Packed().files(module);

    // Then
    assertThat(packed.keySet())
        .as("src/main/resources/dev/hikkoshi/tools/modules/index.txt lists each file")
        .isEqualTo(checkout.keySet());
    packed.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(checkout.get(name)));
  }

  @Test
  void aCheckoutIsPreferredToTheJar() {
    // When, Then
    assertThat(ModuleSources.locate(ROOT, Map.of())).isInstanceOf(ModuleSources.Checkout.class);
    assertThat(ModuleSources.locate(null, Map.of("HIKKOSHI_HOME", ROOT)))
        .isInstanceOf(ModuleSources.Checkout.class);
    assertThat(ModuleSources.locate("/nowhere", Map.of())).isInstanceOf(ModuleSources.Packed.class);
  }
}
