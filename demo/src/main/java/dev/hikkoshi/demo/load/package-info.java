/**
 * Users, played: requests at a steady pace on two kinds of route, a thousand resolvers that keep
 * what they were answered, and the books in which every request ends exactly once. Knows nothing of
 * the controller: what it says about a move it has measured itself.
 */
@NullMarked
package dev.hikkoshi.demo.load;

import org.jspecify.annotations.NullMarked;
