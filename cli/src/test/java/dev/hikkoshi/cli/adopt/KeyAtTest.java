package dev.hikkoshi.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAtTest {

  private static final List<String> LINES =
      """
      metadata:
        name: a
      managedNodeGroups:
      - name: x
        spot: true
      - name: y
        launchTemplate:
          id: lt-1
      addons:
        - name: z
      """
          .lines()
          .toList();

  @ParameterizedTest
  @CsvSource({
    "2, metadata.name",
    "3, managedNodeGroups",
    "4, managedNodeGroups[0].name",
    "5, managedNodeGroups[0].spot",
    "6, managedNodeGroups[1].name",
    "8, managedNodeGroups[1].launchTemplate.id",
    "10, addons[0].name"
  })
  void aLineHasThePathOfItsKey(int line, String path) {
    assertThat(KeyAt.line(LINES, line)).isEqualTo(path);
  }

  @Test
  void aLineThatIsNotThereHasNone() {
    assertThat(KeyAt.line(LINES, 0)).isEmpty();
  }
}
