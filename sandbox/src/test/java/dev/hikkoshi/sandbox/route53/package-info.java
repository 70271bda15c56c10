/** Tests of Route 53's rules, each with the page of AWS that states it. */
@NullMarked
package dev.hikkoshi.sandbox.route53;

import org.jspecify.annotations.NullMarked;
