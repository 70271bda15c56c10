package dev.hikkoshi.environments.collection;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps in the natural order of their keys that nobody can change. A record that is copied with one
 * component changed, some hundred times in a pass, keeps the others as they are: no map of these is
 * ever copied again.
 */
public final class Sorted {

  private static final Frozen<?, ?> EMPTY = new Frozen<>(new TreeMap<>());

  private Sorted() {}

  /** These entries; the very map where it was made here. */
  public static <K extends Comparable<? super K>, V> SortedMap<K, V> copyOf(Map<K, V> map) {
    return map instanceof Frozen<K, V> frozen ? frozen : new Frozen<>(new TreeMap<>(map));
  }

  /** These entries and one more, or one in another's place. */
  public static <K extends Comparable<? super K>, V> SortedMap<K, V> with(
      Map<K, V> map, K key, V value) {
    TreeMap<K, V> next = open(map);
    next.put(key, value);
    return new Frozen<>(next);
  }

  /** These entries but that one. */
  public static <K extends Comparable<? super K>, V> SortedMap<K, V> without(Map<K, V> map, K key) {
    if (!map.containsKey(key)) {
      return copyOf(map);
    }
    TreeMap<K, V> next = open(map);
    next.remove(key);
    return new Frozen<>(next);
  }

  private static <K extends Comparable<? super K>, V> TreeMap<K, V> open(Map<K, V> map) {
    return new TreeMap<>(map instanceof Frozen<K, V> frozen ? frozen.own : map);
  }

  /** No entries. */
  @SuppressWarnings("unchecked") // Nothing can be put into it.
  public static <K extends Comparable<? super K>, V> SortedMap<K, V> empty() {
    return (SortedMap<K, V>) EMPTY;
  }

  private static final class Frozen<K, V> extends AbstractMap<K, V> implements SortedMap<K, V> {

    /** Read here, and never handed out. */
    private final TreeMap<K, V> own;

    /** The same for everybody else. */
    private final SortedMap<K, V> entries;

    /** Nobody else may know the map. */
    Frozen(TreeMap<K, V> own) {
      this.own = own;
      this.entries = Collections.unmodifiableSortedMap(own);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
      own.forEach(action);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
      return entries.entrySet();
    }

    @Override
    public Set<K> keySet() {
      return entries.keySet();
    }

    @Override
    public Collection<V> values() {
      return entries.values();
    }

    @Override
    public int size() {
      return own.size();
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
      return own.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return own.containsKey(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || own.equals(other instanceof Frozen<?, ?> f ? f.own : other);
    }

    @Override
    public int hashCode() {
      return own.hashCode();
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
      return entries.comparator();
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
      return entries.subMap(from, to);
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
      return entries.headMap(to);
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
      return entries.tailMap(from);
    }

    @Override
    public K firstKey() {
      return entries.firstKey();
    }

    @Override
    public K lastKey() {
      return entries.lastKey();
    }
  }
}
