package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.RestRoutes;
import dev.hikkoshi.sandbox.aws.Xml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Route 53 on the wire: rest-xml under {@code /2013-04-01}. */
final class Route53Service implements AwsService {

  private static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";
  private static final RestRoutes ROUTES =
      new RestRoutes()
          .add("CreateHostedZone", "POST", "/2013-04-01/hostedzone")
          .add("ListHostedZones", "GET", "/2013-04-01/hostedzone")
          .add("ListHostedZonesByName", "GET", "/2013-04-01/hostedzonesbyname")
          .add("GetHostedZone", "GET", "/2013-04-01/hostedzone/{Id}")
          .add("DeleteHostedZone", "DELETE", "/2013-04-01/hostedzone/{Id}")
          .add("ChangeResourceRecordSets", "POST", "/2013-04-01/hostedzone/{Id}/rrset")
          .add("ListResourceRecordSets", "GET", "/2013-04-01/hostedzone/{Id}/rrset")
          .add("GetChange", "GET", "/2013-04-01/change/{Id}")
          .add("ListTagsForResource", "GET", "/2013-04-01/tags/{Type}/{Id}")
          .add("ChangeTagsForResource", "POST", "/2013-04-01/tags/{Type}/{Id}");

  private final Route53 engine;
  private final Listings listings;
  private final RateLimit limit;

  Route53Service(Route53 engine, RateLimit limit) {
    this.engine = engine;
    this.listings = new Listings(engine);
    this.limit = limit;
  }

  @Override
  public String signingName() {
    return "route53";
  }

  @Override
  public String operation(AwsRequest request) {
    return ROUTES.match(request).operation();
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    limit.take();
    Map<String, String> path = ROUTES.match(request).parameters();
    String id = path.getOrDefault("Id", "");
    return switch (operation) {
      case "CreateHostedZone" -> createZone(request);
      case "ListHostedZones" -> answer(operation, xml -> listings.zones(request, xml));
      case "ListHostedZonesByName" -> answer(operation, xml -> listings.zonesByName(request, xml));
      case "GetHostedZone" -> getZone(engine.zone(id));
      case "DeleteHostedZone" -> changed(operation, engine.delete(id));
      case "ChangeResourceRecordSets" -> {
        engine.zone(id);
        BatchReader.Batch batch = BatchReader.read(request.body());
        yield changed(operation, engine.change(id, batch.changes(), batch.comment()));
      }
      case "ListResourceRecordSets" ->
          answer(operation, xml -> listings.records(engine.zone(id), request, xml));
      case "GetChange" -> changed(operation, engine.change(id));
      case "ListTagsForResource" -> tags(path.getOrDefault("Type", ""), engine.zone(zoneId(path)));
      case "ChangeTagsForResource" -> changeTags(request, zoneId(path));
      default -> throw new IllegalArgumentException(operation);
    };
  }

  private static String zoneId(Map<String, String> path) {
    String type = path.getOrDefault("Type", "");
    if (!type.equals("hostedzone")) {
      throw new AwsException(
          400, "InvalidInput", "The sandbox tags resources of type hostedzone only, not " + type);
    }
    return path.getOrDefault("Id", "");
  }

  private AwsResponse createZone(AwsRequest request) {
    XmlBody body = XmlBody.of(request.body(), "CreateHostedZoneRequest");
    String name = need(body, "Name");
    String reference = need(body, "CallerReference");
    var config = body.child("HostedZoneConfig");
    boolean closed = config.flatMap(c -> c.text("PrivateZone")).orElse("false").equals("true");
    if (closed || body.child("VPC").isPresent()) {
      throw new AwsException(400, "InvalidInput", "The sandbox plays public hosted zones only");
    }
    String kept;
    try {
      kept = DnsName.of(name);
    } catch (IllegalArgumentException e) {
      throw new AwsException(400, "InvalidDomainName", e.getMessage() + " is not valid");
    }
    var comment = config.flatMap(c -> c.text("Comment")).orElse(null);
    Route53.Created created = engine.create(kept, reference, comment);
    AwsResponse answer =
        answer(
            "CreateHostedZone",
            xml -> {
              Shapes.zone(xml, created.zone());
              Shapes.change(xml, created.change(), engine.now());
              Shapes.delegation(xml);
            });
    String location = "https://route53.amazonaws.com/2013-04-01/hostedzone/";
    return new AwsResponse(
        201,
        answer.contentType(),
        answer.body(),
        Map.of("Location", location + created.zone().zone().id()));
  }

  private static String need(XmlBody body, String name) {
    return body.text(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () ->
                new AwsException(
                    400, "InvalidInput", "Invalid request: Missing field '" + name + "'"));
  }

  private AwsResponse getZone(ZoneState zone) {
    return answer(
        "GetHostedZone",
        xml -> {
          Shapes.zone(xml, zone);
          Shapes.delegation(xml);
        });
  }

  private AwsResponse changed(String operation, ChangeInfo change) {
    return answer(operation, xml -> Shapes.change(xml, change, engine.now()));
  }

  private AwsResponse tags(String type, ZoneState zone) {
    return answer(
        "ListTagsForResource",
        xml ->
            xml.element(
                "ResourceTagSet",
                set ->
                    set.text("ResourceType", type)
                        .text("ResourceId", zone.zone().id())
                        .list(
                            "Tags",
                            "Tag",
                            zone.tags().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .toList(),
                            (tag, e) -> tag.text("Key", e.getKey()).text("Value", e.getValue()))));
  }

  private AwsResponse changeTags(AwsRequest request, String id) {
    XmlBody body = XmlBody.of(request.body(), "ChangeTagsForResourceRequest");
    Map<String, String> add = new LinkedHashMap<>();
    body.list("AddTags", "Tag").forEach(t -> add.put(need(t, "Key"), t.text("Value").orElse("")));
    List<String> remove = body.list("RemoveTagKeys", "Key").stream().map(XmlBody::text).toList();
    engine.tag(id, add, remove);
    return answer("ChangeTagsForResource", xml -> {});
  }

  private static AwsResponse answer(String operation, Consumer<Xml> content) {
    return AwsResponse.xml(200, Xml.document(operation + "Response", NAMESPACE, content));
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    return AwsResponse.xml(
        error.status(),
        Xml.document(
            "ErrorResponse",
            NAMESPACE,
            xml ->
                xml.element(
                        "Error",
                        e ->
                            e.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                .text("Code", error.code())
                                .text("Message", error.getMessage()))
                    .text("RequestId", request.requestId())));
  }
}
