/** What survives a restart: named JSON documents, each written whole or not at all. */
@NullMarked
package dev.hikkoshi.sandbox.state;

import org.jspecify.annotations.NullMarked;
