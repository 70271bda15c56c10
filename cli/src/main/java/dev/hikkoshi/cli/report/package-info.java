/**
 * A move told afterwards, for a postmortem: the same report as Markdown for a ticket and as one
 * HTML page that needs nothing else.
 */
@NullMarked
package dev.hikkoshi.cli.report;

import org.jspecify.annotations.NullMarked;
