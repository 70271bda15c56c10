package dev.hikkoshi.cli.apps;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Plain values as YAML that readers of 1.1 and of 1.2 read alike: any doubtful text is quoted. */
public final class BuildText {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setWidth(Integer.MAX_VALUE)
          .setSplitLines(false)
          .build();

  private BuildText() {}

  /** In block style; lines are as long as they are. */
  public static String of(Map<String, Object> document) {
    return new Dump(SETTINGS, new Careful(SETTINGS)).dumpToString(document);
  }

  /** Words such as yes or 0755 mean something else to YAML 1.1 without quotes. */
  private static final class Careful extends StandardRepresenter {

    private static final String DOUBTFUL =
        "(?i)y|yes|n|no|on|off|~|null|true|false|[-+.]?[0-9][0-9a-fx_.:eo+-]*|[-+]?\\.(inf|nan)|=|<<";

    Careful(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      if (tag.equals(Tag.STR) && style == ScalarStyle.PLAIN && value.matches(DOUBTFUL)) {
        return new ScalarNode(tag, value, ScalarStyle.DOUBLE_QUOTED);
      }
      return super.representScalar(tag, value, style);
    }
  }
}
