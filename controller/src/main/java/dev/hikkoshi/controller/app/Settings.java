package dev.hikkoshi.controller.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration of the controller; docs/configuration.md lists every key with its meaning. What is
 * about one environment is in its definition in Git, never here.
 */
@ConfigMapping(prefix = "hikkoshi")
public interface Settings {

  /** Git repositories that hold environments; at least one. */
  List<SourceSettings> sources();

  AwsPlace aws();

  Dns dns();

  /** How often load balancers report request counts, whole seconds. AWS does every 60 s. */
  @WithDefault("60s")
  Duration metricPeriod();

  /** Who is asked by checks of definitions, beside CloudWatch. */
  Metrics metrics();

  /** Headers for endpoints that checks of definitions ask, by the names that definitions use. */
  Map<String, WebhookSettings> webhooks();

  /** The management cluster's kubeconfig; else KUBECONFIG, else the pod's service account. */
  Optional<Path> kubeconfig();

  /** Where our objects are; else the namespace of the kubeconfig's context or of the pod. */
  Optional<String> namespace();

  /** Whether our custom resource definitions are installed or corrected at the start. */
  @WithDefault("true")
  boolean installDefinitions();

  LeaseSettings lease();

  PassSettings pass();

  /** Folder for clones of sources, fetched charts and renders; each process wants its own. */
  @WithDefault("${user.home}/.cache/hikkoshi/controller")
  Path cache();

  RenderSettings render();

  Sops sops();

  Charts charts();

  Webhook webhook();

  /** Where the sources of the tools are; the launcher sets it. */
  Optional<Path> root();

  /** One repository. */
  interface SourceSettings {

    /** Unique; lower-case letters, digits, - and . */
    String name();

    /** https, http, ssh or file; without a password. */
    String url();

    @WithDefault("main")
    String branch();

    /** Folder below which environments lie; the root without it. */
    Optional<String> path();

    /** Time between two fetches. */
    @WithDefault("30s")
    Duration poll();

    /** Folder with username and password, or identity and known_hosts; read at each fetch. */
    Optional<Path> credentials();

    /** Whether a branch that was force-pushed is followed; else it is refused and shown. */
    @WithDefault("false")
    boolean followRewrites();
  }

  /** How AWS is reached; everything else is AWS's own standard configuration. */
  interface AwsPlace {

    /** The one region that this controller acts in; else AWS's own configuration says it. */
    Optional<String> region();

    /** Profile in AWS's own configuration files. */
    Optional<String> profile();

    /** The longest write. Without it half of the lease, at most 8 s. */
    Optional<Duration> writeLimit();
  }

  /** How names are asked for. */
  interface Dns {

    /** host:port of authoritative servers; else each zone's own name servers on port 53. */
    Optional<List<String>> servers();
  }

  /** Providers of metrics, by the names that definitions use. */
  interface Metrics {

    Map<String, PrometheusSettings> prometheus();

    Map<String, DatadogSettings> datadog();

    Map<String, NewRelicSettings> newRelic();
  }

  /** A server that speaks Prometheus' HTTP API. */
  interface PrometheusSettings {

    /** https, or http on loopback; with the path before /api/v1. */
    String url();

    /** Whether http is allowed beyond loopback; never together with credentials. */
    @WithDefault("false")
    boolean plainHttp();

    /** Folder with token, or username and password; read at each question. */
    Optional<Path> credentials();

    /** File with the certificates that are trusted instead of the usual ones, PEM. */
    Optional<Path> caFile();

    /** Sent as X-Scope-OrgID. */
    Optional<String> tenant();

    /** Until a period that is over has all its samples: at least the longest scrape interval. */
    @WithDefault("15s")
    Duration delay();
  }

  /** A Datadog organisation. */
  interface DatadogSettings {

    /** The API of its site. */
    @WithDefault("https://api.datadoghq.com")
    String url();

    /** Folder with api-key and app-key; read at each question. */
    Path credentials();

    /** Until a period that is over has all its points. */
    @WithDefault("60s")
    Duration delay();
  }

  /** A New Relic account. */
  interface NewRelicSettings {

    /** The number of the account. */
    int account();

    /** The API of its region. */
    @WithDefault("https://api.newrelic.com")
    String url();

    /** Folder with api-key, a user key; read at each question. */
    Path credentials();

    /** Until a period that is over has all its events. */
    @WithDefault("60s")
    Duration delay();
  }

  /** A header, and the only place where it goes to. */
  interface WebhookSettings {

    /** https, or http on loopback; the addresses at or below it get the header. */
    String url();

    /** Folder with token (a bearer's) or authorization (sent as it is); read at each question. */
    Path credentials();
  }

  /** Who writes. */
  interface LeaseSettings {

    /** Name of the Lease; one for each installation. */
    @WithDefault("hikkoshi")
    String name();

    /** Whole seconds; how long nothing happens after a leader is gone without a word. */
    @WithDefault("15s")
    Duration duration();
  }

  /** How often environments are looked at. */
  interface PassSettings {

    /** Between passes in which nothing happens. */
    @WithDefault("10s")
    Duration interval();
  }

  /** The processes that render charts. */
  interface RenderSettings {

    /** How many render at the same time. */
    @WithDefault("2")
    int workers();
  }

  /** Encrypted values. */
  interface Sops {

    /** File with age identities, as age-keygen writes it; read each time one is needed. */
    Optional<Path> ageKeyFile();
  }

  /** Charts of repositories and registries. */
  interface Charts {

    /** JSON file with logins by origin; read at each fetch. A login goes to its origin only. */
    Optional<Path> loginsFile();
  }

  /** The hint that Git has news. */
  interface Webhook {

    /** File with the secret that hints have to be signed with; without it any hint is taken. */
    Optional<Path> secretFile();
  }
}
