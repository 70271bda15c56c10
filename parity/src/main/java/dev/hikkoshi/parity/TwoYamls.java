package dev.hikkoshi.parity;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * YAML 1.2, except that a plain word which YAML 1.1 takes for a boolean is neither a boolean nor a
 * text but a {@link Word}.
 */
final class TwoYamls implements Schema {

  /** A word that two readers of YAML read differently. */
  record Word(String text) {}

  private static final Tag WORD = new Tag("tag:hikkoshi.dev,2026:word");
  private static final Pattern WORDS =
      Pattern.compile("y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF");

  private final CoreSchema core = new CoreSchema();

  @Override
  public ScalarResolver getScalarResolver() {
    ScalarResolver plain = core.getScalarResolver();
    return (value, implicit) ->
        implicit && WORDS.matcher(value).matches() ? WORD : plain.resolve(value, implicit);
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    Map<Tag, ConstructNode> all = new HashMap<>(core.getSchemaTagConstructors());
    all.put(WORD, node -> new Word(((ScalarNode) node).getValue()));
    return all;
  }
}
