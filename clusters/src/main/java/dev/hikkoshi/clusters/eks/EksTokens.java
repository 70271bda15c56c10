package dev.hikkoshi.clusters.eks;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.clusters.kube.ClusterToken;
import dev.hikkoshi.environments.observed.ClusterSeen;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Tokens for the Kubernetes API of EKS clusters: a presigned STS GetCallerIdentity URL that names
 * the cluster in a signed header, in base64url behind {@code k8s-aws-v1.}, as {@code aws eks
 * get-token} makes them.
 *
 * <p>EKS accepts one for 15 minutes from its signature, and only while the credentials that signed
 * it live. A token is kept until {@value #LIFE_MINUTES} minutes old or shortly before its
 * credentials end, whichever is first. It is a credential: it is never logged.
 */
public final class EksTokens implements ClusterToken {

  private static final int LIFE_MINUTES = 14;
  private static final Duration LIFE = Duration.ofMinutes(LIFE_MINUTES);

  /** Of the URL itself; STS does not hold tokens to it, other signers write the same. */
  private static final Duration EXPIRES = Duration.ofSeconds(60);

  private static final Duration BEFORE_END = Duration.ofMinutes(1);
  private static final String CLUSTER_HEADER = "x-k8s-aws-id";
  private static final String PREFIX = "k8s-aws-v1.";

  private record Kept(String token, Instant until) {

    @Override
    public String toString() {
      return "token until " + until;
    }
  }

  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  public EksTokens(AwsClients aws, Clock clock) {
    this(aws.credentials(), aws.region(), clock);
  }

  EksTokens(AwsCredentialsProvider credentials, String region, Clock clock) {
    this.credentials = credentials;
    this.region = Region.of(region);
    this.clock = clock;
  }

  @Override
  public String token(ClusterSeen cluster) {
    return token(cluster.name());
  }

  String token(String cluster) {
    Instant now = clock.instant();
    return kept.compute(
            cluster,
            (_, there) ->
                there != null && now.isBefore(there.until()) ? there : fresh(cluster, now))
        .token();
  }

  private Kept fresh(String cluster, Instant now) {
    AwsCredentialsIdentity identity = credentials.resolveIdentity().join();
    Instant old = now.plus(LIFE);
    Instant until =
        identity
            .expirationTime()
            .map(end -> end.minus(BEFORE_END))
            .filter(end -> end.isBefore(old))
            .orElse(old);
    byte[] url = url(cluster, identity, now).toString().getBytes(StandardCharsets.UTF_8);
    return new Kept(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(url), until);
  }

  private URI url(String cluster, AwsCredentialsIdentity identity, Instant now) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("https://sts." + region.id() + "." + suffix() + "/"))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(CLUSTER_HEADER, cluster)
            .build();
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(identity)
                    .request(request)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                    .putProperty(
                        AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, EXPIRES)
                    .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, clock.getZone())))
        .request()
        .getUri();
  }

  /** The authenticator refuses hosts of another partition. */
  private String suffix() {
    return PartitionMetadata.of(region).dnsSuffix();
  }
}
