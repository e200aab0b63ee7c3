/// Staff, officers, authenticators and the acts that officers sign. It verifies no factor. Start
/// reading at [io.parano.identity.Act].
package io.parano.identity;
