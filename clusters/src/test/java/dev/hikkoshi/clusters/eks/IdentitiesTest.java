package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** Pod Identity associations as a cluster file says them. */
class IdentitiesTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/web";

  private final List<String> unsaid = new ArrayList<>();
  private final Identities identities = new Identities(unsaid);

  private static PodIdentityAssociation.Builder web() {
    return PodIdentityAssociation.builder().namespace("web").serviceAccount("web").roleArn(ROLE);
  }

  @Test
  void itIsSaidWithoutTheMarksOfTools() {
    // Given
    var association = web().tags(Map.of("app", "web", "aws:cloudformation:stack-name", "x"));

    // When
    Map<String, Object> said = identities.of(association.build());

    // Then
    assertThat(said)
        .containsExactly(
            Map.entry("namespace", "web"),
            Map.entry("serviceAccountName", "web"),
            Map.entry("roleARN", ROLE),
            Map.entry("tags", Map.of("app", "web")));
    assertThat(unsaid).isEmpty();
  }

  @Test
  void whatTheReaderDoesNotTakeIsSaidSoThatItIsToldByItsKey() {
    // Given
    String target = "arn:aws:iam::999988887777:role/web";
    var association = web().targetRoleArn(target).disableSessionTags(true);

    // When
    Map<String, Object> said = identities.of(association.build());

    // Then
    assertThat(said)
        .containsEntry("targetRoleARN", target)
        .containsEntry("disableSessionTags", true)
        .doesNotContainKey("tags");
  }

  @Test
  void oneOfAnAddOnIsSaidToBeItsOwnNoLonger() {
    // When
    Map<String, Object> said = identities.of(web().ownerArn("arn:addon").build());

    // Then
    assertThat(said).containsEntry("roleARN", ROLE);
    assertThat(unsaid).singleElement().asString().contains("web/web", "arn:addon");
  }
}
