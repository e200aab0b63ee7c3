/// Attacks on a live deployment, by somebody who may make them: each promise is tried from outside
/// with accounts that exist for nothing else, and what comes of it is sealed as held, broken or not
/// run.
///
/// It promises to be safe by construction: it runs only when the account is one of its own, in a
/// group to which only rules of its own grant anything ([Safety]); it sends no wrong password, and
/// of each other kind of guess one a run. It refuses to run otherwise, and to call a refusal held
/// when its granted twin was not granted. Start reading at [ProbeRun].
@NullMarked
package io.parano.probe;

import org.jspecify.annotations.NullMarked;
