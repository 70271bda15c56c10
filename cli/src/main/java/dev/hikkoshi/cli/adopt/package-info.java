/** Makes an environment's folder out of a helmfile and an eksctl file that are there already. */
@NullMarked
package dev.hikkoshi.cli.adopt;

import org.jspecify.annotations.NullMarked;
