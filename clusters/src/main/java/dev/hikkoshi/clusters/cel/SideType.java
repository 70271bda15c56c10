package dev.hikkoshi.clusters.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.StructType;
import dev.hikkoshi.environments.port.SideMember;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type of {@code new} and {@code old}. With a type of its own a member that there is not, or
 * that is compared with another kind of thing, is a mistake of the definition, with its place;
 * values are maps all the same.
 */
final class SideType {

  private static final ImmutableMap<String, CelType> MEMBERS =
      Arrays.stream(SideMember.values())
          .collect(
              ImmutableMap.toImmutableMap(SideMember::word, m -> CelExpressions.type(m.kind())));

  static final StructType TYPE =
      StructType.create(
          "hikkoshi.Side", MEMBERS.keySet(), member -> Optional.ofNullable(MEMBERS.get(member)));

  static final CelTypeProvider PROVIDER =
      new CelTypeProvider() {
        @Override
        public ImmutableCollection<CelType> types() {
          return ImmutableSet.of(TYPE);
        }

        @Override
        public Optional<CelType> findType(String name) {
          return name.equals(TYPE.name()) ? Optional.of(TYPE) : Optional.empty();
        }
      };

  private SideType() {}

  /** What may be asked of a side, for a message. */
  static String words() {
    return String.join(", ", MEMBERS.keySet());
  }
}
