/**
 * Pods that behave: what a kubelet, a registry and a program would do, without containers. Each
 * scheduled pod has an address of its own, real HTTP listeners, and a status that follows what it
 * does, so that nothing becomes ready that would not.
 */
@NullMarked
package dev.hikkoshi.sandbox.pods;

import org.jspecify.annotations.NullMarked;
