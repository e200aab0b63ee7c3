/** Staff, officers, hardware tokens, and the acts that need officers. */
@org.jspecify.annotations.NullMarked
module io.parano.identity {
  requires transitive io.parano.kernel;
  requires static transitive org.jspecify;

  exports io.parano.identity;
}
