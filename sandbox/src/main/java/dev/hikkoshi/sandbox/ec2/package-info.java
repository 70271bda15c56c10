/** The network of the account: one VPC, its subnets and security group; they are only described. */
@NullMarked
package dev.hikkoshi.sandbox.ec2;

import org.jspecify.annotations.NullMarked;
