package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What takes work from a queue or a stream as soon as it runs: KEDA's scalers, connectors, and
 * workloads whose variables name a queue. A producer names it too; which one it is only a person
 * knows.
 */
final class Consumers implements Detector {

  private static final Set<String> QUEUES =
      Set.of(
          "aws-sqs-queue",
          "aws-kinesis-stream",
          "aws-dynamodb-streams",
          "kafka",
          "apache-kafka",
          "rabbitmq",
          "activemq",
          "artemis-queue",
          "nats-jetstream",
          "pulsar",
          "redis",
          "redis-streams",
          "redis-cluster-streams",
          "temporal");

  private static final Set<String> CONNECTORS =
      Set.of("KafkaConnector", "KafkaConnect", "KafkaMirrorMaker2", "KafkaSource", "AwsSqsSource");

  private static final Pattern SQS =
      Pattern.compile(
          "https://(sqs\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?|[a-z0-9-]*queue\\.amazonaws\\.com)/\\S+"
              + "|arn:aws[a-z-]*:sqs:\\S+");
  private static final Pattern STREAM =
      Pattern.compile(
          "(KAFKA|KCL|KINESIS)_?.*(BOOTSTRAP|BROKER|GROUP_?ID|CONSUMER|STREAM|TOPIC).*"
              + "|BOOTSTRAP_SERVERS?|.*CONSUMER_GROUP.*");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    switch (object.kind()) {
      case "ScaledObject", "ScaledJob" -> scaler(object, found);
      default -> {
        if (CONNECTORS.contains(object.kind())) {
          found.always(EffectKind.QUEUE_CONSUMER, object.kind() + " takes records");
        } else {
          workload(object, around, found);
        }
      }
    }
  }

  private static void scaler(Manifest object, Found found) {
    for (Object trigger : Texts.list(object.tree(), "spec", "triggers")) {
      String type = Texts.text(trigger, "type").orElse("");
      if (QUEUES.contains(type)) {
        String of =
            Texts.text(trigger, "metadata", "queueURL")
                .or(() -> Texts.text(trigger, "metadata", "topic"))
                .or(() -> Texts.text(trigger, "metadata", "queueName"))
                .or(() -> Texts.text(trigger, "metadata", "streamName"))
                .map(q -> " of " + q)
                .orElse("");
        found.always(EffectKind.QUEUE_CONSUMER, "is scaled by " + type + of);
      } else if (object.kind().equals("ScaledJob")) {
        found.always(EffectKind.QUEUE_CONSUMER, "starts jobs by " + type);
      }
    }
  }

  private static void workload(Manifest object, Surroundings around, Found found) {
    for (Pods.Container container : Pods.of(object).containers()) {
      Optional<String> queue = queue(variables(object, container, around));
      if (queue.isPresent()) {
        found.always(EffectKind.QUEUE_CONSUMER, "may take work from " + queue.get());
        return;
      }
    }
  }

  private static Map<String, String> variables(
      Manifest object, Pods.Container container, Surroundings around) {
    Map<String, String> all = new LinkedHashMap<>(container.env());
    for (String name : container.from()) {
      Map<?, ?> data = around.configMaps().getOrDefault(object.namespace() + "/" + name, Map.of());
      data.forEach((k, v) -> all.putIfAbsent(String.valueOf(k), String.valueOf(v)));
    }
    container.words().forEach(word -> all.put(word, word));
    return all;
  }

  private static Optional<String> queue(Map<String, String> variables) {
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      var url = SQS.matcher(entry.getValue());
      if (url.find()) {
        return Optional.of(url.group());
      }
      if (STREAM.matcher(entry.getKey().toUpperCase(Locale.ROOT)).matches()) {
        return Optional.of(entry.getKey() + " " + entry.getValue());
      }
    }
    return Optional.empty();
  }
}
