package dev.hikkoshi.environments.check.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerMarksTest {

  private static final String TEXT =
      "\"heritage=external-dns,external-dns/owner=us,external-dns/resource=ingress/web/shop\"";

  private static RecordSeen record(String type, String name, String value) {
    return new RecordSeen(
        name,
        type,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(300L),
        List.of(value),
        Optional.empty());
  }

  private static List<OwnerMark> marks(String of, String txt) {
    return OwnerMarks.in(
            List.of(
                record("A", "www.example.com", "192.0.2.1"),
                record("A", "my-www.example.com", "192.0.2.2"),
                record("TXT", txt, TEXT)))
        .of(of, "ingress/other/other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.example.com",
        "a-www.example.com",
        "cname-www.example.com",
        "aaaa-www.example.com",
        "txt-www.example.com",
        "registry.www.example.com",
        "www-txt.example.com"
      })
  void aMarkIsFoundWithEveryShapeOfItsName(String txt) {
    assertThat(marks("www.example.com", txt))
        .singleElement()
        .satisfies(
            mark -> {
              assertThat(mark.owner()).isEqualTo("us");
              assertThat(mark.resource()).isEqualTo("ingress/web/shop");
              assertThat(mark.name()).isEqualTo(txt);
            });
  }

  @Test
  void aMarkOfANameThatEndsAlikeIsNotTakenForThisOne() {
    // Then
    assertThat(marks("www.example.com", "a-my-www.example.com")).isEmpty();
    assertThat(marks("my-www.example.com", "a-my-www.example.com")).hasSize(1);
  }

  @Test
  void otherTextsAreNoMarks() {
    // Given
    RecordSeen spf = record("TXT", "www.example.com", "\"v=spf1 -all\"");

    // Then
    assertThat(
            OwnerMarks.in(List.of(record("A", "www.example.com", "192.0.2.1"), spf))
                .of("www.example.com", "ingress/web/shop"))
        .isEmpty();
  }

  @Test
  void aNameThatTellsNothingIsAMarkWhereItsObjectIsTheRoutes() {
    // Given
    OwnerMarks marks =
        OwnerMarks.in(
            List.of(
                record("A", "www.example.com", "192.0.2.1"),
                record("TXT", "owner.www.internal.example.com", TEXT)));

    // Then
    assertThat(marks.of("www.example.com", "ingress/web/shop")).hasSize(1);
    assertThat(marks.of("www.example.com", "ingress/web/other")).isEmpty();
  }

  @Test
  void aTypeIsTakenOffAMarksNameBeforeASuffixIsLookedFor() {
    // Given: it could also be a mark of a-ww with the suffix w.
    OwnerMarks marks =
        OwnerMarks.in(
            List.of(
                record("A", "www.example.com", "192.0.2.1"),
                record("A", "a-ww.example.com", "192.0.2.2"),
                record("TXT", "a-www.example.com", TEXT)));

    // Then
    assertThat(marks.of("www.example.com", "ingress/other/other")).hasSize(1);
    assertThat(marks.of("a-ww.example.com", "ingress/other/other")).isEmpty();
  }

  @Test
  void aMarkOfTheRoutesObjectHoldsTheFirstLabelOfItsNameUnlessThatIsAWildcard() {
    // Given
    OwnerMarks marks =
        OwnerMarks.in(
            List.of(
                record("A", "www.example.com", "192.0.2.1"),
                record("TXT", "owner.api.internal.example.com", TEXT)));

    // Then
    assertThat(marks.of("www.example.com", "ingress/web/shop")).isEmpty();
    assertThat(marks.of("api.example.com", "ingress/web/shop")).hasSize(1);
    assertThat(marks.of("*.example.com", "ingress/web/shop")).hasSize(1);
    assertThat(marks.of("*.example.com", "ingress/web/other")).isEmpty();
  }
}
