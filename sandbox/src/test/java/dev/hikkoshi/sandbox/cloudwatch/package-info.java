/** Tests of what CloudWatch publishes and how it is read. */
@NullMarked
package dev.hikkoshi.sandbox.cloudwatch;

import org.jspecify.annotations.NullMarked;
