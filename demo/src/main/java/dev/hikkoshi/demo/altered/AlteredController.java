package dev.hikkoshi.demo.altered;

import dev.hikkoshi.clusters.aws.AwsClock;
import dev.hikkoshi.clusters.aws.AwsSettings;
import dev.hikkoshi.clusters.metrics.MetricsOptions;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.clusters.webhook.WebhookOptions;
import dev.hikkoshi.controller.engine.Engine;
import dev.hikkoshi.controller.engine.LogEvents;
import dev.hikkoshi.controller.engine.Parts;
import dev.hikkoshi.controller.install.Installation;
import dev.hikkoshi.controller.install.Options;
import dev.hikkoshi.controller.install.ReleaseOptions;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.gitsync.Limits;
import dev.hikkoshi.gitsync.SourceConfig;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * A controller process around the shipped engine and adapters, with altered parts. It reads the
 * same keys as the shipped one, from system properties.
 */
public final class AlteredController {

  /** The property with the file that is written once the engine is ready. */
  static final String READY_FILE = "demo.ready";

  private static final String PREFIX = "hikkoshi.";

  private AlteredController() {}

  /**
   * Arguments: {@code sabotage WORD}, {@code stop-at-boundaries DIRECTORY}, {@code without
   * rule-zero}, or none.
   */
  public static void main(String[] args) throws InterruptedException {
    switch (args.length) {
      case 0 -> run(parts -> parts);
      case 2 -> run(alteration(args[0], args[1]));
      default -> throw new DemoException("sabotage WORD, or stop-at-boundaries DIRECTORY");
    }
  }

  private static UnaryOperator<Parts> alteration(String what, String how) {
    return switch (what) {
      case "sabotage" -> {
        Sabotage sabotage =
            Sabotage.of(how).orElseThrow(() -> new DemoException("no such sabotage: " + how));
        yield parts -> parts.with(sabotage.on(parts.gateways()));
      }
      case "stop-at-boundaries" -> {
        Boundaries boundaries = Boundaries.in(Path.of(how));
        yield boundaries::on;
      }
      case "without" -> {
        if (!how.equals("rule-zero")) {
          throw new DemoException("only rule-zero can be left out, not " + how);
        }
        yield parts -> parts.with(WithoutRuleZero.on(parts.gateways()));
      }
      default -> throw new DemoException("not an alteration: " + what);
    };
  }

  private static void run(UnaryOperator<Parts> alteration) throws InterruptedException {
    AwsClock clock = AwsClock.beginningWith(InstantSource.system());
    Toolbox toolbox = Toolbox.standard(clock, ProgressListener.silent());
    Path worker = toolbox.find(Tool.RENDER.pinned());
    Installation installation = Installation.of(options(), clock);
    Parts parts =
        installation.open(worker, () -> toolbox.find(Tool.HELM.pinned()), new LogEvents());
    Engine engine = Engine.start(alteration.apply(parts));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      engine.close();
                      installation.close();
                    }));
    while (!engine.ready()) {
      Thread.sleep(Duration.ofMillis(50));
    }
    sayReady();
    new CountDownLatch(1).await();
  }

  private static void sayReady() {
    try {
      Files.writeString(Path.of(required(READY_FILE)), "ready\n");
    } catch (IOException e) {
      throw new DemoException("cannot say that it is ready: " + e.getMessage(), e);
    }
  }

  private static Options options() {
    Duration lease = Duration.parse(required(PREFIX + "lease.duration"));
    Duration half = lease.dividedBy(2);
    SourceConfig source =
        new SourceConfig(
            required(PREFIX + "sources[0].name"),
            required(PREFIX + "sources[0].url"),
            required(PREFIX + "sources[0].branch"),
            "",
            Duration.parse(required(PREFIX + "sources[0].poll")),
            Optional.empty(),
            Path.of(required(PREFIX + "cache")).resolve("git"),
            SourceConfig.Rewrites.REFUSE,
            Limits.DEFAULT,
            SourceConfig.Timeouts.DEFAULT);
    return new Options(
        List.of(source),
        AwsSettings.standard().limits(AwsSettings.READ_LIMIT, half),
        DnsServers.parse(List.of(required(PREFIX + "dns.servers"))),
        Duration.parse(required(PREFIX + "metric-period")),
        MetricsOptions.none(),
        WebhookOptions.none(),
        Optional.empty(),
        Optional.empty(),
        true,
        new Options.LeaseOptions("hikkoshi", "demo-" + ProcessHandle.current().pid(), lease),
        Duration.parse(required(PREFIX + "pass.interval")),
        RenderOptions.DEFAULT.withWorkers(2),
        ReleaseOptions.in(Path.of(required(PREFIX + "cache"))));
  }

  private static String required(String key) {
    String value = System.getProperty(key);
    if (value == null) {
      throw new DemoException(key + " is not set");
    }
    return value;
  }
}
