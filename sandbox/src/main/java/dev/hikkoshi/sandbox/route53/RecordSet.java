package dev.hikkoshi.sandbox.route53;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource record set, simple or weighted, with values or an alias.
 *
 * @param name in the kept form of {@link DnsName}
 * @param type for example {@code A}
 * @param setIdentifier what tells weighted sets of one name and type apart; null for a simple one
 * @param weight 0 to 255; null for a simple set
 * @param ttl in seconds; null for an alias
 * @param values as sent; empty for an alias
 * @param alias null where there are values
 */
public record RecordSet(
    String name,
    String type,
    @Nullable String setIdentifier,
    @Nullable Integer weight,
    @Nullable Long ttl,
    List<String> values,
    @Nullable AliasTarget alias) {

  public RecordSet {
    values = List.copyOf(values);
  }

  /** A set of values that is not weighted. */
  public static RecordSet simple(String name, String type, long ttl, List<String> values) {
    return new RecordSet(name, type, null, null, ttl, values, null);
  }

  /** What is unique in a zone. */
  public Key key() {
    return new Key(name, type, setIdentifier == null ? "" : setIdentifier);
  }

  /**
   * Name, type and set identifier, in the order of ListResourceRecordSets.
   *
   * @param setIdentifier empty for a simple set
   */
  public record Key(String name, String type, String setIdentifier) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name, DnsName.ORDER)
            .thenComparing(Key::type)
            .thenComparing(Key::setIdentifier);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
