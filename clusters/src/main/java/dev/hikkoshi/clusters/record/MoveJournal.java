package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The journal of a Move: its newest entries in the status, older ones in ConfigMaps that the Move
 * owns, {@code <move>-journal-0}, {@code -1}, … with one JSON line an entry.
 *
 * <p>Entries are numbered. They are put into a ConfigMap before they leave the status, and numbers
 * that a ConfigMap has are not put there again; so a crash in between neither loses nor doubles
 * one.
 */
final class MoveJournal {

  /** Entries that stay in the status when it is shortened, and how many make it too long. */
  private static final int KEPT = 100;

  private static final int MOST = 150;

  /** Of one ConfigMap; Kubernetes allows 1 MiB. */
  static final int LARGEST = 512 * 1024;

  private static final JsonMapper JSON = RecordCodec.mapper();
  private static final String JOURNAL = "journal";
  private static final String MAPS = "journalMaps";
  private static final String FILE = "journal.jsonl";
  private static final String NUMBER = "n";

  private final Management management;

  MoveJournal(Management management) {
    this.management = management;
  }

  /** Puts the journal of the object into its next status, with what the record has more. */
  void carryOver(ObjectNode move, ObjectNode next, List<JournalEntry> record) {
    String id = move.at("/metadata/name").asText();
    JsonNode before = move.path("status");
    List<ObjectNode> entries = new ArrayList<>();
    before.path(JOURNAL).forEach(entry -> entries.add((ObjectNode) entry));
    List<ObjectNode> seen =
        record.stream().filter(e -> e.move().equals(id)).map(MoveJournal::entry).toList();
    int number = entries.isEmpty() ? 0 : entries.getLast().path(NUMBER).asInt() + 1;
    for (ObjectNode entry : seen.subList(overlap(entries, seen), seen.size())) {
      entries.add(entry.put(NUMBER, number++));
    }
    int maps = before.path(MAPS).asInt(0);
    if (entries.size() > MOST) {
      List<ObjectNode> old = entries.subList(0, entries.size() - KEPT);
      maps = roll(move, maps, old);
      old.clear();
    }
    next.put(MAPS, maps);
    next.putArray(JOURNAL).addAll(entries);
  }

  /** Everything, oldest first: ConfigMaps, then the status. An entry in both is answered once. */
  List<JournalEntry> read(ObjectNode move) {
    List<JournalEntry> all = new ArrayList<>();
    String id = move.at("/metadata/name").asText();
    JsonNode status = move.path("status");
    int next = 0;
    for (int index = 0; index < status.path(MAPS).asInt(0); index++) {
      for (String line : find(move, index).map(MoveJournal::text).orElse("").lines().toList()) {
        next = add(all, id, line(line), next);
      }
    }
    for (JsonNode entry : status.path(JOURNAL)) {
      next = add(all, id, entry, next);
    }
    return all;
  }

  private static int add(List<JournalEntry> all, String move, JsonNode entry, int next) {
    int number = entry.path(NUMBER).asInt();
    if (number < next) {
      return next;
    }
    all.add(JournalCodec.read(((ObjectNode) entry).deepCopy().without(NUMBER), move));
    return number + 1;
  }

  /** The object that has the journal says already whose it is. */
  private static ObjectNode entry(JournalEntry entry) {
    return JournalCodec.write(entry).without(JournalCodec.MOVE);
  }

  /** How many of the record's entries are the last ones here already. */
  private static int overlap(List<ObjectNode> here, List<ObjectNode> record) {
    for (int n = Math.min(here.size(), record.size()); n > 0; n--) {
      if (same(here.subList(here.size() - n, here.size()), record.subList(0, n))) {
        return n;
      }
    }
    return 0;
  }

  private static boolean same(List<ObjectNode> numbered, List<ObjectNode> plain) {
    for (int i = 0; i < plain.size(); i++) {
      ObjectNode entry = numbered.get(i).deepCopy();
      entry.remove(NUMBER);
      if (!entry.equals(plain.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Appends to the newest ConfigMap, or to the next; answers how many there are. */
  private int roll(ObjectNode move, int maps, List<ObjectNode> old) {
    int index = Math.max(0, maps - 1);
    Optional<ObjectNode> there = find(move, index);
    String text = there.map(MoveJournal::text).orElse("");
    int last = lastNumber(text);
    StringBuilder more = new StringBuilder();
    for (ObjectNode entry : old) {
      if (entry.path(NUMBER).asInt() > last) {
        more.append(entry).append('\n');
      }
    }
    int size = bytes(text) + bytes(more.toString());
    if (there.isPresent() && size > LARGEST) {
      index++;
      there = find(move, index);
      text = there.map(MoveJournal::text).orElse("");
    }
    if (!more.isEmpty()) {
      write(move, index, there, text + more);
    }
    return index + 1;
  }

  private void write(ObjectNode move, int index, Optional<ObjectNode> there, String text) {
    ObjectNode map = there.map(ObjectNode::deepCopy).orElseGet(() -> fresh(move, index));
    map.withObject("/data").put(FILE, text);
    if (there.isPresent()) {
      management.api().replace(path(move, index), Management.FIELD_MANAGER, map);
    } else {
      management.api().create(management.core("configmaps"), Management.FIELD_MANAGER, map);
    }
  }

  private static ObjectNode fresh(ObjectNode move, int index) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata");
    metadata.put("name", mapName(move, index));
    metadata
        .putObject("labels")
        .put(
            Management.ENVIRONMENT_LABEL,
            move.at("/metadata/labels").path(Management.ENVIRONMENT_LABEL).asText());
    ArrayNode owners = metadata.putArray("ownerReferences");
    owners
        .addObject()
        .put("apiVersion", Management.API_VERSION)
        .put("kind", "Move")
        .put("name", move.at("/metadata/name").asText())
        .put("uid", move.at("/metadata/uid").asText());
    return map;
  }

  private Optional<ObjectNode> find(ObjectNode move, int index) {
    return management.api().get(path(move, index));
  }

  private String path(ObjectNode move, int index) {
    return management.core("configmaps") + "/" + mapName(move, index);
  }

  private static String mapName(ObjectNode move, int index) {
    return move.at("/metadata/name").asText() + "-journal-" + index;
  }

  private static String text(ObjectNode map) {
    return map.path("data").path(FILE).asText("");
  }

  private static int lastNumber(String text) {
    String lines = text.stripTrailing();
    if (lines.isEmpty()) {
      return -1;
    }
    return line(lines.substring(lines.lastIndexOf('\n') + 1)).path(NUMBER).asInt();
  }

  private static JsonNode line(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new KubeException(0, "Damaged", "a line of a journal is no JSON");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
