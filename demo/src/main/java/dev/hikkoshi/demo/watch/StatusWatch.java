package dev.hikkoshi.demo.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.record.RecordCodec;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.watch.Seen.FailingCheck;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.view.Banner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows one Environment object with the user's kubeconfig; a watch, so that no state between two
 * looks is missed. Begins anew when it breaks off or when the object is not there yet.
 */
public final class StatusWatch implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofMillis(300);
  private static final ResourceDefinitionContext ENVIRONMENTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("hikkoshi.dev")
          .withVersion("v1alpha1")
          .withKind("Environment")
          .withPlural("environments")
          .withNamespaced(true)
          .build();

  private final String environment;
  private final InstantSource clock;
  private final Consumer<Seen> listener;
  private final KubernetesClient client;
  private final RecordCodec codec = new RecordCodec();
  private final ObjectMapper json = new ObjectMapper();
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private sealed interface Event {
    record Changed(GenericKubernetesResource object) implements Event {}

    record BrokeOff() implements Event {}
  }

  private StatusWatch(
      Path kubeconfig, String environment, InstantSource clock, Consumer<Seen> listener) {
    this.environment = environment;
    this.clock = clock;
    this.listener = listener;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    thread = Thread.ofVirtual().name("status").unstarted(this::follow);
  }

  /** Begins; the listener is called on one thread, in order. */
  public static StatusWatch start(
      Path kubeconfig, String environment, InstantSource clock, Consumer<Seen> listener) {
    StatusWatch watch = new StatusWatch(kubeconfig, environment, clock, listener);
    watch.thread.start();
    return watch;
  }

  private void follow() {
    while (!closed) {
      events.clear();
      try (Watch _ = watch()) {
        drain();
      } catch (KubernetesClientException e) {
        // The definitions are not installed yet, or the API server is on its way.
      }
      pause();
    }
  }

  private Watch watch() {
    return client
        .genericKubernetesResources(ENVIRONMENTS)
        .inNamespace(Optional.ofNullable(client.getNamespace()).orElse("default"))
        .withName(environment)
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, GenericKubernetesResource object) {
                if (action == Action.ADDED || action == Action.MODIFIED) {
                  events.add(new Event.Changed(object));
                }
              }

              @Override
              public void onClose(WatcherException cause) {
                events.add(new Event.BrokeOff());
              }

              @Override
              public void onClose() {
                events.add(new Event.BrokeOff());
              }
            });
  }

  private void drain() {
    while (!closed) {
      try {
        switch (events.poll(1, TimeUnit.SECONDS)) {
          case Event.Changed(GenericKubernetesResource object) -> changed(object);
          case Event.BrokeOff _ -> {
            return;
          }
          case null -> {}
        }
      } catch (InterruptedException e) {
        closed = true;
        Thread.currentThread().interrupt();
      }
    }
  }

  private void changed(GenericKubernetesResource object) {
    JsonNode status = json.valueToTree(object.getAdditionalProperties().get("status"));
    if (status == null || !status.isObject()) {
      return;
    }
    listener.accept(
        new Seen(
            clock.instant(), record(status), banner(status), failing(status), problems(status)));
  }

  private EnvironmentRecord record(JsonNode status) {
    JsonNode document = status.path("record");
    if (document.isMissingNode()) {
      return EnvironmentRecord.fresh(environment);
    }
    try {
      return codec.read(document);
    } catch (RecordException e) {
      throw new DemoException("the record cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<String> problems(JsonNode status) {
    List<String> problems = new ArrayList<>();
    status.at("/view/problems").forEach(problem -> problems.add(problem.asText()));
    return problems;
  }

  /** A banner that this version cannot read is no reason to stop: the record is what counts. */
  private List<String> banner(JsonNode status) {
    JsonNode banner = status.at("/view/banner");
    if (!banner.isObject()) {
      return List.of();
    }
    try {
      return json.treeToValue(banner, Banner.class).lines();
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static List<FailingCheck> failing(JsonNode status) {
    List<FailingCheck> failing = new ArrayList<>();
    for (JsonNode check : status.at("/view/checks")) {
      if (check.path("verdict").asText().equals("fail")) {
        failing.add(
            new FailingCheck(
                check.path("name").asText(),
                check.path("subject").asText(),
                check.path("evidence").asText()));
      }
    }
    return failing;
  }

  private void pause() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    client.close();
  }
}
