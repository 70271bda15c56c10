/** What tests of the controller share: sources, stores and gateways in memory, with behaviour. */
@NullMarked
package dev.hikkoshi.controller.testing;

import org.jspecify.annotations.NullMarked;
