package dev.hikkoshi.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.cli.CliException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSetTest {

  @Test
  void wordsAndWholeNumbersHaveTypesAndTheRestIsText() {
    // When
    var values =
        StateSet.of(
            List.of("a=TRUE,b=false,c=Null,d=12,e=-3,f=0,g=007,h=1.5,i=,j=99999999999999999999"),
            List.of());

    // Then
    assertThat(values)
        .containsEntry("a", true)
        .containsEntry("b", false)
        .containsEntry("c", null)
        .containsEntry("d", 12L)
        .containsEntry("e", -3L)
        .containsEntry("f", 0L)
        .containsEntry("g", "007")
        .containsEntry("h", "1.5")
        .containsEntry("i", "")
        .containsEntry("j", "99999999999999999999");
  }

  @Test
  void pathsGoThroughMapsAndListsAndAnEscapedDotIsNoStep() {
    // When
    var values = StateSet.of(List.of("a.b[1].c=x", "a.d\\.e=y", "l[0]=z"), List.of());

    // Then
    assertThat(values)
        .containsEntry("a", Map.of("b", Arrays.asList(null, Map.of("c", "x")), "d.e", "y"))
        .containsEntry("l", List.of("z"));
  }

  @Test
  void laterFlagsWinAndStringsLieBelow() {
    // When
    var values = StateSet.of(List.of("a=1", "a=2"), List.of("a=text,b=true,c='x,y'"));

    // Then
    assertThat(values)
        .containsEntry("a", 2L)
        .containsEntry("b", "true")
        .containsEntry("c", "'x,y'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=1", "a=1,b", "a[99999999]=1", "a=1,a.b=2", "a=1,a[0]=2"})
  void whatIsNoAssignmentIsRefused(String flag) {
    assertThatThrownBy(() -> StateSet.of(List.of(flag), List.of()))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--state-values-set");
  }
}
