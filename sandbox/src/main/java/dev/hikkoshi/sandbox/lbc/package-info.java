/**
 * The load balancer controller that AWS users install in each cluster, played: it turns Ingresses
 * into load balancers and keeps target groups filled with the pods of Services. It makes the calls
 * that the real one makes and says the same in status and events; what it does not play it refuses.
 */
@NullMarked
package dev.hikkoshi.sandbox.lbc;

import org.jspecify.annotations.NullMarked;
