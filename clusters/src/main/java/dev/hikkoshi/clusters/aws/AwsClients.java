package dev.hikkoshi.clusters.aws;

import dev.hikkoshi.environments.port.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Clients of one region, made once each and shared.
 *
 * <p>There are two of each service that is written to. The reading ones retry as the SDK's standard
 * mode does. The {@code …Writes()} send exactly one request: after a lost answer a repetition could
 * do a thing twice or late, so the loop looks first and then decides again; and they send it only
 * while the fence is open. Both have limits, which the SDK has not by itself.
 *
 * <p>One repetition is beyond us: the JDK's HttpURLConnection sends a DELETE a second time when the
 * connection ends without an answer (a request with a body never). Of all our writes only EKS's
 * deletions are DELETEs, and the second says what the first said or that nothing is there.
 *
 * <p>Roles are assumed once per ARN and refreshed by the SDK shortly before they end.
 */
public final class AwsClients implements AutoCloseable {

  private static final String SESSION = "hikkoshi";
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int READ_ATTEMPTS = 3;
  private static final Region WORLD = Region.US_EAST_1;

  private enum Use {
    READ,
    WRITE
  }

  private record Key(Class<?> type, Use use, Optional<String> role, Region region) {}

  private final AwsSettings settings;
  private final Fence fence;
  private final Optional<AwsClock> clock;
  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider own;
  private final Map<Key, SdkAutoCloseable> clients = new ConcurrentHashMap<>();
  private final Map<String, StsAssumeRoleCredentialsProvider> roles = new ConcurrentHashMap<>();

  private AwsClients(
      AwsSettings settings, AwsCredentialsProvider own, Fence fence, Optional<AwsClock> clock) {
    this.settings = settings;
    this.fence = fence;
    this.clock = clock;
    this.own = own;
    this.region = settings.region().map(Region::of).orElseGet(() -> configuredRegion(settings));
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(settings.readLimit())
            .build();
  }

  /** Clients of a process that nobody competes with and that has the machine's time. */
  public static AwsClients of(AwsSettings settings) {
    return new AwsClients(settings, standard(settings), Fence.OPEN, Optional.empty());
  }

  /**
   * Clients as the settings say. Nothing is called yet.
   *
   * @param fence asked right before each write is sent
   * @param clock told of the time of each answer
   * @throws software.amazon.awssdk.core.exception.SdkClientException when no region is configured
   *     anywhere
   */
  public static AwsClients of(AwsSettings settings, Fence fence, AwsClock clock) {
    return new AwsClients(settings, standard(settings), fence, Optional.of(clock));
  }

  private static AwsCredentialsProvider standard(AwsSettings settings) {
    DefaultCredentialsProvider.Builder provider = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(provider::profileName);
    return provider.build();
  }

  /** Clients with credentials from somewhere else than the standard places. */
  public static AwsClients of(AwsSettings settings, AwsCredentialsProvider credentials) {
    return of(settings, credentials, Fence.OPEN);
  }

  static AwsClients of(AwsSettings settings, AwsCredentialsProvider credentials, Fence fence) {
    return new AwsClients(settings, credentials, fence, Optional.empty());
  }

