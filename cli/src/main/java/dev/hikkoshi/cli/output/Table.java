package dev.hikkoshi.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Left-aligned columns, two spaces apart, as kubectl prints them; the last one is not padded. */
public final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> header) {
    rows.add(header);
  }

  public static Table of(String... header) {
    return new Table(List.of(header));
  }

  /** Adds a row; a cell with nothing to say shows a dash. */
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row has as many cells as the header");
    }
    rows.add(List.of(cells).stream().map(Table::cell).toList());
    return this;
  }

  public boolean empty() {
    return rows.size() == 1;
  }

  /** The lines, header first. */
  public List<String> lines() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
      }
    }
    return line.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** One line without control characters: texts come from files and from API servers. */
  private static String cell(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.isEmpty() ? "-" : clean;
  }
}
