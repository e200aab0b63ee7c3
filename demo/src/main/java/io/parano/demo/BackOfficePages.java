package io.parano.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The pages of the made-up back office, in the reader's language.
final class BackOfficePages {
  static final OfficeFrame.Link EXPORT = new OfficeFrame.Link("/export", "export");
  static final OfficeFrame.Link PAYSLIPS = new OfficeFrame.Link("/payslips/", "payslips");
  static final String FILE = "/export/customers.csv";

  private static final String EXPORT_HEAD =
      "handle;surname;first name;address;city;country;telephone";

  /// Made up, as everything here is.
  private static final List<List<String>> WAGES =
      List.of(
          List.of("Camille Roy", "2013-07", "2 140,00 €"),
          List.of("Hugo Martin", "2013-07", "2 890,00 €"),
          List.of("Mei Tanaka", "2013-07", "2 960,00 €"),
          List.of("Paul Girard", "2013-07", "2 310,00 €"));

  private final Places places;
  private final OfficeFrame file;
  private final OfficeFrame wages;
  private final Introduction reader;
  private final String cookie;

  /// @param cookie the name of the cookie that the reader's browser shows to this host
  BackOfficePages(Texts texts, Places places, Introduction reader, String cookie) {
    this.places = places;
    this.file =
        new OfficeFrame(
            texts, List.of(new OfficeFrame.Link("/", "customers"), EXPORT), reader.name());
    this.wages =
        new OfficeFrame(
            texts, List.of(new OfficeFrame.Link("/", "wages"), PAYSLIPS), reader.name());
    this.reader = reader;
    this.cookie = cookie;
  }

  /// Whether `reply` is a page or an export of the back office, and no page about signing in.
  static boolean shown(Reply reply) {
    return reply.status() == 200
        && (OfficeFrame.framed(reply.text()) || reply.text().startsWith(EXPORT_HEAD));
  }

  String customers(List<Customer> customers) {
    List<String> columns = List.of("handle", "name", "city", "country", "servers");
    List<List<String>> rows = new ArrayList<>();
    for (Customer customer : customers) {
      rows.add(
          List.of(
              "<a href=\"/customers/%1$s\"><code>%1$s</code></a>".formatted(customer.handle()),
              Markup.escape(customer.surname() + " " + customer.firstName()),
              Markup.escape(customer.city()),
              customer.country(),
              Integer.toString(customer.servers().size())));
    }
    HeldLevels held = new HeldLevels(file, places, reader);
    String body =
        "%s<section class=\"card\"><h2 id=\"file\">%s</h2>%s</section>%s"
            .formatted(
                held.panel(),
                file.word("file"),
                table(file, "file", columns, rows),
                held.next(EXPORT, cookie, places.backOffice()));
    return file.page("/", file.text("customers"), file.text("customers.note"), body);
  }

  String customer(Customer customer) {
    String body =
        "<section class=\"card below\"><dl class=\"facts\">%s%s%s%s</dl><p><a href=\"/\">%s</a></p></section>"
            .formatted(
                fact("handle", "<code>" + customer.handle() + "</code>"),
                fact(
                    "address",
                    Markup.escape(
                        customer.address() + ", " + customer.city() + ", " + customer.country())),
                fact("telephone", Markup.escape(customer.telephone())),
                fact("servers", Markup.escape(String.join(", ", customer.servers()))),
                file.word("back"));
    return file.page(
        "/customers/" + customer.handle(),
        customer.firstName() + " " + customer.surname(),
        file.text("customer.note"),
        body);
  }

  /// What may leave the house only under a finger that is there now.
  String export(List<Customer> customers) {
    String body =
        "<section class=\"card below\"><h2>%s</h2><p>%s</p><div class=\"row below\"><a class=\"button main\" href=\"%s\" download>%s</a></div><p class=\"hint\">%s</p></section>"
            .formatted(
                file.word("export.fresh"),
                file.word("export.count", customers.size()),
                FILE,
                file.word("export.take"),
                file.word("export.again"));
    return file.page("/export", file.text("export"), file.text("export.note"), body);
  }

  static String csv(List<Customer> customers) {
    return customers.stream()
        .map(customer ->
            String.join(
                ";",
                customer.handle(),
                customer.surname(),
                customer.firstName(),
                customer.address(),
                customer.city(),
                customer.country(),
                customer.telephone()))
        .collect(Collectors.joining("\n", EXPORT_HEAD + "\n", "\n"));
  }

  String wages() {
    HeldLevels held = new HeldLevels(wages, places, reader);
    String body = held.panel() + held.next(PAYSLIPS, cookie, places.wages());
    return wages.page("/", wages.text("wages"), wages.text("wages.note"), body);
  }

  String payslips() {
    String body =
        "<section class=\"card below\"><h2 id=\"slips\">%s</h2>%s<p class=\"hint\">%s</p></section>"
            .formatted(
                wages.word("payslips.month"),
                table(wages, "slips", List.of("name", "month", "amount"), WAGES),
                wages.word("payslips.again"));
    return wages.page("/payslips/", wages.text("payslips"), wages.text("payslips.note"), body);
  }

  String missing(String path) {
    String body = "<p class=\"below\"><a href=\"/\">" + file.word("back") + "</a></p>";
    return file.page(path, file.text("missing"), file.text("missing.note"), body);
  }

  private String fact(String word, String markup) {
    return "<dt>%s</dt><dd>%s</dd>".formatted(file.word(word), markup);
  }

  /// Narrow windows set rows as blocks; then they are no table to a browser, unless their roles say
  /// so.
  private static String table(
      OfficeFrame frame, String heading, List<String> columns, List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    out.append("<div class=\"scroll\"><table role=\"table\" aria-labelledby=\"")
        .append(heading)
        .append("\"><thead role=\"rowgroup\"><tr role=\"row\">");
    for (String column : columns) {
      out.append("<th scope=\"col\" role=\"columnheader\">")
          .append(frame.word(column))
          .append("</th>");
    }
    out.append("</tr></thead><tbody role=\"rowgroup\">");
    for (List<String> row : rows) {
      out.append("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">")
          .append(row.getFirst())
          .append("</th>");
      for (int i = 1; i < row.size(); i++) {
        out.append(
            "<td role=\"cell\" data-label=\"%s\">%s</td>"
                .formatted(frame.word(columns.get(i)), row.get(i)));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }
}
