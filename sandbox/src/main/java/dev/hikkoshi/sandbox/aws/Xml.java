package dev.hikkoshi.sandbox.aws;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the XML of query and rest-xml answers: elements and text, nothing else. */
public final class Xml {

  private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringBuilder out = new StringBuilder(512);

  private Xml() {}

  /** A whole document. */
  public static String document(String root, String namespace, Consumer<Xml> children) {
    Xml xml = new Xml();
    xml.out
        .append(PROLOG)
        .append('<')
        .append(root)
        .append(" xmlns=\"")
        .append(escaped(namespace))
        .append("\">");
    children.accept(xml);
    return xml.out.append("</").append(root).append('>').toString();
  }

  /** A whole document without a namespace. */
  public static String document(String root, Consumer<Xml> children) {
    Xml xml = new Xml();
    xml.out.append(PROLOG);
    return xml.element(root, children).out.toString();
  }

  /** An element with elements in it. */
  public Xml element(String name, Consumer<Xml> children) {
    out.append('<').append(name).append('>');
    children.accept(this);
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element with text in it; nothing at all for null. */
  public Xml text(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String text = escaped(value.toString());
    out.append('<').append(name).append('>').append(text).append("</").append(name).append('>');
    return this;
  }

  /** A list: {@code <name><each>…</each>…</name>}. */
  public <T> Xml list(String name, String each, Collection<T> items, BiConsumer<Xml, T> writer) {
    return element(
        name, list -> items.forEach(i -> list.element(each, item -> writer.accept(item, i))));
  }

  /** A list of plain values. */
  public Xml texts(String name, String each, Collection<?> values) {
    return element(name, list -> values.forEach(value -> list.text(each, value)));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#xD;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