  private static Region configuredRegion(AwsSettings settings) {
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    settings.profile().ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      // The SDK's text is a list of its own classes.
      throw SdkClientException.create(
          "no region is configured (AWS_REGION, or region in the profile)", e);
    }
  }

  public String region() {
    return region.id();
  }

  /** How long a write may last at most; what is begun with less of the lease left is not begun. */
  public Duration writeLimit() {
    return settings.writeLimit();
  }

  /** The credentials in use, for what is signed without being sent. */
  public AwsCredentialsProvider credentials() {
    return own;
  }

  public StsClient sts() {
    return client(StsClient.class, Use.READ, Optional.empty(), StsClient::builder);
  }

  public EksClient eks() {
    return client(EksClient.class, Use.READ, Optional.empty(), EksClient::builder);
  }

  public EksClient eksWrites() {
    return client(EksClient.class, Use.WRITE, Optional.empty(), EksClient::builder);
  }

  public Route53Client route53(Optional<String> role) {
    return client(Route53Client.class, Use.READ, role, Route53Client::builder);
  }

  public Route53Client route53Writes(Optional<String> role) {
    return client(Route53Client.class, Use.WRITE, role, Route53Client::builder);
  }

  public ElasticLoadBalancingV2Client elb(Optional<String> role) {
    return client(
        ElasticLoadBalancingV2Client.class, Use.READ, role, ElasticLoadBalancingV2Client::builder);
  }

  public ElasticLoadBalancingV2Client elbWrites(Optional<String> role) {
    return client(
        ElasticLoadBalancingV2Client.class, Use.WRITE, role, ElasticLoadBalancingV2Client::builder);
  }

  public CloudWatchClient cloudwatch(Optional<String> role) {
    return client(CloudWatchClient.class, Use.READ, role, CloudWatchClient::builder);
  }

  public IamClient iam() {
    return client(IamClient.class, Use.READ, Optional.empty(), IamClient::builder);
  }

  public Ec2Client ec2() {
    return client(Ec2Client.class, Use.READ, Optional.empty(), Ec2Client::builder);
  }

  public ServiceQuotasClient quotas() {
    return quotas(region);
  }

  /** Quotas of services that have no region (IAM) are kept where AWS keeps those services. */
  public ServiceQuotasClient quotasOfTheWorld() {
    return quotas(WORLD);
  }

  private ServiceQuotasClient quotas(Region where) {
    return client(
        ServiceQuotasClient.class, Use.READ, Optional.empty(), where, ServiceQuotasClient::builder);
  }

  private <
          C extends SdkAutoCloseable, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>>
      C client(Class<C> type, Use use, Optional<String> role, Supplier<B> builder) {
    return client(type, use, role, region, builder);
  }

  private <
          C extends SdkAutoCloseable, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>>
      C client(Class<C> type, Use use, Optional<String> role, Region where, Supplier<B> builder) {
    // First the credentials: they may need a client of this very map.
    AwsCredentialsProvider credentials = provider(role);
    return type.cast(
        clients.computeIfAbsent(
            new Key(type, use, role, where),
            _ -> configured(builder.get(), use, credentials, where).build()));
  }

  private <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> B configured(
      B builder, Use use, AwsCredentialsProvider credentials, Region where) {
    builder
        .httpClient(http)
        .region(where)
        .credentialsProvider(credentials)
        .overrideConfiguration(overrides(use));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder;
  }

  private ClientOverrideConfiguration overrides(Use use) {
    Duration limit = use == Use.READ ? settings.readLimit() : settings.writeLimit();
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder()
            .retryStrategy(retries(use))
            .apiCallTimeout(limit)
            .apiCallAttemptTimeout(use == Use.READ ? limit.dividedBy(2) : limit);
    clock.map(AnswerDates::new).ifPresent(overrides::addExecutionInterceptor);
    if (use == Use.WRITE) {
      overrides.addExecutionInterceptor(new SendFence(fence));
    }
    settings.profile().ifPresent(overrides::defaultProfileName);
    return overrides.build();
  }

  private static RetryStrategy retries(Use use) {
    return switch (use) {
      case READ ->
          AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(READ_ATTEMPTS).build();
      case WRITE -> AwsRetryStrategy.doNotRetry();
    };
  }

  private AwsCredentialsProvider provider(Optional<String> role) {
    return role.<AwsCredentialsProvider>map(arn -> roles.computeIfAbsent(arn, this::assumed))
        .orElse(own);
  }

  private StsAssumeRoleCredentialsProvider assumed(String arn) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts())
        .refreshRequest(r -> r.roleArn(arn).roleSessionName(SESSION))
        .build();
  }

  @Override
  public void close() {
    List.copyOf(clients.values()).forEach(SdkAutoCloseable::close);
    roles.values().forEach(StsAssumeRoleCredentialsProvider::close);
    if (own instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
    http.close();
  }
}
