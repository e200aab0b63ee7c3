package io.parano.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured, beside its peer in the same run.
///
/// @param peer empty, with `peerValue` and `ratio` NaN, where there is none or it is missing here
/// @param note for people: what is wanted of it, and what else there is to know
record Figure(
    String name,
    double value,
    String unit,
    String peer,
    double peerValue,
    double ratio,
    String note) {

  static Figure alone(String name, double value, String unit) {
    return new Figure(name, value, unit, "", Double.NaN, Double.NaN, "");
  }

  /// The medians of both, and the median of the rounds' ratios: what disturbs a round disturbs
  /// both.
  static Figure beside(
      String name, List<Double> values, String unit, String peer, List<Double> peerValues) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / peerValues.get(round));
    }
    return new Figure(name, median(values), unit, peer, median(peerValues), median(ratios), "");
  }

  Figure noted(String note) {
    return new Figure(name, value, unit, peer, peerValue, ratio, note);
  }

  String line() {
    String line = String.format(Locale.ROOT, "%-30s %12s %s", name, number(value), unit);
    if (!peer.isEmpty()) {
      line += String.format(Locale.ROOT, "   %s: %s   ratio %.3f", peer, number(peerValue), ratio);
    }
    return note.isEmpty() ? line : line + "   (" + note + ")";
  }

  /// A list of objects, one a line.
  static String json(List<Figure> figures) {
    return figures.stream()
        .map(Figure::json)
        .reduce((before, next) -> before + ",\n  " + next)
        .map(all -> "[\n  " + all + "\n]\n")
        .orElse("[]\n");
  }

  private String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\": %s, \"value\": %s, \"unit\": %s, \"peer\": %s, \"peerValue\": %s, \"ratio\": %s}",
        quoted(name),
        jsonNumber(value),
        quoted(unit),
        peer.isEmpty() ? "null" : quoted(peer),
        jsonNumber(peerValue),
        jsonNumber(ratio));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String jsonNumber(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }

  /// Three digits that mean something.
  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1000 ? "%.1f" : "%,.0f", value);
  }

  static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
