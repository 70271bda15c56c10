package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.aws.Identities.Identity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.model.Cluster;

/** Clients of the real AWS SDK, and tokens as a controller makes them. */
public final class TestClients {

  private static final String STS = "https://sts.ap-northeast-1.amazonaws.com/";

  private TestClients() {}

  /** Points a builder at the sandbox. */
  public static <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(
      B builder, URI endpoint, Identity identity) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(endpoint)
        .region(Region.AP_NORTHEAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials(identity)))
        .build();
  }

  private static AwsCredentials credentials(Identity identity) {
    String token = identity.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(identity.accessKeyId(), identity.secretKey())
        : AwsSessionCredentials.create(identity.accessKeyId(), identity.secretKey(), token);
  }

  /** A token for a cluster, made by the SDK's own signer. */
  public static String token(String cluster, Identity identity) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(STS))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader("x-k8s-aws-id", cluster)
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                b ->
                    b.identity(credentials(identity))
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "ap-northeast-1")
                        .putProperty(
                            AwsV4HttpSigner.AUTH_LOCATION,
                            AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60)));
    byte[] url = signed.request().getUri().toString().getBytes(StandardCharsets.UTF_8);
    return "k8s-aws-v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(url);
  }

  /** A Kubernetes client with a token. */
  public static KubernetesClient kubernetes(Cluster cluster, String token) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(cluster.endpoint())
            .withCaCertData(cluster.certificateAuthority().data())
            .withOauthToken(token)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
