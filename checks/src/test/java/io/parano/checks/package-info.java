/// The rules of the house as tests: who may use whom, what the core may not touch, names, sizes,
/// documents, licences.
///
/// Every rule is a function from what it judges to the list of complaints, so that each can be
/// shown to fail on a planted violation beside the test that holds it against the product. Start
/// reading at [io.parano.checks.Walls].
@NullMarked
package io.parano.checks;

import org.jspecify.annotations.NullMarked;
