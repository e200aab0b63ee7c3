package io.parano.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers everything wrong with a document, so that its author mends it in one go.
public final class Mistakes {
  /// A document with more than this is something else than what it is read as.
  private static final int MOST = 100;

  private static final int LONGEST_ARGUMENT = 80;

  private final List<Mistake> told = new ArrayList<>();
  private int untold;

  public Mistakes() {}

  public void add(Node at, Mistake.Kind kind, String... arguments) {
    addNear(at, kind, null, arguments);
  }

  /// @param nearest what was probably meant; null when nothing valid is near
  public void addNear(Node at, Mistake.Kind kind, @Nullable String nearest, String... arguments) {
    if (told.size() == MOST) {
      untold++;
      return;
    }
    List<String> shown = Arrays.stream(arguments).map(Mistakes::excerpt).toList();
    told.add(new Mistake(at.line(), at.column(), kind, shown, nearest));
  }

  /// In the order of the document.
  public List<Mistake> list() {
    List<Mistake> sorted = new ArrayList<>(told);
    sorted.sort(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column));
    if (untold > 0) {
      Mistake last = sorted.getLast();
      List<String> count = List.of(Integer.toString(untold));
      sorted.add(new Mistake(last.line(), last.column(), Flaw.TOO_MANY_MISTAKES, count, null));
    }
    return sorted;
  }

  /// Documents come from outside: what is quoted from them is short and can't steer a terminal.
  private static String excerpt(String argument) {
    String clean =
        argument
            .codePoints()
            .limit(LONGEST_ARGUMENT + 1L)
            .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.codePointCount(0, clean.length()) <= LONGEST_ARGUMENT
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_ARGUMENT)) + "…";
  }
}
