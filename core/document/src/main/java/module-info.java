/** Documents that people write by hand, read strictly, with every mistake explained. */
@org.jspecify.annotations.NullMarked
module io.parano.document {
  requires transitive io.parano.kernel;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports io.parano.document;
}
