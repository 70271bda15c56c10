package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the caller is among the principals of access entries. */
class EksRemovalsTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sts::111122223333:assumed-role/hikkoshi/s, arn:aws:iam::111122223333:role/hikkoshi, true",
    "arn:aws:sts::111122223333:assumed-role/hikkoshi/s, arn:aws:iam::111122223333:role/a/hikkoshi, true",
    "arn:aws:sts::111122223333:assumed-role/hikkoshi/s, arn:aws:iam::444455556666:role/hikkoshi, false",
    "arn:aws:sts::111122223333:assumed-role/hikkoshi/s, arn:aws:iam::111122223333:role/no-hikkoshi, false",
    "arn:aws:iam::111122223333:user/me, arn:aws:iam::111122223333:user/me, true",
    "arn:aws:iam::111122223333:user/me, arn:aws:iam::111122223333:user/you, false"
  })
  void theCallerIsKnownWhateverThePathOfItsRole(String caller, String principal, boolean same) {
    // Then
    assertThat(EksRemovals.isCaller(caller, principal)).isEqualTo(same);
  }
}
