/** What was granted, bound to source, person, token and credential generation. */
@org.jspecify.annotations.NullMarked
module io.parano.session {
  requires transitive io.parano.kernel;
  requires transitive io.parano.identity;
  requires static transitive org.jspecify;

  exports io.parano.session;
}
