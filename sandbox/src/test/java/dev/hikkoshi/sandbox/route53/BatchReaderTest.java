package dev.hikkoshi.sandbox.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS refuses before it looks at the zone: API_ResourceRecordSet.html and its constraints. */
class BatchReaderTest {

  private static final String VALUES =
      "<TTL>60</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords>";

  private static byte[] body(String action, String set) {
    return """
        <?xml version="1.0"?>
        <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
        <ChangeBatch><Comment>why</Comment><Changes><Change><Action>%s</Action>
        <ResourceRecordSet><Name>www.example.com</Name><Type>A</Type>%s</ResourceRecordSet>
        </Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>
        """
        .formatted(action, set)
        .getBytes(StandardCharsets.UTF_8);
  }

  private record Row(String code, String message, String action, String set) {}

  static Stream<Row> refused() {
    String at =
        "1 validation error detected: Value '%s' at 'changeBatch.changes.1.member.%s' failed to satisfy constraint: %s";
    String in = "in Change with [Action=CREATE, Name=www.example.com, Type=A, SetIdentifier=%s]";
    return Stream.of(
        new Row(
            "InvalidInput",
            at.formatted(
                "256",
                "resourceRecordSet.weight",
                "Member must have value less than or equal to 255"),
            "CREATE",
            "<SetIdentifier>a</SetIdentifier><Weight>256</Weight>" + VALUES),
        new Row(
            "InvalidInput",
            at.formatted(
                "-1",
                "resourceRecordSet.weight",
                "Member must have value greater than or equal to 0"),
            "CREATE",
            "<SetIdentifier>a</SetIdentifier><Weight>-1</Weight>" + VALUES),
        new Row(
            "InvalidInput",
            at.formatted(
                "REPLACE",
                "action",
                "Member must satisfy enum value set: [CREATE, DELETE, UPSERT]"),
            "REPLACE",
            VALUES),
        new Row(
            "InvalidInput",
            "Invalid request: Missing field 'SetIdentifier' " + in.formatted("null"),
            "CREATE",
            "<Weight>1</Weight>" + VALUES),
        new Row(
            "InvalidInput",
            "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found none "
                + in.formatted("a"),
            "CREATE",
            "<SetIdentifier>a</SetIdentifier>" + VALUES),
        new Row(
            "InvalidInput",
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none "
                + in.formatted("null"),
            "CREATE",
            "<TTL>60</TTL>"),
        new Row(
            "InvalidInput",
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one "
                + in.formatted("null"),
            "CREATE",
            "<AliasTarget><HostedZoneId>Z</HostedZoneId><DNSName>x.example.com</DNSName><EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget>"
                + VALUES),
        new Row(
            "NoSuchHealthCheck",
            "No health check exists with the specified ID: abc",
            "CREATE",
            VALUES + "<HealthCheckId>abc</HealthCheckId>"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatAwsRefusesIsRefusedInItsWords(Row row) {
    assertThatThrownBy(() -> BatchReader.read(body(row.action(), row.set())))
        .isInstanceOfSatisfying(AwsException.class, e -> assertThat(e.code()).isEqualTo(row.code()))
        .hasMessage(row.message());
  }

  @Test
  void aBatchIsReadInTheKeptForm() {
    // When
    BatchReader.Batch batch =
        BatchReader.read(
            body("UPSERT", "<SetIdentifier>blue</SetIdentifier><Weight>0</Weight>" + VALUES));
    // Then
    assertThat(batch.comment()).isEqualTo("why");
    assertThat(batch.changes().getFirst().set().key())
        .isEqualTo(new RecordSet.Key("www.example.com.", "A", "blue"));
    assertThat(batch.changes().getFirst().set().weight()).isZero();
  }

  @Test
  void documentTypesAreRefused() {
    // Given
    byte[] bomb =
        "<!DOCTYPE x [<!ENTITY a 'b'>]><ChangeResourceRecordSetsRequest/>"
            .getBytes(StandardCharsets.UTF_8);
    // When, then
    assertThatThrownBy(() -> BatchReader.read(bomb))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("MalformedXML"));
  }
}
