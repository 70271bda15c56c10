package dev.hikkoshi.environments.reading;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number, or so many percent.
 *
 * @param number as it is written, without the sign of percent
 */
public record Quantity(double number, boolean percent) {

  private static final Pattern FORM = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?%?");

  /** Written {@code 0.5}, {@code 40} or {@code 1%}. */
  public static Type<Quantity> type() {
    Shape shape = new Shape.Text(true, Optional.of(FORM.pattern()), List.of());
    return Types.literal()
        .then(Types.matching(FORM, "a number, or percent: 0.5, 1%"))
        .<Quantity>then((text, _, _) -> Optional.of(of(text)))
        .shaped(() -> shape);
  }

  private static Quantity of(String text) {
    boolean percent = text.endsWith("%");
    return new Quantity(
        Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text), percent);
  }

  /** Percent as a part of one; a number as it is. */
  public double fraction() {
    return percent ? number / 100 : number;
  }
}
