/**
 * The controller's own engine with something between it and the world: gateways that break one rule
 * each, to show that breaking it is noticed, and gateways that stop at a boundary of an effect, so
 * that the process can be killed exactly there. The controller that is shipped has none of this.
 */
@NullMarked
package dev.hikkoshi.demo.altered;

import org.jspecify.annotations.NullMarked;
