//go:build !linux

package main

// confine does nothing here: the parent's deadline and its empty environment are all there is.
func confine() confinement {
	return confinement{
		MaxStack: maxStack,
		Missing:  []string{"seccomp, landlock and memory limits exist on Linux only"},
	}
}
