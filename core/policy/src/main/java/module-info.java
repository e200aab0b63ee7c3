/** Who may pass where: zones, levels, rules, and a decision that explains itself. */
@org.jspecify.annotations.NullMarked
module io.parano.policy {
  requires transitive io.parano.kernel;
  requires transitive io.parano.document;
  requires static transitive org.jspecify;

  exports io.parano.policy;
}
