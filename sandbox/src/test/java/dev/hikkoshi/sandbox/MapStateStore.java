package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hikkoshi.sandbox.state.Json;
import dev.hikkoshi.sandbox.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents in memory; they go through JSON, so that what cannot be kept fails here too. */
public final class MapStateStore implements StateStore {

  private final Map<String, String> documents = new ConcurrentSkipListMap<>();

  @Override
  public <T> Optional<T> read(String name, Class<T> type) {
    return Optional.ofNullable(documents.get(name))
        .map(
            text -> {
              try {
                return Json.mapper().readValue(text, type);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Override
  public void write(String name, Object value) {
    try {
      documents.put(name, Json.mapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void delete(String name) {
    documents.remove(name);
  }

  @Override
  public List<String> names(String prefix) {
    return documents.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }
}
