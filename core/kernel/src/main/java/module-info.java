/**
 * What every other module speaks: ids, secrets, addresses, reasons, and the ports for time-free
 * randomness.
 */
@org.jspecify.annotations.NullMarked
module io.parano.kernel {
  requires static transitive org.jspecify;

  exports io.parano.kernel;
}
