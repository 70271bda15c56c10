package dev.hikkoshi.cli.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a word of an enum as help prints it, and says which there are where it is another. */
public class Words<E extends Enum<E>> implements ITypeConverter<E> {

  private final Class<E> type;

  public Words(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    for (E one : type.getEnumConstants()) {
      if (word(one).equals(text.toLowerCase(Locale.ROOT))) {
        return one;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants()).map(Words::word).collect(Collectors.joining(", "));
    throw new TypeConversionException("'%s' is none of %s".formatted(text, known));
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
