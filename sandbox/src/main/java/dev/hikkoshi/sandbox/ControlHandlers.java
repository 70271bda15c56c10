package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.ControlHandler.Request;
import dev.hikkoshi.sandbox.aws.CallLog;
import dev.hikkoshi.sandbox.cluster.TokenReviews;
import dev.hikkoshi.sandbox.eks.Versions;
import dev.hikkoshi.sandbox.fault.FaultRule;
import dev.hikkoshi.sandbox.fault.FaultScript;
import dev.hikkoshi.sandbox.state.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The control API's own answers. */
final class ControlHandlers {

  private static final JsonMapper JSON = Json.mapper();
  private static final int MOST_CALLS = 5_000;

  private ControlHandlers() {}

  static ControlHandler calls(CallLog calls) {
    return request -> {
      String service = one(request, "service", "");
      String operation = one(request, "operation", "");
      List<CallLog.Call> found =
          calls.after(
              number(request, "after", 0),
              call ->
                  (service.isEmpty() || service.equals(call.service()))
                      && (operation.isEmpty() || operation.equals(call.operation())),
              (int) Math.min(MOST_CALLS, number(request, "limit", MOST_CALLS)));
      return JSON.createObjectNode().set("calls", JSON.valueToTree(found));
    };
  }

  static ControlHandler events(EventLog events) {
    return request -> {
      ArrayNode list = JSON.createArrayNode();
      list.addAll(events.after(number(request, "after", 0), one(request, "kind", "")));
      return JSON.createObjectNode().set("events", list);
    };
  }

  static ControlHandler faults(FaultScript faults) {
    return request ->
        switch (request.method()) {
          case "GET" -> JSON.createObjectNode().set("faults", JSON.valueToTree(faults.states()));
          case "POST" -> {
            List<String> ids = add(faults, request.body());
            yield JSON.createObjectNode().set("ids", JSON.valueToTree(ids));
          }
          case "DELETE" -> {
            if (request.path().isEmpty()) {
              faults.clear();
            } else if (!faults.remove(request.path())) {
              throw new NoSuchElementException("no fault " + request.path());
            }
            yield JSON.createObjectNode();
          }
          default -> throw new IllegalArgumentException("GET, POST or DELETE");
        };
  }

  /** Adds one rule, or a list of them. */
  static List<String> add(FaultScript faults, JsonNode rules) {
    List<FaultRule> read = new ArrayList<>();
    try {
      if (rules.isArray()) {
        for (JsonNode rule : rules) {
          read.add(JSON.treeToValue(rule, FaultRule.class));
        }
      } else {
        read.add(JSON.treeToValue(rules, FaultRule.class));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a fault rule: " + e.getOriginalMessage(), e);
    }
    return read.stream().map(faults::add).toList();
  }

  static ControlHandler versions(Versions versions) {
    return request -> {
      if (request.method().equals("PUT")) {
        try {
          versions.replace(JSON.treeToValue(request.body(), Versions.Table.class));
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException("not a version table: " + e.getOriginalMessage(), e);
        }
      }
      return JSON.valueToTree(versions.table());
    };
  }

  static ControlHandler tokens(TokenReviews reviews) {
    return request -> reviews.review(request.path(), request.body());
  }

  static ControlHandler health() {
    return _ -> ok();
  }

  static ControlHandler stop(Runnable stop) {
    return request -> {
      if (!request.method().equals("POST")) {
        throw new IllegalArgumentException("POST");
      }
      // The answer has to be out before the front closes.
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
          .execute(() -> Thread.ofPlatform().name("stop").start(stop));
      return ok();
    };
  }

  private static ObjectNode ok() {
    return JSON.createObjectNode().put("status", "ok");
  }

  private static String one(Request request, String name, String otherwise) {
    List<String> values = request.query().getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  private static long number(Request request, String name, long otherwise) {
    String text = one(request, name, String.valueOf(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number: " + text, e);
    }
  }
}
