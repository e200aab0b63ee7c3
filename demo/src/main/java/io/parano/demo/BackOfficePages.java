package io.parano.demo;

import java.util.List;
import java.util.stream.Collectors;

/// The pages of the made-up back office, in the reader's language.
final class BackOfficePages {
  static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1d2430; --dim: #5b6675; --paper: #f6f7f9;
        --card: #fff; --line: #dfe3e8; --accent: #0b6b5d }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa6b5;
        --paper: #12161c; --card: #1a2028; --line: #2c3541; --accent: #4fc7b2 } }
      * { box-sizing: border-box }
      body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
        background: var(--paper) }
      header { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap;
        padding: .9rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line) }
      header strong { font-size: 1.1rem }
      header span { margin-left: auto; color: var(--dim) }
      main { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem }
      h1 { font-size: 1.5rem; margin: 0 0 .3rem }
      p.dim { color: var(--dim); margin: 0 0 1.2rem }
      a { color: var(--accent) }
      .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
        overflow-x: auto }
      table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; padding: .55rem 1rem; border-bottom: 1px solid var(--line);
        white-space: nowrap }
      tr:last-child td { border-bottom: 0 }
      th { color: var(--dim); font-weight: 600; font-size: .85rem }
      td.number { text-align: right; font-variant-numeric: tabular-nums }
      code { font: .92em ui-monospace, monospace }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .6rem 1.5rem; margin: 0;
        padding: 1.2rem }
      dt { color: var(--dim) }
      dd { margin: 0 }
      """;

  private static final String EXPORT_HEAD =
      "handle;surname;first name;address;city;country;telephone";

  private final Texts texts;
  private final String user;
  private final String signIn;

  BackOfficePages(Texts texts, String user, String signIn) {
    this.texts = texts;
    this.user = user;
    this.signIn = signIn;
  }

  /// Whether `reply` is a page or an export of the back office, and no page about signing in.
  static boolean shown(Reply reply) {
    return reply.status() == 200
        && (reply.text().contains("<strong>Brume</strong>")
            || reply.text().startsWith(EXPORT_HEAD));
  }

  String customers(List<Customer> customers) {
    String rows =
        customers.stream()
            .map(customer ->
                "<tr><td><a href=\"/customers/%1$s\"><code>%1$s</code></a><td>%2$s<td>%3$s<td>%4$s<td>%5$d"
                    .formatted(
                        customer.handle(),
                        Markup.escape(customer.surname() + " " + customer.firstName()),
                        Markup.escape(customer.city()),
                        customer.country(),
                        customer.servers().size()))
            .collect(Collectors.joining("\n"));
    String head =
        "<tr><th>%s<th>%s<th>%s<th>%s<th>%s"
            .formatted(
                word("handle"), word("name"), word("city"), word("country"), word("servers"));
    String export =
        "<p><a href=\"/export\">" + word("export") + "</a> — " + word("export.note") + "</p>";
    return page(word("customers"), word("customers.note"), table(head, rows) + export);
  }

  String customer(Customer customer) {
    String body =
        "<div class=card><dl><dt>%s<dd><code>%s</code><dt>%s<dd>%s<dt>%s<dd>%s<dt>%s<dd>%s<dt>%s<dd>%s</dl></div><p><a href=\"/\">%s</a></p>"
            .formatted(
                word("handle"),
                customer.handle(),
                word("name"),
                Markup.escape(customer.firstName() + " " + customer.surname()),
                word("address"),
                Markup.escape(
                    customer.address() + ", " + customer.city() + ", " + customer.country()),
                word("telephone"),
                customer.telephone(),
                word("servers"),
                String.join(", ", customer.servers()),
                word("back"));
    return page(Markup.escape(customer.firstName() + " " + customer.surname()), "", body);
  }

  String export(List<Customer> customers) {
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
        .collect(
            Collectors.joining(
                "\n", "handle;surname;first name;address;city;country;telephone\n", "\n"));
  }

  String wages() {
    String body = "<p><a href=\"/payslips/\">" + word("payslips") + "</a></p>";
    return page(word("wages"), word("wages.note"), body);
  }

  String payslips() {
    String head = "<tr><th>%s<th>%s<th>%s".formatted(word("name"), word("month"), word("amount"));
    String rows =
        """
        <tr><td>Camille Roy<td>2013-07<td class=number>2 140,00 €
        <tr><td>Hugo Martin<td>2013-07<td class=number>2 890,00 €
        <tr><td>Mei Tanaka<td>2013-07<td class=number>2 960,00 €
        <tr><td>Paul Girard<td>2013-07<td class=number>2 310,00 €
        """;
    return page(word("payslips"), word("payslips.note"), table(head, rows));
  }

  String missing() {
    return page(word("missing"), "", "<p><a href=\"/\">" + word("back") + "</a></p>");
  }

  private static String table(String head, String rows) {
    return "<div class=card><table><thead>" + head + "<tbody>" + rows + "</table></div>";
  }

  /// @param title escaped already
  private String page(String title, String note, String body) {
    return """
    <!doctype html>
    <html lang="%s"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>%s · Brume</title><link rel="stylesheet" href="/style.css">
    <header><strong>Brume</strong> %s <span>%s · <a href="%s/">Parano</a></span></header>
    <main><h1>%s</h1><p class="dim">%s</p>
    %s
    </main></html>
    """
        .formatted(
            texts.say("language"),
            title,
            word("subtitle"),
            Markup.escape(user),
            signIn,
            title,
            note,
            body);
  }

  private String word(String key) {
    return Markup.escape(texts.say("office." + key));
  }
}
