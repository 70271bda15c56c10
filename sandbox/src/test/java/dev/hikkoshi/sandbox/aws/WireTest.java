package dev.hikkoshi.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The wire helpers that services share. */
class WireTest {

  private static final QueryProtocol PROTOCOL = new QueryProtocol("urn:x", "2011-06-15");

  @Test
  void formsReadListsInTheOrderOfTheirNumbers() {
    Form form =
        Form.of(request("POST", "/", "A.member.2=two&A.member.10=ten&A.member.1=one%20%26+1&B=x"));

    assertThat(form.list("A.member")).containsExactly("one & 1", "two", "ten");
    assertThat(form.need("B")).isEqualTo("x");
  }

  @Test
  void formsReadStructures() {
    Form form = Form.of(request("POST", "/", "F.1.Name=a&F.1.Value.1=b&F.1.Value.2=c&F.2.Name=d"));

    List<Form> filters = form.structures("F");

    assertThat(filters).hasSize(2);
    assertThat(filters.getFirst().list("Value")).containsExactly("b", "c");
    assertThat(filters.getLast().need("Name")).isEqualTo("d");
  }

  @Test
  void formsRefuseWhatIsMissingOrNoNumber() {
    Form form = Form.of(Map.of("N", "x"));

    assertCode("MissingParameter", () -> form.need("M"));
    assertCode("ValidationError", () -> form.number("N"));
    assertCode("MalformedQueryString", () -> Form.of(request("POST", "/", "a=%zz")));
  }

  @Test
  void xmlEscapes() {
    String xml = Xml.document("R", "urn:x", x -> x.text("T", "a<b>&\"c\"").text("None", null));

    assertThat(xml).endsWith("<R xmlns=\"urn:x\"><T>a&lt;b&gt;&amp;&quot;c&quot;</T></R>");
  }

  @Test
  void queryOperationsAreNamedByActionAndVersion() {
    Set<String> known = Set.of("Known");

    assertThat(PROTOCOL.operation(request("POST", "/", "Action=Known&Version=2011-06-15"), known))
        .isEqualTo("Known");
    assertCode(
        "InvalidAction", () -> PROTOCOL.operation(request("POST", "/", "Action=Other"), known));
    assertCode(
        "InvalidAction",
        () -> PROTOCOL.operation(request("POST", "/", "Action=Known&Version=1999-01-01"), known));
    assertCode("MissingAction", () -> PROTOCOL.operation(request("POST", "/", "X=Y"), known));
  }

  @Test
  void restRoutesKeepAnArnInOneSegment() {
    RestRoutes routes = new RestRoutes().add("Get", "GET", "/a/{arn}/b");

    RestRoutes.Match match = routes.match(request("GET", "/a/arn%3Aaws%2Fx+y/b", ""));

    assertThat(match.operation()).isEqualTo("Get");
    assertThat(match.parameters()).containsEntry("arn", "arn:aws/x+y");
    assertCode("UnknownOperationException", () -> routes.match(request("POST", "/a/x/b", "")));
    assertCode("UnknownOperationException", () -> routes.match(request("GET", "/a/x", "")));
  }

  @Test
  void summariesHaveNoSecrets() {
    AwsRequest request =
        request(
            "POST", "/", "Action=AssumeRole&TokenCode=123456&clientRequestToken=keep&Password=p");

    assertThat(ParameterSummary.of(request))
        .contains("clientRequestToken=keep", "TokenCode=...", "Password=...")
        .doesNotContain("123456");
  }

  private static void assertCode(String code, Runnable call) {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static AwsRequest request(String method, String path, String body) {
    return new AwsRequest(
        "id",
        new AwsRequest.Principal("arn", "id"),
        "sts",
        "ap-northeast-1",
        method,
        path,
        Map.of(),
        Map.of("content-type", List.of("application/x-www-form-urlencoded")),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
