/** RADIUS packets as bytes: read, checked under a shared secret, answered. */
@org.jspecify.annotations.NullMarked
module io.parano.radiuspacket {
  requires transitive io.parano.kernel;
  requires static transitive org.jspecify;

  exports io.parano.radiuspacket;
}
