package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code set}, {@code setTemplate} or {@code setString}: the first of value, file and
 * values that says something counts.
 */
record SetSpec(Said name, Said value, Said file, List<Said> items) {

  SetSpec {
    items = List.copyOf(items);
  }

  static Optional<SetSpec> read(Fields fields) {
    Said none = new Said("", fields.place());
    Optional<Said> name = fields.need("name", Said.type(), "the path of a value, such as a.b");
    Said value = fields.get("value", Said.type(), none);
    Said file = fields.get("file", Said.type(), none);
    List<Said> items = fields.get("values", Types.list(Said.type()), List.of());
    return fields.make(() -> new SetSpec(name.orElseThrow(), value, file, items));
  }
}
