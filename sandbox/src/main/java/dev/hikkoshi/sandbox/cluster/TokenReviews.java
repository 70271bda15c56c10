package dev.hikkoshi.sandbox.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.Events;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.RawRequest;
import dev.hikkoshi.sandbox.aws.SignatureV4;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers an API server's question whose a bearer token is. A token is a presigned STS request; its
 * signature is checked here and the URL is never called. The header {@code x-k8s-aws-id} is signed
 * with it and has to name the very cluster that asks.
 *
 * <p>The rules are those of aws-iam-authenticator: at most 15 minutes old, GetCallerIdentity only,
 * known parameters only, an STS host.
 */
public final class TokenReviews {

  private static final String PREFIX = "k8s-aws-v1.";
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final int LONGEST = 12_000;
  private static final Set<String> PARAMETERS =
      Set.of(
          "action",
          "version",
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-signature",
          "x-amz-signedheaders",
          "x-amz-user-agent");

  private final SignatureV4 signatures;
  private final ClusterUsers users;
  private final Events events;
  private final Set<String> hosts;

  /** Accepts tokens made for the STS of that region, or for this sandbox's port on 127.0.0.1. */
  public TokenReviews(SignatureV4 signatures, ClusterUsers users, Events events, String region) {
    this.signatures = signatures;
    this.users = users;
    this.events = events;
    hosts =
        Set.of("sts.amazonaws.com", "sts." + region + ".amazonaws.com", "127.0.0.1", "localhost");
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private Refused(String why) {
      super(why);
    }
  }

  /** Answers a TokenReview for that cluster with the same document and a status. */
  public JsonNode review(String cluster, JsonNode review) {
    String token = review.path("spec").path("token").asText("");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("apiVersion", "authentication.k8s.io/v1");
    answer.put("kind", "TokenReview");
    ObjectNode status = answer.putObject("status");
    try {
      ClusterUsers.User user = user(cluster, token);
      status.put("authenticated", true);
      ObjectNode written = status.putObject("user");
      written.put("username", user.name());
      written.put("uid", "aws-iam-authenticator:" + user.name());
      user.groups().forEach(written.putArray("groups")::add);
    } catch (Refused e) {
      status.put("authenticated", false);
      if (token.startsWith(PREFIX)) {
        events.note("token-refused", Map.of("cluster", cluster, "why", reason(e)));
      }
    }
    return answer;
  }

  private static String reason(Refused refused) {
    return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
  }

  private ClusterUsers.User user(String cluster, String token) throws Refused {
    URI url = url(token);
    String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    Map<String, List<String>> headers =
        Map.of("host", List.of(host), "x-k8s-aws-id", List.of(cluster));
    String query = url.getRawQuery();
    checkParameters(query);
    SignatureV4.Signer signer;
    try {
      signer = signatures.checkToken(new RawRequest("GET", "/", query, headers, new byte[0]), LIFE);
    } catch (AwsException e) {
      throw new Refused(e.code() + ": " + e.getMessage());
    }
    if (!signer.service().equals("sts")) {
      throw new Refused("signed for " + signer.service() + " and not for sts");
    }
    String arn = signer.identity().principal().arn();
    Optional<ClusterUsers.User> user = users.user(cluster, arn);
    return user.orElseThrow(() -> new Refused("no access entry for " + arn));
  }

  private URI url(String token) throws Refused {
    if (!token.startsWith(PREFIX) || token.length() > LONGEST) {
      throw new Refused("no token of EKS");
    }
    try {
      byte[] raw = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      URI url = new URI(new String(raw, StandardCharsets.UTF_8));
      boolean sts = url.getHost() != null && hosts.contains(url.getHost());
      boolean root = url.getRawPath() != null && (url.getRawPath() + "/").startsWith("/");
      if (!sts || !root || url.getRawPath().length() > 1 || url.getRawQuery() == null) {
        throw new Refused("not a URL of STS");
      }
      return url;
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new Refused("not a URL in base64");
    }
  }

  private static void checkParameters(String query) throws Refused {
    boolean identity = false;
    boolean named = false;
    for (String pair : query.split("&", -1)) {
      String name = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
      if (!PARAMETERS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        throw new Refused("parameter " + name + " does not belong into a token");
      }
      identity |= pair.equals("Action=GetCallerIdentity");
      named |= name.equals("X-Amz-SignedHeaders") && signs(pair);
    }
    if (!identity || !named) {
      throw new Refused("not GetCallerIdentity with x-k8s-aws-id signed");
    }
  }

  private static boolean signs(String pair) {
    String value = pair.substring(pair.indexOf('=') + 1).replace("%3B", ";").replace("%3b", ";");
    return Arrays.asList(value.split(";", -1)).contains("x-k8s-aws-id");
  }
}
