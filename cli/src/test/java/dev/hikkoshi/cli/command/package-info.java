/** What commands print, held against golden files made of real plans. */
@NullMarked
package dev.hikkoshi.cli.command;

import org.jspecify.annotations.NullMarked;
