/** Tests of ELBv2's operations, each refusal with the page of AWS that states it. */
@NullMarked
package dev.hikkoshi.sandbox.elb;

import org.jspecify.annotations.NullMarked;
