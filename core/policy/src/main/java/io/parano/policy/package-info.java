/// Who may pass where: zones, the three levels, rules, and a decision that explains itself.
///
/// Pure: the same question gets the same answer; nothing is looked up. It refuses what it does not
/// know. Start reading at [io.parano.policy.Decision].
package io.parano.policy;
