package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSettingsTest {

  @Test
  void valuesHaveTheTypesThatHelmfileGivesThem() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("a", true);
    expected.put("b", false);
    expected.put("c", null);
    expected.put("d", 0L);
    expected.put("e", 12L);
    expected.put("f", "012");
    expected.put("g", "1.5");
    expected.put("h", "");
    expected.put("i", -3L);

    assertThat(
            StateSettings.parse(List.of("a=true,b=FALSE,c=null,d=0", "e=12,f=012,g=1.5,h=,i=-3")))
        .isEqualTo(expected);
  }

  @Test
  void aPathMayHaveIndicesAndEscapedPoints() {
    assertThat(StateSettings.parse(List.of("a.b\\.c=1,l[2]=x,m[0].n=y,a.d=2=3")))
        .isEqualTo(
            Map.of(
                "a", Map.of("b.c", 1L, "d", "2=3"),
                "l", Arrays.asList(null, null, "x"),
                "m", List.of(Map.of("n", "y"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=1", "a.b=1,a=2,a.c=3", "a=1,a[0]=2", "a[999999]=1"})
  void whatIsNoSettingIsRefused(String setting) {
    assertThatThrownBy(() -> StateSettings.parse(List.of(setting)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
