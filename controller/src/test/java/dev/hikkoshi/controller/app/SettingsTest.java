package dev.hikkoshi.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.clusters.metrics.MetricsOptions;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.controller.install.Options;
import dev.hikkoshi.gitsync.SourceConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "hikkoshi.sources[0].name", "platform",
          "hikkoshi.sources[0].url", "https://git.example.com/platform.git",
          "user.home", "/home/hikkoshi");

  private static Settings settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(LEAST);
    all.putAll(more);
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withDefaultValues(all)
        .withMapping(Settings.class)
        .build()
        .getConfigMapping(Settings.class);
  }

  @Test
  void aSourceIsAllThatHasToBeSaid() {
    // When
    Options options = SettingsReader.options(settings(Map.of()), "me");

    // Then
    assertThat(options.sources())
        .containsExactly(
            SourceConfig.of(
                    "platform",
                    "https://git.example.com/platform.git",
                    "main",
                    Path.of("/home/hikkoshi/.cache/hikkoshi/controller/git"))
                .withPoll(Duration.ofSeconds(30)));
    assertThat(options.dns()).isEqualTo(DnsServers.ofZones());
    assertThat(options.metricPeriod()).isEqualTo(Duration.ofSeconds(60));
    assertThat(options.interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.lease())
        .isEqualTo(new Options.LeaseOptions("hikkoshi", "me", Duration.ofSeconds(15)));
    assertThat(options.aws().writeLimit()).isEqualTo(Duration.ofMillis(7_500));
    assertThat(options.aws().endpoint()).isEmpty();
    assertThat(options.kubeconfig()).isEmpty();
    assertThat(options.namespace()).isEmpty();
    assertThat(options.installDefinitions()).isTrue();
    assertThat(options.render().workers()).isEqualTo(2);
  }

  @Test
  void aWrongSettingIsToldAsSuchAndNotAsABug() {
    // When
    Settings settings = settings(Map.of("hikkoshi.pass.interval", "0s"));

    // Then: what Quarkus prints without a stack trace
    assertThatThrownBy(() -> EngineHost.options(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasNoCause()
        .hasMessageContaining("hikkoshi run: ")
        .hasMessageContaining("docs/configuration.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "2s", "PT15.5S"})
  void aLeaseHasWholeSecondsAndNotTooFew(String duration) {
    // Given
    Settings settings = settings(Map.of("hikkoshi.lease.duration", duration));

    // When, Then
    assertThatThrownBy(() -> SettingsReader.options(settings, "me"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hikkoshi.lease.duration")
        .hasMessageContaining("whole seconds, at least 3");
  }

  @Test
  void everyKeyIsTaken() {
    // When
    Options options =
        SettingsReader.options(
            settings(
                Map.of(
                    "hikkoshi.sources[0].follow-rewrites", "true",
                    "hikkoshi.sources[0].path", "clusters",
                    "hikkoshi.dns.servers", "127.0.0.1:5300,10.0.0.2",
                    "hikkoshi.metric-period", "5s",
                    "hikkoshi.lease.duration", "3s",
                    "hikkoshi.pass.interval", "500ms",
                    "hikkoshi.aws.region", "eu-central-1",
                    "hikkoshi.namespace", "hikkoshi-system",
                    "hikkoshi.root", "/opt/hikkoshi")),
            "me");

    // Then
    assertThat(options.sources().getFirst().rewrites()).isEqualTo(SourceConfig.Rewrites.FOLLOW);
    assertThat(options.sources().getFirst().path()).isEqualTo("clusters");
    assertThat(options.dns().addresses()).hasSize(2);
    assertThat(options.metricPeriod()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.aws().writeLimit()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(options.interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.aws().region()).contains("eu-central-1");
    assertThat(options.namespace()).contains("hikkoshi-system");
  }

  @Test
  void providersOfMetricsHaveTheNamesThatDefinitionsUse() {
    // When
    MetricsOptions metrics =
        SettingsReader.options(
                settings(
                    Map.of(
                        "hikkoshi.metrics.prometheus.main.url", "http://127.0.0.1:9090/prom/",
                        "hikkoshi.metrics.prometheus.main.tenant", "shop",
                        "hikkoshi.metrics.datadog.org-1.credentials", "/run/secrets/datadog",
                        "hikkoshi.metrics.new-relic.eu.account", "1234567",
                        "hikkoshi.metrics.new-relic.eu.url", "https://api.eu.newrelic.com",
                        "hikkoshi.metrics.new-relic.eu.credentials", "/run/secrets/newrelic")),
                "me")
            .metrics();

    // Then
    assertThat(metrics)
        .isEqualTo(
            MetricsOptions.of(
                Map.of(
                    "main",
                    new MetricsOptions.Prometheus(
                        "http://127.0.0.1:9090/prom/",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("shop"),
                        Duration.ofSeconds(15))),
                Map.of(
                    "org-1",
                    new MetricsOptions.Datadog(
                        "https://api.datadoghq.com",
                        Path.of("/run/secrets/datadog"),
                        Duration.ofSeconds(60))),
                Map.of(
                    "eu",
                    new MetricsOptions.NewRelic(
                        1234567,
                        "https://api.eu.newrelic.com",
                        Path.of("/run/secrets/newrelic"),
                        Duration.ofSeconds(60)))));
  }

  @Test
  void anAddressThatWouldShowCredentialsIsRefusedWithItsKey() {
    // Given
    Settings settings =
        settings(
            Map.of(
                "hikkoshi.metrics.prometheus.main.url", "http://metrics.example.com",
                "hikkoshi.metrics.prometheus.main.plain-http", "true",
                "hikkoshi.metrics.prometheus.main.credentials", "/run/secrets/prometheus"));

    // When, Then
    assertThatThrownBy(() -> SettingsReader.options(settings, "me"))
        .hasMessageContaining("hikkoshi.metrics.prometheus.main: ")
        .hasMessageContaining("plain http");
  }

  @Test
  void aKeyThatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> settings(Map.of("hikkoshi.pass.intervall", "1s")))
        .hasMessageContaining("hikkoshi.pass.intervall");
  }

  @Test
  void theDocumentationHasEveryKeyAndNoOther() throws IOException {
    // Given
    Path root = Path.of(System.getProperty("hikkoshi.root"));
    String text = Files.readString(root.resolve("docs/configuration.md"));

    // When
    SortedSet<String> documented = new TreeSet<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("| `hikkoshi.")) {
        documented.add(line.substring(3, line.indexOf('`', 3)));
      }
    }

    // Then
    assertThat(documented).isEqualTo(keys());
  }

  private static SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>();
    collect(Settings.class.getAnnotation(ConfigMapping.class).prefix(), Settings.class, keys);
    return keys;
  }

  private static void collect(String prefix, Class<?> mapping, SortedSet<String> keys) {
    for (Method method : mapping.getDeclaredMethods()) {
      String key = prefix + "." + kebab(method.getName());
      Type type = method.getGenericReturnType();
      if (method.getReturnType() == List.class) {
        Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
        collect(key + "[]", (Class<?>) element, keys);
      } else if (method.getReturnType() == Map.class) {
        Type element = ((ParameterizedType) type).getActualTypeArguments()[1];
        collect(key + ".NAME", (Class<?>) element, keys);
      } else if (method.getReturnType().getEnclosingClass() == Settings.class) {
        collect(key, method.getReturnType(), keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
