package dev.hikkoshi.sandbox.lbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.state.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of an Ingress and, before them, of a Service ("Ingress annotations" of the
 * controller's guide). What is not played is refused by name.
 */
final class Annotations {

  static final String PREFIX = "alb.ingress.kubernetes.io/";

  private static final JsonMapper JSON = Json.mapper();
  private static final Set<String> PLAYED =
      Set.of(
          "scheme",
          "target-type",
          "subnets",
          "security-groups",
          "load-balancer-name",
          "load-balancer-attributes",
          "target-group-attributes",
          "listen-ports",
          "certificate-arn",
          "ip-address-type",
          "backend-protocol",
          "healthcheck-path",
          "healthcheck-port",
          "healthcheck-protocol",
          "healthcheck-interval-seconds",
          "healthcheck-timeout-seconds",
          "healthy-threshold-count",
          "unhealthy-threshold-count",
          "success-codes",
          "tags");

  private final Map<String, String> values;

  private Annotations(Map<String, String> values) {
    this.values = values;
  }

  /** A listener as {@code listen-ports} wants it. */
  record ListenPort(String protocol, int port) {}

  /**
   * Reads annotations.
   *
   * @throws Refused where one is not played
   */
  static Annotations of(@Nullable Map<String, String> all) throws Refused {
    Map<String, String> values = new TreeMap<>();
    for (var entry : Objects.requireNonNullElse(all, Map.<String, String>of()).entrySet()) {
      if (!entry.getKey().startsWith(PREFIX)) {
        continue;
      }
      String key = entry.getKey().substring(PREFIX.length());
      if (!PLAYED.contains(key)) {
        throw Refused.forGood("the sandbox does not play the annotation " + entry.getKey());
      }
      values.put(key, entry.getValue().strip());
    }
    Annotations read = new Annotations(values);
    read.only("target-type", "ip");
    read.only("ip-address-type", "ipv4");
    read.only("backend-protocol", "HTTP");
    return read;
  }

  private void only(String key, String played) throws Refused {
    String value = values.getOrDefault(key, played);
    if (!value.equals(played)) {
      throw Refused.forGood(
          "the sandbox plays %s%s '%s', not '%s'".formatted(PREFIX, key, played, value));
    }
  }

  /** These before those. */
  Annotations over(Annotations others) {
    Map<String, String> both = new TreeMap<>(others.values);
    both.putAll(values);
    return new Annotations(both);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<String> one(String key) {
    return Optional.ofNullable(values.get(key));
  }

  String or(String key, String usual) {
    return values.getOrDefault(key, usual);
  }

  List<String> list(String key) {
    return one(key).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** {@code a=b,c=d}. */
  Map<String, String> pairs(String key) throws Refused {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String item : list(key)) {
      int equals = item.indexOf('=');
      if (equals < 1) {
        throw Refused.forGood("%s%s: '%s' is not KEY=VALUE".formatted(PREFIX, key, item));
      }
      pairs.put(item.substring(0, equals).strip(), item.substring(equals + 1).strip());
    }
    return pairs;
  }

  /** HTTP on 80; HTTPS on 443 instead where a certificate is given. */
  List<ListenPort> listenPorts() throws Refused {
    Optional<String> text = one("listen-ports");
    if (text.isEmpty()) {
      return List.of(
          has("certificate-arn") ? new ListenPort("HTTPS", 443) : new ListenPort("HTTP", 80));
    }
    List<ListenPort> ports = new ArrayList<>();
    for (JsonNode item : array(text.get())) {
      for (var entry : item.properties()) {
        boolean known = entry.getKey().equals("HTTP") || entry.getKey().equals("HTTPS");
        if (!known || !entry.getValue().isInt()) {
          throw badPorts(text.get());
        }
        ports.add(new ListenPort(entry.getKey(), entry.getValue().asInt()));
      }
    }
    boolean tls = ports.stream().anyMatch(port -> port.protocol().equals("HTTPS"));
    if (tls && !has("certificate-arn")) {
      throw Refused.forGood(
          "the sandbox does not discover certificates: " + PREFIX + "certificate-arn is needed");
    }
    return ports;
  }

  private static JsonNode array(String text) throws Refused {
    try {
      JsonNode read = JSON.readTree(text);
      if (read.isArray() && !read.isEmpty()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw badPorts(text);
    }
    throw badPorts(text);
  }

  private static Refused badPorts(String text) {
    return Refused.forGood(
        "%slisten-ports must be like [{\"HTTP\": 80}], not '%s'".formatted(PREFIX, text));
  }
}
