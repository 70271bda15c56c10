package dev.hikkoshi.environments.reading;

import dev.hikkoshi.environments.reading.Node.Scalar;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an untagged scalar means to Go's yaml v3, with which helmfile reads: {@code yes} and {@code
 * on} are text, {@code 0755} is octal, {@code 1_000} is a number, {@code 2020-01-01} is a date.
 */
public final class Scalars {

  /** The kinds of a scalar. */
  public enum Kind {
    NULL,
    BOOL,
    INTEGER,
    FLOAT,
    TIMESTAMP,
    TEXT
  }

  private static final String TAG = "tag:yaml.org,2002:";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern SPECIAL = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9:]{2,6})?)?");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)");
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Scalars() {}

  /** Decides by tag, quotes and text. A tag that is none of YAML's own makes it text. */
  public static Kind kind(Scalar scalar) {
    if (scalar.tag().isPresent()) {
      return switch (scalar.tag().get().replace(TAG, "")) {
        case "null" -> Kind.NULL;
        case "bool" -> Kind.BOOL;
        case "int" -> Kind.INTEGER;
        case "float" -> Kind.FLOAT;
        case "timestamp" -> Kind.TIMESTAMP;
        default -> Kind.TEXT;
      };
    }
    if (!scalar.plain()) {
      return Kind.TEXT;
    }
    String text = scalar.text();
    if (NULLS.contains(text)) {
      return Kind.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Kind.BOOL;
    }
    if (DATE.matcher(text).matches()) {
      return Kind.TIMESTAMP;
    }
    if (integer(text).isPresent()) {
      return Kind.INTEGER;
    }
    String digits = text.startsWith("_") ? "" : text.replace("_", "");
    boolean number = FLOAT.matcher(digits).matches() || SPECIAL.matcher(text).matches();
    return number ? Kind.FLOAT : Kind.TEXT;
  }

  /**
   * The value: null, Boolean, Long, BigInteger (above 2^63), Double or String. A date stays text:
   * who cares about the difference asks for the {@link #kind}. What does not fit its tag is text.
   */
  public static @Nullable Object value(Scalar scalar) {
    return switch (kind(scalar)) {
      case NULL -> null;
      case BOOL -> TRUE.contains(scalar.text());
      case INTEGER -> integer(scalar.text()).<Object>map(Scalars::fitted).orElse(scalar.text());
      case FLOAT -> real(scalar.text());
      case TIMESTAMP, TEXT -> scalar.text();
    };
  }

  /** A whole number in any of Go's notations that fits into 64 bits, signed or not. */
  static Optional<BigInteger> integer(String text) {
    Matcher number = INTEGER.matcher(text.replace("_", ""));
    if (text.startsWith("_") || text.length() > 80 || !number.matches()) {
      return Optional.empty();
    }
    String digits = number.group(2).toLowerCase(Locale.ROOT);
    BigInteger value =
        switch (digits.length() > 1 && digits.charAt(0) == '0' ? digits.charAt(1) : ' ') {
          case 'x' -> new BigInteger(digits.substring(2), 16);
          case 'o' -> new BigInteger(digits.substring(2), 8);
          case 'b' -> new BigInteger(digits.substring(2), 2);
          case ' ' -> new BigInteger(digits);
          default -> new BigInteger(digits.substring(1), 8);
        };
    BigInteger signed = number.group(1).equals("-") ? value.negate() : value;
    boolean fits = signed.compareTo(LEAST) >= 0 && signed.compareTo(GREATEST) <= 0;
    return fits ? Optional.of(signed) : Optional.empty();
  }

  private static Object fitted(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : value;
  }

  private static Object real(String text) {
    String plain = text.replace("_", "");
    if (FLOAT.matcher(plain).matches()) {
      return Double.valueOf(plain);
    }
    if (!SPECIAL.matcher(text).matches()) {
      return text;
    }
    if (text.charAt(1) == 'n' || text.charAt(1) == 'N') {
      return Double.NaN;
    }
    return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
