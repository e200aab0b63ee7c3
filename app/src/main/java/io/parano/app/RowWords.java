package io.parano.app;

import io.parano.store.RowFinding;
import java.util.List;
import java.util.stream.Collectors;

/// Says to the operator what is wrong with which rows, a sentence each.
final class RowWords {
  /// As many as somebody reads.
  private static final int MOST = 10;

  private RowWords() {}

  static String of(List<RowFinding> findings) {
    String told = findings.stream().limit(MOST).map(RowWords::of).collect(Collectors.joining("; "));
    return findings.size() <= MOST
        ? told
        : told + "; " + Texts.say("rows.more", Integer.toString(findings.size() - MOST));
  }

  private static String of(RowFinding finding) {
    return switch (finding.kind()) {
      case HEAD_FORGED -> Texts.say("rows.head-forged");
      case PUT_BACK -> Texts.say("rows.put-back");
      case RESERVE_FORGED -> Texts.say("rows.reserve-forged");
      case TABLE_GONE -> Texts.say("rows.table-gone", finding.table());
      case ROW_FORGED -> Texts.say("rows.row-forged", finding.table(), finding.key());
      case ROWS_MISSING -> Texts.say("rows.missing", finding.table());
      case ROWS_RESTORED -> Texts.say("rows.restored", finding.table());
      case ROWS_EXCHANGED -> Texts.say("rows.exchanged", finding.table());
    };
  }
}
